//! The HTML that pages and style sheets build on.

use article::{Library, Sources};

const HEAD: &str = "---\ntitle: T\nslug: t\nexcerpt: E.\ncategory: SAFETY\nauthor: A\npublishedAt: 2026-01-01\ntags: [x]\nanchors: {old: one}\n---\n";

fn library(body: &str) -> Library {
    let references = "@article{a2020, author={Doe, Jane}, title={A {K}etamine <trial>}, journal={J}, year={2020}, volume={1}, pages={2--3}, doi={10.1/x}, evidence={Randomised trial}, people={28}, limit={main result not significant}}\n\
        @article{mice2019, author={Roe, R}, title={Mice}, journal={J}, year={2019}, evidence={Animal study}, species={animals}}\n";
    let glossary =
        "- {term: grounding, slug: grounding, plain: \"Coming back.\", also: [\"ground yourself\"]}\n";
    let sources = Sources {
        articles: vec![("t.md".into(), format!("{HEAD}{body}"))],
        site: vec![("references.bib".into(), references.into()), ("glossary.yaml".into(), glossary.into())],
        images: [("images/a.png".to_owned(), (640, 480)), ("images/b.svg".to_owned(), (640, 480))].into(),
    };
    let (library, diagnostics) = Library::build(&sources, "2026-02-01".parse().unwrap());
    let errors: Vec<String> =
        diagnostics.iter().filter(|one| one.is_error()).map(ToString::to_string).collect();
    assert!(errors.is_empty(), "{}", errors.join("\n"));
    library
}

/// The rendered body behind an empty heading for the renamed anchor.
fn html(body: &str) -> String {
    let library = library(&format!("{body}\n\n## One\n"));
    let full = &library.article("t").unwrap().full;
    full[..full.find("<span id=\"old\"").unwrap()].to_owned()
}

#[test]
fn a_heading_carries_its_anchor_hash_and_link_and_former_anchors_stay() {
    let library = library("## One\ntext\n");
    let page = library.article("t").unwrap();
    let hash = &page.article.sections[0].hash;
    assert_eq!(
        page.full,
        format!(
            "<span id=\"old\" class=\"gone\"></span><h2 id=\"one\" data-hash=\"{hash}\">One \
             <a class=\"share\" href=\"#one\" aria-label=\"Share “One”\"></a></h2><p>text</p>"
        )
    );
}

#[test]
fn a_block_is_a_section_with_a_label_and_three_acts() {
    assert_eq!(
        html("**Questions *now*:**\n- Why?\n- And *how*?"),
        "<section class=\"block\" data-kind=\"questions\" id=\"questions-now\" aria-labelledby=\"questions-now-l\">\
         <p class=\"kind\">Questions</p><p class=\"label\" id=\"questions-now-l\">Questions now</p>\
         <ul><li>Why?</li><li>And <em>how</em>?</li></ul>\
         <p class=\"acts\">\
         <a href=\"/journal\" data-act=\"write\" aria-label=\"Write about this: Questions, Questions now\">Write about this</a>\
         <a href=\"#questions-now\" data-act=\"link\" aria-label=\"Share: Questions, Questions now\">Share</a>\
         <a href=\"/articles/t/handout?part=questions-now\" data-act=\"print\" aria-label=\"Print: Questions, Questions now\">Print</a>\
         </p></section>"
    );
}

#[test]
fn what_can_be_done_with_a_block_says_which_block_also_where_its_heading_names_it() {
    let library = library("## Bring\n:::checklist\n- Water\n:::\n\n:::checklist\n- Papers\n:::\n\n## One\n");
    let page = &library.article("t").unwrap().full;
    for name in ["Share: Checklist, Bring", "Print: Checklist, Bring"] {
        assert!(page.contains(&format!("aria-label=\"{name}\"")), "{name} in {page}");
    }
}

#[test]
fn what_only_tells_or_helps_in_a_crisis_is_not_written_about() {
    for block in [
        ":::checklist Bring\n- Water\n- Papers\n:::",
        ":::takeaways\n- Rest\n:::",
        ":::phase Before\nWords.\n:::",
    ] {
        assert!(html(block).contains("data-act=\"write\""), "{block}");
    }
    for block in [":::note Aside\nWords.\n:::", ":::help Now\n- Call\n:::"] {
        let html = html(block);
        assert!(html.contains("data-act=\"link\"") && !html.contains("data-act=\"write\""), "{html}");
    }
}

#[test]
fn a_checklist_can_be_ticked_without_scripts_and_its_labels_hold_words_only() {
    let html = html(":::checklist Bring\n- Water\n- Papers\n  - a card\n:::");
    assert!(html.contains("<ul><li><label><input type=\"checkbox\"> Water</label></li>"), "{html}");
    assert!(
        html.contains("<label><input type=\"checkbox\"> Papers</label><ul><li>a card</li></ul></li>"),
        "{html}"
    );
}

