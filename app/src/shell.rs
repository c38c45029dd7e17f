//! The HTML document around every page.

mod previews;

use leptos::prelude::*;

use crate::{
    islands::{comfort::Comfort, island, search::Room},
    library::crisis::{self, dialled},
    page::{Answer, Clinic, Context, Page},
    search::field,
    ui::Mark,
};

pub(crate) fn answer(context: &Context<'_>, page: Page) -> Answer {
    Answer::Page {
        status: page.status,
        last_changed: page.last_changed,
        canonical: page.canonical.clone(),
        fleeting: page.fleeting,
        html: document(context, page),
    }
}

/// Renders the whole document. Leptos needs an owner for the islands' signals; it ends with the page.
pub(crate) fn document(context: &Context<'_>, page: Page) -> String {
    let owner = Owner::new_root(None);
    let html = owner.with(|| view(context, page).to_html());
    drop(owner);
    format!("<!DOCTYPE html>{html}")
}

fn view(context: &Context<'_>, page: Page) -> impl IntoView + use<> {
    let site = context.library.site();
    let name = site.name.clone();
    let title = match page.room {
        "home" => format!("{name} — {}", site.tagline),
        _ => format!("{} — {name}", page.title),
    };
    let preview = previews::of(context, &page);
    let description = if page.description.is_empty() { site.description.clone() } else { page.description };
    let canonical = context.absolute(&page.canonical);
    let indexed = page.status == 200 && page.listed;
    let css = context.assets.css.clone();
    let colours = context.clinic.colours.clone();
    let font = context.assets.display_font.clone();
    let nonce = context.nonce.to_owned();
    let script = wake_script(context);
    let linked_data = page.linked_data.map(|data| {
        // `<` cannot end the script early when it is written as an escape.
        let json = data.to_string().replace('<', "\\u003c");
        view! { <script type="application/ld+json" inner_html=json></script> }
    });
    let head = view! {
        <head>
            <meta charset="utf-8" />
            <meta name="viewport" content="width=device-width, initial-scale=1" />
            <title>{title.clone()}</title>
            <meta name="description" content=description />
            {(!indexed).then(|| view! { <meta name="robots" content="noindex" /> })}
            <meta name="color-scheme" content="light dark" />
            <script nonce=nonce inner_html=script></script>
            {font.map(|href| {
                view! { <link rel="preload" r#as="font" type="font/woff2" href=href crossorigin="anonymous" /> }
            })}
            <link rel="stylesheet" href=css />
            {colours.map(|href| view! { <link rel="stylesheet" href=href /> })}
            <link rel="canonical" href=canonical />
            <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
            <link rel="apple-touch-icon" href="/icons/icon-180.png" />
            <link rel="manifest" href="/site.webmanifest" />
            <link rel="alternate" type="application/atom+xml" title=name.clone() href="/feed.atom" />
            {preview}
            {linked_data}
        </head>
    };
    view! {
        <html lang="en">
            {head}
            <body data-page=page.room>
                <a class="skip" href="#main">"Skip to the text"</a>
                {header(context)}
                <main id="main" tabindex="-1">{page.main}</main>
                {footer(context)}
                <p id="announce" class="unseen" role="status"></p>
                <template id="crisis-card" inner_html=crisis::card(context)></template>
            </body>
        </html>
    }
}

fn header(context: &Context<'_>) -> impl IntoView + use<> {
    // What a phone has no room for beside a pack is in the footer as well.
    let link = |path: &'static str, label: &'static str, place: Option<&'static str>| {
        let here = context.path == path;
        let within = context.path.starts_with(path);
        let current = if here {
            Some("page")
        } else if within {
            Some("true")
        } else {
            None
        };
        view! { <li class=place><a href=path aria-current=current>{label}</a></li> }
    };
    let name = context.library.site().name.clone();
    view! {
        <header class="site">
            <a class="brand" href="/"><Mark /><span>{name}</span></a>
            <nav aria-label="Main">
                <ul>
                    {link("/articles", "Library", None)}{link("/paths", "Paths", None)}
                    {link("/glossary", "Glossary", Some("wide"))}{link("/journal", "Journal", None)}
                    // Shown by the browser, which alone knows of a pack.
                    <li class="basket" hidden>
                        <a href="/pack/new" aria-current=(context.path == "/pack/new").then_some("page")></a>
                    </li>
                </ul>
            </nav>
            {field::opener()}
            {field::form(context, Room::Header, "", None)}
            {island("comfort", view! { <Comfort /> })}
            <a class="help" href="/crisis">"Crisis help"</a>
        </header>
    }
}

