//! The kinds of value a setting can have: from text, and back for `--print-config`.

use std::{path::PathBuf, str::FromStr, time::Duration};

use ipnet::IpNet;

/// A kind of value. `read` says what is wrong in words that follow the setting's name.
pub(super) trait Setting: Sized {
    /// Whether the flag may stand without a value.
    const SWITCH: bool = false;
    fn read(text: &str) -> Result<Self, String>;
    fn show(&self) -> toml::Value;
}

/// A value of the file as the text that a flag would have.
pub(super) fn text_of(value: toml::Value) -> Result<String, String> {
    match value {
        toml::Value::String(text) => Ok(text),
        toml::Value::Integer(number) => Ok(number.to_string()),
        toml::Value::Boolean(switch) => Ok(switch.to_string()),
        toml::Value::Array(items) => {
            Ok(items.into_iter().map(text_of).collect::<Result<Vec<_>, _>>()?.join(","))
        }
        other => Err(format!("cannot be a {}", other.type_str())),
    }
}

/// `HOST:PORT`, where the host may be a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address {
    host: String,
    port: u16,
}

impl Address {
    /// For binding.
    pub fn host_and_port(&self) -> (&str, u16) {
        (&self.host, self.port)
    }

    /// The same host at the port that was really taken.
    pub fn at_port(&self, port: u16) -> Self {
        Self { host: self.host.clone(), port }
    }

    /// What to type into a browser on this machine: "every address" is not one.
    pub fn as_seen_from_here(&self) -> String {
        match self.host.as_str() {
            "0.0.0.0" | "::" => format!("127.0.0.1:{}", self.port),
            host if host.contains(':') => format!("[{host}]:{}", self.port),
            host => format!("{host}:{}", self.port),
        }
    }
}

impl Setting for Address {
    fn read(text: &str) -> Result<Self, String> {
        let wrong = || format!("is `{text}`, which is not HOST:PORT");
        let (host, port) = text.rsplit_once(':').ok_or_else(wrong)?;
        let port = port.parse().map_err(|_| wrong())?;
        let host = host.strip_prefix('[').and_then(|host| host.strip_suffix(']')).unwrap_or(host);
        if host.is_empty() || host.contains(['/', ' ']) {
            return Err(wrong());
        }
        Ok(Self { host: host.to_owned(), port })
    }

    fn show(&self) -> toml::Value {
        let Self { host, port } = self;
        toml::Value::String(if host.contains(':') {
            format!("[{host}]:{port}")
        } else {
            format!("{host}:{port}")
        })
    }
}

/// Scheme and host, `http` or `https`, without a slash at the end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BaseUrl(String);

impl BaseUrl {
    /// Without a slash at the end.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for BaseUrl {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || format!("is `{text}`, which is not like https://example.org");
        let uri: axum::http::Uri = text.parse().map_err(|_| wrong())?;
        let known_scheme = matches!(uri.scheme_str(), Some("http" | "https"));
        let host = uri.authority().map(|authority| authority.as_str()).unwrap_or_default();
        if !known_scheme || host.is_empty() || host.contains('@') {
            return Err(wrong());
        }
        if uri.path() != "/" || uri.query().is_some() || text.contains('#') {
            return Err(format!("is `{text}`, which has more than scheme and host"));
        }
        Ok(Self(text.trim_end_matches('/').to_ascii_lowercase()))
    }
}

impl Setting for Option<BaseUrl> {
    fn read(text: &str) -> Result<Self, String> {
        if text.is_empty() { Ok(None) } else { text.parse().map(Some) }
    }

    fn show(&self) -> toml::Value {
        toml::Value::String(self.as_ref().map(|url| url.0.clone()).unwrap_or_default())
    }
}

/// How the log is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogFormat {
    /// For people.
    Text,
    /// One JSON object a line.
    Json,
}

impl Setting for LogFormat {
    fn read(text: &str) -> Result<Self, String> {
        match text {
            "text" => Ok(Self::Text),
            "json" => Ok(Self::Json),
            _ => Err(format!("is `{text}`; it can be `text` or `json`")),
        }
    }

    fn show(&self) -> toml::Value {
        toml::Value::String(match self {
            Self::Text => "text".to_owned(),
            Self::Json => "json".to_owned(),
        })
    }
}

impl Setting for PathBuf {
    fn read(text: &str) -> Result<Self, String> {
        if text.is_empty() { Err("is empty".to_owned()) } else { Ok(text.into()) }
    }

    fn show(&self) -> toml::Value {
        toml::Value::String(self.display().to_string())
    }
}

impl Setting for Option<PathBuf> {
    fn read(text: &str) -> Result<Self, String> {
        Ok((!text.is_empty()).then(|| text.into()))
    }

    fn show(&self) -> toml::Value {
        toml::Value::String(self.as_ref().map(|path| path.display().to_string()).unwrap_or_default())
    }
}

impl Setting for bool {
    const SWITCH: bool = true;

    fn read(text: &str) -> Result<Self, String> {
        match text {
            "true" | "1" => Ok(true),
            "false" | "0" => Ok(false),
            _ => Err(format!("is `{text}`; it can be `true` or `false`")),
        }
    }

    fn show(&self) -> toml::Value {
        toml::Value::Boolean(*self)
    }
}

impl Setting for u32 {
    fn read(text: &str) -> Result<Self, String> {
        text.parse().map_err(|_| format!("is `{text}`, which is not a whole number of 0 or more"))
    }

    fn show(&self) -> toml::Value {
        toml::Value::Integer((*self).into())
    }
}

impl Setting for Duration {
    fn read(text: &str) -> Result<Self, String> {
        let seconds: u32 =
            text.parse().map_err(|_| format!("is `{text}`, which is not a number of whole seconds"))?;
        Ok(Self::from_secs(seconds.into()))
    }

    fn show(&self) -> toml::Value {
        toml::Value::Integer(self.as_secs().try_into().unwrap_or(i64::MAX))
    }
}

impl Setting for Vec<IpNet> {
    fn read(text: &str) -> Result<Self, String> {
        text.split(',')
            .map(str::trim)
            .filter(|item| !item.is_empty())
            .map(|item| {
                item.parse::<IpNet>()
                    .or_else(|_| item.parse().map(|address: std::net::IpAddr| address.into()))
                    .map_err(|_| {
                        format!("has `{item}`, which is neither an address nor a network like 10.0.0.0/8")
                    })
            })
            .collect()
    }

    fn show(&self) -> toml::Value {
        toml::Value::Array(self.iter().map(|net| toml::Value::String(net.to_string())).collect())
    }
}
