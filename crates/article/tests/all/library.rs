//! All articles together.

use article::{Depth, Filter, LengthBand, Library, Phase, Sort, Sources};

fn article(slug: &str, published: &str, extra: &str, body: &str) -> (String, String) {
    let text = format!(
        "---\ntitle: \"About {slug}\"\nslug: {slug}\nexcerpt: E.\ncategory: SAFETY\nauthor: \"Zoë Q\"\npublishedAt: {published}\n{extra}\n---\n{body}"
    );
    (format!("articles/{slug}.md"), text)
}

fn library() -> Library {
    let long = "word ".repeat(1500);
    let sources = Sources {
        articles: vec![
            article(
                "b",
                "2026-01-02",
                "tags: [sleep, Night Rest]\nphase: day",
                "## One\n\n**Questions:**\n- x?\n\n## Two\n\n[a](article:a#top)",
            ),
            article(
                "a",
                "2026-01-01",
                "tags: [sleep]\naliases: [before-a]\nanchors: {first: top}",
                &format!("## Top\n\n{long}"),
            ),
            article("c", "2026-01-03", "tags: [food, \"night rest\", night rest]\nrelated: [a]", "Text."),
            article("later", "2030-01-01", "tags: [sleep]", "Text."),
            article("draft", "2026-01-01", "tags: [sleep]\ndraft: true", "Text."),
        ],
        site: vec![(
            "paths.yaml".into(),
            "- {slug: p, title: P, summary: S., phase: [weeks, day], articles: [b, a]}\n".into(),
        )],
        ..Sources::default()
    };
    Library::build(&sources, "2026-06-01".parse().unwrap()).0
}

fn slugs(found: &[&article::Published]) -> Vec<String> {
    found.iter().map(|one| one.article.meta.slug.to_string()).collect()
}

#[test]
fn drafts_and_scheduled_articles_are_not_there_until_their_day() {
    assert_eq!(slugs(&library().find(&Filter::default())), ["c", "b", "a"]);
    assert!(library().article("later").is_none() && library().article("draft").is_none());
}

#[test]
fn filters_go_together_and_sorts_are_told_apart() {
    let library = library();
    let find = |filter: Filter| slugs(&library.find(&filter));
    let tag = |tag: &str| Filter { tag: Some(tag.into()), ..Filter::default() };
    assert_eq!(find(tag("night-rest")), ["c", "b"]);
    assert_eq!(find(Filter { phase: Some(Phase::Day), ..tag("sleep") }), ["b"]);
    assert_eq!(find(Filter { length: Some(LengthBand::Medium), ..Filter::default() }), ["a"]);
    assert_eq!(
        find(Filter { category: Some("safety".into()), sort: Sort::Title, ..Filter::default() }),
        ["a", "b", "c"]
    );
    assert_eq!(
        find(Filter { author: Some("zoe-q".into()), sort: Sort::Shortest, ..Filter::default() })[0],
        "c"
    );
    assert!(find(tag("nothing")).is_empty());
}

#[test]
fn lists_count_and_keep_the_most_frequent_spelling() {
    let tags: Vec<(String, String, usize)> =
        library().tags().into_iter().map(|tag| (tag.label, tag.address, tag.count)).collect();
    let wanted = [("food", "food", 1), ("Night Rest", "night-rest", 2), ("sleep", "sleep", 2)];
    assert_eq!(tags, wanted.map(|(label, address, count)| (label.into(), address.into(), count)));
    assert_eq!(library().authors()[0].address, "zoe-q");
    let safety = library().by_category().into_iter().find(|one| one.address == "safety").unwrap();
    assert_eq!(safety.count, 3);
}

#[test]
fn old_slugs_and_old_anchors_lead_to_the_new() {
    let library = library();
    assert_eq!(library.renamed("before-a").unwrap().as_str(), "a");
    let (slug, anchor) = library.resolve_anchor("before-a", "first").unwrap();
    assert_eq!((slug.as_str(), anchor.as_str()), ("a", "top"));
    assert!(library.resolve_anchor("a", "gone").is_none());
    for line in library.published_anchors() {
        let (slug, anchor) = line.split_once('#').unwrap();
        assert!(library.resolve_anchor(slug, anchor).is_some(), "{line}");
    }
}

#[test]
fn related_starts_with_what_the_editor_names_and_never_has_the_article_itself() {
    let library = library();
    let related = |slug: &str| {
        library.article(slug).unwrap().related.iter().map(ToString::to_string).collect::<Vec<_>>()
    };
    assert_eq!(related("c"), ["a", "b"]);
    assert_eq!(related("b")[0], "c", "a shared tag, and changed later");
}

#[test]
fn paths_know_their_articles_and_articles_their_paths() {
    let library = library();
    assert_eq!(library.article("a").unwrap().paths, [(0, 1)]);
    assert_eq!(library.site().paths[0].phases, [Phase::Day, Phase::Weeks]);
}

#[test]
fn short_has_every_anchor_of_full() {
    let library = library();
    for one in library.articles() {
        for anchor in one.article.anchors() {
            let id = format!("id=\"{anchor}\"");
            for depth in [Depth::Full, Depth::Short] {
                assert_eq!(one.body(depth).matches(&id).count(), 1, "{anchor} at {depth:?}");
            }
        }
    }
    let short = &library.article("b").unwrap().short;
    assert!(
        short.contains("x?")
            && short.contains("<span id=\"two\" class=\"gone\">")
            && !short.contains("<p><a")
    );
}

