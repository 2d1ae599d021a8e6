//! The command palette (Ctrl K, ⌘ K): every place and every action by name.

use leptos::{ev::KeyboardEvent, html, prelude::*};
use leptos_router::{NavigateOptions, hooks::use_navigate};

use super::launch::use_launch;
use crate::{
    module::Link,
    modules::MODULES,
    ui::{Icon, Sheet},
};

#[component]
pub(super) fn Palette() -> impl IntoView {
    let open = use_launch().palette;
    let all: Vec<Link> = MODULES
        .iter()
        .flat_map(|module| (module.actions)().into_iter().chain((module.links)()))
        .collect();
    let all = StoredValue::new(all);
    view! {
        <Sheet open title=tr!(shell.find) wide=true>
            <Finder open all />
        </Sheet>
    }
}

/// A combobox over a listbox, as ARIA's authoring practices describe it: the focus stays in the field.
#[component]
fn Finder(open: RwSignal<bool>, all: StoredValue<Vec<Link>>) -> impl IntoView {
    let word = RwSignal::new(String::new());
    let active = RwSignal::new(0usize);
    let field = NodeRef::<html::Input>::new();
    let navigate = StoredValue::new_local(use_navigate());
    let found = Memo::new_with_compare(
        move |_| {
            let word = word.get().to_lowercase();
            all.with_value(|all| {
                let matches = |link: &&Link| {
                    link.label
                        .with(|label| label.to_lowercase().contains(&word))
                };
                all.iter()
                    .filter(matches)
                    .map(|link| link.href)
                    .collect::<Vec<_>>()
            })
        },
        |before, now| before != now,
    );
    let go = move |href: &'static str| {
        open.set(false);
        navigate.with_value(|navigate| navigate(href, NavigateOptions::default()));
    };
    let keydown = move |event: KeyboardEvent| {
        let last = found.with(|found| found.len().saturating_sub(1));
        match event.key().as_str() {
            "ArrowDown" => active.update(|active| *active = (*active + 1).min(last)),
            "ArrowUp" => active.update(|active| *active = active.saturating_sub(1)),
            "Enter" if !event.is_composing() => {
                let href = found.with(|found| found.get(active.get_untracked()).copied());
                if let Some(href) = href {
                    go(href);
                }
            }
            _ => return,
        }
        event.prevent_default();
    };
    // A dialog gives the focus to its first control, the cross; here one types at once.
    field.on_load(|field| request_animation_frame(move || drop(field.focus())));
    view! {
        <div class="px-4 pt-1 pb-2">
            <input
                class="control"
                node_ref=field
                role="combobox"
                aria-expanded="true"
                aria-controls="palette-list"
                aria-label=tr!(shell.find)
                aria-activedescendant=move || format!("palette-{}", active.get())
                autocomplete="off"
                prop:value=word
                on:input:target=move |event| {
                    word.set(event.target().value());
                    active.set(0);
                }
                on:keydown=keydown
            />
        </div>
        <ul id="palette-list" role="listbox" aria-label=tr!(shell.find)>
            {move || {
                let found = found.get();
                all.with_value(|all| {
                    found
                        .iter()
                        .enumerate()
                        .filter_map(|(place, href)| {
                            let link = all.iter().find(|link| link.href == *href)?.clone();
                            let chosen = move || active.get() == place;
                            Some(view! {
                                <li
                                    id=format!("palette-{place}")
                                    class="row cursor-pointer"
                                    class:bg-base-200=chosen
                                    role="option"
                                    aria-selected=move || if chosen() { "true" } else { "false" }
                                    on:click=move |_| go(link.href)
                                >
                                    <Icon icon=link.icon class="size-5 shrink-0 text-muted" />
                                    <span>{link.label}</span>
                                </li>
                            })
                        })
                        .collect_view()
                })
            }}
        </ul>
        <p class="px-4 py-2 text-sm text-muted" role="status">
            {
                let nothing = tr!(shell.nothing_found);
                move || found.with(Vec::is_empty).then_some(nothing)
            }
        </p>
    }
}
