//! Everything an operator can set.
//!
//! [`Config`] is the whole list: a field is at once a key of `doorway.toml`, a variable `DOORWAY_…` and a
//! flag `--…` of `doorway serve`. A flag beats a variable, a variable beats the file, the file beats the
//! default. What nobody knows is an error, so that a misspelt setting is never silently ignored.

mod clinic;
mod error;
mod shown;
mod value;

use std::{
    collections::BTreeMap,
    fmt,
    path::{Path, PathBuf},
    time::Duration,
};

use clap::ArgMatches;
use ipnet::IpNet;

pub use clinic::{Colour, DarkAccent, LightAccent, LogoFile, Phone};
pub use error::ConfigError;
pub use shown::{table, with_flags};
use value::Setting;
pub use value::{Address, BaseUrl, LogFormat};

/// The file that is read where none is named, if it is there.
pub const DEFAULT_FILE: &str = "doorway.toml";

/// Writes the struct, its table of settings and the way from texts to values from one list, so that a
/// setting cannot be in one of them and not in the others.
macro_rules! settings {
    ($(#[$meta:meta])* pub struct $name:ident {
        $( $(#[doc = $doc:literal])+ $field:ident: $kind:ty = $default:literal, $hint:literal; )+
    }) => {
        $(#[$meta])*
        pub struct $name {
            $( $(#[doc = $doc])+ pub $field: $kind, )+
        }

        /// Every setting, in the order of [`Config`].
        pub const SETTINGS: &[Entry] = &[
            $( Entry {
                key: stringify!($field),
                default: $default,
                hint: $hint,
                help: concat!($($doc),+),
                switch: <$kind as Setting>::SWITCH,
            }, )+
        ];

        impl $name {
            fn from_texts(texts: &BTreeMap<&'static str, Given>) -> Result<Self, ConfigError> {
                Ok(Self { $( $field: read(texts, stringify!($field))?, )+ })
            }

            fn shown(&self) -> Vec<(&'static str, toml::Value)> {
                vec![ $( (stringify!($field), self.$field.show()), )+ ]
            }
        }
    };
}

settings! {
    /// What an operator can set; see the module for where values come from.
    #[derive(Clone, Debug)]
    pub struct Config {
        /// Folder with the articles.
        content: PathBuf = "content", "DIR";
        /// Address to listen on. Port 0 takes a free one.
        address: Address = "127.0.0.1:3000", "HOST:PORT";
        /// Scheme and host that readers see, for absolute links in feeds, the sitemap and previews.
        /// By default `http://` and the address.
        base_url: Option<BaseUrl> = "", "URL";
        /// Folder with the built client, styles and fonts.
        /// By default `site` beside the program, else `target/site`.
        site: Option<PathBuf> = "", "DIR";
        /// Proxies whose `X-Forwarded-Proto` and `X-Forwarded-For` count: addresses or networks, separated by commas.
        trusted_proxies: Vec<IpNet> = "", "LIST";
        /// Requests a minute that one address may make to the API, for cards, embeddings and Infobutton. 0 is no limit.
        rate_limit: u32 = "120", "NUMBER";
        /// Serve what is sound in a folder with errors, instead of refusing to start.
        lenient: bool = "false", "BOOL";
        /// How the log is written: `text` or `json`.
        log_format: LogFormat = "text", "FORMAT";
        /// Seconds that requests under way get when the server stops.
        shutdown_grace: Duration = "10", "SECONDS";
        /// The clinic kit: name of the clinic, in the footer, on handouts and in previews.
        clinic_name: Option<String> = "", "TEXT";
        /// Logo of the clinic: an SVG, PNG, WebP or JPEG file of at most 128 KB.
        clinic_logo: Option<LogoFile> = "", "FILE";
        /// Telephone of the clinic, in the footer, on handouts and with crisis help.
        clinic_phone: Option<Phone> = "", "NUMBER";
        /// Postal address of the clinic, in one line.
        clinic_address: Option<String> = "", "TEXT";
        /// The clinic's own number for a crisis. Stands first wherever crisis help stands.
        clinic_crisis: Option<Phone> = "", "NUMBER";
        /// Colour of links, buttons and focus on light pages, such as `#1f4e5f`. Contrast 7:1 or it is refused.
        clinic_accent: Option<LightAccent> = "", "COLOUR";
        /// The same on dark pages. By default `clinic_accent`, made light enough.
        clinic_accent_dark: Option<DarkAccent> = "", "COLOUR";
        /// For people who work on the site: pages reload when the library changes.
        dev: bool = "false", "BOOL";
    }
}

/// One setting, for help, documents and messages.
#[derive(Debug)]
pub struct Entry {
    /// The key in the file.
    pub key: &'static str,
    /// The default as a text; empty where it follows from something else.
    pub default: &'static str,
    /// What stands for the value in help.
    pub hint: &'static str,
    /// What it does.
    pub help: &'static str,
    /// Whether the flag may stand without a value.
    pub switch: bool,
}

impl Entry {
    /// The environment variable.
    pub fn variable(&self) -> String {
        format!("DOORWAY_{}", self.key.to_uppercase())
    }

    /// The flag without its two hyphens.
    pub fn flag(&self) -> String {
        self.key.replace('_', "-")
    }
}

/// Where a value comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// `--flag`
    Flag(String),
    /// `DOORWAY_…`
    Variable(String),
    /// The settings file.
    File(PathBuf),
    /// Nobody set it.
    Default,
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Flag(flag) => write!(f, "--{flag}"),
            Self::Variable(name) => f.write_str(name),
            Self::File(path) => write!(f, "{}", path.display()),
            Self::Default => f.write_str("default"),
        }
    }
}

/// A value before it is understood.
#[derive(Clone, Debug)]
struct Given {
    text: String,
    origin: Origin,
}

/// A configuration and where each of its values comes from.
#[derive(Clone, Debug)]
pub struct Loaded {
    /// The values.
    pub config: Config,
    origins: BTreeMap<&'static str, Origin>,
}

impl Loaded {
    /// Settles every setting. `variables` is the whole environment; `file` is a file that must be there,
    /// while [`DEFAULT_FILE`] in `folder` may be missing.
    pub fn new(
        flags: &ArgMatches,
        variables: impl IntoIterator<Item = (String, String)>,
        folder: &Path,
    ) -> Result<Self, ConfigError> {
        let mut variables: BTreeMap<String, String> =
            variables.into_iter().filter(|(name, _)| name.starts_with("DOORWAY_")).collect();
        let named_by_variable = variables.remove("DOORWAY_CONFIG").map(PathBuf::from);
        let named = flags.get_one::<PathBuf>("config").cloned().or(named_by_variable);

        let mut texts: BTreeMap<&'static str, Given> = SETTINGS
            .iter()
            .map(|entry| (entry.key, Given { text: entry.default.to_owned(), origin: Origin::Default }))
            .collect();
        read_file(named, folder, &mut texts)?;
        read_variables(variables, &mut texts)?;
        for entry in SETTINGS {
            if let Some(text) = flags.get_one::<String>(entry.key) {
                texts.insert(entry.key, Given { text: text.clone(), origin: Origin::Flag(entry.flag()) });
            }
        }
        let config = Config::from_texts(&texts)?;
        let origins = texts.into_iter().map(|(key, given)| (key, given.origin)).collect();
        Ok(Self { config, origins })
    }

    /// Where the value of a setting comes from.
    pub fn origin(&self, key: &str) -> &Origin {
        self.origins.get(key).unwrap_or(&Origin::Default)
    }
}

impl Config {
    /// The defaults.
    pub fn defaults() -> Self {
        let texts = SETTINGS
            .iter()
            .map(|entry| (entry.key, Given { text: entry.default.to_owned(), origin: Origin::Default }))
            .collect();
        Self::from_texts(&texts).expect("a test reads every default")
    }

    /// Scheme and host that readers see, without a slash at the end.
    pub fn base_url(&self) -> String {
        match &self.base_url {
            Some(url) => url.as_str().to_owned(),
            None => format!("http://{}", self.address.as_seen_from_here()),
        }
    }

    /// The folder with the built client, styles and fonts.
    pub fn site(&self) -> PathBuf {
        if let Some(site) = &self.site {
            return site.clone();
        }
        std::env::current_exe()
            .ok()
            .and_then(|program| Some(program.parent()?.join("site")))
            .filter(|beside| beside.is_dir())
            .unwrap_or_else(|| PathBuf::from("target/site"))
    }
}

fn read_file(
    named: Option<PathBuf>,
    folder: &Path,
    texts: &mut BTreeMap<&'static str, Given>,
) -> Result<(), ConfigError> {
    let path = match named {
        Some(path) => path,
        None => match folder.join(DEFAULT_FILE) {
            path if path.is_file() => path,
            _ => return Ok(()),
        },
    };
    let source =
        std::fs::read_to_string(&path).map_err(|cause| ConfigError::File { path: path.clone(), cause })?;
    let table: toml::Table = source.parse().map_err(|error: toml::de::Error| ConfigError::Syntax {
        path: path.clone(),
        wrong: error.to_string(),
    })?;
    for (name, value) in table {
        let Some(entry) = SETTINGS.iter().find(|entry| entry.key == name) else {
            let nearest = nearest(&name, SETTINGS.iter().map(|entry| entry.key.to_owned()));
            return Err(ConfigError::Unknown { name, origin: path.display().to_string(), nearest });
        };
        let text = value::text_of(value).map_err(|wrong| ConfigError::Value {
            key: entry.key,
            origin: Origin::File(path.clone()),
            wrong,
        })?;
        texts.insert(entry.key, Given { text, origin: Origin::File(path.clone()) });
    }
    Ok(())
}

fn read_variables(
    variables: BTreeMap<String, String>,
    texts: &mut BTreeMap<&'static str, Given>,
) -> Result<(), ConfigError> {
    for (name, text) in variables {
        let Some(entry) = SETTINGS.iter().find(|entry| entry.variable() == name) else {
            let known = SETTINGS.iter().map(Entry::variable).chain(["DOORWAY_CONFIG".to_owned()]);
            let nearest = nearest(&name, known);
            return Err(ConfigError::Unknown { name, origin: "environment".to_owned(), nearest });
        };
        texts.insert(entry.key, Given { text, origin: Origin::Variable(name) });
    }
    Ok(())
}

fn read<T: Setting>(texts: &BTreeMap<&'static str, Given>, key: &'static str) -> Result<T, ConfigError> {
    let given = texts.get(key).expect("every setting starts with its default");
    T::read(given.text.trim()).map_err(|wrong| ConfigError::Value {
        key,
        origin: given.origin.clone(),
        wrong,
    })
}

/// The known name nearest to a misspelt one.
fn nearest(name: &str, known: impl Iterator<Item = String>) -> Option<String> {
    known.min_by_key(|candidate| strsim::damerau_levenshtein(name, candidate))
}
