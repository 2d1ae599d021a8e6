//! A list of any length that renders what can be seen.

use std::{ops::Range, sync::Arc};

use leptos::{
    ev::{KeyboardEvent, resize},
    html,
    prelude::*,
    wasm_bindgen::JsCast,
    web_sys,
};

use super::Each;

/// Rows kept above and below what can be seen, so that a flick shows rows and not gaps.
const MARGIN: usize = 8;
/// The same at the top of the list, where one stands while typing into a search: what is not seen is not drawn with every
/// letter.
const MARGIN_AT_TOP: usize = 2;

/// Of the window's height, until the list can be measured: rows that turn out not to be seen were built for nothing.
const LIKELY_SHARE: f64 = 0.75;

/// Builds the row at a place.
#[derive(Clone)]
pub(crate) struct RowFn(Arc<dyn Fn(usize) -> AnyView + Send + Sync>);

impl RowFn {
    pub(crate) fn run(&self, place: usize) -> AnyView {
        (self.0)(place)
    }
}

impl<F, V> From<F> for RowFn
where
    F: Fn(usize) -> V + Send + Sync + 'static,
    V: IntoView + 'static,
{
    fn from(row: F) -> Self {
        Self(Arc::new(move |place| row(place).into_any()))
    }
}

/// `row` builds the row at a place; it reads its own data, so a row whose data changes is not rebuilt.
/// Arrow keys, Page, Home and End move the focus through the first link or button of each row.
/// The list scrolls itself: give it a parent of limited height.
#[component]
pub(crate) fn VirtualList(
    #[prop(into)] label: Signal<String>,
    #[prop(into)] total: Signal<usize>,
    /// In rem, so that rows grow with the reader's text.
    #[prop(default = 4.0)]
    row_height: f64,
    /// Told which rows are wanted, for data that comes in windows.
    #[prop(optional, into)]
    on_range: Option<Callback<Range<usize>>>,
    /// What it reads says which list this is: when that changes, the list begins at its top.
    #[prop(optional, into)]
    which: Option<Signal<()>>,
    #[prop(into)] row: RowFn,
) -> impl IntoView {
    let list = NodeRef::<html::Div>::new();
    let scroll = RwSignal::new(0.0);
    let height = RwSignal::new(LIKELY_SHARE * window_height());
    let row_px = row_height * root_font_px();
    // The frame asked for may come after the list has gone.
    let measure = move || {
        if let Some(list) = list.try_get_untracked().flatten() {
            height.set(f64::from(list.client_height()));
        }
    };
    list.on_load(move |_| request_animation_frame(measure));
    let watching = window_event_listener(resize, move |_| measure());
    on_cleanup(move || watching.remove());

    let range = Memo::new(move |_| visible(scroll.get(), height.get(), row_px, total.get()));
    if let Some(tell) = on_range {
        Effect::new(move || tell.run(range.get()));
    }
    if let Some(which) = which {
        Effect::new(move |first: Option<()>| {
            which.get();
            // Reading or setting where a list stands lays it out.
            if first.is_some()
                && scroll.get_untracked() > 0.0
                && let Some(list) = list.get_untracked()
            {
                list.set_scroll_top(0);
            }
        });
    }
    let keydown = move |event: KeyboardEvent| {
        let (Some(list), Some(at)) = (list.get_untracked(), focused_row(&event)) else {
            return;
        };
        let page = (height.get_untracked() / row_px).max(1.0) as usize;
        let Some(to) = target(&event.key(), at, page, total.get_untracked()) else {
            return;
        };
        event.prevent_default();
        bring_into_view(&list, to, row_px);
        // The row exists only after the list has rendered its new range.
        request_animation_frame(move || focus_row(&list, to));
    };
    view! {
        <div
            class="virtual-list relative min-h-0 flex-1 overflow-y-auto overscroll-contain"
            role="list"
            aria-label=label
            node_ref=list
            on:scroll:target=move |event| scroll.set(f64::from(event.target().unchecked_into::<web_sys::Element>().scroll_top()))
            on:keydown=keydown
        >
            <div class="relative" style:height=move || format!("{}px", total.get() as f64 * row_px)>
                <Each each=move || range.get() key=|place| *place let:place>
                    <div
                        class="absolute inset-x-0 contain-strict border-b border-line *:h-full"
                        role="listitem"
                        aria-setsize=move || total.get()
                        aria-posinset=place + 1
                        data-place=place
                        style:height=format!("{row_px}px")
                        style:transform=format!("translateY({}px)", place as f64 * row_px)
                    >
                        {row.run(place)}
                    </div>
                </Each>
            </div>
        </div>
    }
}

