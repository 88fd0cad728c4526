//! Projections: the parts of an item that paths name, in the shape the item has. Elements of a list close ranks.

use std::collections::BTreeMap;

use super::{Path, Step};
use crate::engine::value::{Attr, Item};

/// Some parts of an item.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Projection {
    paths: Vec<Path>,
    tree: BTreeMap<String, Node>,
}

/// What of a value.
#[derive(Clone, PartialEq, Eq, Debug)]
enum Node {
    Whole,
    Parts { names: BTreeMap<String, Node>, indexes: BTreeMap<usize, Node> },
}

impl Projection {
    /// The parts at these paths, of which none begins with another.
    pub fn of(paths: Vec<Path>) -> Self {
        let mut tree = BTreeMap::new();
        for path in &paths {
            insert(tree.entry(path.head().to_owned()).or_insert_with(empty), &path.0[1..]);
        }
        Self { paths, tree }
    }

    /// The paths.
    pub fn paths(&self) -> &[Path] {
        &self.paths
    }

    /// Those parts of the item.
    pub fn apply(&self, item: &Item) -> Item {
        self.tree
            .iter()
            .filter_map(|(name, node)| Some((name.clone(), part(item.get(name)?, node)?)))
            .collect()
    }
}

fn empty() -> Node {
    Node::Parts { names: BTreeMap::new(), indexes: BTreeMap::new() }
}

fn insert(node: &mut Node, steps: &[Step]) {
    let Some((first, rest)) = steps.split_first() else {
        *node = Node::Whole;
        return;
    };
    match node {
        Node::Whole => {}
        Node::Parts { names, indexes } => match first {
            Step::Name(name) => insert(names.entry(name.clone()).or_insert_with(empty), rest),
            Step::Index(index) => insert(indexes.entry(*index).or_insert_with(empty), rest),
        },
    }
}

/// The parts of a value; nothing if there are none of them.
fn part(value: &Attr, node: &Node) -> Option<Attr> {
    match (node, value) {
        (Node::Whole, value) => Some(value.clone()),
        (Node::Parts { names, .. }, Attr::M(map)) => {
            let parts: Item = names
                .iter()
                .filter_map(|(name, node)| Some((name.clone(), part(map.get(name)?, node)?)))
                .collect();
            (!parts.is_empty()).then_some(Attr::M(parts))
        }
        (Node::Parts { indexes, .. }, Attr::L(list)) => {
            let parts: Vec<Attr> =
                indexes.iter().filter_map(|(index, node)| part(list.get(*index)?, node)).collect();
            (!parts.is_empty()).then_some(Attr::L(parts))
        }
        (Node::Parts { .. }, _) => None,
    }
}
