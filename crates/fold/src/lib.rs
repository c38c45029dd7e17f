//! Letters without their marks, for addresses and for search: what a reader types on a phone has none.
//!
//! The table covers the Latin letters of European languages, which is what English text borrows from. A full Unicode
//! decomposition would weigh more in the browser than the whole engine of the search.

/// Marks that stand alone behind a letter, as some systems write them.
pub fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}')
}

/// The plain letters for a lower-case letter with a mark; `None` for what has none or needs none.
pub fn plain(c: char) -> Option<&'static str> {
    Some(match c {
        'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' | 'ā' | 'ă' | 'ą' => "a",
        'æ' => "ae",
        'ç' | 'ć' | 'ĉ' | 'ċ' | 'č' => "c",
        'ď' | 'đ' | 'ð' => "d",
        'è' | 'é' | 'ê' | 'ë' | 'ē' | 'ĕ' | 'ė' | 'ę' | 'ě' => "e",
        'ĝ' | 'ğ' | 'ġ' | 'ģ' => "g",
        'ĥ' | 'ħ' => "h",
        'ì' | 'í' | 'î' | 'ï' | 'ĩ' | 'ī' | 'ĭ' | 'į' | 'ı' => "i",
        'ĵ' => "j",
        'ķ' => "k",
        'ĺ' | 'ļ' | 'ľ' | 'ł' => "l",
        'ñ' | 'ń' | 'ņ' | 'ň' => "n",
        'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ø' | 'ō' | 'ŏ' | 'ő' => "o",
        'œ' => "oe",
        'ŕ' | 'ŗ' | 'ř' => "r",
        'ś' | 'ŝ' | 'ş' | 'š' | 'ș' => "s",
        'ß' => "ss",
        'ţ' | 'ť' | 'ț' => "t",
        'þ' => "th",
        'ù' | 'ú' | 'û' | 'ü' | 'ũ' | 'ū' | 'ŭ' | 'ů' | 'ű' | 'ų' => "u",
        'ŵ' => "w",
        'ý' | 'ÿ' | 'ŷ' => "y",
        'ź' | 'ż' | 'ž' => "z",
        _ => return None,
    })
}

/// The form of a tag, an author or a category in an address: `PATIENT_EDUCATION` is `patient-education`.
///
/// Letters with marks lose them; what cannot be written in ASCII is kept as it is in lower case, so that
/// different words keep different addresses.
pub fn address_form(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut gap = false;
    for c in text.chars().flat_map(char::to_lowercase) {
        // An apostrophe is inside a word: "don't" is one word.
        if matches!(c, '\'' | '’' | '‘' | '`') || is_mark(c) {
            continue;
        }
        if c.is_alphanumeric() {
            if gap && !out.is_empty() {
                out.push('-');
            }
            gap = false;
            match plain(c) {
                Some(plain) => out.push_str(plain),
                None => out.push(c),
            }
        } else {
            gap = true;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_letter_with_a_mark_has_a_plain_form_and_others_stay_as_they_are() {
        assert_eq!(plain('é'), Some("e"));
        assert_eq!(plain('ß'), Some("ss"));
        assert_eq!(plain('e'), None);
        assert_eq!(plain('ж'), None);
        assert!(is_mark('\u{301}'));
    }
}
