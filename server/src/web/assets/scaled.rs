//! Pictures of the content folder in the width that a page has room for, as WebP.
//!
//! What comes out is kept in memory up to [`ROOM`]; what cannot be scaled, or would not be smaller, is given
//! as it is. Pictures come from whoever may write to the content folder, so a broken one is expected and an
//! enormous one is left alone.

use std::{fs, io, io::Cursor, path::PathBuf, sync::Arc, time::SystemTime};

use axum::{
    body::Bytes,
    http::{HeaderMap, HeaderValue, header},
};
use image::{
    DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits,
    codecs::{png::PngDecoder, webp::WebPDecoder},
    imageops::FilterType,
};
use moxcms::{ColorProfile, Layout, TransformOptions};
use quick_cache::{Weighter, sync::Cache};
use tokio::sync::Semaphore;
use webp::Encoder;

use crate::web::conditional;

/// The most that all kept pictures take, in bytes.
const ROOM: u64 = 32 * 1024 * 1024;
/// Pictures that are scaled at the same time: each may take [`DECODED`] bytes and a processor.
const AT_ONCE: usize = 2;
/// The longest file that is read to be scaled.
const LONGEST: u64 = 32 * 1024 * 1024;
/// The most pixels that a picture may have to be scaled, and the most bytes once it is decoded.
const PIXELS: u64 = 40_000_000;
const DECODED: u64 = 4 * PIXELS;
/// Where WebP is hard to tell from the original.
const QUALITY: f32 = 78.0;

/// Pictures that were scaled before, and the turns of those that are being scaled.
pub struct Scaled {
    kept: Cache<Wanted, Answer, Weight>,
    turns: Arc<Semaphore>,
}

/// One picture in one width, as the file is now.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Wanted {
    file: PathBuf,
    width: u32,
    length: u64,
    modified: Option<SystemTime>,
}

/// `None`: the original serves better.
type Answer = Option<Bytes>;

#[derive(Clone)]
struct Weight;

impl Weighter<Wanted, Answer> for Weight {
    fn weight(&self, wanted: &Wanted, answer: &Answer) -> u64 {
        // About what an entry takes without its bytes.
        let entry = 128 + wanted.file.as_os_str().len();
        (entry + answer.as_ref().map_or(0, Bytes::len)) as u64
    }
}

impl Default for Scaled {
    fn default() -> Self {
        Self { kept: Cache::with_weighter(256, ROOM, Weight), turns: Arc::new(Semaphore::new(AT_ONCE)) }
    }
}

impl Wanted {
    /// Looks at the file, so that a changed one is another picture.
    pub async fn new(file: PathBuf, width: u32) -> io::Result<Self> {
        let metadata = tokio::fs::metadata(&file).await?;
        Ok(Self { file, width, length: metadata.len(), modified: metadata.modified().ok() })
    }

    /// Changes with the file. Known without scaling.
    pub fn validator(&self) -> HeaderValue {
        conditional::validator(&format!("{self:?} {QUALITY}"), None)
    }
}

impl Scaled {
    /// The picture in the wanted width, or `None` where the original is to be given.
    pub async fn get(self: &Arc<Self>, wanted: Wanted) -> Option<Bytes> {
        if let Some(answer) = self.kept.get(&wanted) {
            return answer;
        }
        let turn = self.turns.clone().acquire_owned().await.ok()?;
        let (this, asked) = (self.clone(), wanted.clone());
        // Who asked may be gone before it is done. The next one finds it, and the turn lasts until then.
        let work = tokio::task::spawn_blocking(move || {
            let _turn = turn;
            // Another may have asked for the same while we waited.
            if let Some(answer) = this.kept.get(&wanted) {
                return answer;
            }
            let answer = scale(&wanted).map(Bytes::from);
            this.kept.insert(wanted, answer.clone());
            answer
        });
        work.await.unwrap_or_else(|_panic| {
            // A decoder that panics on a file will do so again.
            self.kept.insert(asked, None);
            None
        })
    }
}

