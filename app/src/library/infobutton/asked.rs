//! What a record system asks for, in the parameters of HL7's Infobutton, and what the library has for it.
//!
//! Only what is needed to find something is read. Whatever describes a patient, an encounter or who asks is not looked at.

use ::search::Filter;
use article::{CodeSystem, Library, Published};

use crate::page::Search;

/// The most criteria that are answered: a problem list can be long, and so can a hostile address.
const MOST: usize = 12;
/// The most articles for one of them: more would be the library again.
const ARTICLES: usize = 8;
/// The most for a name, which says less than a code.
const NAMED: usize = 4;
/// The longest text that is taken, in characters.
const LONGEST: usize = 200;

/// A request from a record system.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    /// What it is about, in order.
    pub criteria: Vec<Criterion>,
    /// The first part of a language tag, in lower case, where one was asked for.
    pub language: Option<String>,
    /// Whether a provider will read it, and not the patient.
    pub provider: bool,
}

/// One thing that it is about.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Criterion {
    /// As it was sent: an object identifier or a name.
    pub system: String,
    /// The code.
    pub code: String,
    /// What the record system calls it.
    pub name: String,
    /// What a person called it.
    pub original: String,
}

/// What the library has for one criterion.
pub struct Group<'a> {
    /// What was asked.
    pub criterion: Criterion,
    /// How it was found.
    pub by: By,
    /// The articles, best first.
    pub articles: Vec<&'a Published>,
}

/// How articles were found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// Their front matter lists the code.
    Code,
    /// The search knows the name.
    Name,
    /// There are none.
    Nothing,
}

impl Asked {
    /// Reads the parameters. Criteria may be numbered, as `mainSearchCriteria.v.c1`, `mainSearchCriteria1.v.c` or
    /// `mainSearchCriteria.v1.c`. Names are read as they are and in lower case.
    pub fn from_pairs<'p>(pairs: impl IntoIterator<Item = (&'p str, &'p str)>) -> Self {
        let mut asked = Self::default();
        let mut numbered: Vec<(String, Criterion)> = Vec::new();
        for (name, value) in pairs {
            let value: String = value.trim().chars().filter(|c| !c.is_control()).take(LONGEST).collect();
            let name = name.to_ascii_lowercase();
            if value.is_empty() {
                continue;
            }
            match name.as_str() {
                "informationrecipient" => asked.provider = value.eq_ignore_ascii_case("PROV"),
                "informationrecipient.languagecode.c" => asked.language = Some(language(&value)),
                _ => {
                    let number: String = name.chars().filter(char::is_ascii_digit).collect();
                    let plain: String = name.chars().filter(|c| !c.is_ascii_digit()).collect();
                    let Some(part) = plain.strip_prefix("mainsearchcriteria.v.") else { continue };
                    let at = numbered.iter().position(|(known, _)| *known == number).unwrap_or_else(|| {
                        numbered.push((number, Criterion::default()));
                        numbered.len() - 1
                    });
                    let criterion = &mut numbered[at].1;
                    match part {
                        "c" => criterion.code = value,
                        "cs" => criterion.system = value,
                        "dn" => criterion.name = value,
                        "ot" => criterion.original = value,
                        _ => {}
                    }
                }
            }
        }
        let said = |criterion: &Criterion| !(criterion.code.is_empty() && criterion.words().is_empty());
        asked.criteria =
            numbered.into_iter().map(|(_, criterion)| criterion).filter(said).take(MOST).collect();
        asked
    }

    /// What the library has for it, criterion by criterion.
    pub fn find<'a>(&self, library: &'a Library, search: Search<'_>) -> Vec<Group<'a>> {
        self.criteria.iter().map(|criterion| self.group(criterion, library, search)).collect()
    }

    fn group<'a>(&self, criterion: &Criterion, library: &'a Library, search: Search<'_>) -> Group<'a> {
        let coded =
            criterion.system().map(|system| library.coded(system, &criterion.code)).unwrap_or_default();
        let (by, mut articles) = if coded.is_empty() {
            (By::Name, by_name(criterion.words(), library, search))
        } else {
            (By::Code, coded)
        };
        if let Some(language) = &self.language {
            let speaks = |published: &&Published| self::language(&published.article.meta.lang) == *language;
            // In another language is better than nothing, and the page says which.
            if articles.iter().copied().any(|published| speaks(&published)) {
                articles.retain(speaks);
            }
        }
        articles.truncate(ARTICLES);
        let by = if articles.is_empty() { By::Nothing } else { by };
        Group { criterion: criterion.clone(), by, articles }
    }
}

