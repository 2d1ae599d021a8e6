//! What is required of whom, and who has signed which version: decided by the relay, because client data waits for it.

use serde::{Deserialize, Serialize};

use crate::agreements::rights::may_countersign;
use crate::agreements::text::VersionDigest;
use crate::decision::Refusal;
use crate::facts::{Fact, FactChange, FactKey, Facts, Person};
use crate::id::{AgreementId, DeviceId, PersonId};
use crate::people::decision::checked_name;
use crate::role::Roles;
use crate::time::Instant;
use crate::training::decision::may_run;

/// Ten years.
const DAYS_MAX: u32 = 3_650;
/// Of one agreement, ever.
const VERSIONS_MAX: usize = 200;

/// Whose client data waits for their signature.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
pub enum Waits {
    /// They are reminded, and nothing comes of being late.
    Nobody,
    /// Of those who come after it was first required. Who was here keeps what they have, and gets no new client once late.
    #[default]
    Newcomers,
    /// Of everybody of whom it is required, from now on.
    Everybody,
}

/// What a workspace asks, as it is typed.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Terms {
    /// Everybody with one of these roles has to sign; nobody, when empty.
    pub required_of: Roles,
    /// Days to do so: from coming in, from when it was required, or from when this version was.
    pub within_days: u32,
    pub waits: Waits,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Requirement {
    pub terms: Terms,
    /// When anybody was first asked at all: who came later is a newcomer.
    pub began: Instant,
    /// When these roles were asked.
    pub since: Instant,
    /// Every version that was ever asked for, the latest last. Each may be signed: whoever signs offline signs what they
    /// had before them.
    pub versions: Vec<RequiredVersion>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct RequiredVersion {
    pub digest: VersionDigest,
    pub number: u32,
    pub since: Instant,
}

/// One person's, of one version.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Signature {
    pub version: VersionDigest,
    pub number: u32,
    /// As the person typed it.
    pub name: String,
    /// By the clock of the device on which it was signed.
    pub signed_at: Instant,
    /// By the relay's clock.
    pub received_at: Instant,
    pub device: DeviceId,
    pub countersigned: Option<Countersignature>,
}

/// The company's side.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Countersignature {
    pub by: PersonId,
    pub name: String,
    /// By the relay's clock.
    pub at: Instant,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum AgreementDecision {
    /// Asks for a version of an agreement: the one asked for now, on other terms, or one that was never asked for.
    Require {
        agreement: AgreementId,
        version: VersionDigest,
        number: u32,
        terms: Terms,
    },
    /// The person who decides has read and signs.
    Sign {
        agreement: AgreementId,
        version: VersionDigest,
        name: String,
        signed_at: Instant,
        /// The one that the decision comes from: the relay holds it against the envelope.
        device: DeviceId,
    },
    Countersign {
        agreement: AgreementId,
        person: PersonId,
        version: VersionDigest,
        name: String,
    },
}

impl Requirement {
    /// The version asked for now.
    #[must_use]
    pub fn current(&self) -> Option<&RequiredVersion> {
        self.versions.last()
    }

    #[must_use]
    pub fn is_of(&self, person: &Person) -> bool {
        !self.terms.required_of.is_disjoint(&person.roles)
    }

    /// Whether client data waits until this person has signed any version.
    #[must_use]
    pub fn keeps_waiting(&self, person: &Person) -> bool {
        let asks = match self.terms.waits {
            Waits::Nobody => false,
            Waits::Newcomers => person.joined_at > self.began,
            Waits::Everybody => true,
        };
        asks && self.is_of(person)
    }
}

pub(crate) fn decide(
    decision: &AgreementDecision,
    actor: PersonId,
    at: Instant,
    facts: &Facts,
) -> Result<Vec<FactChange>, Refusal> {
    match decision {
        AgreementDecision::Require {
            agreement,
            version,
            number,
            terms,
        } => {
            let asked = RequiredVersion {
                digest: *version,
                number: *number,
                since: at,
            };
            require(*agreement, asked, terms, actor, facts)
        }
        AgreementDecision::Sign {
            agreement,
            version,
            name,
            signed_at,
            device,
        } => {
            let known = facts.devices.get(device);
            let theirs = known.is_some_and(|it| it.person == actor && it.revoked_at.is_none());
            if !theirs {
                return Err(Refusal::NotAllowed);
            }
            let signature = Signature {
                version: *version,
                number: 0,
                name: checked_name(name)?,
                signed_at: *signed_at,
                received_at: at,
                device: *device,
                countersigned: None,
            };
            sign(*agreement, signature, actor, facts)
        }
        AgreementDecision::Countersign {
            agreement,
            person,
            version,
            name,
        } => {
            let countersignature = Countersignature {
                by: actor,
                name: checked_name(name)?,
                at,
            };
            countersign(*agreement, *person, *version, countersignature, facts)
        }
    }
}

