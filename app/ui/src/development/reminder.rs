use caravan_domain::development::list::{DevelopmentReminder, DevelopmentReminderOf};
use icondata_lu as icons;
use leptos::prelude::*;

use super::address;
use crate::{format::use_format, ui::ListRow};

/// What Today brings to mind about one plan.
#[component]
pub(crate) fn ReminderRow(line: DevelopmentReminder) -> impl IntoView {
    let format = use_format();
    let (name, is_me) = (line.name, line.is_me);
    let (plan, news) = match is_me {
        true => (tr!(development.mine), tr!(development.remind_agree)),
        false => {
            let other = name.clone();
            (
                tr!(development.remind_step_of, name = name.clone()),
                tr!(development.remind_agree_of, name = other.clone()),
            )
        }
    };
    let (title, due) = match line.what {
        DevelopmentReminderOf::Step(text, due) => (Signal::stored(text), Some(due)),
        DevelopmentReminderOf::Agree => (news, None),
    };
    let detail = MaybeProp::derive(move || {
        due.map(|due| format!("{} · {}", plan.get(), format.near_day(due)))
    });
    view! { <ListRow title detail href=address::page(line.person) icon=icons::LuSprout /> }
}
