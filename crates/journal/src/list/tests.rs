use super::*;
use vault::ObjectId;

fn id(number: u8) -> RecordId {
    RecordId(ObjectId([number; 16]))
}

fn at(text: &str) -> Moment {
    text.parse().unwrap()
}

fn entry(number: u8, day: &str, text: &str) -> Summary {
    let entry = Entry { text: text.into(), ..Entry::default() };
    Summary::of(id(number), &Record::new(Content::Entry(entry), at(&format!("{day}T12:00:00Z"))))
}

#[test]
fn an_entry_without_a_title_is_called_by_its_first_words() {
    let summary = entry(1, "2026-11-26", "# The *door*\n\nIt was ![sun](https://x.example/y.png) open.");
    assert_eq!(summary.title, "The door It was sun open.");
    assert_eq!(summary.words, "");
    assert_eq!(entry(1, "2026-11-26", "").title, "");
}

#[test]
fn long_words_are_cut_between_words_and_never_within_a_letter() {
    let summary = entry(1, "2026-11-26", &"größer ".repeat(500));
    assert!(summary.title.ends_with("größer…") && summary.title.chars().count() <= 81, "{}", summary.title);
    assert!(summary.words.starts_with("größer größer") && summary.words.chars().count() <= 161);
    assert_eq!(entry(1, "2026-11-26", &"ü".repeat(5000)).title.chars().count(), 81);
}

#[test]
fn a_check_in_shows_what_was_said_and_nothing_else() {
    let mut check_in = CheckIn::new("2026-11-20".parse().unwrap());
    check_in.anxiety = Some(Score::new(0).unwrap());
    let record = Record::new(Content::CheckIn(check_in), at("2026-11-22T08:00:00Z"));
    let summary = Summary::of(id(1), &record);
    assert_eq!(summary.facts.scores, [("anxiety".to_owned(), Score::new(0).unwrap())]);
    assert_eq!(summary.day.to_string(), "2026-11-20");
}

#[test]
fn a_filter_lets_through_what_fits_all_of_it() {
    let mut summary = entry(1, "2026-11-25", "a");
    summary.tags.push("door".into());
    summary.session = Some(id(9));
    summary.facts.reflects = Some(id(7));
    summary.facts.course = Some(id(6));
    let day = |text: &str| Some(text.parse().unwrap());
    assert!(Filter::default().lets(&summary));
    let fits = Filter {
        kinds: vec![Kind::Capture, Kind::Entry],
        session: Some(id(9)),
        tag: Some("door".into()),
        theme: None,
        from: day("2026-11-25"),
        to: day("2026-11-25"),
        reflects: Some(id(7)),
        course: Some(id(6)),
    };
    assert!(fits.lets(&summary));
    for narrower in [
        Filter { kinds: vec![Kind::Capture], ..fits.clone() },
        Filter { session: Some(id(8)), ..fits.clone() },
        Filter { tag: Some("Door".into()), ..fits.clone() },
        Filter { theme: Some("x".into()), ..fits.clone() },
        Filter { from: day("2026-11-26"), ..fits.clone() },
        Filter { to: day("2026-11-24"), ..fits.clone() },
        Filter { reflects: Some(id(9)), ..fits.clone() },
        Filter { course: Some(id(9)), ..fits.clone() },
    ] {
        assert!(!narrower.lets(&summary), "{narrower:?}");
    }
}

#[test]
fn settings_are_in_no_list_and_on_no_day() {
    let settings = Record::new(Content::Settings(Default::default()), at("2026-11-26T12:00:00Z"));
    let all = [Summary::of(id(1), &settings), entry(2, "2026-11-26", "a"), entry(3, "2026-11-26", "b")];
    assert!(!Filter::default().lets(&all[0]));
    let day: Day = "2026-11-26".parse().unwrap();
    assert_eq!(marks(&all, day, day), [(day, vec![Kind::Entry])]);
    assert_eq!(marks(&all, day.plus(1), day.plus(9)), []);
}

#[test]
fn labels_are_counted_the_most_used_first() {
    let mut all = [entry(1, "2026-11-26", "a"), entry(2, "2026-11-26", "b")];
    all[0].tags = vec!["b".into(), "a".into()];
    all[1].tags = vec!["c".into(), "b".into()];
    let (tags, themes) = labels(&all);
    assert_eq!(tags, [("b".to_owned(), 2), ("a".to_owned(), 1), ("c".to_owned(), 1)]);
    assert!(themes.is_empty());
}
