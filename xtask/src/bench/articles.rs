//! A made-up library, as large as wanted and the same every time.
//!
//! The texts mean nothing: their sentences are drawn from a list of everyday words. Their shape is that of real
//! articles: sections, question sets, checklists, tables, steps, cards, citations, terms, links.

use std::{
    fmt::Write as _,
    fs, io,
    path::{Path, PathBuf},
};

use super::dice::Dice;
use crate::Result;

/// Words of a body, about, as the library counts them.
const WORDS: usize = 930;
/// How many words, marks and headings stand in the body when its prose ends.
const PROSE_ENDS: usize = WORDS + 30;
/// Files in one folder.
const TOGETHER: usize = 100;

/// What articles may name: keys and terms of the bundled content, which the server falls back on.
pub struct Known {
    pub references: Vec<String>,
    pub terms: Vec<String>,
}

impl Known {
    /// Reads keys and terms off the lines that start them; the server is who understands the files.
    pub fn of(content: &Path) -> Result<Self> {
        let read = |name: &str| {
            let path = content.join(name);
            fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))
        };
        let known = Self::from_texts(&read("references.bib")?, &read("glossary.yaml")?);
        if known.references.is_empty() || known.terms.is_empty() {
            return Err(format!("{} has no references or no terms to make articles of", content.display()));
        }
        Ok(known)
    }

    fn from_texts(references: &str, glossary: &str) -> Self {
        let key =
            |line: &str| Some(line.strip_prefix('@')?.split_once('{')?.1.trim_end_matches(',').to_owned());
        let term = |line: &str| Some(line.strip_prefix("- term:")?.trim().trim_matches('"').to_owned());
        Self {
            references: references.lines().filter_map(key).collect(),
            terms: glossary.lines().filter_map(term).collect(),
        }
    }
}

/// Writes a folder of articles in place of an earlier one. Returns their bytes.
pub fn write(folder: &Path, count: u32, known: &Known) -> Result<u64> {
    let wrong = |path: &PathBuf, error: io::Error| format!("{}: {error}", path.display());
    let folder = folder.to_owned();
    if folder.exists() {
        fs::remove_dir_all(&folder).map_err(|error| wrong(&folder, error))?;
    }
    let mut bytes = 0;
    for number in 0..count as usize {
        let shelf = folder.join(format!("articles/{:03}", number / TOGETHER));
        if number % TOGETHER == 0 {
            fs::create_dir_all(&shelf).map_err(|error| wrong(&shelf, error))?;
        }
        let text = article(number, count as usize, known);
        let path = shelf.join(format!("{}.md", slug(number)));
        fs::write(&path, &text).map_err(|error| wrong(&path, error))?;
        bytes += text.len() as u64;
    }
    Ok(bytes)
}

/// The slug of an article.
pub fn slug(number: usize) -> String {
    let word = |salt: usize| NOUNS[(number * salt + salt) % NOUNS.len()];
    format!("{}-and-{}-{number:05}", word(7), word(11))
}

/// One article of `count`.
fn article(number: usize, count: usize, known: &Known) -> String {
    let mut writer = Writer { dice: Dice::new(0x5EED_0000 + number as u64), out: String::new(), known };
    writer.front(number, count);
    let start = writer.out.len();
    writer.paragraph(3);
    writer.section("What it is");
    writer.paragraphs(2);
    writer.section("Questions to ask");
    writer.list("**Questions to ask yourself:**\n\n", "-", 4, Writer::question);
    writer.paragraphs(1);
    writer.section("What to look for");
    writer.list("", "- [ ]", 4, Writer::short_sentence);
    writer.section("Numbers side by side");
    writer.table();
    writer.paragraphs(1);
    writer.section("Getting ready");
    writer.list("**Steps:**\n\n", "1.", 4, Writer::short_sentence);
    writer.card();
    writer.section("When to get help");
    writer.list(":::help\n", "-", 3, Writer::short_sentence);
    writer.out.push_str(":::\n");
    // Prose fills what the fixed parts leave, so that every article has its length.
    writer.section("More about it");
    let mut long = words(&writer.out[start..]);
    while long < PROSE_ENDS {
        let start = writer.out.len();
        writer.paragraphs(1);
        long += words(&writer.out[start..]);
    }
    writer.link(number, count);
    writer.section("Key takeaways");
    writer.list("", "-", 4, Writer::sentence);
    writer.out.push_str("\n*These words mean nothing. They were drawn at random to measure a program.*\n");
    writer.out
}