#[test]
fn a_citation_hugs_its_word_and_says_what_kind_of_evidence_it_is() {
    assert_eq!(
        html("It helps [@a2020, evidence]. Mice too [@mice2019, evidence; @a2020]."),
        "<p>It helps.<sup class=\"cite\"><a href=\"#ref-a2020\" aria-label=\"Reference 1\">1</a></sup> \
         <small class=\"evidence\">Randomised trial · 28 people · main result not significant</small> \
         Mice too.<sup class=\"cite\"><a href=\"#ref-mice2019\" aria-label=\"Reference 2\">2</a>, \
         <a href=\"#ref-a2020\" aria-label=\"Reference 1\">1</a></sup> \
         <small class=\"evidence animals\">Animal study · in animals</small></p>"
    );
}

#[test]
fn references_are_formatted_and_escaped() {
    let library = library("## One\n");
    let reference = &library.site().references[0];
    assert_eq!(reference.url.as_deref(), Some("https://doi.org/10.1/x"));
    let link = r#"<a href="https://doi.org/10.1/x" rel="noopener noreferrer external">doi:10.1/x</a>"#;
    assert!(reference.html.ends_with(link), "{}", reference.html);
    assert!(
        reference.html.contains("Doe J.") && reference.html.contains("&lt;trial&gt;"),
        "{}",
        reference.html
    );
    assert!(reference.text.contains("A Ketamine <trial>"), "{}", reference.text);
    assert!(reference.text.contains("2020"), "{}", reference.text);
}

#[test]
fn terms_are_links_to_the_glossary_in_every_form() {
    let library = library(
        "[[grounding]], [[Ground yourself]], [[it|grounding]], [that](glossary:grounding), `[[no]]`, \\[[no]]\n\n## One\n",
    );
    let page = library.article("t").unwrap();
    assert_eq!(page.article.terms, ["grounding"]);
    let link = |words: &str| {
        format!("<a class=\"term\" href=\"/glossary#grounding\" data-term=\"grounding\">{words}</a>")
    };
    let wanted = format!(
        "<p>{}, {}, {}, {}, <code>[[no]]</code>, [[no]]</p>",
        link("grounding"),
        link("Ground yourself"),
        link("it"),
        link("that")
    );
    assert!(page.full.starts_with(&wanted), "{}", page.full);
}

#[test]
fn a_mark_may_be_broken_over_two_lines() {
    assert!(
        html("[[ground\nyourself]] and [@a2020;\n@mice2019]")
            .contains("data-term=\"grounding\">ground\nyourself</a> and<sup")
    );
}

#[test]
fn images_have_sizes_and_wait() {
    assert_eq!(
        html("![A *door*](images/b.svg \"Ajar\")"),
        "<p><img src=\"/images/b.svg\" alt=\"A door\" width=\"640\" height=\"480\" title=\"Ajar\" loading=\"lazy\" decoding=\"async\"></p>"
    );
}

#[test]
fn a_picture_made_of_pixels_comes_in_several_widths() {
    assert_eq!(
        html("![A door](images/a.png)"),
        "<p><img src=\"/images/a.png\" alt=\"A door\" width=\"640\" height=\"480\" \
         srcset=\"/images/a.png?w=480 480w, /images/a.png?w=960 640w\" \
         sizes=\"(min-width: 620px) 620px, 100vw\" loading=\"lazy\" decoding=\"async\"></p>"
    );
}

#[test]
fn tables_scroll_in_a_region_of_their_own() {
    assert_eq!(
        html("|a|b|\n|-|-:|\n|1|2|"),
        "<div class=\"table\" tabindex=\"0\" role=\"region\" aria-label=\"Table\"><table><thead><tr><th scope=\"col\">a</th>\
         <th scope=\"col\" class=\"right\">b</th></tr></thead><tbody><tr><td>1</td><td class=\"right\">2</td></tr></tbody></table></div>"
    );
}

#[test]
fn quotes_dashes_and_tasks_are_set() {
    assert_eq!(html("\"It's\" -- so..."), "<p>“It’s” – so…</p>");
    assert!(
        html("- [x] done\n- [ ] open").contains("<li><input type=\"checkbox\" disabled checked> done</li>")
    );
}

#[test]
fn footnotes_stand_at_the_end_and_lead_back() {
    let library = library("Word[^n] and again[^n].\n\n[^n]: A *note*.\n\n## One\n");
    let full = &library.article("t").unwrap().full;
    assert_eq!(full.matches("id=\"fnref-a\"").count(), 1);
    let end = "<li id=\"fn-a\">A <em>note</em>. <a href=\"#fnref-a\" aria-label=\"Back to the text\">↩</a></li></ol></section>";
    assert!(full.ends_with(end), "{full}");
}

