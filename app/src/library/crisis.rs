//! Help in a crisis: who to reach now, by country, the site's own country first.

use article::{CrisisCountry, CrisisLine};
use leptos::prelude::*;

use crate::{
    page::{Context, Page},
    ui::Time,
};

pub(crate) fn page(context: &Context<'_>) -> Page {
    let site = context.library.site();
    let local = site.crisis_country.as_deref();
    let first = site.crisis.iter().find(|country| Some(country.code.as_str()) == local);
    let rest: Vec<_> = site.crisis.iter().filter(|country| Some(country.code.as_str()) != local).collect();
    let countries = first
        .iter()
        .chain(&rest)
        .map(|country| view! { <li><a href=format!("#{}", address(country))>{country.country.clone()}</a></li> })
        .collect_view();
    let main = view! {
        <header class="title">
            <h1>"Help in a crisis"</h1>
            <p class="excerpt">
                "You do not have to know what to say. If you or somebody with you is in danger right now, call your emergency number. "
                "These people answer too, and they are used to hard calls."
            </p>
        </header>
        {(site.crisis.len() > 1).then(|| {
            view! { <nav class="countries" aria-label="Countries"><ul class="topics">{countries}</ul></nav> }
        })}
        {clinic(context).map(|lines| {
            let name = context.clinic.name.clone().unwrap_or_else(|| "Your clinic".to_owned());
            view! { <section class="country" id="clinic"><h2>{name}</h2><ul>{lines}</ul></section> }
        })}
        {first.map(|country| entry(country, true))}
        {rest.into_iter().map(|country| entry(country, false)).collect_view()}
        <section class="while-you-wait" aria-labelledby="wait">
            <h2 id="wait">"While you wait"</h2>
            <ul>
                <li>"Stay with somebody, or stay on the line."</li>
                <li>"Put distance between you and anything that you could use to hurt yourself."</li>
                <li>"Breathe out longer than you breathe in. Name five things that you can see."</li>
            </ul>
        </section>
    };
    Page::new("crisis", "Help in a crisis", "/crisis", main)
        .describe("Who to call or write to now, by country.")
}

/// The card that stands above everything where words sound like a crisis: the site's own country first, one tap to
/// call. Made once as HTML, because the browser has it from the page and shows it without asking anybody.
pub(crate) fn card(context: &Context<'_>) -> String {
    card_with(context, None)
}

/// The same where this page must not be left: what leads away opens in a tab of its own, and says so.
pub(crate) fn card_that_stays(context: &Context<'_>) -> String {
    card_with(context, Some("_blank"))
}

fn card_with(context: &Context<'_>, target: Option<&'static str>) -> String {
    let site = context.library.site();
    let local = site.crisis_country.as_deref();
    let country = site.crisis.iter().find(|country| Some(country.code.as_str()) == local);
    let lines = country.map(|country| country.lines.iter().map(|one| line(one, target)).collect_view());
    let own = clinic(context);
    let lines = (own.is_some() || lines.is_some()).then(|| view! { <ul>{own}{lines}</ul> });
    let elsewhere = if country.is_some() { "Lines in other countries" } else { "Lines by country" };
    let elsewhere = format!("{elsewhere}{}", if target.is_some() { " (opens in a new tab)" } else { "" });
    let card = view! {
        <section class="crisis-card country" aria-label="Help in a crisis" tabindex="-1">
            <p class="first">"If it is hard right now, you do not have to be alone with it."</p>
            <p>"In danger, call your emergency number. These people answer too, whatever you say first."</p>
            {lines}
            <p><a href="/crisis" target=target>{elsewhere}</a></p>
        </section>
    };
    card.to_html()
}

fn entry(country: &CrisisCountry, local: bool) -> impl IntoView + use<> {
    let lines = country.lines.iter().map(|one| line(one, None)).collect_view();
    view! {
        <section class="country" data-local=local.then_some("") id=address(country)>
            <h2>{country.country.clone()}</h2>
            <ul>{lines}</ul>
            <p class="facts">"Checked " <Time date=country.checked />", source: " {country.source.clone()}</p>
        </section>
    }
}

/// The clinic's own numbers, named as the clinic's: who calls should know who answers, and that it may be nobody.
fn clinic(context: &Context<'_>) -> Option<impl IntoView + use<>> {
    let clinic = context.clinic;
    let of = clinic.name.clone().unwrap_or_else(|| "your clinic".to_owned());
    let crisis = clinic.crisis.clone().map(|phone| number(&format!("Crisis line of {of}"), phone, None));
    let hours = "If nobody answers, do not wait: call one of the others.".to_owned();
    let phone = clinic.phone.clone().map(|phone| number(&format!("Telephone of {of}"), phone, Some(hours)));
    (crisis.is_some() || phone.is_some()).then(|| view! { {crisis}{phone} })
}

fn number(name: &str, phone: String, detail: Option<String>) -> impl IntoView + use<> {
    let (name, audience) = (name.to_owned(), detail);
    line(&CrisisLine { name, phone: Some(phone), text: None, url: None, hours: None, audience }, None)
}

/// The link that calls a number.
pub(crate) fn dialled(phone: &str) -> String {
    let digits: String = phone.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect();
    format!("tel:{digits}")
}

fn line(line: &CrisisLine, target: Option<&'static str>) -> impl IntoView + use<> {
    let phone = line.phone.clone().map(|phone| {
        let href = dialled(&phone);
        view! { <a class="number" href=href><b>{phone}</b></a> }
    });
    let details = [&line.audience, &line.hours].into_iter().flatten().map(|text| text.trim_end_matches('.'));
    let detail = details.collect::<Vec<_>>().join(" · ");
    let url = line.url.clone().map(|url| {
        let shown = url.trim_start_matches("https://").trim_end_matches('/').to_owned();
        view! { <a href=url rel="noopener noreferrer external" target=target>{shown}</a> }
    });
    view! {
        <li>
            <b class="name">{line.name.clone()}</b>
            {phone}
            {line.text.clone().map(|text| view! { <span class="text">{text}</span> })}
            {url}
            {(!detail.is_empty()).then(|| view! { <span class="facts">{detail}</span> })}
        </li>
    }
}

/// The country's anchor on the page.
fn address(country: &CrisisCountry) -> String {
    country.code.to_lowercase()
}
