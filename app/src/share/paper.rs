//! What every sheet of paper has: who hands it over and when at its head; at its foot the way back to the page, where to
//! call, and what it is not. The classes are described at the top of `style/print.css`.

use leptos::prelude::*;

use super::qr::Qr;
use crate::{
    page::Context,
    ui::{Mark, Time},
};

/// Who hands the sheet over, and the day.
pub(crate) fn head(context: &Context<'_>) -> impl IntoView + use<> {
    let clinic = context.clinic;
    let sign = match &clinic.logo {
        Some(logo) => {
            let (width, height) = (logo.size.0.to_string(), logo.size.1.to_string());
            view! { <img src=logo.path.clone() alt="" width=width height=height /> }.into_any()
        }
        None => view! { <Mark /> }.into_any(),
    };
    let more = [clinic.phone.clone(), clinic.address.clone()].into_iter().flatten();
    let more = more.map(|line| view! { <span>{line}</span> }).collect_view();
    view! {
        <div class="paper-head">
            {sign}
            <p><b>{giver(context)}</b>{more}</p>
            <p class="given"><Time date=context.today /></p>
        </div>
    }
}

/// The clinic's name, or the site's where none is set.
pub(crate) fn giver(context: &Context<'_>) -> String {
    context.clinic.name.clone().unwrap_or_else(|| context.library.site().name.clone())
}

/// How many characters the head has to say who hands the sheet over.
pub(crate) fn length(context: &Context<'_>) -> usize {
    let clinic = context.clinic;
    let more = [&clinic.phone, &clinic.address].into_iter().flatten();
    // A mark stands between two of them.
    giver(context).chars().count() + more.map(|line| line.chars().count() + 3).sum::<usize>()
}

/// The way back to a page, whom to call in a crisis, and that it is no medical advice. `path` is the page's.
pub(crate) fn foot(context: &Context<'_>, path: &str, name: &str) -> impl IntoView + use<> {
    let address = context.absolute(path);
    let code = code(&address, &format!("QR code that leads to {name}"));
    view! {
        <div class="paper-foot">
            {code}
            <div>
                <p>"Read it on a phone, as it is today:" <br /><b class="address">{shown(&address)}</b></p>
                <p>{crisis(context)}</p>
                <p>"This is general education, not medical advice. Your own prescriber and therapist know your situation."</p>
            </div>
        </div>
    }
}

/// A QR code; nothing where an address is too long for one, which the printed address makes up for.
pub(crate) fn code(address: &str, label: &str) -> Option<impl IntoView + use<>> {
    let svg = Qr::of(address)?.svg(label);
    Some(view! { <div class="code" inner_html=svg></div> })
}

/// An address as people read it aloud.
pub(crate) fn shown(address: &str) -> String {
    address.trim_start_matches("https://").trim_start_matches("http://").trim_end_matches('/').to_owned()
}

/// Whom to call: the clinic's own number, else the first line of the site's country, else the page that lists all.
fn crisis(context: &Context<'_>) -> String {
    let danger = "In danger, or with thoughts of ending your life: call your emergency number";
    let site = context.library.site();
    let local = site.crisis.iter().find(|country| Some(&country.code) == site.crisis_country.as_ref());
    let line = local.into_iter().flat_map(|country| &country.lines).find(|line| line.phone.is_some());
    match (&context.clinic.crisis, line.and_then(|line| Some((&line.name, line.phone.as_ref()?)))) {
        (Some(number), Some((name, phone))) => {
            format!("{danger}, our crisis number {number}, or {name}: {phone}.")
        }
        (Some(number), None) => format!("{danger}, or our crisis number {number}."),
        (None, Some((name, phone))) => format!("{danger}, or {name}: {phone}."),
        (None, None) => format!("{danger}. Other help: {}.", shown(&context.absolute("/crisis"))),
    }
}

/// The button that prints, for who has scripts; the browser's own command does the same.
pub(crate) fn print_button() -> impl IntoView {
    view! { <button type="button" class="primary needs-client" data-act="print-page">"Print"</button> }
}
