use leptos::prelude::*;

/// One thing among others: how much, and where that is opened.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct BarRow {
    pub(crate) name: String,
    /// Where the thing itself is opened.
    pub(crate) href: Option<String>,
    /// Below nothing there is no bar.
    pub(crate) value: i64,
    /// The value as it is read.
    pub(crate) shown: String,
    /// The records that it was counted from.
    pub(crate) records: Option<String>,
}

/// Things compared, from zero: the bars are the rows of their own table, so there is no other.
#[component]
pub(crate) fn BarChart(
    /// What is compared.
    #[prop(into)]
    label: Signal<String>,
    #[prop(into)] rows: Signal<Vec<BarRow>>,
    /// Over the names.
    #[prop(into)]
    name_title: Signal<String>,
    /// Over the values.
    #[prop(into)]
    value_title: Signal<String>,
) -> impl IntoView {
    let body = move || {
        let rows = rows.get();
        let most = rows.iter().map(|row| row.value).max().unwrap_or_default();
        rows.into_iter()
            .map(|row| view! { <Row row most=most.max(1) /> })
            .collect_view()
    };
    view! {
        <table class="w-full">
            <caption class="sr-only">{label}</caption>
            <thead class="sr-only">
                <tr>
                    <th scope="col">{name_title}</th>
                    <th scope="col">{value_title}</th>
                </tr>
            </thead>
            <tbody>{body}</tbody>
        </table>
    }
}

#[component]
fn Row(row: BarRow, most: i64) -> impl IntoView {
    let name = match row.href {
        Some(href) => view! {
            <a class="flex min-h-11 items-center" href=href>
                <bdi class="truncate underline decoration-line underline-offset-4">{row.name}</bdi>
            </a>
        }
        .into_any(),
        None => view! {
            <span class="flex min-h-11 items-center">
                <bdi class="truncate">{row.name}</bdi>
            </span>
        }
        .into_any(),
    };
    let shown = match row.records {
        Some(href) => view! {
            <a class="flex min-h-11 items-center justify-end text-primary underline underline-offset-4" href=href>
                {row.shown}
            </a>
        }
        .into_any(),
        None => row.shown.into_any(),
    };
    view! {
        <tr class="border-t border-line">
            <th scope="row" class="max-w-0 ps-4 pe-2 pb-2 text-start font-normal">
                {name}
                <progress
                    class="progress progress-primary block h-1.5 w-full"
                    max=most
                    value=row.value.clamp(0, most)
                    aria-hidden="true"
                ></progress>
            </th>
            <td class="w-px pe-4 text-end whitespace-nowrap tabular-nums">{shown}</td>
        </tr>
    }
}
