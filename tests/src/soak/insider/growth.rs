//! What is said and decided of people: agreements, grades, classes, role plays, orders and pay. Each honest step is taken
//! once; what may not be tried about it is tried in every round.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result, bail};
use caravan_domain::agreements::command::AgreementCommand;
use caravan_domain::agreements::decision::{AgreementDecision, Terms, Waits};
use caravan_domain::agreements::text::{AgreementDraft, VersionDigest, Wording};
use caravan_domain::command::Command;
use caravan_domain::decision::{Decision, Refusal};
use caravan_domain::document::DocumentId;
use caravan_domain::facts::Employment;
use caravan_domain::grades::command::{GradeCommand, LadderDraft, RungDraft};
use caravan_domain::grades::criterion::{Criterion, Judged, Known};
use caravan_domain::grades::decision::{GradeDecision, GradeStep, Proposal, Setting};
use caravan_domain::grades::ladder::{Ladder, RungName};
use caravan_domain::id::{
    AgreementId, ClassId, ClientId, CourseId, Id, LessonId, OrderId, OrderVersionId, PersonId,
    PromotionId, ScoreId,
};
use caravan_domain::money::Fen;
use caravan_domain::orders::decision::{OrderDecision, OrderStep, Submission};
use caravan_domain::orders::digest::OrderDigest;
use caravan_domain::pay::approval::{DrawnUp, StatementStep};
use caravan_domain::pay::command::PayCommand;
use caravan_domain::pay::decision::PayDecision;
use caravan_domain::pay::period::PayPeriod;
use caravan_domain::query::{Answer, Query};
use caravan_domain::role::Role;
use caravan_domain::training::classes::decision::{Attendance, ClassDecision, ClassPlan};
use caravan_domain::training::command::TrainingCommand;
use caravan_domain::training::decision::TrainingDecision;
use caravan_domain::training::sheets::decision::{Criterion as Scored, Performance, Sheet};
use caravan_port::ask::{Ask, Told};
use caravan_sync::envelope::Payload;
use caravan_sync::frame::Rejection;

use super::office::{Office, received};
use super::tries::{DECISION, Try, Who};
use crate::native::{Device, now};
use crate::soak::device::Device as Phone;
use crate::soak::raw::new_client;

const COURSE: CourseId = CourseId(Id::from_bytes([6; 16]));
const LESSON: LessonId = LessonId(Id::from_bytes([7; 16]));
const ORDER: OrderId = OrderId(Id::from_bytes([8; 16]));

pub(super) struct Growth {
    agreement: AgreementId,
    version: VersionDigest,
    class: ClassId,
    ladder: Ladder,
    /// The manager's proposal about Ann.
    promotion: PromotionId,
    /// Ann's own.
    client: ClientId,
    submitted: Submission,
    period: PayPeriod,
    /// What the founder has drawn up for Ann.
    drawn: DrawnUp,
}

impl Growth {
    pub(super) async fn of(
        founder: &Phone,
        address: &str,
        ann: &mut Device,
        bob: &Device,
        manager: &mut Device,
        client: DocumentId,
    ) -> Result<Self> {
        let (agreement, version) = required(founder).await?;
        let class = called(founder, &[ann.person, bob.person], manager.person).await?;
        let ladder = published(founder).await?;
        let period = *PayPeriod::of(Employment::FullTime, founder.engine.today())
            .first()
            .context("a month is a period")?;
        founder.settle(address).await?;
        let sign = AgreementDecision::Sign {
            agreement,
            version,
            name: "Ann".into(),
            signed_at: now(),
            device: ann.id,
        };
        honest(ann, Decision::Agreement(sign)).await?;
        let proposal = proposal(&ladder);
        let promotion = proposal.id;
        let propose = GradeStep::Propose(proposal);
        honest(manager, grade(ann.person, propose)).await?;
        let client = ClientId(client.id);
        let submitted = Submission {
            version: OrderVersionId(ORDER.0),
            representative: ann.person,
            amount: Fen::yuan(100),
            digest: OrderDigest([0; 32]),
        };
        honest(ann, order(client, OrderStep::Submit(submitted))).await?;
        founder.settle(address).await?;
        let drawn = drawn_up(founder, ann.person, period).await?;
        founder.settle(address).await?;
        Ok(Self {
            agreement,
            version,
            class,
            ladder,
            promotion,
            client,
            submitted,
            period,
            drawn,
        })
    }

    fn countersign(&self, person: PersonId) -> Decision {
        Decision::Agreement(AgreementDecision::Countersign {
            agreement: self.agreement,
            person,
            version: self.version,
            name: "The company".into(),
        })
    }

    fn accept(&self) -> GradeStep {
        GradeStep::Accept {
            promotion: self.promotion,
            since: now().day(),
            reply: String::new(),
        }
    }

    fn statement(&self, person: PersonId, step: StatementStep) -> Decision {
        Decision::Pay(PayDecision::Statement {
            person,
            period: self.period,
            step,
        })
    }

