//! What the browser says of its storage.

use std::rc::Rc;

use wasm_bindgen_futures::JsFuture;

use super::writer::Writer;
use caravan_engine::web::js;

pub(crate) async fn look(writer: Rc<Writer>) {
    let Ok(estimate) = js::scope().navigator().storage().estimate() else {
        return;
    };
    let Ok(estimate) = JsFuture::from(estimate).await else {
        return;
    };
    let number = |name| js::get(&estimate, name).as_f64().map(|bytes| bytes as u64);
    writer.engine.set_estimate(number("usage"), number("quota"));
    writer.tell_soon();
}
