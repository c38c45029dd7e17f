//! From a library to what is searched: its articles as plain text, the index of them, and the two files for the browser.

use article::{Article, Block, BlockBody, BlockKind, Library, Part, Section, Site, address_form, words_of};
use search::{Document, Index, Label, Lexicon, Texts};

/// The search of one edition.
#[derive(Debug)]
pub struct Searchable {
    /// What the server searches itself.
    pub index: Index,
    /// Its sections' texts.
    pub texts: Texts,
    /// The same index as a file for the browser.
    pub index_file: Vec<u8>,
    /// The same texts as a file for the browser.
    pub texts_file: Vec<u8>,
}

impl Searchable {
    /// Builds the index of a library.
    pub fn new(library: &Library) -> Self {
        let documents: Vec<Document> =
            library.articles().iter().map(|one| document(&one.article, library.site())).collect();
        let words = &library.site().search;
        let lexicon = Lexicon {
            synonyms: words.synonyms.clone(),
            crisis: words.crisis.clone(),
            not_crisis: words.not_crisis.clone(),
        };
        let built = search::build(&documents, &lexicon);
        Self {
            index: Index::open(&built.index).expect("an index that was just built is whole"),
            texts: Texts::open(&built.texts).expect("texts that were just written are whole"),
            index_file: built.index,
            texts_file: built.texts,
        }
    }
}

fn document(article: &Article, site: &Site) -> Document {
    let meta = &article.meta;
    let asked = site.search.asked.get(meta.slug.as_str());
    let asked = |anchor: &str| asked.and_then(|asked| asked.get(anchor)).cloned().unwrap_or_default();
    let category = site.categories.iter().find(|category| category.key == meta.category);
    let label = |name: &str| Label { key: address_form(name), name: name.to_owned() };
    let start = search::Section {
        text: [meta.excerpt.clone(), text(&article.lead)].join("\n"),
        kind: kind(&article.lead),
        asked: asked(""),
        ..search::Section::default()
    };
    let section = |section: &Section| search::Section {
        anchor: section.anchor.to_string(),
        heading: section.title.clone(),
        kind: kind(&section.parts),
        text: text(&section.parts),
        asked: asked(section.anchor.as_str()),
    };
    Document {
        slug: meta.slug.to_string(),
        title: meta.title.clone(),
        category: Label {
            key: address_form(&meta.category),
            name: category.map_or_else(|| meta.category.clone(), |category| category.label.clone()),
        },
        tags: meta.tags.iter().map(|tag| label(tag)).collect(),
        phases: meta
            .phases
            .iter()
            .map(|phase| Label { key: phase.key().to_owned(), name: phase.label().to_owned() })
            .collect(),
        author: meta.author.clone(),
        sections: std::iter::once(start).chain(article.sections.iter().map(section)).collect(),
    }
}

/// What a reader can do there: the first block that is more than a note.
fn kind(parts: &[Part]) -> String {
    let blocks = parts.iter().filter_map(|part| match part {
        Part::Block(block) if block.kind != BlockKind::Note => Some(block.kind.label()),
        _ => None,
    });
    blocks.map(str::to_owned).next().unwrap_or_default()
}

fn text(parts: &[Part]) -> String {
    let mut lines: Vec<String> = Vec::new();
    for part in parts {
        match part {
            Part::Prose(html) => lines.push(words_of(html)),
            Part::Block(block) => block_lines(block, &mut lines),
        }
    }
    lines.retain(|line| !line.is_empty());
    lines.join("\n")
}

fn block_lines(block: &Block, lines: &mut Vec<String>) {
    if !block.label_is_heading {
        lines.push(block.label.clone());
    }
    match &block.body {
        BlockBody::Items(items) => lines.extend(items.iter().map(|item| words_of(item))),
        BlockBody::Named(items) => {
            lines.extend(items.iter().map(|(name, item)| format!("{}: {}", words_of(name), words_of(item))));
        }
        BlockBody::Fields(fields) => {
            for (name, items) in fields {
                lines.push(words_of(name));
                lines.extend(items.iter().map(|item| words_of(item)));
            }
        }
        BlockBody::Html(html) => lines.push(words_of(html)),
    }
}
