//! The note as it is kept: plain text in lines.

/// The text without what nobody sees: one kind of line end, a tab as a blank, no invisible characters, nothing blank at
/// its start and end, at most one empty line in a row.
pub fn tidy(note: &str) -> String {
    let mut tidy = String::with_capacity(note.len());
    let mut ends = 0;
    for c in note.replace("\r\n", "\n").replace('\r', "\n").replace('\t', " ").trim().chars() {
        if html::is_invisible(c) {
            continue;
        }
        ends = if c == '\n' { ends + 1 } else { 0 };
        if ends <= 2 {
            tidy.push(c);
        }
    }
    // What was invisible may have stood around blanks.
    match tidy.trim() {
        same if same.len() == tidy.len() => tidy,
        _ => self::tidy(&tidy),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_note_keeps_its_lines_and_loses_what_nobody_sees() {
        assert_eq!(
            tidy("  Read\tthis.\r\n\r\n\r\n\r\nCall \u{202e}us.\u{200b}\n "),
            "Read this.\n\nCall us."
        );
        assert_eq!(tidy("\u{feff} \n"), "");
        assert_eq!(tidy("\u{200b} a \u{200b}"), "a");
    }

    #[test]
    fn a_tidy_note_stays_as_it_is() {
        for note in ["Ça va? 👩‍⚕️", "a\n\nb", "\u{200b} \u{200b} x\u{200b}\n\u{200b}\n\u{200b}\ny"]
        {
            assert_eq!(tidy(&tidy(note)), tidy(note));
        }
    }
}
