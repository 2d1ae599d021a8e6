//! A small workspace with two teams, whose documents are plain trees: commands and decisions are
//! run and applied at once, as if every device were one and the relay never away.

use std::collections::{BTreeMap, BTreeSet};

use caravan_domain::clients::command::ClientCommand;
use caravan_domain::clients::ownership::first_grant;
use caravan_domain::clients::record::{Client, ClientDraft, ContactDraft};
use caravan_domain::command::{Command, CommandError, Context, Documents, Outcome, RecordRef};
use caravan_domain::decision::{Decision, Refusal, decide};
use caravan_domain::document::{DocumentId, DocumentKind};
use caravan_domain::edit::{Edit, Operation, Path};
use caravan_domain::facts::{
    Device, DeviceDetail, Employment, Fact, FactChange, FactKey, Facts, Person, PersonStatus, Team,
    Workspace,
};
use caravan_domain::goals::command::{GoalCommand, GoalDraft};
use caravan_domain::goals::place::GoalRef;
use caravan_domain::id::{ClientId, DeviceId, Id, IdSource, PersonId, TaskId, TeamId, VisitId};
use caravan_domain::mark::Mark;
use caravan_domain::memory::Memory;
use caravan_domain::query::{Answer, Marks, Query, Sources, answer};
use caravan_domain::role::{Role, Roles};
use caravan_domain::row::{Rows, project};
use caravan_domain::tasks::command::TaskCommand;
use caravan_domain::tasks::record::TaskDraft;
use caravan_domain::time::{Day, Instant};
use caravan_domain::value::{Map, Value};
use caravan_domain::visits::command::VisitCommand;
use caravan_domain::visits::record::{VisitDraft, VisitKind};
use jiff::civil::date;

pub(crate) const ADMIN: PersonId = person(1);
pub(crate) const DIRECTOR: PersonId = person(2);
pub(crate) const EAST_MANAGER: PersonId = person(3);
pub(crate) const WEST_MANAGER: PersonId = person(4);
pub(crate) const ALICE: PersonId = person(5);
pub(crate) const BOB: PersonId = person(6);
pub(crate) const CAROL: PersonId = person(7);
pub(crate) const FINANCE: PersonId = person(8);

pub(crate) const EAST: TeamId = TeamId(id(20));
pub(crate) const WEST: TeamId = TeamId(id(21));

/// Thursday, 5 November 2026, 10:00 in Shanghai.
pub(crate) const MORNING: Instant = Instant::from_millis(1_793_844_000_000);

pub(crate) const fn id(n: u8) -> Id {
    Id::from_bytes([n; 16])
}

pub(crate) const fn person(n: u8) -> PersonId {
    PersonId(id(n))
}

pub(crate) fn today() -> Day {
    date(2026, 11, 5)
}

/// Alice's and Bob's team is East, Carol's is West.
pub(crate) struct Field {
    pub(crate) facts: Facts,
    pub(crate) settled: Facts,
    pub(crate) trees: BTreeMap<DocumentId, Value>,
    pub(crate) rows: Rows,
    pub(crate) now: Instant,
    pub(crate) marks: BTreeMap<RecordRef, Mark>,
    memory: Memory,
    ids: Counter,
}

impl Field {
    pub(crate) fn new() -> Self {
        let mut field = Self {
            facts: Facts::default(),
            settled: Facts::default(),
            trees: BTreeMap::new(),
            rows: Rows::default(),
            now: MORNING,
            marks: BTreeMap::new(),
            memory: Memory::default(),
            ids: Counter {
                now: MORNING,
                next: 0,
            },
        };
        field.know(
            FactKey::Workspace,
            Fact::Workspace(Workspace {
                name: "驼铃贸易".to_owned(),
                founded_at: MORNING,
            }),
        );
        for (team, name) in [(EAST, "华东"), (WEST, "西部")] {
            let name = name.to_owned();
            let closed = false;
            field.know(FactKey::Team(team), Fact::Team(Team { name, closed }));
        }
        field.hire(ADMIN, "管理员", &[Role::Administrator], None);
        field.hire(DIRECTOR, "总监", &[Role::Director], None);
        field.hire(EAST_MANAGER, "东主管", &[Role::TeamManager], Some(EAST));
        field.hire(WEST_MANAGER, "西主管", &[Role::TeamManager], Some(WEST));
        field.hire(ALICE, "爱丽", &[Role::AccountManager], Some(EAST));
        field.hire(BOB, "鲍勃", &[Role::AccountManager], Some(EAST));
        field.hire(CAROL, "卡罗", &[Role::AccountManager], Some(WEST));
        field.hire(FINANCE, "财务", &[Role::Finance], None);
        field
    }

