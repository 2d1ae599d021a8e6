use leptos::prelude::*;

/// The first letter or character of a name. Decoration: the name itself stands beside it.
#[component]
pub(crate) fn Avatar(#[prop(into)] name: Signal<String>) -> impl IntoView {
    view! {
        <span
            class="flex size-10 shrink-0 items-center justify-center rounded-full bg-base-200 font-medium text-base-content"
            aria-hidden="true"
        >
            {move || name.with(|name| initial(name))}
        </span>
    }
}

/// Names of companies often begin with their city; nothing clever is tried, so that a list stays predictable.
fn initial(name: &str) -> String {
    name.chars()
        .find(|letter| letter.is_alphanumeric())
        .map(|letter| letter.to_uppercase().collect())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::initial;

    #[test]
    fn takes_the_first_letter_that_can_be_read() {
        assert_eq!(initial("（上海）云帆"), "上");
        assert_eq!(initial("\u{202e}anna"), "A");
        assert_eq!(initial("…"), "");
    }
}
