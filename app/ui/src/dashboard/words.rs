//! Values and what they come from, in the reader's words. To be called while a component is being built.

use caravan_domain::{
    dashboard::list::{Counted, PaySource},
    goals::metric::Metric,
    money::{BasisPoints, Fen},
};
use leptos::prelude::*;

use crate::format::Format;

#[derive(Clone, Copy)]
pub(super) struct FigureNames {
    sales: Signal<String>,
    visits: Signal<String>,
    new_clients: Signal<String>,
    tasks: Signal<String>,
}

impl FigureNames {
    pub(super) fn new() -> Self {
        Self {
            sales: tr!(dashboard.sales),
            visits: tr!(dashboard.visits),
            new_clients: tr!(dashboard.new_clients),
            tasks: tr!(dashboard.tasks_done),
        }
    }

    pub(super) fn of(self, metric: Metric) -> Signal<String> {
        match metric {
            Metric::Sales => self.sales,
            Metric::NewClients => self.new_clients,
            Metric::TasksDone => self.tasks,
            _ => self.visits,
        }
    }
}

/// Short: of money what one reads at a glance.
pub(super) fn value(format: Format, metric: Metric, value: i64) -> String {
    match metric {
        Metric::Sales => format.about(Fen(value)),
        _ => format.count(value.unsigned_abs()),
    }
}

/// What a chart draws: whole yuan, and nothing below nothing.
pub(super) fn drawn(metric: Metric, value: i64) -> u32 {
    metric.value(value)
}

/// 86.5 % out of 8650.
pub(super) fn percent(points: i64) -> String {
    let points = u32::try_from(points).unwrap_or_default();
    format!(
        "{}%",
        caravan_domain::pay::draft::percent(BasisPoints(points))
    )
}

/// What a page of records is about.
pub(super) fn counted_name(what: Memo<Counted>) -> Signal<String> {
    let figures = FigureNames::new();
    let grade = move || match what.get() {
        Counted::Overdue(Some(grade)) => grade.word(),
        _ => "",
    };
    let overdue = tr!(dashboard.overdue);
    let of_grade = tr!(dashboard.overdue_grade, grade = grade());
    let (silent, satisfaction) = (tr!(dashboard.silent), tr!(dashboard.satisfaction));
    Signal::derive(move || match what.get() {
        Counted::Deeds(metric) => figures.of(metric).get(),
        Counted::Overdue(None) => overdue.get(),
        Counted::Overdue(Some(_)) => of_grade.get(),
        Counted::Silent => silent.get(),
        Counted::Satisfaction => satisfaction.get(),
    })
}

pub(super) fn source_name(source: PaySource) -> Signal<String> {
    match source {
        PaySource::Base => tr!(dashboard.pay_base),
        PaySource::Commission => tr!(dashboard.pay_commission),
        PaySource::Managed => tr!(dashboard.pay_managed),
        PaySource::Tasks => tr!(dashboard.pay_tasks),
        PaySource::Bonus => tr!(dashboard.pay_bonus),
        PaySource::Adjusted => tr!(dashboard.pay_adjusted),
        PaySource::Penalty => tr!(dashboard.pay_penalty),
    }
}