impl Criterion {
    /// The system of its code, if it is one that front matter can name.
    pub fn system(&self) -> Option<CodeSystem> {
        CodeSystem::named(&self.system)
    }

    /// What to call it: its name, else a person's words, else its code.
    pub fn label(&self) -> String {
        let words = self.words();
        if !words.is_empty() {
            return words.to_owned();
        }
        match self.system() {
            Some(system) => format!("{system} {}", self.code),
            None => self.code.clone(),
        }
    }

    /// Whether its words sound like a crisis, so that help belongs above whatever is found.
    pub(super) fn sounds_like_crisis(&self, search: Search<'_>) -> bool {
        search.index.search(None, self.words(), &Filter::default(), 1).crisis
    }

    fn words(&self) -> &str {
        if self.name.is_empty() { &self.original } else { &self.name }
    }
}

/// What the search finds for words, where it knows at least one of them.
fn by_name<'a>(words: &str, library: &'a Library, search: Search<'_>) -> Vec<&'a Published> {
    if words.is_empty() {
        return Vec::new();
    }
    let found = search.index.search(Some(search.texts), words, &Filter::default(), NAMED);
    if found.nearest {
        return Vec::new();
    }
    found.hits.iter().filter_map(|hit| library.article(&hit.slug)).collect()
}

/// `en-US` is `en`; Connect's `sp` is Spanish.
fn language(tag: &str) -> String {
    let first = tag.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
    if first == "sp" { "es".to_owned() } else { first }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn several_criteria_are_told_apart_by_their_number_wherever_it_stands() {
        for names in [
            [
                "mainSearchCriteria.v.c",
                "mainSearchCriteria.v.cs",
                "mainSearchCriteria.v.c1",
                "mainSearchCriteria.v.dn1",
            ],
            [
                "mainSearchCriteria1.v.c",
                "mainSearchCriteria1.v.cs",
                "mainSearchCriteria2.v.c",
                "mainSearchCriteria2.v.dn",
            ],
            [
                "mainsearchcriteria.v.c",
                "MAINSEARCHCRITERIA.V.CS",
                "mainSearchCriteria.v1.c",
                "mainSearchCriteria.v1.dn",
            ],
        ] {
            let values = ["F32.9", "ICD-10-CM", "6130", "Ketamine"];
            let asked = Asked::from_pairs(names.into_iter().zip(values));
            assert_eq!(asked.criteria.len(), 2, "{names:?}");
            assert_eq!(asked.criteria[0].system(), Some(CodeSystem::Icd10));
            assert_eq!(
                (asked.criteria[1].code.as_str(), asked.criteria[1].label()),
                ("6130", "Ketamine".to_owned())
            );
        }
    }

    #[test]
    fn what_describes_a_patient_is_not_taken() {
        let asked = Asked::from_pairs([
            ("patientPerson.administrativeGenderCode.c", "F"),
            ("age.v.v", "47"),
            ("performer.healthCareProvider.c", "207R00000X"),
            ("encounter.c", "AMB"),
            ("taskContext.c.c", "PROBLISTREV"),
        ]);
        assert_eq!(asked, Asked::default());
    }

    #[test]
    fn language_and_recipient_are_understood_as_connect_does() {
        let asked = Asked::from_pairs([
            ("informationRecipient", "PROV"),
            ("informationRecipient.languageCode.c", "sp"),
        ]);
        assert!(asked.provider && asked.language.as_deref() == Some("es"));
    }

    #[test]
    fn a_hostile_address_asks_for_no_more_than_others() {
        let names: Vec<String> = (0..200).map(|at| format!("mainSearchCriteria.v.c{at}")).collect();
        let long = "x".repeat(5000);
        let asked = Asked::from_pairs(names.iter().map(|name| (name.as_str(), long.as_str())));
        assert_eq!(asked.criteria.len(), MOST);
        assert!(asked.criteria.iter().all(|criterion| criterion.code.len() == LONGEST));
    }
}
