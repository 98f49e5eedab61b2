//! A code that a phone's camera reads.

use leptos::prelude::*;
use qrcode::{Color, QrCode};

/// So many light squares around it, as the standard wants them.
const QUIET: usize = 4;

/// The picture of a text; `None` where it is too long for one.
pub fn picture(text: &str, label: String) -> Option<impl IntoView + use<>> {
    let code = QrCode::new(text).ok()?;
    let (width, squares) = (code.width(), code.to_colors());
    let dark = squares.iter().enumerate().filter(|(_, color)| **color == Color::Dark);
    let path: String =
        dark.map(|(at, _)| format!("M{} {}h1v1h-1z", at % width + QUIET, at / width + QUIET)).collect();
    let size = width + 2 * QUIET;
    Some(view! {
        <svg class="qr" role="img" aria-label=label viewBox=format!("0 0 {size} {size}")>
            <rect width=size height=size fill="#fff" />
            <path d=path fill="#000" />
        </svg>
    })
}