/// What would be asked; also where the form shows whom it touches.
pub(crate) fn require(
    agreement: AgreementId,
    asked: RequiredVersion,
    terms: &Terms,
    actor: PersonId,
    facts: &Facts,
) -> Result<Vec<FactChange>, Refusal> {
    if !may_run(actor, facts) {
        return Err(Refusal::NotAllowed);
    }
    if terms.within_days > DAYS_MAX {
        return Err(Refusal::TooMany);
    }
    let at = asked.since;
    let mut requirement = Requirement {
        terms: terms.clone(),
        began: at,
        since: at,
        versions: Vec::new(),
    };
    if let Some(before) = facts.requirements.get(&agreement) {
        if !before.terms.required_of.is_empty() {
            requirement.began = before.began;
        }
        // Whoever had time to sign has no more because something else changes.
        if before.terms.required_of == terms.required_of {
            requirement.since = before.since;
        }
        requirement.versions.clone_from(&before.versions);
    }
    let known = requirement.versions.iter();
    let known = known.rev().position(|it| it.digest == asked.digest);
    match known {
        Some(0) => {}
        // What was replaced does not come back under the old signatures.
        Some(_) => return Err(Refusal::NotThatText),
        None if requirement.versions.len() >= VERSIONS_MAX => return Err(Refusal::TooMany),
        None => requirement.versions.push(asked),
    }
    Ok(vec![FactChange {
        key: FactKey::Requirement(agreement),
        fact: Some(Fact::Requirement(requirement)),
    }])
}

fn sign(
    agreement: AgreementId,
    signature: Signature,
    actor: PersonId,
    facts: &Facts,
) -> Result<Vec<FactChange>, Refusal> {
    let requirement = facts
        .requirements
        .get(&agreement)
        .ok_or(Refusal::NotFound)?;
    let mut asked = requirement.versions.iter();
    let asked = asked.find(|it| it.digest == signature.version);
    let asked = asked.ok_or(Refusal::NotThatText)?;
    let mut all = signed(actor, agreement, facts).to_vec();
    if all.iter().any(|it| it.version == signature.version) {
        return Err(Refusal::AlreadySettled);
    }
    all.push(Signature {
        number: asked.number,
        ..signature
    });
    Ok(set(actor, agreement, all))
}

fn countersign(
    agreement: AgreementId,
    person: PersonId,
    version: VersionDigest,
    countersignature: Countersignature,
    facts: &Facts,
) -> Result<Vec<FactChange>, Refusal> {
    if !may_countersign(countersignature.by, facts) {
        return Err(Refusal::NotAllowed);
    }
    if countersignature.by == person {
        return Err(Refusal::NotSeparate);
    }
    let mut all = signed(person, agreement, facts).to_vec();
    let theirs = all.iter_mut().find(|it| it.version == version);
    let theirs = theirs.ok_or(Refusal::NotFound)?;
    if theirs.countersigned.is_some() {
        return Err(Refusal::AlreadySettled);
    }
    theirs.countersigned = Some(countersignature);
    Ok(set(person, agreement, all))
}

/// Every signature of one person's under an agreement, in the order in which the relay received them.
#[must_use]
pub fn signed(person: PersonId, agreement: AgreementId, facts: &Facts) -> &[Signature] {
    let known = facts.signatures.get(&(person, agreement));
    known.map_or(&[], Vec::as_slice)
}

fn set(person: PersonId, agreement: AgreementId, signatures: Vec<Signature>) -> Vec<FactChange> {
    vec![FactChange {
        key: FactKey::Signed(person, agreement),
        fact: Some(Fact::Signed(signatures)),
    }]
}
