//! The journal's page: a frame without data. What a keeper sees in it is made by a client of its own, which this page loads at
//! once; no text of a journal ever comes from the server or goes there. The frame has a policy of its own too (see
//! `server/src/web/layers.rs`), and none of the reader's client.

use leptos::prelude::*;

use crate::{
    library::crisis,
    page::{Answer, Context, JournalFiles},
    shell,
    ui::Mark,
};

/// The frame, or nothing where the keeper's client was not built.
pub(crate) fn page(context: &Context<'_>) -> Option<Answer> {
    let files = context.assets.journal.as_ref()?;
    let owner = Owner::new_root(None);
    let html = owner.with(|| document(context, files).to_html());
    drop(owner);
    Some(Answer::Page {
        status: 200,
        html: format!("<!DOCTYPE html>{html}"),
        last_changed: None,
        canonical: "/journal".to_owned(),
        // A browser must not keep a page that an opened journal was shown in.
        fleeting: true,
    })
}

fn document(context: &Context<'_>, files: &JournalFiles) -> impl IntoView + use<> {
    let name = context.library.site().name.clone();
    let font = context.assets.display_font.clone();
    let script = script(context, files);
    let lines = crisis::card_that_stays(context);
    let nonce = context.nonce.to_owned();
    view! {
        <html lang="en">
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1, interactive-widget=resizes-content" />
                <title>{format!("Journal — {name}")}</title>
                <meta name="robots" content="noindex" />
                <meta name="color-scheme" content="light dark" />
                <script nonce=nonce inner_html=script></script>
                {font.map(|href| {
                    view! { <link rel="preload" r#as="font" type="font/woff2" href=href crossorigin="anonymous" /> }
                })}
                <link rel="stylesheet" href=context.assets.css.clone() />
                <link rel="stylesheet" href=files.css.clone() />
                <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
                <link rel="apple-touch-icon" href="/icons/icon-180.png" />
                <link rel="manifest" href="/site.webmanifest" />
            </head>
            <body data-page="journal">
                <a class="skip" href="#main">"Skip to the journal"</a>
                <header class="site">
                    <a class="brand" href="/"><Mark /><span>{name}</span></a>
                    // In the page itself: there without a network, and whatever is being written stays where it is.
                    <details id="help">
                        <summary class="help">"Crisis help"</summary>
                        <div inner_html=lines></div>
                    </details>
                </header>
                <main id="main" tabindex="-1">
                    <div id="journal">
                        <p class="opening" role="status">"The door is being opened…"</p>
                        <div class="unopened notice warm" role="alert">
                            <p>
                                "The journal could not be loaded. What you have written is still on this device, as it was. "
                                "Check your connection and load this page again; a browser from the last two years is needed."
                            </p>
                            <p><a class="button" href="/journal">"Load it again"</a></p>
                        </div>
                        <noscript>
                            <h1>"Journal"</h1>
                            <p>
                                "Your journal is locked and opened in your own browser, so that nobody else can read it. That needs "
                                "JavaScript, and your browser has it switched off for this page."
                            </p>
                            <p>
                                "Everything to read works without it: "<a href="/articles">"the library"</a>", "
                                <a href="/articles/writing-it-down">"writing it down"</a>" on paper, and "
                                <a href="/crisis">"help in a crisis"</a>"."
                            </p>
                        </noscript>
                    </div>
                </main>
                <p id="announce" class="unseen" role="status"></p>
            </body>
        </html>
    }
}

/// Sets the reading settings and the page's title before the first paint, takes out of the address what came with it, says which
/// worker this page may make and what it may fetch later, and starts the client. Shows crisis lines in place, and closes what is
/// unfolded over the page.
///
/// A tab that was left quickly shows an empty page where "forward" leads to the journal.
///
/// No script of the page may put markup into it: the page's policy names no way to, and the screens make elements one by one.
fn script(context: &Context<'_>, files: &JournalFiles) -> String {
    let mut script = shell::SETTINGS_SCRIPT.to_owned();
    script.push_str(&format!(
        concat!(
            "(d=>{{const kept=(storage,name)=>{{try{{return window[storage].getItem(name)}}catch{{}}}},",
            "left=()=>kept('sessionStorage','doorway.left'),",
            "away=()=>{{d.dataset.hidden='';document.title='';location.replace('about:blank')}},",
            "[came]=performance.getEntriesByType('navigation');",
            "addEventListener('pageshow',e=>{{if(e.persisted&&left())away()}});",
            "if(left()){{if(came.type==='back_forward')return away();sessionStorage.removeItem('doorway.left')}}",
            "window.doorwayTitle=document.title;",
            "if(kept('localStorage','doorway.journal.title'))document.title='Notes';",
            "let asked=location.hash;window.doorwayAsked=()=>{{const once=asked;asked='';return once}};",
            "if(asked)history.replaceState(history.state,'','/journal');",
            "addEventListener('click',e=>{{const help=document.getElementById('help');",
            "if(e.ctrlKey||e.metaKey||e.shiftKey||!e.target.closest('#journal a[href=\"/crisis\"]'))return;",
            "e.preventDefault();help.open=true;help.querySelector('section').focus()}});",
            "for(const kind of['keydown','pointerdown'])addEventListener(kind,e=>",
            "document.querySelectorAll('#help[open],.places[open]').forEach(menu=>{{",
            "const inside=menu.contains(e.target);if(kind==='keydown'?e.key!=='Escape':inside)return;",
            "menu.open=false;if(inside)menu.querySelector('summary').focus()}}));",
            "const url='{worker}',tt=window.trustedTypes,",
            "make={{createScriptURL:u=>{{if(u!==url)throw new TypeError('not our worker');return u}}}},",
            "policy=tt?tt.createPolicy('worker',make):make,",
            "start=(js,wasm)=>import(js).then(m=>m.default({{module_or_path:wasm}}).then(()=>m));",
            "window.doorwayWorker=()=>new Worker(policy.createScriptURL(url),{{type:'module'}});",
            "window.doorwayExchange=()=>start('{exchange_js}','{exchange_wasm}');",
            // The rest goes into the browser's cache, for everybody alike: a request that comes only when it is wanted would tell
            // of it.
            "const rest=()=>['{exchange_js}','{exchange_wasm}'].forEach(file=>fetch(file,{{priority:'low'}}).catch(()=>{{}}));",
            "start('{js}','{wasm}').then(m=>{{m.screens();setTimeout(rest,2000)}}).catch(()=>{{d.dataset.unopened=''}})",
            "}})(document.documentElement)"
        ),
        worker = files.worker,
        exchange_js = files.exchange_js,
        exchange_wasm = files.exchange_wasm,
        js = files.js,
        wasm = files.wasm,
    ));
    if context.assets.dev {
        script.push_str(shell::RELOAD_SCRIPT);
    }
    script
}
