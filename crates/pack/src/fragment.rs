//! A pack as the fragment of a link, and back. `docs/PACK-FORMAT.md` names every byte.
//!
//! Reading trusts nothing: every step is checked, nothing is allocated on a promise, and of all ways to write a pack one is
//! accepted, but for the deflate stream, which its makers may choose.

use base64::{
    Engine as _, alphabet,
    engine::{
        DecodePaddingMode,
        general_purpose::{GeneralPurpose, GeneralPurposeConfig},
    },
};
use miniz_oxide::{deflate, inflate};

use crate::{
    ArticleId, Day, Depth, Error, Item, LONGEST_NOTE, MOST_ITEMS, MOST_SECTIONS, Pack, SectionId,
    checksum::crc32, tidy,
};

/// Stands before the coded bytes.
const VERSION: &str = "v1.";
/// The longest fragment that is looked at, in bytes. The largest pack takes less than 3,700.
const LONGEST: usize = 4096;
/// What the largest pack takes before it is coded: flags, day, count; items and sections; four bytes a letter of the note.
const LARGEST: usize = 4 + MOST_ITEMS * (5 + 3 * MOST_SECTIONS) + 4 * LONGEST_NOTE;

/// The body stands as it is.
const STORED: u8 = 0;
/// The body is deflated (RFC 1951). miniz_oxide is 9 KB of the client in Brotli, both ways together; a note of 300
/// characters gets shorter by a third, which is a size of QR code.
const DEFLATED: u8 = 1;
/// The compressor's last step: there is little to compress.
const HARDEST: u8 = 10;

const LARGE_TYPE: u8 = 1;
const HAS_VISIT: u8 = 2;
const HAS_NOTE: u8 = 4;

const SECTIONS: u8 = 0b0001_1111;
const FULL: u8 = 0b0010_0000;

/// Base64 for addresses. Bits behind the last byte are looked at by us, after a link that was cut off has been told
/// from one that was changed.
const CODE: GeneralPurpose = GeneralPurpose::new(
    &alphabet::URL_SAFE,
    GeneralPurposeConfig::new()
        .with_encode_padding(false)
        .with_decode_padding_mode(DecodePaddingMode::RequireNone)
        .with_decode_allow_trailing_bits(true),
);

/// The fragment of a pack, without `#`: the same for the same pack. Its note is made [tidy].
///
/// # Errors
/// [`Error::Empty`] without an item, [`Error::TooLarge`] beyond a limit, [`Error::Garbled`] for a section named twice.
pub fn encode(pack: &Pack) -> Result<String, Error> {
    let body = body(pack)?;
    let deflated = deflate::compress_to_vec(&body, HARDEST);
    let (form, data) = if deflated.len() < body.len() { (DEFLATED, deflated) } else { (STORED, body) };
    let mut rest = vec![form];
    // Two bytes of seven bits hold every length that can be.
    match u8::try_from(data.len()) {
        Ok(length @ ..0x80) => rest.push(length),
        _ => rest.extend([(data.len() & 0x7f) as u8 | 0x80, (data.len() >> 7) as u8]),
    }
    rest.extend(data);
    let mut bytes = crc32(&rest).to_be_bytes().to_vec();
    bytes.extend(rest);
    let fragment = VERSION.to_owned() + &CODE.encode(bytes);
    if fragment.len() > LONGEST { Err(Error::TooLarge("more")) } else { Ok(fragment) }
}

/// The pack in a fragment, without `#`.
///
/// # Errors
/// See [`Error`]; a fragment is told to be cut off before it is told to be changed.
pub fn decode(fragment: &str) -> Result<Pack, Error> {
    let coded = versioned(fragment)?;
    if fragment.len() > LONGEST {
        return Err(Error::TooLarge("more"));
    }
    let bytes = match CODE.decode(coded) {
        Ok(bytes) => bytes,
        // One letter alone is no byte: the rest of it is missing.
        Err(base64::DecodeError::InvalidLength(_)) => return Err(Error::Truncated),
        Err(_) => return Err(Error::Garbled("a letter is not of the alphabet")),
    };
    let mut reader = Reader(&bytes);
    let sum = u32::from_be_bytes(reader.array()?);
    let rest = reader.0;
    let form = reader.byte()?;
    let length = reader.length()?;
    let data = reader.0;
    if data.len() < length {
        return Err(Error::Truncated);
    }
    if data.len() > length {
        return Err(Error::Garbled("something was added at its end"));
    }
    if crc32(rest) != sum {
        return Err(Error::Garbled("its checksum does not fit"));
    }
    if CODE.encode(&bytes) != coded {
        return Err(Error::Garbled("it is not in its one form"));
    }
    match form {
        STORED => read(data),
        DEFLATED => {
            let body =
                inflate::decompress_to_vec_with_limit(data, LARGEST).map_err(|error| match error.status {
                    inflate::TINFLStatus::HasMoreOutput => Error::TooLarge("more"),
                    _ => Error::Garbled("it cannot be inflated"),
                })?;
            if body.len() <= data.len() {
                return Err(Error::Garbled("it is deflated for nothing"));
            }
            read(&body)
        }
        _ => Err(Error::Garbled("its form is unknown")),
    }
}

