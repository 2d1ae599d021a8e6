//! What was typed into something that was refused, to be read and copied out.

use caravan_domain::command::Field;
use caravan_port::view::RefusedWord;
use leptos::prelude::*;

use crate::{errors::Explain, ui::Each};

#[component]
pub(super) fn Words(words: Memo<Vec<RefusedWord>>) -> impl IntoView {
    let explain = Explain::new();
    let removed = tr!(sync.removed);
    view! {
        <ul class="flex flex-col gap-1 border-s-2 border-line ps-3">
            <Each
                each=move || words.get().into_iter().enumerate()
                key=|(place, word)| (*place, word.place.clone(), word.text.clone())
                let:line
            >
                <li class="break-words whitespace-pre-wrap">
                    {label(&line.1.place, explain)}
                    {match line.1.text.is_empty() {
                        true => removed.into_any(),
                        false => view! { <bdi>{line.1.text}</bdi> }.into_any(),
                    }}
                </li>
            </Each>
        </ul>
    }
}

fn label(place: &str, explain: Explain) -> Option<impl IntoView + use<>> {
    let name = place_name(place, explain);
    (!name.is_empty()).then(|| view! { <span class="me-2 text-muted">{name}</span> })
}

/// One line for each word, with its place where that has a name.
pub(super) fn as_text(words: &[RefusedWord], explain: Explain) -> String {
    let lines = words
        .iter()
        .map(|word| match place_name(&word.place, explain) {
            "" => word.text.clone(),
            place => format!("{place}: {}", word.text),
        });
    lines.collect::<Vec<_>>().join("\n")
}

/// Of fields that have a name in forms; what else was written speaks for itself.
fn place_name(place: &str, explain: Explain) -> &'static str {
    let field = match place {
        "name" => Field::Name,
        "code" => Field::Code,
        "region" => Field::Region,
        "address" => Field::Address,
        "source" => Field::Source,
        "note" => Field::Note,
        "birthday" => Field::Birthday,
        "title" => Field::Title,
        "due" => Field::Due,
        "next_step" => Field::NextStep,
        _ => return "",
    };
    explain.field(field)
}
