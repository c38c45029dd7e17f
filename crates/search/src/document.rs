//! What goes into the index: articles and their sections, as plain text.

/// An article as the index sees it. Texts are plain, without markup.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Document {
    /// The last part of its address; unique.
    pub slug: String,
    /// Its title.
    pub title: String,
    /// Its category.
    pub category: Label,
    /// Its topics.
    pub tags: Vec<Label>,
    /// Its phases of treatment.
    pub phases: Vec<Label>,
    /// Who wrote it.
    pub author: String,
    /// Its sections in their order. The first may be what stands before the first heading: no anchor, no heading.
    pub sections: Vec<Section>,
}

/// One section: what a result leads to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Section {
    /// Its id on the page, empty for the article's start.
    pub anchor: String,
    /// Its heading, empty for the article's start.
    pub heading: String,
    /// What a reader can do there, as a small label such as "Checklist"; empty for plain prose.
    pub kind: String,
    /// Its words.
    pub text: String,
    /// How people ask for what it answers, in their own words. Found like a heading, never shown.
    pub asked: Vec<String>,
}

/// Something that results can be narrowed by: how it is addressed and how it is shown.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Label {
    /// As in an address: `patient-education`.
    pub key: String,
    /// As a reader sees it: "Patient education".
    pub name: String,
}
