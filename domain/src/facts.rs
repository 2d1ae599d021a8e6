//! Facts: what the relay has decided, in its order. Keyed values, each replacing the one before;
//! a device stores those its person may read and lays its own pending decisions over them.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::clients::erasure::Erased;
use crate::document::DocumentId;
use crate::id::{ClientId, DeviceId, InvitationId, OrderId, PersonId, TeamId};
use crate::orders::decision::OrderStanding;
use crate::plan::Plan;
use crate::role::{Role, Roles};
use crate::time::Instant;

/// New keys are added at the end: the position is the number on the wire and on disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum FactKey {
    Workspace,
    Team(TeamId),
    Person(PersonId),
    Device(DeviceId),
    /// What only the device's person and the administrators see of a device.
    DeviceDetail(DeviceId),
    Invitation(InvitationId),
    Grant(DocumentId),
    Plan,
    /// Never removed again.
    Erased(DocumentId),
    Order(ClientId, OrderId),
}

/// One variant per key, at the same position.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Fact {
    Workspace(Workspace),
    Team(Team),
    Person(Person),
    Device(Device),
    DeviceDetail(DeviceDetail),
    Invitation(Invitation),
    Grant(Grant),
    Plan(Plan),
    Erased(Erased),
    Order(OrderStanding),
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Workspace {
    pub name: String,
    pub founded_at: Instant,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Team {
    pub name: String,
    pub closed: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Person {
    pub name: String,
    pub roles: Roles,
    /// The team this person works in, or manages.
    pub team: Option<TeamId>,
    pub status: PersonStatus,
    pub employment: Employment,
    /// Working contact details, for one-tap calls between colleagues.
    pub phone: String,
    pub joined_at: Instant,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum PersonStatus {
    Active,
    Suspended,
    Deactivated,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Employment {
    FullTime,
    PartTime,
    OutsideAgent,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Device {
    pub person: PersonId,
    pub revoked_at: Option<Instant>,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct DeviceDetail {
    pub person: PersonId,
    /// What the browser says of itself, such as "Chrome · Android".
    pub label: String,
    pub joined_at: Instant,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invitation {
    pub name: String,
    pub roles: Roles,
    pub team: Option<TeamId>,
    pub employment: Employment,
    /// SHA-256 of the token in the link; the token itself never leaves the inviter's screen.
    pub token_hash: [u8; 32],
    pub invited_by: PersonId,
    pub expires_at: Instant,
    pub state: InvitationState,
    /// Set when the link binds one more device to somebody who is already here.
    pub person: Option<PersonId>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum InvitationState {
    Open,
    Used { by: PersonId },
    Cancelled,
}

/// Who a document belongs to and who else may read it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Grant {
    pub owner: PersonId,
    pub shared_with: BTreeSet<PersonId>,
}

/// One fact set or removed by a decision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FactChange {
    pub key: FactKey,
    pub fact: Option<Fact>,
}

/// Every fact this replica holds.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Facts {
    pub workspace: Option<Workspace>,
    pub teams: BTreeMap<TeamId, Team>,
    pub people: BTreeMap<PersonId, Person>,
    pub devices: BTreeMap<DeviceId, Device>,
    pub device_details: BTreeMap<DeviceId, DeviceDetail>,
    pub invitations: BTreeMap<InvitationId, Invitation>,
    pub grants: BTreeMap<DocumentId, Grant>,
    /// `None` until the workspace changes it: the default holds then.
    pub plan: Option<Plan>,
    pub erased: BTreeMap<DocumentId, Erased>,
    /// Of those that were ever submitted.
    pub orders: BTreeMap<(ClientId, OrderId), OrderStanding>,
}

impl Facts {
    /// A fact whose kind does not fit its key is ignored: it can only come from a damaged store,
    /// which its reader reports.
    pub fn apply(&mut self, change: FactChange) {
        use FactKey as K;
        match (change.key, change.fact) {
            (K::Workspace, None) => self.workspace = None,
            (K::Workspace, Some(Fact::Workspace(fact))) => self.workspace = Some(fact),
            (K::Team(id), None) => drop(self.teams.remove(&id)),
            (K::Team(id), Some(Fact::Team(fact))) => drop(self.teams.insert(id, fact)),
            (K::Person(id), None) => drop(self.people.remove(&id)),
            (K::Person(id), Some(Fact::Person(fact))) => drop(self.people.insert(id, fact)),
            (K::Device(id), None) => drop(self.devices.remove(&id)),
            (K::Device(id), Some(Fact::Device(fact))) => drop(self.devices.insert(id, fact)),
            (K::DeviceDetail(id), None) => drop(self.device_details.remove(&id)),
            (K::DeviceDetail(id), Some(Fact::DeviceDetail(fact))) => {
                drop(self.device_details.insert(id, fact));
            }
            (K::Invitation(id), None) => drop(self.invitations.remove(&id)),
            (K::Invitation(id), Some(Fact::Invitation(fact))) => {
                drop(self.invitations.insert(id, fact));
            }
            (K::Grant(id), None) => drop(self.grants.remove(&id)),
            (K::Grant(id), Some(Fact::Grant(fact))) => drop(self.grants.insert(id, fact)),
            (K::Plan, None) => self.plan = None,
            (K::Plan, Some(Fact::Plan(fact))) => self.plan = Some(fact),
            (K::Erased(id), None) => drop(self.erased.remove(&id)),
            (K::Erased(id), Some(Fact::Erased(fact))) => drop(self.erased.insert(id, fact)),
            (K::Order(client, id), None) => drop(self.orders.remove(&(client, id))),
            (K::Order(client, id), Some(Fact::Order(fact))) => {
                drop(self.orders.insert((client, id), fact));
            }
            (_, Some(_)) => {}
        }
    }

    /// The fact at `key`, to put beside what a decision changed.
    #[must_use]
    pub fn get(&self, key: FactKey) -> Option<Fact> {
        match key {
            FactKey::Workspace => self.workspace.clone().map(Fact::Workspace),
            FactKey::Team(id) => self.teams.get(&id).cloned().map(Fact::Team),
            FactKey::Person(id) => self.people.get(&id).cloned().map(Fact::Person),
            FactKey::Device(id) => self.devices.get(&id).cloned().map(Fact::Device),
            FactKey::DeviceDetail(id) => self
                .device_details
                .get(&id)
                .cloned()
                .map(Fact::DeviceDetail),
            FactKey::Invitation(id) => self.invitations.get(&id).cloned().map(Fact::Invitation),
            FactKey::Grant(id) => self.grants.get(&id).cloned().map(Fact::Grant),
            FactKey::Plan => self.plan.clone().map(Fact::Plan),
            FactKey::Erased(id) => self.erased.get(&id).copied().map(Fact::Erased),
            FactKey::Order(client, id) => self.orders.get(&(client, id)).cloned().map(Fact::Order),
        }
    }

    #[must_use]
    pub fn active(&self, person: PersonId) -> Option<&Person> {
        self.people
            .get(&person)
            .filter(|known| known.status == PersonStatus::Active)
    }

    #[must_use]
    pub fn has_role(&self, person: PersonId, role: Role) -> bool {
        self.active(person)
            .is_some_and(|known| known.roles.contains(&role))
    }

    /// Whether `manager` manages the team `person` works in. Nobody manages themselves.
    #[must_use]
    pub fn manages(&self, manager: PersonId, person: PersonId) -> bool {
        manager != person
            && self.has_role(manager, Role::TeamManager)
            && self.same_team(manager, person)
    }

    #[must_use]
    pub fn same_team(&self, one: PersonId, other: PersonId) -> bool {
        let team = |person| {
            self.people
                .get(&person)
                .and_then(|known: &Person| known.team)
        };
        team(one).is_some() && team(one) == team(other)
    }

    #[must_use]
    pub fn plan(&self) -> Plan {
        self.plan.clone().unwrap_or_default()
    }

    /// The person behind a device, revoked or not.
    #[must_use]
    pub fn author(&self, device: DeviceId) -> Option<PersonId> {
        self.devices.get(&device).map(|known| known.person)
    }

    #[must_use]
    pub fn is_erased(&self, document: DocumentId) -> bool {
        self.erased.contains_key(&document)
    }

    #[must_use]
    pub fn owner(&self, document: DocumentId) -> Option<PersonId> {
        self.grants.get(&document).map(|grant| grant.owner)
    }
}
