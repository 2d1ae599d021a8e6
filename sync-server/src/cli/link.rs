//! The link that founds a workspace, or by which one is given back, made and printed.

use std::io::{IsTerminal, Write};

use caravan_domain::id::{Id, WorkspaceId};
use caravan_domain::time::Instant;
use fast_qr::{ECL, QRBuilder};

use super::CliError;
use crate::clock;
use crate::config::Origin;
use crate::identity::{hash_rebuild_token, hash_token};
use crate::store::{LogStore, TokenHash, Write as StoreWrite, WriteBatch};

/// A founding link is good for a week.
const GOOD_FOR_MILLIS: i64 = 7 * 24 * 60 * 60 * 1000;

pub(super) const FIRST_ADMINISTRATOR: &str =
    "First administrator · 首位管理员 (7 days · 7 天内有效)";
pub(super) const GIVE_BACK: &str =
    "For a director, to give the workspace back · 请总监打开，交还工作区 (7 days · 7 天内有效)";

/// Remembers a new link and gives it out, the only time it can be read.
pub(super) async fn found(store: &dyn LogStore, origin: &Origin) -> Result<String, CliError> {
    let token: [u8; 16] = clock::random();
    remember(store, origin, token, hash_token(&token)).await
}

/// The same, for a workspace that is to be given back.
pub(super) async fn rebuild(store: &dyn LogStore, origin: &Origin) -> Result<String, CliError> {
    let token: [u8; 16] = clock::random();
    remember(store, origin, token, hash_rebuild_token(&token)).await
}

async fn remember(
    store: &dyn LogStore,
    origin: &Origin,
    token: [u8; 16],
    hash: TokenHash,
) -> Result<String, CliError> {
    let expires_at: Instant = clock::now().plus_millis(GOOD_FOR_MILLIS);
    let write = StoreWrite::Founding {
        token: hash,
        expires_at,
    };
    let batch = WriteBatch {
        // Not there yet: the link is what will found one.
        workspace: WorkspaceId(Id::ZERO),
        writes: vec![write],
    };
    store.commit(batch).await?;
    Ok(format!("{origin}/join#{}", Id::from_bytes(token)))
}

/// With a picture for a phone's camera when somebody looks at a terminal.
pub(super) fn print(what: &str, link: &str) -> Result<(), CliError> {
    let mut out = std::io::stdout().lock();
    writeln!(out, "\n  {what}\n  {link}\n")?;
    if out.is_terminal() {
        let code = QRBuilder::new(link).ecl(ECL::M).build();
        let code = code.map_err(|error| format!("the link does not fit a QR code: {error:?}"))?;
        writeln!(out, "{}", code.to_str())?;
    }
    Ok(())
}
