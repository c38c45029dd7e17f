//! What record systems get, in the words of HL7's Infobutton.

use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};
use serde_json::Value;

use crate::house::{Answer, House, article_with, ask, get};

/// ICD-10-CM, as record systems name it.
const ICD: &str = "mainSearchCriteria.v.cs=2.16.840.1.113883.6.90";
const JSON: &str = "knowledgeResponseType=application/json";

fn coded() -> House {
    let house = House::new();
    house.write("articles/low.md", &article_with("low", "codes: {icd10: [F32.9, R45], rxnorm: [\"6130\"]}"));
    house.write(
        "articles/mood.md",
        &article_with("mood", "codes: {icd10: [R42, F32.9], snomed: [\"35489007\"]}"),
    );
    house.write("articles/schlaf.md", &article_with("schlaf", "lang: de\ncodes: {icd10: [G47.0]}"));
    house
}

async fn found(house: &House, query: &str) -> Vec<String> {
    let answer = house.get(&format!("/infobutton?{query}&{JSON}")).await;
    assert_eq!(answer.status, StatusCode::OK, "{query}: {}", answer.text());
    let feed: Value = serde_json::from_slice(&answer.body).unwrap();
    let entries = feed["feed"]["entry"].as_array().unwrap();
    let slug = |entry: &Value| {
        let link = entry["link"][0]["href"].as_str().unwrap();
        link.strip_prefix("http://library.example/articles/").unwrap().to_owned()
    };
    entries.iter().map(slug).collect()
}

#[tokio::test]
async fn a_code_finds_the_articles_that_list_it_those_first_that_name_it_earlier() {
    let house = coded();
    assert_eq!(found(&house, &format!("mainSearchCriteria.v.c=F32.9&{ICD}")).await, ["low", "mood"]);
    assert_eq!(found(&house, &format!("mainSearchCriteria.v.c=f329&{ICD}")).await, ["low", "mood"]);
    assert_eq!(found(&house, &format!("mainSearchCriteria.v.c=R45.851&{ICD}")).await, ["low"]);
    assert_eq!(
        found(&house, "mainSearchCriteria.v.c=35489007&mainSearchCriteria.v.cs=SNOMED+CT").await,
        ["mood"]
    );
    let medicine = "mainSearchCriteria.v.c=6130&mainSearchCriteria.v.cs=2.16.840.1.113883.6.88";
    assert_eq!(found(&house, medicine).await, ["low"]);
    // The same digits in another system are another thing.
    assert!(found(&house, &format!("mainSearchCriteria.v.c=6130&{ICD}")).await.is_empty());
}

#[tokio::test]
async fn among_articles_that_name_a_code_equally_early_those_stand_first_that_paths_name_first() {
    let house = House::new();
    for slug in ["alder", "birch", "cedar"] {
        house.write(&format!("articles/{slug}.md"), &article_with(slug, "codes: {icd10: [F33]}"));
    }
    house.write(
        "paths.yaml",
        "- slug: calm\n  title: Calm\n  summary: Two reads.\n  articles: [cedar, birch]\n",
    );
    let asked = format!("mainSearchCriteria.v.c=F33.2&{ICD}");
    assert_eq!(found(&house, &asked).await, ["cedar", "birch", "alder"]);
}

#[tokio::test]
async fn the_usual_codes_of_depression_lead_to_what_a_patient_needs_first() {
    let content = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../content");
    let clock = std::sync::Arc::new(|| "2026-11-22T12:00:00Z".parse().unwrap());
    let library = server::library::Shelf::open(&content, false, clock).unwrap().0.current();
    for code in ["F32.1", "F32.2", "F32.9", "F33", "F33.1", "F33.2", "F33.9"] {
        let found = library.library.coded(article::CodeSystem::Icd10, code);
        let slugs: Vec<&str> = found.iter().map(|one| one.article.meta.slug.as_str()).take(8).collect();
        assert_eq!(slugs.first(), Some(&"what-ketamine-treatment-is"), "{code}");
        for needed in ["side-effects-common-and-rare", "who-should-be-careful"] {
            assert!(slugs.contains(&needed), "{code}: {slugs:?}");
        }
    }
    let found = library.library.coded(article::CodeSystem::Icd10, "R45.851");
    assert_eq!(found[0].article.meta.slug.as_str(), "when-feelings-are-strong");
}

