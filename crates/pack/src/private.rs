//! What in a note looks as if it says who the reader is. Whoever holds the link can read the note, so the sender is told;
//! nothing is forbidden, because a clinic's own telephone number looks like anybody's.

/// What something looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A title and a name: "Mrs Miller".
    Name,
    /// A day with its year, as a date of birth is written.
    Date,
    /// A telephone or record number: seven digits or more.
    Number,
    /// An e-mail address.
    Mail,
}

/// A place in a note.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hint {
    /// What it looks like.
    pub kind: Kind,
    /// The words themselves.
    pub words: String,
}

const TITLES: [&str; 14] = [
    "mr",
    "mrs",
    "ms",
    "miss",
    "mx",
    "dr",
    "prof",
    "professor",
    "doctor",
    "herr",
    "frau",
    "señor",
    "señora",
    "madame",
];
const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
/// Digits from which on a number is long enough to be somebody's.
const LONG: usize = 7;

/// Everything in a note that should be looked at again, in the order of the text.
pub fn hints(note: &str) -> Vec<Hint> {
    let words: Vec<&str> = note.split_whitespace().collect();
    let mut hints = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let (hint, taken) = hint(&words[at..]);
        hints.extend(hint);
        at += taken;
    }
    hints
}

/// What begins with the first of these words, and how many of them it takes.
fn hint(words: &[&str]) -> (Option<Hint>, usize) {
    let kinds = [
        (Kind::Mail, mail(words)),
        (Kind::Date, date(words)),
        (Kind::Number, number(words)),
        (Kind::Name, name(words)),
    ];
    let found = kinds.into_iter().find(|(_, taken)| *taken > 0);
    let Some((kind, taken)) = found else { return (None, 1) };
    let words = words[..taken].join(" ");
    let words = words.trim_matches(|c: char| !c.is_alphanumeric() && c != '+').to_owned();
    (Some(Hint { kind, words }), taken)
}

fn mail(words: &[&str]) -> usize {
    let is_mail = words[0].split_once('@').is_some_and(|(name, host)| {
        let host = host.trim_end_matches(|c: char| !c.is_alphanumeric());
        name.ends_with(char::is_alphanumeric)
            && host.split_once('.').is_some_and(|(a, b)| !a.is_empty() && !b.is_empty())
    });
    usize::from(is_mail)
}

/// "12/03/1980", "1980-03-12", "12.3.80", "12 March 1980", "March 12th, 1980".
fn date(words: &[&str]) -> usize {
    let word = bare(words[0]);
    let parts: Vec<&str> = word.split(['/', '-', '.']).collect();
    if let [a, b, c] = parts[..]
        && [a, b, c].iter().all(|part| (1..=4).contains(&part.len()) && digits(part))
        && (word.len() >= 8 || c.len() == 2)
        && [a, c].iter().any(|year| year.len() == 4 || year.len() == 2)
        && [a, b, c].iter().filter(|part| part.len() > 2).count() <= 1
    {
        return 1;
    }
    let three: Vec<&str> = words.iter().take(3).map(|word| bare(word)).collect();
    let [a, b, c] = three[..] else { return 0 };
    let spelled = (day(a) && month(b)) || (month(a) && day(b));
    if spelled && c.len() == 4 && digits(c) { 3 } else { 0 }
}

/// Digits in a row, also over blanks and the marks that stand in numbers: "+44 20 7946 0018", "(020) 7946-0018".
fn number(words: &[&str]) -> usize {
    let mut count = 0;
    let mut taken = 0;
    for word in words {
        let part = bare(word).trim_start_matches('+');
        let marks = part.chars().all(|c| c.is_ascii_digit() || matches!(c, '-' | '.' | '/' | '(' | ')'));
        if part.is_empty() || !marks || !part.contains(|c: char| c.is_ascii_digit()) {
            break;
        }
        count += part.chars().filter(char::is_ascii_digit).count();
        taken += 1;
        // A sentence may end with a number.
        if word.ends_with(['.', ',', ';', '!', '?']) {
            break;
        }
    }
    if count >= LONG { taken } else { 0 }
}

