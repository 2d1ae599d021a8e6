//! What was erased, in a small file beside the database: so that a backup from before an erasure is
//! erased once more when it is restored, and the keys in older backups can be found.
//!
//! One line each, of ids, a time and the number of the reason; nothing of what was erased. Lists of
//! several relays, or of several times, may be put one after the other.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use caravan_domain::clients::erasure::{Erased, ErasureReason};
use caravan_domain::document::{DocumentId, DocumentKind};
use caravan_domain::id::{BlobHash, PersonId, WorkspaceId};
use caravan_domain::time::Instant;
use data_encoding::HEXLOWER;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ErasedLine {
    pub workspace: WorkspaceId,
    pub document: DocumentId,
    pub erased: Erased,
}

/// A picture that went with it: its hash, and the name of the key that was destroyed. The same picture
/// may have come again since, with another key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct ErasedPicture {
    pub workspace: WorkspaceId,
    pub hash: BlobHash,
    pub key: [u8; 8],
}

/// By workspace and document; the first erasure stands.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ErasedList {
    documents: BTreeMap<(WorkspaceId, DocumentId), Erased>,
    pictures: BTreeSet<ErasedPicture>,
}

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
            match (parsed(line), parsed_picture(line)) {
                (Some(line), _) => {
                    list.add(line);
                }
                (None, Some(picture)) => {
                    list.add_picture(picture);
                }
                (None, None) => {
                    let path = path.display();
                    let told = format!("line {} of {path} names nothing erased", number + 1);
                    return Err(io::Error::new(io::ErrorKind::InvalidData, told));
                }
            }
        }
        Ok(list)
    }

    /// Whether it was new.
    pub fn add(&mut self, line: ErasedLine) -> bool {
        let key = (line.workspace, line.document);
        let known = self.documents.contains_key(&key);
        self.documents.entry(key).or_insert(line.erased);
        !known
    }

    /// Whether it was new.
    pub fn add_picture(&mut self, picture: ErasedPicture) -> bool {
        self.pictures.insert(picture)
    }

    pub fn add_all(&mut self, other: &Self) {
        for line in other.iter() {
            self.add(line);
        }
        self.pictures.extend(&other.pictures);
    }

    pub fn pictures(&self) -> impl Iterator<Item = ErasedPicture> + '_ {
        self.pictures.iter().copied()
    }

    pub fn iter(&self) -> impl Iterator<Item = ErasedLine> + '_ {
        let lines = self.documents.iter();
        lines.map(|((workspace, document), erased)| ErasedLine {
            workspace: *workspace,
            document: *document,
            erased: *erased,
        })
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.documents.is_empty() && self.pictures.is_empty()
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
        for picture in self.pictures() {
            writeln!(file, "{}", written_picture(&picture))?;
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

fn written_picture(picture: &ErasedPicture) -> String {
    let ErasedPicture {
        workspace,
        hash,
        key,
    } = picture;
    format!("{workspace} picture/{hash}-{}", HEXLOWER.encode(key))
}

fn parsed_picture(line: &str) -> Option<ErasedPicture> {
    let (workspace, name) = line.trim().split_once(' ')?;
    let (hash, key) = name.strip_prefix("picture/")?.split_once('-')?;
    let key = HEXLOWER.decode(key.as_bytes()).ok()?;
    Some(ErasedPicture {
        workspace: WorkspaceId(workspace.parse().ok()?),
        hash: hash.parse().ok()?,
        key: key.try_into().ok()?,
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
        let picture = ErasedPicture {
            workspace: WorkspaceId(Id::from_bytes([1; 16])),
            hash: BlobHash([0xab; 32]),
            key: [0xcd; 8],
        };
        let text = concat!(
            "01040G2081040G2081040G2081 picture/abababababababababababababababab",
            "abababababababababababababababab-cdcdcdcdcdcdcdcd"
        );
        assert_eq!(written_picture(&picture), text);
        assert_eq!(parsed_picture(text), Some(picture));
    }

    #[test]
    fn a_list_is_kept_whole_and_a_bad_line_is_told() {
        let folder = tempfile::tempdir().unwrap();
        let path = ErasedList::path(folder.path());
        let mut list = ErasedList::read(&path).unwrap();
        assert!(list.is_empty());
        assert!(list.add(line(3)) && list.add(line(4)) && !list.add(line(3)));
        let picture = ErasedPicture {
            workspace: line(3).workspace,
            hash: BlobHash([7; 32]),
            key: [8; 8],
        };
        assert!(list.add_picture(picture) && !list.add_picture(picture));
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