    pub(crate) fn know(&mut self, key: FactKey, fact: Fact) {
        let change = FactChange {
            key,
            fact: Some(fact),
        };
        self.facts.apply(change.clone());
        self.settled.apply(change);
    }

    pub(crate) fn hire(
        &mut self,
        person: PersonId,
        name: &str,
        roles: &[Role],
        team: Option<TeamId>,
    ) {
        self.know(
            FactKey::Person(person),
            Fact::Person(Person {
                name: name.to_owned(),
                roles: roles.iter().copied().collect::<Roles>(),
                team,
                status: PersonStatus::Active,
                employment: Employment::FullTime,
                phone: String::new(),
                joined_at: MORNING,
            }),
        );
    }

    pub(crate) fn set_status(&mut self, person: PersonId, status: PersonStatus) {
        let mut known = self.facts.people[&person].clone();
        known.status = status;
        self.know(FactKey::Person(person), Fact::Person(known));
    }

    pub(crate) fn give_device(&mut self, person: PersonId, device: DeviceId) {
        self.know(
            FactKey::Device(device),
            Fact::Device(Device {
                person,
                revoked_at: None,
            }),
        );
        self.know(
            FactKey::DeviceDetail(device),
            Fact::DeviceDetail(DeviceDetail {
                person,
                label: "Chrome · Android".to_owned(),
                joined_at: MORNING,
            }),
        );
    }

    /// What the command wants, without doing it.
    pub(crate) fn propose(
        &mut self,
        me: PersonId,
        command: Command,
    ) -> Result<Outcome, CommandError> {
        self.ids.now = self.now;
        let mut cx = Context {
            me,
            now: self.now,
            ids: &mut self.ids,
            facts: &self.facts,
            documents: &Trees(&self.trees),
        };
        command.run(&mut cx)
    }

    /// Runs the command and applies it everywhere.
    pub(crate) fn run(
        &mut self,
        me: PersonId,
        command: Command,
    ) -> Result<Option<RecordRef>, CommandError> {
        let outcome = self.propose(me, command)?;
        for decision in &outcome.first {
            self.decide(me, decision)?;
        }
        let documents: BTreeSet<_> = outcome.edits.iter().map(|edit| edit.document).collect();
        for edit in outcome.edits {
            self.write(&edit);
        }
        for document in documents {
            if document.kind == DocumentKind::Client && self.facts.owner(document).is_none() {
                let grant = first_grant(document, me);
                self.facts.apply(grant.clone());
                self.settled.apply(grant);
            }
            self.project(document);
        }
        for decision in &outcome.decisions {
            self.decide(me, decision)?;
        }
        Ok(outcome.created)
    }

    pub(crate) fn decide(&mut self, actor: PersonId, decision: &Decision) -> Result<(), Refusal> {
        for change in decide(decision, actor, self.now, &self.facts)? {
            self.facts.apply(change.clone());
            self.settled.apply(change);
        }
        Ok(())
    }

    pub(crate) fn write(&mut self, edit: &Edit) {
        let tree = self
            .trees
            .entry(edit.document)
            .or_insert_with(|| Value::Map(Map::new()));
        apply(tree, &edit.path, &edit.operation);
    }

    pub(crate) fn project(&mut self, document: DocumentId) {
        self.project_with(document, &[]);
    }

    /// With people disagreeing on the fields at these paths.
    pub(crate) fn project_with(&mut self, document: DocumentId, contested: &[Path]) {
        let rows = project(document, &self.trees[&document], contested);
        self.rows.replace(document, rows);
    }

    pub(crate) fn create(&mut self, me: PersonId, draft: ClientDraft) -> ClientId {
        let created = self.run(me, Command::Client(ClientCommand::Create(draft)));
        match created.unwrap() {
            Some(RecordRef::Client(client)) => client,
            other => panic!("{other:?}"),
        }
    }

    pub(crate) fn client(&self, client: ClientId) -> Client {
        Client::read(client, &self.trees[&client.into()])
    }

    pub(crate) fn plan_visit(&mut self, me: PersonId, draft: VisitDraft) -> VisitId {
        match self.run(me, Command::Visit(VisitCommand::Plan(draft))) {
            Ok(Some(RecordRef::Visit(_, visit))) => visit,
            other => panic!("{other:?}"),
        }
    }

    pub(crate) fn create_task(&mut self, me: PersonId, draft: TaskDraft) -> TaskId {
        match self.run(me, Command::Task(TaskCommand::Create(draft))) {
            Ok(Some(RecordRef::Task(_, task))) => task,
            other => panic!("{other:?}"),
        }
    }

    pub(crate) fn propose_goal(&mut self, me: PersonId, draft: GoalDraft) -> GoalRef {
        match self.run(me, Command::Goal(GoalCommand::Propose(draft))) {
            Ok(Some(RecordRef::Goal(goal))) => goal,
            other => panic!("{other:?}"),
        }
    }

