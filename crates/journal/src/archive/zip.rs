//! The bytes of a zip archive, as APPNOTE 6.3 has them: a head before each file, and at the end a list of all of them, by which
//! it is read. Large archives (zip64) are read; of what makes one large, only the number of its files is
//! written. Parts, signatures and other packings than deflate are neither read nor written.

use std::ops::Range;

use miniz_oxide::{deflate::compress_to_vec, inflate::decompress_to_vec_with_limit};

use super::ArchiveError;

const FILE: u32 = 0x0403_4b50;
const LISTED: u32 = 0x0201_4b50;
const END: u32 = 0x0605_4b50;
const LARGE_END: u32 = 0x0606_4b50;
const LARGE_END_AT: u32 = 0x0706_4b50;

/// Bytes of each of them, without what varies.
const FILE_BYTES: usize = 30;
const LISTED_BYTES: usize = 46;
const END_BYTES: usize = 22;
const LARGE_END_BYTES: usize = 56;
const LARGE_END_AT_BYTES: usize = 20;

/// Stands where a number is too large for its place and is told elsewhere.
const ELSEWHERE: u64 = 0xffff_ffff;
/// The field in which it is told.
const LARGE: u16 = 1;

const ENCRYPTED: u16 = 1;
const UTF8: u16 = 1 << 11;
const STORED: u16 = 0;
const DEFLATED: u16 = 8;
/// How well words are packed: 6 of 10, as everybody does.
const LEVEL: u8 = 6;
/// 1 January 1980, the first day that an archive knows.
const NO_DAY: u16 = 0x21;
/// A regular file that its owner may change, as Unix says it.
const MODE: u32 = 0o100_644 << 16;
const LINK: u32 = 0o120_000 << 16;
const KIND: u32 = 0o170_000 << 16;

/// A file as the list at the end has it.
#[derive(Clone, Debug)]
pub(super) struct Listed {
    /// Its path as it is written there.
    pub name: String,
    /// Bytes unpacked, as the list says.
    pub size: u64,
    /// Bytes packed.
    pub packed: u64,
    /// Whether it is a link to another.
    pub is_link: bool,
    /// Whether it is locked with a password.
    pub is_locked: bool,
    method: u16,
    checksum: u32,
    /// Where its head begins.
    at: u64,
}

/// How many files an archive lists, and where.
pub(super) struct List {
    pub files: u64,
    at: u64,
    bytes: u64,
}

/// Finds the list.
pub(super) fn list(archive: &[u8]) -> Option<List> {
    // A remark of up to 64 KB may follow.
    let from = archive.len().saturating_sub(END_BYTES + usize::from(u16::MAX));
    let end = (from..=archive.len().checked_sub(END_BYTES)?).rev().find(|&at| {
        let remark = u16_at(archive, at + 20).unwrap_or_default();
        u32_at(archive, at) == Some(END) && at + END_BYTES + usize::from(remark) == archive.len()
    })?;
    let whole = u16_at(archive, end + 4)? == 0 && u16_at(archive, end + 6)? == 0;
    let (files, here) = (u16_at(archive, end + 10)?, u16_at(archive, end + 8)?);
    let (bytes, at) = (u32_at(archive, end + 12)?, u32_at(archive, end + 16)?);
    let list = if files == u16::MAX || u64::from(bytes) == ELSEWHERE || u64::from(at) == ELSEWHERE {
        large_list(archive, end)?
    } else {
        List { files: files.into(), at: at.into(), bytes: bytes.into() }
    };
    (whole && files == here && list.at.checked_add(list.bytes)? <= end as u64).then_some(list)
}

fn large_list(archive: &[u8], end: usize) -> Option<List> {
    let pointer = end.checked_sub(LARGE_END_AT_BYTES)?;
    let large = usize::try_from(u64_at(archive, pointer + 8)?).ok()?;
    let known = u32_at(archive, pointer)? == LARGE_END_AT && u32_at(archive, large)? == LARGE_END;
    let number = |offset: usize| u64_at(archive, large.checked_add(offset)?);
    known.then_some(List { files: number(32)?, bytes: number(40)?, at: number(48)? })
}

