//! From the leaves to the roots that were signed.

use std::collections::HashMap;

use caravan_sync::cursor::Sequence;
use caravan_sync::envelope::Hash;
use rusqlite::Row;

use super::Work;
use super::finding::Damage;
use crate::audit::checkpoint::Checkpoint;
use crate::audit::leaf::{Kind, Leaf};
use crate::audit::tree::Tree;

/// The newest leaf of each row.
pub(super) type Recorded = HashMap<(Kind, Vec<u8>), Newest>;

#[derive(Debug)]
pub(super) struct Newest {
    pub(super) number: u64,
    pub(super) content: [u8; 32],
}

pub(super) struct Walked {
    pub(super) rows: Recorded,
    pub(super) checkpoints: u64,
    pub(super) newest: Option<Checkpoint>,
}

/// A root that must come out at a size.
struct Milestone {
    size: u64,
    root: Hash,
    otherwise: Milestones,
}

#[derive(PartialEq, Eq)]
enum Milestones {
    Ours,
    Elsewhere,
}

impl Work<'_> {
    /// Builds the tree from its leaves and compares it with every checkpoint.
    pub(super) fn tree(&mut self) -> Walked {
        let kept = self.kept();
        let newest = self.newest(kept.last());
        let milestones = self.milestones(&kept, newest.as_ref());
        let mut rows = Recorded::new();
        let tree = self.leaves(&milestones, &mut rows);
        let size = tree.size();
        if let Some(newest) = &newest {
            if size > newest.size {
                let after = newest.size;
                self.found(after, Damage::Unsigned { after, size });
            } else if size < newest.size && !self.lacks_a_leaf() {
                self.found(size, Damage::NoLeaf(size));
            } else if size == newest.size && !self.is_edge(&tree) {
                let after = kept.last().map_or(0, |kept| kept.size.min(size));
                self.found(size, Damage::Root { after, size });
            }
        }
        Walked {
            rows,
            checkpoints: kept.len() as u64 + u64::from(newest.as_ref().is_some_and(|it| !it.kept)),
            newest,
        }
    }

    /// Those that stay, each naming the one before it.
    fn kept(&mut self) -> Vec<Checkpoint> {
        let mut kept: Vec<Checkpoint> = Vec::new();
        let sql = "SELECT size, bytes FROM checkpoints WHERE workspace = ?1 ORDER BY size";
        self.each("checkpoints", sql, |work, row| {
            let size = row.get::<_, i64>(0)?.cast_unsigned();
            let bytes: Vec<u8> = row.get(1)?;
            match work.read(size, &bytes) {
                Some(read) if read.kept && read.size == size => {
                    work.follows(&read, kept.last());
                    kept.push(read);
                }
                _ => work.found(size, Damage::NotACheckpoint { size }),
            }
            Ok(size)
        });
        kept
    }

    /// The one with the workspace's row, which every commit writes anew.
    fn newest(&mut self, kept: Option<&Checkpoint>) -> Option<Checkpoint> {
        let mut newest = None;
        let sql = "SELECT head, checkpoint FROM workspaces WHERE id = ?1";
        self.each("workspaces", sql, |work, row: &Row<'_>| {
            let head = row.get::<_, i64>(0)?.cast_unsigned();
            let bytes: Option<Vec<u8>> = row.get(1)?;
            let size = kept.map_or(0, |kept| kept.size);
            let Some(bytes) = bytes else {
                work.found(size, Damage::NoCheckpoint);
                return Ok(0);
            };
            let Some(read) = work.read(size, &bytes) else {
                work.found(size, Damage::NotACheckpoint { size });
                return Ok(0);
            };
            match read.kept {
                // It lies among those that stay, too.
                true if kept != Some(&read) => {
                    work.found(
                        size,
                        Damage::NoCheckpointBefore {
                            size: read.size + 1,
                        },
                    );
                }
                true => {}
                false => work.follows(&read, kept),
            }
            work.head(head, read.sequence, read.size);
            newest = Some(read);
            Ok(0)
        });
        newest
    }

    fn head(&mut self, found: Sequence, signed: Sequence, size: u64) {
        if found != signed {
            self.found(size, Damage::Head { found, signed });
        }
    }

    /// Readable, of this workspace, and signed.
    fn read(&mut self, size: u64, bytes: &[u8]) -> Option<Checkpoint> {
        let read = Checkpoint::from_bytes(bytes)?;
        if read.workspace != self.workspace || !read.is_signed_by(&self.key) {
            self.found(size, Damage::Signature { size: read.size });
        }
        Some(read)
    }

    fn follows(&mut self, checkpoint: &Checkpoint, before: Option<&Checkpoint>) {
        let expected = before.map_or(Hash([0; 32]), Checkpoint::hash);
        if checkpoint.previous != expected {
            let size = checkpoint.size;
            self.found(size, Damage::NoCheckpointBefore { size });
        }
    }

    fn milestones(&mut self, kept: &[Checkpoint], newest: Option<&Checkpoint>) -> Vec<Milestone> {
        let ours = kept.iter().chain(newest).map(|checkpoint| Milestone {
            size: checkpoint.size,
            root: checkpoint.root,
            otherwise: Milestones::Ours,
        });
        let mut milestones: Vec<_> = ours.collect();
        let elsewhere = self.question.checkpoint.as_ref();
        if let Some(elsewhere) = elsewhere.filter(|it| it.workspace == self.workspace) {
            let size = elsewhere.size;
            if !elsewhere.is_signed_by(&self.key) {
                self.found(size, Damage::Signature { size });
            }
            if newest.is_none_or(|newest| newest.size < size) {
                self.found(size, Damage::OtherLog { size });
            }
            milestones.push(Milestone {
                size,
                root: elsewhere.root,
                otherwise: Milestones::Elsewhere,
            });
        }
        milestones.sort_by_key(|milestone| milestone.size);
        milestones
    }

    fn leaves(&mut self, milestones: &[Milestone], rows: &mut Recorded) -> Tree {
        let mut tree = Tree::default();
        let mut milestones = milestones.iter().peekable();
        let mut after = 0;
        // What comes after a leaf that is missing leads nowhere.
        let mut whole = true;
        let sql = "SELECT number, kind, key, content FROM leaves
                   WHERE workspace = ?1 ORDER BY number";
        self.each("leaves", sql, |work, row| {
            let number = row.get::<_, i64>(0)?.cast_unsigned();
            let kind = Kind::from_number(row.get(1)?);
            whole &= kind.is_some() && number == tree.size();
            if let Some(kind) = kind {
                let leaf = Leaf {
                    kind,
                    key: row.get(2)?,
                    content: row.get(3)?,
                };
                if whole {
                    tree.append(&leaf.to_bytes());
                }
                let content = leaf.content;
                rows.insert((kind, leaf.key), Newest { number, content });
            }
            while let Some(due) = milestones.next_if(|due| whole && due.size == tree.size()) {
                work.arrive(due, &tree, after);
                after = tree.size();
            }
            Ok(number)
        });
        if !whole {
            self.found(tree.size(), Damage::NoLeaf(tree.size()));
        }
        tree
    }

    fn lacks_a_leaf(&self) -> bool {
        let mut found = self.findings.iter();
        found.any(|finding| matches!(finding.damage, Damage::NoLeaf(_)))
    }

    fn arrive(&mut self, milestone: &Milestone, tree: &Tree, after: u64) {
        let size = milestone.size;
        if tree.root() == milestone.root.0 {
            return;
        }
        let damage = match milestone.otherwise {
            Milestones::Ours => Damage::Root { after, size },
            Milestones::Elsewhere => Damage::OtherLog { size },
        };
        self.found(size, damage);
    }

    /// Whether what the next commit goes on from is this tree.
    fn is_edge(&mut self, tree: &Tree) -> bool {
        let mut is_edge = false;
        let sql = "SELECT edge FROM workspaces WHERE id = ?1";
        self.each("workspaces", sql, |_, row| {
            is_edge = row.get::<_, Option<Vec<u8>>>(0)? == Some(tree.edge());
            Ok(0)
        });
        is_edge
    }
}
