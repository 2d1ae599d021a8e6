//! Months of pay drawn up, approved and locked, as they would have been one after the other.

use std::collections::BTreeMap;

use caravan_domain::command::{Command, Context, Documents, RecordRef};
use caravan_domain::decision::decide;
use caravan_domain::document::DocumentId;
use caravan_domain::edit::{Edit, Operation};
use caravan_domain::id::{Id, IdSource, PersonId};
use caravan_domain::pay::command::PayCommand;
use caravan_domain::query::{Answer, Query};
use caravan_domain::row::project;
use caravan_domain::time::Day;
use caravan_domain::value::{Map, Value};

use crate::ask;
use crate::firm::{DIRECTOR, FINANCE, Firm, NOW};

struct Trees<'a>(&'a BTreeMap<DocumentId, Value>);

impl Documents for Trees<'_> {
    fn tree(&self, document: DocumentId) -> Option<&Value> {
        self.0.get(&document)
    }
}

struct Minted(u64);

impl IdSource for Minted {
    fn mint(&mut self) -> Id {
        self.0 += 1;
        let mut random = [9; 10];
        random[2..].copy_from_slice(&self.0.to_be_bytes());
        Id::mint(NOW, random)
    }
}

/// How many statements that makes.
pub(crate) fn lock_month(firm: &mut Firm, month: Day) -> usize {
    let Answer::TeamPay(team) = ask(firm, DIRECTOR, &Query::TeamPay(month)) else {
        return 0;
    };
    let mut locked = 0;
    for summary in team.statements {
        let (person, period) = (summary.person, summary.period);
        let Answer::PayStatement(Some(file)) =
            ask(firm, DIRECTOR, &Query::PayStatement(person, period))
        else {
            continue;
        };
        let draw = PayCommand::DrawUp(file.drawing());
        let made = run(firm, DIRECTOR, draw);
        let Some(RecordRef::Pay(_, statement)) = made else {
            continue;
        };
        let approve = PayCommand::ApproveStatement {
            person,
            period,
            statement,
        };
        let lock = PayCommand::Lock {
            person,
            period,
            statement,
        };
        run(firm, FINANCE, approve);
        run(firm, FINANCE, lock);
        locked += 1;
    }
    locked
}

fn run(firm: &mut Firm, me: PersonId, command: PayCommand) -> Option<RecordRef> {
    let mut ids = Minted(firm.minted);
    let outcome = Command::Pay(command)
        .run(&mut Context {
            me,
            now: NOW,
            ids: &mut ids,
            facts: &firm.facts,
            documents: &Trees(&firm.trees),
        })
        .ok()?;
    firm.minted = ids.0;
    for edit in &outcome.edits {
        write(firm, edit);
        let rows = project(edit.document, &firm.trees[&edit.document], &[]);
        firm.rows.replace(edit.document, rows);
    }
    for decision in &outcome.decisions {
        for change in decide(decision, me, NOW, &firm.facts).ok()? {
            firm.facts.apply(change);
        }
    }
    outcome.created
}

/// Every edit of a statement is one of two steps.
fn write(firm: &mut Firm, edit: &Edit) {
    let tree = firm.trees.entry(edit.document);
    let Value::Map(tree) = tree.or_insert_with(|| Value::Map(Map::new())) else {
        return;
    };
    let root = tree
        .entry(edit.path[0].clone())
        .or_insert_with(|| Value::Map(Map::new()));
    if let (Value::Map(root), Operation::Put(value)) = (root, &edit.operation) {
        root.insert(edit.path[1].clone(), value.clone());
    }
}
