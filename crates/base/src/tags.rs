//! Tags: what every AWS resource may carry. Each service adds its own limits and texts.

use std::collections::BTreeMap;

/// Key to value, sorted by key.
pub type Tags = BTreeMap<String, String>;

/// What the services' limits have in common.
pub trait TagSet {
    /// The first key that only AWS itself may set (`aws:` in any case), if there is one.
    fn reserved_key(&self) -> Option<&str>;
}

impl TagSet for Tags {
    fn reserved_key(&self) -> Option<&str> {
        self.keys()
            .find(|key| key.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("aws:")))
            .map(String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn aws_prefix_is_reserved_in_any_case() {
        let tags = Tags::from([("AWS:x".to_owned(), "1".to_owned())]);
        assert_eq!(tags.reserved_key(), Some("AWS:x"));
        assert_eq!(Tags::from([("aws".to_owned(), "1".to_owned())]).reserved_key(), None);
    }
}
