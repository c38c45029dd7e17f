//! The engines that are compared, and how each is set up: as its documentation recommends, where that says
//! anything, and else as it comes.

use clap::ValueEnum;

/// Packages of npm, with `=` versions: a comparison that moves by itself says nothing.
pub const NPM: [(&str, &str); 3] = [("lunr", "2.3.9"), ("minisearch", "7.2.0"), ("pagefind", "1.6.0")];
/// The package of PyPI.
pub const PYPI: &str = "tantivy==0.27.0";

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Engine {
    /// Ours, compiled for this machine
    Doorway,
    /// Ours, compiled for the browser and run in Chromium
    DoorwayWasm,
    Minisearch,
    MinisearchFuzzy,
    Lunr,
    Pagefind,
    Tantivy,
    TantivyStemmed,
}

/// What an engine runs on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ground {
    Native,
    NativeAndBrowser,
    Node,
    NodeAndBrowser,
    Python,
}

impl Engine {
    /// As it is called on the command line and in the output.
    pub fn name(self) -> String {
        self.to_possible_value().map(|value| value.get_name().to_owned()).unwrap_or_default()
    }

    pub fn ground(self) -> Ground {
        match self {
            Self::Doorway => Ground::Native,
            Self::DoorwayWasm => Ground::NativeAndBrowser,
            Self::Minisearch | Self::MinisearchFuzzy | Self::Lunr => Ground::Node,
            Self::Pagefind => Ground::NodeAndBrowser,
            Self::Tantivy | Self::TantivyStemmed => Ground::Python,
        }
    }

    /// What a reader of the figures has to know.
    pub fn setup(self) -> &'static str {
        match self {
            Self::Doorway => {
                "release build; one section a document, no editor's words; times with snippets, the index without texts"
            }
            Self::DoorwayWasm => {
                "the same in Chromium, with the client's profile; build: loading program and index"
            }
            Self::Minisearch => "fields title and text, all defaults (OR, whole words); in Node",
            Self::MinisearchFuzzy => {
                "the same with prefix, fuzzy 0.2 and title × 2, as its guide shows; in Node"
            }
            Self::Lunr => {
                "fields title and text, defaults (stop words, stems, OR), signs taken out of queries; in Node"
            }
            Self::Pagefind => {
                "a page a document, defaults (AND, stems); index: its chunks and fragments, which are compressed; \
                 in Chromium, times without the fragments of the results"
            }
            Self::Tantivy => {
                "fields title and text, tokenizer `default`, its query parser (OR), signs taken out; from Python"
            }
            Self::TantivyStemmed => "the same with tokenizer `en_stem`",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn engines_have_the_names_that_the_command_line_knows() {
        let names: Vec<_> = Engine::value_variants().iter().map(|engine| engine.name()).collect();
        let known = ["doorway", "doorway-wasm", "minisearch", "minisearch-fuzzy"];
        assert_eq!(names[..4], known);
        assert_eq!(names[4..], ["lunr", "pagefind", "tantivy", "tantivy-stemmed"]);
    }
}