/// A title, and a word that begins with a capital; "Dr." alone or "miss a dose" is none.
fn name(words: &[&str]) -> usize {
    let title = bare(words[0]).to_lowercase();
    let capital = words[0].trim_start_matches(|c: char| !c.is_alphabetic()).starts_with(char::is_uppercase);
    let named = words.get(1).is_some_and(|word| {
        let word = word.trim_start_matches(|c: char| !c.is_alphabetic());
        word.starts_with(char::is_uppercase) && word.chars().count() > 1
    });
    if capital && named && TITLES.contains(&title.as_str()) { 2 } else { 0 }
}

/// A word without the marks around it.
fn bare(word: &str) -> &str {
    word.trim_matches(|c: char| !c.is_alphanumeric() && c != '+')
}

fn digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// "12", "12th".
fn day(word: &str) -> bool {
    let number = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let end = &word[number.len()..];
    digits(number) && number.len() <= 2 && (end.is_empty() || ["st", "nd", "rd", "th"].contains(&end))
}

fn month(word: &str) -> bool {
    let word = word.to_lowercase();
    word.is_char_boundary(3) && word.len() <= 9 && word.get(..3).is_some_and(|start| MONTHS.contains(&start))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(note: &str) -> Vec<(Kind, String)> {
        hints(note).into_iter().map(|hint| (hint.kind, hint.words)).collect()
    }

    #[test]
    fn a_name_behind_a_title_is_pointed_out() {
        for (note, words) in [
            ("Dear Mrs Miller, please read", "Mrs Miller"),
            ("(Mr. Ito)", "Mr. Ito"),
            ("see Dr. O’Neill", "Dr. O’Neill"),
            ("liebe Frau Weiß", "Frau Weiß"),
        ] {
            assert_eq!(found(note), [(Kind::Name, words.to_owned())], "{note}");
        }
    }

    #[test]
    fn a_date_with_its_year_is_pointed_out() {
        for date in [
            "12/03/1980",
            "1980-03-12",
            "12.3.80",
            "3-12-1980",
            "12 March 1980",
            "March 12th, 1980",
            "1 Sept 1999",
        ] {
            assert_eq!(found(&format!("Born {date}. Read this")), [(Kind::Date, date.to_owned())], "{date}");
        }
    }

    #[test]
    fn a_long_number_is_pointed_out_as_it_is_written() {
        for number in ["+44 20 7946 0018", "020 7946-0018", "555-123-4567", "12345678", "5551234567"] {
            let note = format!("Call {number}, any time");
            assert_eq!(found(&note), [(Kind::Number, number.to_owned())], "{number}");
        }
        assert_eq!(found("(020) 7946 0018 works"), [(Kind::Number, "020) 7946 0018".to_owned())]);
    }

    #[test]
    fn a_mail_address_is_pointed_out() {
        assert_eq!(
            found("Write to jo.ann@clinic.example."),
            [(Kind::Mail, "jo.ann@clinic.example".to_owned())]
        );
    }

    #[test]
    fn all_of_them_are_found_in_their_order() {
        let kinds: Vec<Kind> =
            hints("Mr Ito, 12/03/1980, a@b.example, 555 123 4567").iter().map(|hint| hint.kind).collect();
        assert_eq!(kinds, [Kind::Name, Kind::Date, Kind::Mail, Kind::Number]);
    }

    #[test]
    fn what_says_nothing_about_anybody_is_left_alone() {
        for note in [
            "",
            "Please read the first part before Thursday, and bring your questions.",
            "Do not miss a dose. Miss one? Call us.",
            "Take 5 deaths of breath, 4-7-8, for 10-15 minutes; 72 hours is enough.",
            "Your visit is on 3 December at 14:30 in room 12.",
            "In May 2026 we moved. See part 3.2.1 and 1/2 of it.",
            "Dr. will see you @ 9. Version 1.2.3",
            "50 mg, 100 mg, 0.5 mg/kg",
            "ÄÖ 12 ÜÖ 1980 日本 2026",
        ] {
            assert_eq!(found(note), [], "{note}");
        }
    }
}
