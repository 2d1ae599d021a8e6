//! Documents: the unit of permission and of sync.

use core::fmt;

use serde::{Deserialize, Serialize};

use crate::id::{ClientId, Id, PersonId, TeamId};

/// New kinds are added at the end: the position is the number on the wire.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum DocumentKind {
    /// Where decisions are addressed; it has no contents of its own.
    Workspace,
    /// Profile, contacts, interactions and visits of one client.
    Client,
    /// What one person can, wants and has to do.
    Person,
    /// What concerns everybody: courses, the company's goals.
    Company,
    /// What concerns one team.
    Team,
    /// One client's orders.
    Orders,
    /// One person's reviews.
    Reviews,
    /// What is said about one person's pay.
    Pay,
}

impl DocumentKind {
    pub const ALL: [Self; 8] = [
        Self::Workspace,
        Self::Client,
        Self::Person,
        Self::Company,
        Self::Team,
        Self::Orders,
        Self::Reviews,
        Self::Pay,
    ];

    #[must_use]
    pub const fn number(self) -> u8 {
        self as u8
    }

    #[must_use]
    pub fn from_number(number: u8) -> Option<Self> {
        Self::ALL.get(usize::from(number)).copied()
    }

    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Workspace => "workspace",
            Self::Client => "client",
            Self::Person => "person",
            Self::Company => "company",
            Self::Team => "team",
            Self::Orders => "orders",
            Self::Reviews => "reviews",
            Self::Pay => "pay",
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct DocumentId {
    pub kind: DocumentKind,
    pub id: Id,
}

impl DocumentId {
    /// Decisions are addressed to the workspace itself.
    pub const WORKSPACE: Self = Self {
        kind: DocumentKind::Workspace,
        id: Id::ZERO,
    };

    /// There is one.
    pub const COMPANY: Self = Self {
        kind: DocumentKind::Company,
        id: Id::ZERO,
    };

    #[must_use]
    pub const fn orders(client: ClientId) -> Self {
        Self {
            kind: DocumentKind::Orders,
            id: client.0,
        }
    }

    #[must_use]
    pub const fn reviews(person: PersonId) -> Self {
        Self {
            kind: DocumentKind::Reviews,
            id: person.0,
        }
    }

    #[must_use]
    pub const fn pay(person: PersonId) -> Self {
        Self {
            kind: DocumentKind::Pay,
            id: person.0,
        }
    }

    /// 17 bytes: the kind's number, then the id. Sorts as the value does.
    #[must_use]
    pub fn to_bytes(&self) -> [u8; 17] {
        let mut bytes = [self.kind.number(); 17];
        bytes[1..].copy_from_slice(self.id.as_bytes());
        bytes
    }

    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (kind, id) = bytes.split_first()?;
        Some(Self {
            kind: DocumentKind::from_number(*kind)?,
            id: Id::from_bytes(id.try_into().ok()?),
        })
    }

    #[must_use]
    pub fn client(&self) -> Option<ClientId> {
        (self.kind == DocumentKind::Client).then_some(ClientId(self.id))
    }

    /// Whose orders are in it.
    #[must_use]
    pub fn orders_of(&self) -> Option<ClientId> {
        (self.kind == DocumentKind::Orders).then_some(ClientId(self.id))
    }

    #[must_use]
    pub fn person(&self) -> Option<PersonId> {
        (self.kind == DocumentKind::Person).then_some(PersonId(self.id))
    }
}

impl From<ClientId> for DocumentId {
    fn from(client: ClientId) -> Self {
        Self {
            kind: DocumentKind::Client,
            id: client.0,
        }
    }
}

impl From<TeamId> for DocumentId {
    fn from(team: TeamId) -> Self {
        Self {
            kind: DocumentKind::Team,
            id: team.0,
        }
    }
}

impl From<PersonId> for DocumentId {
    fn from(person: PersonId) -> Self {
        Self {
            kind: DocumentKind::Person,
            id: person.0,
        }
    }
}

impl fmt::Display for DocumentId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.kind.name(), self.id)
    }
}

impl fmt::Debug for DocumentId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
