//! What an editor sets once for the whole site.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{Phase, Slug};

/// Everything about the site that is not an article.
#[derive(Clone, Debug, Serialize)]
pub struct Site {
    /// Name of the site.
    pub name: String,
    /// One line under the name.
    pub tagline: String,
    /// One or two sentences for search engines and feeds.
    pub description: String,
    /// Who answers for the content.
    pub publisher: String,
    /// BCP 47 tag of the language in which the site is written.
    pub language: String,
    /// Name of the licence of the articles, such as `CC BY 4.0`.
    pub licence: Option<String>,
    /// Where the licence can be read.
    pub licence_url: Option<String>,
    /// In their order.
    pub categories: Vec<Category>,
    /// ISO 3166-1 alpha-2 code of the country whose crisis lines stand first.
    pub crisis_country: Option<String>,
    /// Crisis lines by country.
    pub crisis: Vec<CrisisCountry>,
    /// Reading paths in their order.
    pub paths: Vec<ReadingPath>,
    /// Glossary in alphabetical order.
    pub glossary: Vec<Term>,
    /// The literature, by key, in the order of the file.
    pub references: Vec<Reference>,
    /// About, privacy, accessibility, and whatever else the folder `pages` has.
    pub pages: Vec<SitePage>,
    /// Standing packs, by address.
    pub packs: Vec<Pack>,
    /// What the search knows beside the articles' own words.
    pub search: SearchWords,
}

/// Passages of articles put together to be handed over, at an address of their own.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Pack {
    /// The last part of its address: the name of its file.
    pub slug: Slug,
    /// What a reader sees.
    pub title: String,
    /// One or two sentences: for whom, and when.
    pub summary: String,
    /// A word from whoever hands it over.
    pub note: Option<String>,
    /// In reading order.
    pub items: Vec<PackItem>,
}

/// What a pack has of one article.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PackItem {
    /// The article.
    pub article: Slug,
    /// Anchors of its sections, each with what stands below it; none means the whole article in its short reading.
    pub sections: Vec<String>,
}

/// Words for the search, as people type them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct SearchWords {
    /// Groups of words and phrases that mean the same.
    pub synonyms: Vec<Vec<String>>,
    /// Phrases that sound like a crisis.
    pub crisis: Vec<String>,
    /// Everyday phrases that contain one of those.
    pub not_crisis: Vec<String>,
    /// How people ask for what a section answers: by slug, then by anchor; the empty anchor is the article as a whole.
    pub asked: BTreeMap<String, BTreeMap<String, Vec<String>>>,
}

/// A category that an article can be in.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Category {
    /// As it stands in front matter, such as `PATIENT_EDUCATION`.
    pub key: String,
    /// What a reader sees.
    pub label: String,
    /// One sentence.
    pub description: String,
    /// Smaller comes first.
    #[serde(default)]
    pub order: i32,
}

/// An ordered series of articles.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ReadingPath {
    /// The last part of its address.
    pub slug: Slug,
    /// What a reader sees.
    pub title: String,
    /// One or two sentences.
    pub summary: String,
    /// When it helps first.
    #[serde(default)]
    pub phase: Option<Phase>,
    /// When it helps, in the order of treatment.
    #[serde(default)]
    pub phases: Vec<Phase>,
    /// The articles in order.
    pub articles: Vec<Slug>,
}

/// A word explained in place.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Term {
    /// The word as a reader meets it.
    pub term: String,
    /// Its anchor on the glossary page.
    pub slug: Slug,
    /// One or two plain sentences, plain text.
    pub plain: String,
    /// Other forms of the word.
    #[serde(default)]
    pub also: Vec<String>,
}

/// One piece of literature, with what its evidence mark says.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Reference {
    /// The citation key.
    pub key: String,
    /// The formatted reference as safe HTML, without number.
    pub html: String,
    /// Plain text of the same.
    pub text: String,
    /// DOI without its resolver.
    pub doi: Option<String>,
    /// Address to follow: the DOI's resolver or the given URL.
    pub url: Option<String>,
    /// Kind of study in plain words ("Randomised trial").
    pub evidence: Option<String>,
    /// How many people took part.
    pub people: Option<u32>,
    /// The main limit in plain words.
    pub limit: Option<String>,
    /// Whether it was animals, not people.
    pub animals: bool,
}

/// The crisis lines of one country.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CrisisCountry {
    /// Name in English.
    pub country: String,
    /// ISO 3166-1 alpha-2 code.
    pub code: String,
    /// The lines, the most general first.
    pub lines: Vec<CrisisLine>,
    /// Where the numbers were read.
    pub source: String,
    /// When they were checked.
    pub checked: Date,
}

/// One way to reach somebody.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CrisisLine {
    /// Who answers.
    pub name: String,
    /// Number to call.
    #[serde(default)]
    pub phone: Option<String>,
    /// How to reach it by text message, in words ("Text HOME to 741741").
    #[serde(default)]
    pub text: Option<String>,
    /// Where to chat or read.
    #[serde(default)]
    pub url: Option<String>,
    /// When somebody answers.
    #[serde(default)]
    pub hours: Option<String>,
    /// For whom.
    #[serde(default, rename = "for")]
    pub audience: Option<String>,
}

/// A page of the site itself: about, privacy, accessibility.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SitePage {
    /// Its address without `/`.
    pub slug: Slug,
    /// Title as plain text.
    pub title: String,
    /// One sentence.
    pub description: String,
    /// Safe HTML of the body, headings from level 2.
    pub html: String,
}
