//! `doorway serve` as the program does it: over a socket, with its real log, to its end.

use std::{
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::TcpStream,
    process::{Child, Command, ExitStatus, Stdio},
    time::{Duration, Instant},
};

use crate::house::{self, House, article};

struct Running {
    child: Child,
    address: String,
}

impl Running {
    fn start(house: &House, extra: &[&str]) -> Self {
        let mut child = house::doorway()
            .args(["serve", "--address", "127.0.0.1:0", "--log-format", "json"])
            .arg("--content")
            .arg(house.content())
            .arg("--site")
            .arg(house.site())
            .args(extra)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
        let address = line.trim().rsplit("http://").next().unwrap_or_default().to_owned();
        assert!(address.starts_with("127.0.0.1:"), "{line}");
        Self { child, address }
    }

    fn get(&self, path: &str) -> String {
        self.ask("GET", path, "")
    }

    fn ask(&self, method: &str, path: &str, form: &str) -> String {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        write!(
            stream,
            "{method} {path} HTTP/1.1\r\nHost: {}\r\nUser-Agent: Curious/1.0\r\n\
            Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\
            X-Forwarded-For: 192.0.2.77\r\nConnection: close\r\n\r\n{form}",
            self.address,
            form.len()
        )
        .unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    }

    /// Asks it to stop as a service manager does, and returns its log.
    fn stop(mut self) -> (ExitStatus, String) {
        let asked = Command::new("kill").arg("-TERM").arg(self.child.id().to_string()).status().unwrap();
        assert!(asked.success());
        let mut log = String::new();
        self.child.stderr.take().unwrap().read_to_string(&mut log).unwrap();
        (self.child.wait().unwrap(), log)
    }
}

#[test]
fn it_serves_logs_no_reader_and_stops_when_asked() {
    // Held to the end: a slow machine would see the folder go, and log it.
    let house = House::new();
    let running = Running::start(&house, &[]);
    assert!(running.get("/articles/rest?q=sorrow").starts_with("HTTP/1.1 200"));
    for path in ["/articles/grief?tag=loss", "/topics/grief", "/images/grief.png", "/pkg/grief.js"] {
        assert!(running.get(path).starts_with("HTTP/1.1 404"), "{path}");
    }
    assert!(running.get("/search?q=sorrow").starts_with("HTTP/1.1 200"));
    assert!(running.ask("POST", "/search", "q=sorrow&tag=loss").starts_with("HTTP/1.1 200"));
    for path in [
        "/infobutton?mainSearchCriteria.v.c=F32.9&mainSearchCriteria.v.dn=sorrow&patientPerson.name=grief&age.v.v=loss",
        "/infobutton?mainSearchCriteria.v.dn=grief&knowledgeResponseType=application/json&encounter.c=loss",
        "/api/v1/search?q=sorrow",
        "/oembed?url=http://localhost/articles/grief",
        "/cards/articles/grief.png",
    ] {
        assert!(running.get(path).starts_with("HTTP/1.1"), "{path}");
    }
    let (status, log) = running.stop();
    assert!(status.success(), "{log}");
    for (class, lines) in [("infobutton", 2), ("api", 1), ("embedding", 1), ("card", 1)] {
        assert_eq!(log.matches(&format!("\"class\":\"{class}\"")).count(), lines, "{log}");
    }
    assert_eq!(log.matches("\"class\":\"page\",\"status\":404").count(), 2, "{log}");
    assert_eq!(log.matches("\"class\":\"search\",\"status\":200").count(), 2, "{log}");
    for word in ["sorrow", "grief", "loss", "/", "127.0.0.1", "192.0.2.77", "Curious", "F32"] {
        assert!(!log.contains(word), "{word} in {log}");
    }
}

#[test]
fn a_page_that_waits_for_news_does_not_hold_up_the_end() {
    let house = House::new();
    let running = Running::start(&house, &["--dev", "--shutdown-grace", "60"]);
    let mut stream = TcpStream::connect(&running.address).unwrap();
    write!(stream, "GET /dev/reload HTTP/1.1\r\nHost: x\r\n\r\n").unwrap();
    let mut reader = BufReader::new(stream);
    let mut line = String::new();
    reader.read_line(&mut line).unwrap();
    assert!(line.starts_with("HTTP/1.1 200"), "{line}");

    house.write("articles/new.md", &article("new", "New"));
    while !line.starts_with("data: reload") {
        line.clear();
        assert_ne!(reader.read_line(&mut line).unwrap(), 0, "the stream ended before the library changed");
    }
    let asked = Instant::now();
    let (status, log) = running.stop();
    assert!(status.success() && asked.elapsed() < Duration::from_secs(20), "{log}");
}

#[test]
fn without_dev_nobody_can_wait_for_news() {
    let house = House::new();
    let running = Running::start(&house, &[]);
    assert!(running.get("/dev/reload").starts_with("HTTP/1.1 404"));
    running.stop();
}

#[test]
fn a_broken_folder_ends_the_start_with_every_problem() {
    let house = House::new();
    house.write("articles/one.md", "---\nslug: \"one\"\n---\nText.\n");
    house.write("articles/two.md", "---\nslug: \"two\"\n---\nText.\n");
    let output = house::doorway()
        .args(["serve", "--address", "127.0.0.1:0", "--content"])
        .arg(house.content())
        .arg("--site")
        .arg(house.site())
        .output()
        .unwrap();
    let err = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(
        err.contains("articles/one.md") && err.contains("articles/two.md") && err.contains("--lenient"),
        "{err}"
    );
}

#[test]
fn the_settings_in_force_are_printed_with_their_origin() {
    let output = house::doorway()
        .args(["serve", "--print-config", "--content", "elsewhere"])
        .env("DOORWAY_LENIENT", "true")
        .output()
        .unwrap();
    let out = String::from_utf8(output.stdout).unwrap();
    let line = |key: &str| out.lines().find(|line| line.starts_with(key)).unwrap_or_default().to_owned();
    assert!(line("content").ends_with("# --content") && line("content").contains("\"elsewhere\""), "{out}");
    assert!(line("lenient").ends_with("# DOORWAY_LENIENT"), "{out}");
    assert!(line("address").ends_with("# default"), "{out}");
}
