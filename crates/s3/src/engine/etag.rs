//! ETags: how they are made, written and compared.

use crate::tables::ETag;

impl ETag {
    /// Of an object put at once.
    pub const fn of_bytes(md5: [u8; 16]) -> Self {
        Self { md5, parts: None }
    }

    /// Of an object made of parts: the MD5 of the parts' MD5s.
    pub fn of_parts(md5s: &[[u8; 16]]) -> Self {
        let parts = u32::try_from(md5s.len()).expect("an upload has at most ten thousand parts");
        Self { md5: crypt::md5(md5s.as_flattened()), parts: Some(parts) }
    }

    /// Without quotes: `d41d8cd98f00b204e9800998ecf8427e`, `…-3`.
    pub fn bare(&self) -> String {
        match self.parts {
            None => base::hex(&self.md5),
            Some(parts) => format!("{}-{parts}", base::hex(&self.md5)),
        }
    }

    /// With quotes, as headers and documents have it.
    pub fn quoted(&self) -> String {
        format!("\"{}\"", self.bare())
    }

    /// Whether the text, with or without quotes, is this ETag.
    pub fn is(&self, text: &str) -> bool {
        strip(text).eq_ignore_ascii_case(&self.bare())
    }

    /// Whether a list as in `If-Match` holds this ETag or `*`.
    pub fn is_in(&self, list: &str) -> bool {
        list.split(',').any(|item| item.trim() == "*" || self.is(item))
    }
}

/// The ETag without quotes and without the mark of a weak one.
pub fn strip(text: &str) -> &str {
    let text = text.trim();
    let text = text.strip_prefix("W/").unwrap_or(text);
    text.strip_prefix('"').unwrap_or(text).strip_suffix('"').unwrap_or(text.trim_start_matches('"'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_hashed_by_their_hashes() {
        // Two parts of 5 MiB zeros and one byte `a`, as AWS answers it.
        let parts = [crypt::md5(&vec![0; 5 << 20]), crypt::md5(b"a")];
        let etag = ETag::of_parts(&parts);
        let mut all = parts[0].to_vec();
        all.extend_from_slice(&parts[1]);
        assert_eq!(etag.bare(), format!("{}-2", base::hex(&crypt::md5(&all))));
    }

    #[test]
    fn quotes_do_not_matter() {
        let etag = ETag::of_bytes(crypt::md5(b""));
        for text in [
            "d41d8cd98f00b204e9800998ecf8427e",
            "\"d41d8cd98f00b204e9800998ecf8427e\"",
            etag.quoted().as_str(),
        ] {
            assert!(etag.is(text) && etag.is_in(text), "{text}");
        }
        assert!(etag.is_in("*") && etag.is_in("\"x\", \"d41d8cd98f00b204e9800998ecf8427e\""));
        assert!(!etag.is("\"x\"") && !etag.is(""));
        assert_eq!(strip("\"abc\""), "abc");
        assert_eq!(strip("\"abc"), "abc");
        assert_eq!(strip("abc\""), "abc");
    }
}