fn words(text: &str) -> usize {
    text.split_whitespace().count()
}

struct Writer<'k> {
    dice: Dice,
    out: String,
    known: &'k Known,
}

impl Writer<'_> {
    fn front(&mut self, number: usize, count: usize) {
        let title = format!("{} and {}, part {number}", capital(self.noun()), self.noun());
        let excerpt = self.sentence();
        let category = self.dice.one(&["PATIENT_EDUCATION", "INTEGRATION", "SAFETY", "FAMILIES"]);
        let phase = self.dice.one(&["before", "day", "first", "weeks"]);
        let author = format!("{} {}", capital(self.noun()), capital(self.noun()));
        let (month, day) = (1 + self.dice.below(12), 1 + self.dice.below(28));
        let (tag, other) = (self.noun(), format!("{} {}", self.adjective(), self.noun()));
        let related = slug(self.dice.below(count));
        let reading = self.reference();
        // Writing into a String cannot fail, here and below.
        let _ = write!(
            self.out,
            "---\ntitle: \"{title}\"\nslug: \"{}\"\nexcerpt: \"{excerpt}\"\ncategory: \"{category}\"\n\
             author: \"{author}\"\npublishedAt: \"2024-{month:02}-{day:02}\"\n\
             reviewedAt: \"2025-{month:02}-{day:02}\"\nreviewDue: \"2099-{month:02}-{day:02}\"\n\
             tags: [\"{tag}\", \"{other}\"]\nphase: [{phase}]\nreferences: [{reading}]\nrelated: [{related}]\n---\n\n",
            slug(number),
        );
    }

    fn section(&mut self, title: &str) {
        let noun = self.noun();
        let _ = write!(self.out, "\n## {title}: {noun}\n\n");
    }

    fn paragraphs(&mut self, count: usize) {
        for _ in 0..count {
            let sentences = 3 + self.dice.below(3);
            self.paragraph(sentences);
        }
    }

    /// Every paragraph cites once and explains a term in every other.
    fn paragraph(&mut self, sentences: usize) {
        for at in 0..sentences {
            let sentence = self.sentence();
            let bare = sentence.trim_end_matches('.');
            let written = match at {
                0 if self.dice.below(2) == 0 => format!("{bare} [@{}, evidence]. ", self.reference()),
                0 => format!("{bare} [@{}]. ", self.reference()),
                1 if self.dice.below(2) == 0 => format!("{bare} with [[{}]]. ", self.term()),
                2 => format!("**{}** {sentence} ", capital(self.noun())),
                _ => format!("{sentence} "),
            };
            self.out.push_str(&written);
        }
        self.out.truncate(self.out.trim_end().len());
        self.out.push_str("\n\n");
    }

    fn list(&mut self, lead: &str, mark: &str, items: usize, item: fn(&mut Self) -> String) {
        self.out.push_str(lead);
        for _ in 0..items {
            let item = item(self);
            let _ = writeln!(self.out, "{mark} {item}");
        }
        self.out.push('\n');
    }

    fn table(&mut self) {
        let (left, right) = (capital(self.noun()), capital(self.noun()));
        let _ = write!(self.out, "| Name | {left} | {right} |\n|---|---:|:---:|\n");
        for _ in 0..4 {
            let (name, one, other) = (self.noun(), self.dice.below(100), self.adjective());
            let _ = writeln!(self.out, "| {name} | {one} | {other} |");
        }
        self.out.push('\n');
    }

    fn card(&mut self) {
        let title = self.noun();
        let challenge = self.sentence();
        let _ = write!(self.out, "\n### When {title} is hard\n\n**The challenge:** {challenge}\n\n");
        self.list("**Solutions:**\n\n", "-", 3, Writer::short_sentence);
    }

    fn link(&mut self, number: usize, count: usize) {
        let (to, words) = (slug((number * 31 + 17) % count), self.noun());
        let _ = write!(self.out, "There is more in [the part on {words}](article:{to}).\n\n");
    }

    fn sentence(&mut self) -> String {
        let mut words = self.clause();
        if self.dice.below(2) == 0 {
            let join = self.dice.one(&[", and", ", but", " while", " because"]);
            let more = self.clause();
            words = format!("{words}{join} {more}");
        }
        format!("{}.", capital(&words))
    }

    fn short_sentence(&mut self) -> String {
        format!("{}.", capital(&self.clause()))
    }

    fn question(&mut self) -> String {
        let start = self.dice.one(&["When does", "How does", "Why does", "Where does"]);
        let (adjective, noun, verb, other) = (self.adjective(), self.noun(), self.verb(), self.noun());
        format!("{start} the {adjective} {noun} {verb} the {other}?")
    }

    fn clause(&mut self) -> String {
        let (adjective, noun, verb) = (self.adjective(), self.noun(), self.verb());
        let (place, other) = (self.dice.one(&["near", "under", "behind", "beside", "above"]), self.noun());
        format!("the {adjective} {noun} can {verb} {place} the {other}")
    }

    fn noun(&mut self) -> &'static str {
        self.dice.one(NOUNS)
    }

    fn adjective(&mut self) -> &'static str {
        self.dice.one(ADJECTIVES)
    }

    fn verb(&mut self) -> &'static str {
        self.dice.one(VERBS)
    }

    fn reference(&mut self) -> String {
        self.known.references[self.dice.below(self.known.references.len())].clone()
    }

    fn term(&mut self) -> String {
        self.known.terms[self.dice.below(self.known.terms.len())].clone()
    }
}

fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

const NOUNS: &[&str] = &[
    "apple", "basket", "bench", "bird", "boat", "book", "bottle", "bridge", "button", "candle", "carpet",
    "chair", "cloud", "coat", "corner", "cup", "curtain", "field", "fence", "flower", "garden", "gate",
    "glove", "hill", "island", "jacket", "kettle", "ladder", "lamp", "leaf", "letter", "meadow", "mirror",
    "morning", "mountain", "orchard", "paper", "pencil", "picture", "pillow", "pond", "river", "road",
    "roof", "shelf", "shoe", "spoon", "station", "stone", "street", "table", "ticket", "tower", "tree",
    "valley", "village", "wall", "window", "winter", "yard",
];
const ADJECTIVES: &[&str] = &[
    "blue", "bright", "broad", "calm", "clean", "cool", "dry", "early", "flat", "fresh", "gentle", "green",
    "grey", "large", "late", "light", "little", "long", "narrow", "new", "old", "open", "plain", "quiet",
    "red", "round", "simple", "slow", "small", "soft", "steady", "straight", "tall", "thin", "warm", "white",
    "wide", "wooden", "yellow", "young",
];
const VERBS: &[&str] = &[
    "arrive", "bend", "change", "climb", "drift", "fall", "float", "fold", "gather", "grow", "hang", "lean",
    "listen", "move", "open", "rest", "return", "roll", "settle", "shine", "sit", "sleep", "stand", "stay",
    "stop", "travel", "turn", "wait", "wander", "work",
];

#[cfg(test)]
mod tests {
    use super::*;

    fn known() -> Known {
        Known::from_texts(
            "% a comment\n@article{first2020,\n  title = {T}\n}\n@online{second2021,\n}\n",
            "# a comment\n- term: \"plain word\"\n  slug: plain-word\n",
        )
    }

    #[test]
    fn keys_and_terms_are_read_from_the_lines_that_start_them() {
        assert_eq!(known().references, ["first2020", "second2021"]);
        assert_eq!(known().terms, ["plain word"]);
    }

    #[test]
    fn an_article_is_the_same_every_time_and_no_two_are_alike() {
        assert_eq!(article(7, 100, &known()), article(7, 100, &known()));
        assert_ne!(article(7, 100, &known()), article(8, 100, &known()));
        let slugs: std::collections::HashSet<_> = (0..2000).map(slug).collect();
        assert_eq!(slugs.len(), 2000);
    }

    #[test]
    fn every_body_is_about_as_long_as_a_real_one() {
        for number in 0..50 {
            let text = article(number, 100, &known());
            let (_, body) = text.trim_start_matches("---\n").split_once("---\n").unwrap();
            let running = body.lines().filter(|line| !line.starts_with(['#', '|', ':']));
            let count = running.flat_map(str::split_whitespace).filter(|word| word.len() > 1).count();
            assert!(count.abs_diff(WORDS) < 100, "article {number} has {count} words");
        }
    }

    #[test]
    fn a_folder_takes_the_place_of_an_earlier_one() {
        let folder = std::env::temp_dir().join(format!("xtask-articles-{}", std::process::id()));
        write(&folder, 101, &known()).unwrap();
        let bytes = write(&folder, 1, &known()).unwrap();
        let only = folder.join(format!("articles/000/{}.md", slug(0)));
        assert_eq!(fs::metadata(only).unwrap().len(), bytes);
        assert!(!folder.join("articles/001").exists());
        fs::remove_dir_all(folder).unwrap();
    }
}
