//! A poster for the waiting room: one large title, one code, one calm line. For the library, a topic or an article.

use leptos::prelude::*;

use super::paper;
use crate::{
    library::failure,
    page::{Context, Page},
    ui::Mark,
};

/// What the poster invites to.
struct Invitation {
    title: String,
    line: String,
    /// Path of the page that its code leads to.
    path: String,
    /// Path of the poster itself.
    own: String,
}

/// The poster of the whole library.
pub(crate) fn library(context: &Context<'_>) -> Page {
    let site = context.library.site();
    let title = "Questions about your treatment?".to_owned();
    sheet(
        context,
        Invitation { title, line: site.tagline.clone(), path: "/".to_owned(), own: "/poster".to_owned() },
    )
}

/// The poster of one article or topic.
pub(crate) fn one(context: &Context<'_>, name: &str) -> Page {
    let own = format!("/poster/{name}");
    if let Some(published) = context.library.article(name) {
        let meta = &published.article.meta;
        let path = format!("/articles/{}", meta.slug);
        return sheet(
            context,
            Invitation { title: meta.title.clone(), line: first_sentence(&meta.excerpt), path, own },
        );
    }
    match context.library.tags().into_iter().find(|tag| tag.address == name) {
        Some(tag) => {
            let count =
                if tag.count == 1 { "One article".to_owned() } else { format!("{} articles", tag.count) };
            let line = format!("{count} in plain words, with their sources.");
            let mut letters = tag.label.chars();
            let title =
                letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default();
            sheet(context, Invitation { title, line, path: format!("/topics/{name}"), own })
        }
        None => failure::not_found(context),
    }
}

/// What a wall has room for.
fn first_sentence(text: &str) -> String {
    text.split_inclusive(['.', '?', '!']).next().unwrap_or_default().trim().to_owned()
}

/// One arch within another, the outermost first.
const ARCHES: [&str; 5] = [
    "M0 500V200a200 200 0 0 1 400 0v300z",
    "M15 500V200a185 185 0 0 1 370 0v300z",
    "M30 500V200a170 170 0 0 1 340 0v300z",
    "M45 500V200a155 155 0 0 1 310 0v300z",
    "M60 500V200a140 140 0 0 1 280 0v300z",
];

fn sheet(context: &Context<'_>, invitation: Invitation) -> Page {
    let Invitation { title, line, path, own } = invitation;
    let a3 = context.param("size") == Some("a3");
    let address = context.absolute(&path);
    let code = paper::code(&address, &format!("QR code that leads to “{title}”"));
    let clinic = context.clinic;
    let sign = match &clinic.logo {
        Some(logo) => {
            let (width, height) = (logo.size.0.to_string(), logo.size.1.to_string());
            view! { <img src=logo.path.clone() alt="" width=width height=height /> }.into_any()
        }
        None => view! { <Mark /> }.into_any(),
    };
    let sizes =
        [(false, "A4", own.clone()), (true, "A3", format!("{own}?size=a3"))].map(|(large, label, href)| {
            view! { <a href=href aria-current=(large == a3).then_some("true")>{label}</a> }
        });
    // A title of few letters is set as large as the sheet has room for.
    let length = match title.chars().count() {
        ..=16 => "short",
        17..=36 => "medium",
        _ => "long",
    };
    let main = view! {
        <div class="paper-options">
            <nav class="depth" aria-label="Size of paper">{sizes.into_iter().collect_view()}</nav>
            {paper::print_button()}
            <p class="facts">"Print without margins, in colour or not. " <a href=path.clone()>"The page it leads to"</a></p>
        </div>
        <article class="poster" data-size=if a3 { "a3" } else { "a4" }>
            <div class="poster-sheet">
                <h1 data-length=length>{title.clone()}</h1>
                <p class="line">{line.clone()}</p>
                <div class="door">
                    <svg class="arches" viewBox="0 0 400 500" preserveAspectRatio="xMidYMax meet" aria-hidden="true" focusable="false">
                        {ARCHES.map(|d| view! { <path d=d /> }).into_iter().collect_view()}
                    </svg>
                    {code}
                    <p class="how">"Point your phone’s camera here"<b>{paper::shown(&address)}</b></p>
                </div>
                <p class="calm">"No account, nothing to install. Nobody is told what you read."</p>
                <div class="from">
                    {sign}
                    <p><b>{paper::giver(context)}</b>{clinic.phone.clone().map(|phone| view! { <span>{phone}</span> })}</p>
                </div>
            </div>
        </article>
    };
    let mut page = Page::new("poster", format!("Poster: {title}"), own, main).describe(line);
    page.listed = false;
    page
}
