//! A plan as text, one thing a line: how it stands frozen in a review, for whoever reads it in years.
//!
//! ```text
//! from 2026-01-01
//! cycle 3 14 7
//! fields contact phone
//! questions follow-up
//! dimension results 60
//! indicator sales 40 10000000 0 share
//! indicator satisfaction 40 9500 5 share floor 8000 0
//! grade 9000 200000 A
//! ```

use crate::calendar::{Span, parse_day};
use crate::money::{BasisPoints, Fen};
use crate::reviews::plan::{Curve, Dimension, Floor, GradeStep, Indicator, ScorePlan, Step};

#[must_use]
pub fn written(plan: &ScorePlan) -> String {
    let mut lines = vec![
        format!("from {}", plan.in_force_from),
        format!(
            "cycle {} {} {}",
            plan.every.months(),
            plan.due_days,
            plan.remind_days
        ),
    ];
    let fields: Vec<_> = plan.fields.iter().map(|it| it.word()).collect();
    lines.push(format!("fields {}", fields.join(" ")));
    let questions: Vec<_> = plan.questions.iter().map(ToString::to_string).collect();
    lines.push(format!("questions {}", questions.join(" ")));
    for dimension in &plan.dimensions {
        let (kind, weight) = (dimension.kind.word(), dimension.weight);
        lines.push(format!("dimension {kind} {weight}"));
        lines.extend(dimension.indicators.iter().map(indicator));
    }
    for GradeStep { name, from, bonus } in &plan.grades {
        lines.push(format!("grade {} {} {}", from.0, bonus.0, name.trim()));
    }
    lines.join("\n")
}

fn indicator(it: &Indicator) -> String {
    let curve = match &it.curve {
        Curve::Share => "share".to_owned(),
        Curve::Threshold => "threshold".to_owned(),
        Curve::Down { none_at } => format!("down {none_at}"),
        Curve::Steps(steps) => {
            let steps = steps
                .iter()
                .map(|it| format!("{}:{}", it.from, it.points.0));
            format!("steps {}", steps.collect::<Vec<_>>().join(","))
        }
    };
    let floor = it.floor.map_or_else(String::new, |floor| {
        format!(" floor {} {}", floor.below, floor.at_most.0)
    });
    format!(
        "indicator {} {} {} {} {curve}{floor}",
        it.measure.word(),
        it.weight,
        it.target,
        it.minimum
    )
}

/// `None` for what was not written by [`written`].
#[must_use]
pub fn read(text: &str) -> Option<ScorePlan> {
    let mut plan = ScorePlan {
        in_force_from: crate::time::Day::MIN,
        every: Span::Quarter,
        due_days: 0,
        remind_days: 0,
        fields: Default::default(),
        questions: Default::default(),
        dimensions: Vec::new(),
        grades: Vec::new(),
    };
    for line in text.lines() {
        let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
        let mut words = rest.split(' ').filter(|word| !word.is_empty());
        match word {
            "from" => plan.in_force_from = parse_day(rest)?,
            "cycle" => {
                let months: u8 = words.next()?.parse().ok()?;
                plan.every = Span::ALL.into_iter().find(|it| it.months() == months)?;
                plan.due_days = words.next()?.parse().ok()?;
                plan.remind_days = words.next()?.parse().ok()?;
            }
            "fields" => {
                for field in words {
                    plan.fields.insert(field.parse().ok()?);
                }
            }
            "questions" => {
                for kind in words {
                    plan.questions.insert(kind.parse().ok()?);
                }
            }
            "dimension" => plan.dimensions.push(Dimension {
                kind: words.next()?.parse().ok()?,
                weight: words.next()?.parse().ok()?,
                indicators: Vec::new(),
            }),
            "indicator" => {
                let read = read_indicator(&mut words)?;
                plan.dimensions.last_mut()?.indicators.push(read);
            }
            "grade" => {
                let (from, rest) = rest.split_once(' ')?;
                let (bonus, name) = rest.split_once(' ')?;
                plan.grades.push(GradeStep {
                    name: name.to_owned(),
                    from: BasisPoints(from.parse().ok()?),
                    bonus: Fen(bonus.parse().ok()?),
                });
            }
            _ => return None,
        }
    }
    Some(plan)
}

fn read_indicator<'a>(words: &mut impl Iterator<Item = &'a str>) -> Option<Indicator> {
    let measure = words.next()?.parse().ok()?;
    let weight = words.next()?.parse().ok()?;
    let target = words.next()?.parse().ok()?;
    let minimum = words.next()?.parse().ok()?;
    let curve = match words.next()? {
        "share" => Curve::Share,
        "threshold" => Curve::Threshold,
        "down" => Curve::Down {
            none_at: words.next()?.parse().ok()?,
        },
        "steps" => {
            let steps = words.next()?.split(',').map(|step| {
                let (from, points) = step.split_once(':')?;
                Some(Step {
                    from: from.parse().ok()?,
                    points: BasisPoints(points.parse().ok()?),
                })
            });
            Curve::Steps(steps.collect::<Option<Vec<_>>>()?)
        }
        _ => return None,
    };
    let floor = match words.next() {
        Some("floor") => Some(Floor {
            below: words.next()?.parse().ok()?,
            at_most: BasisPoints(words.next()?.parse().ok()?),
        }),
        Some(_) => return None,
        None => None,
    };
    Some(Indicator {
        measure,
        weight,
        target,
        curve,
        minimum,
        floor,
    })
}
