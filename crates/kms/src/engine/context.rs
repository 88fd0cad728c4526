//! The encryption context: pairs that are authenticated with what is encrypted. Pure.
//!
//! Canonical bytes, so that the order in which a client sends the pairs makes no difference and no two contexts share their bytes:
//!
//! ```text
//! count u32 | key length u32, key, value length u32, value | …        sorted by key; big-endian
//! ```

use base::Tags;

use super::Error;
use crate::tables::ContextConstraint;

/// All keys and values together (AWS: 8,192 characters).
const BYTES_MAX: usize = 8_192;

/// Pairs by key.
pub type Context = Tags;

/// The bytes that are authenticated.
pub fn canonical(context: &Context) -> Vec<u8> {
    fn put(bytes: &mut Vec<u8>, text: &str) {
        bytes.extend_from_slice(&length(text.len()));
        bytes.extend_from_slice(text.as_bytes());
    }
    fn length(of: usize) -> [u8; 4] {
        u32::try_from(of).expect("a request is far below 4 GiB").to_be_bytes()
    }
    let mut bytes = length(context.len()).to_vec();
    for (key, value) in context {
        put(&mut bytes, key);
        put(&mut bytes, value);
    }
    bytes
}

/// Refuses what is too large.
pub fn check(context: &Context) -> Result<(), Error> {
    let bytes: usize = context.iter().map(|(key, value)| key.len() + value.len()).sum();
    if bytes > BYTES_MAX { Err(Error::ContextTooLarge) } else { Ok(()) }
}

/// Whether a context is what a grant asks for. No context at all stands for an operation that takes none: grants do not constrain those.
pub fn satisfies(constraint: Option<&ContextConstraint>, context: Option<&Context>) -> bool {
    let (Some(constraint), Some(context)) = (constraint, context) else { return true };
    let holds_all = constraint.pairs.iter().all(|(key, value)| context.get(key) == Some(value));
    holds_all && (!constraint.exact || context.len() == constraint.pairs.len())
}

/// Whether a grant under `child` allows nothing that one under `parent` does not.
pub fn within(parent: Option<&ContextConstraint>, child: Option<&ContextConstraint>) -> bool {
    let Some(parent) = parent else { return true };
    let Some(child) = child else { return false };
    if parent.exact && !child.exact {
        return false;
    }
    satisfies(Some(parent), Some(&child.pairs))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::collection::btree_map;
    use proptest::prelude::*;

    fn pairs(pairs: &[(&str, &str)]) -> Context {
        pairs.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect()
    }

    #[test]
    fn constraints_are_exact_or_a_part() {
        let ab = pairs(&[("a", "1"), ("b", "2")]);
        let part = ContextConstraint { exact: false, pairs: pairs(&[("a", "1")]) };
        let exact = ContextConstraint { exact: true, pairs: pairs(&[("a", "1")]) };
        assert!(satisfies(Some(&part), Some(&ab)) && !satisfies(Some(&exact), Some(&ab)));
        assert!(satisfies(Some(&exact), Some(&pairs(&[("a", "1")]))));
        assert!(!satisfies(Some(&part), Some(&pairs(&[("a", "2")]))), "values are case-sensitive texts");
        assert!(!satisfies(Some(&part), Some(&pairs(&[]))));
        assert!(satisfies(Some(&part), None) && satisfies(None, Some(&ab)));
        assert!(within(Some(&part), Some(&exact)) && !within(Some(&exact), Some(&part)));
        assert!(!within(Some(&part), None) && within(None, None) && within(None, Some(&part)));
    }

    proptest! {
        #[test]
        fn different_contexts_have_different_bytes(
            a in btree_map("[ab]{0,3}", "[ab]{0,3}", 0..4), b in btree_map("[ab]{0,3}", "[ab]{0,3}", 0..4),
        ) {
            prop_assert_eq!(canonical(&a) == canonical(&b), a == b);
        }
    }
}
