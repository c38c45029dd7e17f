//! Pictures of the content folder in the width that a page has room for.

use std::{fs, io::Cursor};

use axum::{
    Router,
    http::{StatusCode, header},
};
use image::{
    DynamicImage, ExtendedColorType, GenericImageView as _, ImageEncoder, ImageFormat, Rgb, RgbImage, Rgba,
    RgbaImage,
    codecs::{jpeg::JpegEncoder, png::PngEncoder},
};

use crate::house::{Answer, House, article_with, get, get_with};

/// What browsers say when they ask for a picture.
const BROWSER: &str = "image/avif,image/webp,image/apng,image/svg+xml,image/*,*/*;q=0.8";

/// Something to see: colours that change and a texture.
fn photograph(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |x, y| {
        let grain = (x * 31 + y * 17) % 23;
        Rgb([(x * 200 / width + grain) as u8, (y * 200 / height + grain) as u8, 90])
    })
}

fn jpeg(picture: &RgbImage, exif: Option<Vec<u8>>) -> Vec<u8> {
    let mut file = Vec::new();
    let mut encoder = JpegEncoder::new_with_quality(&mut file, 92);
    if let Some(exif) = exif {
        encoder.set_exif_metadata(exif).unwrap();
    }
    encoder.write_image(picture, picture.width(), picture.height(), ExtendedColorType::Rgb8).unwrap();
    file
}

/// Exif that says: held on its side, turn by a quarter to the right.
fn on_its_side() -> Vec<u8> {
    let entry = [0x12, 0x01, 3, 0, 1, 0, 0, 0, 6, 0, 0, 0];
    [b"II*\0\x08\0\0\0\x01\0".as_slice(), &entry, &[0; 4]].concat()
}

fn put(house: &House, name: &str, file: &[u8]) {
    let folder = house.content().join("images");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join(name), file).unwrap();
}

async fn seen(router: &Router, address: &str) -> Answer {
    get_with(router, address, &[("accept", BROWSER)]).await
}

/// Whether shared caches are told that the answer depends on what is taken.
fn differs_by_format(answer: &Answer) -> bool {
    answer.headers.get_all(header::VARY).iter().any(|vary| vary == "accept")
}

fn webp(answer: &Answer) -> DynamicImage {
    assert_eq!((answer.status, answer.header(header::CONTENT_TYPE)), (StatusCode::OK, "image/webp"));
    image::load_from_memory_with_format(&answer.body, ImageFormat::WebP).unwrap()
}

#[tokio::test]
async fn a_photograph_comes_as_webp_in_the_width_of_the_page() {
    let house = House::new();
    let file = jpeg(&photograph(1200, 800), None);
    put(&house, "a.jpg", &file);
    let router = house.router();
    for (asked, size) in [(480, (480, 320)), (960, (960, 640)), (1440, (1200, 800))] {
        let answer = seen(&router, &format!("/images/a.jpg?w={asked}")).await;
        assert_eq!(webp(&answer).dimensions(), size);
        assert!(answer.body.len() < file.len());
        assert!(answer.header(header::CACHE_CONTROL).contains("max-age=86400"));
        assert!(differs_by_format(&answer));
    }
}

#[tokio::test]
async fn who_does_not_take_webp_or_asks_for_no_width_of_ours_gets_the_file() {
    let house = House::new();
    let file = jpeg(&photograph(1200, 800), None);
    put(&house, "a.jpg", &file);
    let router = house.router();
    for (address, accept) in [
        ("/images/a.jpg", BROWSER),
        ("/images/a.jpg?w=481", BROWSER),
        ("/images/a.jpg?w=-1", BROWSER),
        ("/images/a.jpg?w=999999999999", BROWSER),
        ("/images/a.jpg?w=480", "image/png,*/*"),
    ] {
        let answer = get_with(&router, address, &[("accept", accept)]).await;
        assert_eq!(answer.header(header::CONTENT_TYPE), "image/jpeg", "{address}");
        assert!(answer.body == file, "{address}");
    }
    assert!(differs_by_format(&get(&router, "/images/a.jpg?w=480").await));
    assert!(!differs_by_format(&get(&router, "/images/a.jpg").await));
}

