//! A selection as the end of an address: `#anchor:~:text=…`, which browsers scroll to and mark.
//!
//! The form is that of <https://wicg.github.io/scroll-to-text-fragment/>: `[prefix-,]start[,end][,-suffix]`. A browser that
//! does not know it, or a text that has changed since, still leads to the anchor.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// What stays as it is in the directive. Its own marks (`-`, `,`, `&`) are not among it, nor what an address cannot hold.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'.').remove(b'_').remove(b'~').remove(b'\'');

/// The longest selection that is named whole, in characters; of a longer one its first and last words are.
const LONGEST: usize = 80;
/// Words that name the start and the end of a longer one.
const WORDS: usize = 5;
/// Words beside it that tell it from its like.
const BESIDE: usize = 3;

/// What was selected, and what stands around it.
#[derive(Debug, Default)]
pub struct Selected {
    /// The text in its stretches: what lies in one paragraph without anything between.
    pub stretches: Vec<String>,
    /// What stands before it in the same paragraph.
    pub before: String,
    /// What stands after it in the same paragraph.
    pub after: String,
    /// The whole text of the page.
    pub page: String,
}

impl Selected {
    /// The directive behind `:~:text=`; `None` where there is no word in the selection.
    pub fn directive(&self) -> Option<String> {
        let mut stretches: Vec<String> =
            self.stretches.iter().map(|text| tidy(text)).filter(|text| has_word(text)).collect();
        let (before, after) = self.whole_words(&mut stretches);
        let (first, last) = (stretches.first()?, stretches.last()?);
        let page = tidy(&self.page).to_lowercase();
        let many = |text: &str| page.matches(&text.to_lowercase()).nth(1).is_some();

        let (start, end) = if stretches.len() == 1 && first.chars().count() <= LONGEST {
            (first.clone(), None)
        } else {
            // A single stretch must not be named twice over by its two ends.
            let most = if stretches.len() == 1 { first.split(' ').count() / 2 } else { usize::MAX };
            let words = WORDS.min(most).max(1);
            (head(first, words), Some(tail(last, words)))
        };
        let prefix = tail(&before, BESIDE);
        let suffix = head(&after, BESIDE);
        let closing = end.as_ref().unwrap_or(&start);
        let unclear = many(&start);

        let mut directive = String::new();
        if unclear && !prefix.is_empty() {
            directive.push_str(&encoded(&prefix));
            directive.push_str("-,");
        }
        directive.push_str(&encoded(&start));
        if let Some(end) = &end {
            directive.push(',');
            directive.push_str(&encoded(end));
        }
        if many(closing) && !suffix.is_empty() {
            directive.push_str(",-");
            directive.push_str(&encoded(&suffix));
        }
        Some(directive)
    }

    /// Makes the ends of the selection ends of words, as browsers look for whole words only. Returns what then stands
    /// before and after.
    fn whole_words(&self, stretches: &mut [String]) -> (String, String) {
        let (mut before, mut after) = (self.before.as_str(), self.after.as_str());
        if let Some(first) = stretches.first_mut()
            && self.stretches.first().is_some_and(|text| text.starts_with(char::is_alphanumeric))
        {
            let word =
                before.rfind(|c: char| !c.is_alphanumeric()).map_or(0, |at| at + last_length(&before[at..]));
            first.insert_str(0, &before[word..]);
            before = &before[..word];
        }
        if let Some(last) = stretches.last_mut()
            && self.stretches.last().is_some_and(|text| text.ends_with(char::is_alphanumeric))
        {
            let word = after.find(|c: char| !c.is_alphanumeric()).unwrap_or(after.len());
            last.push_str(&after[..word]);
            after = &after[word..];
        }
        (tidy(before), tidy(after))
    }
}

/// Bytes of the character with which a text begins.
fn last_length(text: &str) -> usize {
    text.chars().next().map_or(0, char::len_utf8)
}

/// One blank between words and none around.
fn tidy(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn has_word(text: &str) -> bool {
    text.contains(char::is_alphanumeric)
}

fn head(text: &str, words: usize) -> String {
    text.split(' ').take(words).collect::<Vec<_>>().join(" ")
}

fn tail(text: &str, words: usize) -> String {
    let all: Vec<&str> = text.split(' ').collect();
    all[all.len().saturating_sub(words)..].join(" ")
}

fn encoded(text: &str) -> String {
    utf8_percent_encode(text, ENCODED).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn directive(stretches: &[&str], before: &str, after: &str) -> String {
        let page = format!("{before}{}{after}", stretches.join(" "));
        on_page(stretches, before, after, &page)
    }

    fn on_page(stretches: &[&str], before: &str, after: &str, page: &str) -> String {
        let stretches = stretches.iter().map(|text| (*text).to_owned()).collect();
        let (before, after, page) = (before.to_owned(), after.to_owned(), page.to_owned());
        Selected { stretches, before, after, page }.directive().unwrap()
    }

    #[test]
    fn a_short_selection_is_named_whole() {
        assert_eq!(directive(&["breathe out slowly"], "Then ", " and rest."), "breathe%20out%20slowly");
    }

    #[test]
    fn the_marks_of_the_directive_itself_are_encoded() {
        assert_eq!(directive(&["slow, deep & well-paced"], "", ""), "slow%2C%20deep%20%26%20well%2Dpaced");
        assert_eq!(directive(&["it’s 100 % #1"], "", ""), "it%E2%80%99s%20100%20%25%20%231");
    }

    #[test]
    fn a_long_selection_is_named_by_its_ends() {
        let long = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen";
        let named = "one%20two%20three%20four%20five,twelve%20thirteen%20fourteen%20fifteen%20sixteen";
        assert_eq!(directive(&[long], "", ""), named);
    }

    #[test]
    fn a_selection_over_paragraphs_is_named_by_its_ends_however_short() {
        assert_eq!(directive(&["ends here.", "Begins"], "it ", " again"), "ends%20here.,Begins");
    }

    #[test]
    fn two_long_words_are_not_named_twice_over() {
        let (one, other) = ("a".repeat(60), "b".repeat(60));
        assert_eq!(directive(&[&format!("{one} {other}")], "", ""), format!("{one},{other}"));
    }

    #[test]
    fn a_selection_that_stands_twice_is_told_from_its_like_by_what_is_beside_it() {
        let page = "You may rest. Later you may rest again, at home.";
        let named = on_page(&["you may rest"], "You may rest. Later ", " again, at home.", page);
        assert_eq!(named, "may%20rest.%20Later-,you%20may%20rest,-again%2C%20at%20home.");
    }

    #[test]
    fn the_ends_of_a_selection_become_ends_of_words() {
        assert_eq!(directive(&["out slow"], "brea breathe ", "ly and"), "out%20slowly");
        assert_eq!(directive(&["athe out"], "then bre", " and"), "breathe%20out");
        assert_eq!(directive(&[" out"], "breathe", "line"), "outline");
        assert_eq!(directive(&["ber"], "Ü", " x"), "%C3%9Cber");
    }

    #[test]
    fn blanks_and_lines_are_one_blank_each() {
        assert_eq!(directive(&["rest\n   well"], "", ""), "rest%20well");
    }

    #[test]
    fn a_selection_without_a_word_names_nothing() {
        let selected = Selected { stretches: vec![" … ".to_owned()], ..Selected::default() };
        assert_eq!(selected.directive(), None);
    }
}
