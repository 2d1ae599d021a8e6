//! Pay as it is shown: reckoned for what is open, as it was drawn up for what is not.

use std::collections::BTreeMap;

use crate::command::RecordRef;
use crate::decision::Refusal;
use crate::document::DocumentId;
use crate::id::PersonId;
use crate::money::Fen;
use crate::order::sort_by;
use crate::pay::adjustment::AdjustmentState;
use crate::pay::approval::{self, StatementStanding, StatementState};
use crate::pay::event::PayEvents;
use crate::pay::gather::{Asked, counted, events};
use crate::pay::lines;
use crate::pay::lock::adjustments_due;
use crate::pay::period::{PayPeriod, month_of};
use crate::pay::plan::PayPlans;
use crate::pay::record::StatementRecord;
use crate::pay::rights::{may_approve, may_draw_up, may_propose, sees_every_order};
use crate::pay::shelf::Shelf;
use crate::pay::statement::{Paid, PayLine, Statement, Why, statements_after};
use crate::pay::view::{
    BestOfMonth, PayFile, Reckoned, StatementFile, StatementRights, StatementSummary, TeamPay,
};
use crate::policy;
use crate::query::Sources;
use crate::recognition::kind::PostKind;
use crate::recognition::rights::may_post;
use crate::time::Day;

/// A month reckoned: for one person, or for everybody.
struct Month<'a> {
    events: PayEvents,
    shelf: Shelf<'a>,
    month: Day,
}

impl<'a> Month<'a> {
    fn of(month: Day, person: Option<PersonId>, from: &Sources<'a>) -> Self {
        let shelf = Shelf::new(from, false);
        // Nobody can be ranked alone.
        let ranks = sees_every_order(from.me, from.facts) && from.now.day() > month.last_of_month();
        let asked = Asked {
            month,
            person: person.filter(|_| !ranks),
            plans: PayPlans::of(from.facts),
        };
        let events = events(&asked, &shelf, from);
        Self {
            events,
            shelf,
            month: month_of(month),
        }
    }

    fn periods(&self) -> Vec<PayPeriod> {
        let people = self.events.people.iter();
        let mut periods: Vec<_> = people
            .flat_map(|payee| PayPeriod::of(payee.employment, self.month))
            .collect();
        periods.sort_unstable();
        periods.dedup();
        periods
    }

    fn statements(&self, period: PayPeriod) -> Vec<Statement> {
        let mut paid = Paid::new();
        for payee in &self.events.people {
            if let Some(record) = self.shelf.paid_before(payee.person, period.from) {
                paid.insert(payee.person, record.lines.to_vec());
            }
        }
        statements_after(period, &self.events, &paid)
    }
}

pub(crate) fn file(person: PersonId, month: Day, from: &Sources<'_>) -> Option<Box<PayFile>> {
    if !policy::may_read(from.me, DocumentId::pay(person), from.facts) {
        return None;
    }
    let reckoned = Month::of(month, Some(person), from);
    let mut now: Vec<_> = reckoned
        .periods()
        .into_iter()
        .flat_map(|period| reckoned.statements(period))
        .filter(|statement| statement.person == person)
        .map(|statement| summary(person, statement.period, statement.total(), from))
        .collect();
    let standings = approval::of(person, from.facts);
    let (of_month, mut earlier): (Vec<_>, Vec<_>) = standings
        .map(|(period, standing)| summary(person, period, standing.drawn.total, from))
        .partition(|it| month_of(it.period.from) == reckoned.month);
    // By another employment than now.
    now.extend(of_month.into_iter().filter(|it| it.standing.is_some()));
    now.sort_by_key(|it| it.period);
    now.dedup_by_key(|it| it.period);
    earlier.reverse();
    let sees = sees_every_order(from.me, from.facts);
    Some(Box::new(PayFile {
        person,
        name: from.name_of(person),
        now,
        earlier,
        adjustments: lines::adjustments(person, from),
        disputes: lines::disputes(person, from),
        city: city(person, from),
        may_propose: may_propose(from.me, person, from.facts),
        may_set_city: from.me != person && sees,
    }))
}