#[tokio::test]
async fn a_picture_is_sent_once_until_its_file_changes() {
    let house = House::new();
    put(&house, "a.jpg", &jpeg(&photograph(1200, 800), None));
    let router = house.router();
    let first = seen(&router, "/images/a.jpg?w=480").await;
    let tag = first.header(header::ETAG).to_owned();
    let asked = [("accept", BROWSER), ("if-none-match", tag.as_str())];
    let again = get_with(&router, "/images/a.jpg?w=480", &asked).await;
    assert_eq!((again.status, again.body.len()), (StatusCode::NOT_MODIFIED, 0));
    assert!(differs_by_format(&again));
    assert_ne!(seen(&router, "/images/a.jpg?w=960").await.header(header::ETAG), tag);

    put(&house, "a.jpg", &jpeg(&photograph(1200, 1200), None));
    let changed = get_with(&router, "/images/a.jpg?w=480", &asked).await;
    assert_eq!(webp(&changed).dimensions(), (480, 480));
}

#[tokio::test]
async fn a_picture_held_on_its_side_stands_upright_and_the_page_keeps_its_place() {
    let house = House::new();
    put(&house, "door.jpg", &jpeg(&photograph(1200, 800), Some(on_its_side())));
    house.write("articles/rest.md", &article_with("rest", "featuredImage: /images/door.jpg"));
    let router = house.router();
    let picture = webp(&seen(&router, "/images/door.jpg?w=480").await);
    assert_eq!(picture.dimensions(), (480, 720));
    // Red grew to the right in the file, so it grows downwards.
    assert!(picture.get_pixel(240, 700)[0] > picture.get_pixel(240, 20)[0] + 100);

    for page in ["/articles/rest", "/articles"] {
        let page = get(&router, page).await.text();
        let image = page.split("<img").skip(1).find(|image| image.contains("door.jpg")).unwrap();
        let image = &image[..image.find('>').unwrap()];
        for part in [
            "width=\"800\"",
            "height=\"1200\"",
            "alt=\"\"",
            "srcset=\"/images/door.jpg?w=480 480w, /images/door.jpg?w=960 800w\"",
            "sizes=\"(min-width: ",
        ] {
            assert!(image.contains(part), "{part} is not in {image}");
        }
    }
}

#[tokio::test]
async fn a_drawing_in_few_colours_keeps_each_of_them_and_what_is_clear_stays_clear() {
    let house = House::new();
    let ink = Rgba([200, 30, 40, 255]);
    let drawing =
        RgbaImage::from_fn(400, 300, |x, y| if (x / 8 + y / 6) % 2 == 0 { ink } else { Rgba([0; 4]) });
    let mut file = Cursor::new(Vec::new());
    drawing.write_to(&mut file, ImageFormat::Png).unwrap();
    put(&house, "a.png", file.get_ref());
    let answer = seen(&house.router(), "/images/a.png?w=480").await;
    let sent = webp(&answer).to_rgba8();
    assert_eq!(sent.dimensions(), (400, 300), "never wider than it is");
    assert_eq!((sent[(2, 2)], sent[(10, 2)][3]), (ink, 0));
}

#[tokio::test]
async fn the_colours_of_a_telephone_are_turned_into_those_of_the_web() {
    let house = House::new();
    let picture = RgbImage::from_pixel(64, 64, Rgb([200, 100, 50]));
    let mut file = Vec::new();
    let mut encoder = PngEncoder::new(&mut file);
    encoder.set_icc_profile(moxcms::ColorProfile::new_display_p3().encode().unwrap()).unwrap();
    encoder.write_image(&picture, 64, 64, ExtendedColorType::Rgb8).unwrap();
    put(&house, "a.png", &file);
    let sent = webp(&seen(&house.router(), "/images/a.png?w=480").await).to_rgb8();
    let [red, green, _] = sent[(32, 32)].0;
    // The same colour needs more red and less green among the web's narrower primaries.
    assert!(red > 206 && green < 99, "{:?}", sent[(32, 32)]);
}

