//! What was erased, in a small file beside the database: so that a backup from before an erasure is
//! erased once more when it is restored, and the keys in older backups can be found.
//!
//! One line each, of ids, a time and the number of the reason; nothing of what was erased. Lists of
//! several relays, or of several times, may be put one after the other.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use caravan_domain::clients::erasure::{Erased, ErasureReason};
use caravan_domain::document::{DocumentId, DocumentKind};
use caravan_domain::id::{PersonId, WorkspaceId};
use caravan_domain::time::Instant;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ErasedLine {
    pub workspace: WorkspaceId,
    pub document: DocumentId,
    pub erased: Erased,
}

/// By workspace and document; the first erasure stands.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ErasedList(BTreeMap<(WorkspaceId, DocumentId), Erased>);

impl ErasedList {
    /// Beside the database, or in the folder of a backup.
    #[must_use]
    pub fn path(folder: &Path) -> PathBuf {
        folder.join("erased")
    }

    /// What the file says; nothing when there is none.
    ///
    /// # Errors
    /// When it cannot be read, or has a line that is none: what it says must not be lost unseen.
    pub fn read(path: &Path) -> io::Result<Self> {
        let text = match fs::read_to_string(path) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Self::default()),
            Err(error) => return Err(error),
        };
        let mut list = Self::default();
        for (number, line) in text.lines().enumerate() {
            if line.trim().is_empty() {
                continue;
            }
            let line = parsed(line).ok_or_else(|| {
                let path = path.display();
                let told = format!("line {} of {path} names no erased document", number + 1);
                io::Error::new(io::ErrorKind::InvalidData, told)
            })?;
            list.add(line);
        }
        Ok(list)
    }

    /// Whether it was new.
    pub fn add(&mut self, line: ErasedLine) -> bool {
        let key = (line.workspace, line.document);
        let known = self.0.contains_key(&key);
        self.0.entry(key).or_insert(line.erased);
        !known
    }

    pub fn iter(&self) -> impl Iterator<Item = ErasedLine> + '_ {
        let lines = self.0.iter();
        lines.map(|((workspace, document), erased)| ErasedLine {
            workspace: *workspace,
            document: *document,
            erased: *erased,
        })
    }

    #[must_use]
    pub fn contains(&self, workspace: WorkspaceId, document: DocumentId) -> bool {
        self.0.contains_key(&(workspace, document))
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Replaces the file as a whole; durable when this returns.
    ///
    /// # Errors
    /// When the folder cannot be written.
    pub fn write(&self, path: &Path) -> io::Result<()> {
        let fresh = path.with_extension("new");
        let mut file = File::create(&fresh)?;
        for line in self.iter() {
            writeln!(file, "{}", written(&line))?;
        }
        file.sync_all()?;
        fs::rename(&fresh, path)?;
        match path.parent() {
            Some(folder) if !folder.as_os_str().is_empty() => File::open(folder)?.sync_all(),
            _ => Ok(()),
        }
    }
}

fn written(line: &ErasedLine) -> String {
    let ErasedLine {
        workspace,
        document,
        erased,
    } = line;
    let (at, reason) = (erased.at.millis(), erased.reason as u8);
    format!("{workspace} {document} {at} {} {reason}", erased.by)
}

fn parsed(line: &str) -> Option<ErasedLine> {
    let mut words = line.split_whitespace();
    let workspace = WorkspaceId(words.next()?.parse().ok()?);
    let (kind, id) = words.next()?.split_once('/')?;
    let mut kinds = DocumentKind::ALL.into_iter();
    let document = DocumentId {
        kind: kinds.find(|known| known.name() == kind)?,
        id: id.parse().ok()?,
    };
    let at = Instant::from_millis(words.next()?.parse().ok()?);
    let by = PersonId(words.next()?.parse().ok()?);
    let number: u8 = words.next()?.parse().ok()?;
    let mut reasons = ErasureReason::ALL.into_iter();
    let reason = reasons.find(|reason| *reason as u8 == number)?;
    let erased = Erased { at, by, reason };
    words.next().is_none().then_some(ErasedLine {
        workspace,
        document,
        erased,
    })
}

#[cfg(test)]
mod tests {
    use caravan_domain::id::{ClientId, Id};

    use super::*;

    fn line(n: u8) -> ErasedLine {
        ErasedLine {
            workspace: WorkspaceId(Id::from_bytes([1; 16])),
            document: ClientId(Id::from_bytes([n; 16])).into(),
            erased: Erased {
                at: Instant::from_millis(1_790_000_000_000),
                by: PersonId(Id::from_bytes([9; 16])),
                reason: ErasureReason::RetentionOver,
            },
        }
    }

    /// A line as it lies beside people's databases.
    #[test]
    fn what_was_written_before_is_still_read() {
        let text = concat!(
            "01040G2081040G2081040G2081 client/030C1G60R30C1G60R30C1G60R3 ",
            "1790000000000 09144GJ289144GJ289144GJ289 1\n"
        );
        assert_eq!(format!("{}\n", written(&line(3))), text);
        assert_eq!(parsed(text), Some(line(3)));
    }

    #[test]
    fn a_list_is_kept_whole_and_a_bad_line_is_told() {
        let folder = tempfile::tempdir().unwrap();
        let path = ErasedList::path(folder.path());
        let mut list = ErasedList::read(&path).unwrap();
        assert!(list.is_empty());
        assert!(list.add(line(3)) && list.add(line(4)) && !list.add(line(3)));
        list.write(&path).unwrap();
        assert_eq!(ErasedList::read(&path).unwrap(), list);
        // Two lists, one after the other.
        let text = fs::read_to_string(&path).unwrap();
        fs::write(&path, format!("{text}\n{text}")).unwrap();
        assert_eq!(ErasedList::read(&path).unwrap(), list);
        fs::write(&path, format!("{text}nonsense\n")).unwrap();
        assert!(ErasedList::read(&path).is_err());
    }
}
