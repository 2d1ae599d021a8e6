//! A month of pay, from the order to the lock (R36–R48, R68).

use caravan_domain::calendar::{Period, Span};
use caravan_domain::command::{Command, CommandError, RecordRef};
use caravan_domain::decision::{Decision, Refusal};
use caravan_domain::document::DocumentId;
use caravan_domain::facts::{Employment, Fact, FactKey};
use caravan_domain::id::{ClientId, Id, OrderId, PersonId};
use caravan_domain::money::{BasisPoints, Fen};
use caravan_domain::orders::command::{OrderAction, OrderCommand, PaymentDraft, submission};
use caravan_domain::orders::draft::{LineDraft, OrderDraft};
use caravan_domain::orders::record::{Channel, Order};
use caravan_domain::pay::adjustment::{AdjustmentSort, AdjustmentStep};
use caravan_domain::pay::approval::{StatementState, StatementStep};
use caravan_domain::pay::command::{AdjustmentDraft, Drawing, PayCommand, Vesting};
use caravan_domain::pay::decision::PayDecision;
use caravan_domain::pay::period::PayPeriod;
use caravan_domain::pay::plan::PayPlan;
use caravan_domain::pay::statement::{PayLine, Share, Why};
use caravan_domain::pay::view::{PayFile, PlanVersions, StatementFile, TeamPay, VersionState};
use caravan_domain::pay::what_if::{WhatIf, WhatIfView};
use caravan_domain::query::{Answer, Query};
use caravan_domain::role::Role;
use caravan_domain::tasks::command::TaskCommand;
use caravan_domain::tasks::kind::TaskKind;
use caravan_domain::tasks::record::{TaskDraft, TaskStatus};
use caravan_domain::time::{Day, Instant};
use jiff::civil::date;

use crate::field::{
    ADMIN, ALICE, BOB, CAROL, DIRECTOR, EAST_MANAGER, FINANCE, Field, WEST_MANAGER, id, named,
};
use crate::orders::DESK;

mod clash;
mod later;
mod plans;
mod results;

struct Firm {
    field: Field,
    client: ClientId,
}

fn noon(day: Day) -> Instant {
    caravan_domain::calendar::start_of(day).plus_millis(12 * 60 * 60 * 1000)
}

fn november() -> PayPeriod {
    PayPeriod {
        from: date(2026, 11, 1),
        to: date(2026, 11, 30),
    }
}

fn december() -> PayPeriod {
    PayPeriod {
        from: date(2026, 12, 1),
        to: date(2026, 12, 31),
    }
}

impl Firm {
    /// Thursday, 5 November 2026; Alice has a client.
    fn new() -> Self {
        let mut field = Field::new();
        field.hire(DESK, "订单", &[Role::OrderDesk], None);
        let client = field.create(ALICE, named("顺丰便利店"));
        Self { field, client }
    }

    fn on(&mut self, day: Day) -> &mut Self {
        self.field.now = noon(day);
        self
    }

    fn run(
        &mut self,
        me: PersonId,
        command: PayCommand,
    ) -> Result<Option<RecordRef>, CommandError> {
        self.field.run(me, Command::Pay(command))
    }

    fn sold(&mut self, representative: PersonId, yuan: &str) -> OrderId {
        let draft = OrderDraft {
            representative,
            channel: Channel::Visit,
            ordered_on: self.field.now.day(),
            note: String::new(),
            lines: vec![LineDraft {
                product: "茶".to_owned(),
                quantity: "1".to_owned(),
                price: yuan.to_owned(),
                discount: String::new(),
            }],
        };
        let write = OrderAction::Write {
            order: None,
            draft,
            submit: true,
        };
        let client = self.client;
        let made = self.field.run(ALICE, order_command(client, write));
        let Ok(Some(RecordRef::Order(_, order))) = made else {
            panic!("{made:?}");
        };
        let tree = &self.field.trees[&DocumentId::orders(client)];
        let all = Order::read_all(client, tree);
        let latest = all.iter().find(|it| it.id == order).unwrap().latest();
        let version = submission(client, order, latest.unwrap()).version;
        let accept = order_command(client, OrderAction::Accept(order, version));
        self.field.run(DESK, accept).unwrap();
        order
    }

