//! How those who review compare with each other (R15): whoever rates everybody alike, high or low, can be seen.

use std::collections::BTreeMap;

use crate::calendar::Period;
use crate::goals::progress::Coverage;
use crate::id::PersonId;
use crate::order::sort_by;
use crate::policy;
use crate::query::Sources;
use crate::reviews::command::ReviewRef;
use crate::reviews::decision::ReviewState;
use crate::reviews::list::{RaterLine, ReviewSpread, SharedLine, Spread};
use crate::reviews::measure::Measure;
use crate::reviews::record::{Rating, standing_ratings};
use crate::reviews::rights::is_reviewed;

/// Of the reviews on this device, the asker's own left out: whom they are about does not see who said what of others.
pub(crate) fn spread(period: Period, from: &Sources<'_>) -> ReviewSpread {
    let mut ratings: BTreeMap<PersonId, Vec<i64>> = BTreeMap::new();
    let mut totals: BTreeMap<PersonId, Vec<i64>> = BTreeMap::new();
    let mut shared = Vec::new();
    for (document, row) in from.rows.reviews.iter() {
        let person = PersonId(document.id);
        if !is_seen(person, from) || row.review.period != period {
            continue;
        }
        let review = ReviewRef { person, period };
        let standing = standing_ratings(&row.review.ratings);
        for rating in &standing {
            let level = i64::from(rating.level.unwrap_or_default()) * 100;
            ratings.entry(rating.by).or_default().push(level);
        }
        shared.extend(of_several(review, &standing, from));
    }
    for ((person, of), standing) in &from.facts.reviews {
        let counts = *of == period && is_seen(*person, from);
        if counts && standing.state != ReviewState::Reopened {
            let total = standing.submission.total.map(|total| i64::from(total.0));
            let of_rater = totals.entry(standing.submitted_by).or_default();
            of_rater.extend(total);
        }
    }
    let all: Vec<_> = ratings.values().flatten().copied().collect();
    let people: std::collections::BTreeSet<_> =
        ratings.keys().chain(totals.keys()).copied().collect();
    let of =
        |map: &BTreeMap<_, Vec<i64>>, rater| spread_of(map.get(&rater).map_or(&[], Vec::as_slice));
    let mut raters: Vec<_> = people
        .into_iter()
        .map(|rater| RaterLine {
            rater,
            name: from.name_of(rater),
            ratings: of(&ratings, rater),
            totals: of(&totals, rater),
        })
        .collect();
    sort_by(&mut raters, |one, other| {
        (&one.name, one.rater).cmp(&(&other.name, other.rater))
    });
    sort_by(&mut shared, |one: &SharedLine, other: &SharedLine| {
        apart(other)
            .cmp(&apart(one))
            .then(one.review.cmp(&other.review))
    });
    ReviewSpread {
        period,
        raters,
        all: spread_of(&all),
        shared,
        coverage: coverage(from),
    }
}

fn is_seen(person: PersonId, from: &Sources<'_>) -> bool {
    let document = crate::document::DocumentId::reviews(person);
    person != from.me && policy::may_read(from.me, document, from.facts)
}

/// Measures of one review that more than one person has rated.
fn of_several(review: ReviewRef, standing: &[&Rating], from: &Sources<'_>) -> Vec<SharedLine> {
    let mut measures: BTreeMap<Measure, Vec<(String, u8)>> = BTreeMap::new();
    for rating in standing {
        let said = (from.name_of(rating.by), rating.level.unwrap_or_default());
        measures.entry(rating.measure).or_default().push(said);
    }
    let several = measures.into_iter().filter(|(_, levels)| levels.len() > 1);
    several
        .map(|(measure, levels)| SharedLine {
            review,
            name: from.name_of(review.person),
            measure,
            levels,
        })
        .collect()
}

fn apart(line: &SharedLine) -> u8 {
    let levels = || line.levels.iter().map(|(_, level)| *level);
    levels().max().unwrap_or_default() - levels().min().unwrap_or_default()
}

fn spread_of(values: &[i64]) -> Spread {
    let count = i64::try_from(values.len()).unwrap_or(i64::MAX);
    if count == 0 {
        return Spread::default();
    }
    let sum: i64 = values.iter().sum();
    Spread {
        count: u32::try_from(count).unwrap_or(u32::MAX),
        least: values.iter().min().copied().unwrap_or_default(),
        mean: (sum * 2 + count) / (count * 2),
        most: values.iter().max().copied().unwrap_or_default(),
    }
}

/// Of everybody who is reviewed, whose reviews are on this device.
fn coverage(from: &Sources<'_>) -> Coverage {
    let people = from.facts.people.keys().copied();
    let reviewed: Vec<_> = people.filter(|it| is_reviewed(*it, from.facts)).collect();
    let seen = reviewed.iter().filter(|person| {
        policy::may_read(
            from.me,
            crate::document::DocumentId::reviews(**person),
            from.facts,
        )
    });
    let count = |length| u32::try_from(length).unwrap_or(u32::MAX);
    Coverage {
        seen: count(seen.count()),
        of: count(reviewed.len()),
    }
}
