//! Lists whose rows stay while their key stays.

use std::{
    hash::{DefaultHasher, Hash, Hasher},
    sync::Arc,
};

use leptos::prelude::*;

/// Use it instead of Leptos's `For`, which does the same but is compiled anew wherever it stands: some kilobytes each.
#[component]
pub(crate) fn Each<I, T, K, V>(
    each: impl Fn() -> I + Send + 'static,
    /// Two rows of one list never share it.
    key: impl Fn(&T) -> K + Send + 'static,
    children: impl Fn(T) -> V + Send + Sync + 'static,
) -> impl IntoView
where
    I: IntoIterator<Item = T>,
    T: Send + 'static,
    K: Hash,
    V: IntoView + 'static,
{
    let children = Arc::new(children);
    let row = move |item: T| {
        let children = Arc::clone(&children);
        Row {
            key: hash(&key(&item)),
            view: Box::new(move || children(item).into_any()),
        }
    };
    keyed(Box::new(move || each().into_iter().map(&row).collect()))
}

/// A row before it is built; one that is already shown never is.
struct Row {
    key: u64,
    view: Box<dyn FnOnce() -> AnyView + Send>,
}

fn keyed(rows: Box<dyn Fn() -> Vec<Row> + Send>) -> AnyView {
    view! { <For each=rows key=|row| row.key children=|row| (row.view)() /> }.into_any()
}

fn hash(key: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    key.hash(&mut hasher);
    hasher.finish()
}
