//! Finding articles by the medical codes in their front matter, as record systems ask for them.

use std::fmt;

use crate::{Library, Published};

/// Characters of a category of ICD-10, which a code begins with.
const CATEGORY: usize = 3;

/// A system of medical codes that front matter can name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CodeSystem {
    /// ICD-10 and its national editions, such as ICD-10-CM.
    Icd10,
    /// SNOMED CT.
    Snomed,
    /// RxNorm.
    RxNorm,
}

impl CodeSystem {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Icd10, Self::Snomed, Self::RxNorm];

    /// Its key in front matter.
    pub fn key(self) -> &'static str {
        match self {
            Self::Icd10 => "icd10",
            Self::Snomed => "snomed",
            Self::RxNorm => "rxnorm",
        }
    }

    /// By its object identifier, as HL7 names it, or by one of its usual names.
    pub fn named(text: &str) -> Option<Self> {
        let plain: String = text
            .chars()
            .filter(|c| c.is_ascii_alphanumeric() || *c == '.')
            .map(|c| c.to_ascii_lowercase())
            .collect();
        match plain.strip_prefix("urnoid").unwrap_or(&plain) {
            // ICD-10-CM, then the edition of the World Health Organization.
            "2.16.840.1.113883.6.90" | "icd10cm" | "httphl7.orgfhirsidicd10cm" => Some(Self::Icd10),
            "2.16.840.1.113883.6.3" | "icd10" | "httphl7.orgfhirsidicd10" => Some(Self::Icd10),
            "2.16.840.1.113883.6.96" | "snomedct" | "snomed" | "sct" | "httpsnomed.infosct" => {
                Some(Self::Snomed)
            }
            "2.16.840.1.113883.6.88" | "rxnorm" | "rxcui" | "httpwww.nlm.nih.govresearchumlsrxnorm" => {
                Some(Self::RxNorm)
            }
            _ => None,
        }
    }

    /// Whether a code of front matter answers the one that is asked for. A code of ICD-10 (`F32`) answers for all that is in it
    /// (`F32.1`), and one that is asked for as a whole is answered by what is in it; dots and case do not matter there.
    fn answers(self, listed: &str, asked: &str) -> bool {
        match self {
            Self::Icd10 => {
                let bare = |code: &str| code.replace('.', "").to_ascii_uppercase();
                let (listed, asked) = (bare(listed), bare(asked));
                let shorter = listed.len().min(asked.len());
                shorter >= CATEGORY && listed.get(..shorter) == asked.get(..shorter)
            }
            Self::Snomed | Self::RxNorm => listed == asked,
        }
    }
}

impl fmt::Display for CodeSystem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Icd10 => "ICD-10",
            Self::Snomed => "SNOMED CT",
            Self::RxNorm => "RxNorm",
        })
    }
}

impl Library {
    /// The articles whose front matter lists a code, those first that list it earlier: an editor names first what an
    /// article is most about. Among equals those first that come first in the reading paths.
    pub fn coded(&self, system: CodeSystem, code: &str) -> Vec<&Published> {
        let code = code.trim();
        let mut found: Vec<_> = self
            .articles()
            .iter()
            .filter_map(|published| {
                let listed = published.article.meta.codes.get(system.key())?;
                let position = listed.iter().position(|listed| system.answers(listed, code))?;
                let on_the_way = published.paths.iter().min().copied().unwrap_or((usize::MAX, 0));
                Some(((position, on_the_way), published))
            })
            .collect();
        found.sort_by_key(|(rank, _)| *rank);
        found.into_iter().map(|(_, published)| published).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_system_is_known_by_its_identifier_and_by_its_names() {
        for text in ["2.16.840.1.113883.6.90", "ICD-10-CM", "icd10", "urn:oid:2.16.840.1.113883.6.90"] {
            assert_eq!(CodeSystem::named(text), Some(CodeSystem::Icd10), "{text}");
        }
        for text in ["2.16.840.1.113883.6.96", "SNOMED CT", "SCT", "http://snomed.info/sct"] {
            assert_eq!(CodeSystem::named(text), Some(CodeSystem::Snomed), "{text}");
        }
        for text in ["2.16.840.1.113883.6.88", "RxNorm", "RXCUI"] {
            assert_eq!(CodeSystem::named(text), Some(CodeSystem::RxNorm), "{text}");
        }
        for text in ["2.16.840.1.113883.6.1", "LOINC", "", "icd9"] {
            assert_eq!(CodeSystem::named(text), None, "{text}");
        }
    }

    #[test]
    fn a_code_of_icd_10_answers_for_what_is_in_it_and_is_found_by_what_it_is_in() {
        let icd = CodeSystem::Icd10;
        for (listed, asked) in [("F32.9", "f329"), ("F32", "F32.1"), ("F43.1", "F43.12"), ("F43.1", "F43")] {
            assert!(icd.answers(listed, asked), "{listed} for {asked}");
        }
        for (listed, asked) in [("F32.9", "F32.1"), ("F32", "F33"), ("F32", "F3"), ("F32", ""), ("F3", "F32")]
        {
            assert!(!icd.answers(listed, asked), "{listed} for {asked}");
        }
        assert!(CodeSystem::RxNorm.answers("6130", "6130") && !CodeSystem::RxNorm.answers("613", "6130"));
    }
}