/// Somebody's statements of a month with their lines: as drawn up, or as reckoned now. `None` where the asker may not read.
pub(crate) fn month(
    person: PersonId,
    month: Day,
    from: &Sources<'_>,
) -> Option<Vec<(StatementSummary, Vec<PayLine>)>> {
    if !policy::may_read(from.me, DocumentId::pay(person), from.facts) {
        return None;
    }
    let reckoned = Month::of(month, Some(person), from);
    let mut found = Vec::new();
    for period in reckoned.periods() {
        let statements = reckoned.statements(period).into_iter();
        for statement in statements.filter(|it| it.person == person) {
            let summary = summary(person, period, statement.total(), from);
            let kept = summary.standing.as_ref();
            let kept = kept.filter(|standing| standing.state != StatementState::SentBack);
            let lines = match kept {
                Some(standing) => record_of(person, standing, from)
                    .map(|record| record.lines.to_vec())
                    .unwrap_or_default(),
                None => statement.lines,
            };
            found.push((summary, lines));
        }
    }
    Some(found)
}

fn city(person: PersonId, from: &Sources<'_>) -> String {
    let terms = from.facts.pay_terms.get(&person);
    terms.map(|terms| terms.city.clone()).unwrap_or_default()
}

pub(crate) fn statement(
    person: PersonId,
    period: PayPeriod,
    from: &Sources<'_>,
) -> Option<Box<StatementFile>> {
    let facts = from.facts;
    if !policy::may_read(from.me, DocumentId::pay(person), facts) {
        return None;
    }
    let standing = facts.pay_statements.get(&(person, period));
    let kept = standing.filter(|standing| standing.state != StatementState::SentBack);
    let record = kept.and_then(|standing| record_of(person, standing, from));
    let locked = kept.is_some_and(|standing| standing.state == StatementState::Locked);
    let sees = sees_every_order(from.me, facts);
    let reckoned = (!locked).then(|| reckon(person, period, from)).flatten();
    let (lines, counted) = match (record, &reckoned, kept) {
        (Some(record), _, _) => (record.lines.to_vec(), record.counted.to_set()),
        (None, Some((statement, counted)), None) => (statement.lines.clone(), counted.clone()),
        (None, _, Some(_)) => Default::default(),
        (None, None, None) => return None,
    };
    let total = lines.iter().map(PayLine::due).sum();
    let reckoned_now = reckoned
        .filter(|_| record.is_some() && sees)
        .filter(|now| now.0.lines != lines || now.1 != counted)
        .map(|(statement, counted)| Reckoned {
            total: statement.total(),
            lines: statement.lines,
            counted,
        });
    let summary = summary(person, period, total, from);
    let name = |person: Option<PersonId>| person.map(|it| from.name_of(it)).unwrap_or_default();
    Some(Box::new(StatementFile {
        lines: lines::shown(person, period, lines, from),
        counted,
        drawn_by_name: name(standing.map(|it| it.drawn_by)),
        approved_by_name: name(standing.and_then(|it| it.approved_by)),
        by_name: name(standing.map(|it| it.by)),
        as_drawn: record.and_then(|it| {
            let drawn = &kept?.drawn;
            Some(it.digest == drawn.digest && it.total == total && drawn.total == total)
        }),
        reckoned_now,
        partial: !sees && kept.is_none(),
        under_way: adjustments_due(person, period, facts) == Err(Refusal::UnderWay),
        disputes: lines::disputes(person, from)
            .into_iter()
            .filter(|line| line.dispute.period == period)
            .collect(),
        mark: standing
            .map(|it| from.marks.mark(RecordRef::Pay(person, it.drawn.id)))
            .unwrap_or_default(),
        summary,
    }))
}

/// As it would be drawn up now.
fn reckon(
    person: PersonId,
    period: PayPeriod,
    from: &Sources<'_>,
) -> Option<(Statement, std::collections::BTreeSet<crate::id::Id>)> {
    let month = Month::of(period.from, Some(person), from);
    let statements = month.statements(period);
    let statement = statements.into_iter().find(|it| it.person == person)?;
    let counted = counted(person, period.to, &month.events);
    Some((statement, counted))
}

pub(super) fn record_of<'a>(
    person: PersonId,
    standing: &StatementStanding,
    from: &Sources<'a>,
) -> Option<&'a StatementRecord> {
    let row = from.rows.pay.of(DocumentId::pay(person)).first()?;
    row.statements.iter().find(|it| it.id == standing.drawn.id)
}