#[tokio::test]
async fn without_a_listed_code_the_name_is_searched_and_nothing_is_made_up() {
    let house = coded();
    let named = format!("mainSearchCriteria.v.c=Z99&{ICD}&mainSearchCriteria.v.dn=Rest");
    assert_eq!(found(&house, &named).await.first().map(String::as_str), Some("rest"));
    assert!(
        found(&house, &format!("mainSearchCriteria.v.c=Z99&{ICD}&mainSearchCriteria.v.dn=xylophone"))
            .await
            .is_empty()
    );
    let page = house.get(&format!("/infobutton?mainSearchCriteria.v.c=Z99&{ICD}")).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.text().contains("nothing on it yet"), "{}", page.text());
}

#[tokio::test]
async fn several_criteria_are_answered_together_and_an_article_once() {
    let query = format!(
        "mainSearchCriteria.v.c=R42&{ICD}&mainSearchCriteria.v.c1=F32.9&{}",
        ICD.replace(".cs", ".cs1")
    );
    assert_eq!(found(&coded(), &query).await, ["mood", "low"]);
}

#[tokio::test]
async fn the_language_that_was_asked_for_comes_first_and_another_is_better_than_none() {
    let house = coded();
    let sleep = format!("mainSearchCriteria.v.c=G47.0&{ICD}&informationRecipient.languageCode.c");
    assert_eq!(found(&house, &format!("{sleep}=de")).await, ["schlaf"]);
    assert_eq!(found(&house, &format!("{sleep}=en")).await, ["schlaf"]);
    let page = house.get(&format!("/infobutton?{sleep}=sp")).await.text();
    assert!(page.contains("nothing in the language"), "{page}");
}

