//! Figures, counted in one pass over the months that are asked about, for everybody at once. What a figure is made of,
//! piece by piece, comes out of the same pass: a number and its explanation cannot differ.

use core::ops::RangeInclusive;
use std::collections::{BTreeMap, BTreeSet};

use crate::calendar::{Period, plus_days, start_of};
use crate::clients::row::ClientRow;
use crate::command::RecordRef;
use crate::id::{ClientId, PersonId};
use crate::index::Planned;
use crate::order::{gathered, sort_by};
use crate::orders::decision::OrderState;
use crate::orders::sales::sales;
use crate::query::Sources;
use crate::reviews::measure::{Measure, Unit};
use crate::reviews::plan::{FileField, ScorePlan};
use crate::reviews::reported::Reported;
use crate::reviews::score::{Figure, Figures};
use crate::tasks::record::TaskStatus;
use crate::time::{Day, Instant};
use crate::visits::record::{Presence, VisitState};

/// Whose figures are asked for, over which period, by which plan.
#[derive(Debug, Clone)]
pub struct Subject {
    /// Themselves, or the whole team of a manager.
    pub people: BTreeSet<PersonId>,
    pub period: Period,
    pub plan: ScorePlan,
}

/// What one record adds to one figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Piece {
    pub record: RecordRef,
    pub by: PersonId,
    pub at: Instant,
    /// What counts: 1, fen, filled fields, minutes.
    pub part: i64,
    /// Out of how much, for shares.
    pub of: i64,
}

/// The figures of each subject, in their order.
#[must_use]
pub fn figures(subjects: &[Subject], reported: &Reported, from: &Sources<'_>) -> Vec<Figures> {
    let mut sums: Vec<BTreeMap<Measure, Sum>> = vec![BTreeMap::new(); subjects.len()];
    Gathering::new(subjects, None, from).run(reported, &mut |subject, measure, piece| {
        sums[subject]
            .entry(measure)
            .or_default()
            .add(measure, &piece);
    });
    subjects
        .iter()
        .zip(sums)
        .map(|(subject, mut sums)| {
            let measures = subject.plan.indicators().map(|it| it.measure);
            measures
                .filter_map(|measure| {
                    let sum = sums.remove(&measure).unwrap_or_default();
                    Some((measure, sum.figure(measure)?))
                })
                .collect()
        })
        .collect()
}

/// What one subject's figures are made of: every measure of the plan, or one; the latest first.
#[must_use]
pub fn pieces(
    subject: &Subject,
    measure: Option<Measure>,
    reported: &Reported,
    from: &Sources<'_>,
) -> BTreeMap<Measure, Vec<Piece>> {
    let mut found: BTreeMap<Measure, Vec<Piece>> = BTreeMap::new();
    let subjects = core::slice::from_ref(subject);
    Gathering::new(subjects, measure, from).run(reported, &mut |_, measure, piece| {
        found.entry(measure).or_default().push(piece);
    });
    for pieces in found.values_mut() {
        latest_first(pieces);
    }
    found
}

fn latest_first(pieces: &mut Vec<Piece>) {
    sort_by(pieces, |one, other| {
        (other.at, other.record, other.part).cmp(&(one.at, one.record, one.part))
    });
}

/// The same of one measure, whether or not the plan has it, over days that need not be a period's.
#[must_use]
pub(crate) fn pieces_over(
    subject: &Subject,
    days: RangeInclusive<Day>,
    measure: Measure,
    reported: &Reported,
    from: &Sources<'_>,
) -> Vec<Piece> {
    let mut gathering = Gathering::new(core::slice::from_ref(subject), Some(measure), from);
    gathering.asked = [measure].into();
    gathering.spans = vec![Span {
        start: start_of(*days.start()),
        end: start_of(plus_days(*days.end(), 1)),
        first: *days.start(),
        last: *days.end(),
        measures: [measure].into(),
    }];
    let mut found = Vec::new();
    gathering.run(reported, &mut |_, _, piece| found.push(piece));
    latest_first(&mut found);
    found
}

/// What pieces come to, in whatever order they are added.
#[must_use]
pub fn figure_of(measure: Measure, pieces: &[Piece]) -> Option<Figure> {
    let mut sum = Sum::default();
    for piece in pieces {
        sum.add(measure, piece);
    }
    sum.figure(measure)
}

