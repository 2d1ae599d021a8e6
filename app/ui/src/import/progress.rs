use leptos::prelude::*;

/// How far a piece of work is; only its name is spoken, not every step.
#[component]
pub(super) fn Progress(
    #[prop(into)] label: Signal<String>,
    #[prop(into)] done: Signal<usize>,
    #[prop(into)] of: Signal<usize>,
) -> impl IntoView {
    let percent = move || match of.get() {
        0 => 0,
        of => done.get().min(of) * 100 / of,
    };
    view! {
        <div class="flex flex-col gap-2 px-4 py-6">
            <p class="flex justify-between gap-4">
                <span class="font-medium" role="status">
                    {label}
                </span>
                <span class="text-muted tabular-nums" aria-hidden="true">
                    {move || format!("{}%", percent())}
                </span>
            </p>
            <progress
                class="progress progress-primary w-full"
                aria-label=label
                max="100"
                value=move || percent().to_string()
            ></progress>
        </div>
    }
}
