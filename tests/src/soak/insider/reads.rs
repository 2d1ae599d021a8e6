//! Every way there is of asking for what is another's.

use anyhow::{Result, ensure};
use caravan_domain::document::{DocumentId, DocumentKind};
use caravan_domain::id::Id;
use caravan_sync::codec;
use caravan_sync::cursor::{CatchUp, Cursor};
use caravan_sync::envelope::Hash;
use caravan_sync::frame::PROOF_HEADER;
use data_encoding::{BASE64URL_NOPAD, HEXLOWER};
use hyper::header::{COOKIE, HeaderName, ORIGIN};
use hyper::{Method, StatusCode};

use super::Insider;
use super::office::{Office, given_away};
use crate::native::{Device, Heard, Request, request};

pub(super) async fn ask_for_all(office: &mut Office, came_to: &mut Insider) -> Result<()> {
    let photo = office.dice.bytes::<64>();
    let theirs = format!("?document={}", office.bobs.document);
    let path = format!("/api/blobs/{}", HEXLOWER.encode(&Hash::of(&photo).0));
    let shown = format!("{path}{theirs}");
    let sent = blob(&office.bob, Method::PATCH, &shown, &photo, photo.len()).await?;
    ensure!(sent.status == StatusCode::CREATED, "{sent:?}");
    for who in [&office.ann, &office.clerk] {
        let tries = [
            (Method::GET, path.clone(), StatusCode::NOT_FOUND),
            (Method::PATCH, shown.clone(), StatusCode::FORBIDDEN),
        ];
        for (method, path, expected) in tries {
            came_to.asked += 1;
            let heard = blob(who, method, &path, &[], photo.len()).await?;
            ensure!(heard.status == expected, "a colleague's photo: {heard:?}");
        }
        came_to.asked += 1;
        let heard = blob(who, Method::HEAD, &path, &[], 0).await?;
        let told = heard.headers.get("upload-offset");
        ensure!(
            told.is_some_and(|offset| offset == "0"),
            "told of a colleague's photo: {heard:?}"
        );
    }
    for who in [&office.ann, &office.manager, &office.clerk] {
        let forbidden = office.forbidden(who);
        for cursor in cursors(office) {
            came_to.asked += 1;
            let mut asking = who.clone();
            asking.cursor = cursor;
            for reply in asking.catch_up().await? {
                came_to.replies += 1;
                let leaked = given_away(&reply, &forbidden);
                ensure!(leaked.is_none(), "{cursor:?} brought {leaked:?}");
            }
        }
    }
    Ok(())
}

/// From nothing, from anywhere in the log, and from within catch-ups that were never begun.
fn cursors(office: &Office) -> Vec<Cursor> {
    let least = DocumentId {
        kind: DocumentKind::Workspace,
        id: Id::ZERO,
    };
    let anywhere = office.dice.below(1000) as u64;
    let sequences = [0, 1, anywhere, u64::MAX];
    let catch_ups = [
        CatchUp::FromNothing,
        CatchUp::Done,
        CatchUp::Everything { after: least },
        CatchUp::Gained { after: least },
    ];
    let all = sequences.iter().flat_map(|sequence| {
        catch_ups.iter().map(|catch_up| Cursor {
            sequence: *sequence,
            catch_up: *catch_up,
        })
    });
    all.collect()
}

async fn blob(
    device: &Device,
    method: Method,
    path: &str,
    bytes: &[u8],
    length: usize,
) -> Result<Heard> {
    let mut device = device.clone();
    device.exchange(Vec::new()).await?;
    let proof = device.request_proof(method.as_str(), path)?;
    let proof = BASE64URL_NOPAD.encode(&codec::encode(&proof)?);
    let asked = Request::new(method, path)
        .header(ORIGIN, format!("http://{}", device.address))?
        .header(COOKIE, &device.cookie)?
        .header(HeaderName::from_static(PROOF_HEADER), proof)?
        .header(HeaderName::from_static("upload-offset"), "0")?
        .header(HeaderName::from_static("upload-length"), length.to_string())?
        .body(bytes.to_vec());
    request(&device.address, asked).await
}