fn summary(
    person: PersonId,
    period: PayPeriod,
    reckoned: Fen,
    from: &Sources<'_>,
) -> StatementSummary {
    let key = (person, period);
    let standing = from.facts.pay_statements.get(&key);
    let kept = standing.filter(|standing| standing.state != StatementState::SentBack);
    let rows = from.rows.pay.of(DocumentId::pay(person));
    let disputes = rows.iter().flat_map(|row| &row.disputes);
    let open = disputes.filter(|it| it.period == period && it.is_open());
    StatementSummary {
        person,
        name: from.name_of(person),
        period,
        total: kept.map_or(reckoned, |standing| standing.drawn.total),
        standing: standing.cloned(),
        provisional: standing != from.settled.pay_statements.get(&key),
        so_far: from.now.day() <= period.to,
        disputed: u32::try_from(open.count()).unwrap_or(u32::MAX),
        may: rights(person, period, standing, from),
    }
}

fn rights(
    person: PersonId,
    period: PayPeriod,
    standing: Option<&StatementStanding>,
    from: &Sources<'_>,
) -> StatementRights {
    let (me, facts) = (from.me, from.facts);
    let state = standing.map(|it| it.state);
    let open = state != Some(StatementState::Locked);
    let judges = standing.map(|it| may_approve(me, person, it.drawn_by, facts));
    let begun = from.now.day() >= period.from;
    StatementRights {
        draw_up: open && begun && may_draw_up(me, person, facts).is_ok(),
        approve: state == Some(StatementState::DrawnUp) && judges == Some(Ok(())),
        lock: state == Some(StatementState::Approved) && judges == Some(Ok(())),
        send_back: matches!(
            state,
            Some(StatementState::DrawnUp | StatementState::Approved)
        ) && judges == Some(Ok(())),
        dispute: me == person,
        not_separate: open
            && state != Some(StatementState::SentBack)
            && judges == Some(Err(Refusal::NotSeparate))
            && sees_every_order(me, facts),
    }
}

pub(crate) fn team(month: Day, from: &Sources<'_>) -> TeamPay {
    let reckoned = Month::of(month, None, from);
    let readable = |person: PersonId| {
        person != from.me && policy::may_read(from.me, DocumentId::pay(person), from.facts)
    };
    let mut best = None;
    let mut all: BTreeMap<(PersonId, PayPeriod), StatementSummary> = BTreeMap::new();
    for period in reckoned.periods() {
        for statement in reckoned.statements(period) {
            let person = statement.person;
            let first = statement.lines.iter().find_map(|line| match line.why {
                Why::Best { net } => Some((net, line.amount)),
                _ => None,
            });
            best = best.or(first.map(|(net, award)| (person, net, award)));
            if readable(person) {
                let summary = summary(person, period, statement.total(), from);
                all.insert((person, period), summary);
            }
        }
    }
    for ((person, period), standing) in &from.facts.pay_statements {
        if month_of(period.from) == reckoned.month && readable(*person) {
            all.entry((*person, *period))
                .or_insert_with(|| summary(*person, *period, standing.drawn.total, from));
        }
    }
    let mut statements: Vec<_> = all.into_values().collect();
    sort_by(&mut statements, |one: &StatementSummary, other| {
        (one.period.to, &one.name, one.person).cmp(&(other.period.to, &other.name, other.person))
    });
    let people = from.facts.people.keys().copied().filter(|it| readable(*it));
    let mut to_approve = Vec::new();
    let mut disputes = Vec::new();
    for person in people {
        let waiting = lines::adjustments(person, from).into_iter();
        to_approve.extend(waiting.filter(|line| {
            let state = line.standing.map(|standing| standing.state);
            state == Some(AdjustmentState::Proposed)
        }));
        let open = lines::disputes(person, from).into_iter();
        disputes.extend(open.filter(|line| line.dispute.is_open()));
    }
    TeamPay {
        total: statements.iter().map(|it| it.total).sum(),
        statements,
        to_approve,
        disputes,
        best: best.map(|(person, net, award)| best_of(person, net, award, &reckoned, from)),
        partial: !sees_every_order(from.me, from.facts),
        may_plan: crate::pay::rights::may_plan(from.me, from.facts),
    }
}

fn best_of(
    person: PersonId,
    net: Fen,
    award: Fen,
    reckoned: &Month<'_>,
    from: &Sources<'_>,
) -> BestOfMonth {
    let team = from.facts.people.get(&person).and_then(|known| known.team);
    let known = team.map(|team| from.rows.posts.of(team.into()));
    let mut known = known.into_iter().flatten();
    BestOfMonth {
        person,
        name: from.name_of(person),
        net,
        award,
        recognised: known.any(|post| {
            let told = post.kind == PostKind::Best && post.withdrawn.is_none();
            told && post.person == person && post.month == reckoned.month
        }),
        may_recognise: team
            .is_some_and(|team| may_post(from.me, person, team, PostKind::Best, from.facts)),
    }
}
