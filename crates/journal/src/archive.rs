//! Zip archives: what exports are and what other journals give. Whoever made a file may mean harm, so everything about it is
//! bounded before a byte of it is unpacked: how many files, how large, how tightly packed, and their paths.

mod zip;

use std::ops::Range;

use self::zip::{Listed, Written};

/// Files that an archive may have.
pub const MAX_FILES: usize = 50_000;
/// Bytes of one file, unpacked.
pub const MAX_FILE: u64 = 256 << 20;
/// Bytes of all files, unpacked.
pub const MAX_ALL: u64 = 2 << 30;
/// How many times larger than packed a file of more than [`RATIO_FROM`] bytes may be. Text packs to a tenth, rarely to a
/// fiftieth; what is made to fill a memory packs to a thousandth.
pub const MAX_RATIO: u64 = 200;
/// From this size on the ratio counts.
pub const RATIO_FROM: u64 = 1 << 20;

/// Why an archive is not read or written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ArchiveError {
    /// Not a zip archive, or a damaged one.
    #[error("this archive is damaged, or no zip archive")]
    Damaged,
    /// More files than a journal has.
    #[error("this archive has more than {MAX_FILES} files")]
    TooManyFiles,
    /// Larger when unpacked than can be taken.
    #[error("this archive is too large when unpacked")]
    TooLarge,
    /// Packed in a way that only an archive that is made to do harm is.
    #[error("this archive unpacks to far more than it holds; it may be made to do harm")]
    Bomb,
    /// A file that would lie outside of the archive's own folder.
    #[error("this archive names a file outside of its own folder; it may be made to do harm")]
    Path,
    /// A file that is locked with a password.
    #[error("a file in this archive is locked with a password")]
    Locked,
    /// There is no such file in it.
    #[error("there is no such file in this archive")]
    Missing,
    /// It cannot be written.
    #[error("this archive could not be written")]
    NotWritten,
}

/// A file in an archive.
#[derive(Clone, Debug)]
pub struct File {
    /// Its path, with `/` between folders.
    pub path: String,
    /// Its bytes when unpacked, as the archive says; more are never unpacked.
    pub bytes: u64,
    listed: Listed,
    place: Range<usize>,
}

/// An archive that is read.
pub struct Reader<'b> {
    archive: &'b [u8],
    files: Vec<File>,
}

impl<'b> Reader<'b> {
    /// Whether these bytes begin as a zip archive does.
    pub fn knows(bytes: &[u8]) -> bool {
        bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06")
    }

    /// Looks at the archive and unpacks nothing. Folders, links and what systems add by themselves are left out.
    ///
    /// # Errors
    /// All but `Missing` and `Locked`.
    pub fn open(bytes: &'b [u8]) -> Result<Self, ArchiveError> {
        let list = zip::list(bytes).ok_or(ArchiveError::Damaged)?;
        if list.files > MAX_FILES as u64 {
            return Err(ArchiveError::TooManyFiles);
        }
        let mut files = Vec::new();
        let mut places = Vec::new();
        let mut all = 0u64;
        for listed in zip::read_list(bytes, &list).ok_or(ArchiveError::Damaged)? {
            let path = safe_path(&listed.name).ok_or(ArchiveError::Path)?;
            let (head, place) = listed.place(bytes, &list).ok_or(ArchiveError::Damaged)?;
            places.push((head, place.end));
            if path.ends_with('/') || listed.is_link || is_noise(&path) {
                continue;
            }
            let size = listed.size;
            all = all.saturating_add(size);
            if size > MAX_FILE || all > MAX_ALL {
                return Err(ArchiveError::TooLarge);
            }
            if size > RATIO_FROM && size / listed.packed.max(1) > MAX_RATIO {
                return Err(ArchiveError::Bomb);
            }
            files.push(File { path, bytes: size, listed, place });
        }
        // Files that lie in one another unpack to far more than the archive holds.
        order::sort(&mut places);
        if places.windows(2).any(|two| two[0].1 > two[1].0) {
            return Err(ArchiveError::Bomb);
        }
        // Of two files of one path the later counts.
        files.reverse();
        order::sort_by(&mut files, |one, other| one.path.cmp(&other.path));
        files.dedup_by(|one, other| one.path == other.path);
        Ok(Self { archive: bytes, files })
    }

    /// Its files, by path.
    pub fn files(&self) -> &[File] {
        &self.files
    }

    /// A file's bytes.
    ///
    /// # Errors
    /// `Missing`, `Locked`; `Damaged` if it does not unpack to what the archive says.
    pub fn read(&self, path: &str) -> Result<Vec<u8>, ArchiveError> {
        let place = self
            .files
            .binary_search_by(|file| file.path.as_str().cmp(path))
            .map_err(|_| ArchiveError::Missing)?;
        let file = &self.files[place];
        if file.listed.is_locked {
            return Err(ArchiveError::Locked);
        }
        file.listed.unpack(&self.archive[file.place.clone()]).ok_or(ArchiveError::Damaged)
    }
}

/// The path with `/` between folders, if it stays within the archive's own.
fn safe_path(name: &str) -> Option<String> {
    let path = name.replace('\\', "/");
    let inside = !path.is_empty()
        && path.len() <= 1_000
        && !path.starts_with('/')
        && !path.contains('\0')
        && path.as_bytes().get(1) != Some(&b':')
        && path.split('/').all(|part| part != "..");
    inside.then_some(path)
}

/// What systems and programs put into archives by themselves.
fn is_noise(path: &str) -> bool {
    path.split('/').any(|part| part.starts_with('.') || part == "__MACOSX")
}

/// An archive that is written, in memory. Its files have no times, so that an archive tells only what is in it.
#[derive(Default)]
pub struct Writer(Written);

