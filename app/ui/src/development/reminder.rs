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
    let whose = match is_me {
        true => tr!(development.mine),
        false => tr!(development.remind_step_of, name = name.clone()),
    };
    let (title, detail) = match line.what {
        DevelopmentReminderOf::Step(text, due) => {
            let detail = move || format!("{} · {}", whose.get(), format.near_day(due));
            (
                Signal::stored(text),
                MaybeProp::derive(move || Some(detail())),
            )
        }
        DevelopmentReminderOf::Agree if is_me => {
            (tr!(development.remind_agree), MaybeProp::default())
        }
        DevelopmentReminderOf::Agree => {
            let title = tr!(development.remind_agree_of, name = name.clone());
            (title, MaybeProp::default())
        }
    };
    view! { <ListRow title detail href=address::page(line.person) icon=icons::LuSprout /> }
}
