//! How much a change unfolds into, counted without unfolding it.
//!
//! Automerge writes operations as columns, and a column as runs: sixty bytes can say "a thousand
//! million times the same". Whoever decodes that is out of memory. So the runs are added up first.
//!
//! Behind the header ([`crate::change`]) stand: time, message, other actors, then the columns'
//! specifications and lengths, then their bytes. A specification's lowest three bits are its type,
//! the fourth says that it is deflated, which changes of ours never are.

use crate::change::{NotAChange, after_header, leb128};

/// More items than this in any column are refused: far above the letters of the longest note.
pub const ITEMS_MAX: u64 = 1 << 18;

const DEFLATED: u64 = 8;

/// The items of the longest column of a change that [`crate::change::header`] could read.
///
/// # Errors
/// When the columns cannot be read, or one is deflated.
pub fn longest(chunk: &[u8]) -> Result<u64, NotAChange> {
    let mut rest = after_header(chunk)?;
    // The time, whose sign does not matter here.
    leb128(&mut rest)?;
    skip_bytes(&mut rest)?;
    for _ in 0..leb128(&mut rest)? {
        skip_bytes(&mut rest)?;
    }
    let mut columns = Vec::new();
    for _ in 0..leb128(&mut rest)? {
        columns.push((leb128(&mut rest)?, leb128(&mut rest)?));
    }
    let mut longest = 0;
    for (specification, length) in columns {
        let column = take(&mut rest, length)?;
        if specification & DEFLATED != 0 {
            return Err(NotAChange);
        }
        longest = longest.max(items(specification & 7, column)?);
    }
    Ok(longest)
}

fn items(kind: u64, column: &[u8]) -> Result<u64, NotAChange> {
    match kind {
        // How many there are of something in a group: each number counts as often as it says.
        0 => runs(column, leb128, |run, value| {
            run.saturating_mul(value.max(1))
        }),
        1..=3 | 6 => runs(column, |value| leb128(value).map(drop), |run, ()| run),
        4 => switches(column),
        5 => runs(column, skip_bytes, |run, ()| run),
        _ => Ok(column.len() as u64),
    }
}

/// A signed count, then: one value that often; or, negative, that many different ones; or, zero, how
/// many there are of nothing.
fn runs<T>(
    mut rest: &[u8],
    mut value: impl FnMut(&mut &[u8]) -> Result<T, NotAChange>,
    weight: impl Fn(u64, T) -> u64,
) -> Result<u64, NotAChange> {
    let mut sum = 0u64;
    while !rest.is_empty() {
        let count = signed(&mut rest)?;
        let added = match count {
            0 => leb128(&mut rest)?,
            1.. => weight(count.unsigned_abs(), value(&mut rest)?),
            _ => {
                let mut added = 0u64;
                for _ in 0..count.unsigned_abs() {
                    added = added.saturating_add(weight(1, value(&mut rest)?));
                }
                added
            }
        };
        sum = sum.saturating_add(added);
    }
    Ok(sum)
}

/// How many are false, how many true, how many false again.
fn switches(mut rest: &[u8]) -> Result<u64, NotAChange> {
    let mut sum = 0u64;
    while !rest.is_empty() {
        sum = sum.saturating_add(leb128(&mut rest)?);
    }
    Ok(sum)
}

fn skip_bytes(rest: &mut &[u8]) -> Result<(), NotAChange> {
    let length = leb128(rest)?;
    take(rest, length).map(drop)
}

fn take<'a>(rest: &mut &'a [u8], length: u64) -> Result<&'a [u8], NotAChange> {
    let length = usize::try_from(length).map_err(|_| NotAChange)?;
    let (taken, left) = rest.split_at_checked(length).ok_or(NotAChange)?;
    *rest = left;
    Ok(taken)
}

fn signed(rest: &mut &[u8]) -> Result<i64, NotAChange> {
    let mut value = 0i64;
    for shift in (0..64).step_by(7) {
        let (byte, left) = rest.split_first().ok_or(NotAChange)?;
        *rest = left;
        value |= i64::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            let unused = 57u32.saturating_sub(shift);
            return Ok((value << unused) >> unused);
        }
    }
    Err(NotAChange)
}

