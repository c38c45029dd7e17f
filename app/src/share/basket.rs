//! The basket: passages that were chosen while reading, for a pack. It is kept on this device only, as the pack that it is,
//! so that it survives a reload and is the same in all tabs.

use ::pack::{Added, ArticleId, Pack, SectionId, decode, encode};
use web_sys::Event;

use super::{compose, composer::hand::Kept};
use crate::islands::{dom, store};

/// Watches for what other tabs do to the basket, once.
pub(crate) fn start() {
    show(&load());
    dom::listen::<Event>(&dom::window(), "storage", |_| {
        show(&load());
        compose::changed_elsewhere();
    });
}

/// Puts an article in, or with an anchor one section or block of it; says to the page what came of it. `title` is what the
/// reader knows it by. Returns whether it was new.
pub fn add(slug: &str, anchor: Option<&str>, title: &str) -> bool {
    let mut pack = load();
    let added = pack.add(ArticleId::of(slug), anchor.map(SectionId::of));
    let kept = if added == Added::New { save(&pack) } else { Kept::All };
    let passages = count(&pack);
    dom::announce(&match added {
        Added::New => match kept.says() {
            None => format!("“{title}” is in the pack now, which has {passages}."),
            Some(why) => format!("{why} “{title}” is not in it."),
        },
        Added::Already => format!("“{title}” was in the pack already, which has {passages}."),
        Added::Full => format!("The pack is full: it has {passages}. Take something out first."),
    });
    added == Added::New && kept == Kept::All
}

/// What has been chosen; empty where nothing is kept, or nothing that can be read.
pub(crate) fn load() -> Pack {
    let kept = store::load(store::PACK).into_iter().next();
    kept.and_then(|(_, fragment)| decode(&fragment).ok()).unwrap_or_default()
}

/// Keeps what has been chosen; says what the browser keeps. Note and visit are left out: they are about one person, and
/// the next pack is for another.
pub(crate) fn save(pack: &Pack) -> Kept {
    let chosen = Pack { items: pack.items.clone(), large: pack.large, ..Pack::default() };
    let kept = match encode(&chosen) {
        Ok(fragment) => {
            store::save(store::PACK, &[("chosen".to_owned(), fragment)]);
            match load() {
                kept if kept == chosen => Kept::All,
                kept if kept.items.is_empty() => Kept::Nothing,
                _ => Kept::Earlier,
            }
        }
        Err(_) => {
            store::forget(store::PACK);
            Kept::All
        }
    };
    show(&load());
    kept
}

/// "3 passages"
pub(crate) fn count(pack: &Pack) -> String {
    match pack.passages() {
        1 => "1 passage".to_owned(),
        passages => format!("{passages} passages"),
    }
}

/// Says in the header how much there is, where there is something.
fn show(pack: &Pack) {
    let Some(place) = dom::select(&dom::body(), "header .basket") else { return };
    if let Some(link) = dom::select(&place, "a") {
        link.set_text_content(Some(&format!("Pack · {}", pack.passages())));
        // What is seen stands at the start of what is heard, so that it can be named by voice.
        link.set_attribute("aria-label", &format!("Pack · {}: what you have chosen", pack.passages())).ok();
    }
    place.toggle_attribute_with_force("hidden", pack.items.is_empty()).ok();
}
