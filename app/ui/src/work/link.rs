use caravan_domain::id::PersonId;
use icondata_lu as icons;
use leptos::prelude::*;

use crate::{
    engine::use_engine,
    ui::{List, ListRow, Show},
};

/// On a person's page, for whoever may read it.
#[component]
pub(crate) fn WorkLink(person: PersonId) -> impl IntoView {
    let file = use_engine().work_file(move || person);
    view! {
        <Show when=move || file.with(|file| matches!(file, Some(Some(_))))>
            <div class="pt-4">
                <List>
                    <ListRow
                        title=tr!(work.skills_and_hours)
                        icon=icons::LuGraduationCap
                        href=format!("/people/{person}/work")
                    />
                </List>
            </div>
        </Show>
    }
}
