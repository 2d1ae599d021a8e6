use caravan_domain::{
    id::ClientId,
    surveys::list::{SurveyLine, SurveyStage},
};
use icondata_lu as icons;
use leptos::prelude::*;

use super::{address, words::stage_badge};
use crate::{
    engine::use_engine,
    format::use_format,
    ui::{Badge, Each, LinkButton, List, ListRow, SectionTitle},
};

/// The latest surveys in a client's file.
const SHOWN: usize = 3;

#[component]
pub(crate) fn ClientSurveys(id: ClientId) -> impl IntoView {
    let view = use_engine().surveys(move || id);
    let lines = Memo::new(move |_| {
        let lines = view.with(|view| view.as_ref().map(|view| view.lines.clone()));
        let mut lines = lines.unwrap_or_default();
        lines.truncate(SHOWN);
        lines
    });
    view! {
        <SectionTitle label=tr!(surveys.title) />
        <SurveyRows client=id lines />
        <div class="px-4 py-2">
            <LinkButton label=tr!(surveys.ask) href=address::of_client(id) icon=icons::LuSmilePlus wide=true />
        </div>
    }
}

#[component]
pub(super) fn SurveyRows(client: ClientId, lines: Memo<Vec<SurveyLine>>) -> impl IntoView {
    view! {
        <List label=tr!(surveys.title)>
            <Each each=move || lines.get() key=|line| line.clone() let:line>
                <SurveyRow client line />
            </Each>
        </List>
    }
}

#[component]
fn SurveyRow(client: ClientId, line: SurveyLine) -> impl IntoView {
    let format = use_format();
    let (label, tone) = stage_badge(line.stage, line.provisional);
    let at = match line.stage {
        SurveyStage::Answered(at) => at,
        _ => line.at,
    };
    let by = line.by_name;
    let detail = Signal::derive(move || format!("{by} · {}", format.moment(at)));
    let title = tr!(surveys.about, name = line.about_name.clone());
    view! {
        <ListRow title detail href=address::link(client, line.survey)>
            <Badge label tone />
        </ListRow>
    }
}