#[cfg(test)]
mod tests {
    use caravan_documents::Document;
    use caravan_domain::document::DocumentId;
    use caravan_domain::edit::Edit;
    use caravan_domain::id::{ClientId, DeviceId, Id};
    use caravan_domain::time::Instant;
    use caravan_domain::value::Value;
    use proptest::prelude::*;
    use sha2::{Digest, Sha256};

    use super::*;
    use crate::change::header;

    fn change(edits: &[(&[&str], Value)]) -> Vec<u8> {
        let id: DocumentId = ClientId(Id::from_bytes([1; 16])).into();
        let edits: Vec<_> = edits
            .iter()
            .map(|(path, value)| Edit::put(id, path, value.clone()))
            .collect();
        let device = DeviceId(Id::from_bytes([2; 16]));
        let written = Document::new(id).commit(device, Instant::from_millis(-1), &edits);
        written.unwrap().unwrap().bytes
    }

    /// The chunk with these columns instead of its own.
    fn with_columns(chunk: &[u8], columns: &[(u8, &[u8])]) -> Vec<u8> {
        let contents = &chunk[10 + usize::from(chunk[9] & 0x80 != 0)..];
        let behind = after_header(chunk).unwrap();
        let head = &contents[..contents.len() - behind.len()];
        let mut bytes = head.to_vec();
        // Time, no message, no other actors.
        bytes.extend([0, 0, 0]);
        bytes.push(u8::try_from(columns.len()).unwrap());
        for (specification, column) in columns {
            bytes.extend([*specification, u8::try_from(column.len()).unwrap()]);
        }
        columns.iter().for_each(|(_, column)| bytes.extend(*column));
        let mut body = vec![1, u8::try_from(bytes.len() % 128).unwrap() | 0x80];
        body.push(u8::try_from(bytes.len() / 128).unwrap());
        body.extend(bytes);
        let digest = Sha256::digest(&body);
        [&chunk[..4], &digest[..4], &body].concat()
    }

    #[test]
    fn letters_are_counted() {
        for letters in [1, 60, 5_000] {
            let note = Value::Prose("茶".repeat(letters));
            let counted = longest(&change(&[(&["profile", "note"], note)])).unwrap();
            assert!(
                (letters as u64..letters as u64 * 4).contains(&counted),
                "{counted}"
            );
        }
    }

    #[test]
    fn runs_are_added_up_and_not_unfolded() {
        const MILLIONS: &[u8] = &[0x80, 0x80, 0x80, 0x80, 0x04];
        let chunk = change(&[(&["profile", "name"], "Ann".into())]);
        let one_value = [MILLIONS, &[1]].concat();
        let nothing = [&[0], MILLIONS].concat();
        let falses = MILLIONS.to_vec();
        let text = [MILLIONS, &[1, b'a']].concat();
        // One operation that says it follows on a thousand million others.
        let group = [&[1], MILLIONS].concat();
        for (specification, column) in [
            (0x42, &one_value),
            (0x01, &one_value),
            (0x13, &one_value),
            (0x56, &one_value),
            (0x42, &nothing),
            (0x34, &falses),
            (0x15, &text),
            (0x70, &group),
        ] {
            let bomb = with_columns(&chunk, &[(specification, column)]);
            header(&bomb).unwrap();
            let counted = longest(&bomb).unwrap();
            assert!(counted > ITEMS_MAX, "{specification:#x}: {counted}");
        }
        let deflated = with_columns(&chunk, &[(0x4a, &[1, 1])]);
        assert_eq!(longest(&deflated), Err(NotAChange));
        let cut = with_columns(&chunk, &[(0x42, &[0x85])]);
        assert_eq!(longest(&cut), Err(NotAChange));
    }

    proptest! {
        #[test]
        fn any_columns_are_counted_or_refused(columns: Vec<(u8, Vec<u8>)>) {
            let chunk = change(&[(&["profile", "name"], "Ann".into())]);
            let columns: Vec<_> = columns
                .iter()
                .take(8)
                .map(|(specification, bytes)| (*specification & 0x7f, &bytes[..bytes.len().min(100)]))
                .collect();
            let _ = longest(&with_columns(&chunk, &columns));
        }
    }
}
