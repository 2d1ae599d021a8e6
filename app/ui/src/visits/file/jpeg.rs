//! A photo made small on the phone, before it is stored: a few hundred kilobytes instead of many millions, and without
//! what a camera writes beside the picture, such as where it was taken.

use futures_channel::oneshot;
use leptos::{
    prelude::{document, window},
    wasm_bindgen::{JsCast, JsValue, closure::Closure},
    web_sys,
};
use wasm_bindgen_futures::JsFuture;

/// Pixels of the longer side: enough to read a shelf label.
const LONGEST: f64 = 1600.0;
const QUALITY: f64 = 0.8;

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Jpeg {
    pub(super) bytes: Vec<u8>,
    pub(super) width: u32,
    pub(super) height: u32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the browser cannot read this picture")]
pub(super) struct Unreadable;

impl From<JsValue> for Unreadable {
    fn from(_: JsValue) -> Self {
        Self
    }
}

/// # Errors
/// Where the file is no picture, or of a kind that this browser does not know.
pub(super) async fn compress(file: &web_sys::File) -> Result<Jpeg, Unreadable> {
    let decoding = window().create_image_bitmap_with_blob(file)?;
    let picture: web_sys::ImageBitmap = JsFuture::from(decoding).await?.unchecked_into();
    let (width, height) = fitted(picture.width(), picture.height());
    let canvas: web_sys::HtmlCanvasElement = document().create_element("canvas")?.unchecked_into();
    canvas.set_width(width);
    canvas.set_height(height);
    let context: web_sys::CanvasRenderingContext2d = canvas
        .get_context("2d")?
        .ok_or(Unreadable)?
        .unchecked_into();
    context.draw_image_with_image_bitmap_and_dw_and_dh(
        &picture,
        0.0,
        0.0,
        f64::from(width),
        f64::from(height),
    )?;
    picture.close();
    let blob = encoded(&canvas).await?;
    let buffer = JsFuture::from(blob.array_buffer()).await?;
    Ok(Jpeg {
        bytes: js_sys::Uint8Array::new(&buffer).to_vec(),
        width,
        height,
    })
}

async fn encoded(canvas: &web_sys::HtmlCanvasElement) -> Result<web_sys::Blob, Unreadable> {
    let (tell, answer) = oneshot::channel();
    let hear = Closure::once_into_js(move |blob: Option<web_sys::Blob>| {
        // Whoever asked may have left the page.
        let _ = tell.send(blob);
    });
    canvas.to_blob_with_type_and_encoder_options(
        hear.unchecked_ref(),
        "image/jpeg",
        &JsValue::from_f64(QUALITY),
    )?;
    answer.await.ok().flatten().ok_or(Unreadable)
}

/// Smaller in proportion; never larger, never nothing.
fn fitted(width: u32, height: u32) -> (u32, u32) {
    let longest = f64::from(width.max(height)).max(1.0);
    let scale = (LONGEST / longest).min(1.0);
    let side = |pixels: u32| (f64::from(pixels) * scale).round().max(1.0) as u32;
    (side(width), side(height))
}

#[cfg(test)]
mod tests {
    use super::fitted;

    #[test]
    fn the_longer_side_fits() {
        assert_eq!(fitted(4000, 3000), (1600, 1200));
        assert_eq!(fitted(3000, 4000), (1200, 1600));
    }

    #[test]
    fn small_pictures_stay_and_thin_ones_do_not_vanish() {
        assert_eq!(fitted(640, 480), (640, 480));
        assert_eq!(fitted(40_000, 1), (1600, 1));
    }
}
