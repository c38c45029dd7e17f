//! The form around a search box: a plain form first, on every page.

use leptos::prelude::*;

use crate::{
    islands::{
        island,
        search::{Room, SearchBox},
    },
    page::Context,
};

/// A search form. `value` is what was asked already; `narrowed` stands under the box.
///
/// Where the library is small enough, the form says where the index is; a browser without an address asks the server.
pub(crate) fn form(context: &Context<'_>, room: Room, value: &str, narrowed: Option<AnyView>) -> AnyView {
    let files = context.search.files;
    let value = value.to_owned();
    let field = match room {
        Room::Header => {
            island("search-header", view! { <SearchBox room=Room::Header value=value /> }).into_any()
        }
        Room::Home => island("search-home", view! { <SearchBox room=Room::Home value=value /> }).into_any(),
        Room::Page => island("search-page", view! { <SearchBox room=Room::Page value=value /> }).into_any(),
    };
    view! {
        <search>
            <form
                class="search"
                method="get"
                action="/search"
                data-search=room.key()
                data-index=files.map(|files| files.index.to_owned())
                data-texts=files.map(|files| files.texts.to_owned())
            >
                <label class="unseen" for=room.input()>"Search the library"</label>
                <div class="field">
                    {field}
                    <button type="submit" class="go"><Glass /><span>"Search"</span></button>
                </div>
                {narrowed}
            </form>
        </search>
    }
    .into_any()
}

/// On a phone the header has room for a door to the search only.
pub(crate) fn opener() -> impl IntoView {
    view! { <a class="opener" href="/search" aria-label="Search"><Glass /></a> }
}

/// A looking glass.
#[component]
fn Glass() -> impl IntoView {
    view! {
        <svg class="glass" viewBox="0 0 24 24" width="24" height="24" aria-hidden="true" focusable="false">
            <circle cx="10.5" cy="10.5" r="6.5" />
            <path d="M15.5 15.5l5 5" />
        </svg>
    }
}
