//! What in a note looks as if it says who the reader is. Whoever holds the link can read the note, so the sender is told;
//! nothing is forbidden, because a clinic's own telephone number looks like anybody's.

mod name;

/// What something looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A name: "Mrs Miller", "Dear José", "Sarah Connor".
    Name,
    /// A day with its year, as a date of birth is written, or a year of birth.
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

const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
/// Digits from which on a number is long enough to be somebody's.
const LONG: usize = 7;

/// Everything in a note that should be looked at again, in the order of the text.
pub fn hints(note: &str) -> Vec<Hint> {
    let (mut words, mut starts) = (Vec::new(), Vec::new());
    for line in note.lines() {
        let mut begins = true;
        for word in line.split_whitespace() {
            words.push(word);
            starts.push(begins);
            begins = word.trim_end_matches(['”', '"', '’', ')']).ends_with(['.', '!', '?', ':', ';', '…']);
        }
    }
    let mut hints = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let (hint, taken) = hint(&words, &starts, at);
        hints.extend(hint);
        at += taken;
    }
    hints
}

/// What begins with one of these words, and how many of them it takes.
fn hint(words: &[&str], starts: &[bool], at: usize) -> (Option<Hint>, usize) {
    let here = &words[at..];
    let kinds = [
        (Kind::Mail, mail(here)),
        (Kind::Date, date(here)),
        (Kind::Number, number(here)),
        (Kind::Name, name::name(words, starts, at)),
    ];
    let found = kinds.into_iter().find(|(_, taken)| *taken > 0);
    let Some((kind, taken)) = found else { return (None, 1) };
    let words = here[..taken].join(" ");
    let marks = |c: char| !c.is_alphanumeric() && c != '+';
    let words = words.trim_end_matches(marks);
    // A bracket that is closed within belongs to a number.
    let words = match words.trim_start_matches(|c| marks(c) && c != '(') {
        closed if closed.contains(')') => closed,
        _ => words.trim_start_matches(marks),
    };
    (Some(Hint { kind, words: words.to_owned() }), taken)
}

fn mail(words: &[&str]) -> usize {
    let is_mail = words[0].split_once('@').is_some_and(|(name, host)| {
        let host = host.trim_end_matches(|c: char| !c.is_alphanumeric());
        name.ends_with(char::is_alphanumeric)
            && host.split_once('.').is_some_and(|(a, b)| !a.is_empty() && !b.is_empty())
    });
    usize::from(is_mail)
}

/// "12/03/1980", "1980-03-12", "12.3.80", "12 March 1980", "March 12th, 1980", "born in 1961".
fn date(words: &[&str]) -> usize {
    let born = birth(words);
    if born > 0 {
        return born;
    }
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

/// A year behind what says that it is one of birth.
fn birth(words: &[&str]) -> usize {
    if !["born", "dob", "d.o.b", "birth"].contains(&bare(words[0]).to_lowercase().as_str()) {
        return 0;
    }
    let between = words.get(1).is_some_and(|word| ["in", "year", "is"].contains(&bare(word)));
    let year = words.get(if between { 2 } else { 1 }).map(|word| bare(word)).unwrap_or_default();
    let is_year = year.len() == 4 && digits(year) && (year.starts_with("19") || year.starts_with("20"));
    if is_year { 2 + usize::from(between) } else { 0 }
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
    fn a_name_without_a_title_is_pointed_out_where_names_stand() {
        for (note, words) in [
            ("Hi John, read this first.", "John"),
            ("Dear José,", "José"),
            ("Hello Maria", "Maria"),
            ("hey Anna-Lena! Here is something to read.", "Anna-Lena"),
            ("For Robert: start here", "Robert"),
            ("This is for Robert", "Robert"),
            ("Anna, please read", "Anna"),
            ("Read this.\nAnna,\nit is short.", "Anna"),
            ("Thank you. Anna, call us", "Anna"),
            ("Sarah Connor should read this", "Sarah Connor"),
            ("Please give it to Sarah Jane Connor.", "Sarah Jane Connor"),
            ("patient: JOHN SMITH", "JOHN SMITH"),
            ("Patient John Smith, room 4", "John Smith"),
            ("Name: Ito", "Ito"),
            ("mrs miller", "mrs miller"),
            ("ask mr. Ito", "mr. Ito"),
            ("To: doctor Weiß", "doctor Weiß"),
        ] {
            assert_eq!(found(note), [(Kind::Name, words.to_owned())], "{note}");
        }
    }

    #[test]
    fn a_year_of_birth_is_pointed_out() {
        for words in ["born 1961", "DOB 1961", "DOB: 1961", "Born in 1961", "birth year 2001", "D.O.B. 1961"]
        {
            assert_eq!(found(&format!("{words}.")), [(Kind::Date, words.to_owned())], "{words}");
        }
    }

    #[test]
    fn usual_notes_name_nobody() {
        for note in [
            "Read this before Thursday.",
            "Dr. visits: bring the list",
            "Call the Clinic on Monday",
            "Call Monday or Tuesday.",
            "First, read the part about sleep. Then, the questions.",
            "Today, rest. Tomorrow, write it down.",
            "Please, take your time.",
            "Hi there, here is what we talked about.",
            "Hello! Here is your reading.",
            "Dear reader, start with the first one, quietly.",
            "For you: the second part is for Thursday evening.",
            "For Monday: the questions. For Your partner: the last part.",
            "Sleep, food and people matter most in March.",
            "Headache, nausea and dizziness are usual at first.",
            "Rest, drink water, and call us if anything worries you.",
            "Thank You and Happy New Year!",
            "Ask at Green River Clinic or the Crisis Text Line.",
            "We are at 12 Mill Lane, Saint Mary Hospital, Third Floor.",
            "Read “Grounding: ways back to here and now” and “Sleep, movement, food and people”.",
            "Look for Grounding, and for PTSD see Part Two.",
            "After the session: the way home and the first night. For families and friends",
            "For clinicians: handing over material so that it is used",
            "The \"window\" after treatment: what is known",
            "Ketamine, esketamine and Spravato are explained in What Ketamine Treatment Is.",
            "Do not miss Monday. Your doctor will ask. The dr will see you.",
            "Wait 50 ms and more. The patient Portal has it.",
            "Kind Regards, your Team",
            "READ THIS FIRST. VERY IMPORTANT",
        ] {
            assert_eq!(found(note), [], "{note}");
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
        for number in
            ["+44 20 7946 0018", "020 7946-0018", "555-123-4567", "12345678", "5551234567", "(555) 123-4567"]
        {
            let note = format!("Call {number}, any time");
            assert_eq!(found(&note), [(Kind::Number, number.to_owned())], "{number}");
        }
        assert_eq!(found("(020) 7946 0018 works"), [(Kind::Number, "(020) 7946 0018".to_owned())]);
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
