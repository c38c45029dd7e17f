//! What was asked lately: on this device only, a few, and never what sounds like a crisis.

use super::super::store;

/// The most that is remembered.
const MOST: usize = 8;

/// The questions, newest first.
pub(super) fn all() -> Vec<String> {
    store::load(store::SEARCHES).into_iter().map(|(_, question)| question).collect()
}

/// Remembers a question as the newest. Whoever calls this knows that it does not sound like a crisis.
pub(super) fn keep(question: &str) {
    let mut questions = all();
    questions.retain(|known| known != question);
    questions.insert(0, question.to_owned());
    questions.truncate(MOST);
    save(&questions);
}

/// Forgets one.
pub(super) fn forget(question: &str) {
    let mut questions = all();
    questions.retain(|known| known != question);
    save(&questions);
}

/// Forgets all.
pub(super) fn forget_all() {
    store::forget(store::SEARCHES);
}

fn save(questions: &[String]) {
    if questions.is_empty() {
        return forget_all();
    }
    // Names that are no numbers: the order of an object's names is the order of their coming only then.
    let pairs: Vec<_> =
        questions.iter().enumerate().map(|(at, question)| (format!("q{at}"), question.clone())).collect();
    store::save(store::SEARCHES, &pairs);
}