    pub(crate) fn with_sources<T>(&self, me: PersonId, ask: impl FnOnce(&Sources<'_>) -> T) -> T {
        self.with_memory(me, &self.rows, &self.memory, ask)
    }

    fn with_memory<T>(
        &self,
        me: PersonId,
        rows: &Rows,
        memory: &Memory,
        ask: impl FnOnce(&Sources<'_>) -> T,
    ) -> T {
        ask(&Sources {
            me,
            device: DeviceId(id(90)),
            now: self.now,
            rows,
            facts: &self.facts,
            settled: &self.settled,
            marks: &KnownMarks(&self.marks),
            memory,
        })
    }

    pub(crate) fn ask(&self, me: PersonId, query: &Query) -> Answer {
        let said = self.with_sources(me, |from| answer(query, from));
        let afresh = self.ask_afresh(me, query, &self.rows);
        assert_eq!(said, afresh, "what is remembered changes an answer");
        said
    }

    /// Of rows that may have come another way, with nothing remembered.
    pub(crate) fn ask_afresh(&self, me: PersonId, query: &Query, rows: &Rows) -> Answer {
        self.with_memory(me, rows, &Memory::default(), |from| answer(query, from))
    }
}

pub(crate) fn named(name: &str) -> ClientDraft {
    ClientDraft {
        name: name.to_owned(),
        ..ClientDraft::default()
    }
}

pub(crate) fn contact(name: &str, phones: &[&str]) -> ContactDraft {
    ContactDraft {
        name: name.to_owned(),
        phones: phones.iter().map(|phone| (*phone).to_owned()).collect(),
        ..ContactDraft::default()
    }
}

pub(crate) fn visit_to(client: ClientId, by: PersonId, on: Day) -> VisitDraft {
    VisitDraft {
        client,
        kind: VisitKind::Regular,
        planned_on: on,
        planned_at: String::new(),
        purpose: String::new(),
        by,
        with: BTreeSet::new(),
    }
}

/// What an edit writes, as `path/joined = value`, or `path/joined removed`.
pub(crate) fn written(outcome: &Outcome) -> Vec<String> {
    outcome
        .edits
        .iter()
        .map(|edit| {
            let path = edit.path.join("/");
            match &edit.operation {
                Operation::Put(Value::Text(text)) => format!("{path} = {text}"),
                Operation::Put(Value::Prose(text)) => format!("{path} ~ {text}"),
                Operation::Put(Value::Int(int)) => format!("{path} = {int}"),
                Operation::Put(value) => format!("{path} = {value:?}"),
                Operation::Delete => format!("{path} removed"),
            }
        })
        .collect()
}

fn apply(tree: &mut Value, path: &[String], operation: &Operation) {
    let Value::Map(map) = tree else {
        panic!("{path:?} leads through a value");
    };
    match (path, operation) {
        ([], _) => panic!("an edit of the root"),
        ([last], Operation::Put(value)) => {
            map.insert(last.clone(), value.clone());
        }
        ([last], Operation::Delete) => {
            map.remove(last);
        }
        ([first, rest @ ..], _) => {
            let inner = map
                .entry(first.clone())
                .or_insert_with(|| Value::Map(Map::new()));
            apply(inner, rest, operation);
        }
    }
}

/// Ids of one millisecond in falling order: nothing may lean on their order.
struct Counter {
    now: Instant,
    next: u64,
}

impl IdSource for Counter {
    fn mint(&mut self) -> Id {
        self.next += 1;
        let mut random = [0; 10];
        random[2..].copy_from_slice(&(u64::MAX - self.next).to_be_bytes());
        Id::mint(self.now, random)
    }
}

struct Trees<'a>(&'a BTreeMap<DocumentId, Value>);

impl Documents for Trees<'_> {
    fn tree(&self, document: DocumentId) -> Option<&Value> {
        self.0.get(&document)
    }
}

struct KnownMarks<'a>(&'a BTreeMap<RecordRef, Mark>);

impl Marks for KnownMarks<'_> {
    fn mark(&self, record: RecordRef) -> Mark {
        self.0.get(&record).copied().unwrap_or_default()
    }

    fn waiting(&self) -> u32 {
        self.count(|mark| matches!(mark, Mark::Saved | Mark::Sent))
    }

    fn needing_attention(&self) -> u32 {
        self.count(|mark| *mark == Mark::NeedsAttention)
    }
}

impl KnownMarks<'_> {
    fn count(&self, counted: impl Fn(&Mark) -> bool) -> u32 {
        u32::try_from(self.0.values().filter(|mark| counted(mark)).count()).unwrap()
    }
}
