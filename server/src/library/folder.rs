//! From the content folder to the texts that `article` reads.

use std::{
    collections::HashMap,
    fs,
    hash::{DefaultHasher, Hash, Hasher},
    io,
    path::{Path, PathBuf},
    time::SystemTime,
};

use article::{Diagnostic, Severity, Sources};
use rayon::prelude::*;
use walkdir::{DirEntry, WalkDir};

use super::images;

/// A file longer than this is not read: no article is, and a mistake should not fill the memory.
const LONGEST: u64 = 4 * 1024 * 1024;

/// The site's own files, which stand at the top of the folder.
const SITE_FILES: [&str; 7] = [
    "site.yaml",
    "references.bib",
    "glossary.yaml",
    "paths.yaml",
    "crisis.yaml",
    "search.yaml",
    "asked.yaml",
];

/// A file that belongs to the library.
#[derive(Debug)]
pub struct File {
    /// Relative to the folder, with `/`.
    path: String,
    full: PathBuf,
    length: u64,
    modified: Option<SystemTime>,
    role: Role,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Role {
    Article,
    Site,
    Image,
}

/// Everything that was read, and what could not be.
#[derive(Debug, Default)]
pub struct Folder {
    /// For `Library::build`.
    pub sources: Sources,
    /// Files that are not text or cannot be opened.
    pub unreadable: Vec<Diagnostic>,
}

/// Lists the files that belong to the library, by path. Links are followed, as mounted folders need it.
pub fn list(root: &Path) -> io::Result<Vec<File>> {
    if !root.is_dir() {
        return Err(io::Error::new(io::ErrorKind::NotFound, format!("{} is not a folder", root.display())));
    }
    let mut files = Vec::new();
    let shown = |entry: &DirEntry| entry.depth() == 0 || !hidden(&entry.file_name().to_string_lossy());
    for entry in WalkDir::new(root).follow_links(true).into_iter().filter_entry(shown) {
        // What vanishes while we look, or links in a circle, is not there.
        let Ok(entry) = entry else { continue };
        let Ok(metadata) = entry.metadata() else { continue };
        let Some(path) = relative(root, entry.path()) else { continue };
        if let (true, Some(role)) = (metadata.is_file(), role(&path)) {
            let modified = metadata.modified().ok();
            files.push(File { path, full: entry.into_path(), length: metadata.len(), modified, role });
        }
    }
    files.sort_unstable_by(|a, b| a.path.cmp(&b.path));
    Ok(files)
}

/// Changes when a file comes, goes or is written.
pub fn fingerprint(files: &[File]) -> u64 {
    let mut hasher = DefaultHasher::new();
    for file in files {
        (&file.path, file.length, file.modified).hash(&mut hasher);
    }
    hasher.finish()
}

/// Reads the listed files, several at a time.
pub fn read(files: &[File]) -> Folder {
    enum Read {
        Text(Role, String, String),
        Image(String, (u32, u32)),
        Failed(Diagnostic),
    }
    let read = |file: &File| match file.role {
        Role::Image => match images::size(&file.full) {
            Ok(size) => Read::Image(file.path.clone(), size),
            Err(wrong) => Read::Failed(about(
                file,
                Severity::Warning,
                &format!("this image cannot be measured: {wrong}"),
            )),
        },
        _ if file.length > LONGEST => {
            Read::Failed(about(file, Severity::Error, "this file is longer than 4 MB"))
        }
        role => match fs::read(&file.full).map(String::from_utf8) {
            Ok(Ok(text)) => Read::Text(role, file.path.clone(), text),
            Ok(Err(_)) => Read::Failed(about(file, Severity::Error, "this file is not UTF-8 text")),
            Err(error) => {
                Read::Failed(about(file, Severity::Error, &format!("this file cannot be read: {error}")))
            }
        },
    };
    let mut folder = Folder::default();
    let mut images = HashMap::new();
    for read in files.par_iter().map(read).collect::<Vec<_>>() {
        match read {
            Read::Text(Role::Article, path, text) => folder.sources.articles.push((path, text)),
            Read::Text(_, path, text) => folder.sources.site.push((path, text)),
            Read::Image(path, size) => drop(images.insert(path, size)),
            Read::Failed(diagnostic) => folder.unreadable.push(diagnostic),
        }
    }
    folder.sources.images = images;
    folder
}

fn about(file: &File, severity: Severity, message: &str) -> Diagnostic {
    Diagnostic {
        severity,
        path: file.path.clone(),
        line: 1,
        column: 1,
        length: 1,
        field: "file".to_owned(),
        message: message.to_owned(),
        help: None,
        source_line: String::new(),
    }
}

fn hidden(name: &str) -> bool {
    name.starts_with(['.', '_'])
}

fn relative(root: &Path, path: &Path) -> Option<String> {
    let parts: Option<Vec<&str>> = path.strip_prefix(root).ok()?.iter().map(|part| part.to_str()).collect();
    Some(parts?.join("/"))
}

/// What a file is to the library, by its path alone.
fn role(path: &str) -> Option<Role> {
    let name = path.rsplit('/').next().unwrap_or(path);
    if hidden(name) {
        None
    } else if SITE_FILES.contains(&path) {
        Some(Role::Site)
    } else if path.starts_with("packs/") {
        name.ends_with(".yaml").then_some(Role::Site)
    } else if path.starts_with("images/") {
        images::is_image(name).then_some(Role::Image)
    } else if !name.ends_with(".md") || name == "README.md" {
        None
    } else if path.starts_with("pages/") {
        Some(Role::Site)
    } else {
        Some(Role::Article)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn articles_are_markdown_files_anywhere_but_among_the_pages() {
        assert_eq!(role("grounding.md"), Some(Role::Article));
        assert_eq!(role("articles/2026/grounding.md"), Some(Role::Article));
        assert_eq!(role("pages/about.md"), Some(Role::Site));
        assert_eq!(role("images/door.webp"), Some(Role::Image));
        for other in
            ["README.md", "articles/README.md", "_draft.md", ".notes.md", "notes.txt", "site.yaml.bak"]
        {
            assert_eq!(role(other), None, "{other}");
        }
    }

    #[test]
    fn a_file_that_is_not_text_is_named_and_the_rest_is_read() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("good.md"), "words").unwrap();
        fs::write(folder.path().join("bad.md"), [0xff, 0xfe, 0x00]).unwrap();
        let read = read(&list(folder.path()).unwrap());
        assert_eq!(read.sources.articles, [("good.md".to_owned(), "words".to_owned())]);
        assert_eq!(read.unreadable.len(), 1);
        assert_eq!(read.unreadable[0].path, "bad.md");
        assert!(read.unreadable[0].message.contains("UTF-8"));
    }

    #[test]
    fn the_fingerprint_changes_with_a_file_and_not_without() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.md");
        fs::write(&path, "one").unwrap();
        let first = fingerprint(&list(folder.path()).unwrap());
        assert_eq!(first, fingerprint(&list(folder.path()).unwrap()));
        fs::write(&path, "other").unwrap();
        assert_ne!(first, fingerprint(&list(folder.path()).unwrap()));
    }

    #[test]
    #[cfg(unix)]
    fn links_in_a_circle_end() {
        let folder = tempfile::tempdir().unwrap();
        std::os::unix::fs::symlink(folder.path(), folder.path().join("again")).unwrap();
        fs::write(folder.path().join("a.md"), "words").unwrap();
        assert_eq!(list(folder.path()).unwrap().len(), 1);
    }
}