#[derive(Debug, Clone, Default)]
struct Sum {
    part: i64,
    of: i64,
    count: u32,
    /// Of a median alone.
    values: Vec<i64>,
}

impl Sum {
    fn add(&mut self, measure: Measure, piece: &Piece) {
        self.part = self.part.saturating_add(piece.part);
        self.of = self.of.saturating_add(piece.of);
        self.count = self.count.saturating_add(1);
        if measure.unit() == Unit::Minutes {
            self.values.push(piece.part);
        }
    }

    /// Where nothing could have been counted there is no figure; where nothing was, there is a figure of nothing.
    fn figure(mut self, measure: Measure) -> Option<Figure> {
        let value = match measure.unit() {
            Unit::Count if measure == Measure::Resolved && self.of == 0 => None,
            Unit::Count | Unit::Fen => Some(self.part),
            Unit::Share => {
                (self.of > 0).then(|| i64::from(crate::reviews::score::part(self.part, self.of).0))
            }
            Unit::Minutes => median(&mut self.values),
            Unit::Level => None,
        };
        let sample = self.count;
        value.map(|value| Figure { value, sample })
    }
}

/// Of an even number the half-up mean of the two in the middle.
pub(crate) fn median(values: &mut [i64]) -> Option<i64> {
    values.sort_unstable();
    let upper = *values.get(values.len() / 2)?;
    match values.len() % 2 {
        0 => {
            let lower = *values.get(values.len() / 2 - 1)?;
            Some((lower + upper + 1).div_euclid(2))
        }
        _ => Some(upper),
    }
}

type Visit<'a> = dyn FnMut(usize, Measure, Piece) + 'a;

struct Gathering<'a> {
    from: &'a Sources<'a>,
    subjects: &'a [Subject],
    spans: Vec<Span>,
    of_person: BTreeMap<PersonId, Vec<usize>>,
    people: BTreeSet<PersonId>,
    asked: BTreeSet<Measure>,
    today: Day,
}

struct Span {
    start: Instant,
    end: Instant,
    first: Day,
    last: Day,
    measures: BTreeSet<Measure>,
}

impl<'a> Gathering<'a> {
    fn new(subjects: &'a [Subject], only: Option<Measure>, from: &'a Sources<'a>) -> Self {
        let mut of_person: BTreeMap<PersonId, Vec<usize>> = BTreeMap::new();
        let (mut spans, mut asked) = (Vec::new(), BTreeSet::new());
        for (place, subject) in subjects.iter().enumerate() {
            for person in &subject.people {
                of_person.entry(*person).or_default().push(place);
            }
            let measures = subject.plan.indicators().map(|it| it.measure);
            let measures: BTreeSet<_> = measures
                .filter(|measure| only.is_none_or(|only| only == *measure))
                .collect();
            asked.extend(measures.iter().copied());
            let whole = subject.period.instants();
            spans.push(Span {
                start: whole.start,
                end: whole.end,
                first: subject.period.first(),
                last: subject.period.last(),
                measures,
            });
        }
        Self {
            from,
            subjects,
            spans,
            people: gathered(of_person.keys().copied()),
            of_person,
            asked,
            today: from.now.day(),
        }
    }

    fn run(&self, reported: &Reported, visit: &mut Visit<'_>) {
        if self.asks(&[Measure::NewClients]) {
            self.new_clients(visit);
        }
        if self.asks(&[Measure::Completeness]) {
            self.files(visit);
        }
        if self.asks(&[Measure::Sales]) {
            self.sales(visit);
        }
        if self.asks(&[Measure::Repurchase]) {
            self.repurchase(visit);
        }
        if self.asks(&[Measure::Attendance]) {
            self.visits(visit);
            self.classes(visit);
        }
        if self.asks(&[Measure::Resolved, Measure::TasksOnTime]) {
            self.tasks(visit);
        }
        self.reported(reported, visit);
    }

    fn asks(&self, measures: &[Measure]) -> bool {
        measures.iter().any(|measure| self.asked.contains(measure))
    }

    /// From the first day of the first period to the last of the last.
    fn days(&self) -> RangeInclusive<Day> {
        let first = self.spans.iter().map(|span| span.first).min();
        let last = self.spans.iter().map(|span| span.last).max();
        first.unwrap_or(Day::MAX)..=last.unwrap_or(Day::MIN)
    }

    fn of(&self, person: PersonId) -> &[usize] {
        self.of_person.get(&person).map_or(&[], Vec::as_slice)
    }

