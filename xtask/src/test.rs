//! Everything that must hold, in the order in which it fails fastest. A failure does not stop what can
//! still run: one run tells all that is wrong.

use std::process::Command;

use clap::ValueEnum;

use crate::{
    Result,
    client::{self, Finish},
    count::{Count, failures_of_cargo},
    place::{Place, cargo},
    readers,
    server::{self, Start},
    setup,
    steps::Steps,
};

/// What can be tested by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Part {
    /// How the code is laid out
    Format,
    /// The formats of packs and of the vault, as their independent readers read the frozen vectors
    Readers,
    /// Clippy, and that Cargo.lock is current
    Lints,
    /// Unit and integration tests of every crate
    Unit,
    /// The client for the browser, held against its budget
    Client,
    /// The bundled content
    Content,
    /// Pages in Chromium, against the release server
    Browser,
}

/// A run so far.
struct Run<'a> {
    place: &'a Place,
    steps: &'a mut Steps,
    count: Count,
    failures: Vec<String>,
}

/// Runs the chosen parts, or all. The last line that it prints is the count.
pub fn run(place: &Place, steps: &mut Steps, parts: &[Part], playwright: &[String]) -> Result<()> {
    let wanted = |part| parts.is_empty() || parts.contains(&part);
    let mut run = Run { place, steps, count: Count::default(), failures: Vec::new() };
    if wanted(Part::Format) {
        run.check("Format", cargo().args(["fmt", "--all", "--check"]));
    }
    if wanted(Part::Readers) {
        let result = run.readers();
        run.note(result);
    }
    if wanted(Part::Lints) {
        run.lints();
    }
    if wanted(Part::Unit) {
        run.unit();
    }
    let client = (wanted(Part::Client) || wanted(Part::Browser)) && run.client();
    let server = (wanted(Part::Content) || wanted(Part::Browser)) && run.server();
    if wanted(Part::Content) && server {
        let mut check = Command::new(place.program("release", "doorway"));
        run.check("Content", check.arg("check").arg("content"));
    }
    if wanted(Part::Browser) && client && server {
        let result = run.browser(playwright);
        run.note(result);
    }
    run.close()
}