    fn mark(&self, person: PersonId) -> Decision {
        let marks = BTreeMap::from([(person, Attendance::Present)]);
        in_class(self.class, ClassDecision::Mark(marks))
    }
}

/// What none of them may.
pub(super) fn decisions(office: &Office) -> Vec<Try> {
    let known = &office.growth;
    let (ann, bob, manager) = (office.ann.person, office.bob.person, office.manager.person);
    let signs_for_bob = Decision::Agreement(AgreementDecision::Sign {
        agreement: known.agreement,
        version: known.version,
        name: "Bob".into(),
        signed_at: now(),
        device: office.bob.id,
    });
    let nobody_signs = Decision::Agreement(AgreementDecision::Require {
        agreement: known.agreement,
        version: known.version,
        number: 1,
        terms: Terms::default(),
    });
    let set = |rung| {
        GradeStep::Set(Setting {
            ladder: 1,
            rung,
            since: now().day(),
            reason: "I am good".into(),
        })
    };
    let highest = known.ladder.rungs[1].id;
    let propose = || GradeStep::Propose(proposal(&known.ladder));
    let publish = Decision::Grade(GradeDecision::Publish(known.ladder.clone()));
    let accepts = || order(known.client, OrderStep::Accept(known.submitted));
    let approve = || StatementStep::Approve(known.drawn.clone());
    let raise = Decision::Pay(PayDecision::SetCity {
        person: ann,
        city: "上海".into(),
    });
    let release = Decision::Training(TrainingDecision::Require {
        person: bob,
        course: COURSE,
        due: now().day(),
    });
    use Who::{Ann, Clerk, Manager};
    let separate = Rejection::Decision(Refusal::NotSeparate);
    let tries = [
        // The envelope says whose device it is.
        (
            Ann,
            "signs in a colleague's name",
            signs_for_bob,
            Rejection::Malformed,
        ),
        (
            Ann,
            "signs for the company beneath her own name",
            known.countersign(ann),
            DECISION,
        ),
        (
            Manager,
            "signs for the company",
            known.countersign(ann),
            DECISION,
        ),
        (
            Clerk,
            "signs for the company, too",
            known.countersign(ann),
            DECISION,
        ),
        (Ann, "lets nobody sign any more", nobody_signs, DECISION),
        (Ann, "marks herself present", known.mark(ann), DECISION),
        (Ann, "marks a colleague present", known.mark(bob), DECISION),
        (
            Ann,
            "calls a class off",
            in_class(known.class, ClassDecision::CallOff),
            DECISION,
        ),
        (Ann, "scores her own role play", scored(ann), DECISION),
        (Ann, "scores a colleague's role play", scored(bob), DECISION),
        (
            Manager,
            "scores his own role play",
            scored(manager),
            DECISION,
        ),
        (Ann, "requires a course of a colleague", release, DECISION),
        (Ann, "publishes a ladder", publish, DECISION),
        (Ann, "proposes herself", grade(ann, propose()), DECISION),
        (
            Manager,
            "proposes himself",
            grade(manager, propose()),
            DECISION,
        ),
        (
            Ann,
            "gives herself a grade",
            grade(ann, set(highest)),
            DECISION,
        ),
        (
            Ann,
            "accepts what is proposed of her",
            grade(ann, known.accept()),
            DECISION,
        ),
        (
            Manager,
            "accepts what he has proposed",
            grade(ann, known.accept()),
            DECISION,
        ),
        (
            Ann,
            "accepts an order of her own client",
            accepts(),
            DECISION,
        ),
        (Manager, "accepts an order of his team", accepts(), DECISION),
        (
            Ann,
            "approves her own pay",
            known.statement(ann, approve()),
            separate,
        ),
        (
            Manager,
            "approves pay of his team",
            known.statement(ann, approve()),
            DECISION,
        ),
        (
            Ann,
            "draws up her own pay",
            known.statement(ann, StatementStep::DrawUp(known.drawn.clone())),
            separate,
        ),
        (Ann, "moves to a city that pays more", raise, DECISION),
    ];
    let payload = |decision| (DocumentId::WORKSPACE, Payload::of_decision(&decision));
    tries
        .into_iter()
        .map(|(who, name, decision, reason)| (who, name, payload(decision), reason))
        .collect()
}

fn grade(person: PersonId, step: GradeStep) -> Decision {
    Decision::Grade(GradeDecision::Step { person, step })
}

fn in_class(class: ClassId, decision: ClassDecision) -> Decision {
    Decision::Training(TrainingDecision::Class { class, decision })
}

fn scored(person: PersonId) -> Decision {
    Decision::Training(TrainingDecision::Score {
        of: Performance {
            id: ScoreId(new_client().id),
            person,
            course: COURSE,
            lesson: LESSON,
        },
        points: vec![10],
    })
}

