use caravan_domain::{
    command::Command,
    id::{ClientId, VisitId},
    visits::{command::VisitCommand, list::VisitFile, record::VisitState},
};
use icondata_lu as icons;
use leptos::prelude::*;

use crate::{
    engine::use_perform,
    ui::{Bound, Button, ButtonKind, Form, IconButton, List, ListRow, Sheet, Show, TextField},
};

/// What else can be done with the visit, behind one button.
#[component]
pub(super) fn MoreActions(
    client: ClientId,
    visit: VisitId,
    file: Memo<Option<VisitFile>>,
) -> impl IntoView {
    let (open, cancelling) = (RwSignal::new(false), RwSignal::new(false));
    let may_replan = Memo::new(move |_| {
        file.with(|file| {
            let planned =
                |file: &VisitFile| file.may_edit && file.visit.state() == VisitState::Planned;
            file.as_ref().is_some_and(planned)
        })
    });
    view! {
        <IconButton label=tr!(visits.more) icon=icons::LuEllipsisVertical on_press=move || open.set(true) />
        <Sheet open title=tr!(visits.more)>
            <List>
                <ListRow title=tr!(visits.open_client) icon=icons::LuBuilding2 href=format!("/clients/{client}") />
                <ListRow
                    title=tr!(visits.new_task)
                    icon=icons::LuListPlus
                    href=format!("/tasks/new?client={client}")
                />
                <Show when=move || may_replan.get()>
                    <ListRow
                        title=tr!(visits.replan)
                        icon=icons::LuCalendarClock
                        href=format!("/visits/{client}/{visit}/edit")
                    />
                    <ListRow
                        title=tr!(visits.cancel)
                        icon=icons::LuCalendarX
                        on_press=Callback::new(move |()| {
                            open.set(false);
                            cancelling.set(true);
                        })
                    />
                </Show>
            </List>
        </Sheet>
        <CancelSheet open=cancelling client visit />
    }
}

#[component]
fn CancelSheet(open: RwSignal<bool>, client: ClientId, visit: VisitId) -> impl IntoView {
    let perform = use_perform();
    let reason = RwSignal::new(String::new());
    let said = tr!(visits.cancelled);
    let submit = move || {
        open.set(false);
        let command = VisitCommand::Cancel {
            client,
            visit,
            reason: reason.get_untracked(),
        };
        perform.run(Command::Visit(command), said.get_untracked());
    };
    view! {
        <Sheet open title=tr!(visits.cancel)>
            <Form on_submit=submit in_sheet=true>
                <TextField label=tr!(visits.cancel_reason) bind=Bound::from(reason) />
                <Button label=tr!(visits.cancel) kind=ButtonKind::Danger wide=true submit=true />
            </Form>
        </Sheet>
    }
}