#[test]
fn an_empty_folder_is_a_library_with_the_site_that_comes_with_the_program() {
    let (library, diagnostics) = Library::build(&Sources::default(), "2026-06-01".parse().unwrap());
    assert_eq!(diagnostics, []);
    assert!(library.articles().is_empty() && library.site().paths.is_empty());
    assert!(!library.site().categories.is_empty() && !library.site().crisis.is_empty());
    assert!(library.site().pages.iter().any(|page| page.slug.as_str() == "privacy"));
    assert!(library.site().references.iter().all(|one| !one.html.is_empty()));
}

#[test]
fn a_folder_with_its_own_paths_must_have_their_articles() {
    let paths = "- {slug: p, title: P, summary: S., articles: [nobody]}\n";
    let sources = Sources { site: vec![("paths.yaml".into(), paths.into())], ..Sources::default() };
    let (_, diagnostics) = Library::build(&sources, "2026-06-01".parse().unwrap());
    assert_eq!(diagnostics.len(), 1);
    assert_eq!(
        (diagnostics[0].path.as_str(), diagnostics[0].message.as_str()),
        ("paths.yaml", "there is no article `nobody`")
    );
}

#[test]
fn files_read_one_by_one_make_the_same_library() {
    let sources =
        Sources { articles: vec![article("a", "2026-01-01", "tags: [x]", "Text.")], ..Sources::default() };
    let reader = article::Reader::new(&sources);
    let parsed = sources.articles.iter().map(|(path, text)| reader.read(path, text)).collect();
    let (one, _) = reader.assemble(parsed, "2026-06-01".parse().unwrap());
    let (other, _) = Library::build(&sources, "2026-06-01".parse().unwrap());
    assert_eq!(one.article("a").unwrap().full, other.article("a").unwrap().full);
}

#[test]
fn what_people_ask_is_read_for_sections_that_exist_and_refused_for_others() {
    let build = |asked: &str| {
        let sources = Sources {
            articles: vec![article("a", "2026-01-01", "tags: [x]", "## Top\n\nText.")],
            site: vec![("asked.yaml".into(), asked.into())],
            ..Sources::default()
        };
        Library::build(&sources, "2026-06-01".parse().unwrap())
    };
    let (library, diagnostics) =
        build("a:\n  \"\": [\"what is this about\"]\n  top: [\"gonna puke\", \"upset stomach\"]\n");
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
    let asked = &library.site().search.asked["a"];
    assert_eq!(asked["top"], ["gonna puke", "upset stomach"]);
    assert_eq!(asked[""], ["what is this about"]);

    let (_, diagnostics) = build("a:\n  tip: [\"one\"]\nb:\n  \"\": [\"two\"]\n");
    let said: Vec<String> = diagnostics.iter().map(ToString::to_string).collect();
    assert_eq!(said.len(), 2, "{said:?}");
    assert!(said[0].contains("has no anchor `tip`") && said[0].contains("top"), "{}", said[0]);
    assert!(said[1].contains("there is no article `b`"), "{}", said[1]);
}

#[test]
fn the_words_of_the_search_are_read_and_a_synonym_alone_is_refused() {
    let build = |words: &str| {
        let site = vec![("search.yaml".to_owned(), words.to_owned())];
        Library::build(&Sources { site, ..Sources::default() }, "2026-06-01".parse().unwrap())
    };
    let (library, diagnostics) =
        build("synonyms:\n  - [CBT, cognitive therapy]\ncrisis: [want to die]\nnotCrisis: [dye]\n");
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
    let words = &library.site().search;
    assert_eq!(words.synonyms, [["CBT", "cognitive therapy"]]);
    assert_eq!((&words.crisis[0][..], &words.not_crisis[0][..]), ("want to die", "dye"));
    let (_, diagnostics) = build("synonyms:\n  - [alone]\n");
    assert!(diagnostics[0].to_string().contains("a group of one word"), "{diagnostics:?}");
}

#[test]
fn a_pack_holds_passages_whose_ids_do_not_clash_and_names_only_what_is_there() {
    let body = "## Top\n\nFirst [@k].\n\n### Below\n\n**Ask yourself:**\n- one?\n- two?\n\n## Other\n\nText.";
    let build = |pack: &str| {
        let sources = Sources {
            articles: vec![
                article("a", "2026-01-01", "tags: [x]", body),
                article("b", "2026-01-01", "tags: [x]", body),
            ],
            site: vec![
                ("packs/first-week.yaml".into(), pack.into()),
                (
                    "references.bib".into(),
                    "@article{k, author={A}, title={T}, journal={J}, year={2020}}".into(),
                ),
            ],
            ..Sources::default()
        };
        Library::build(&sources, "2026-06-01".parse().unwrap())
    };
    let (library, diagnostics) =
        build("title: W\nsummary: S\nitems:\n  - {article: a, sections: [top]}\n  - article: b\n");
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
    let pack = &library.site().packs[0];
    assert_eq!((pack.slug.as_str(), pack.items.len()), ("first-week", 2));
    let html = library.article("a").unwrap().passage(&pack.items[0].sections, "1-");
    assert!(html.starts_with("<h3 id=\"1-top\""), "{html}");
    assert!(html.contains("<h4 id=\"1-below\"") && html.contains("one?"), "{html}");
    assert!(!html.contains("<sup") && !html.contains("Other"), "{html}");
    let short = library.article("b").unwrap().passage(&[], "2-");
    assert!(short.contains("one?") && !short.contains("First"), "{short}");

    let (_, diagnostics) =
        build("title: W\nsummary: S\nitems:\n  - {article: a, sections: [tip]}\n  - article: c\n");
    let said: Vec<String> = diagnostics.iter().map(ToString::to_string).collect();
    assert!(
        said[0].contains("has no anchor `tip`") && said[1].contains("there is no article `c`"),
        "{said:?}"
    );
    let (_, diagnostics) = build("title: W\nsummary: S\nitems: []\n");
    assert!(diagnostics[0].to_string().contains("the pack is empty"), "{diagnostics:?}");
}
