//! Grades: what they ask for, who stands where, and how people come up (R45).

mod counting;
mod deciding;
mod ladder;

use caravan_domain::calendar::plus_days;
use caravan_domain::decision::{Decision, Refusal};
use caravan_domain::grades::criterion::{Criterion, Judged, Known};
use caravan_domain::grades::decision::{GradeDecision, GradeStep, Proposal, Setting};
use caravan_domain::grades::ladder::{Ladder, Rung, RungName};
use caravan_domain::grades::list::{GradeFile, GradePage, GradeReminderOf};
use caravan_domain::id::{CourseId, PersonId, PromotionId, RungId};
use caravan_domain::money::BasisPoints;
use caravan_domain::query::{Answer, Query};
use caravan_domain::reviews::measure::Measure;
use caravan_domain::reviews::score::Figure;
use caravan_domain::role::Role;
use caravan_domain::time::Day;

use crate::field::{DIRECTOR, Field, id, person, today};

const BEGINNER: RungId = RungId(id(90));
pub(crate) const SENIOR: RungId = RungId(id(91));
const LEAD: RungId = RungId(id(92));
const HR: PersonId = person(30);
const OTHER_DIRECTOR: PersonId = person(31);
const COURSE: CourseId = CourseId(id(93));

fn rung(id: RungId, zh: &str, criteria: Vec<Criterion>) -> Rung {
    Rung {
        id,
        name: RungName {
            zh: zh.to_owned(),
            en: String::new(),
        },
        may: "独立拜访".to_owned(),
        criteria,
    }
}

/// One of every kind of criterion.
pub(crate) fn ladder() -> Ladder {
    Ladder {
        in_force_from: today(),
        rungs: vec![
            rung(BEGINNER, "实习", vec![]),
            rung(
                SENIOR,
                "资深",
                vec![
                    Criterion::Tenure { months: 3 },
                    Criterion::Figure {
                        measure: Measure::NewClients,
                        months: 2,
                        target: 1,
                        minimum: 0,
                    },
                    Criterion::Figure {
                        measure: Measure::Satisfaction,
                        months: 3,
                        target: 8_000,
                        minimum: 1,
                    },
                    Criterion::Visits {
                        months: 1,
                        target: 2,
                    },
                    Criterion::Score {
                        reviews: 1,
                        target: BasisPoints(7_500),
                    },
                    Criterion::Certificate(COURSE),
                    Criterion::Leads { people: 1 },
                ],
            ),
            rung(LEAD, "主管", vec![Criterion::Leads { people: 2 }]),
        ],
    }
}

pub(crate) fn setting() -> Setting {
    Setting {
        ladder: 1,
        rung: BEGINNER,
        since: plus_days(today(), -40),
        reason: "补录".to_owned(),
    }
}

pub(crate) fn proposal() -> Proposal {
    let criteria = ladder().rungs.remove(1).criteria.into_iter();
    Proposal {
        id: PromotionId(id(94)),
        ladder: 1,
        rung: SENIOR,
        since: today(),
        reason: "带新人带得好".to_owned(),
        criteria: criteria
            .map(|criterion| Judged {
                criterion,
                known: Known::TooLittle(Figure {
                    value: 1,
                    sample: 2,
                }),
            })
            .collect(),
    }
}

fn office() -> Field {
    let mut field = Field::new();
    field.hire(HR, "人事", &[Role::Hr], None);
    field.hire(OTHER_DIRECTOR, "副总", &[Role::Director], None);
    field.decide(DIRECTOR, &publish(ladder())).unwrap();
    field
}

fn publish(ladder: Ladder) -> Decision {
    Decision::Grade(GradeDecision::Publish(ladder))
}

fn step(person: PersonId, step: GradeStep) -> Decision {
    Decision::Grade(GradeDecision::Step { person, step })
}

fn set(rung: RungId, since: Day) -> GradeStep {
    GradeStep::Set(Setting {
        rung,
        since,
        ..setting()
    })
}

fn accept(since: Day) -> GradeStep {
    GradeStep::Accept {
        promotion: proposal().id,
        since,
        reply: String::new(),
    }
}

fn decline(reply: &str) -> GradeStep {
    GradeStep::Decline {
        promotion: proposal().id,
        reply: reply.to_owned(),
    }
}

impl Field {
    fn take(&mut self, actor: PersonId, about: PersonId, taken: GradeStep) -> Result<(), Refusal> {
        self.decide(actor, &step(about, taken))
    }

    fn grade(&self, me: PersonId, person: PersonId) -> Option<GradeFile> {
        match self.ask(me, &Query::Grade(person)) {
            Answer::Grade(file) => file.map(|file| *file),
            other => panic!("{other:?}"),
        }
    }

    fn grades(&self, me: PersonId) -> GradePage {
        match self.ask(me, &Query::Grades) {
            Answer::Grades(page) => page,
            other => panic!("{other:?}"),
        }
    }

    fn said(&self, me: PersonId, person: PersonId) -> Vec<Known> {
        let file = self.grade(me, person).unwrap();
        let next = file.next.unwrap();
        let rung = file.rungs.iter().find(|it| it.id == next).unwrap();
        rung.criteria.iter().map(|it| it.judged.known).collect()
    }

    fn reminders(&self, me: PersonId) -> Vec<GradeReminderOf> {
        match self.ask(me, &Query::Today) {
            Answer::Today(view) => view.grades.into_iter().map(|it| it.what).collect(),
            other => panic!("{other:?}"),
        }
    }

    fn holds(&self, person: PersonId, day: Day) -> Option<RungId> {
        let standing = self.facts.grades.get(&person)?;
        standing.on(day).map(|held| held.rung)
    }
}

fn this(value: i64) -> Known {
    Known::This(Figure { value, sample: 0 })
}
