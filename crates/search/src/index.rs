//! The index as it is searched: read once, checked whole, then only looked at.

use std::collections::HashMap;

use crate::{
    Damaged, Label,
    bytes::Reader,
    field::{ByDocument, Field},
    format::{FIELDS, FieldKind, MAGIC},
    lexicon::Phrases,
    spelling::letters,
    tuning::Tuning,
    words::stem,
};

/// An index, ready to be searched. See [`Index::search`].
#[derive(Debug)]
pub struct Index {
    pub(crate) categories: Vec<Label>,
    pub(crate) tags: Vec<Label>,
    pub(crate) phases: Vec<Label>,
    pub(crate) kinds: Vec<String>,
    pub(crate) articles: Vec<Article>,
    pub(crate) sections: Vec<Section>,
    pub(crate) terms: Vec<Term>,
    by_stem: HashMap<String, u32>,
    fields: [Field; FIELDS],
    /// The terms of each section's text.
    pub(crate) by_section: ByDocument,
    pub(crate) phrases: Phrases,
    pub(crate) tuning: Tuning,
}

#[derive(Debug)]
pub(crate) struct Article {
    pub slug: String,
    pub title: String,
    pub category: usize,
    pub tags: Vec<usize>,
    pub phases: Vec<usize>,
    /// Its first section.
    pub first: usize,
}

#[derive(Debug)]
pub(crate) struct Section {
    /// Its article.
    pub article: usize,
    pub anchor: String,
    pub heading: String,
    pub kind: usize,
}

#[derive(Debug)]
pub(crate) struct Term {
    /// The most frequent form.
    pub form: String,
    pub stem: String,
    /// The letters of form and stem; see [`letters`].
    pub letters: [u32; 2],
    /// How much finding it says: `ln(1 + (n - df + 0.5) / (df + 0.5))` over the sections.
    pub rarity: f32,
    /// In how many sections it stands.
    pub sections: u32,
}

impl Index {
    /// Reads an index.
    ///
    /// # Errors
    /// [`Damaged`] if the bytes are not an index of this version, whole.
    pub fn open(bytes: &[u8]) -> Result<Self, Damaged> {
        Self::tuned(bytes, Tuning::default())
    }

    /// Reads an index to be ranked in another way than the usual, to find out what is better.
    ///
    /// # Errors
    /// As [`Index::open`].
    pub fn tuned(bytes: &[u8], tuning: Tuning) -> Result<Self, Damaged> {
        let mut bytes = Reader::new(bytes);
        if bytes.bytes(MAGIC.len())? != MAGIC {
            return Err(Damaged("it is no index of this version"));
        }
        let labels = |bytes: &mut Reader<'_>| {
            bytes.list(|bytes| Ok(Label { key: bytes.text()?.to_owned(), name: bytes.text()?.to_owned() }))
        };
        let (categories, tags, phases) = (labels(&mut bytes)?, labels(&mut bytes)?, labels(&mut bytes)?);
        let kinds = bytes.list(|bytes| bytes.text().map(str::to_owned))?;
        let mut owners = Vec::new();
        let articles = (0..bytes.count()?)
            .map(|at| {
                let article = Article {
                    slug: bytes.text()?.to_owned(),
                    title: bytes.text()?.to_owned(),
                    category: bytes.place(categories.len())?,
                    tags: bytes.list(|bytes| bytes.place(tags.len()))?,
                    phases: bytes.list(|bytes| bytes.place(phases.len()))?,
                    first: owners.len(),
                };
                let sections = bytes.count()?;
                owners.extend(std::iter::repeat_n(at, sections));
                Ok(article)
            })
            .collect::<Result<Vec<_>, Damaged>>()?;
        let sections = sections(owners, kinds.len(), &mut bytes)?;
        let forms = forms(&mut bytes)?;
        let documents = [sections.len(), sections.len(), sections.len(), articles.len(), articles.len()];
        let mut fields: [Field; FIELDS] = Default::default();
        for (field, documents) in fields.iter_mut().zip(documents) {
            *field = Field::read(forms.len(), documents, &mut bytes)?;
        }
        let phrases = Phrases::read(&mut bytes)?;
        bytes.end()?;
        for field in &mut fields {
            field.weigh(tuning.k1, tuning.b);
        }
        let by_section = fields[FieldKind::Text as usize].by_document();
        let terms: Vec<Term> =
            (0u32..).zip(forms).map(|(at, form)| term(at, form, &fields, sections.len())).collect();
        let by_stem = (0..).zip(&terms).map(|(at, term)| (term.stem.clone(), at)).collect();
        Ok(Self {
            categories,
            tags,
            phases,
            kinds,
            articles,
            sections,
            terms,
            by_stem,
            fields,
            by_section,
            phrases,
            tuning,
        })
    }

    /// The categories that articles are in, by key.
    pub fn categories(&self) -> &[Label] {
        &self.categories
    }

    /// The tags that articles have, by key.
    pub fn tags(&self) -> &[Label] {
        &self.tags
    }

    /// The phases that articles help in, by key.
    pub fn phases(&self) -> &[Label] {
        &self.phases
    }

    /// How many articles there are.
    pub fn len(&self) -> usize {
        self.articles.len()
    }

    /// Whether there is no article at all.
    pub fn is_empty(&self) -> bool {
        self.articles.is_empty()
    }

    pub(crate) fn field(&self, kind: FieldKind) -> &Field {
        &self.fields[kind as usize]
    }

    /// The term of a stem.
    pub(crate) fn term(&self, stem: &str) -> Option<u32> {
        self.by_stem.get(stem).copied()
    }

    /// The sections of an article.
    pub(crate) fn sections_of(&self, article: usize) -> std::ops::Range<usize> {
        let end = self.articles.get(article + 1).map_or(self.sections.len(), |next| next.first);
        self.articles[article].first..end
    }
}

