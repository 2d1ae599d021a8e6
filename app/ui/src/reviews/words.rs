//! Measures, dimensions, roles and stages in the reader's words. To be called while a component is being built.

use caravan_domain::reviews::{
    list::Stage,
    measure::Measure,
    plan::{DimensionKind, FileField, ScoreRole},
    record::Improved,
};
use leptos::prelude::*;

use crate::ui::Tone;

#[derive(Clone, Copy)]
pub(crate) struct MeasureNames([Signal<String>; 14]);

impl MeasureNames {
    pub(crate) fn new() -> Self {
        Self([
            tr!(reviews.new_clients),
            tr!(reviews.sales),
            tr!(reviews.repurchase),
            tr!(reviews.completeness),
            tr!(reviews.accuracy),
            tr!(reviews.satisfaction),
            tr!(reviews.attendance),
            tr!(reviews.first_response),
            tr!(reviews.resolved),
            tr!(reviews.tasks_on_time),
            tr!(reviews.team_work),
            tr!(reviews.communication),
            tr!(reviews.retention),
            tr!(reviews.market_share),
        ])
    }

    /// What is counted, and from what.
    pub(super) fn explained() -> Self {
        Self([
            tr!(reviews.about_new_clients),
            tr!(reviews.about_sales),
            tr!(reviews.about_repurchase),
            tr!(reviews.about_completeness),
            tr!(reviews.about_accuracy),
            tr!(reviews.about_satisfaction),
            tr!(reviews.about_attendance),
            tr!(reviews.about_first_response),
            tr!(reviews.about_resolved),
            tr!(reviews.about_tasks_on_time),
            tr!(reviews.about_rated),
            tr!(reviews.about_rated),
            tr!(reviews.about_rated),
            tr!(reviews.about_rated),
        ])
    }

    pub(crate) fn name(self, measure: Measure) -> String {
        let place = Measure::ALL.iter().position(|known| *known == measure);
        place.map(|place| self.0[place].get()).unwrap_or_default()
    }

    pub(crate) fn signal(self, measure: Measure) -> Signal<String> {
        Signal::derive(move || self.name(measure))
    }
}

pub(super) fn dimension_name(kind: DimensionKind) -> Signal<String> {
    match kind {
        DimensionKind::Results => tr!(reviews.results),
        DimensionKind::Quality => tr!(reviews.quality),
        DimensionKind::Attitude => tr!(reviews.attitude),
    }
}

pub(super) fn role_name(role: ScoreRole) -> Signal<String> {
    match role {
        ScoreRole::Sales => tr!(reviews.role_sales),
        ScoreRole::AfterSales => tr!(reviews.role_after_sales),
        ScoreRole::Manager => tr!(reviews.role_manager),
    }
}

pub(super) fn field_name(field: FileField) -> Signal<String> {
    match field {
        FileField::Contact => tr!(reviews.field_contact),
        FileField::Phone => tr!(reviews.field_phone),
        FileField::Address => tr!(reviews.field_address),
        FileField::Region => tr!(reviews.field_region),
        FileField::Source => tr!(reviews.field_source),
        FileField::Code => tr!(reviews.field_code),
        FileField::Position => tr!(reviews.field_position),
        FileField::Birthday => tr!(reviews.field_birthday),
        FileField::Tags => tr!(reviews.field_tags),
    }
}

pub(super) fn stage_badge(stage: Stage) -> (Signal<String>, Tone) {
    match stage {
        Stage::NotBegun => (tr!(reviews.stage_not_begun), Tone::Neutral),
        Stage::UnderWay => (tr!(reviews.stage_under_way), Tone::Neutral),
        Stage::Submitted => (tr!(reviews.stage_submitted), Tone::Info),
        Stage::Disputed => (tr!(reviews.stage_disputed), Tone::Warning),
        Stage::Upheld => (tr!(reviews.stage_upheld), Tone::Info),
        Stage::Reopened => (tr!(reviews.stage_reopened), Tone::Warning),
        Stage::Acknowledged => (tr!(reviews.stage_acknowledged), Tone::Good),
    }
}

pub(super) fn improved_name(improved: Improved) -> Signal<String> {
    match improved {
        Improved::Yes => tr!(reviews.improved_yes),
        Improved::Partly => tr!(reviews.improved_partly),
        Improved::No => tr!(reviews.improved_no),
    }
}

/// Words with their names, for a choice.
pub(super) fn options(names: Vec<(&'static str, Signal<String>)>) -> Signal<Vec<(String, String)>> {
    Signal::derive(move || {
        let names = names.iter();
        names
            .map(|(word, name)| ((*word).to_owned(), name.get()))
            .collect()
    })
}
