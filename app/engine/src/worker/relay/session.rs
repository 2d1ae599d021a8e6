//! A session for a device that has lost its own: somebody cleared the cookies, or the browser was
//! killed before it wrote them down. The key is still here, and that is what the relay trusts. With
//! it comes the relay's share of what the device's storage is encrypted with: a locked device asks here
//! too, and hears here that it was revoked.

use caravan_sync::frame::{RelayFrame, Trouble};
use caravan_sync::join::SessionAnswer;

use super::super::writer::Writer;
use super::fetch;
use super::link::Ended;

/// The first challenge at hand may be too old.
const TRIES: u32 = 2;

pub(super) async fn renew(writer: &Writer) -> Ended {
    for _ in 0..TRIES {
        let Ok(request) = writer.engine.session_request().await else {
            return Ended::Failed;
        };
        let Ok(answer) = fetch::post("/api/session", &request).await else {
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
