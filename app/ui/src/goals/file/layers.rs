use caravan_domain::goals::{
    list::{GoalFile, Layer},
    place::Level,
};
use icondata_lu as icons;
use leptos::prelude::*;

use crate::{
    goals::{
        row::GoalRow,
        words::{SpanNames, parts_note},
    },
    ui::{LinkButton, List, SectionTitle},
};

/// Whether the parts come to the whole, layer by layer (R19).
#[component]
pub(super) fn Layers(file: GoalFile) -> impl IntoView {
    let new = format!("/goals/new?parent={}", file.line.goal);
    let layers = file.layers.into_iter();
    view! {
        <SectionTitle label=tr!(goals.parts) />
        {layers.map(|layer| view! { <OneLayer layer /> }).collect_view()}
        {file
            .may_write
            .then(|| {
                view! {
                    <div class="px-4 py-2">
                        <LinkButton label=tr!(goals.add_part) href=new icon=icons::LuPlus />
                    </div>
                }
            })}
    }
}

#[component]
fn OneLayer(layer: Layer) -> impl IntoView {
    let spans = SpanNames::new();
    let level = match layer.level {
        Level::Company => tr!(goals.level_company),
        Level::Team => tr!(goals.level_team),
        Level::Person => tr!(goals.level_person),
    };
    let title = tr!(
        goals.layer,
        level = level.get(),
        span = spans.name(layer.span)
    );
    let (sum, by) = (layer.sum.to_string(), layer.over.unsigned_abs().to_string());
    // Less than nothing is short.
    let total = match layer.over {
        0 => tr!(goals.sums_up, sum = sum.clone()),
        ..0 => tr!(goals.short, sum = sum.clone(), by = by.clone()),
        _ => tr!(goals.over, sum = sum.clone(), by = by.clone()),
    };
    let note = parts_note(layer.level, layer.coverage);
    let children = layer.children.into_iter();
    view! {
        <h3 class="px-4 pt-2 font-medium">{title}</h3>
        <p class="px-4 text-sm tabular-nums">{total}</p>
        {note.map(|note| view! { <p class="px-4 text-sm text-warning">{note}</p> })}
        <List label=title>{children.map(|line| view! { <GoalRow line /> }).collect_view()}</List>
    }
}
