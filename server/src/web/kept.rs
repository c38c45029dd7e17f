//! Pages that were rendered before, ready to be sent again.
//!
//! A page follows from the library, the day and its address; between two answers only the nonce differs. So the
//! page is kept without its nonce, as it is and in Brotli, until the library or the day changes. The Brotli has a
//! gap as well: the encoder is made to leave the nonce's place uncoded, and before its first use each proves that
//! filling it gives the page.
//!
//! What is kept says nothing about who has read it; [`LARGEST`] bounds it.

use std::{
    collections::HashMap,
    io::{Read as _, Write as _},
    sync::{
        Arc, Mutex, OnceLock, Weak,
        atomic::{AtomicU32, Ordering},
    },
};

use axum::http::HeaderValue;
use jiff::civil::Date;

use super::{conditional, nonce::Nonce};
use crate::library::Edition;

/// The most that all kept pages take, in bytes: a thousand articles, about.
const LARGEST: usize = 32 * 1024 * 1024;
/// The highest: done once for many answers, so it may take a hundred times longer than what is done for each.
const QUALITY: u32 = 11;
/// Only a page that is asked for again is worth that. Who reads one after the other, as search engines do, pays
/// for none.
const WORTH_IT: u32 = 2;
/// Distances of up to 2^18 bytes: most pages are shorter.
const WINDOW: u32 = 18;
/// Stands in for the nonce while the page is compressed. So many different bytes cost more coded than uncoded.
/// It ends like a nonce, because the encoder chooses the code of a byte by the two bytes before it.
const GAP: &[u8; Nonce::LENGTH] =
    b"\xf3\x91\x1c\xc7\x5b\xe8\x86\x0f\xb2\x47\xda\x9d\x13\xfe\x68\xa5\x02\xcd\x7b\x94\xef\x35==";

/// The pages that are kept now.
#[derive(Default)]
pub struct Kept(Mutex<Pages>);

#[derive(Default)]
struct Pages {
    /// What they were made from. Held weakly, so that an old library does not live on in here.
    of: Option<(Weak<Edition>, Date)>,
    by_address: HashMap<String, Arc<Ready>>,
    bytes: usize,
}

/// A page that wants only its nonce.
pub struct Ready {
    html: Gapped,
    validator: HeaderValue,
    /// Made when it has been asked for [`WORTH_IT`] times; `None` where the gap could not be had.
    brotli: OnceLock<Option<Gapped>>,
    asked: AtomicU32,
}

/// Bytes and the place of the nonce in them.
struct Gapped {
    bytes: Vec<u8>,
    gap: usize,
}

impl Kept {
    /// The page of an address, if it was kept from this library on this day.
    pub fn get(&self, edition: &Arc<Edition>, day: Date, address: &str) -> Option<Arc<Ready>> {
        self.pages(edition, day).by_address.get(address).cloned()
    }

    /// Keeps a page. Where there is no more room, all others go: the next readers bring back what is read.
    pub fn keep(&self, edition: &Arc<Edition>, day: Date, address: &str, page: Arc<Ready>) {
        let mut pages = self.pages(edition, day);
        // With as much again for what the Brotli will take; it takes a third.
        let bytes = address.len() + page.html.bytes.len() * 4 / 3;
        if pages.bytes + bytes > LARGEST {
            pages.by_address.clear();
            pages.bytes = 0;
        }
        if pages.by_address.insert(address.to_owned(), page).is_none() {
            pages.bytes += bytes;
        }
    }

    /// What is kept, without what is out of date.
    fn pages(&self, edition: &Arc<Edition>, day: Date) -> std::sync::MutexGuard<'_, Pages> {
        // Whoever panicked has left whole pages, or none.
        let mut pages = self.0.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        let current = pages.of.as_ref().is_some_and(|(known, of_day)| {
            *of_day == day && std::ptr::eq(known.as_ptr(), Arc::as_ptr(edition))
        });
        if !current {
            *pages = Pages { of: Some((Arc::downgrade(edition), day)), ..Pages::default() };
        }
        pages
    }
}

impl Ready {
    /// Takes a page that was rendered with a nonce; `None` if the nonce is not in it exactly once.
    pub fn new(html: &str, nonce: &Nonce) -> Option<Self> {
        let gap = only(html.as_bytes(), nonce.as_str().as_bytes())?;
        let validator = conditional::validator(html, Some(nonce.as_str()));
        Some(Self {
            html: Gapped { bytes: html.as_bytes().to_vec(), gap },
            validator,
            brotli: OnceLock::new(),
            asked: AtomicU32::new(0),
        })
    }

    /// Names the page without its nonce.
    pub fn validator(&self) -> &HeaderValue {
        &self.validator
    }

    /// The page.
    pub fn html(&self, nonce: &Nonce) -> Vec<u8> {
        self.html.filled(nonce)
    }