    /// For each subject whose period `at` lies in and whose plan measures it.
    fn at(&self, measure: Measure, piece: Piece, visit: &mut Visit<'_>) {
        for place in self.of(piece.by) {
            let span = &self.spans[*place];
            if (span.start..span.end).contains(&piece.at) && span.measures.contains(&measure) {
                visit(*place, measure, piece);
            }
        }
    }

    /// The same by the day, which need not be that of the piece's time.
    fn on(&self, day: Day, measure: Measure, piece: Piece, visit: &mut Visit<'_>) {
        for place in self.of(piece.by) {
            let span = &self.spans[*place];
            if (span.first..=span.last).contains(&day) && span.measures.contains(&measure) {
                visit(*place, measure, piece);
            }
        }
    }

    fn new_clients(&self, visit: &mut Visit<'_>) {
        let index = &self.from.rows.index.new_clients;
        index.months_of_people(Some(&self.people), &self.days(), &mut |by, month| {
            for (at, client) in month {
                self.at(Measure::NewClients, one((*client).into(), by, *at), visit);
            }
        });
    }

    /// Of every client that was there by the end of the period, as its file stands now.
    fn files(&self, visit: &mut Visit<'_>) {
        for (row, grant) in self.from.clients().filter(|(row, _)| !row.archived) {
            let by = grant.map_or(self.from.me, |grant| grant.owner);
            for place in self.of(by) {
                let (span, plan) = (&self.spans[*place], &self.subjects[*place].plan);
                if row.created_at < span.end && span.measures.contains(&Measure::Completeness) {
                    let filled = plan.fields.iter().filter(|field| is_filled(row, **field));
                    let piece = Piece {
                        part: count(filled.count()),
                        of: count(plan.fields.len()),
                        ..one(row.id.into(), by, row.touched_at.unwrap_or(row.created_at))
                    };
                    visit(*place, Measure::Completeness, piece);
                }
            }
        }
    }

    fn sales(&self, visit: &mut Visit<'_>) {
        sales(&self.days(), Some(&self.people), self.from, &mut |sale| {
            let record = RecordRef::Order(sale.client, sale.order);
            let piece = Piece {
                part: sale.amount.0,
                ..one(record, sale.by, sale.at)
            };
            self.on(sale.on, Measure::Sales, piece, visit);
        });
    }

    /// Whoever a client buys from again matters, not from whom they bought before. Of several orders of a client the
    /// last one tells.
    fn repurchase(&self, visit: &mut Visit<'_>) {
        let mut last: BTreeMap<(ClientId, usize), Piece> = BTreeMap::new();
        let accepted = &self.from.facts.accepted;
        accepted.months_of_people(Some(&self.people), &self.days(), &mut |by, month| {
            for it in month {
                let record = RecordRef::Order(it.client, it.order);
                let bought = one(record, by, it.at);
                self.at(Measure::Repurchase, bought, &mut |subject, _, piece| {
                    let known = last.entry((it.client, subject)).or_insert(piece);
                    if (known.at, known.record) < (piece.at, piece.record) {
                        *known = piece;
                    }
                });
            }
        });
        for ((client, subject), piece) in last {
            let piece = Piece {
                part: i64::from(self.bought_before(client, &piece)),
                ..piece
            };
            visit(subject, Measure::Repurchase, piece);
        }
    }

    fn bought_before(&self, client: ClientId, bought: &Piece) -> bool {
        let mut of_client = self.from.facts.orders.of_client(client).iter();
        of_client.any(|kept| {
            let record = RecordRef::Order(client, kept.order);
            kept.state == OrderState::Accepted && (kept.at, record) < (bought.at, bought.record)
        })
    }

    fn visits(&self, visit: &mut Visit<'_>) {
        let index = &self.from.rows.index.planned;
        index.months_of_people(Some(&self.people), &self.days(), &mut |by, month| {
            let kept = month.iter().filter(|it| it.state != VisitState::Cancelled);
            kept.for_each(|planned| self.visit(by, planned, visit));
        });
    }

    fn visit(&self, by: PersonId, planned: &Planned, visit: &mut Visit<'_>) {
        let made = matches!(planned.state, VisitState::UnderWay | VisitState::Done)
            && planned.presence != Some(Presence::Invalid);
        if planned.on >= self.today && !made {
            return;
        }
        let record = RecordRef::Visit(planned.client, planned.visit);
        let piece = Piece {
            part: i64::from(made),
            ..one(record, by, planned.at)
        };
        self.on(planned.on, Measure::Attendance, piece, visit);
    }

