//! What the API answers. The document at `/api/v1/openapi.json` is made from these types, comments included.

use std::collections::BTreeMap;

use article::{Article, BlockBody, Library, Meta, Published, Section, words_of};
use serde::Serialize;
use utoipa::ToSchema;

/// A page of a list of articles.
#[derive(Serialize, ToSchema)]
pub struct ArticleList {
    /// How many articles there are in all.
    pub total: usize,
    /// How many a page has at most.
    pub limit: usize,
    /// How many stand before this page.
    pub offset: usize,
    /// The articles, last changed first.
    pub items: Vec<ArticleSummary>,
}

/// An article as a list shows it.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ArticleSummary {
    /// The last part of its address. Former ones lead here too.
    #[schema(example = "grounding")]
    pub slug: String,
    /// The title, as plain text.
    pub title: String,
    /// One or two sentences, as plain text.
    pub excerpt: String,
    /// Its page for people.
    #[schema(format = "uri")]
    pub url: String,
    /// The picture for previews, 1200 by 630.
    #[schema(format = "uri")]
    pub card: String,
    /// Key of its category.
    #[schema(example = "PATIENT_EDUCATION")]
    pub category: String,
    /// Who wrote it.
    pub author: String,
    /// Topics.
    pub tags: Vec<String>,
    /// When it helps: `before`, `day`, `first`, `weeks`. Empty where that is not said.
    pub phases: Vec<&'static str>,
    /// Language, as a BCP 47 tag.
    #[schema(example = "en")]
    pub language: String,
    /// Minutes that reading takes.
    pub minutes: usize,
    /// Flesch-Kincaid grade of the text.
    pub grade: Option<f32>,
    /// Day of publication.
    #[schema(format = "date")]
    pub published: String,
    /// Day of the last change of substance.
    #[schema(format = "date")]
    pub updated: Option<String>,
    /// Who reviewed it.
    pub reviewed_by: Option<String>,
    /// Day of the last review.
    #[schema(format = "date")]
    pub reviewed: Option<String>,
    /// Day by which the next review is due.
    #[schema(format = "date")]
    pub review_due: Option<String>,
    /// Medical codes by system: `icd10`, `snomed`, `rxnorm`.
    pub codes: BTreeMap<String, Vec<String>>,
}

/// An article with its sections.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ArticleDetail {
    /// What a list shows of it.
    #[serde(flatten)]
    pub summary: ArticleSummary,
    /// The points to remember, as plain text.
    pub takeaways: Vec<String>,
    /// Its sections in order.
    pub sections: Vec<SectionSummary>,
    /// The literature that it cites, in the order of its numbers.
    pub references: Vec<Reference>,
    /// What it is not: the closing note, as HTML. Show it wherever you show the text.
    pub disclaimer: Option<String>,
    /// The whole text as HTML, where it was asked for: the text alone, without the controls and scripts of its page. Ids are the
    /// anchors of its sections and blocks; the numbers of references are those of `references`; addresses are relative to
    /// that of the library.
    pub html: Option<String>,
}

/// A section as an article lists it.
#[derive(Serialize, ToSchema)]
pub struct SectionSummary {
    /// Its name in an address, behind `#`. It lasts: a renamed one still leads here.
    pub anchor: String,
    /// Level of its heading, 2 to 6.
    pub level: u8,
    /// Its heading, as plain text.
    pub title: String,
    /// Changes when its words change.
    #[schema(example = "1f2e3d4c")]
    pub hash: String,
    /// Its place on the page for people.
    #[schema(format = "uri")]
    pub url: String,
}

/// A section with its text.
#[derive(Serialize, ToSchema)]
pub struct SectionDetail {
    /// What the article lists of it.
    #[serde(flatten)]
    pub summary: SectionSummary,
    /// Slug of its article.
    pub article: String,
    /// The section and what stands below it, as HTML like an article's, without the numbers of references.
    pub html: String,
}

/// A piece of literature.
#[derive(Serialize, ToSchema)]
pub struct Reference {
    /// The reference in full, as plain text.
    pub text: String,
    /// Its DOI, without a resolver.
    pub doi: Option<String>,
    /// Where it can be found.
    #[schema(format = "uri")]
    pub url: Option<String>,
    /// Kind of study, in plain words.
    pub evidence: Option<String>,
    /// How many people took part.
    pub people: Option<u32>,
    /// Its main limit, in plain words.
    pub limit: Option<String>,
}

