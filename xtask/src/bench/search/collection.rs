//! A test collection: documents, queries, and which documents people judged to answer which query.

use std::{
    collections::{BTreeMap, HashSet},
    fs,
    path::{Path, PathBuf},
};

use serde::{Deserialize, Serialize};

use crate::Result;

/// How well a document answers a query, by its id; the higher, the better. Who is not in it, does not.
pub type Grades = BTreeMap<String, f64>;

#[derive(Deserialize)]
pub struct Collection {
    /// The file's name without `.json`.
    #[serde(skip)]
    pub name: String,
    pub docs: Vec<Document>,
    pub queries: Vec<Query>,
    qrels: BTreeMap<String, Grades>,
}

#[derive(Deserialize, Serialize)]
pub struct Document {
    pub id: String,
    #[serde(default)]
    pub title: String,
    pub text: String,
}

#[derive(Deserialize)]
pub struct Query {
    pub id: String,
    pub text: String,
}

impl Collection {
    /// What was judged of a query.
    pub fn grades(&self, query: &Query) -> Option<&Grades> {
        self.qrels.get(&query.id)
    }

    fn read(path: &Path) -> Result<Self> {
        let wrong = |error: String| format!("{}: {error}", path.display());
        let text = fs::read_to_string(path).map_err(|error| wrong(error.to_string()))?;
        let mut collection: Self = serde_json::from_str(&text).map_err(|error| wrong(error.to_string()))?;
        collection.name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let mut ids = HashSet::new();
        match collection.docs.iter().find(|doc| !ids.insert(&doc.id)) {
            Some(twice) => Err(wrong(format!("two documents have the id {}", twice.id))),
            None => Ok(collection),
        }
    }
}

/// Every `*.json` of the folders, by name in each.
pub fn read_all(folders: &[PathBuf]) -> Result<Vec<Collection>> {
    let mut collections = Vec::new();
    for folder in folders {
        let wrong = |error: std::io::Error| format!("{}: {error}", folder.display());
        let mut paths = Vec::new();
        for entry in fs::read_dir(folder).map_err(wrong)? {
            paths.push(entry.map_err(wrong)?.path());
        }
        paths.retain(|path| path.extension().is_some_and(|ending| ending == "json"));
        paths.sort();
        if paths.is_empty() {
            return Err(format!("{} holds no .json file", folder.display()));
        }
        for path in paths {
            collections.push(Collection::read(&path)?);
        }
    }
    Ok(collections)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(name: &str, files: &[(&str, &str)]) -> PathBuf {
        let folder = std::env::temp_dir().join(format!("xtask-collection-{name}-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        files.iter().for_each(|(name, text)| fs::write(folder.join(name), text).unwrap());
        folder
    }

    #[test]
    fn every_json_file_of_a_folder_is_a_collection_with_the_files_name() {
        let one = r#"{"docs": [{"id": "a", "title": "T", "text": "t"}, {"id": "b", "text": ""}],
            "queries": [{"id": "q", "text": "w"}], "qrels": {"q": {"a": 2}}}"#;
        let none = r#"{"docs": [], "queries": [], "qrels": {}}"#;
        let folder = folder("names", &[("second.json", none), ("first.json", one), ("README.md", "no")]);
        let read = read_all(std::slice::from_ref(&folder)).unwrap();
        fs::remove_dir_all(folder).unwrap();
        assert_eq!(read.iter().map(|one| one.name.as_str()).collect::<Vec<_>>(), ["first", "second"]);
        let first = &read[0];
        assert_eq!(first.grades(&first.queries[0]), Some(&Grades::from([("a".to_owned(), 2.0)])));
        assert_eq!(first.docs[1].title, "");
    }

    #[test]
    fn what_cannot_be_measured_is_named() {
        let twice =
            r#"{"docs": [{"id": "a", "text": ""}, {"id": "a", "text": ""}], "queries": [], "qrels": {}}"#;
        for (name, files, says) in [
            ("empty", vec![], "holds no .json"),
            ("broken", vec![("x.json", "{")], "x.json: "),
            ("twice", vec![("x.json", twice)], "two documents have the id a"),
        ] {
            let folder = folder(name, &files);
            let error = read_all(std::slice::from_ref(&folder)).err().unwrap();
            fs::remove_dir_all(folder).unwrap();
            assert!(error.contains(says), "{error}");
        }
    }
}