    /// Where somebody was marked at a class; who was excused counts neither way.
    fn classes(&self, visit: &mut Visit<'_>) {
        let known = &self.from.facts.training;
        for person in &self.people {
            for (id, seat) in known.seats_of(*person) {
                let class = known.classes.get(&id).filter(|class| !class.called_off);
                let (Some(class), Some(there)) = (class, seat.counts()) else {
                    continue;
                };
                let piece = Piece {
                    part: i64::from(there),
                    ..one(
                        RecordRef::Class(id),
                        *person,
                        crate::calendar::start_of(class.on),
                    )
                };
                self.on(class.on, Measure::Attendance, piece, visit);
            }
        }
    }

    fn tasks(&self, visit: &mut Visit<'_>) {
        let mut given = Vec::new();
        for person in &self.people {
            let months = self.from.rows.index.tasks.months_of(*person, self.days());
            given.extend(months.flatten().map(|task| (*person, *task)));
        }
        given.sort_unstable();
        given.dedup();
        for (by, task) in given {
            if matches!(task.status, TaskStatus::Cancelled | TaskStatus::HandedOver) {
                continue;
            }
            let piece = one(RecordRef::Task(by, task.task), by, task.at);
            if let Some(due) = task.due.filter(|due| *due < self.today || task.done) {
                let on_time = task.done && task.at.day() <= due;
                let piece = Piece {
                    part: i64::from(on_time),
                    ..piece
                };
                self.on(due, Measure::TasksOnTime, piece, visit);
            }
            if task.for_client {
                self.question(task.kind, task.done, piece, visit);
            }
        }
    }

    /// Which kinds of tasks are questions is the plan's to say. What is settled counts where it was settled, what is
    /// open where it was asked.
    fn question(
        &self,
        kind: crate::tasks::kind::TaskKind,
        settled: bool,
        piece: Piece,
        visit: &mut Visit<'_>,
    ) {
        let piece = Piece {
            part: i64::from(settled),
            ..piece
        };
        self.at(Measure::Resolved, piece, &mut |place, measure, piece| {
            if self.subjects[place].plan.questions.contains(&kind) {
                visit(place, measure, piece);
            }
        });
    }

    fn reported(&self, reported: &Reported, visit: &mut Visit<'_>) {
        for answer in &reported.surveys {
            let piece = Piece {
                part: i64::from(answer.percent.min(100)),
                of: 100,
                ..one(
                    RecordRef::Reply(answer.person, answer.reply),
                    answer.person,
                    answer.month,
                )
            };
            self.at(Measure::Satisfaction, piece, visit);
        }
        for checked in reported.callbacks.iter().filter(|it| it.checked > 0) {
            let piece = Piece {
                part: i64::from(checked.right.min(checked.checked)),
                of: i64::from(checked.checked),
                ..one(checked.client.into(), checked.person, checked.at)
            };
            self.at(Measure::Accuracy, piece, visit);
        }
        for question in &reported.questions {
            let millis = question
                .answered_at
                .millis()
                .saturating_sub(question.asked_at.millis());
            let piece = Piece {
                part: millis.max(0) / 60_000,
                ..one(question.client.into(), question.person, question.asked_at)
            };
            self.at(Measure::FirstResponse, piece, visit);
        }
    }
}

fn one(record: RecordRef, by: PersonId, at: Instant) -> Piece {
    Piece {
        record,
        by,
        at,
        part: 1,
        of: 1,
    }
}

fn count(length: usize) -> i64 {
    i64::try_from(length).unwrap_or(i64::MAX)
}

fn is_filled(row: &ClientRow, field: FileField) -> bool {
    match field {
        FileField::Contact => !row.contact.is_empty(),
        FileField::Phone => !row.phones.is_empty(),
        FileField::Address => !row.address.is_empty(),
        FileField::Region => !row.region.is_empty(),
        FileField::Source => !row.source.is_empty(),
        FileField::Code => !row.code.is_empty(),
        FileField::Position => !row.position.is_empty(),
        FileField::Birthday => !row.birthdays.is_empty(),
        FileField::Tags => !row.tags.is_empty(),
    }
}