/// What stands behind the mark of this version.
fn versioned(fragment: &str) -> Result<&str, Error> {
    if let Some(coded) = fragment.strip_prefix(VERSION) {
        return Ok(coded);
    }
    // Of a link cut off within the mark there is too little to tell whose it was.
    let (version, _) =
        fragment.strip_prefix('v').and_then(|rest| rest.split_once('.')).ok_or(Error::Foreign)?;
    let plain = (1..=6).contains(&version.len()) && version.bytes().all(|byte| byte.is_ascii_digit());
    match version.parse() {
        Ok(version @ 2..) if plain && !fragment.starts_with("v0") => Err(Error::Newer(version)),
        _ => Err(Error::Foreign),
    }
}

fn body(pack: &Pack) -> Result<Vec<u8>, Error> {
    let note = tidy(&pack.note);
    if pack.items.is_empty() {
        return Err(Error::Empty);
    }
    if pack.items.len() > MOST_ITEMS {
        return Err(Error::TooLarge("more passages"));
    }
    if note.chars().count() > LONGEST_NOTE {
        return Err(Error::TooLarge("a longer note"));
    }
    let flag = |set: bool, flag: u8| if set { flag } else { 0 };
    let mut body = vec![
        flag(pack.large, LARGE_TYPE)
            | flag(pack.visit.is_some(), HAS_VISIT)
            | flag(!note.is_empty(), HAS_NOTE),
    ];
    if let Some(visit) = pack.visit {
        body.extend(visit.bits().to_be_bytes());
    }
    body.push(pack.items.len() as u8);
    for item in &pack.items {
        if item.sections.len() > MOST_SECTIONS {
            return Err(Error::TooLarge("more sections"));
        }
        each_once(&item.sections)?;
        body.push(item.sections.len() as u8 | flag(item.depth == Depth::Full, FULL));
        body.extend(item.article.0);
        body.extend(item.sections.iter().flat_map(|section| section.0));
    }
    body.extend(note.as_bytes());
    Ok(body)
}

fn read(body: &[u8]) -> Result<Pack, Error> {
    let mut reader = Reader(body);
    let flags = reader.byte().map_err(short)?;
    if flags & !(LARGE_TYPE | HAS_VISIT | HAS_NOTE) != 0 {
        return Err(Error::Garbled("a flag is unknown"));
    }
    let visit = if flags & HAS_VISIT == 0 {
        None
    } else {
        let bits = u16::from_be_bytes(reader.array().map_err(short)?);
        Some(Day::from_bits(bits).ok_or(Error::Garbled("there is no such day"))?)
    };
    let count = usize::from(reader.byte().map_err(short)?);
    match count {
        0 => return Err(Error::Empty),
        1..=MOST_ITEMS => {}
        _ => return Err(Error::TooLarge("more passages")),
    }
    let mut items = Vec::with_capacity(count);
    for _ in 0..count {
        items.push(item(&mut reader)?);
    }
    let note = std::str::from_utf8(reader.0).map_err(|_| Error::Garbled("its note is no text"))?;
    if note.is_empty() != (flags & HAS_NOTE == 0) {
        return Err(Error::Garbled("its note is not where it should be"));
    }
    if note.chars().count() > LONGEST_NOTE {
        return Err(Error::TooLarge("a longer note"));
    }
    if tidy(note) != note {
        return Err(Error::Garbled("its note is not in its one form"));
    }
    Ok(Pack { items, note: note.to_owned(), large: flags & LARGE_TYPE != 0, visit })
}

fn item(reader: &mut Reader<'_>) -> Result<Item, Error> {
    let head = reader.byte().map_err(short)?;
    if head & !(SECTIONS | FULL) != 0 {
        return Err(Error::Garbled("a flag is unknown"));
    }
    let article = ArticleId(reader.array().map_err(short)?);
    let mut sections = Vec::with_capacity(usize::from(head & SECTIONS));
    for _ in 0..head & SECTIONS {
        sections.push(SectionId(reader.array().map_err(short)?));
    }
    each_once(&sections)?;
    let depth = if head & FULL == 0 { Depth::Short } else { Depth::Full };
    Ok(Item { article, sections, depth })
}

fn each_once(sections: &[SectionId]) -> Result<(), Error> {
    let twice = sections.iter().enumerate().any(|(at, section)| sections[..at].contains(section));
    if twice { Err(Error::Garbled("a section is named twice")) } else { Ok(()) }
}

/// A body whose checksum fits and that ends too early was not cut off: it was made so.
fn short(_: Error) -> Error {
    Error::Garbled("it ends too early")
}

/// Reads from the front.
struct Reader<'b>(&'b [u8]);

impl Reader<'_> {
    fn array<const N: usize>(&mut self) -> Result<[u8; N], Error> {
        let (array, rest) = self.0.split_first_chunk().ok_or(Error::Truncated)?;
        self.0 = rest;
        Ok(*array)
    }

    fn byte(&mut self) -> Result<u8, Error> {
        self.array().map(|[byte]| byte)
    }

    /// One byte, or two of which the first has its high bit set; in as few as it needs.
    fn length(&mut self) -> Result<usize, Error> {
        let low = self.byte()?;
        if low < 0x80 {
            return Ok(low.into());
        }
        match self.byte()? {
            high @ 1..0x80 => Ok(usize::from(low & 0x7f) | usize::from(high) << 7),
            _ => Err(Error::Garbled("its length is no length")),
        }
    }
}
