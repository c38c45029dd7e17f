//! Words that look like a person's name: behind a title or a greeting, spoken to at the start of a sentence, or two with capitals
//! in a row. Told by shape and by two lists of usual words, so it misses names and asks about words that are none: what comes of
//! it is a question and nothing more.

use super::bare;

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
/// Titles that mean nothing else in small letters, also before a name in small letters.
const PLAIN_TITLES: [&str; 5] = ["mr", "mrs", "mx", "herr", "frau"];
/// What a name follows.
const GREETINGS: [&str; 8] = ["hi", "hello", "hey", "hiya", "dear", "hallo", "liebe", "lieber"];
/// What a name follows where a colon stands between.
const FIELDS: [&str; 4] = ["name", "client", "to", "patient"];

/// Words that begin a sentence or have a capital, and are nobody's name.
const USUAL: &str = "a about after afterwards again all already also always an and any anybody anyone april as ask at august avoid \
    back be because become before begin best birthday both breathe breathing bring but by call can care carry check choose christmas \
    client clients clinicians close come congratulations could date day december dizziness do don’t don't drink during each easter eat \
    education eight either enjoy english enough esketamine evening every everybody everyone everything example family families \
    february feel few finally find finish first firstly five food for four friday friend friends from get give go good grounding \
    guide happy have he headache hello help her here hers hi his how however i i’d i’ll i’m i’ve i'd i'll i'm i've if important in \
    information instead integration is it it’s it's its january july june just keep ketamine kind know last lastly later leaflet \
    learn leave let let’s let's like listen look luck madam make many march may maybe me meanwhile meet mind miss monday more morning \
    most movement my nausea never new next night nine no nobody none north note nothing november now october of often ok okay on once \
    one only open or other otherwise our ours out over page parents part partner patient patients people perhaps phone pick plan \
    please portal practise prepare print put question questions reader readers read really reflection relax remember rest ring \
    saturday save say second secondly see seek send september session sessions set seven she short show sir sit six sleep slowly so \
    some somebody someone something sometimes soon sorry south spravato start stay step still stop sunday sure take talk team tell \
    ten text than thank thanks that that’s that's the their them then there therapy these they thing things think third thirdly this \
    those three thursday till time to today together tomorrow tonight too treatment try tuesday turn two under understand unless \
    until up us use usually very view visit wait walk want warm was watch water we we’d we’ll we’re we’ve we'd we'll we're we've \
    wednesday week weekend welcome well west what when whenever where whether which while who why will wish wishes with within \
    without work world would write year years yes yesterday yet you you’d you’ll you’re you’ve you'd you'll you're you've young your \
    yours east regards sincerely greetings answers answer parts section chapter article articles handout pack appointment";

/// What has capitals because it is a place, a house or a service.
const PLACES: &str = "app association avenue board building care center centre charity church city clinic college community council \
    county court crisis department drive emergency floor foundation group hall health helpline hospital hotline house institute lane \
    library lifeline line map maps medical park pharmacy place practice programme program road room saint school service services \
    site society square station street support surgery trust united unit university ward way website york";

/// How many words from `at` on are a name; `starts` says where lines and sentences begin.
pub(super) fn name(words: &[&str], starts: &[bool], at: usize) -> usize {
    let ways =
        [titled(&words[at..]), greeted(words, starts, at), called(words, starts, at), full(&words[at..])];
    ways.into_iter().find(|taken| *taken > 0).unwrap_or_default()
}

/// A title and a name; "Dr." alone or "miss a dose" is none.
fn titled(words: &[&str]) -> usize {
    let title = bare(words[0]).to_lowercase();
    let Some(next) = words.get(1).filter(|_| TITLES.contains(&title.as_str())) else { return 0 };
    let named = match (has_capital(words[0]), has_capital(next)) {
        (true, named) => named,
        // "Do not miss Grounding."
        (false, true) => title != "miss" && !is_usual(next),
        (false, false) => {
            PLAIN_TITLES.contains(&title.as_str()) && is_word(next) && bare(next).len() > 2 && !is_usual(next)
        }
    };
    if named { 2 } else { 0 }
}

/// "Dear José", "For Robert:", "patient: JOHN SMITH".
fn greeted(words: &[&str], starts: &[bool], at: usize) -> usize {
    let Some(before) = at.checked_sub(1).map(|at| words[at]) else { return 0 };
    let word = bare(before).to_lowercase();
    let colon = before.ends_with(':');
    if starts[at] && !colon {
        return 0;
    }
    let greets = GREETINGS.contains(&word.as_str())
        || word == "patient"
        || (colon && FIELDS.contains(&word.as_str()))
        // "Look for Grounding" is no greeting, and neither is "for PTSD".
        || (word == "for"
            && is_mixed(words[at])
            && !at.checked_sub(2).is_some_and(|at| bare(words[at]).to_lowercase().starts_with("look")));
    if !greets || !is_name(words[at]) || TITLES.contains(&bare(words[at]).to_lowercase().as_str()) {
        return 0;
    }
    1 + run(&words[at..]).skip(1).take_while(|word| is_name(word)).count()
}

/// "Anna, please read": not "First, read", and not "Sleep, food and people".
fn called(words: &[&str], starts: &[bool], at: usize) -> usize {
    let word = words[at];
    if !starts[at] || !word.ends_with(',') || !is_name(word) || !is_mixed(word) {
        return 0;
    }
    let lists = words.get(at + 1).is_some_and(|next| {
        let then = words.get(at + 2).map(|then| bare(then)).unwrap_or_default();
        !is_usual(next) && (next.ends_with(',') || ["and", "or"].contains(&then))
    });
    usize::from(!lists)
}

/// "Sarah Connor": not "Green River Clinic".
fn full(words: &[&str]) -> usize {
    let run: Vec<&str> = run(words).take_while(|word| is_mixed(word)).collect();
    if run.iter().any(|word| is_in(PLACES, word)) {
        return 0;
    }
    let count = run.iter().take_while(|word| is_name(word)).count();
    if count > 1 { count } else { 0 }
}

/// The words with capitals from the first on, to the first mark between them.
fn run<'w>(words: &'w [&'w str]) -> impl Iterator<Item = &'w str> {
    let mut ended = false;
    words.iter().copied().take_while(move |word| {
        let goes_on = !ended && has_capital(word);
        ended = word.ends_with(|c: char| !c.is_alphanumeric());
        goes_on
    })
}

/// A word with a capital that is not usual.
fn is_name(word: &str) -> bool {
    let greets = GREETINGS.contains(&bare(word).to_lowercase().as_str());
    has_capital(word) && is_word(word) && !greets && !is_usual(word) && !is_in(PLACES, word)
}

/// Begins with a capital and is more than one letter.
fn has_capital(word: &str) -> bool {
    let word = word.trim_start_matches(|c: char| !c.is_alphabetic());
    word.starts_with(char::is_uppercase) && word.chars().count() > 1
}

/// A capital and small letters: "PTSD" is an abbreviation.
fn is_mixed(word: &str) -> bool {
    bare(word).contains(char::is_lowercase)
}

/// Letters and the marks that stand in names.
fn is_word(word: &str) -> bool {
    let word = bare(word);
    word.chars().count() > 1 && word.chars().all(|c| c.is_alphabetic() || matches!(c, '-' | '’' | '\''))
}

fn is_usual(word: &str) -> bool {
    is_in(USUAL, word)
}

fn is_in(list: &str, word: &str) -> bool {
    let word = bare(word).to_lowercase();
    list.split_ascii_whitespace().any(|usual| usual == word)
}
