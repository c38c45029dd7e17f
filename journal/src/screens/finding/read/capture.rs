//! A capture as it is read: its pieces in the order in which they came, as they were.

use journal::{Capture, Piece, PieceKind};

use super::{body::lines, entry::figure};
use crate::screens::{dates, desk::Desk, view::prelude::*};

pub fn capture(desk: Desk, capture: &Capture) -> View {
    let pieces: Vec<_> = capture.pieces.iter().map(|piece| piece_view(desk, piece)).collect();
    let end = match capture.finished {
        Some(finished) => format!(
            "Finished {}. It stays as it was; what comes later is written beside it.",
            dates::moment(finished)
        ),
        None => "Not finished. More can be added until it is.".to_owned(),
    };
    let none = pieces.is_empty().then(|| view! { <p class="hint">"Nothing was caught."</p> });
    view! {
        {none}
        <ol class="pieces">{pieces}</ol>
        <p class="hint">{end}</p>
    }
}

fn piece_view(desk: Desk, piece: &Piece) -> View {
    let kind = match piece.kind {
        PieceKind::Text | PieceKind::Other(_) => "",
        PieceKind::Voice => "Voice memo",
        PieceKind::Drawing => "Drawing",
        PieceKind::Image => "Image",
        PieceKind::Feeling => "Feeling",
        PieceKind::Thought => "Thought",
        PieceKind::Insight => "Insight",
    };
    let when = [dates::time(piece.at).as_str(), kind]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(" · ");
    view! {
        <li>
            <p class="facts">{when}</p>
            {lines(&piece.text)}
            {piece.attachment.as_ref().map(|attachment| figure(desk, attachment))}
        </li>
    }
}
