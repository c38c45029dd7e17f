//! Small things about text that several rooms need: addresses, anchors, hashes, invisible characters.

pub(crate) use html::is_invisible;

/// An address without characters that would end an attribute or mean something else to a browser.
pub(crate) fn address(to: &str) -> String {
    let mut out = String::with_capacity(to.len());
    for c in to.chars() {
        match c {
            ' ' => out.push_str("%20"),
            '"' => out.push_str("%22"),
            '<' => out.push_str("%3C"),
            '>' => out.push_str("%3E"),
            '\\' => out.push_str("%5C"),
            '`' => out.push_str("%60"),
            c if is_invisible(c) => {}
            c => out.push(c),
        }
    }
    out
}

/// Appends a text without its invisible characters.
pub(crate) fn push_visible(out: &mut String, text: &str) {
    for part in text.split(is_invisible) {
        out.push_str(part);
    }
}

/// Straight quotes and apostrophes as a printer sets them. Markdown's text gets the same from its parser.
pub(crate) fn typographic(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        let opens =
            out.chars().next_back().is_none_or(|before| before.is_whitespace() || "([—–“‘".contains(before));
        out.push(match (c, opens) {
            ('"', true) => '“',
            ('"', false) => '”',
            ('\'', true) => '‘',
            ('\'', false) => '’',
            _ => c,
        });
    }
    out
}

/// The form of a tag, an author or a category in an address: `PATIENT_EDUCATION` is `patient-education`.
/// See [`fold::address_form`]; characters that show nothing are left out first.
pub fn address_form(text: &str) -> String {
    let mut visible = String::with_capacity(text.len());
    push_visible(&mut visible, text);
    fold::address_form(&visible)
}

/// The words of HTML that [`crate::render`] or the Markdown reader has made: no tags, no entities; each block on a line
/// of its own. Notes beside the text (marks of references, footnotes and evidence) are left out.
pub fn words_of(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(at) = rest.find(['<', '&']) {
        push_words(&mut out, &rest[..at]);
        rest = &rest[at..];
        if rest.starts_with('<') {
            let beside = [("<sup", "</sup>"), ("<small", "</small>")]
                .into_iter()
                .find(|(open, _)| rest.starts_with(open));
            let end = match beside {
                Some((_, close)) => rest.find(close).map_or(rest.len(), |end| end + close.len()),
                None => rest.find('>').map_or(rest.len(), |end| end + 1),
            };
            if beside.is_none() && !is_inline(&rest[..end]) && !out.is_empty() && !out.ends_with('\n') {
                out.truncate(out.trim_end().len());
                out.push('\n');
            }
            rest = &rest[end..];
        } else {
            let known = [("&amp;", '&'), ("&lt;", '<'), ("&gt;", '>'), ("&quot;", '"'), ("&#39;", '\'')];
            let (length, c) = known
                .iter()
                .find(|(name, _)| rest.starts_with(name))
                .map_or((1, '&'), |&(name, c)| (name.len(), c));
            out.push(c);
            rest = &rest[length..];
        }
    }
    push_words(&mut out, rest);
    out.truncate(out.trim_end().len());
    out
}

/// Appends text; blanks at the start of a line say nothing.
fn push_words(out: &mut String, text: &str) {
    let starts_a_line = out.is_empty() || out.ends_with('\n');
    out.push_str(if starts_a_line { text.trim_start() } else { text });
}

fn is_inline(tag: &str) -> bool {
    let name = tag.trim_start_matches(['<', '/']);
    let name = name.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
    matches!(
        name,
        "a" | "abbr"
            | "b"
            | "cite"
            | "code"
            | "del"
            | "em"
            | "i"
            | "s"
            | "small"
            | "span"
            | "strong"
            | "sub"
            | "sup"
            | "u"
    )
}

/// Eight hex digits that change when the words change, not when markup, case or punctuation do.
///
/// FNV-1a of 64 bits over the words in lower case with one space between, folded to 32. It is kept on
/// readers' devices to mark what changed since, so it must never change itself.
pub(crate) fn hash_of_words(text: &str) -> String {
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    let mut eat = |byte: u8| hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    let mut buffer = [0; 4];
    for word in text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        if word.is_ascii() {
            word.bytes().for_each(|byte| eat(byte.to_ascii_lowercase()));
        } else {
            for c in word.chars().flat_map(char::to_lowercase) {
                c.encode_utf8(&mut buffer).bytes().for_each(&mut eat);
            }
        }
        eat(b' ');
    }
    format!("{:08x}", (hash >> 32) as u32 ^ hash as u32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_of_html_have_no_tags_and_no_entities() {
        let html = "<p>One &amp; <em>two</em></p>\n<ul><li>three</li><li>four &lt; five</li></ul>";
        assert_eq!(words_of(html), "One & two\nthree\nfour < five");
        assert_eq!(words_of("a &nbsp; b"), "a &nbsp; b");
        let cited = "It rose<sup class=\"cite\"><a href=\"#ref-a\">1</a></sup> <small class=\"evidence\">Trial</small>.";
        assert_eq!(words_of(cited), "It rose .");
    }

    #[test]
    fn straight_quotes_are_set_as_a_printer_sets_them() {
        assert_eq!(typographic(r#"The "window" ("open") isn't 'all'"#), "The “window” (“open”) isn’t ‘all’");
    }

    #[test]
    fn an_address_has_lower_case_ascii_and_single_hyphens() {
        assert_eq!(address_form("integration therapy"), "integration-therapy");
        assert_eq!(address_form("PATIENT_EDUCATION"), "patient-education");
        assert_eq!(address_form("  Café — «Zürich» & Łódź!  "), "cafe-zurich-lodz");
        assert_eq!(address_form("Insights That Don’t Stick"), "insights-that-dont-stick");
        assert_eq!(address_form("re\u{301}sume\u{301}"), "resume");
        assert_eq!(address_form("---"), "");
    }

    #[test]
    fn different_words_in_other_scripts_keep_different_addresses() {
        assert_ne!(address_form("сон"), address_form("еда"));
    }

    #[test]
    fn the_hash_follows_the_words_and_nothing_else() {
        let hash = hash_of_words("Sleep well, my friend.");
        assert_eq!(hash, hash_of_words("  sleep WELL my — friend"));
        assert_ne!(hash, hash_of_words("sleep well my fiend"));
        assert_ne!(hash_of_words("ab c"), hash_of_words("a bc"));
        // Readers' devices hold such values: this one must stay for ever.
        assert_eq!(hash_of_words("a"), "bdd92a43");
        assert_eq!(hash.len(), 8);
    }
}