    fn refund(&mut self, order: OrderId, on: Day, yuan: &str) {
        let payment = PaymentDraft {
            amount: yuan.to_owned(),
            on,
            note: String::new(),
        };
        let command = order_command(self.client, OrderAction::Refund(order, payment));
        self.field.run(FINANCE, command).unwrap();
    }

    fn statement(&self, me: PersonId, person: PersonId, period: PayPeriod) -> StatementFile {
        match self.field.ask(me, &Query::PayStatement(person, period)) {
            Answer::PayStatement(Some(file)) => *file,
            other => panic!("{other:?}"),
        }
    }

    fn file(&self, me: PersonId, person: PersonId) -> Option<Box<PayFile>> {
        match self
            .field
            .ask(me, &Query::Pay(person, self.field.now.day()))
        {
            Answer::Pay(file) => file,
            other => panic!("{other:?}"),
        }
    }

    fn team(&self, me: PersonId, month: Day) -> TeamPay {
        match self.field.ask(me, &Query::TeamPay(month)) {
            Answer::TeamPay(team) => team,
            other => panic!("{other:?}"),
        }
    }

    fn drawing(&self, me: PersonId, person: PersonId, period: PayPeriod) -> PayCommand {
        let file = self.statement(me, person, period);
        let (lines, counted) = match file.reckoned_now {
            Some(now) => (now.lines, now.counted),
            None => {
                let lines = file.lines.into_iter().map(|shown| shown.line);
                (lines.collect(), file.counted)
            }
        };
        PayCommand::DrawUp(Drawing {
            person,
            period,
            lines,
            counted,
        })
    }

    fn draw_up(&mut self, person: PersonId, period: PayPeriod) {
        let drawing = self.drawing(DIRECTOR, person, period);
        self.run(DIRECTOR, drawing).unwrap();
    }

    fn drawn(&self, person: PersonId, period: PayPeriod) -> Id {
        self.field.facts.pay_statements[&(person, period)].drawn.id
    }

    fn approve(
        &mut self,
        me: PersonId,
        person: PersonId,
        period: PayPeriod,
    ) -> Result<(), CommandError> {
        let statement = self.drawn(person, period);
        let command = PayCommand::ApproveStatement {
            person,
            period,
            statement,
        };
        self.run(me, command).map(drop)
    }

    fn lock(
        &mut self,
        me: PersonId,
        person: PersonId,
        period: PayPeriod,
    ) -> Result<(), CommandError> {
        let statement = self.drawn(person, period);
        let command = PayCommand::Lock {
            person,
            period,
            statement,
        };
        self.run(me, command).map(drop)
    }

    fn pay_out(&mut self, person: PersonId, period: PayPeriod) {
        self.draw_up(person, period);
        self.approve(FINANCE, person, period).unwrap();
        self.lock(FINANCE, person, period).unwrap();
    }

    fn propose(&mut self, me: PersonId, draft: AdjustmentDraft) -> Result<Id, CommandError> {
        let made = self.run(
            me,
            PayCommand::Propose {
                person: ALICE,
                draft,
            },
        )?;
        match made {
            Some(RecordRef::Pay(_, id)) => Ok(id),
            other => panic!("{other:?}"),
        }
    }

    fn approve_adjustment(&mut self, me: PersonId, adjustment: Id) -> Result<(), CommandError> {
        let command = PayCommand::Approve {
            person: ALICE,
            adjustment,
        };
        self.run(me, command).map(drop)
    }

    fn state(&self, person: PersonId, period: PayPeriod) -> StatementState {
        self.field.facts.pay_statements[&(person, period)].state
    }
}

