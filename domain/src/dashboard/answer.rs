//! A month of a person, a team or the company.

use crate::calendar::{Period, Span, days_between, plus_days, start_of};
use crate::clients;
use crate::dashboard::clients::{at_risk, overdue};
use crate::dashboard::list::{Dashboard, DashboardOf, MonthFigure, MonthValues, Next, SHOWN};
use crate::dashboard::part::{Parts, Seen, reached};
use crate::dashboard::rights::{may_look, own};
use crate::goals;
use crate::goals::answer::place_name;
use crate::goals::deeds::{Doers, sum};
use crate::goals::list::{GoalLine, GoalList, Whose};
use crate::goals::metric::Metric;
use crate::goals::place::GoalPlace;
use crate::goals::progress::{Coverage, Standing};
use crate::query::Sources;
use crate::reviews;
use crate::reviews::figures::{Piece, Subject, figure_of, pieces};
use crate::reviews::list::{ReminderOf, ReviewReminder};
use crate::reviews::measure::Measure;
use crate::reviews::plan::{ScorePlan, ScoreRole};
use crate::reviews::reported::reported;
use crate::reviews::score::Figure;
use crate::time::{Day, Instant};
use crate::today;
use crate::training;
use crate::work;

/// Months of the trend.
const MONTHS: i32 = 6;
/// Of what comes next, of each kind.
const NEXT_SHOWN: usize = 3;

/// The place and the month that are meant; `None` where the asker may not look.
pub(super) fn meant(asked: DashboardOf, from: &Sources<'_>) -> Option<(GoalPlace, Period)> {
    let place = asked.place.unwrap_or_else(|| own(from.me, from.facts));
    let month = Period::of(Span::Month, asked.month);
    may_look(from.me, place, from.facts).then_some((place, month))
}

pub(crate) fn dashboard(asked: DashboardOf, from: &Sources<'_>) -> Option<Box<Dashboard>> {
    let (place, month) = meant(asked, from)?;
    let (doers, plan, span) = (Doers::of(place, from), from.facts.plan(), month.instants());
    let is_mine = place == GoalPlace::Person(from.me);
    let goals = goals_of(place, month, from);
    let load = work::answer::load(from).lines.into_iter();
    let load: Vec<_> = load.filter(|line| doers.contains(line.person)).collect();
    let overdue = overdue(&doers, &plan, from);
    let seen = Seen {
        goals: &goals,
        load: &load,
        overdue: &overdue,
    };
    let parts = Parts::of(place, from).lines(&span, &seen, from);
    Some(Box::new(Dashboard {
        place,
        place_name: place_name(place, from),
        is_mine,
        month,
        above: above(place, from),
        figures: SHOWN
            .iter()
            .map(|metric| figure(*metric, place, month, &goals, &doers, from))
            .collect(),
        trend: (1 - MONTHS..=0)
            .map(|back| {
                let month = month.moved(back);
                let values = SHOWN.iter();
                let span = month.instants();
                MonthValues {
                    month,
                    values: values
                        .map(|metric| sum(*metric, &doers, &span, from))
                        .collect(),
                }
            })
            .collect(),
        goals_reached: reached(goals.iter()),
        reviews: match place {
            GoalPlace::Person(_) => Vec::new(),
            _ => reviews_due(&doers, from),
        },
        satisfaction: satisfaction(&doers, month, from),
        at_risk: at_risk(overdue, &plan, from),
        goals: goals.into_iter().filter(wants_looking_at).collect(),
        load,
        parts,
        next: is_mine.then(|| next(from)),
        coverage: Coverage::of(place, from),
    }))
}

fn above(place: GoalPlace, from: &Sources<'_>) -> Vec<(GoalPlace, String)> {
    let team = match place {
        GoalPlace::Person(person) => from.facts.people.get(&person).and_then(|known| known.team),
        _ => None,
    };
    let team = team.map(GoalPlace::Team);
    let wider = (place != GoalPlace::Company).then_some(GoalPlace::Company);
    let places = wider.into_iter().chain(team);
    places
        .filter(|place| may_look(from.me, *place, from.facts))
        .map(|place| (place, place_name(place, from)))
        .collect()
}