/// Reads the list.
pub(super) fn read_list(archive: &[u8], list: &List) -> Option<Vec<Listed>> {
    let from = usize::try_from(list.at).ok()?;
    let mut rest = archive.get(from..from.checked_add(usize::try_from(list.bytes).ok()?)?)?;
    let mut files = Vec::new();
    for _ in 0..list.files {
        if u32_at(rest, 0)? != LISTED {
            return None;
        }
        let flags = u16_at(rest, 8)?;
        let name = LISTED_BYTES..LISTED_BYTES + usize::from(u16_at(rest, 28)?);
        let fields = name.end..name.end + usize::from(u16_at(rest, 30)?);
        let remark = usize::from(u16_at(rest, 32)?);
        let mut file = Listed {
            name: text(rest.get(name)?),
            size: u32_at(rest, 24)?.into(),
            packed: u32_at(rest, 20)?.into(),
            is_link: u32_at(rest, 38)? & KIND == LINK,
            is_locked: flags & ENCRYPTED != 0,
            method: u16_at(rest, 10)?,
            checksum: u32_at(rest, 16)?,
            at: u32_at(rest, 42)?.into(),
        };
        file.take_large(rest.get(fields.clone())?)?;
        files.push(file);
        rest = rest.get(fields.end + remark..)?;
    }
    Some(files)
}

impl Listed {
    /// Takes the numbers that are told in a field of their own, in the order in which they are missing.
    fn take_large(&mut self, mut fields: &[u8]) -> Option<()> {
        while let (Some(kind), Some(bytes)) = (u16_at(fields, 0), u16_at(fields, 2)) {
            let field = fields.get(4..4 + usize::from(bytes))?;
            if kind == LARGE {
                let mut at = 0;
                for number in [&mut self.size, &mut self.packed, &mut self.at] {
                    if *number == ELSEWHERE {
                        *number = u64_at(field, at)?;
                        at += 8;
                    }
                }
            }
            fields = &fields[4 + field.len()..];
        }
        Some(())
    }

    /// Where in the archive its head and its bytes lie: from the head on, and of that its bytes.
    pub fn place(&self, archive: &[u8], list: &List) -> Option<(usize, Range<usize>)> {
        let at = usize::try_from(self.at).ok()?;
        let head = archive.get(at..)?;
        if u32_at(head, 0)? != FILE {
            return None;
        }
        let start = at + FILE_BYTES + usize::from(u16_at(head, 26)?) + usize::from(u16_at(head, 28)?);
        let end = start.checked_add(usize::try_from(self.packed).ok()?)?;
        (end as u64 <= list.at).then_some((at, start..end))
    }

    /// Its bytes, if they are what the list says.
    pub fn unpack(&self, packed: &[u8]) -> Option<Vec<u8>> {
        let size = usize::try_from(self.size).ok()?;
        let bytes = match self.method {
            STORED => packed.to_vec(),
            DEFLATED => decompress_to_vec_with_limit(packed, size).ok()?,
            _ => return None,
        };
        (bytes.len() == size && checksum(&bytes) == self.checksum).then_some(bytes)
    }
}

/// Paths are in UTF-8; what is not, is in the letters of the first PCs.
fn text(name: &[u8]) -> String {
    const LETTERS: &str = "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u{a0}";
    let letter = |byte: &u8| match byte.checked_sub(128) {
        None => char::from(*byte),
        Some(place) => LETTERS.chars().nth(place.into()).unwrap_or('_'),
    };
    std::str::from_utf8(name).map_or_else(|_| name.iter().map(letter).collect(), str::to_owned)
}

/// An archive that is written.
#[derive(Default)]
pub(super) struct Written {
    bytes: Vec<u8>,
    list: Vec<u8>,
    files: u64,
}

