//! The document's title and the focus after navigation. The page opened last names the document; when it closes, the
//! one beneath does again.

use leptos::{html, prelude::*};

#[derive(Clone, Copy)]
struct Titles(RwSignal<Vec<(u32, Signal<String>)>>);

pub(crate) fn provide_titles() {
    let titles = Titles(RwSignal::new(Vec::new()));
    provide_context(titles);
    provide_context(FirstPage(StoredValue::new(true)));
    let product = tr!(shell.product);
    Effect::new(move || {
        let page = titles
            .0
            .with(|titles| titles.last().map(|(_, title)| *title));
        let title = match page {
            Some(page) => format!("{} · {}", page.get(), product.get()),
            None => product.get(),
        };
        document().set_title(&title);
    });
}

/// Names the document for as long as the caller lives, and moves the focus to its heading unless it is the first
/// page of this visit, where the browser's own start is right.
pub(super) fn use_title(title: Signal<String>, heading: NodeRef<html::H1>) {
    let Titles(titles) = expect_context();
    let key = titles.with_untracked(|titles| titles.last().map_or(0, |(key, _)| key + 1));
    let first = use_context::<FirstPage>().is_some_and(|FirstPage(first)| {
        let was = first.get_value();
        first.set_value(false);
        was
    });
    titles.update(|titles| titles.push((key, title)));
    on_cleanup(move || {
        titles.try_update(|titles| titles.retain(|(known, _)| *known != key));
    });
    heading.on_load(move |heading| {
        if !first {
            // A heading always accepts focus: it has a tabindex.
            let _ = heading.focus();
        }
    });
}

#[derive(Clone, Copy)]
struct FirstPage(StoredValue<bool>);
