use super::*;
use crate::{Capture, Content, Entry, Item, Moment, Prompt, SafetyPlan};
use proptest::prelude::*;

fn at(milliseconds: i64) -> Moment {
    Moment::new(milliseconds, 0).unwrap()
}

fn record(entry: Entry) -> Record {
    Record::new(Content::Entry(entry), at(0))
}

fn entry(record: &mut Record) -> &mut Entry {
    match &mut record.content {
        Content::Entry(entry) => entry,
        _ => panic!("it is an entry"),
    }
}

fn base() -> Record {
    let prompt = |question: &str| Prompt { question: question.into(), ..Prompt::default() };
    let item = |text: &str| Item { text: text.into(), ..Item::default() };
    let mut base = record(Entry {
        title: "Door".into(),
        text: "It was warm.".into(),
        prompts: vec![prompt("What?"), prompt("Where?")],
        items: vec![item("call"), item("bake")],
        ..Entry::default()
    });
    base.tags = vec!["a".into(), "b".into()];
    base
}

#[test]
fn what_only_one_side_changed_is_taken_from_it() {
    let base = base();
    let (mut ours, mut theirs) = (base.clone(), base.clone());
    entry(&mut ours).title = "The door".into();
    entry(&mut ours).prompts[0].answer = "That".into();
    ours.tags = vec!["a".into(), "b".into(), "ours".into()];
    ours.changed = at(5);
    entry(&mut theirs).text.push_str(" And wide.");
    entry(&mut theirs).prompts[1].answer = "There".into();
    entry(&mut theirs).items[1].done = true;
    theirs.tags = vec!["b".into(), "theirs".into()];
    theirs.changed = at(9);
    let mut merged = three_way(Some(&base), &ours, &theirs).unwrap();
    assert_eq!(merged.both, []);
    assert_eq!(merged.record.changed, at(9));
    assert_eq!(merged.record.tags, ["b", "theirs", "ours"]);
    let entry = entry(&mut merged.record);
    assert_eq!((entry.title.as_str(), entry.text.as_str()), ("The door", "It was warm. And wide."));
    assert_eq!((entry.prompts[0].answer.as_str(), entry.prompts[1].answer.as_str()), ("That", "There"));
    assert_eq!(entry.items.iter().map(|item| item.done).collect::<Vec<_>>(), [false, true]);
}

#[test]
fn two_changed_texts_are_both_kept_until_a_person_decides() {
    let base = base();
    let (mut ours, mut theirs) = (base.clone(), base.clone());
    entry(&mut ours).text = "It was cold.".into();
    entry(&mut theirs).text = "It was hot.".into();
    entry(&mut ours).prompts[0].answer = "This".into();
    entry(&mut theirs).prompts[0].answer = "That".into();
    let merged = three_way(Some(&base), &ours, &theirs).unwrap();
    let both = |field: &str, ours: &str, theirs: &str| Both {
        field: field.into(),
        ours: ours.into(),
        theirs: theirs.into(),
    };
    assert_eq!(
        merged.both,
        [both("prompts[0].answer", "This", "That"), both("text", "It was cold.", "It was hot.")]
    );
    assert_eq!(merged.record.content, ours.content);
}

#[test]
fn ticks_of_a_pack_come_together_and_its_link_stays() {
    let base = Record::from_json(include_bytes!("../../tests/examples/entry-of-a-pack.json")).unwrap();
    let (mut ours, mut theirs) = (base.clone(), base.clone());
    entry(&mut ours).items[1].done = true;
    entry(&mut theirs).text = "It helped.".into();
    let merged = three_way(Some(&base), &ours, &theirs).unwrap();
    let mut wanted = ours.clone();
    entry(&mut wanted).text = "It helped.".into();
    assert_eq!((merged.record, merged.both), (wanted, vec![]));
}

#[test]
fn what_was_taken_away_on_one_side_stays_unless_the_other_changed_it() {
    let base = base();
    let (mut ours, mut theirs) = (base.clone(), base.clone());
    entry(&mut ours).items.clear();
    entry(&mut ours).title.clear();
    entry(&mut theirs).items[0].done = true;
    entry(&mut theirs).title.push('!');
    let mut merged = three_way(Some(&base), &ours, &theirs).unwrap();
    assert_eq!(merged.both.iter().map(|both| both.field.as_str()).collect::<Vec<_>>(), ["title"]);
    let entry = entry(&mut merged.record);
    assert_eq!(entry.title, "Door!");
    assert_eq!(entry.items.iter().map(|item| item.text.as_str()).collect::<Vec<_>>(), ["call"]);
}

#[test]
fn without_a_common_copy_every_difference_is_named() {
    let base = base();
    let mut theirs = base.clone();
    entry(&mut theirs).title = "Gate".into();
    assert_eq!(three_way(None, &base, &base).unwrap().both, []);
    let merged = three_way(None, &base, &theirs).unwrap();
    assert_eq!(merged.both.len(), 1);
    assert_eq!(merged.both[0].field, "title");
}

#[test]
fn a_finished_capture_is_never_merged_into_another_one() {
    let capture = |finished: Option<i64>, text: &str| {
        let piece = crate::Piece {
            at: at(1),
            kind: crate::PieceKind::Text,
            text: text.into(),
            attachment: None,
            more: Default::default(),
        };
        let capture = Capture { pieces: vec![piece], finished: finished.map(at), ..Capture::default() };
        Record::new(Content::Capture(capture), at(0))
    };
    let base = capture(None, "a");
    let finished = capture(Some(5), "a");
    assert_eq!(three_way(Some(&base), &finished, &capture(None, "b")), Err(Error::Finished));
    assert_eq!(three_way(Some(&base), &finished, &capture(None, "a")).unwrap().record, finished);
    let other = Record::new(Content::SafetyPlan(SafetyPlan::default()), at(0));
    assert_eq!(three_way(None, &base, &other), Err(Error::OtherKind));
}

/// A few entries that come from each other by small changes.
fn changed() -> impl Strategy<Value = Record> {
    (0..3usize, 0..3usize, 0..3usize, any::<bool>(), prop::collection::vec("[a-c]", 0..3)).prop_map(
        |(title, text, answer, done, mut tags)| {
            let mut record = base();
            tags.dedup();
            record.tags = tags;
            let entry = entry(&mut record);
            entry.title = ["Door", "Gate", ""][title].into();
            entry.text = ["It was warm.", "Cold.", "Hot."][text].into();
            entry.prompts[0].answer = ["", "x", "y"][answer].into();
            entry.items[0].done = done;
            record
        },
    )
}

proptest! {
    #[test]
    fn merging_what_one_side_left_alone_gives_the_other(ours in changed()) {
        let base = base();
        prop_assert_eq!(three_way(Some(&base), &ours, &base).unwrap(), Merged { record: ours.clone(), both: vec![] });
        prop_assert_eq!(three_way(Some(&base), &base, &ours).unwrap(), Merged { record: ours.clone(), both: vec![] });
        prop_assert_eq!(three_way(None, &ours, &ours).unwrap(), Merged { record: ours.clone(), both: vec![] });
    }

    #[test]
    fn both_sides_find_the_same_fields_to_decide(ours in changed(), theirs in changed()) {
        let base = base();
        let one = three_way(Some(&base), &ours, &theirs).unwrap();
        let other = three_way(Some(&base), &theirs, &ours).unwrap();
        let named = |merged: &Merged| merged.both.iter().map(|both| both.field.clone()).collect::<Vec<_>>();
        prop_assert_eq!(named(&one), named(&other));
        for both in &one.both {
            prop_assert_ne!(&both.ours, &both.theirs);
        }
    }
}