#[test]
fn lines_with_bold_names_stay_lines() {
    assert_eq!(html("**A:** x\n**B:** y"), "<p><strong>A:</strong> x<br><strong>B:</strong> y</p>");
}

#[test]
fn a_mark_without_evidence_behind_it_is_refused() {
    let bib = "@article{bare2020, author={Doe, Jane}, title={T}, journal={J}, year={2020}}";
    let sources = Sources {
        articles: vec![("t.md".into(), format!("{HEAD}A claim [@bare2020, evidence].\n\n## One\n"))],
        site: vec![("references.bib".into(), bib.into())],
        ..Sources::default()
    };
    let (library, diagnostics) = Library::build(&sources, "2026-02-01".parse().unwrap());
    assert!(library.article("t").is_none());
    let told = diagnostics.iter().find(|one| one.path == "t.md").unwrap();
    assert_eq!(told.message, "the reference `bare2020` does not say what kind of study it is");
    assert_eq!((told.line, told.column, told.length), (11, 9, 21));
}

#[test]
fn a_handout_has_no_actions_no_marks_and_no_takeaways_of_its_own() {
    let body = "Rose [@a2020].\n\n## One\n\n**Ask yourself:**\n- first?\n- second [@a2020]?\n\n## Key Takeaways\n\n- Rest.\n";
    let library = library(body);
    let page = library.article("t").unwrap();
    let handout = page.handout(article::Depth::Full);
    assert!(handout.starts_with("<p>Rose."), "{handout}");
    assert!(handout.contains("<h2 id=\"one\">One</h2>") && handout.contains("second"), "{handout}");
    for gone in ["class=\"share\"", "class=\"acts\"", "<sup", "Rest.", "Takeaways"] {
        assert!(!handout.contains(gone), "{gone}: {handout}");
    }
    assert_eq!(page.takeaways_on_paper().unwrap(), "<li>Rest.</li>");
    let short = page.handout(article::Depth::Short);
    assert!(short.contains("first?") && !short.contains("Rose"), "{short}");
}

#[test]
fn a_handout_of_one_part_is_found_by_its_anchor_and_by_its_former_one() {
    let library =
        library("Lead.\n\n## One\n\ntext\n\n### Below\n\n**Ask yourself:**\n- first?\n\n## Two\n\nother\n");
    let page = library.article("t").unwrap();
    let one = page.handout_of("one").unwrap();
    assert!(one.contains("text") && one.contains("Below") && !one.contains("other"), "{one}");
    assert_eq!(page.handout_of("old").as_ref(), Some(&one));
    let block = page.article.blocks().next().unwrap().anchor.to_string();
    let block = page.handout_of(&block).unwrap();
    assert!(block.starts_with("<section class=\"block\"") && block.contains("first?"), "{block}");
    assert_eq!(page.handout_of("nowhere"), None);
}

#[test]
fn one_page_takes_the_first_questions_that_fit_and_says_when_some_are_left_out() {
    let short = library(
        "## One\n\n**Ask yourself:**\n- first?\n- second?\n- third?\n\n## Two\n\n**Ask others:**\n- fourth?\n- fifth?\n",
    );
    let page = short.article("t").unwrap();
    let all = page.summary(&room(400));
    assert!(all.whole && all.html.contains("first?") && all.html.contains("fifth?"), "{all:?}");
    // The label takes thirty points, a question with room to write on as many.
    let some = page.summary(&room(100));
    assert!(!some.whole && some.html.contains("second?") && !some.html.contains("third?"), "{some:?}");
    // One question alone of a set is left out where another set has room for more …
    let long = library(
        "## One\n\n**Ask yourself:**\n- a question that is twice as long as a line is wide?\n- second?\n\n## Two\n\n**Ask others:**\n- fourth?\n- fifth?\n",
    );
    let page = long.article("t").unwrap();
    let other = page.summary(&article::Room { width: 28, ..room(90) });
    assert!(!other.html.contains("twice") && other.html.contains("fifth?"), "{other:?}");
    // … but it is more than none.
    let one = page.summary(&room(70));
    assert!(!one.whole && one.html.contains("twice") && !one.html.contains("second?"), "{one:?}");
    let none = page.summary(&room(50));
    assert!(!none.whole && none.asks && none.html.is_empty(), "{none:?}");
}

/// Lines of ten points and eighty characters.
fn room(height: usize) -> article::Room {
    article::Room { height, line: 10, width: 80, head: 20, ruled: 20 }
}

#[test]
fn one_page_of_an_article_that_asks_nothing_has_what_there_is_to_do() {
    let library = library("## One\n\n**What to bring:**\n- [ ] Water\n- [ ] A coat\n");
    let summary = library.article("t").unwrap().summary(&room(400));
    assert!(summary.whole && !summary.asks && summary.html.contains("A coat"), "{summary:?}");
    assert_eq!(article::lines("<li>short</li><li>a line that is longer than ten characters</li>", 10), 6);
}