impl Written {
    /// Adds a file, packed or as it is.
    ///
    /// # Errors
    /// `NotWritten` for more than 4 GB, or a path of more than 64 KB.
    pub fn add(&mut self, path: &str, bytes: &[u8], pack: bool) -> Result<(), ArchiveError> {
        let small = |number: usize| u32::try_from(number).map_err(|_| ArchiveError::NotWritten);
        let packed = pack.then(|| compress_to_vec(bytes, LEVEL));
        let content = packed.as_deref().unwrap_or(bytes);
        let mut head = Vec::new();
        // What must be able to read it: version 2.0, of which unpacking is all that is new.
        put(&mut head, [20]);
        put(
            &mut head,
            [if path.is_ascii() { 0 } else { UTF8 }, if pack { DEFLATED } else { STORED }, 0, NO_DAY],
        );
        head.extend(checksum(bytes).to_le_bytes());
        head.extend(small(content.len())?.to_le_bytes());
        head.extend(small(bytes.len())?.to_le_bytes());
        put(&mut head, [u16::try_from(path.len()).map_err(|_| ArchiveError::NotWritten)?, 0]);
        let at = small(self.bytes.len())?;

        self.bytes.extend(FILE.to_le_bytes());
        self.bytes.extend(&head);
        self.bytes.extend(path.as_bytes());
        self.bytes.extend(content);

        self.list.extend(LISTED.to_le_bytes());
        // Made on Unix, so that others know what the mode means.
        put(&mut self.list, [3 << 8 | 20]);
        self.list.extend(&head);
        put(&mut self.list, [0, 0, 0]);
        self.list.extend(MODE.to_le_bytes());
        self.list.extend(at.to_le_bytes());
        self.list.extend(path.as_bytes());
        self.files += 1;
        Ok(())
    }

    /// The archive.
    ///
    /// # Errors
    /// `NotWritten` for more than 4 GB.
    pub fn finish(mut self) -> Result<Vec<u8>, ArchiveError> {
        let small = |number: usize| u32::try_from(number).map_err(|_| ArchiveError::NotWritten);
        let (at, bytes) = (small(self.bytes.len())?, small(self.list.len())?);
        let out = &mut self.bytes;
        out.append(&mut self.list);
        let files = u16::try_from(self.files).unwrap_or(u16::MAX);
        if files == u16::MAX {
            let large = out.len() as u64;
            out.extend(LARGE_END.to_le_bytes());
            out.extend((LARGE_END_BYTES as u64 - 12).to_le_bytes());
            put(out, [45, 45, 0, 0, 0, 0]);
            [self.files, self.files, bytes.into(), at.into()]
                .iter()
                .for_each(|n| out.extend(n.to_le_bytes()));
            out.extend(LARGE_END_AT.to_le_bytes());
            put(out, [0, 0]);
            out.extend(large.to_le_bytes());
            out.extend(1u32.to_le_bytes());
        }
        out.extend(END.to_le_bytes());
        put(out, [0, 0, files, files]);
        out.extend(bytes.to_le_bytes());
        out.extend(at.to_le_bytes());
        put(out, [0]);
        Ok(self.bytes)
    }
}

fn put<const N: usize>(out: &mut Vec<u8>, numbers: [u16; N]) {
    numbers.iter().for_each(|number| out.extend(number.to_le_bytes()));
}

fn bytes_at<const N: usize>(bytes: &[u8], at: usize) -> Option<[u8; N]> {
    bytes.get(at..)?.first_chunk().copied()
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    bytes_at(bytes, at).map(u16::from_le_bytes)
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    bytes_at(bytes, at).map(u32::from_le_bytes)
}

fn u64_at(bytes: &[u8], at: usize) -> Option<u64> {
    bytes_at(bytes, at).map(u64::from_le_bytes)
}

