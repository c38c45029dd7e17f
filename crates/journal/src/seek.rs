//! A record as the search sees it: an article of its own, with a section for each part that can be led to.

use search::{Document, Label, Section};

use crate::{Contact, Content, Item, Prompt, Record, RecordId, Summary, markdown};

/// A record as a document of the search: `slug` is its id, the category its kind, the phases its themes. Settings and kinds
/// of a newer version have no words.
pub fn document(id: RecordId, record: &Record) -> Document {
    let mut words = Words::default();
    match &record.content {
        Content::Entry(entry) => {
            words.text(&markdown::plain(&entry.text));
            words.items(&entry.items);
            for attachment in &entry.attachments {
                words.text(&attachment.alt);
            }
            words.prompts(&entry.prompts);
            if let Some(origin) = &entry.origin {
                words.section(
                    "origin",
                    &origin.label,
                    &[&origin.title, &origin.section, &origin.quoted].map(String::as_str),
                );
            }
        }
        Content::Course(course) => {
            words.text(&course.place);
            words.text(&course.with);
            words.text(&markdown::plain(&course.notes));
        }
        Content::Session(session) => {
            let dose = session.dose.as_ref().map_or("", |dose| &dose.text);
            for text in [
                &session.intention,
                &session.route,
                dose,
                &session.setting,
                &session.companion,
                &session.music,
            ] {
                words.text(text);
            }
            words.text(&markdown::plain(&session.notes));
            for effect in &session.effects {
                words.text(&effect.what);
                words.text(&effect.note);
            }
            words.items(&session.checklist);
        }
        Content::Capture(capture) => {
            for piece in &capture.pieces {
                words.text(&piece.text);
                words.text(piece.attachment.as_ref().map_or("", |attachment| &attachment.alt));
            }
        }
        Content::CheckIn(check_in) => {
            words.text(&check_in.note);
            for practice in &check_in.practices {
                words.text(practice);
            }
        }
        Content::Week(week) => {
            words.text(&markdown::plain(&week.text));
            words.prompts(&week.prompts);
        }
        Content::SafetyPlan(plan) => {
            for line in plan.signs.iter().chain(&plan.alone).chain(&plan.surroundings).chain(&plan.reasons) {
                words.text(line);
            }
            for Contact { name, note, .. } in
                plan.company.iter().chain(&plan.helpers).chain(&plan.professionals)
            {
                words.text(name);
                words.text(note);
            }
        }
        Content::Settings(_) | Content::Other(_) => {}
    }
    let label = |name: &String| Label { key: name.clone(), name: name.clone() };
    Document {
        slug: id.to_string(),
        title: Summary::of(id, record).title,
        category: Label { key: record.kind().as_str().to_owned(), name: String::new() },
        tags: record.tags.iter().map(label).collect(),
        phases: record.themes.iter().map(label).collect(),
        author: record.themes.join(" "),
        sections: words.sections(),
    }
}

#[derive(Default)]
struct Words {
    text: String,
    sections: Vec<Section>,
}

impl Words {
    fn text(&mut self, text: &str) {
        if !text.trim().is_empty() {
            self.text.push_str(text);
            self.text.push('\n');
        }
    }

    fn items(&mut self, items: &[Item]) {
        for item in items {
            self.text(&item.text);
        }
    }

    fn prompts(&mut self, prompts: &[Prompt]) {
        for (at, prompt) in prompts.iter().enumerate().filter(|(_, prompt)| !prompt.skipped) {
            let answer = markdown::plain(&prompt.answer);
            self.section(&format!("prompt-{at}"), &prompt.question, &[&answer]);
        }
    }

    fn section(&mut self, anchor: &str, heading: &str, texts: &[&str]) {
        self.sections.push(Section {
            anchor: anchor.to_owned(),
            heading: heading.to_owned(),
            text: texts.join("\n"),
            ..Section::default()
        });
    }

    /// The words that stand under no question come first, as an article's start does; it is there even if it is empty,
    /// because the search ranks sections and a record without any could not be found by its title.
    fn sections(self) -> Vec<Section> {
        let mut all = vec![Section { text: self.text, ..Section::default() }];
        all.extend(self.sections);
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Entry, Moment, Origin};
    use search::{Filter, Index, Lexicon, Texts};
    use vault::ObjectId;

    #[test]
    fn an_entry_is_found_by_an_answer_and_led_to_the_question() {
        let mut record = Record::new(
            Content::Entry(Entry {
                text: "It was **warm**.".into(),
                prompts: vec![
                    Prompt {
                        question: "What did you see?".into(),
                        answer: "An arch over *water*".into(),
                        ..Prompt::default()
                    },
                    Prompt { question: "Skipped?".into(), skipped: true, ..Prompt::default() },
                ],
                origin: Some(Origin { quoted: "Grandmother's kitchen".into(), ..Origin::default() }),
                ..Entry::default()
            }),
            Moment::new(0, 0).unwrap(),
        );
        record.themes.push("Left outside".into());
        let id = RecordId(ObjectId([3; 16]));
        let built = search::build(&[document(id, &record)], &Lexicon::default());
        let (index, texts) = (Index::open(&built.index).unwrap(), Texts::open(&built.texts).unwrap());
        let found = |query| index.search(Some(&texts), query, &Filter::default(), 5);
        let water = found("water");
        assert_eq!(water.hits[0].slug, id.to_string());
        assert_eq!(water.hits[0].places[0].anchor, "prompt-0");
        assert!(!water.nearest);
        for query in ["warm", "kitchen", "outside"] {
            assert!(!found(query).nearest, "{query}");
        }
    }
}
