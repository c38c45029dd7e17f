//! Building the index. Runs on the server, once an edition.

use std::{cmp::Reverse, collections::HashMap};

use crate::{
    Document, Label, Lexicon,
    bytes::Writer,
    field::{Field, Posting},
    format::{FIELDS, FieldKind, MAGIC},
    words::{is_stop_word, stem, words},
};

/// The two files of an index.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Built {
    /// Terms, postings, names: all that ranking needs. See [`crate::Index::open`].
    pub index: Vec<u8>,
    /// The sections' texts: for snippets and quoted phrases. See [`crate::Texts::open`].
    pub texts: Vec<u8>,
}

/// Builds the index of a library. The documents' order decides between equals.
pub fn build(documents: &[Document], lexicon: &Lexicon) -> Built {
    let mut terms = Terms::default();
    let mut section = 0;
    for (article, document) in documents.iter().enumerate() {
        terms.add(FieldKind::Title, article, &document.title);
        let names =
            document.tags.iter().map(|tag| &tag.name).chain([&document.category.name, &document.author]);
        for name in names {
            terms.add(FieldKind::About, article, name);
        }
        for part in &document.sections {
            terms.add(FieldKind::Heading, section, &part.heading);
            terms.add(FieldKind::Text, section, &part.text);
            for asked in &part.asked {
                terms.add(FieldKind::Asked, section, asked);
            }
            section += 1;
        }
    }
    let mut out = Writer(MAGIC.to_vec());
    write_articles(documents, &mut out);
    terms.write(&mut out);
    lexicon.write(&mut out);
    Built { index: out.0, texts: texts(documents) }
}

fn write_articles(documents: &[Document], out: &mut Writer) {
    let categories = labels(documents.iter().map(|document| &document.category));
    let tags = labels(documents.iter().flat_map(|document| &document.tags));
    let phases = labels(documents.iter().flat_map(|document| &document.phases));
    for labels in [&categories, &tags, &phases] {
        out.list(labels, |out, label| {
            out.text(&label.key);
            out.text(&label.name);
        });
    }
    let place =
        |labels: &[Label], label: &Label| labels.iter().position(|other| other.key == label.key).unwrap_or(0);
    let sections = || documents.iter().flat_map(|document| &document.sections);
    let mut kinds: Vec<&str> = sections().map(|section| section.kind.as_str()).collect();
    order::sort(&mut kinds);
    kinds.dedup();
    out.list(&kinds, |out, kind| out.text(kind));

    out.number(documents.len());
    for document in documents {
        out.text(&document.slug);
        out.text(&document.title);
        out.number(place(&categories, &document.category));
        out.list(&document.tags, |out, tag| out.number(place(&tags, tag)));
        out.list(&document.phases, |out, phase| out.number(place(&phases, phase)));
        out.number(document.sections.len());
    }
    for section in sections() {
        out.text(&section.heading);
    }
    for section in sections() {
        // Nearly every anchor is the heading in the form of an address.
        let usual = fold::address_form(&section.heading) == section.anchor;
        out.text(if usual {
            ""
        } else if section.anchor.is_empty() {
            "-"
        } else {
            &section.anchor
        });
    }
    for section in sections() {
        out.number(kinds.binary_search(&section.kind.as_str()).unwrap_or(0));
    }
}

fn labels<'d>(all: impl Iterator<Item = &'d Label>) -> Vec<Label> {
    let mut labels: Vec<Label> = all.cloned().collect();
    order::sort(&mut labels);
    labels.dedup_by(|one, other| one.key == other.key);
    labels
}

fn texts(documents: &[Document]) -> Vec<u8> {
    let sections: Vec<&str> = documents
        .iter()
        .flat_map(|document| &document.sections)
        .map(|section| section.text.as_str())
        .collect();
    let mut out = Writer::default();
    out.list(&sections, |out, text| out.number(text.len()));
    for text in sections {
        out.0.extend_from_slice(text.as_bytes());
    }
    out.0
}

/// The terms, while documents are added in rising order.
#[derive(Default)]
struct Terms {
    forms: HashMap<String, Form>,
    by_stem: HashMap<String, usize>,
    postings: Vec<[Vec<Posting>; FIELDS]>,
}

/// A word as it stands in texts.
struct Form {
    term: usize,
    /// How often it stands anywhere.
    count: u32,
}

impl Terms {
    fn add(&mut self, field: FieldKind, document: usize, text: &str) {
        for word in words(text) {
            let term = match self.forms.get_mut(&word.plain) {
                Some(form) => {
                    form.count += 1;
                    form.term
                }
                None if is_stop_word(&word.plain) => continue,
                None => self.meet(word.plain),
            };
            let postings = &mut self.postings[term][field as usize];
            match postings.last_mut() {
                Some(last) if last.document as usize == document => last.times = last.times.saturating_add(1),
                _ => postings.push(Posting { document: document as u32, times: 1 }),
            }
        }
    }

    /// A form that was not there before, and its term.
    fn meet(&mut self, plain: String) -> usize {
        let next = self.postings.len();
        let term = *self.by_stem.entry(stem(&plain)).or_insert(next);
        if term == next {
            self.postings.push(Default::default());
        }
        self.forms.insert(plain, Form { term, count: 1 });
        term
    }

    /// A term is written in its most frequent form; its stem follows from that.
    fn write(self, out: &mut Writer) {
        let mut best: Vec<Option<(Reverse<u32>, usize, String)>> = vec![None; self.postings.len()];
        for (plain, form) in self.forms {
            let rank = (Reverse(form.count), plain.len(), plain);
            let best = &mut best[form.term];
            if best.as_ref().is_none_or(|best| rank < *best) {
                *best = Some(rank);
            }
        }
        let forms = best.into_iter().map(|best| best.map_or_else(String::new, |(_, _, form)| form));
        let mut terms: Vec<(String, [Vec<Posting>; FIELDS])> = forms.zip(self.postings).collect();
        order::sort_by(&mut terms, |one, other| one.0.cmp(&other.0));

        out.number(terms.len());
        let mut before = "";
        let mut shared = Vec::with_capacity(terms.len());
        for (form, _) in &terms {
            let same = form.bytes().zip(before.bytes()).take_while(|(one, other)| one == other).count();
            let same = (0..=same).rev().find(|&at| form.is_char_boundary(at)).unwrap_or(0);
            shared.push(same);
            before = form;
        }
        for &same in &shared {
            out.number(same);
        }
        for ((form, _), same) in terms.iter().zip(shared) {
            out.text(&form[same..]);
        }
        let mut fields: [Vec<Vec<Posting>>; FIELDS] = Default::default();
        for (_, postings) in terms {
            for (field, postings) in fields.iter_mut().zip(postings) {
                field.push(postings);
            }
        }
        for field in fields {
            Field::write(&field, out);
        }
    }
}
