//! What is made to be handed over: handouts, posters, packs on paper.

use axum::http::StatusCode;

use crate::{
    clinic::clinic,
    house::{House, get},
};

/// An article that has takeaways, questions, a checklist and a reference.
fn full(house: &House) {
    house.write("references.bib", "@article{k, author={A, B}, title={T}, journal={J}, year={2020}}");
    house.write(
        "articles/going-home.md",
        "---\ntitle: \"Going home\"\nslug: \"going-home\"\nexcerpt: \"The evening after.\"\n\
         category: \"PATIENT_EDUCATION\"\nauthor: \"Ada Example\"\npublishedAt: \"2026-01-08\"\ntags: [\"sleep\"]\n---\n\n\
         Rest first [@k].\n\n## The evening\n\nEat something light.\n\n**Questions for yourself:**\n\n- What do I need?\n- Who is there?\n\n\
         **What to bring:**\n\n- [ ] Water\n- [ ] A coat\n\n## Key Takeaways\n\n- **Rest:** it counts.\n- Nobody drives.\n\n*General information.*\n",
    );
}

#[tokio::test]
async fn a_handout_has_takeaways_first_and_nothing_that_clicks() {
    let house = House::new();
    full(&house);
    let page = house.get("/articles/going-home/handout").await;
    assert_eq!(page.status, StatusCode::OK);
    let page = page.text();
    let (takeaways, evening) =
        (page.find("Nobody drives.").unwrap(), page.find("Eat something light.").unwrap());
    assert!(takeaways < evening, "{page}");
    assert_eq!(page.matches("Nobody drives.").count(), 1, "takeaways stand once");
    assert!(!page.contains("class=\"share\"") && !page.contains("class=\"acts\""), "{page}");
    assert!(!page.contains("<sup class=\"cite\""), "marks of references mean nothing without the list");
    assert!(page.contains("type=\"checkbox\"") && page.contains("data-kind=\"questions\""), "{page}");
    // The day, the way back and the limits.
    assert!(page.contains("1 March 2026") && page.contains("class=\"qr\""), "{page}");
    assert!(page.contains("library.example/articles/going-home</b>"), "{page}");
    assert!(page.contains("not medical advice") && page.contains("call your emergency number"), "{page}");
    assert!(
        page.contains("href=\"http://library.example/articles/going-home\""),
        "its canonical page is the article"
    );
    assert!(page.contains("noindex"), "{page}");
}

#[tokio::test]
async fn a_handout_is_short_one_page_large_or_one_part_by_its_address() {
    let house = House::new();
    full(&house);
    let router = house.router();
    let text =
        async |query: &str| get(&router, &format!("/articles/going-home/handout?{query}")).await.text();
    let short = text("view=short").await;
    assert!(short.contains("What do I need?") && !short.contains("Eat something light."), "{short}");
    let one = text("view=one-page").await;
    assert!(one.contains("data-extent=\"one-page\"") && one.contains("Nobody drives."), "{one}");
    assert!(one.contains("Who is there?") && !one.contains("A coat"), "{one}");
    assert!(one.contains("data-ruled=\"3\""), "where there is room there are more lines: {one}");
    assert!(text("type=large").await.contains("data-type=\"large\""));
    let part = text("part=the-evening").await;
    assert!(part.contains("Eat something light.") && !part.contains("Nobody drives."), "{part}");
    assert!(part.contains("library.example/articles/going-home#the-evening</b>"), "{part}");
    let block = text("part=the-evening-what-to-bring").await;
    assert!(block.contains("A coat") && !block.contains("Eat something light."), "{block}");
}

#[tokio::test]
async fn a_handout_of_what_is_not_there_is_not_found() {
    let house = House::new();
    full(&house);
    let router = house.router();
    for path in ["/articles/nowhere/handout", "/articles/going-home/handout?part=nowhere", "/poster/nowhere"]
    {
        assert_eq!(get(&router, path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
}

#[tokio::test]
async fn what_a_reader_writes_into_the_address_stays_text() {
    let house = House::new();
    full(&house);
    let answer = get(&house.router(), "/articles/going-home/handout?part=%22%3E%3Cscript%3Ex").await;
    assert!(!answer.text().contains("<script>x"));
    let large = get(&house.router(), "/articles/going-home/handout?type=%22%3E%3Cscript%3Ex").await;
    assert!(!large.text().contains("<script>x"));
}

#[tokio::test]
async fn paper_names_the_clinic_and_its_numbers_where_they_are_set() {
    let house = House::new();
    full(&house);
    let without = house.get("/articles/going-home/handout").await.text();
    assert!(without.contains("<b>Doorway</b>"), "{without}");
    let house = clinic();
    full(&house);
    let router = house.router();
    for path in ["/articles/going-home/handout", "/poster", "/poster/going-home", "/poster/sleep"] {
        let page = get(&router, path).await;
        assert_eq!(page.status, StatusCode::OK, "{path}");
        let page = page.text();
        assert!(
            page.contains("<b>Harbour &amp; Sons</b>") && page.contains("+1 555 010-0199"),
            "{path}: {page}"
        );
    }
    let handout = get(&router, "/articles/going-home/handout").await.text();
    assert!(handout.contains("our crisis number +1 555 010 0100"), "{handout}");
}

#[tokio::test]
async fn a_poster_is_for_the_library_a_topic_or_an_article() {
    let house = House::new();
    full(&house);
    let router = house.router();
    for (path, leads_to) in [
        ("/poster", "library.example</b>"),
        ("/poster/sleep", "library.example/topics/sleep</b>"),
        ("/poster/going-home?size=a3", "library.example/articles/going-home</b>"),
    ] {
        let page = get(&router, path).await.text();
        assert!(page.contains(leads_to) && page.contains("class=\"qr\""), "{path}: {page}");
    }
    assert!(get(&router, "/poster?size=a3").await.text().contains("data-size=\"a3\""));
}

#[tokio::test]
async fn packs_show_their_plain_address_and_its_code() {
    let house = House::new();
    house.write(
        "packs/tonight.yaml",
        "title: Tonight\nsummary: For the evening.\nitems:\n  - {article: rest}\n",
    );
    let router = house.router();
    for path in ["/packs", "/packs/tonight"] {
        let page = get(&router, path).await.text();
        assert!(
            page.contains("library.example/packs/tonight</b>") && page.contains("class=\"qr\""),
            "{path}: {page}"
        );
    }
}