/// The CRC-32 of zip, four bits at a time: the usual tables are as large as this whole file.
fn checksum(bytes: &[u8]) -> u32 {
    const STEPS: [u32; 16] = {
        let mut steps = [0; 16];
        let mut at = 0;
        while at < 16 {
            let (mut step, mut bit) = (at as u32, 0);
            while bit < 4 {
                step = step >> 1 ^ if step & 1 == 1 { 0xedb8_8320 } else { 0 };
                bit += 1;
            }
            steps[at] = step;
            at += 1;
        }
        steps
    };
    let step = |sum: u32| sum >> 4 ^ STEPS[(sum & 15) as usize];
    !bytes.iter().fold(!0, |sum, byte| step(step(sum ^ u32::from(*byte))))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::{Cursor, Read, Write};
    use zip::{CompressionMethod, ZipArchive, ZipWriter, write::SimpleFileOptions};

    #[test]
    fn the_checksum_is_that_of_gzip() {
        assert_eq!(checksum(b"123456789"), 0xcbf4_3926);
        assert_eq!(checksum(b""), 0);
    }

    fn files(archive: &[u8]) -> Vec<(String, Vec<u8>)> {
        let list = list(archive).unwrap();
        let all = read_list(archive, &list).unwrap();
        all.iter()
            .map(|file| {
                let (_, place) = file.place(archive, &list).unwrap();
                (file.name.clone(), file.unpack(&archive[place]).unwrap())
            })
            .collect()
    }

    #[test]
    fn what_we_write_is_what_another_reads() {
        let mut written = Written::default();
        let long = b"a line that comes again and again\n".repeat(1000);
        for (name, bytes, pack) in
            [("a/ä.md", &long[..], true), ("b.webp", &[0, 1, 2], false), ("empty", b"", true)]
        {
            written.add(name, bytes, pack).unwrap();
        }
        let bytes = written.finish().unwrap();
        let mut archive = ZipArchive::new(Cursor::new(&bytes)).unwrap();
        assert_eq!(archive.len(), 3);
        for (name, expected) in [("a/ä.md", &long[..]), ("b.webp", &[0, 1, 2]), ("empty", b"")] {
            let mut read = Vec::new();
            let mut file = archive.by_name(name).unwrap();
            assert_eq!(file.unix_mode(), Some(0o100_644));
            file.read_to_end(&mut read).unwrap();
            assert_eq!(read, expected, "{name}");
        }
        assert_eq!(files(&bytes).len(), 3);
    }

    #[test]
    fn what_another_writes_is_what_we_read() {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        let plain = SimpleFileOptions::default();
        writer.start_file("ä/a.json", plain).unwrap();
        writer.write_all(&[b' '; 5000]).unwrap();
        writer.start_file("b", plain.compression_method(CompressionMethod::Stored).large_file(true)).unwrap();
        writer.write_all(b"as it is").unwrap();
        writer.add_symlink("c", "b", plain).unwrap();
        writer.set_comment("a remark").unwrap();
        let bytes = writer.finish().unwrap().into_inner();
        let read = files(&bytes);
        assert_eq!(read[0], ("ä/a.json".to_owned(), vec![b' '; 5000]));
        assert_eq!(read[1], ("b".to_owned(), b"as it is".to_vec()));
        let list = list(&bytes).unwrap();
        let links: Vec<bool> = read_list(&bytes, &list).unwrap().iter().map(|file| file.is_link).collect();
        assert_eq!(links, [false, false, true]);
    }

    #[test]
    fn more_files_than_an_old_archive_can_list_are_listed() {
        let mut written = Written::default();
        for number in 0..70_000 {
            written.add(&number.to_string(), b"", false).unwrap();
        }
        let bytes = written.finish().unwrap();
        assert_eq!(ZipArchive::new(Cursor::new(&bytes)).unwrap().len(), 70_000);
        assert_eq!(list(&bytes).unwrap().files, 70_000);
        assert_eq!(files(&bytes).len(), 70_000);
    }

    #[test]
    fn a_name_of_an_old_computer_is_read_in_its_letters() {
        assert_eq!(text(b"F\x81\xe1e.md"), "Füße.md");
        assert_eq!(text(b"\xff"), "\u{a0}");
        assert_eq!(text("Füße".as_bytes()), "Füße");
    }

    #[test]
    fn a_byte_that_is_turned_is_noticed() {
        let mut written = Written::default();
        written.add("a", b"words", false).unwrap();
        let mut bytes = written.finish().unwrap();
        bytes[FILE_BYTES + 2] ^= 1;
        let list = list(&bytes).unwrap();
        let file = &read_list(&bytes, &list).unwrap()[0];
        let (_, place) = file.place(&bytes, &list).unwrap();
        assert_eq!(file.unpack(&bytes[place]), None);
    }
}
