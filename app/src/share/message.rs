//! The words that go with a passage: an e-mail, a text message, a citation. Made on the device and sent by nobody but the
//! reader's own programs.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// RFC 6068 and RFC 5724 leave letters, digits and these as they are.
const ENCODED: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'\'').remove(b'!');

/// What is handed on, in words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Passage {
    /// Title of the page.
    pub title: String,
    /// Heading of the section, or label of the block; empty for the page as a whole.
    pub part: String,
    /// The words that were selected; empty where none were.
    pub quote: String,
    /// Who wrote it; empty where the page says nobody.
    pub author: String,
    /// Who answers for the site.
    pub publisher: String,
    /// Day of the last change, in words; empty where the page says none.
    pub updated: String,
    /// Absolute address with its anchor.
    pub address: String,
}

impl Passage {
    /// `“Part”, from “Title”`, or the title alone.
    pub fn name(&self) -> String {
        if self.part.is_empty() || self.part == self.title {
            format!("“{}”", self.title)
        } else {
            format!("“{}”, from “{}”", self.part, self.title)
        }
    }

    /// Address of an e-mail that waits to be sent.
    pub fn mail(&self) -> String {
        let subject = if self.part.is_empty() { &self.title } else { &self.part };
        let text = format!("{}\n\nIt is general education, not medical advice.\n", self.words("\n\n"));
        // RFC 6068: lines end with CR and LF.
        let text = text.replace('\n', "\r\n");
        format!("mailto:?subject={}&body={}", encoded(subject), encoded(&text))
    }

    /// Address of a text message that waits to be sent. `?&` is read by iOS and Android alike.
    pub fn text_message(&self) -> String {
        format!("sms:?&body={}", encoded(&self.words(" ")))
    }

    /// What is said with the address.
    fn words(&self, between: &str) -> String {
        let quote = shortened(&self.quote);
        let quote = if quote.is_empty() { quote } else { format!("{between}“{quote}”") };
        format!(
            "Here is something to read, when it suits you: {}.{quote}{between}{}",
            self.name(),
            self.address
        )
    }

    /// Author, title, publisher, day and address, as a list of sources wants them.
    pub fn citation(&self) -> String {
        let mut parts = Vec::new();
        if !self.author.is_empty() && self.author != self.publisher {
            parts.push(sentence(&self.author));
        }
        parts.push(if self.part.is_empty() || self.part == self.title {
            sentence(&self.title)
        } else {
            format!("{}: {}", self.title.trim_end_matches(['.', '!', ':']), sentence(&self.part))
        });
        if !self.publisher.is_empty() {
            parts.push(sentence(&self.publisher));
        }
        if !self.updated.is_empty() {
            parts.push(format!("Updated {}.", self.updated));
        }
        parts.push(self.address.clone());
        parts.join(" ")
    }
}

/// With the full stop that ends it, where nothing else does.
fn sentence(text: &str) -> String {
    let stop = if text.ends_with(['.', '?', '!', '…']) { "" } else { "." };
    format!("{text}{stop}")
}

/// The most of a quotation that a message takes along, in characters; the address leads to the rest.
const LONGEST: usize = 280;

fn shortened(text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => {
            let cut = &text[..end];
            format!("{} …", cut.rfind(' ').map_or(cut, |at| &cut[..at]))
        }
        None => text,
    }
}

fn encoded(text: &str) -> String {
    utf8_percent_encode(text, ENCODED).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn passage() -> Passage {
        Passage {
            title: "The day of your session".to_owned(),
            part: "What to bring".to_owned(),
            author: "Doorway editors".to_owned(),
            publisher: "Doorway".to_owned(),
            updated: "8 January 2026".to_owned(),
            address: "https://library.example/articles/the-day-of-your-session#what-to-bring".to_owned(),
            ..Passage::default()
        }
    }

    #[test]
    fn a_citation_has_author_title_publisher_day_and_address() {
        assert_eq!(
            passage().citation(),
            "Doorway editors. The day of your session: What to bring. Doorway. Updated 8 January 2026. \
             https://library.example/articles/the-day-of-your-session#what-to-bring"
        );
    }

    #[test]
    fn a_citation_says_nothing_twice_and_nothing_empty() {
        let title = "Is it approved?".to_owned();
        let passage = Passage {
            part: title.clone(),
            title,
            author: "Doorway".to_owned(),
            updated: String::new(),
            ..passage()
        };
        assert_eq!(
            passage.citation(),
            "Is it approved? Doorway. https://library.example/articles/the-day-of-your-session#what-to-bring"
        );
    }

    #[test]
    fn an_email_has_a_subject_a_kind_line_and_the_address() {
        let mail = passage().mail();
        assert!(
            mail.starts_with("mailto:?subject=What%20to%20bring&body=Here%20is%20something%20to%20read"),
            "{mail}"
        );
        assert!(mail.contains("%0D%0A%0D%0Ahttps%3A%2F%2Flibrary.example%2F"), "{mail}");
        assert!(mail.contains("%23what-to-bring"), "{mail}");
    }

    #[test]
    fn a_text_message_is_one_line_with_the_address_at_its_end() {
        let text = passage().text_message();
        assert!(text.starts_with("sms:?&body=Here%20is"), "{text}");
        assert!(text.ends_with("%23what-to-bring") && !text.contains("%0A"), "{text}");
    }

    #[test]
    fn words_that_cannot_stand_in_an_address_do_not_end_it() {
        let passage = Passage { part: "A & B? 100 % = #1".to_owned(), ..passage() };
        assert!(passage.mail().contains("subject=A%20%26%20B%3F%20100%20%25%20%3D%20%231&body="));
    }

    #[test]
    fn a_long_quotation_is_cut_between_words() {
        let passage = Passage { quote: "word ".repeat(100), ..passage() };
        let text = passage.text_message();
        assert!(text.contains("word%20%E2%80%A6%E2%80%9D%20https"), "{text}");
        assert!(text.matches("word").count() < 60, "{text}");
    }
}