/// The packs that the library offers.
#[derive(Serialize, ToSchema)]
pub struct PackList {
    /// The packs, by address.
    pub items: Vec<Pack>,
}

/// Passages of several articles on one page, to be handed over.
#[derive(Serialize, ToSchema)]
pub struct Pack {
    /// The last part of its address.
    pub slug: String,
    /// Its title.
    pub title: String,
    /// For whom, and when.
    pub summary: String,
    /// A word from whoever hands it over.
    pub note: Option<String>,
    /// Its page for people.
    #[schema(format = "uri")]
    pub url: String,
    /// What is in it, in order.
    pub items: Vec<PackItem>,
}

/// What a pack has of one article.
#[derive(Serialize, ToSchema)]
pub struct PackItem {
    /// Slug of the article.
    pub article: String,
    /// Anchors of its sections; none means its short reading.
    pub sections: Vec<String>,
}

impl ArticleSummary {
    pub fn of(article: &Article, base: &str) -> Self {
        let meta = &article.meta;
        let day = |day: &Option<jiff::civil::Date>| day.map(|day| day.to_string());
        Self {
            slug: meta.slug.to_string(),
            title: meta.title.clone(),
            excerpt: meta.excerpt.clone(),
            url: page(meta, base),
            card: format!("{base}/cards/articles/{}.png", meta.slug),
            category: meta.category.clone(),
            author: meta.author.clone(),
            tags: meta.tags.clone(),
            phases: meta.phases.iter().map(|phase| phase.key()).collect(),
            language: meta.lang.clone(),
            minutes: article.minutes(),
            grade: article.grade.map(|grade| (grade * 10.0).round() / 10.0),
            published: meta.published_at.to_string(),
            updated: day(&meta.updated_at),
            reviewed_by: meta.reviewed_by.clone(),
            reviewed: day(&meta.reviewed_at),
            review_due: day(&meta.review_due),
            codes: meta.codes.clone(),
        }
    }
}

impl ArticleDetail {
    pub fn of(library: &Library, published: &Published, base: &str, whole: bool) -> Self {
        let article = &published.article;
        let literature = &library.site().references;
        let cited = article.cited.iter().filter_map(|key| literature.iter().find(|known| known.key == *key));
        Self {
            summary: ArticleSummary::of(article, base),
            takeaways: takeaways(article),
            sections: article
                .sections
                .iter()
                .map(|section| SectionSummary::of(article, section, base))
                .collect(),
            references: cited.map(Reference::of).collect(),
            disclaimer: article.disclaimer.clone(),
            html: whole.then(|| published.text()),
        }
    }
}

impl SectionSummary {
    pub fn of(article: &Article, section: &Section, base: &str) -> Self {
        Self {
            anchor: section.anchor.to_string(),
            level: section.level,
            title: section.title.clone(),
            hash: section.hash.clone(),
            url: format!("{}#{}", page(&article.meta, base), section.anchor),
        }
    }
}

impl Reference {
    fn of(reference: &article::Reference) -> Self {
        Self {
            text: reference.text.clone(),
            doi: reference.doi.clone(),
            url: reference.url.clone(),
            evidence: reference.evidence.clone(),
            people: reference.people,
            limit: reference.limit.clone(),
        }
    }
}

impl Pack {
    pub fn of(pack: &article::Pack, base: &str) -> Self {
        let item = |item: &article::PackItem| PackItem {
            article: item.article.to_string(),
            sections: item.sections.clone(),
        };
        Self {
            slug: pack.slug.to_string(),
            title: pack.title.clone(),
            summary: pack.summary.clone(),
            note: pack.note.clone(),
            url: format!("{base}/packs/{}", pack.slug),
            items: pack.items.iter().map(item).collect(),
        }
    }
}

/// The page of an article.
pub fn page(meta: &Meta, base: &str) -> String {
    format!("{base}/articles/{}", meta.slug)
}

fn takeaways(article: &Article) -> Vec<String> {
    match article.takeaways().map(|block| &block.body) {
        Some(BlockBody::Items(items)) => items.iter().map(|item| words_of(item)).collect(),
        Some(BlockBody::Named(items)) => {
            items.iter().map(|(name, text)| format!("{}: {}", words_of(name), words_of(text))).collect()
        }
        _ => Vec::new(),
    }
}
