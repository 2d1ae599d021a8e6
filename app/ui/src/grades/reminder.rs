use caravan_domain::grades::list::{GradeReminder, GradeReminderOf};
use icondata_lu as icons;
use leptos::prelude::*;

use super::{address, words::rung_name};
use crate::ui::ListRow;

/// What Today brings to mind about one person's grade.
#[component]
pub(crate) fn ReminderRow(line: GradeReminder) -> impl IntoView {
    let name = line.name;
    let (title, detail) = match line.what {
        GradeReminderOf::Decide(_, grade) => (
            tr!(grades.remind_decide, name = name.clone()),
            Some(rung_name(grade)),
        ),
        GradeReminderOf::Wishes => (tr!(grades.remind_wishes, name = name.clone()), None),
        GradeReminderOf::Reached(grade) => {
            let grade = rung_name(grade);
            (tr!(grades.remind_reached, grade = grade.get()), None)
        }
    };
    let detail = MaybeProp::derive(move || detail.map(|detail| detail.get()));
    view! { <ListRow title detail href=address::page(line.person) icon=icons::LuMedal /> }
}