/// Whether who asks takes WebP. Browsers that do say so by name.
pub fn takes_webp(asked: &HeaderMap) -> bool {
    asked
        .get_all(header::ACCEPT)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .any(|kind| kind.split(';').next().is_some_and(|kind| kind.trim() == "image/webp"))
}

/// The picture as WebP, no wider than wanted, if it can be had and is smaller than the file.
fn scale(wanted: &Wanted) -> Option<Vec<u8>> {
    if wanted.length > LONGEST {
        return None;
    }
    let file = fs::read(&wanted.file).ok()?;
    let (picture, format, profile) = decode(&file)?;
    let wider = picture.width() > wanted.width;
    if format == ImageFormat::WebP && !wider {
        return None;
    }
    let picture = if wider {
        let height = u64::from(picture.height()) * u64::from(wanted.width) / u64::from(picture.width());
        // Within the height of the original, which is a `u32`.
        picture.resize_exact(wanted.width, u32::try_from(height).ok()?.max(1), FilterType::CatmullRom)
    } else {
        picture
    };
    let webp = encode(&picture, format == ImageFormat::Png, profile.as_deref())?;
    (webp.len() < file.len()).then_some(webp)
}

/// The picture upright, with the colour profile that came with it.
fn decode(file: &[u8]) -> Option<(DynamicImage, ImageFormat, Option<Vec<u8>>)> {
    let mut reader = ImageReader::new(Cursor::new(file)).with_guessed_format().ok()?;
    let format = reader.format()?;
    let moving = match format {
        ImageFormat::Png => PngDecoder::new(Cursor::new(file)).and_then(|decoder| decoder.is_apng()).ok()?,
        ImageFormat::WebP => WebPDecoder::new(Cursor::new(file)).ok()?.has_animation(),
        _ => false,
    };
    if moving {
        return None;
    }
    let mut limits = Limits::default();
    limits.max_alloc = Some(DECODED);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().ok()?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > PIXELS || decoder.total_bytes() > DECODED {
        return None;
    }
    let orientation = decoder.orientation().ok()?;
    let profile = decoder.icc_profile().ok().flatten();
    let mut picture = DynamicImage::from_decoder(decoder).ok()?;
    picture.apply_orientation(orientation);
    Some((picture, format, profile))
}

/// Colours as the web takes them for granted: the WebP has no profile, and a telephone's photograph has one
/// without which it looks dull. A profile that does not fit the picture is left aside.
fn as_srgb(pixels: &[u8], layout: Layout, profile: &[u8]) -> Option<Vec<u8>> {
    let profile = ColorProfile::new_from_slice(profile).ok()?;
    let mut out = vec![0; pixels.len()];
    profile
        .create_transform_8bit(layout, &ColorProfile::new_srgb(), layout, TransformOptions::default())
        .and_then(|transform| transform.transform(pixels, &mut out))
        .ok()?;
    Some(out)
}

/// Drawings, which are often PNG, are smaller and sharper without loss; the smaller of both is taken.
fn encode(picture: &DynamicImage, perhaps_drawn: bool, profile: Option<&[u8]>) -> Option<Vec<u8>> {
    let (width, height) = (picture.width(), picture.height());
    let (pixels, layout) = if picture.color().has_alpha() {
        (picture.to_rgba8().into_raw(), Layout::Rgba)
    } else {
        (picture.to_rgb8().into_raw(), Layout::Rgb)
    };
    let pixels = profile.and_then(|profile| as_srgb(&pixels, layout, profile)).unwrap_or(pixels);
    let encoder = match layout {
        Layout::Rgba => Encoder::from_rgba(&pixels, width, height),
        _ => Encoder::from_rgb(&pixels, width, height),
    };
    let lossy = encoder.encode_simple(false, QUALITY).ok()?.to_vec();
    if !perhaps_drawn {
        return Some(lossy);
    }
    let lossless = encoder.encode_simple(true, 75.0).ok()?.to_vec();
    Some(if lossless.len() <= lossy.len() { lossless } else { lossy })
}
