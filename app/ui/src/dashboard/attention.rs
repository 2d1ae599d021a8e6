use caravan_domain::{dashboard::list::Counted, goals::place::GoalPlace};
use icondata_lu as icons;
use leptos::prelude::*;

use super::{address, page::Shown};
use crate::ui::{List, ListRow, SectionTitle, Show};

/// What a manager has to look at, counted: five seconds, before any list. Nobody's own month has it: what is next says more.
#[component]
pub(super) fn Attention(shown: Shown) -> impl IntoView {
    let place = shown.place();
    let counts = shown.part(|found| {
        let overdue: u32 = found.at_risk.grades.iter().map(|(_, count)| *count).sum();
        let full = found.load.iter().filter(|line| line.load > line.available);
        let help = found
            .load
            .iter()
            .filter(|line| line.tally.asks_for_help > 0);
        [
            found.goals.len(),
            found.reviews.len(),
            help.count(),
            full.count(),
            found.at_risk.silent as usize,
            overdue as usize,
        ]
    });
    let words = [
        tr!(dashboard.attention_goals, count = counts.get()[0]),
        tr!(dashboard.attention_reviews, count = counts.get()[1]),
        tr!(dashboard.attention_help, count = counts.get()[2]),
        tr!(dashboard.attention_load, count = counts.get()[3]),
        tr!(dashboard.attention_silent, count = counts.get()[4]),
        tr!(dashboard.attention_overdue, count = counts.get()[5]),
    ];
    let icons = [
        icons::LuGoal,
        icons::LuClipboardCheck,
        icons::LuHand,
        icons::LuChartBar,
        icons::LuMoonStar,
        icons::LuCalendarClock,
    ];
    let rows = move || {
        let place = place.get()?;
        let month = shown.month.get_untracked();
        let hrefs = [
            "/goals".to_owned(),
            "/reviews".to_owned(),
            "/work/load".to_owned(),
            "/work/load".to_owned(),
            address::records(place, month, Counted::Silent),
            address::records(place, month, Counted::Overdue(None)),
        ];
        let counts = counts.get();
        let rows = hrefs.into_iter().zip(words).zip(icons).zip(counts);
        Some(
            rows.filter(|(_, count)| *count > 0)
                .map(|(((href, title), icon), _)| view! { <ListRow title href icon /> })
                .collect_view(),
        )
    };
    let is_wide = move || matches!(place.get(), Some(GoalPlace::Company | GoalPlace::Team(_)));
    view! {
        <Show when=is_wide>
            <section>
                <SectionTitle label=tr!(dashboard.attention) />
                <Show
                    when=move || counts.get().iter().any(|count| *count > 0)
                    fallback=move || view! { <p class="px-4 py-2">{tr!(dashboard.attention_none)}</p> }
                >
                    <List label=tr!(dashboard.attention)>{rows}</List>
                </Show>
            </section>
        </Show>
    }
}