fn visible(scroll: f64, height: f64, row: f64, total: usize) -> Range<usize> {
    let first = (scroll / row).max(0.0) as usize;
    let count = (height / row).ceil() as usize;
    let margin = if first == 0 { MARGIN_AT_TOP } else { MARGIN };
    let start = first.saturating_sub(margin).min(total);
    start..(first + count + margin).min(total)
}

/// Where a key leads from row `at`.
fn target(key: &str, at: usize, page: usize, total: usize) -> Option<usize> {
    let last = total.checked_sub(1)?;
    match key {
        "ArrowDown" | "j" => Some((at + 1).min(last)),
        "ArrowUp" | "k" => Some(at.saturating_sub(1)),
        "PageDown" => Some((at + page).min(last)),
        "PageUp" => Some(at.saturating_sub(page)),
        "Home" => Some(0),
        "End" => Some(last),
        _ => None,
    }
}

fn focused_row(event: &KeyboardEvent) -> Option<usize> {
    let element: web_sys::Element = event.target()?.dyn_into().ok()?;
    let row = element.closest("[data-place]").ok()??;
    row.get_attribute("data-place")?.parse().ok()
}

fn bring_into_view(list: &web_sys::Element, place: usize, row: f64) {
    let (top, height) = (
        f64::from(list.scroll_top()),
        f64::from(list.client_height()),
    );
    let (start, end) = (place as f64 * row, (place + 1) as f64 * row);
    if start < top {
        list.set_scroll_top(start as i32);
    } else if end > top + height {
        list.set_scroll_top((end - height).ceil() as i32);
    }
}

fn focus_row(list: &web_sys::Element, place: usize) {
    let control = list.query_selector(&format!("[data-place='{place}'] :is(a, button)"));
    if let Some(control) = control
        .ok()
        .flatten()
        .and_then(|found| found.dyn_into::<web_sys::HtmlElement>().ok())
    {
        // A row scrolled away before the frame came has nothing to focus.
        let _ = control.focus();
    }
}

fn window_height() -> f64 {
    let height = window()
        .inner_height()
        .ok()
        .and_then(|height| height.as_f64());
    height.unwrap_or(800.0)
}

/// 16 unless the reader has asked for larger text.
fn root_font_px() -> f64 {
    document()
        .document_element()
        .and_then(|root| window().get_computed_style(&root).ok().flatten())
        .and_then(|style| style.get_property_value("font-size").ok())
        .map(|size| js_sys::parse_float(&size))
        .filter(|size| size.is_finite())
        .unwrap_or(16.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn renders_what_is_seen_and_a_margin() {
        assert_eq!(visible(0.0, 640.0, 64.0, 10_000), 0..12);
        assert_eq!(visible(64.0, 640.0, 64.0, 10_000), 0..19);
        assert_eq!(visible(6400.0, 640.0, 64.0, 10_000), 92..118);
        assert_eq!(visible(640_000.0, 640.0, 64.0, 10_000), 9992..10_000);
        assert_eq!(visible(0.0, 640.0, 64.0, 1), 0..1);
        assert_eq!(visible(900.0, 640.0, 64.0, 0), 0..0);
    }

    #[test]
    fn keys_stay_within_the_list() {
        assert_eq!(target("ArrowUp", 0, 10, 5), Some(0));
        assert_eq!(target("PageDown", 2, 10, 5), Some(4));
        assert_eq!(target("End", 2, 10, 5), Some(4));
        assert_eq!(target("Home", 0, 10, 0), None);
        assert_eq!(target("a", 0, 10, 5), None);
    }
}
