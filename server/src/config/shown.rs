//! The settings as a person sees them: flags with help, the settings in force, the table of the guide.

use std::{fmt::Write as _, path::PathBuf};

use clap::{Arg, ArgAction, Command};

use super::{DEFAULT_FILE, Loaded, SETTINGS};

impl Loaded {
    /// The effective configuration as a `doorway.toml`, each line with its origin.
    pub fn print(&self) -> String {
        let mut lines = String::new();
        for (key, value) in self.config.shown() {
            let value = match key {
                "base_url" => toml::Value::String(self.config.base_url()),
                "site" => toml::Value::String(self.config.site().display().to_string()),
                _ => value,
            };
            let line = format!("{key} = {value}");
            // Writing into a String cannot fail.
            let _ = writeln!(lines, "{line:<48} # {}", self.origin(key));
        }
        lines
    }
}

/// Adds `--config` and a flag for every setting.
pub fn with_flags(command: Command) -> Command {
    let file = Arg::new("config")
        .long("config")
        .value_name("FILE")
        .value_parser(clap::value_parser!(PathBuf))
        .help(format!("Settings file [default: {DEFAULT_FILE}, if it is there] [env: DOORWAY_CONFIG]"));
    SETTINGS.iter().fold(command.arg(file), |command, entry| {
        let default = match entry.default {
            "" => String::new(),
            default => format!(" [default: {default}]"),
        };
        let flag = Arg::new(entry.key)
            .long(entry.flag())
            .value_name(entry.hint)
            .action(ArgAction::Set)
            .help(format!("{}{default} [env: {}]", entry.help.trim(), entry.variable()));
        command.arg(match entry.switch {
            true => flag.num_args(0..=1).require_equals(true).default_missing_value("true"),
            false => flag,
        })
    })
}

/// The settings as a Markdown table, for the operator's guide.
pub fn table() -> String {
    let mut rows = String::from(
        "| Key in `doorway.toml` | Variable | Flag | Default | What it does |\n|---|---|---|---|---|\n",
    );
    for entry in SETTINGS {
        let default = match entry.default {
            "" => String::new(),
            default => format!("`{default}`"),
        };
        let (key, variable, flag, help) = (entry.key, entry.variable(), entry.flag(), entry.help.trim());
        let _ = writeln!(rows, "| `{key}` | `{variable}` | `--{flag}` | {default} | {help} |");
    }
    rows
}