/// One of everything that lies in a Pay document, and a post.
pub(crate) fn sample(field: &mut Field) {
    let mut run = |me, command| field.run(me, Command::Pay(command)).unwrap();
    let line = |why, plan| PayLine {
        person: ALICE,
        amount: Fen(1_000),
        paid_before: Fen(1),
        why,
        plan,
    };
    let on = date(2026, 11, 6);
    let lines = vec![
        line(
            Why::Base {
                wage: Fen(2),
                part: BasisPoints(3),
            },
            Some(on),
        ),
        line(
            Why::Commission {
                order: OrderId(id(1)),
                client: ClientId(id(2)),
                accepted_at: noon(on),
                of: Fen(5),
                rate: BasisPoints(6),
                net: Fen(7),
                share: Share::Manager,
            },
            Some(on),
        ),
        line(
            Why::GivenBack {
                order: OrderId(id(1)),
                client: ClientId(id(2)),
                refund: id(3),
                on,
                of: Fen(5),
                rate: BasisPoints(6),
                share: Share::Representative,
            },
            Some(on),
        ),
        line(
            Why::Task {
                task: caravan_domain::id::TaskId(id(4)),
                on,
                difficulty: 3,
            },
            Some(on),
        ),
        line(
            Why::Ranked {
                place: 2,
                net: Fen(7),
            },
            Some(on),
        ),
        line(Why::Best { net: Fen(7) }, Some(on)),
        line(
            Why::Vested {
                award: id(5),
                on,
                part: BasisPoints(6),
                of: Fen(7),
            },
            None,
        ),
        line(Why::Adjusted { id: id(6), on }, None),
        line(
            Why::Penalty {
                id: id(7),
                case: id(8),
                on,
                asked: Fen(9),
            },
            Some(on),
        ),
        line(
            Why::Reviewed {
                result: id(9),
                period: Period::of(Span::Quarter, on),
                on,
                bonus: Fen(10),
                before: Fen(11),
            },
            None,
        ),
    ];
    let drawing = Drawing {
        person: ALICE,
        period: november(),
        lines,
        counted: [id(1), id(3)].into(),
    };
    run(DIRECTOR, PayCommand::DrawUp(drawing));
    let vesting = Some(Vesting {
        first: on,
        parts: 2,
        months: 6,
    });
    let draft = AdjustmentDraft {
        vesting,
        dispute: Some(id(9)),
        ..adjust(AdjustmentSort::Deferred, "100", on)
    };
    run(
        DIRECTOR,
        PayCommand::Propose {
            person: ALICE,
            draft,
        },
    );
    let dispute = PayCommand::Dispute {
        period: november(),
        line: "base".to_owned(),
        text: "少了".to_owned(),
    };
    let Some(RecordRef::Pay(_, dispute)) = run(ALICE, dispute) else {
        panic!();
    };
    let text = "没有".to_owned();
    run(
        EAST_MANAGER,
        PayCommand::Answer {
            person: ALICE,
            dispute,
            text,
            settled: true,
        },
    );
}

#[test]
fn what_is_written_of_a_statement_is_read_back() {
    let mut field = Field::new();
    sample(&mut field);
    let row = &field.rows.pay.of(DocumentId::pay(ALICE))[0];
    let standing = &field.facts.pay_statements[&(ALICE, november())];
    let [statement] = &row.statements[..] else {
        panic!()
    };
    assert_eq!(statement.lines.iter().count(), 10);
    assert_eq!(statement.digest, standing.drawn.digest);
    assert_eq!(
        statement.lines.iter().map(|line| line.due()).sum::<Fen>(),
        Fen(10 * 999)
    );
    assert_eq!(row.adjustments[0].vesting().len(), 2);
    assert!(!row.disputes[0].is_open());
}

fn order_command(client: ClientId, action: OrderAction) -> Command {
    Command::Order(OrderCommand { client, action })
}

fn adjust(sort: AdjustmentSort, yuan: &str, on: Day) -> AdjustmentDraft {
    AdjustmentDraft {
        sort,
        amount: yuan.to_owned(),
        takes_back: false,
        on,
        reason: "少算了一笔".to_owned(),
        dispute: None,
        vesting: None,
    }
}

