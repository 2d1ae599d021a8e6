use caravan_domain::{id::InvitationId, time::Instant};
use caravan_sync::envelope::Hash;

use crate::{
    format::now,
    random::{self, NoRandomness},
};

/// What an invitation's link is made of. Only the link holds the token; the relay is told its hash.
pub(crate) struct FreshToken {
    pub(crate) token: [u8; 16],
    pub(crate) token_hash: [u8; 32],
    pub(crate) invitation: InvitationId,
    pub(crate) expires_at: Instant,
}

impl FreshToken {
    /// # Errors
    /// As [`random::bytes`].
    pub(crate) fn good_for(millis: i64) -> Result<Self, NoRandomness> {
        let (token, now) = (random::bytes()?, now());
        Ok(Self {
            token,
            token_hash: Hash::of(&token).0,
            invitation: InvitationId(random::mint(now)?),
            expires_at: now.plus_millis(millis),
        })
    }
}
