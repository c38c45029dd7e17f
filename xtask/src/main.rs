//! The project's commands. `cargo xtask --help` lists them.

mod bench;
mod client;
mod count;
mod dev;
mod place;
mod readers;
mod server;
mod setup;
mod steps;
mod test;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use place::Place;
use steps::Steps;

/// An error is what a person reads, complete; an empty one has been told already.
type Result<T> = std::result::Result<T, String>;

const MORE: &str = "\
What is missing is set up on the way: the WebAssembly target (through rustup; where its servers are out of
reach, Debian's rustc-web), and for the tests Node, Playwright, Chromium, and Python with three packages. Root
is needed for system packages only; the apt-get line is shown before it runs, and nothing asks.

What is heard from the environment:
  CARGO_TARGET_DIR   where everything is built [default: target]
  DOORWAY_CHROMIUM   the browser for the tests [default: the system's, else Playwright's]
  DOORWAY_…          settings of the server: see `doorway serve --help`";

/// Build, serve and test Doorway.
#[derive(Parser)]
#[command(bin_name = "cargo xtask", after_help = MORE)]
struct Cli {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Build the client and the release server, and serve content/ on 127.0.0.1:3000
    Serve {
        /// For `doorway serve`, such as `-- --content DIR --address HOST:PORT`
        #[arg(last = true)]
        args: Vec<String>,
    },
    /// Serve, rebuild and reload the page on every change of content, style and code
    Dev {
        /// For `doorway serve`
        #[arg(last = true)]
        args: Vec<String>,
    },
    /// Run all tests: format, readers, lints, unit, integration, the client's budget, content, browser
    Test {
        /// Only these
        parts: Vec<test::Part>,
        /// For Playwright, such as `-- search.spec.ts`
        #[arg(last = true)]
        args: Vec<String>,
    },
    /// Measure: a large library, requests per second beside nginx, bytes of the first view, the search
    Bench(bench::Wish),
    /// Build the client and the release server
    Build,
    /// Install what `serve`, `dev` and `test` need, and build nothing
    Setup,
}

fn main() -> ExitCode {
    match run(Cli::parse().task) {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            if !message.is_empty() {
                eprintln!("\n{message}");
            }
            ExitCode::FAILURE
        }
    }
}

fn run(task: Task) -> Result<()> {
    let place = Place::find()?;
    let steps = &mut Steps::new(place.logs());
    match task {
        Task::Serve { args } => serve(&place, steps, &args),
        Task::Dev { args } => dev::run(&place, steps, &args),
        Task::Test { parts, args } => test::run(&place, steps, &parts, &args),
        Task::Bench(wish) => bench::run(&place, steps, &wish),
        Task::Build => {
            build(&place, steps)?;
            eprintln!("\n{}", steps.table());
            for size in client::all_sizes(&place)? {
                println!("{}: {} bytes, {} in Brotli", size.name, size.raw, size.brotli);
            }
            println!("{}", place.program("release", "doorway").display());
            Ok(())
        }
        Task::Setup => {
            setup::compiler(&place, steps)?;
            setup::node(steps)?;
            setup::node_modules(&place, steps)?;
            setup::chromium(&place, steps)?;
            readers::set_up(&place, steps)?;
            println!("All that is needed is there.");
            Ok(())
        }
    }
}

fn build(place: &Place, steps: &mut Steps) -> Result<()> {
    let compiler = setup::compiler(place, steps)?;
    client::build(place, steps, &compiler, client::Finish::Small)?;
    server::build(place, steps, true)
}

fn serve(place: &Place, steps: &mut Steps, args: &[String]) -> Result<()> {
    build(place, steps)?;
    let start = server::Start { place, profile: "release", args, dev: false, log: None };
    let server = steps.take("Start", || start.go())?;
    eprintln!("\n{}", steps.table());
    println!("Doorway is open at {}  (Ctrl-C ends it)", server.url);
    let status = server.wait()?;
    if status.success() { Ok(()) } else { Err(format!("The server ended: {status}")) }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_command_line_is_sound() {
        Cli::command().debug_assert();
    }

    #[test]
    fn what_follows_two_hyphens_goes_to_the_server() {
        let cli = Cli::parse_from(["cargo xtask", "serve", "--", "--content", "elsewhere"]);
        assert!(matches!(cli.task, Task::Serve { args } if args == ["--content", "elsewhere"]));
    }

    #[test]
    fn parts_of_the_tests_are_chosen_by_name() {
        let cli = Cli::parse_from(["cargo xtask", "test", "unit", "browser", "--", "search.spec.ts"]);
        let Task::Test { parts, args } = cli.task else { panic!("another task") };
        assert_eq!(
            (parts, args),
            (vec![test::Part::Unit, test::Part::Browser], vec!["search.spec.ts".to_owned()])
        );
    }
}
