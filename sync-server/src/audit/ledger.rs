//! A workspace's tree while a commit is made.

use caravan_domain::id::WorkspaceId;
use caravan_domain::time::Instant;
use caravan_sync::cursor::Sequence;
use caravan_sync::envelope::{Hash, Signature};

use super::checkpoint::Checkpoint;
use super::key::RelayKey;
use super::leaf::Leaf;
use super::tree::Tree;

/// One checkpoint in so many leaves stays: it narrows down where something was changed, and costs
/// next to nothing. Of those between only the newest is there.
const KEPT_EVERY: u64 = 1024;

#[derive(Debug, Clone)]
pub(crate) struct Ledger {
    workspace: WorkspaceId,
    tree: Tree,
    newest: Option<Checkpoint>,
}

impl Ledger {
    pub(crate) fn begin(workspace: WorkspaceId) -> Self {
        Self {
            workspace,
            tree: Tree::default(),
            newest: None,
        }
    }

    /// From what the last commit left; `None` when that is damaged or another's. The signature is
    /// looked at once, when the store is opened: it would cost each commit more than all the rest.
    pub(crate) fn resume(workspace: WorkspaceId, newest: &[u8], edge: &[u8]) -> Option<Self> {
        let newest = Checkpoint::from_bytes(newest)?;
        let tree = Tree::from_edge(newest.size, edge)?;
        let whole = newest.workspace == workspace && tree.root() == newest.root.0;
        whole.then_some(Self {
            workspace,
            tree,
            newest: Some(newest),
        })
    }

    /// Adds a leaf; its number.
    pub(crate) fn append(&mut self, leaf: &Leaf) -> u64 {
        self.tree.append(&leaf.to_bytes());
        self.tree.size() - 1
    }

    /// The checkpoint over all of it.
    pub(crate) fn seal(&mut self, key: &RelayKey, sequence: Sequence, at: Instant) -> Checkpoint {
        let size = self.tree.size();
        let (previous, kept) = match &self.newest {
            None => (Hash([0; 32]), true),
            Some(last) => {
                let previous = if last.kept {
                    last.hash()
                } else {
                    last.previous
                };
                (previous, last.size / KEPT_EVERY != size / KEPT_EVERY)
            }
        };
        let mut checkpoint = Checkpoint {
            workspace: self.workspace,
            size,
            root: Hash(self.tree.root()),
            sequence,
            at,
            kept,
            previous,
            signature: Signature([0; 64]),
        };
        checkpoint.sign(key);
        self.newest = Some(checkpoint.clone());
        checkpoint
    }

    pub(crate) fn edge(&self) -> Vec<u8> {
        self.tree.edge()
    }

    pub(crate) fn newest(&self) -> Option<&Checkpoint> {
        self.newest.as_ref()
    }
}