fn say(file: &StatementFile) -> Vec<String> {
    let lines = file.lines.iter();
    lines
        .map(|shown| {
            let what = match &shown.line.why {
                Why::Base { .. } => "base".to_owned(),
                Why::Commission { rate, share, .. } => {
                    format!("{} at {}{}", shown.subject, rate.0, of(*share))
                }
                Why::GivenBack { rate, share, .. } => {
                    format!("back {} at {}{}", shown.subject, rate.0, of(*share))
                }
                Why::Task { difficulty, .. } => format!("task {} ({difficulty})", shown.subject),
                Why::Ranked { place, .. } => format!("ranked {place}"),
                Why::Best { .. } => "best".to_owned(),
                Why::Vested { .. } => format!("vested {}", shown.subject),
                Why::Adjusted { .. } => format!("adjusted {}", shown.subject),
                Why::Penalty { .. } => format!("penalty {}", shown.subject),
                Why::Reviewed { .. } => "reviewed".to_owned(),
            };
            format!("{what} = {}", shown.line.due().typed())
        })
        .collect()
}

fn of(share: Share) -> &'static str {
    match share {
        Share::Representative => "",
        Share::Manager => " for the manager",
    }
}

fn refused(refusal: Refusal) -> Result<(), CommandError> {
    Err(CommandError::Refused(refusal))
}

#[test]
fn every_line_says_which_order_at_which_rate_and_by_which_version() {
    let mut firm = Firm::new();
    let order = firm.sold(ALICE, "60000");
    let file = firm.statement(ALICE, ALICE, november());
    assert_eq!(say(&file), ["base = 2585", "顺丰便利店 at 400 = 1920"]);
    let line = &file.lines[1];
    let Why::Commission {
        order: which,
        accepted_at,
        of,
        net,
        ..
    } = line.line.why
    else {
        panic!("{line:?}");
    };
    assert_eq!(
        (which, of, net),
        (order, Fen::yuan(60_000), Fen::yuan(60_000))
    );
    assert_eq!(accepted_at, firm.field.now);
    assert_eq!(line.line.plan, Some(Day::MIN));
    assert!(line.is_here);
    assert!(file.summary.so_far && file.partial);
    // A fifth is the manager's, who sees whose order it was.
    let managers = firm.statement(EAST_MANAGER, EAST_MANAGER, november());
    assert_eq!(
        say(&managers),
        ["base = 2585", "顺丰便利店 at 400 for the manager = 480"]
    );
    assert_eq!(managers.lines[1].representative, "爱丽");
}

#[test]
fn nobody_else_sees_what_somebody_earns() {
    let mut firm = Firm::new();
    firm.sold(ALICE, "60000");
    for me in [BOB, CAROL, WEST_MANAGER, ADMIN, DESK] {
        assert_eq!(firm.file(me, ALICE), None, "{me:?}");
        let asked = Query::PayStatement(ALICE, november());
        assert_eq!(firm.field.ask(me, &asked), Answer::PayStatement(None));
        let team = firm.team(me, november().from);
        assert!(team.statements.iter().all(|it| it.person != ALICE));
    }
    for me in [ALICE, EAST_MANAGER, DIRECTOR, FINANCE] {
        assert!(firm.file(me, ALICE).is_some(), "{me:?}");
    }
    let people = |me| {
        let team = firm.team(me, november().from);
        team.statements
            .iter()
            .map(|it| it.person)
            .collect::<Vec<_>>()
    };
    assert_eq!(people(EAST_MANAGER).len(), 2);
    assert_eq!(people(FINANCE).len(), 8);
}

#[test]
fn a_finished_task_pays_by_how_hard_it_was() {
    let mut firm = Firm::new();
    let draft = TaskDraft {
        assignee: ALICE,
        title: "拜访新客".to_owned(),
        detail: String::new(),
        kind: TaskKind::NewClient,
        due: None,
        client: None,
        difficulty: None,
        estimate: None,
    };
    let task = firm.field.create_task(EAST_MANAGER, draft);
    let file = firm.statement(ALICE, ALICE, november());
    assert_eq!(say(&file), ["base = 2585"]);
    let status = TaskStatus::Done;
    let done = TaskCommand::SetStatus {
        assignee: ALICE,
        task,
        status,
    };
    firm.field.run(ALICE, Command::Task(done)).unwrap();
    let file = firm.statement(ALICE, ALICE, november());
    assert_eq!(say(&file), ["base = 2585", "task 拜访新客 (4) = 40"]);
}