    /// The page in Brotli, once that is there. Asking for it again has it made, on a thread that may be slow.
    pub fn brotli(self: &Arc<Self>, nonce: &Nonce) -> Option<Vec<u8>> {
        if let Some(made) = self.brotli.get() {
            return made.as_ref().map(|gapped| gapped.filled(nonce));
        }
        if self.asked.fetch_add(1, Ordering::Relaxed) + 1 == WORTH_IT {
            let page = self.clone();
            tokio::task::spawn_blocking(move || page.compress());
        }
        None
    }

    fn compress(&self) {
        self.brotli.get_or_init(|| self.html.in_brotli());
    }
}

impl Gapped {
    fn filled(&self, nonce: &Nonce) -> Vec<u8> {
        let mut bytes = self.bytes.clone();
        bytes[self.gap..self.gap + Nonce::LENGTH].copy_from_slice(nonce.as_str().as_bytes());
        bytes
    }

    fn in_brotli(&self) -> Option<Self> {
        let (before, after) = (&self.bytes[..self.gap], &self.bytes[self.gap + Nonce::LENGTH..]);
        let mut bytes = Vec::new();
        let mut encoder = brotli::CompressorWriter::new(&mut bytes, 4096, QUALITY, WINDOW);
        for part in [before, GAP.as_slice(), after] {
            // Flushing ends the block, so the gap is a block of its own.
            encoder.write_all(part).and_then(|()| encoder.flush()).ok()?;
        }
        drop(encoder);
        let gap = only(&bytes, GAP)?;
        let gapped = Self { bytes, gap };
        let nonce = Nonce::new();
        (decoded(&gapped.filled(&nonce))? == self.filled(&nonce)).then_some(gapped)
    }
}

fn decoded(brotli: &[u8]) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    brotli::Decompressor::new(brotli, 4096).read_to_end(&mut bytes).ok()?;
    Some(bytes)
}

/// Where a part is, if it is there once.
fn only(bytes: &[u8], part: &[u8]) -> Option<usize> {
    let mut places = bytes.windows(part.len()).enumerate().filter(|(_, window)| *window == part);
    match (places.next(), places.next()) {
        (Some((place, _)), None) => Some(place),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(nonce: &Nonce, words: usize) -> String {
        let body: String = (0..words).map(|word| format!("<p>word {word} of many words</p>")).collect();
        format!("<head><meta charset=utf-8><script nonce=\"{}\">run()</script></head>{body}", nonce.as_str())
    }

    #[test]
    fn a_kept_page_is_the_page_with_another_nonce() {
        let (first, second) = (Nonce::new(), Nonce::new());
        for words in [1, 50, 5000] {
            let ready = Arc::new(Ready::new(&page(&first, words), &first).unwrap());
            ready.compress();
            assert_eq!(ready.html(&second), page(&second, words).as_bytes());
            let brotli = ready.brotli(&second).expect("the gap stays uncoded");
            assert_eq!(decoded(&brotli).unwrap(), page(&second, words).as_bytes());
            assert_eq!(
                ready.validator(),
                &conditional::validator(&page(&second, words), Some(second.as_str()))
            );
        }
    }

    #[test]
    fn a_page_without_its_nonce_or_with_two_is_not_kept() {
        let nonce = Nonce::new();
        assert!(Ready::new("<p>words</p>", &nonce).is_none());
        assert!(Ready::new(&page(&nonce, 1).repeat(2), &nonce).is_none());
    }

    fn edition() -> Arc<Edition> {
        let folder = tempfile::tempdir().unwrap();
        let clock: crate::library::Clock = Arc::new(|| jiff::Timestamp::UNIX_EPOCH);
        crate::library::Shelf::open(folder.path(), false, clock).unwrap().0.current()
    }

    #[test]
    fn a_new_library_and_a_new_day_begin_with_nothing() {
        let (edition, day) = (edition(), jiff::civil::date(2026, 1, 1));
        let (kept, nonce) = (Kept::default(), Nonce::new());
        let ready = Arc::new(Ready::new(&page(&nonce, 9), &nonce).unwrap());
        kept.keep(&edition, day, "/a", ready.clone());
        assert!(kept.get(&edition, day, "/a").is_some());
        assert!(kept.get(&edition, day, "/b").is_none());
        assert!(kept.get(&edition, day.tomorrow().unwrap(), "/a").is_none());
        kept.keep(&edition, day, "/a", ready);
        assert!(kept.get(&self::edition(), day, "/a").is_none());
    }

    #[test]
    fn what_is_kept_has_a_bound() {
        let (edition, day) = (edition(), jiff::civil::date(2026, 1, 1));
        let (kept, nonce) = (Kept::default(), Nonce::new());
        let ready = Arc::new(Ready::new(&page(&nonce, 100_000), &nonce).unwrap());
        for number in 0..40 {
            kept.keep(&edition, day, &format!("/{number}"), ready.clone());
            assert!(kept.pages(&edition, day).bytes <= LARGEST);
        }
        assert!(kept.get(&edition, day, "/39").is_some());
        assert!(kept.get(&edition, day, "/0").is_none());
    }
}
