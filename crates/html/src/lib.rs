//! The one place that makes tags, and the one function that escapes. Articles and answers of the search are made of it.

/// Whether a character shows nothing and can mislead: controls, controls of writing direction, fillers.
///
/// Joiners (U+200C, U+200D) stay, because some scripts and emoji need them; so does the soft hyphen.
pub fn is_invisible(c: char) -> bool {
    matches!(c,
        '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{7f}'..='\u{9f}'
        | '\u{61c}' | '\u{180e}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

/// HTML under construction. Text and values of attributes go in as they are and come out escaped.
#[derive(Debug, Default)]
pub struct Html(String);

impl Html {
    /// Nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// An opening tag. An empty value makes an attribute without one.
    pub fn open(&mut self, tag: &'static str, attributes: &[(&'static str, &str)]) -> &mut Self {
        self.0.push('<');
        self.0.push_str(tag);
        for (name, value) in attributes {
            self.0.push(' ');
            self.0.push_str(name);
            if !value.is_empty() || matches!(*name, "alt" | "href") {
                self.0.push_str("=\"");
                escape_into(&mut self.0, value);
                self.0.push('"');
            }
        }
        self.0.push('>');
        self
    }

    /// A closing tag.
    pub fn close(&mut self, tag: &'static str) -> &mut Self {
        self.0.push_str("</");
        self.0.push_str(tag);
        self.0.push('>');
        self
    }

    /// Text, escaped.
    pub fn text(&mut self, text: &str) -> &mut Self {
        escape_into(&mut self.0, text);
        self
    }

    /// HTML that was made before.
    pub fn made(&mut self, html: &str) -> &mut Self {
        self.0.push_str(html);
        self
    }

    /// A tag with nothing but text in it.
    pub fn element(
        &mut self,
        tag: &'static str,
        attributes: &[(&'static str, &str)],
        text: &str,
    ) -> &mut Self {
        self.open(tag, attributes).text(text).close(tag)
    }

    /// The HTML, in no more memory than it needs: a library keeps it for as long as it is served.
    pub fn finish(mut self) -> String {
        self.0.shrink_to_fit();
        self.0
    }
}

/// Escapes for text and for quoted attributes alike, and leaves out what nobody sees.
fn escape_into(out: &mut String, text: &str) {
    let mut rest = text;
    while let Some(at) = rest.find(|c| matches!(c, '&' | '<' | '>' | '"') || is_invisible(c)) {
        out.push_str(&rest[..at]);
        let mut after = rest[at..].chars();
        match after.next() {
            Some('&') => out.push_str("&amp;"),
            Some('<') => out.push_str("&lt;"),
            Some('>') => out.push_str("&gt;"),
            Some('"') => out.push_str("&quot;"),
            _ => {}
        }
        rest = after.as_str();
    }
    out.push_str(rest);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_and_attributes_cannot_leave_their_place() {
        let mut html = Html::new();
        html.element("a", &[("href", "\"><script>")], "<b> & \u{202e}</a>");
        assert_eq!(html.finish(), "<a href=\"&quot;&gt;&lt;script&gt;\">&lt;b&gt; &amp; &lt;/a&gt;</a>");
    }
}