/// The month's own goals of the place and of those in it, those that want looking at first.
fn goals_of(place: GoalPlace, month: Period, from: &Sources<'_>) -> Vec<GoalLine> {
    match place {
        // The others' need not be reckoned for it.
        GoalPlace::Person(person) => {
            let rows = from.rows.goals.of(person.into()).iter();
            let goals = rows
                .map(|row| &row.goal)
                .filter(|goal| goal.period == month);
            goals::answer::lines(goals.collect(), from)
        }
        _ => {
            let list = GoalList {
                whose: match place {
                    GoalPlace::Team(team) => Whose::Team(team),
                    _ => Whose::Everybody,
                },
                span: Some(Span::Month),
                on: month.first(),
            };
            goals::answer::page(&list, from).lines
        }
    }
}

fn wants_looking_at(line: &GoalLine) -> bool {
    let standing = line.progress.standing;
    line.awaits_me || matches!(standing, Standing::AtRisk | Standing::Missed)
}

fn figure(
    metric: Metric,
    place: GoalPlace,
    month: Period,
    goals: &[GoalLine],
    doers: &Doers,
    from: &Sources<'_>,
) -> MonthFigure {
    let span = month.instants();
    let mut agreed = goals.iter().filter(|line| {
        let stands = !matches!(
            line.progress.standing,
            Standing::Dropped | Standing::Proposed
        );
        line.goal.place == place && line.metric == metric && stands
    });
    let before = month.moved(-1);
    MonthFigure {
        metric,
        value: sum(metric, doers, &span, from),
        before: sum(
            metric,
            doers,
            &(start_of(before.first())..as_far(month, before, from.now.day())),
            from,
        ),
        goal: agreed.next().cloned(),
    }
}

/// As far into the month before as today is in this one: half a month is not held against a whole one.
fn as_far(month: Period, before: Period, today: Day) -> Instant {
    let last = match month.contains(today) {
        true => plus_days(before.first(), days_between(month.first(), today)).min(before.last()),
        false => before.last(),
    };
    start_of(plus_days(last, 1))
}

/// What the asker has to write, answer or look at again of these people.
fn reviews_due(doers: &Doers, from: &Sources<'_>) -> Vec<ReviewReminder> {
    let mut due = reviews::answer::of_today(from);
    due.retain(|line| {
        let mine = !matches!(line.what, ReminderOf::Read | ReminderOf::Coming);
        mine && doers.contains(line.review.person)
    });
    due
}

fn satisfaction(doers: &Doers, month: Period, from: &Sources<'_>) -> Option<Figure> {
    figure_of(Measure::Satisfaction, &said(doers, month, from))
}

/// What clients have said, the latest first.
pub(super) fn said(doers: &Doers, month: Period, from: &Sources<'_>) -> Vec<Piece> {
    let people = from.facts.people.keys().copied();
    let subject = Subject {
        people: people.filter(|person| doers.contains(*person)).collect(),
        period: month,
        plan: ScorePlan::usual(ScoreRole::Sales),
    };
    let measure = Measure::Satisfaction;
    let mut said = pieces(&subject, Some(measure), &reported(from), from);
    said.remove(&measure).unwrap_or_default()
}

fn next(from: &Sources<'_>) -> Next {
    let today = from.now.day();
    let plan = from.facts.plan();
    let due = today::follow_ups::follow_ups(today, &plan, from);
    let mut tasks = today::answer::tasks_due(today, from);
    let (follow_ups_total, tasks_total) = (count(due.len()), count(tasks.len()));
    tasks.truncate(NEXT_SHOWN);
    let mut courses = training::answer::to_learn(from);
    courses.truncate(NEXT_SHOWN);
    let mut reviews = reviews::answer::of_today(from);
    reviews.truncate(NEXT_SHOWN);
    Next {
        follow_ups: due
            .into_iter()
            .take(NEXT_SHOWN)
            .map(|(_, row)| clients::answer::line(row, &plan, from))
            .collect(),
        follow_ups_total,
        tasks,
        tasks_total,
        courses,
        reviews,
    }
}

fn count(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}
