//! A pack as the fragment of a link, and back. `docs/PACK-FORMAT.md` names every byte.
//!
//! Reading trusts nothing: every step is checked, nothing is allocated on a promise, and of all ways to write a pack one is
//! accepted; only the stream of a deflated note is its maker's choice.

use miniz_oxide::{
    deflate,
    inflate::{self, TINFLStatus},
};

use crate::{
    ArticleId, Day, Depth, Error, Item, LONGEST_NOTE, MOST_ITEMS, MOST_SECTIONS, Pack, SectionId, base64url,
    checksum::crc32, tidy,
};

/// Stands before the coded bytes.
const VERSION: &str = "v1.";
/// The longest fragment that is looked at or written, in bytes.
const LONGEST: usize = 4096;
/// What the longest note takes in UTF-8, in bytes.
const LARGEST_NOTE: usize = 4 * LONGEST_NOTE;

/// The compressor's last step: there is little to compress.
const HARDEST: u8 = 10;

const LARGE_TYPE: u8 = 1;
const HAS_VISIT: u8 = 2;
const PLAIN_NOTE: u8 = 4;
/// The note is deflated (RFC 1951), which makes 200 letters of English a third shorter: one or two sizes of QR code. Ids are
/// not, because they would only get longer.
const DEFLATED_NOTE: u8 = 8;

const SECTIONS: u8 = 0b0001_1111;
const FULL: u8 = 0b0010_0000;

/// The fragment of a pack, without `#`: the same for the same pack. Its note is made [tidy].
///
/// # Errors
/// [`Error::Empty`] without an item, [`Error::TooLarge`] beyond a limit, [`Error::Garbled`] for a section named twice.
pub fn encode(pack: &Pack) -> Result<String, Error> {
    let body = body(pack)?;
    // Two bytes of seven bits hold every length that can be.
    let mut rest = match u8::try_from(body.len()) {
        Ok(length @ ..0x80) => vec![length],
        _ => vec![(body.len() & 0x7f) as u8 | 0x80, (body.len() >> 7) as u8],
    };
    rest.extend(body);
    let mut bytes = crc32(&rest).to_be_bytes().to_vec();
    bytes.extend(rest);
    let fragment = VERSION.to_owned() + &base64url::encode(&bytes);
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
    // One letter alone is no byte: what stands before it says whether it is the start of more.
    let whole = coded.len() - usize::from(coded.len() % 4 == 1);
    let letters = coded.get(..whole).and_then(base64url::decode);
    let bytes = letters.ok_or(Error::Garbled("a letter is not of the alphabet"))?;
    let mut reader = Reader(&bytes);
    let sum = u32::from_be_bytes(reader.array()?);
    let rest = reader.0;
    let length = reader.length()?;
    let body = reader.0;
    if body.len() < length {
        return Err(Error::Truncated);
    }
    if body.len() > length {
        return Err(Error::Garbled("something was added at its end"));
    }
    if crc32(rest) != sum {
        return Err(Error::Garbled("its checksum does not fit"));
    }
    if base64url::encode(&bytes) != coded {
        return Err(Error::Garbled("it is not in its one form"));
    }
    read(body)
}

/// A fragment without what came behind its last letter on the way: programs that make links of addresses take a full stop or a
/// bracket of the text around for a part of them, and browsers write some of these as `%20` or `%3E`.
pub fn trimmed(fragment: &str) -> &str {
    let Some(dot) = fragment.find('.') else { return fragment };
    let mut rest = fragment;
    loop {
        let escaped =
            rest.len().checked_sub(3).and_then(|at| rest.split_at_checked(at)).filter(|(_, end)| {
                end.strip_prefix('%').is_some_and(|hex| hex.bytes().all(|byte| byte.is_ascii_hexdigit()))
            });
        let foreign = |c: char| !c.is_ascii_alphanumeric() && c != '-' && c != '_';
        match escaped.map(|(before, _)| before).or_else(|| rest.strip_suffix(foreign)) {
            Some(shorter) if shorter.len() > dot => rest = shorter,
            _ => return rest,
        }
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
    let deflated = deflate::compress_to_vec(note.as_bytes(), HARDEST);
    let (note, kind) = match deflated.len() < note.len() {
        true => (deflated.as_slice(), DEFLATED_NOTE),
        false => (note.as_bytes(), flag(!note.is_empty(), PLAIN_NOTE)),
    };
    let mut body = vec![flag(pack.large, LARGE_TYPE) | flag(pack.visit.is_some(), HAS_VISIT) | kind];
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
    body.extend(note);
    Ok(body)
}

fn read(body: &[u8]) -> Result<Pack, Error> {
    let mut reader = Reader(body);
    let flags = reader.byte().map_err(short)?;
    if flags & !(LARGE_TYPE | HAS_VISIT | PLAIN_NOTE | DEFLATED_NOTE) != 0 {
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
    let note = note(reader.0, flags)?;
    Ok(Pack { items, note, large: flags & LARGE_TYPE != 0, visit })
}

/// The note, which is all that is left.
fn note(rest: &[u8], flags: u8) -> Result<String, Error> {
    let inflated;
    let bytes = match flags & (PLAIN_NOTE | DEFLATED_NOTE) {
        0 if rest.is_empty() => return Ok(String::new()),
        PLAIN_NOTE if !rest.is_empty() => rest,
        DEFLATED_NOTE => {
            inflated = inflate(rest)?;
            &inflated
        }
        _ => return Err(Error::Garbled("its note is not where it should be")),
    };
    let note = std::str::from_utf8(bytes).map_err(|_| Error::Garbled("its note is no text"))?;
    if note.chars().count() > LONGEST_NOTE {
        return Err(Error::TooLarge("a longer note"));
    }
    if tidy(note) != note {
        return Err(Error::Garbled("its note is not in its one form"));
    }
    Ok(note.to_owned())
}

/// A whole deflate stream with nothing behind it, which must have made the note shorter.
fn inflate(bytes: &[u8]) -> Result<Vec<u8>, Error> {
    use inflate::core::{
        DecompressorOxide, decompress, inflate_flags::TINFL_FLAG_USING_NON_WRAPPING_OUTPUT_BUF,
    };
    let mut note = vec![0; LARGEST_NOTE];
    let (status, read, written) = decompress(
        &mut DecompressorOxide::new(),
        bytes,
        &mut note,
        0,
        TINFL_FLAG_USING_NON_WRAPPING_OUTPUT_BUF,
    );
    match status {
        TINFLStatus::Done if read == bytes.len() && written > read => {
            note.truncate(written);
            Ok(note)
        }
        TINFLStatus::HasMoreOutput => Err(Error::TooLarge("a longer note")),
        _ => Err(Error::Garbled("its note cannot be inflated")),
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_text_around_a_link_left_at_its_end_is_taken_away() {
        let link = "v1.c4yUcQcAASDrhyVV";
        for end in ["", ".", ")", ").", "%20", "%3E", "%C2%A0", "”", ",%20", "%3E%20)", "…", "\u{200b}"] {
            assert_eq!(trimmed(&format!("{link}{end}")), link, "{end}");
        }
    }

    #[test]
    fn nothing_is_taken_away_that_a_pack_could_be_of() {
        for link in ["", "v1.", "v1.A-", "v1.A_", "section-3", "q=sleep)", "v1.A)B", "v1.A%2", "v1"] {
            assert_eq!(trimmed(link), link);
        }
        assert_eq!(trimmed("v1.."), "v1.");
        assert_eq!(trimmed("v1.%20"), "v1.");
    }
}