#[tokio::test]
async fn the_page_is_complete_and_found_and_kept_by_nobody() {
    let router = coded().router();
    let address = format!("/infobutton?mainSearchCriteria.v.c=F32.9&{ICD}&mainSearchCriteria.v.dn=Low+mood");
    let page = get(&router, &address).await;
    assert_eq!(page.header(header::CACHE_CONTROL), "no-store");
    let text = page.text();
    assert!(text.contains("name=\"robots\" content=\"noindex\""), "{text}");
    assert!(text.contains("Low mood") && text.contains("href=\"/articles/low\""), "{text}");
    assert!(
        text.contains("href=\"http://library.example/infobutton\""),
        "the canonical address asks nothing"
    );
    assert_eq!(get(&router, "/infobutton").await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_name_that_sounds_like_a_crisis_puts_help_first() {
    let page = coded().get("/infobutton?mainSearchCriteria.v.dn=I+want+to+kill+myself").await.text();
    let main = page.split("<main").nth(1).unwrap();
    let (help, first) = (main.find("crisis-card"), main.find("<h2"));
    assert!(help.is_some() && (first.is_none() || help < first), "{main}");
}

#[tokio::test]
async fn atom_is_read_by_a_parser_that_is_not_ours() {
    let house = coded();
    for kind in ["text/xml", "application/atom%2Bxml"] {
        let query = format!("mainSearchCriteria.v.c=F32.9&{ICD}&knowledgeResponseType={kind}");
        let answer = house.get(&format!("/infobutton?{query}")).await;
        assert_eq!(answer.header(header::CONTENT_TYPE), "application/atom+xml; charset=utf-8");
        assert_eq!(answer.header(header::CACHE_CONTROL), "no-store");
        let feed = feed_rs::parser::parse(answer.body.as_slice()).unwrap();
        assert_eq!(feed.entries.len(), 2);
        assert_eq!(feed.entries[0].links[0].href, "http://library.example/articles/low");
        assert!(feed.entries.iter().all(|entry| entry.updated.is_some() && entry.summary.is_some()));
        assert!(feed.updated.is_some() && !feed.authors.is_empty());
    }
}

#[tokio::test]
async fn json_has_the_shape_that_clients_of_connect_read() {
    let query = format!("mainSearchCriteria.v.c=F32.9&{ICD}&informationRecipient=PROV&{JSON}");
    let feed: Value =
        serde_json::from_slice(&coded().get(&format!("/infobutton?{query}")).await.body).unwrap();
    let feed = &feed["feed"];
    assert!(feed["title"]["_value"].is_string() && feed["updated"]["_value"].is_string(), "{feed}");
    let terms = |scheme: &str| {
        feed["category"].as_array().unwrap().iter().find(|one| one["scheme"] == scheme).unwrap()["term"]
            .clone()
    };
    assert_eq!(terms("mainSearchCriteria.v.c"), "F32.9");
    assert_eq!(terms("mainSearchCriteria.v.cs"), "2.16.840.1.113883.6.90");
    assert_eq!(terms("InformationRecipient"), "PROV");
    let entry = &feed["entry"][0];
    assert_eq!(entry["link"][0]["rel"], "alternate");
    assert!(entry["summary"]["_value"].is_string() && entry["id"]["_value"].is_string(), "{entry}");
}

#[tokio::test]
async fn what_describes_a_patient_is_in_no_answer() {
    let house = coded();
    let patient = "patientPerson.administrativeGenderCode.c=Fsecret&age.v.v=secret&encounter.c=secret\
                   &performer.healthCareProvider.c=secret&patientPerson.name=secret&q=secret&taskContext.c.c=secret";
    for kind in ["text/html", "application/json", "text/xml"] {
        let query = format!("mainSearchCriteria.v.c=F32.9&{ICD}&knowledgeResponseType={kind}&{patient}");
        let answer = house.get(&format!("/infobutton?{query}")).await;
        assert_eq!(answer.status, StatusCode::OK, "{kind}");
        assert!(!answer.text().contains("secret"), "{kind}: {}", answer.text());
    }
}

/// What a feed without entries says, in either form.
fn said(answer: &Answer, kind: &str) -> String {
    if kind.contains("json") {
        assert_eq!(answer.header(header::CONTENT_TYPE), "application/json", "{}", answer.text());
        let feed: Value = serde_json::from_slice(&answer.body).unwrap();
        assert_eq!(feed["feed"]["entry"], serde_json::json!([]));
        feed["feed"]["subtitle"]["_value"].as_str().unwrap().to_owned()
    } else {
        assert_eq!(answer.header(header::CONTENT_TYPE), "application/atom+xml; charset=utf-8");
        let feed = feed_rs::parser::parse(answer.body.as_slice()).unwrap();
        assert!(feed.entries.is_empty() && feed.updated.is_some());
        feed.description.unwrap().content
    }
}

#[tokio::test]
async fn a_program_reads_in_the_form_that_it_asked_for_why_there_is_nothing_and_what_to_do() {
    for kind in ["application/json", "application/atom%2Bxml"] {
        let mut house = coded();
        house.config.rate_limit = 3;
        let router = house.router();
        let asked = |criteria: &str| {
            format!("/infobutton?{criteria}&knowledgeResponseType={kind}&patientPerson.name=secret")
        };

        let nothing = get(&router, &asked(&format!("mainSearchCriteria.v.c=Z99&{ICD}"))).await;
        assert_eq!(nothing.status, StatusCode::OK);
        let says = said(&nothing, kind);
        assert!(
            says.contains("nothing on ICD-10 Z99") && says.contains("http://library.example/search"),
            "{says}"
        );

        let missing = get(&router, &asked("")).await;
        assert_eq!(missing.status, StatusCode::BAD_REQUEST);
        assert_eq!(missing.header(header::CACHE_CONTROL), "no-store");
        let says = said(&missing, kind);
        assert!(
            says.contains("mainSearchCriteria.v.c") && says.contains("mainSearchCriteria.v.dn"),
            "{says}"
        );

        let posted = ask(&router, Request::post(asked("")).body(Body::empty()).unwrap()).await;
        assert_eq!(posted.status, StatusCode::METHOD_NOT_ALLOWED);
        assert!(said(&posted, kind).contains("GET"), "{}", posted.text());

        let refused = get(&router, &asked(&format!("mainSearchCriteria.v.c=F32.9&{ICD}"))).await;
        assert_eq!(refused.status, StatusCode::TOO_MANY_REQUESTS);
        assert!(said(&refused, kind).contains("too many requests"), "{}", refused.text());
        assert!(refused.header(header::RETRY_AFTER).parse::<u64>().is_ok());

        for answer in [nothing, missing, posted, refused] {
            assert!(!answer.text().contains("secret"), "{}", answer.text());
        }
    }
}

#[tokio::test]
async fn who_has_asked_for_a_page_gets_one_when_it_fails() {
    let mut house = coded();
    house.config.rate_limit = 1;
    let router = house.router();
    get(&router, "/infobutton").await;
    let refused = get(&router, "/infobutton").await;
    assert_eq!(refused.status, StatusCode::TOO_MANY_REQUESTS);
    assert!(refused.header(header::CONTENT_TYPE).starts_with("text/html"));
}

#[tokio::test]
async fn what_cannot_be_answered_says_so() {
    let house = coded();
    assert_eq!(house.get(&format!("/infobutton?{JSON}")).await.status, StatusCode::BAD_REQUEST);
    let script = "/infobutton?mainSearchCriteria.v.c=F32&knowledgeResponseType=application/javascript";
    assert_eq!(house.get(script).await.status, StatusCode::NOT_ACCEPTABLE);
}
