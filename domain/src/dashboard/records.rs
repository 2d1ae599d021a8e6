//! The records behind a number.

use crate::dashboard::answer::{meant, said};
use crate::dashboard::clients::{Overdue, first, overdue};
use crate::dashboard::list::{Counted, DashboardRecordPage, DashboardRecords};
use crate::goals::answer::place_name;
use crate::goals::deeds::{Deed, Doers, counted};
use crate::goals::file::record_line;
use crate::goals::list::GoalRecordLine;
use crate::query::Sources;
use crate::reviews::figures::figure_of;
use crate::reviews::measure::Measure;

/// `None` where the asker may not look.
pub(crate) fn records(asked: &DashboardRecords, from: &Sources<'_>) -> Option<DashboardRecordPage> {
    let (place, month) = meant(asked.of, from)?;
    let doers = Doers::of(place, from);
    let (total, sum, lines): (usize, i64, Vec<_>) = match asked.what {
        Counted::Deeds(metric) => {
            let mut deeds = counted(metric, &doers, &month.instants(), from);
            deeds.reverse();
            let sum = deeds.iter().map(|deed| deed.part).sum();
            let shown = deeds.iter().take(asked.limit as usize);
            let lines = shown.map(|deed| record_line(deed, from)).collect();
            (deeds.len(), sum, lines)
        }
        Counted::Satisfaction => {
            let said = said(&doers, month, from);
            let figure = figure_of(Measure::Satisfaction, &said);
            let lines = said.iter().take(asked.limit as usize).map(|piece| {
                let (at, record, by, part) = (piece.at, piece.record, piece.by, piece.part);
                record_line(
                    &Deed {
                        at,
                        record,
                        by,
                        part,
                    },
                    from,
                )
            });
            let sum = figure.map_or(0, |figure| figure.value);
            (said.len(), sum, lines.collect())
        }
        Counted::Overdue(_) | Counted::Silent => {
            let mut found = overdue(&doers, &from.facts.plan(), from);
            found.retain(|it| match asked.what {
                Counted::Overdue(grade) => grade.is_none_or(|grade| it.row.grade == grade),
                _ => it.silent,
            });
            let total = found.len();
            let lines = first(found, asked.limit).into_iter();
            let lines = lines.map(|it| client_line(&it, from)).collect();
            (total, i64::try_from(total).unwrap_or(i64::MAX), lines)
        }
    };
    Some(DashboardRecordPage {
        place_name: place_name(place, from),
        month,
        total: u32::try_from(total).unwrap_or(u32::MAX),
        sum,
        lines,
    })
}

/// With when there was last contact.
fn client_line(it: &Overdue<'_>, from: &Sources<'_>) -> GoalRecordLine {
    GoalRecordLine {
        record: it.row.id.into(),
        title: it.row.name.clone(),
        by_name: from.name_of(it.owner),
        at: it.row.touched_at.unwrap_or(it.row.created_at),
        part: 1,
    }
}
