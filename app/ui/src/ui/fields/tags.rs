use leptos::{ev::KeyboardEvent, prelude::*};

use crate::ui::{Bound, Chip, Each, Field};

/// A set of words: Enter or a comma adds one, its cross takes it away, suggestions come from words already in use.
#[component]
pub(crate) fn TagsField(
    #[prop(into)] label: Signal<String>,
    #[prop(optional, into)] hint: MaybeProp<String>,
    #[prop(into)] bind: Bound<Vec<String>>,
    #[prop(optional, into)] suggestions: Signal<Vec<String>>,
) -> impl IntoView {
    let typed = RwSignal::new(String::new());
    let add = move || {
        let word = typed.get_untracked().trim().to_owned();
        typed.set(String::new());
        let mut words = bind.value.get_untracked();
        if !word.is_empty() && !words.contains(&word) {
            words.push(word);
            bind.set(words);
        }
    };
    let remove = move |word: &str| {
        let mut words = bind.value.get_untracked();
        words.retain(|known| known != word);
        bind.set(words);
    };
    let keydown = move |event: KeyboardEvent| match event.key().as_str() {
        // Enter that ends the composition of a Chinese word is not ours.
        "Enter" if !event.is_composing() => {
            event.prevent_default();
            add();
        }
        "Backspace" if typed.read_untracked().is_empty() => {
            if let Some(last) = bind.value.get_untracked().last() {
                remove(last);
            }
        }
        _ => {}
    };
    let control = move |ids: crate::ui::field::FieldIds| {
        let choices = format!("{}-choices", ids.control);
        view! {
            <div class="control flex-wrap gap-1">
                <Each each=move || bind.value.get() key=String::clone let:word>
                    {
                        let removed = word.clone();
                        view! {
                            <Chip
                                label=word
                                on_remove=Callback::new(move |()| remove(&removed))
                            />
                        }
                    }
                </Each>
                <input
                    id=ids.control
                    class="min-w-24 flex-1 bg-transparent py-1 outline-none"
                    list=choices.clone()
                    autocomplete="off"
                    dir="auto"
                    maxlength="40"
                    aria-describedby=ids.note
                    prop:value=typed
                    on:input:target=move |event| {
                        let text = event.target().value();
                        let ended = text.ends_with([',', '，', '、']);
                        typed.set(text.trim_end_matches([',', '，', '、']).to_owned());
                        if ended {
                            add();
                        }
                    }
                    on:keydown=keydown
                    on:change=move |_| add()
                />
                <datalist id=choices>
                    {move || {
                        suggestions.get().into_iter().map(|word| view! { <option value=word></option> }).collect_view()
                    }}
                </datalist>
            </div>
        }
    };
    view! { <Field label hint control /> }
}
