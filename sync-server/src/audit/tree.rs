//! The tree of RFC 6962, of which only the right edge is in memory: the roots of the largest whole
//! subtrees, at most one for each bit of the size. That is enough to append and to know the root.

use tlog_tiles::{Error, Hash, HashReader, stored_hashes, sub_tree_index, tree_hash};

/// Beyond this the arithmetic of the indexes would not hold; no log comes near.
const SIZE_MAX: u64 = 1 << 56;

#[derive(Debug, Clone, Default)]
pub(crate) struct Tree {
    size: u64,
    /// From left to right, the largest first.
    edge: Vec<Hash>,
}

impl Tree {
    /// `None` when the edge is not that of a tree of this size.
    pub(crate) fn from_edge(size: u64, edge: &[u8]) -> Option<Self> {
        let (hashes, []) = edge.as_chunks::<32>() else {
            return None;
        };
        let fits = size <= SIZE_MAX && hashes.len() == size.count_ones() as usize;
        fits.then(|| Self {
            size,
            edge: hashes.iter().copied().map(Hash).collect(),
        })
    }

    pub(crate) fn edge(&self) -> Vec<u8> {
        self.edge.iter().flat_map(|hash| hash.0).collect()
    }

    pub(crate) fn size(&self) -> u64 {
        self.size
    }

    pub(crate) fn append(&mut self, leaf: &[u8]) {
        // The leaf's own hash and those of the subtrees that it completes, the largest last.
        let completed = stored_hashes(self.size, leaf, self)
            .expect("the edge has every hash that the next leaf completes a subtree with");
        self.edge.truncate(self.edge.len() + 1 - completed.len());
        self.edge.extend(completed.last());
        self.size += 1;
    }

    pub(crate) fn root(&self) -> [u8; 32] {
        tree_hash(self.size, self)
            .expect("the edge has every hash that the root is made of")
            .0
    }
}

impl HashReader for Tree {
    fn read_hashes(&self, indexes: &[u64]) -> Result<Vec<Hash>, Error> {
        let held = sub_tree_index(0, self.size, Vec::new());
        let find = |index: &u64| {
            let place = held.iter().position(|held| held == index);
            place.and_then(|place| self.edge.get(place)).copied()
        };
        let found = indexes.iter().map(find).collect::<Option<_>>();
        found.ok_or(Error::IndexesNotInTree)
    }
}

#[cfg(test)]
mod tests {
    use data_encoding::HEXLOWER;

    use super::*;

    /// The eight leaves and the roots of their trees that implementations of RFC 6962 are tested by.
    #[test]
    fn roots_are_those_of_certificate_transparency() {
        let leaves = [
            "",
            "00",
            "10",
            "2021",
            "3031",
            "40414243",
            "5051525354555657",
            "606162636465666768696a6b6c6d6e6f",
        ];
        let roots = [
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
            "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
            "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
            "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
            "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
            "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
        ];
        let mut tree = Tree::default();
        for (leaf, root) in leaves.iter().zip(roots) {
            // Every time from what the last one left behind, as a relay that starts again does.
            tree = Tree::from_edge(tree.size(), &tree.edge()).unwrap();
            tree.append(&HEXLOWER.decode(leaf.as_bytes()).unwrap());
            assert_eq!(HEXLOWER.encode(&tree.root()), root);
        }
    }

    #[test]
    fn an_edge_of_another_size_is_none() {
        let mut tree = Tree::default();
        for leaf in 0..7u8 {
            tree.append(&[leaf]);
        }
        assert!(Tree::from_edge(7, &tree.edge()).is_some());
        assert!(Tree::from_edge(8, &tree.edge()).is_none());
        assert!(Tree::from_edge(7, &tree.edge()[1..]).is_none());
    }
}
