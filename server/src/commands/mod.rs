//! What the program `doorway` does: one module a command.

mod check;
mod new;
mod serve;

use std::{path::PathBuf, process::ExitCode};

use clap::{Arg, ArgAction, Command, ValueHint, value_parser};

use crate::config;

/// Runs the command that was asked for. The exit code is 0 when all is well, 1 when something is wrong with
/// content or settings, 2 when the command line itself is.
pub fn main() -> ExitCode {
    let matches = command().get_matches();
    let done = match matches.subcommand() {
        Some(("serve", flags)) => serve::run(flags),
        Some(("check", flags)) => check::run(flags),
        Some(("new", flags)) => new::run(flags),
        _ => unreachable!("clap asks for a command"),
    };
    done.unwrap_or_else(|error| {
        complain(&error.to_string());
        ExitCode::FAILURE
    })
}

/// The command line, also for documents and tests.
pub fn command() -> Command {
    let folder =
        |arg: Arg| arg.value_name("DIR").value_parser(value_parser!(PathBuf)).value_hint(ValueHint::DirPath);
    let serve = config::with_flags(Command::new("serve"))
        .about("Serve the library")
        .long_about("Serve the library.\n\nA flag beats a variable, a variable beats the settings file, the file beats the default.")
        .arg(Arg::new("print-config").long("print-config").action(ArgAction::SetTrue)
            .help("Print the settings in force and where each comes from, and stop"));
    let check = Command::new("check")
        .about("Say everything that is wrong with a content folder")
        .long_about("Say everything that is wrong with a content folder, and list its articles.\n\nExits with 1 when there are errors or when a published anchor no longer resolves.")
        .arg(folder(Arg::new("dir").required(true)).help("The content folder"))
        .arg(Arg::new("format").long("format").value_parser(["human", "json"]).default_value("human")
            .help("json: one object with diagnostics and articles, for editors"))
        .arg(Arg::new("hardest").long("hardest").value_name("N").value_parser(value_parser!(usize))
            .help("List the N sentences and words that make the texts hardest to read"))
        .arg(Arg::new("published").long("published").value_name("FILE").value_parser(value_parser!(PathBuf))
            .help("Fail when an anchor of this list no longer resolves"))
        .arg(Arg::new("write-published").long("write-published").action(ArgAction::SetTrue).requires("published")
            .help("Add the anchors of today to the list"));
    let new = Command::new("new")
        .about("Start an article")
        .long_about("Start an article: a draft with sound front matter, to be filled with your own words. Never overwrites.")
        .arg(Arg::new("title").value_name("TITLE").required(true).help("The title, as readers will see it"))
        .arg(folder(Arg::new("content").long("content").default_value("content")).help("The content folder"));
    Command::new("doorway")
        .about("A library of patient education, and a private journal beside it")
        .version(env!("CARGO_PKG_VERSION"))
        .subcommand_required(true)
        .arg_required_else_help(true)
        .subcommands([serve, check, new])
}

/// Writes to standard output. A reader who has gone (`| head`) is no error.
fn say(text: &str) {
    use std::io::Write as _;
    let _ = writeln!(std::io::stdout(), "{text}");
}

/// Writes to standard error.
fn complain(text: &str) {
    use std::io::Write as _;
    let _ = writeln!(std::io::stderr(), "doorway: {text}");
}

/// Today in UTC: commands have no clock passed in, they are where it comes from.
fn today() -> jiff::civil::Date {
    jiff::Timestamp::now().to_zoned(jiff::tz::TimeZone::UTC).date()
}
