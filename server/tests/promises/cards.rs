//! Pictures of link previews: what they are of, and what they may cost.

use std::time::{Duration, Instant};

use axum::http::{StatusCode, header};

use crate::house::{House, article, get, get_with};

fn size(png: &[u8]) -> (u32, u32) {
    let side = |at: usize| u32::from_be_bytes(png[at..at + 4].try_into().unwrap());
    assert_eq!(&png[..8], b"\x89PNG\r\n\x1a\n");
    (side(16), side(20))
}

#[tokio::test]
async fn a_page_names_the_card_that_a_preview_shows() {
    let router = House::new().router();
    let page = get(&router, "/articles/rest").await.text();
    assert!(
        page.contains("property=\"og:image\" content=\"http://library.example/cards/articles/rest.png\"")
    );
    assert!(page.contains("property=\"og:image:width\" content=\"1200\""), "{page}");
    assert!(page.contains("name=\"twitter:card\" content=\"summary_large_image\""), "{page}");
    let page = get(&router, "/articles").await.text();
    assert!(page.contains("content=\"http://library.example/cards/home.png\""), "{page}");
    assert!(!get(&router, "/articles/no").await.text().contains("og:image"));
}

#[tokio::test]
async fn there_is_a_card_for_articles_sections_packs_and_the_library() {
    let house = House::new();
    house.write("packs/calm.yaml", "title: Calm\nsummary: For now.\nitems:\n  - article: rest\n");
    let router = house.router();
    let mut seen: Vec<Vec<u8>> = Vec::new();
    for path in
        ["articles/rest", "articles/quiet", "articles/rest/getting-ready", "packs/calm", "pack", "home"]
    {
        let card = get(&router, &format!("/cards/{path}.png")).await;
        assert_eq!((card.status, card.header(header::CONTENT_TYPE)), (StatusCode::OK, "image/png"), "{path}");
        assert_eq!(size(&card.body), (1200, 630), "{path}");
        assert_eq!(card.header("cross-origin-resource-policy"), "cross-origin", "{path}");
        assert!(!seen.contains(&card.body), "{path} looks like another");
        seen.push(card.body);
    }
    let former = get(&router, "/cards/articles/silence.png").await;
    assert_eq!(former.body, seen[1], "a former slug has the card of the present one");
}

#[tokio::test]
async fn what_is_not_there_has_no_card_and_costs_none() {
    let router = House::new().router();
    let started = Instant::now();
    for path in [
        "/cards/articles/no.png",
        "/cards/articles/rest/no.png",
        "/cards/articles/rest.svg",
        "/cards/articles/rest",
        "/cards/packs/no.png",
        "/cards/../articles/rest.png",
        "/cards/no.png",
        "/cards/%ff.png",
    ] {
        let status = get(&router, path).await.status;
        assert!(status.is_client_error(), "{path}: {status}");
    }
    assert!(started.elapsed() < Duration::from_secs(5));
}

#[tokio::test]
async fn a_card_that_is_still_the_same_is_not_sent_again_and_a_new_title_is_a_new_card() {
    let house = House::new();
    let tag = house.get("/cards/articles/rest.png").await.header(header::ETAG).to_owned();
    let again = get_with(&house.router(), "/cards/articles/rest.png", &[("if-none-match", &tag)]).await;
    assert_eq!(again.status, StatusCode::NOT_MODIFIED);
    house.write("articles/rest.md", &article("rest", "Rest well"));
    assert_ne!(house.get("/cards/articles/rest.png").await.header(header::ETAG), tag);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn too_many_at_once_are_told_to_come_back_and_pages_go_on() {
    let mut house = House::new();
    house.config.rate_limit = 0;
    for at in 0..60 {
        house.write(&format!("articles/a{at}.md"), &article(&format!("a{at}"), &format!("Number {at}")));
    }
    let router = house.router();
    let cards: Vec<_> = (0..60)
        .map(|at| {
            let router = router.clone();
            tokio::spawn(async move { get(&router, &format!("/cards/articles/a{at}.png")).await })
        })
        .collect();
    let page = get(&router, "/articles/rest").await;
    assert_eq!(page.status, StatusCode::OK);
    let mut refused = 0;
    for card in cards {
        let card = card.await.unwrap();
        if card.status == StatusCode::SERVICE_UNAVAILABLE {
            assert!(card.header(header::RETRY_AFTER).parse::<u32>().is_ok_and(|seconds| seconds > 0));
            refused += 1;
        } else {
            assert_eq!(card.status, StatusCode::OK);
        }
    }
    // 32 may be in line; how many more find room depends on how fast this machine draws.
    assert!((1..60).contains(&refused), "{refused} refused");
}

#[tokio::test]
async fn the_clinic_stands_on_the_card() {
    let mut house = House::new();
    let plain = house.get("/cards/articles/rest.png").await;
    house.config.clinic_name = Some("Harbour Clinic".to_owned());
    let named = house.get("/cards/articles/rest.png").await;
    assert_ne!(plain.body, named.body);
    assert_ne!(plain.header(header::ETAG), named.header(header::ETAG));
}
