//! A session for a device that has lost its own: somebody cleared the cookies, or the browser was
//! killed before it wrote them down. The key is still here, and that is what the relay trusts. With
//! it comes the relay's share of what the device's storage is encrypted with: a locked device asks here
//! too, and hears here that it was revoked.

use caravan_sync::frame::{RelayFrame, Trouble};
use caravan_sync::join::SessionAnswer;

use super::super::writer::Writer;
use super::fetch;
use super::link::Ended;

/// The first challenge at hand may be too old, for either way to ask.
const TRIES: u32 = 3;

pub(super) async fn renew(writer: &Writer) -> Ended {
    let mut returning = false;
    for _ in 0..TRIES {
        let answer = match returning {
            false => ask(writer).await,
            true => come_back(writer).await,
        };
        let Some(answer) = answer else {
            return Ended::Failed;
        };
        let (frame, ended) = match answer {
            SessionAnswer::Given { challenge, share } => {
                if writer.engine.take_share(&share).await.is_err() {
                    return Ended::Failed;
                }
                (RelayFrame::Challenge(challenge), Some(Ended::BeginAgain))
            }
            SessionAnswer::Challenge(challenge) => (RelayFrame::Challenge(challenge), None),
            SessionAnswer::Revoked => (RelayFrame::Revoked, Some(Ended::Wiped)),
            // A relay that was rebuilt from somebody else's device knows it without its key.
            SessionAnswer::Refused(Trouble::Unknown) if !returning => {
                returning = true;
                continue;
            }
            SessionAnswer::Refused(trouble) => return Ended::Trouble(trouble),
        };
        if writer.engine.receive(frame).await.is_err() {
            return Ended::Failed;
        }
        if let Some(ended) = ended {
            return ended;
        }
    }
    Ended::Trouble(Trouble::Unknown)
}

/// `None` when there is no answer.
async fn ask(writer: &Writer) -> Option<SessionAnswer> {
    let request = writer.engine.session_request().await.ok()?;
    fetch::post("/api/session", &request).await.ok()
}

async fn come_back(writer: &Writer) -> Option<SessionAnswer> {
    let request = writer.engine.return_request().await.ok()?;
    fetch::post("/api/return", &request).await.ok()
}
