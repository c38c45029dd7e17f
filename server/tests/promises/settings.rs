//! Settings: where they come from, and what is said when they are wrong.

use std::{fs, path::Path};

use server::{
    commands::command,
    config::{self, ConfigError, Loaded, Origin},
};

fn load(flags: &[&str], variables: &[(&str, &str)], file: Option<&str>) -> Result<Loaded, ConfigError> {
    let folder = tempfile::tempdir().unwrap();
    if let Some(text) = file {
        fs::write(folder.path().join("doorway.toml"), text).unwrap();
    }
    load_in(folder.path(), flags, variables)
}

fn load_in(folder: &Path, flags: &[&str], variables: &[(&str, &str)]) -> Result<Loaded, ConfigError> {
    let matches = command().get_matches_from([&["doorway", "serve"], flags].concat());
    let variables = variables.iter().map(|(name, value)| (name.to_string(), value.to_string()));
    Loaded::new(matches.subcommand_matches("serve").unwrap(), variables, folder)
}

fn wrong(flags: &[&str], variables: &[(&str, &str)], file: Option<&str>) -> String {
    load(flags, variables, file).unwrap_err().to_string()
}

#[test]
fn a_flag_beats_a_variable_beats_the_file_beats_the_default() {
    let file = Some("content = \"file\"\nlenient = true\nshutdown_grace = 3\n");
    let variables = [("DOORWAY_CONTENT", "variable"), ("DOORWAY_LOG_FORMAT", "json"), ("PATH", "/bin")];
    let loaded = load(&["--content", "flag"], &variables, file).unwrap();
    assert_eq!(loaded.config.content, Path::new("flag"));
    assert_eq!(loaded.origin("content"), &Origin::Flag("content".to_owned()));
    assert_eq!(loaded.origin("log_format"), &Origin::Variable("DOORWAY_LOG_FORMAT".to_owned()));
    assert!(loaded.config.lenient && matches!(loaded.origin("lenient"), Origin::File(_)));
    assert_eq!(loaded.origin("address"), &Origin::Default);
    assert!(load(&["--lenient"], &[], None).unwrap().config.lenient);
}

#[test]
fn a_key_that_nobody_knows_is_named_with_the_nearest_one() {
    let message = wrong(&[], &[], Some("adress = \"127.0.0.1:80\""));
    assert!(
        message.contains("doorway.toml")
            && message.contains("unknown setting `adress`, did you mean `address`?"),
        "{message}"
    );
    let message = wrong(&[], &[("DOORWAY_CONTNET", "x")], None);
    assert!(message.contains("`DOORWAY_CONTNET`, did you mean `DOORWAY_CONTENT`?"), "{message}");
}

#[test]
fn a_value_that_does_not_fit_is_named_with_its_origin() {
    for (variable, value, expected) in [
        ("DOORWAY_ADDRESS", "3000", "`address` is `3000`, which is not HOST:PORT"),
        (
            "DOORWAY_BASE_URL",
            "library.example",
            "`base_url` is `library.example`, which is not like https://",
        ),
        ("DOORWAY_BASE_URL", "https://a.example/b", "more than scheme and host"),
        ("DOORWAY_LENIENT", "maybe", "`lenient` is `maybe`"),
        ("DOORWAY_LOG_FORMAT", "xml", "it can be `text` or `json`"),
        ("DOORWAY_SHUTDOWN_GRACE", "-1", "whole seconds"),
        ("DOORWAY_TRUSTED_PROXIES", "10.0.0.0/8, proxy", "`trusted_proxies` has `proxy`"),
    ] {
        let message = wrong(&[], &[(variable, value)], None);
        assert!(message.starts_with(variable) && message.contains(expected), "{message}");
    }
    let message = wrong(&[], &[], Some("content = { a = 1 }"));
    assert!(message.contains("`content` cannot be a table"), "{message}");
}

#[test]
fn a_file_that_was_named_must_be_there_and_be_toml() {
    let message = wrong(&["--config", "/nowhere.toml"], &[], None);
    assert!(message.contains("/nowhere.toml"), "{message}");
    let message = wrong(&[], &[], Some("content = \n"));
    assert!(message.contains("doorway.toml") && message.contains("line 1"), "{message}");
}

#[test]
fn what_is_printed_can_be_used_as_the_file() {
    let flags = ["--trusted-proxies", "10.0.0.0/8,192.0.2.1", "--address", "[::1]:8080", "--dev"];
    let printed = load(&flags, &[], None).unwrap().print();
    assert!(printed.contains("address = \"[::1]:8080\"") && printed.contains("# --address"), "{printed}");
    assert!(printed.contains("base_url = \"http://[::1]:8080\""), "{printed}");
    let values = |printed: &str| {
        printed.lines().map(|line| line.split(" #").next().unwrap().trim().to_owned()).collect::<Vec<_>>()
    };
    let again = load(&[], &[], Some(&printed)).unwrap().print();
    assert_eq!(values(&again), values(&printed));
}

#[test]
fn every_setting_has_its_line_in_the_operators_guide() {
    let guide = include_str!("../../../docs/OPERATING.md");
    let table = config::table();
    assert!(guide.contains(&table), "docs/OPERATING.md should hold this table:\n{table}");
}
