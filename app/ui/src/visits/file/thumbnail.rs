use caravan_domain::id::BlobHash;
use caravan_port::act::{Act, Done};
use icondata_lu as icons;
use leptos::{prelude::*, task::spawn_local, wasm_bindgen::JsValue, web_sys};

use crate::{
    engine::use_engine,
    ui::{Icon, Sheet},
};

#[derive(Debug, Clone, PartialEq, Eq)]
enum Picture {
    Loading,
    /// An object URL, given back when the picture leaves the page.
    Here(String),
    /// Neither on this phone nor at the relay now.
    Elsewhere,
}

/// A picture in small; a tap shows it large.
#[component]
pub(super) fn Thumbnail(hash: BlobHash) -> impl IntoView {
    let engine = use_engine();
    let picture = RwSignal::new(Picture::Loading);
    let open = RwSignal::new(false);
    spawn_local(async move {
        let loaded = match engine.act(Act::LoadPhoto(hash)).await {
            Ok(Done::PhotoBytes(Some(bytes))) => {
                object_url(&bytes).map_or(Picture::Elsewhere, Picture::Here)
            }
            _ => Picture::Elsewhere,
        };
        if let Some(Picture::Here(unseen)) = picture.try_set(loaded) {
            revoke(&unseen);
        }
    });
    on_cleanup(move || {
        if let Some(Picture::Here(url)) = picture.try_get_untracked() {
            revoke(&url);
        }
    });
    let (name, elsewhere) = (tr!(visits.photo), tr!(visits.photo_elsewhere));
    view! {
        {move || match picture.get() {
            Picture::Loading => view! { <div class="size-20 rounded-field bg-base-200"></div> }.into_any(),
            Picture::Elsewhere => {
                view! {
                    <div
                        class="flex size-20 items-center justify-center rounded-field bg-base-200 text-muted"
                        role="img"
                        aria-label=elsewhere
                        title=elsewhere
                    >
                        <Icon icon=icons::LuImageOff />
                    </div>
                }
                    .into_any()
            }
            Picture::Here(url) => {
                view! {
                    <button type="button" class="cursor-pointer" aria-haspopup="dialog" on:click=move |_| open.set(true)>
                        <img class="size-20 rounded-field object-cover" src=url alt=name />
                    </button>
                }
                    .into_any()
            }
        }}
        <Sheet open title=name wide=true>
            <div class="px-4 pb-4">
                {move || match picture.get() {
                    Picture::Here(url) => {
                        Some(view! { <img class="mx-auto max-h-[70dvh] rounded-field" src=url alt=name /> })
                    }
                    _ => None,
                }}
            </div>
        </Sheet>
    }
}

fn object_url(bytes: &[u8]) -> Option<String> {
    let parts = js_sys::Array::of1(&js_sys::Uint8Array::from(bytes));
    let options = web_sys::BlobPropertyBag::new();
    options.set_type("image/jpeg");
    let blob =
        web_sys::Blob::new_with_u8_array_sequence_and_options(&JsValue::from(parts), &options)
            .ok()?;
    web_sys::Url::create_object_url_with_blob(&blob).ok()
}

fn revoke(url: &str) {
    // Only an address that is none is refused.
    let _ = web_sys::Url::revoke_object_url(url);
}
