//! The clinic kit on the wire: its logo, its colours, and what pages say of it.

use app::{Clinic, Logo};
use axum::{
    body::Bytes,
    extract::{Path, State},
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};

use super::{AppState, search::hash};
use crate::{
    config::{Config, Phone},
    errors::AppError,
};

/// The hash in a name changes with the content.
const FOR_EVER: &str = "public, max-age=31536000, immutable";

/// What an operator has set about the clinic, ready to be shown and served.
pub struct Kit {
    shown: Clinic,
    files: Vec<File>,
}

struct File {
    address: String,
    content_type: &'static str,
    bytes: Bytes,
}

impl File {
    fn new(name: &str, ending: &str, content_type: &'static str, bytes: Bytes) -> Self {
        Self { address: format!("/clinic/{name}.{:016x}.{ending}", hash(&bytes)), content_type, bytes }
    }
}

impl Kit {
    /// From the settings, which were checked when they were read.
    pub fn of(config: &Config) -> Self {
        let logo = config.clinic_logo.as_ref().map(|logo| {
            let bytes = Bytes::copy_from_slice(&logo.bytes);
            (File::new("logo", logo.ending, logo.content_type, bytes), logo.size)
        });
        let colours =
            colours(config).map(|css| File::new("colours", "css", "text/css; charset=utf-8", css.into()));
        let written = |phone: &Option<Phone>| phone.as_ref().map(|phone| phone.as_str().to_owned());
        let shown = Clinic {
            name: config.clinic_name.clone(),
            logo: logo.as_ref().map(|(file, size)| Logo { path: file.address.clone(), size: *size }),
            phone: written(&config.clinic_phone),
            address: config.clinic_address.clone(),
            crisis: written(&config.clinic_crisis),
            colours: colours.as_ref().map(|file| file.address.clone()),
        };
        Self { shown, files: logo.map(|(file, _)| file).into_iter().chain(colours).collect() }
    }

    /// What pages say.
    pub fn shown(&self) -> &Clinic {
        &self.shown
    }
}

/// The clinic's colours as a style sheet of their own, because the policy of pages allows no style in them. On screens
/// only: paper is black, but for the poster. The theme of high contrast keeps its one blue.
fn colours(config: &Config) -> Option<String> {
    if config.clinic_accent.is_none() && config.clinic_accent_dark.is_none() {
        return None;
    }
    let light = config.clinic_accent.unwrap_or_default();
    let dark = config.clinic_accent_dark.unwrap_or_else(|| light.in_the_dark());
    Some(format!(
        concat!(
            "@media screen{{",
            ":root:not([data-theme=contrast],:has(#theme-contrast:checked)){{--door:light-dark({},{})}}",
            ":root:is([data-theme=sepia],:has(#theme-sepia:checked)){{--door:{}}}",
            "}}\n",
            ".poster{{--door:{}}}\n",
        ),
        light.colour(),
        dark.colour(),
        light.on_sepia(),
        light.colour(),
    ))
}

/// `/clinic/logo.….svg`, `/clinic/colours.….css`
pub async fn file(State(state): State<AppState>, Path(name): Path<String>) -> Result<Response, AppError> {
    let address = format!("/clinic/{name}");
    let file = state.clinic.files.iter().find(|file| file.address == address).ok_or(StatusCode::NOT_FOUND)?;
    let headers = [(header::CONTENT_TYPE, file.content_type), (header::CACHE_CONTROL, FOR_EVER)];
    Ok((headers, file.bytes.clone()).into_response())
}