#[test]
fn one_draws_up_another_approves_and_what_is_locked_stays() {
    let mut firm = Firm::new();
    firm.sold(ALICE, "60000");
    let drawing = firm.drawing(DIRECTOR, ALICE, november());
    for (me, reason) in [
        (ALICE, CommandError::NotAllowed),
        (EAST_MANAGER, CommandError::NotAllowed),
        (FINANCE, CommandError::NotAllowed),
    ] {
        assert_eq!(firm.run(me, drawing.clone()), Err(reason), "{me:?}");
    }
    firm.run(DIRECTOR, drawing).unwrap();
    assert_eq!(
        firm.approve(DIRECTOR, ALICE, november()),
        refused(Refusal::NotSeparate)
    );
    assert_eq!(
        firm.approve(ALICE, ALICE, november()),
        refused(Refusal::NotSeparate)
    );
    assert_eq!(
        firm.approve(EAST_MANAGER, ALICE, november()),
        refused(Refusal::NotAllowed)
    );
    assert_eq!(
        firm.lock(FINANCE, ALICE, november()),
        refused(Refusal::AlreadySettled)
    );
    firm.approve(FINANCE, ALICE, november()).unwrap();
    firm.lock(FINANCE, ALICE, november()).unwrap();
    let before = firm.statement(ALICE, ALICE, november());
    assert_eq!(before.as_drawn, Some(true));
    assert_eq!(before.summary.total, Fen(450_500));
    // Nothing that comes after moves it.
    firm.sold(ALICE, "90000");
    let after = firm.statement(ALICE, ALICE, november());
    assert_eq!(
        (&after.lines, after.summary.total),
        (&before.lines, before.summary.total)
    );
    let drawing = firm.drawing(DIRECTOR, ALICE, november());
    assert_eq!(
        firm.run(DIRECTOR, drawing).map(drop),
        refused(Refusal::AlreadySettled)
    );
    assert_eq!(firm.state(ALICE, november()), StatementState::Locked);
}

#[test]
fn whoever_reads_it_can_tell_that_it_was_changed() {
    let mut firm = Firm::new();
    firm.sold(ALICE, "60000");
    firm.draw_up(ALICE, november());
    let id = firm.drawn(ALICE, november()).to_string();
    let path = ["statements", &id, "total"];
    let forged = caravan_domain::edit::Edit::put(DocumentId::pay(ALICE), &path, Fen(1));
    firm.field.write(&forged);
    firm.field.project(DocumentId::pay(ALICE));
    assert_eq!(
        firm.statement(FINANCE, ALICE, november()).as_drawn,
        Some(false)
    );
    assert_eq!(
        firm.approve(FINANCE, ALICE, november()),
        refused(Refusal::NotAsSubmitted)
    );
}

#[test]
fn a_payee_disputes_a_line_and_is_answered() {
    let mut firm = Firm::new();
    firm.sold(ALICE, "60000");
    let line = firm.statement(ALICE, ALICE, november()).lines[1]
        .line
        .name();
    let dispute = PayCommand::Dispute {
        period: november(),
        line: line.clone(),
        text: " 应当是 5% ".to_owned(),
    };
    let Ok(Some(RecordRef::Pay(ALICE, id))) = firm.run(ALICE, dispute) else {
        panic!();
    };
    let file = firm.statement(EAST_MANAGER, ALICE, november());
    assert!(file.lines[1].disputed);
    assert_eq!(file.disputes[0].dispute.text, "应当是 5%");
    assert_eq!(file.summary.disputed, 1);
    let answer = |settled| PayCommand::Answer {
        person: ALICE,
        dispute: id,
        text: "按 4% 计".to_owned(),
        settled,
    };
    assert_eq!(firm.run(BOB, answer(true)), Err(CommandError::NotAllowed));
    firm.run(EAST_MANAGER, answer(true)).unwrap();
    let file = firm.statement(ALICE, ALICE, november());
    assert!(!file.lines[1].disputed);
    assert_eq!(file.disputes[0].answered_by, ["东主管"]);
    // The payee can take it up again.
    firm.field.now = firm.field.now.plus_millis(1);
    firm.run(ALICE, answer(false)).unwrap();
    assert!(firm.statement(ALICE, ALICE, november()).lines[1].disputed);
    // Nobody disputes what is another's.
    assert_eq!(firm.team(EAST_MANAGER, november().from).disputes.len(), 1);
}
