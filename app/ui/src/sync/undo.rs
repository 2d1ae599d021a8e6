use leptos::prelude::*;

use super::labels::did;
use crate::{
    engine::{use_engine, use_perform},
    format::use_format,
    ui::{Button, ButtonKind, Each, List, ListRow, SectionTitle, Show},
};

/// The person's own last edits, each of which can be taken back.
#[component]
pub(super) fn UndoList() -> impl IntoView {
    let lines = use_engine().undo_lines();
    let perform = use_perform();
    let format = use_format();
    let shown = Memo::new(move |_| lines.get().unwrap_or_default());
    view! {
        <Show when=move || !shown.with(Vec::is_empty)>
            <SectionTitle label=tr!(sync.recent) />
            <List label=tr!(sync.recent)>
                <Each each=move || shown.get() key=|line| line.undo let:line>
                    {
                        let (undo, subject, at) = (line.undo, line.subject.clone(), line.written_at);
                        view! {
                            <ListRow
                                title=did(line.label)
                                detail=Signal::derive(move || format!("{subject} · {}", format.moment(at)))
                            >
                                <Button
                                    label=tr!(ui.undo)
                                    kind=ButtonKind::Quiet
                                    on_press=move || perform.undo(undo)
                                />
                            </ListRow>
                        }
                    }
                </Each>
            </List>
        </Show>
    }
}
