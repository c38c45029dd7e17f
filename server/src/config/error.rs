//! Why there is no configuration.

use std::path::PathBuf;

use super::Origin;

/// Why there is no configuration. The message is the whole story.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// A key of the file or a variable that nobody knows.
    #[error("{origin}: unknown setting `{name}`{}", suggestion(.nearest))]
    Unknown {
        /// As it was written.
        name: String,
        /// Where.
        origin: String,
        /// What may have been meant.
        nearest: Option<String>,
    },
    /// A value that does not fit.
    #[error("{origin}: `{key}` {wrong}")]
    Value {
        /// Which setting.
        key: &'static str,
        /// Where it was set.
        origin: Origin,
        /// What is wrong with it.
        wrong: String,
    },
    /// The file is not TOML.
    #[error("{}: {wrong}", .path.display())]
    Syntax {
        /// The file.
        path: PathBuf,
        /// What the parser says, with line and column.
        wrong: String,
    },
    /// The file that was named cannot be read.
    #[error("{}: {cause}", .path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// What the system says.
        cause: std::io::Error,
    },
}

fn suggestion(nearest: &Option<String>) -> String {
    nearest.as_ref().map(|name| format!(", did you mean `{name}`?")).unwrap_or_default()
}
