//! What is asked: the words and what they are narrowed to, as they stand in an address or a form.

use ::search::Filter;
/// Characters of a question that are looked for. Longer ones are cut, and the reader is told.
pub use ::search::LONGEST_QUERY as LONGEST;

/// A question.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    /// The words, without blanks around them.
    pub query: String,
    /// What the results are narrowed to.
    pub filter: Filter,
    /// Whether words had to be left out because there were too many.
    pub cut: bool,
}

/// Where an answer is shown, which decides how a link asks again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// In a page of the server: the question is in the query of the address.
    Server,
    /// In the browser: the question stands behind `#`, which never leaves the device.
    #[cfg_attr(
        not(any(feature = "hydrate", test)),
        expect(dead_code, reason = "only the browser has a device")
    )]
    Device,
}

impl Asked {
    /// Reads the pairs of an address or a form. What is not known is as if it were not there.
    pub fn from_pairs<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let mut asked = Self::default();
        for (name, value) in pairs {
            let value = value.trim();
            let kept = || (!value.is_empty()).then(|| value.to_owned());
            match name {
                "q" if asked.query.is_empty() => {
                    let end = value.char_indices().nth(LONGEST).map(|(end, _)| end);
                    asked.cut = end.is_some();
                    value[..end.unwrap_or(value.len())].trim_end().clone_into(&mut asked.query);
                }
                "category" => asked.filter.category = kept(),
                "tag" => asked.filter.tag = kept(),
                "phase" => asked.filter.phase = kept(),
                _ => {}
            }
        }
        asked
    }

    /// The pairs that ask this, without empty ones.
    pub fn pairs(&self) -> Vec<(&'static str, &str)> {
        let Filter { category, tag, phase } = &self.filter;
        let all = [
            ("q", Some(&self.query)),
            ("category", category.as_ref()),
            ("tag", tag.as_ref()),
            ("phase", phase.as_ref()),
        ];
        all.into_iter()
            .filter_map(|(name, value)| Some((name, value?.as_str())))
            .filter(|(_, value)| !value.is_empty())
            .collect()
    }

    /// As a form sends it: `q=cold%20feet&tag=sleep`.
    pub fn encoded(&self) -> String {
        let pairs: Vec<_> =
            self.pairs().into_iter().map(|(name, value)| format!("{name}={}", escape(value))).collect();
        pairs.join("&")
    }

    /// The address of the results.
    pub fn address(&self, side: Side) -> String {
        let mark = match side {
            Side::Server => '?',
            Side::Device => '#',
        };
        format!("/search{mark}{}", self.encoded())
    }

    /// The same with other words.
    pub fn with_query(&self, query: &str) -> Self {
        Self { query: query.to_owned(), filter: self.filter.clone(), cut: false }
    }

    /// The same without any filter.
    pub fn everywhere(&self) -> Self {
        Self { filter: Filter::default(), ..self.clone() }
    }

    /// Whether the results are narrowed to something.
    pub fn is_narrowed(&self) -> bool {
        self.filter != Filter::default()
    }
}

/// Escapes all that could change the meaning of an address.
pub(crate) fn escape(text: &str) -> String {
    text.bytes()
        .map(|byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' => char::from(byte).to_string(),
            other => format!("%{other:02X}"),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_question_keeps_its_words_and_filters_through_an_address() {
        let asked = Asked::from_pairs([("q", "  cold & wet? "), ("tag", "sleep"), ("phase", ""), ("x", "y")]);
        assert_eq!(asked.query, "cold & wet?");
        assert_eq!(asked.address(Side::Server), "/search?q=cold%20%26%20wet%3F&tag=sleep");
        assert_eq!(asked.address(Side::Device), "/search#q=cold%20%26%20wet%3F&tag=sleep");
        assert_eq!(asked.everywhere().address(Side::Server), "/search?q=cold%20%26%20wet%3F");
        assert!(asked.is_narrowed() && !asked.everywhere().is_narrowed());
    }

    #[test]
    fn what_is_too_long_is_cut_between_letters_and_says_so() {
        let asked = Asked::from_pairs([("q", "é".repeat(LONGEST).as_str())]);
        assert!(!asked.cut);
        let asked = Asked::from_pairs([("q", "é".repeat(LONGEST + 1).as_str())]);
        assert!(asked.cut);
        assert_eq!(asked.query.chars().count(), LONGEST);
    }

    #[test]
    fn an_address_escapes_what_would_change_its_meaning() {
        assert_eq!(escape("a b&c=d/é"), "a%20b%26c%3Dd%2F%C3%A9");
    }
}
