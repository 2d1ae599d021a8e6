//! The medians and the people behind them.

use std::collections::BTreeMap;

use crate::facts::Person;
use crate::id::{CourseId, PersonId};
use crate::order::sort_by;
use crate::query::Sources;
use crate::reviews::figures::median;
use crate::reviews::reported::reported;
use crate::reviews::score::part;
use crate::role::Role;
use crate::training::answer::{answered_for, title_of};
use crate::training::decision::Certificate;
use crate::training::effect::view::{
    CourseEffect, EffectOf, EffectRow, EffectSide, FEWEST, PersonEffect,
};
use crate::training::effect::window::{Reader, Window};
use crate::training::learned::What;

/// Somebody and what they came to before and after.
type Known = (PersonId, i64, i64);

/// `None` for whoever answers for nobody.
pub(crate) fn effect(course: CourseId, from: &Sources<'_>) -> Option<CourseEffect> {
    let people: Vec<_> = answered_for(from)
        .filter_map(|person| Some((person, from.facts.active(person)?)))
        .collect();
    if people.is_empty() {
        return None;
    }
    let certificate = |person| from.facts.certificates.get(&(person, course));
    let (passed, others): (Vec<_>, Vec<_>) = people
        .into_iter()
        .partition(|(person, _)| certificate(*person).is_some());
    let today = from.now.day();
    let (mut too_soon, mut too_new) = (0, 0);
    let mut windows = Vec::new();
    for (person, known) in &passed {
        let Some(certificate) = certificate(*person) else {
            continue;
        };
        let window = Window::around(certificate.passed_at.day());
        match (
            window.is_over(today),
            window.is_after(known.joined_at.day()),
        ) {
            (false, _) => too_soon += 1,
            (true, false) => too_new += 1,
            (true, true) => windows.push((*person, *known, window)),
        }
    }
    let certified = passed.iter().filter_map(|(person, _)| {
        let certificate = certificate(*person)?;
        Some((*person, certificate))
    });
    let certified: Vec<_> = certified.collect();
    let reader = Reader {
        reported: reported(from),
        from,
    };
    let row = |of: EffectOf| match of {
        EffectOf::Quiz | EffectOf::RolePlay => EffectRow {
            of,
            passed: side(in_course(of, course, &certified, from), from),
            others: None,
        },
        _ => EffectRow {
            of,
            passed: side(around(of, &windows, &reader), from),
            others: Some(side(beside(of, &windows, &others, &reader), from)),
        },
    };
    Some(CourseEffect {
        title: title_of(course, from),
        passed: u32::try_from(passed.len()).unwrap_or(u32::MAX),
        too_soon,
        too_new,
        rows: EffectOf::ALL.into_iter().map(row).collect(),
    })
}

fn side(known: Vec<Known>, from: &Sources<'_>) -> EffectSide {
    let of = |read: fn(&Known) -> i64| {
        let mut values: Vec<_> = known.iter().map(read).collect();
        median(&mut values)
    };
    let medians = of(|known| known.1).zip(of(|known| known.2));
    let medians = medians.filter(|_| known.len() >= FEWEST);
    let mut people: Vec<_> = known
        .iter()
        .map(|(person, before, after)| PersonEffect {
            person: *person,
            name: from.name_of(*person),
            before: *before,
            after: *after,
        })
        .collect();
    sort_by(&mut people, |one, other| {
        (&one.name, one.person).cmp(&(&other.name, other.person))
    });
    EffectSide { medians, people }
}

/// The first try beside the one that passed.
fn in_course(
    of: EffectOf,
    course: CourseId,
    certified: &[(PersonId, &Certificate)],
    from: &Sources<'_>,
) -> Vec<Known> {
    let tried = |(person, certificate): &(PersonId, &Certificate)| {
        let (before, after) = match of {
            EffectOf::Quiz => {
                let learned = from.rows.training.of((*person).into()).iter();
                let tries = learned.filter_map(|entry| match entry.what {
                    What::Quiz { right, of } if entry.course == course => {
                        Some((entry.at, right, of))
                    }
                    _ => None,
                });
                let first = tries.min_by_key(|(at, ..)| *at)?;
                ((first.1, first.2), (certificate.right, certificate.of))
            }
            _ => {
                let scores = from.facts.training.scores_of(*person);
                let mut scores: Vec<_> = scores
                    .map(|(_, score)| score)
                    .filter(|score| score.course == course)
                    .collect();
                sort_by(&mut scores, |one, other| one.at.cmp(&other.at));
                let passed = scores.iter().find(|score| score.passed)?;
                let mut same = scores.iter().filter(|it| it.lesson == passed.lesson);
                (same.next()?.points(), passed.points())
            }
        };
        let share = |(reached, of): (u16, u16)| {
            (of > 0).then(|| i64::from(part(i64::from(reached), i64::from(of)).0))
        };
        Some((*person, share(before)?, share(after)?))
    };
    certified.iter().filter_map(tried).collect()
}

fn around(
    of: EffectOf,
    windows: &[(PersonId, &Person, Window)],
    reader: &Reader<'_>,
) -> Vec<Known> {
    let around = |(person, _, window): &(PersonId, &Person, Window)| {
        let before = reader.known(*person, of, window.before())?;
        Some((*person, before, reader.known(*person, of, window.after())?))
    };
    windows.iter().filter_map(around).collect()
}

/// Those who have not passed, each in the months of everybody of their roles who has: the median of these, so that a good
/// season lifts both sides.
fn beside(
    of: EffectOf,
    windows: &[(PersonId, &Person, Window)],
    others: &[(PersonId, &Person)],
    reader: &Reader<'_>,
) -> Vec<Known> {
    let beside = |(person, known): &(PersonId, &Person)| {
        let (mut before, mut after) = (Vec::new(), Vec::new());
        let mut counted: BTreeMap<&Window, Option<(i64, i64)>> = BTreeMap::new();
        let alike = windows.iter().filter(|(_, other, window)| {
            works_alike(known, other) && window.is_after(known.joined_at.day())
        });
        for (_, _, window) in alike {
            let both = counted.entry(window).or_insert_with(|| {
                let before = reader.known(*person, of, window.before())?;
                Some((before, reader.known(*person, of, window.after())?))
            });
            if let Some((one, other)) = both {
                before.push(*one);
                after.push(*other);
            }
        }
        Some((*person, median(&mut before)?, median(&mut after)?))
    };
    others.iter().filter_map(beside).collect()
}

/// What is asked of people follows from these roles; what else somebody is matters little to what they sell.
fn works_alike(one: &Person, other: &Person) -> bool {
    [Role::AccountManager, Role::TeamManager]
        .iter()
        .any(|role| one.roles.contains(role) && other.roles.contains(role))
}
