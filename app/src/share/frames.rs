//! The frames around a pack: what the server knows of the page that opens one and of the page that puts one together. It is
//! the same for everybody, and without JavaScript it says what is needed and where to read on.

use leptos::prelude::*;

use super::paper;
use crate::{
    page::{Context, Page},
    ui::Heading,
};

/// So many articles are listed by name; of more there is a link to all.
const LISTED: usize = 60;

/// `/pack`: opens the pack that stands behind `#` in the address.
pub(crate) fn opened(context: &Context<'_>) -> Page {
    let main = view! {
        <Heading title="A pack for you".to_owned() />
        <div class="scriptless">
            <p>
                "Your link holds a few passages that somebody chose for you. Your browser opens them by itself, so that nobody "
                "else learns what was chosen. For that it needs JavaScript, which is switched off here."
            </p>
            <p>
                "Nothing is lost: switch JavaScript on for this site and open the link again, or ask whoever gave it to you "
                "for the same on paper. Everything in the library can be read without."
            </p>
        </div>
        <p class="notice needs-client" role="status">"One moment: your pack is being opened."</p>
        {lost("Your pack could not be opened yet: the part of this page that opens it did not come. You may be offline. The link \
               is whole and nothing is lost. Load the page again when there is a connection.")}
        {instead(context)}
        // What a printed pack has above and below it; the browser fills in the code.
        <template id="sheet-head">{paper::head(context)}</template>
        <template id="sheet-foot">{paper::foot(context, "/pack", "this pack")}</template>
    };
    frame("opened", "A pack for you", "/pack", main).describe(
        "Passages that somebody chose for you. They stand in the link itself; this site does not know them.",
    )
}

/// `/pack/new`: puts a pack together.
pub(crate) fn composer(context: &Context<'_>) -> Page {
    let lead = "Choose passages, put them in order, add a line, and hand over a link, a QR code or a sheet. The pack is made in \
                this browser and travels inside its link: this site never learns what is in it.";
    let main = view! {
        <Heading title="Put a pack together".to_owned() lead=lead.to_owned() />
        <div class="scriptless">
            <p>
                "A pack is put together in the browser, so that nobody else learns what is in it. For that it needs JavaScript, "
                "which is switched off here. What can be handed over without: the standing packs, and every article by its address."
            </p>
            {instead(context)}
        </div>
        {lost("The composer could not be loaded. You may be offline. What you have chosen is safe on this device. Load the page \
               again when there is a connection.")}
        <div id="composer" class="needs-client">
            <div>
                <section aria-labelledby="chosen-title">
                    <h2 id="chosen-title" tabindex="-1">"Passages"</h2>
                    <div id="chosen"><p class="notice" role="status">"One moment: the composer is being made ready."</p></div>
                    <p class="changes" id="changes"></p>
                </section>
                <section aria-labelledby="find-title">
                    <h2 id="find-title">"Add from the library"</h2>
                    <label for="find">"Words of an article or passage"</label>
                    <input type="search" id="find" autocomplete="off" autocapitalize="none" spellcheck="false" />
                    <div id="offers"></div>
                </section>
            </div>
            <div>
                <section aria-labelledby="for-title">
                    <h2 id="for-title">"For the reader"</h2>
                    <label for="note">"A note, if you like"</label>
                    <textarea id="note" rows="4" aria-describedby="note-open note-count"></textarea>
                    <p class="facts" id="note-open">
                        "Whoever holds the link can read the note. Leave out names, dates of birth and numbers that say who it is for."
                    </p>
                    <p class="facts" id="note-count"></p>
                    <div id="note-hints" role="status"></div>
                    <p class="choice"><label><input type="checkbox" id="large" />" Large type"</label></p>
                    <p class="choice"><label for="visit">"For the visit on"</label><input type="date" id="visit" min="2020-01-01" max="2147-12-31" aria-describedby="visit-says" /></p>
                    <p class="facts" id="visit-says" role="status"></p>
                </section>
                <section aria-labelledby="hand-title">
                    <h2 id="hand-title">"Hand it over"</h2>
                    <div id="hand"></div>
                </section>
            </div>
        </div>
    };
    frame("composer", "Put a pack together", "/pack/new", main)
        .describe("Choose passages for somebody and hand them over in a link that only its holder can read.")
}

fn frame(room: &'static str, title: &str, path: &str, main: impl IntoAny) -> Page {
    let mut page = Page::new(room, title, path, main);
    // There is nothing in a frame that a search could lead to.
    page.listed = false;
    page
}

/// What is said where the client does not come.
fn lost(says: &'static str) -> impl IntoView {
    view! { <p class="notice lost" role="alert">{says}</p> }
}

/// What there is to read without a pack.
fn instead(context: &Context<'_>) -> impl IntoView + use<> {
    let packs = &context.library.site().packs;
    let packs = (!packs.is_empty()).then(|| {
        let items = packs
            .iter()
            .map(|pack| {
                let href = format!("/packs/{}", pack.slug);
                view! { <li><a href=href>{pack.title.clone()}</a><span class="facts">{pack.summary.clone()}</span></li> }
            })
            .collect_view();
        view! { <h2>"Packs that everybody can open"</h2><ul class="ways">{items}</ul> }
    });
    let all =
        context.library.find(&article::Filter { sort: article::Sort::Title, ..article::Filter::default() });
    let more = all.len() > LISTED;
    let items = all
        .iter()
        .take(LISTED)
        .map(|published| {
            let meta = &published.article.meta;
            view! { <li><a href=format!("/articles/{}", meta.slug)>{meta.title.clone()}</a></li> }
        })
        .collect_view();
    view! {
        <div class="instead">
            {packs}
            <h2>"The library"</h2>
            <ul class="ways">{items}</ul>
            {more.then(|| view! { <p><a href="/articles">"See every article"</a></p> })}
            <p>"If you are in danger, or think of ending your life: "<a href="/crisis">"crisis help"</a>"."</p>
        </div>
    }
}
