//! Shard ids: `shardId-` and twelve digits.

/// The id of the shard with this number.
pub fn shard_id(number: u32) -> String {
    // Written by hand: every record of a PutRecords answer carries one.
    let mut id = *b"shardId-000000000000";
    let mut rest = number;
    for digit in id[8..].iter_mut().rev() {
        *digit = b'0' + (rest % 10) as u8;
        rest /= 10;
    }
    String::from_utf8(id.to_vec()).expect("digits are ASCII")
}

/// The number in an id. Loose, as AWS is (facts section 2): what stands before the first dash does not matter, nor do leading
/// zeros; a bare number will do. `None` if it is no number, or above 2^31-1.
pub fn parse_shard_id(text: &str) -> Option<u32> {
    let digits = match text.split_once('-') {
        Some((_, after)) => after.split('-').next().filter(|digits| !digits.is_empty()).unwrap_or(text),
        None => text,
    };
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    digits.parse().ok().filter(|number| *number <= i32::MAX as u32)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn loose_ids_are_read() {
        assert_eq!(parse_shard_id("shardId-000000000007"), Some(7));
        assert_eq!(parse_shard_id("shardId-0"), Some(0));
        assert_eq!(parse_shard_id("x-12"), Some(12));
        assert_eq!(parse_shard_id("5"), Some(5));
        assert_eq!(parse_shard_id("shardId-2147483647"), Some(2_147_483_647));
        assert_eq!(parse_shard_id("shardId-2147483648"), None);
        assert_eq!(parse_shard_id("shardId-1a"), None);
        assert_eq!(parse_shard_id("shardId"), None);
        assert_eq!(parse_shard_id("shardId-"), None);
    }

    proptest! {
        #[test]
        fn ids_round_trip(number in 0..=i32::MAX as u32) {
            let id = shard_id(number);
            prop_assert_eq!(&id, &format!("shardId-{number:012}"));
            prop_assert_eq!(parse_shard_id(&id), Some(number));
        }
    }
}
