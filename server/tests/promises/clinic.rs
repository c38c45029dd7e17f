//! The clinic kit: what an operator says about the clinic, and where readers see it.

use axum::http::{StatusCode, header};
use server::{commands::command, config::Loaded};

use crate::house::{House, get};

const LOGO: &str =
    r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 40"><path d="M0 0h9v9z"/></svg>"##;

/// A house whose clinic has everything, read as an operator's settings are.
pub fn clinic() -> House {
    let mut house = House::new();
    std::fs::write(house.content().join("logo.svg"), LOGO).unwrap();
    let logo = house.content().join("logo.svg");
    let flags = [
        "--clinic-name=Harbour & Sons",
        &format!("--clinic-logo={}", logo.display()),
        "--clinic-phone=+1 555 010-0199",
        "--clinic-address=12 Quay Street",
        "--clinic-crisis=+1 555 010 0100",
        "--clinic-accent=#5b2a6e",
    ];
    let loaded = load(&flags).unwrap();
    house.config = server::config::Config {
        content: house.config.content.clone(),
        base_url: house.config.base_url.clone(),
        ..loaded.config
    };
    house
}

fn load(flags: &[&str]) -> Result<Loaded, String> {
    let folder = tempfile::tempdir().unwrap();
    let matches = command().get_matches_from([&["doorway", "serve"], flags].concat());
    Loaded::new(matches.subcommand_matches("serve").unwrap(), [], folder.path())
        .map_err(|error| error.to_string())
}

#[tokio::test]
async fn every_page_says_whose_library_it_is() {
    let page = clinic().get("/articles/rest").await.text();
    let footer = page.split("<footer").nth(1).unwrap();
    assert!(footer.contains("Harbour &amp; Sons") && footer.contains("12 Quay Street"), "{footer}");
    assert!(footer.contains("href=\"tel:+15550100199\""), "{footer}");
    assert!(footer.contains("width=\"120\"") && footer.contains("height=\"40\""), "{footer}");
}

#[tokio::test]
async fn the_clinics_numbers_stand_first_where_crisis_help_stands_and_are_named_as_its() {
    let router = clinic().router();
    let page = get(&router, "/crisis").await.text();
    let main = page.split("<main").nth(1).unwrap().split("</main>").next().unwrap().to_owned();
    let card = page.split("<template id=\"crisis-card\">").nth(1).unwrap().to_owned();
    // The journal has them in its frame, so that they are there without a network.
    let journal = get(&router, "/journal").await.text();
    let frame =
        journal.split("<details id=\"help\">").nth(1).unwrap().split("</details>").next().unwrap().to_owned();
    for place in [main, card, frame] {
        let first = place.split("<li>").find(|item| item.contains("tel:")).unwrap_or_default();
        assert!(first.contains("tel:+15550100100") && first.contains("Crisis line of Harbour"), "{place}");
        assert!(place.contains("Telephone of Harbour") && place.contains("do not wait"), "{place}");
    }
}

#[tokio::test]
async fn logo_and_colours_are_ours_to_serve_and_may_do_nothing() {
    let router = clinic().router();
    let page = get(&router, "/").await.text();
    let address = |start: &str| {
        let from = page.find(start).unwrap_or_else(|| panic!("{start} in {page}"));
        page[from..].split('"').next().unwrap().to_owned()
    };
    let logo = get(&router, &address("/clinic/logo.")).await;
    assert_eq!((logo.status, logo.text().as_str()), (StatusCode::OK, LOGO));
    assert_eq!(logo.header(header::CONTENT_TYPE), "image/svg+xml");
    assert!(logo.header(header::CONTENT_SECURITY_POLICY).contains("sandbox"));
    assert!(logo.header(header::CACHE_CONTROL).contains("immutable"));
    let colours = get(&router, &address("/clinic/colours.")).await.text();
    assert!(colours.contains("light-dark(#5b2a6e,#"), "{colours}");
    // The one sheet of paper that has colour has the clinic's.
    assert!(colours.ends_with("}\n.poster{--door:#5b2a6e}\n"), "{colours}");
    assert_eq!(get(&router, "/clinic/logo.0000000000000000.svg").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn without_a_kit_nothing_of_it_is_in_a_page() {
    let page = House::new().get("/crisis").await.text();
    assert!(!page.contains("linic"), "{page}");
}

#[test]
fn a_kit_that_would_harm_readers_is_refused_with_the_reason() {
    let folder = tempfile::tempdir().unwrap();
    let (huge, text) = (folder.path().join("huge.png"), folder.path().join("logo.txt"));
    std::fs::write(&huge, vec![0; 200 * 1024]).unwrap();
    std::fs::write(&text, "logo").unwrap();
    for (flag, expected) in [
        ("--clinic-accent=#88aaff".to_owned(), "text needs 7:1"),
        ("--clinic-accent-dark=#333333".to_owned(), "text needs 7:1"),
        ("--clinic-phone=call us".to_owned(), "not a telephone number"),
        (format!("--clinic-name={}", "x".repeat(161)), "161 characters"),
        (format!("--clinic-logo={}", huge.display()), "at most 128 KB"),
        (format!("--clinic-logo={}", text.display()), "not an SVG, PNG, WebP or JPEG"),
        ("--clinic-logo=/nowhere.svg".to_owned(), "cannot be read"),
    ] {
        let message = load(&[&flag]).map(|_| flag.clone()).unwrap_err();
        assert!(message.contains(expected), "{message}");
    }
}