fn footer(context: &Context<'_>) -> impl IntoView + use<> {
    let site = context.library.site();
    let pages = site
        .pages
        .iter()
        .map(|page| view! { <li><a href=format!("/{}", page.slug)>{page.title.clone()}</a></li> })
        .collect_view();
    view! {
        <footer class="site">
            <p class="not-advice">
                "This is general education, not medical advice. Your own prescriber and therapist know your situation. "
                "If you are in danger now, "<a href="/crisis">"get help now"</a>"."
            </p>
            <nav aria-label="About this site">
                <ul>
                    <li><a href="/topics">"Topics"</a></li>
                    <li><a href="/glossary">"Glossary"</a></li>
                    {(!site.packs.is_empty()).then(|| view! { <li><a href="/packs">"Packs to hand over"</a></li> })}
                    {pages}
                    <li><a href="/crisis">"Crisis help"</a></li>
                    <li><a href="/feed.atom">"Feed"</a></li>
                    <li><a href="/api">"For programs"</a></li>
                </ul>
            </nav>
            {context.clinic.is_known().then(|| clinic(context.clinic))}
            <p class="publisher">{site.publisher.clone()}</p>
        </footer>
    }
}

/// Who hands this library over: on the screen and on paper.
fn clinic(clinic: &Clinic) -> impl IntoView + use<> {
    // Beside its name a logo says nothing more.
    let alt = if clinic.name.is_some() { "" } else { "Logo of the clinic" };
    let logo = clinic.logo.as_ref().map(|logo| {
        let (width, height) = (logo.size.0.to_string(), logo.size.1.to_string());
        view! { <img src=logo.path.clone() alt=alt width=width height=height loading="lazy" /> }
    });
    let phone = clinic.phone.as_deref().map(|phone| view! { <a href=dialled(phone)>{phone.to_owned()}</a> });
    view! {
        <address class="clinic">
            {logo}
            {clinic.name.clone().map(|name| view! { <b>{name}</b> })}
            {clinic.address.clone().map(|address| view! { <span>{address}</span> })}
            {phone}
        </address>
    }
}

/// Sets the reading settings before the first paint, and fetches the client at the first sign of a reader.
fn wake_script(context: &Context<'_>) -> String {
    let assets = context.assets;
    let mut script = SETTINGS_SCRIPT.to_owned();
    script.push_str(&format!(
        concat!(
            "(d=>{{let on;if('speechSynthesis' in window)d.dataset.voice='';",
            "const wake=()=>on||(on=import('{js}').then(m=>m.default({{module_or_path:'{wasm}'}}).then(()=>m.hydrate())));",
            "for(const e of['pointerdown','pointermove','keydown','touchstart','scroll','focusin'])",
            "addEventListener(e,wake,{{once:true,passive:true,capture:true}});",
            // A question in the address is answered on the device: nobody has to move first.
            "if(location.hash.startsWith('#q=')){{d.dataset.asked='';addEventListener('DOMContentLoaded',wake)}}",
            // A pack is opened and put together by the client alone.
            "if(/^\\/pack(\\/|$)/.test(location.pathname))",
            "addEventListener('DOMContentLoaded',()=>wake().catch(()=>d.dataset.lost=''));",
            // A press on "Write about this" or "Share" that is the first sign of a reader waits until the client can answer it.
            "addEventListener('click',e=>{{const a=e.target.closest('[data-act=write],[data-act=link],a.share');",
            "if(a&&!('awake'in d.dataset)&&(a.dataset.act=='write'||!(e.ctrlKey||e.metaKey||e.shiftKey||e.altKey)))",
            "{{e.preventDefault();wake().then(()=>a.click(),()=>location.assign(a.href))}}}});",
            // Here, so that the first press works while the client is still on its way.
            "addEventListener('keydown',e=>{{if((e.ctrlKey||e.metaKey)&&!e.altKey&&!e.shiftKey&&e.key.toLowerCase()=='k'){{",
            "const seen=q=>[...document.querySelectorAll(q)].find(to=>to.checkVisibility()),to=seen('[name=q]')||seen('.opener');",
            "if(to){{e.preventDefault();to.select?(to.focus(),to.select()):to.click()}}}}}})",
            "}})(document.documentElement)"
        ),
        js = assets.js,
        wasm = assets.wasm,
    ));
    if assets.dev {
        script.push_str(RELOAD_SCRIPT);
    }
    script
}

/// Sets the reading settings before the first paint, on every page.
pub(crate) const SETTINGS_SCRIPT: &str = "(d=>{let s={};try{s=JSON.parse(localStorage.getItem('doorway.reading'))||s}catch{}\
    for(const k in s)d.dataset[k]=s[k];d.dataset.js=''})(document.documentElement);";

/// For people who work on the site: loads the page again after a rebuild.
pub(crate) const RELOAD_SCRIPT: &str = ";{let down;const s=new EventSource('/dev/reload');s.onmessage=()=>location.reload();\
    s.onerror=()=>down=1;s.onopen=()=>down&&location.reload()}";
