use caravan_domain::{grades::list::GradeFile, id::PersonId};
use icondata_lu as icons;
use leptos::prelude::*;

use super::{address, words::rung_name};
use crate::{
    engine::use_engine,
    ui::{List, ListRow, live},
};

/// On a person's page, for whoever may see their grade.
#[component]
pub(crate) fn GradeLink(person: PersonId) -> impl IntoView {
    let file = use_engine().grade(move || person);
    let shown = Memo::new(move |_| file.with(|file| file.as_ref()?.as_deref().map(grade_of)));
    live(move || {
        shown.get().map(|grade| {
            view! {
                <List>
                    <Row person grade title=tr!(grades.title) />
                </List>
            }
        })
    })
}

/// One's own, among the other rows of Me.
#[component]
pub(crate) fn MyGradeLink() -> impl IntoView {
    let me = use_engine().me();
    let person = Memo::new(move |_| me.with(|me| me.as_ref().map(|me| me.person)));
    live(move || {
        let href = address::page(person.get()?);
        Some(view! { <ListRow title=tr!(grades.mine) icon=icons::LuMedal href /> })
    })
}

type Shown = Option<caravan_domain::grades::ladder::RungName>;

fn grade_of(file: &GradeFile) -> Shown {
    file.held.as_ref().map(|held| held.name.clone())
}

#[component]
fn Row(person: PersonId, grade: Shown, title: Signal<String>) -> impl IntoView {
    let detail = match grade {
        Some(name) => rung_name(name),
        None => tr!(grades.none),
    };
    view! { <ListRow title detail icon=icons::LuMedal href=address::page(person) /> }
}