#[tokio::test]
async fn a_broken_or_enormous_picture_is_given_as_it_is_and_the_server_goes_on() {
    let house = House::new();
    let mut enormous = Vec::new();
    PngEncoder::new(&mut enormous).write_image(&photograph(8, 8), 8, 8, ExtendedColorType::Rgb8).unwrap();
    // Width and height stand after the signature and the name of the first part.
    enormous[16..24].copy_from_slice(&[0, 0, 0xea, 0x60, 0, 0, 0xea, 0x60]);
    let whole = jpeg(&photograph(1200, 800), None);
    let mut noise = whole.clone();
    noise[700..].iter_mut().enumerate().for_each(|(at, byte)| *byte = (at * at % 251) as u8);
    // A file that is named otherwise than it is.
    let gif = b"GIF89a\x58\x02\x58\x02\x00\x00\x00;".to_vec();
    for (name, file) in
        [("a.png", enormous), ("b.jpg", whole[..600].to_vec()), ("c.jpg", noise), ("d.png", gif)]
    {
        put(&house, name, &file);
        let router = house.router();
        for _ in 0..2 {
            let answer = seen(&router, &format!("/images/{name}?w=480")).await;
            assert!(!answer.status.is_server_error(), "{name}: {}", answer.status);
            let as_it_is = answer.body == file || answer.status == StatusCode::NOT_FOUND;
            assert!(as_it_is || answer.header(header::CONTENT_TYPE) == "image/webp", "{name}");
        }
        assert_eq!(get(&router, "/healthz").await.status, StatusCode::OK);
    }
    assert_eq!(seen(&house.router(), "/images/a.png?w=480").await.header(header::CONTENT_TYPE), "image/png");
}

#[tokio::test]
async fn drawings_and_animations_pass_as_they_are() {
    let house = House::new();
    let svg = b"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"900\" height=\"900\"></svg>";
    let gif = b"GIF89a\x58\x02\x58\x02\x00\x00\x00;";
    put(&house, "a.svg", svg);
    put(&house, "a.gif", gif);
    let router = house.router();
    assert_eq!(seen(&router, "/images/a.svg?w=480").await.body, svg);
    assert_eq!(seen(&router, "/images/a.gif?w=480").await.body, gif);
}

/// A part of a PNG, with the checksum that it ends with.
fn part(name: &[u8; 4], data: &[u8]) -> Vec<u8> {
    let named = [name.as_slice(), data].concat();
    let sum = named.iter().fold(u32::MAX, |sum, byte| {
        (0..8).fold(sum ^ u32::from(*byte), |sum, _| (sum >> 1) ^ (0xedb8_8320 & (sum & 1).wrapping_neg()))
    });
    [&(data.len() as u32).to_be_bytes(), named.as_slice(), &(!sum).to_be_bytes()].concat()
}

#[tokio::test]
async fn a_png_that_moves_goes_on_moving() {
    let house = House::new();
    let mut still = Vec::new();
    let picture = photograph(600, 400);
    PngEncoder::new(&mut still).write_image(&picture, 600, 400, ExtendedColorType::Rgb8).unwrap();
    // Behind the signature and the first part: two pictures, shown for ever.
    let (head, rest) = still.split_at(33);
    let moving = [head, &part(b"acTL", &[0, 0, 0, 2, 0, 0, 0, 0]), rest].concat();
    put(&house, "still.png", &still);
    put(&house, "moving.png", &moving);
    let router = house.router();
    assert_eq!(webp(&seen(&router, "/images/still.png?w=480").await).dimensions(), (480, 320));
    assert!(seen(&router, "/images/moving.png?w=480").await.body == moving);
}

#[tokio::test]
async fn many_who_ask_at_once_all_get_the_same() {
    let house = House::new();
    put(&house, "a.jpg", &jpeg(&photograph(1200, 800), None));
    let router = house.router();
    let asking = (0..12).map(|_| seen(&router, "/images/a.jpg?w=480"));
    let answers = futures_util::future::join_all(asking).await;
    assert!(answers.iter().all(|answer| answer.status == StatusCode::OK && answer.body == answers[0].body));
    assert_eq!(webp(&answers[0]).dimensions(), (480, 320));
}