impl Run<'_> {
    /// A command that holds or does not.
    fn check(&mut self, name: &str, command: &mut Command) -> bool {
        let result = self.steps.run(name, command.current_dir(&self.place.root)).map(drop);
        self.note(result)
    }

    /// Keeps a failure, and says it at once.
    fn note(&mut self, result: Result<()>) -> bool {
        let Err(message) = result else { return true };
        self.keep(message);
        self.count = self.count + Count::FAILED_CHECK;
        false
    }

    fn keep(&mut self, message: String) {
        eprintln!("\n{message}\n");
        self.failures.push(message);
    }

    fn readers(&mut self) -> Result<()> {
        for (name, mut check) in readers::checks(&readers::set_up(self.place, self.steps)?) {
            self.check(name, &mut check);
        }
        Ok(())
    }

    /// `app` is compiled with the server's features in one run and with the browser's in the other:
    /// together they do not go.
    fn lints(&mut self) {
        self.check("Cargo.lock is current", cargo().args(["metadata", "--locked", "--format-version=1"]));
        let native = [
            "clippy",
            "--workspace",
            "--exclude",
            "frontend",
            "--exclude",
            "journal-client",
            "--all-targets",
        ];
        self.check("Lints", cargo().args(native).args(["--", "-D", "warnings"]));
        let browser = ["clippy", "-p", "frontend", "-p", "app", "--features", "app/hydrate", "--lib"];
        self.check("Lints of the reader's client", cargo().args(browser).args(["--", "-D", "warnings"]));
        let keeper = ["clippy", "-p", "journal-client", "--lib", "--", "-D", "warnings"];
        self.check("Lints of the keeper's client", cargo().args(keeper));
    }

    fn unit(&mut self) {
        let mut tests = cargo();
        tests.args([
            "test",
            "--workspace",
            "--exclude",
            "frontend",
            "--exclude",
            "journal-client",
            "--no-fail-fast",
        ]);
        let name = "Unit and integration tests";
        let result = self.steps.watch(name, tests.current_dir(&self.place.root)).and_then(|output| {
            let count = Count::of_cargo(&output.text);
            let failures = failures_of_cargo(&output.text);
            let telling = if failures.is_empty() { &output.text } else { &failures };
            self.conclude(name, output.success, telling, count)
        });
        self.note(result);
    }

    /// Adds the tests of a program; `telling` is the part of its output that tells why it failed. Its failure is kept, but counted
    /// only if none of its tests was.
    fn conclude(&mut self, name: &str, success: bool, telling: &str, count: Count) -> Result<()> {
        self.count = self.count + count;
        if success {
            return Ok(());
        }
        let message = self.steps.told(name, telling);
        if count.failed == 0 {
            return Err(message);
        }
        self.keep(message);
        Ok(())
    }

    fn client(&mut self) -> bool {
        let built = setup::compiler(self.place, self.steps)
            .and_then(|compiler| client::build(self.place, self.steps, &compiler, Finish::Small));
        let built = self.note(built);
        let within = |client| client::check_budget(client, &client::sizes(self.place, client)?);
        let lines: Vec<_> = client::CLIENTS.iter().filter(|_| built).map(within).collect();
        let mut all = built;
        for line in lines {
            all &= self.note(line.map(|line| eprintln!("    {line}")));
        }
        all
    }

    fn server(&mut self) -> bool {
        let result = server::build(self.place, self.steps, true);
        self.note(result)
    }

    fn browser(&mut self, args: &[String]) -> Result<()> {
        let (place, name) = (self.place, "Browser tests");
        setup::node(self.steps)?;
        setup::node_modules(place, self.steps)?;
        let mut types = Command::new("npx");
        types.args(["--no-install", "tsc", "--noEmit"]).current_dir(place.end2end());
        let result = self.steps.run("Types of the browser tests", &mut types).map(drop);
        self.note(result);
        let chromium = setup::chromium(place, self.steps)?;
        let packages = readers::set_up(place, self.steps)?;
        let log = place.logs().join("server-under-test.log");
        let serve = ["--address".to_owned(), server::free_address()?];
        let start = Start { place, profile: "release", args: &serve, dev: false, log: Some(&log) };
        let server = self.steps.take("Start the server", || start.go())?;

        let report = place.logs().join("browser-tests.json");
        let _ = std::fs::remove_file(&report);
        let mut playwright = Command::new("npx");
        playwright.args(["--no-install", "playwright", "test"]).args(args).current_dir(place.end2end());
        // What the server has written down is read by the tests of what it must not know.
        playwright.env("BASE_URL", &server.url).env("DOORWAY_REPORT", &report).env("DOORWAY_LOG", &log);
        // A backup that the browser made is opened by the vault's independent reader.
        playwright.env("DOORWAY_PYTHONPATH", packages);
        if let Some(chromium) = chromium {
            playwright.env("DOORWAY_CHROMIUM", chromium);
        }
        let output = self.steps.watch(name, &mut playwright)?;
        let text = std::fs::read_to_string(&report).unwrap_or_default();
        let count = Count::of_playwright(&text);
        if output.success && count.is_none() {
            return Err(format!("{name} left no report in {}", report.display()));
        }
        self.conclude(name, output.success, &output.text, count.unwrap_or_default())
    }

    /// Half an hour may lie between a failure and the end of a run, and a log is read from its end: each is told again.
    fn close(self) -> Result<()> {
        eprintln!("\n{}", self.steps.table());
        for failure in &self.failures {
            eprintln!("✗ {failure}\n");
        }
        println!("{}", self.count);
        if self.count.failed > 0 || !self.failures.is_empty() { Err(String::new()) } else { Ok(()) }
    }
}
