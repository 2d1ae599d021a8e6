//! A new version waits in its service worker until the person takes it; never in mid-edit.

use leptos::{
    ev::Custom,
    prelude::*,
    task::spawn_local,
    wasm_bindgen::{JsCast, JsValue, closure::Closure},
    web_sys::{Event, ServiceWorker, ServiceWorkerRegistration},
};
use wasm_bindgen_futures::JsFuture;

use super::notice::Notice;
use crate::ui::{Button, ButtonKind, live};

#[component]
pub(super) fn UpdateOffer() -> impl IntoView {
    let waiting = RwSignal::new_local(None::<ServiceWorker>);
    spawn_local(async move {
        if let Some(registration) = registration().await {
            watch(&registration, waiting);
        }
    });
    let take = move || {
        if let Some(worker) = waiting.get_untracked() {
            reload_when_active();
            activate(&worker);
        }
    };
    let (text, verb) = (tr!(shell.update), tr!(shell.update_verb));
    live(move || {
        waiting.with(Option::is_some).then(|| {
            view! {
                <Notice
                    icon=icondata_lu::LuRefreshCw
                    text
                    on_dismiss=move || waiting.set(None)
                >
                    <Button label=verb kind=ButtonKind::Quiet on_press=take />
                </Notice>
            }
        })
    })
}

/// `None` where service workers are refused: private windows, plain http.
async fn registration() -> Option<ServiceWorkerRegistration> {
    let navigator: JsValue = window().navigator().into();
    let container = js_sys::Reflect::get(&navigator, &JsValue::from_str("serviceWorker")).ok()?;
    let container: leptos::web_sys::ServiceWorkerContainer = container.dyn_into().ok()?;
    let ready = container.ready().ok()?;
    JsFuture::from(ready).await.ok()?.dyn_into().ok()
}

fn watch(
    registration: &ServiceWorkerRegistration,
    waiting: RwSignal<Option<ServiceWorker>, LocalStorage>,
) {
    waiting.set(registration.waiting());
    let installing = {
        let registration = registration.clone();
        move |_: JsValue| follow(registration.installing(), registration.clone(), waiting)
    };
    let installing = Closure::<dyn Fn(JsValue)>::new(installing).into_js_value();
    registration.set_onupdatefound(Some(installing.unchecked_ref()));
}

/// Offers the version once it is installed. The first one ever has nothing to replace and is not offered.
fn follow(
    worker: Option<ServiceWorker>,
    registration: ServiceWorkerRegistration,
    waiting: RwSignal<Option<ServiceWorker>, LocalStorage>,
) {
    let Some(worker) = worker else { return };
    let changed = move |_: JsValue| {
        if registration.active().is_some() {
            waiting.set(registration.waiting());
        }
    };
    let changed = Closure::<dyn Fn(JsValue)>::new(changed).into_js_value();
    worker.set_onstatechange(Some(changed.unchecked_ref()));
}

fn activate(worker: &ServiceWorker) {
    let message = js_sys::Object::new();
    // Setting a property of a fresh object and posting it to a live worker cannot fail.
    let _ = js_sys::Reflect::set(
        &message,
        &JsValue::from_str("type"),
        &JsValue::from_str("activate"),
    );
    let _ = worker.post_message(&message);
}

fn reload_when_active() {
    let container = window().navigator().service_worker();
    let reload = Closure::<dyn Fn(Event)>::new(|_| {
        // The new version shows at the next start in any case.
        let _ = window().location().reload();
    });
    let name = Custom::<Event>::new("controllerchange");
    let _ = container.add_event_listener_with_callback(
        &leptos::ev::EventDescriptor::name(&name),
        reload.into_js_value().unchecked_ref(),
    );
}