fn order(client: ClientId, step: OrderStep) -> Decision {
    Decision::Order(OrderDecision {
        client,
        order: ORDER,
        step,
    })
}

fn proposal(ladder: &Ladder) -> Proposal {
    let rung = &ladder.rungs[1];
    let judged = rung.criteria.iter().map(|criterion| Judged {
        criterion: *criterion,
        known: Known::Nothing,
    });
    Proposal {
        id: PromotionId(new_client().id),
        ladder: 1,
        rung: rung.id,
        since: now().day(),
        reason: "She is good".into(),
        criteria: judged.collect(),
    }
}

async fn honest(device: &mut Device, decision: Decision) -> Result<()> {
    let payload = Payload::of_decision(&decision);
    let envelope = device.envelope(DocumentId::WORKSPACE, payload)?;
    received(device, envelope).await
}

async fn required(founder: &Phone) -> Result<(AgreementId, VersionDigest)> {
    let draft = AgreementDraft {
        zh: Wording {
            title: "保密协议".into(),
            text: "客户资料归公司所有。".into(),
        },
        ..AgreementDraft::default()
    };
    let add = AgreementCommand::Add(draft);
    founder.run(Command::Agreement(add)).await?;
    let row = || {
        let rows = founder.engine.rows();
        let row = rows.agreements.iter().next().map(|(_, row)| row.clone());
        row.context("it was written")
    };
    let agreement = row()?.id;
    let publish = AgreementCommand::Publish { agreement };
    founder.run(Command::Agreement(publish)).await?;
    let version = row()?.versions.last().context("it was published")?.digest;
    let terms = Terms {
        required_of: [Role::AccountManager].into(),
        within_days: 7,
        waits: Waits::Nobody,
    };
    let require = AgreementCommand::Require {
        agreement,
        version,
        terms,
    };
    founder.run(Command::Agreement(require)).await?;
    Ok((agreement, version))
}

async fn called(founder: &Phone, invited: &[PersonId], trainer: PersonId) -> Result<ClassId> {
    let sheet = Sheet {
        title: "首次拜访".into(),
        criteria: vec![Scored {
            name: "开场".into(),
            points: 10,
        }],
        pass_percent: 60,
        needed: true,
    };
    let set = TrainingCommand::SetSheet {
        course: COURSE,
        lesson: LESSON,
        sheet: Some(sheet),
    };
    founder.run(Command::Training(set)).await?;
    let hold = TrainingCommand::HoldClass(ClassPlan {
        course: COURSE,
        lesson: LESSON,
        title: "门店陈列".into(),
        on: founder.engine.today(),
        starts: 540,
        minutes: 90,
        place: "杭州".into(),
        trainer,
        room: 2,
        invited: invited.iter().copied().collect::<BTreeSet<_>>(),
    });
    founder.run(Command::Training(hold)).await?;
    // Decided here, and not yet by the relay.
    match founder.engine.answer(&Ask::Rows(Query::Classes)).await? {
        Told::Rows(Answer::Classes(view)) => {
            let mut lines = view.ahead.iter().chain(&view.over);
            lines.next().map(|line| line.id).context("it was called")
        }
        other => bail!("{other:?}"),
    }
}

async fn published(founder: &Phone) -> Result<Ladder> {
    let rungs = ["见习", "资深"].into_iter().enumerate();
    let rungs = rungs.map(|(place, name)| RungDraft {
        id: None,
        name: RungName {
            zh: name.into(),
            en: String::new(),
        },
        may: String::new(),
        criteria: match place {
            0 => Vec::new(),
            _ => vec![Criterion::Tenure { months: 3 }],
        },
    });
    let draft = LadderDraft {
        from: founder.engine.today(),
        rungs: rungs.collect(),
    };
    founder
        .run(Command::Grade(GradeCommand::Publish(draft)))
        .await?;
    match founder.engine.answer(&Ask::Rows(Query::Ladder)).await? {
        Told::Rows(Answer::Ladder(view)) => {
            let last = view.versions.into_iter().next_back();
            last.map(|(_, ladder)| ladder).context("it was published")
        }
        other => bail!("{other:?}"),
    }
}

async fn drawn_up(founder: &Phone, person: PersonId, period: PayPeriod) -> Result<DrawnUp> {
    let ask = Ask::Rows(Query::PayStatement(person, period));
    let file = match founder.engine.answer(&ask).await? {
        Told::Rows(Answer::PayStatement(file)) => file.context("a director reads it")?,
        other => bail!("{other:?}"),
    };
    let draw = PayCommand::DrawUp(file.drawing());
    founder.run(Command::Pay(draw)).await?;
    match founder.engine.answer(&ask).await? {
        Told::Rows(Answer::PayStatement(Some(file))) => {
            let standing = file.summary.standing.context("it was drawn up")?;
            Ok(standing.drawn)
        }
        other => bail!("{other:?}"),
    }
}