fn sections(owners: Vec<usize>, kinds: usize, bytes: &mut Reader<'_>) -> Result<Vec<Section>, Damaged> {
    let mut sections = Vec::new();
    for article in owners {
        let heading = bytes.text()?.to_owned();
        sections.push(Section { article, anchor: String::new(), heading, kind: 0 });
    }
    for section in &mut sections {
        section.anchor = match bytes.text()? {
            "" => fold::address_form(&section.heading),
            "-" => String::new(),
            anchor => anchor.to_owned(),
        };
    }
    for section in &mut sections {
        section.kind = bytes.place(kinds)?;
    }
    Ok(sections)
}

/// The terms' forms: each is written as what it shares with the one before and what follows.
fn forms(bytes: &mut Reader<'_>) -> Result<Vec<String>, Damaged> {
    let shared = bytes.list(Reader::number)?;
    let mut forms: Vec<String> = Vec::with_capacity(shared.len());
    for shared in shared {
        let before = forms.last().map_or("", String::as_str);
        let mut form = before.get(..shared).ok_or(Damaged("a term shares more than there is"))?.to_owned();
        form.push_str(bytes.text()?);
        forms.push(form);
    }
    Ok(forms)
}

fn term(at: u32, form: String, fields: &[Field; FIELDS], sections: usize) -> Term {
    let count = |kind: FieldKind| fields[kind as usize].count(at);
    let in_headings = fields[FieldKind::Heading as usize].postings(at);
    let mut in_text = fields[FieldKind::Text as usize].postings(at).peekable();
    // Sections that have it in their heading alone.
    let mut more = 0;
    for heading in in_headings {
        while in_text.next_if(|text| text.document < heading.document).is_some() {}
        if in_text.peek().is_none_or(|text| text.document != heading.document) {
            more += 1;
        }
    }
    let elsewhere = [FieldKind::Asked, FieldKind::Title, FieldKind::About].into_iter().map(count).max();
    let found = (count(FieldKind::Text) + more).max(elsewhere.unwrap_or_default());
    let (all, df) = (sections as f32, found as f32);
    // From a library and not from the platform: server and browser must agree in the last bit.
    let rarity = libm::logf(1.0 + ((all - df).max(0.0) + 0.5) / (df + 0.5));
    let stem = stem(&form);
    let letters = [letters(&form), letters(&stem)];
    Term { stem, form, letters, rarity, sections: found }
}
