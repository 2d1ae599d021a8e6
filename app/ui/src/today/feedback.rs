use caravan_domain::today::view::TodayView;
use leptos::prelude::*;

use crate::surveys::LowReplies;

/// Clients who are not content, for whoever answers for the person concerned.
#[component]
pub(super) fn Feedback(today: Memo<Option<TodayView>>) -> impl IntoView {
    let lines = Memo::new(move |_| {
        let lines = today.with(|today| today.as_ref().map(|today| today.feedback.clone()));
        lines.unwrap_or_default()
    });
    view! { <LowReplies lines /> }
}
