use caravan_domain::reviews::list::{ReminderOf, ReviewReminder};
use icondata_lu as icons;
use leptos::prelude::*;

use super::address;
use crate::{format::use_format, ui::ListRow};

/// What Today brings to mind about one review.
#[component]
pub(crate) fn ReminderRow(line: ReviewReminder) -> impl IntoView {
    let format = use_format();
    let (name, due, period) = (line.name, line.due, line.review.period);
    let title = match line.what {
        ReminderOf::Write => tr!(reviews.remind_write, name = name.clone()),
        ReminderOf::Answer => tr!(reviews.remind_answer, name = name.clone()),
        ReminderOf::Read => tr!(reviews.remind_read),
        ReminderOf::Recheck => tr!(reviews.remind_recheck, name = name.clone()),
        ReminderOf::Coming => tr!(reviews.remind_coming),
    };
    let detail =
        Signal::derive(move || format!("{} · {}", format.period(period), format.near_day(due)));
    let href = address::page(line.review);
    view! { <ListRow title detail href icon=icons::LuClipboardCheck /> }
}
