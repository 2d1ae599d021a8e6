use fast_qr::{QRBuilder, QRCode};
use leptos::prelude::*;

use super::live::live;

/// Modules of white around the code (ISO/IEC 18004 asks for four).
const QUIET: usize = 4;

/// A QR code as one SVG path, always dark on light: scanners do not follow themes. Nothing is drawn for a text too long
/// to encode; the text itself must stand beside it anyway.
#[component]
pub(crate) fn QrCode(
    #[prop(into)] text: Signal<String>,
    #[prop(into)] label: Signal<String>,
) -> impl IntoView {
    live(move || {
        let code = text
            .with(|text| QRBuilder::new(text.as_str()).build())
            .ok()?;
        let side = code.size + 2 * QUIET;
        let background = format!("M0 0h{side}v{side}H0z");
        Some(view! {
            <svg
                class="aspect-square w-full max-w-64 rounded-field"
                viewBox=format!("0 0 {side} {side}")
                shape-rendering="crispEdges"
                role="img"
                aria-label=label
            >
                <path fill="#fff" d=background />
                <path fill="#000" d=dark_modules(&code) />
            </svg>
        })
    })
}

fn dark_modules(code: &QRCode) -> String {
    let mut path = String::new();
    for row in 0..code.size {
        for column in 0..code.size {
            if code[row][column].value() {
                path.push_str(&format!("M{} {}h1v1h-1z", column + QUIET, row + QUIET));
            }
        }
    }
    path
}