impl Writer {
    /// Adds a file of words, packed.
    ///
    /// # Errors
    /// `NotWritten`.
    pub fn add_text(&mut self, path: &str, text: &[u8]) -> Result<(), ArchiveError> {
        self.0.add(path, text, true)
    }

    /// Adds a file of pictures or sound as it is: packing would gain nothing.
    ///
    /// # Errors
    /// `NotWritten`.
    pub fn add_media(&mut self, path: &str, bytes: &[u8]) -> Result<(), ArchiveError> {
        self.0.add(path, bytes, false)
    }

    /// The archive.
    ///
    /// # Errors
    /// `NotWritten`.
    pub fn finish(self) -> Result<Vec<u8>, ArchiveError> {
        self.0.finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn archive(files: &[(&str, &[u8])]) -> Vec<u8> {
        let mut writer = Writer::default();
        for (path, bytes) in files {
            writer.add_text(path, bytes).unwrap();
        }
        writer.finish().unwrap()
    }

    #[test]
    fn what_was_added_is_read_back() {
        let mut writer = Writer::default();
        writer.add_text("b/journal.json", b"{}").unwrap();
        writer.add_media("a.webp", &[1, 2, 3]).unwrap();
        let bytes = writer.finish().unwrap();
        assert!(Reader::knows(&bytes));
        let reader = Reader::open(&bytes).unwrap();
        assert_eq!(
            reader.files().iter().map(|file| file.path.as_str()).collect::<Vec<_>>(),
            ["a.webp", "b/journal.json"]
        );
        assert_eq!(reader.read("a.webp"), Ok(vec![1, 2, 3]));
        assert_eq!(reader.read("b/journal.json"), Ok(b"{}".to_vec()));
        assert_eq!(reader.read("c"), Err(ArchiveError::Missing));
    }

    /// Part of T20: hostile imports.
    #[test]
    fn t20_a_bomb_is_refused_before_it_is_unpacked() {
        let bytes = archive(&[("a.json", &vec![b' '; 8 << 20])]);
        assert!(bytes.len() < 20_000);
        assert_eq!(Reader::open(&bytes).err(), Some(ArchiveError::Bomb));
    }

    #[test]
    fn t20_a_path_out_of_the_archive_is_refused() {
        for path in ["../a", "/etc/passwd", "a/../../b", "..\\a", "C:\\a", "a\0b"] {
            assert_eq!(safe_path(path), None, "{path}");
        }
        let bytes = archive(&[("xx/journal.json", b"{}")]);
        let hostile: Vec<u8> = String::from_utf8_lossy(&bytes)
            .contains("xx/")
            .then(|| {
                let mut bytes = bytes.clone();
                for at in 0..bytes.len() - 2 {
                    if &bytes[at..at + 3] == b"xx/" {
                        bytes[at..at + 2].copy_from_slice(b"..");
                    }
                }
                bytes
            })
            .unwrap();
        assert_eq!(Reader::open(&hostile).err(), Some(ArchiveError::Path));
    }

    #[test]
    fn t20_a_file_that_lies_about_its_size_is_refused() {
        let text = b"some words that are not the same, and a few more".repeat(3);
        let bytes = archive(&[("a.json", &text)]);
        // The size when unpacked stands in both headers; the one at the end counts.
        let end = bytes.windows(4).rposition(|four| four == b"PK\x01\x02").unwrap();
        for lie in [1u32, text.len() as u32 - 1, text.len() as u32 + 1] {
            let mut bytes = bytes.clone();
            bytes[end + 24..end + 28].copy_from_slice(&lie.to_le_bytes());
            let read = Reader::open(&bytes).and_then(|reader| reader.read("a.json"));
            assert_eq!(read, Err(ArchiveError::Damaged), "{lie}");
        }
        let mut huge = bytes.clone();
        huge[end + 24..end + 28].copy_from_slice(&0xfff0_0000u32.to_le_bytes());
        assert_eq!(Reader::open(&huge).err(), Some(ArchiveError::TooLarge));
    }

    #[test]
    fn what_is_no_archive_is_refused() {
        let bytes = archive(&[("a.json", b"{}")]);
        for cut in 0..bytes.len() {
            assert!(Reader::open(&bytes[..cut]).is_err(), "{cut}");
        }
        assert!(!Reader::knows(b"{}"));
    }

    #[test]
    fn t20_files_that_share_their_bytes_are_refused() {
        let bytes = archive(&[("a", b"one"), ("b", b"two")]);
        let list = bytes.windows(4).position(|four| four == b"PK\x01\x02").unwrap();
        let second = list + 4 + bytes[list + 4..].windows(4).position(|four| four == b"PK\x01\x02").unwrap();
        let mut bytes = bytes.clone();
        bytes.copy_within(list + 42..list + 46, second + 42);
        assert_eq!(Reader::open(&bytes).err(), Some(ArchiveError::Bomb));
    }

    #[test]
    fn a_file_that_is_locked_is_named_so_and_the_others_are_read() {
        let mut bytes = archive(&[("a", b"one"), ("b", b"two")]);
        let list = bytes.windows(4).position(|four| four == b"PK\x01\x02").unwrap();
        bytes[list + 8] |= 1;
        let reader = Reader::open(&bytes).unwrap();
        assert_eq!(reader.read("a"), Err(ArchiveError::Locked));
        assert_eq!(reader.read("b"), Ok(b"two".to_vec()));
    }

    #[test]
    fn what_systems_add_is_left_out() {
        let bytes = archive(&[("__MACOSX/a", b"x"), ("a/.DS_Store", b"x"), ("a/b.md", b"x")]);
        assert_eq!(Reader::open(&bytes).unwrap().files().len(), 1);
    }
}
