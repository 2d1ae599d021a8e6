//! Which encoding a text file is in, judged by its content.

use std::borrow::Cow;

use encoding_rs::{GB18030, UTF_8, UTF_16BE, UTF_16LE};

use crate::table::{Encoding, FileError};

/// A byte order mark decides; otherwise valid UTF-8 is UTF-8 and all else GB18030, which is what
/// spreadsheets on Chinese Windows write. Bytes that fit neither become U+FFFD, so that the rows
/// that hold them can be named.
pub(super) fn decode(bytes: &[u8]) -> Result<(Cow<'_, str>, Encoding), FileError> {
    match encoding_rs::Encoding::for_bom(bytes) {
        Some((marked, mark)) if marked == UTF_8 => {
            let (text, _) = UTF_8.decode_without_bom_handling(&bytes[mark..]);
            return Ok((text, Encoding::Utf8));
        }
        Some((marked, mark)) if marked == UTF_16LE || marked == UTF_16BE => {
            let (text, _) = marked.decode_without_bom_handling(&bytes[mark..]);
            return Ok((text, Encoding::Utf16));
        }
        _ => {}
    }
    if bytes.contains(&0) {
        return Err(FileError::Unknown);
    }
    if let Ok(text) = core::str::from_utf8(bytes) {
        return Ok((Cow::Borrowed(text), Encoding::Utf8));
    }
    let (text, _) = GB18030.decode_without_bom_handling(bytes);
    Ok((text, Encoding::Gb18030))
}
