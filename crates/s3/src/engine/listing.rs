//! Listings: pages of keys in order, with what shares a beginning rolled up into common prefixes.
//!
//! A page costs what it shows: rows are read from where the page begins, and once a common prefix is found, reading goes on behind all
//! that begins with it, however many keys those are. How many rows are read at a time follows what was useful so far, since a
//! bucket may hold one key or a million under each prefix.

use base::Timestamp;
use store::{Key, Scan, Snapshot, Versioned};

use super::{Error, S3};
use crate::tables::{Bucket, Id, OBJECTS, Object, ObjectKey, UPLOADS, Upload, UploadKey};

/// Keys and common prefixes of one page (facts section 5).
pub const PAGE_MAX: usize = 1_000;
/// Rows read at a time while keys may be rolled up.
const CHUNK_MIN: usize = 32;

/// What a listing asks for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Query {
    /// Keys that begin with this.
    pub prefix: String,
    /// Rolls up keys that have this after the prefix; empty for none.
    pub delimiter: String,
    /// Where the page begins.
    pub after: After,
    /// At most so many entries.
    pub limit: usize,
}

/// Where a page begins.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum After {
    /// At the beginning.
    #[default]
    Nothing,
    /// After this key.
    Key(String),
    /// After all keys that begin with this.
    Prefix(String),
    /// After this upload of this key.
    Upload(String, Id),
}

impl After {
    /// What a marker means: inside a common prefix it skips the whole of it (V1, versions and uploads; facts section 5).
    pub fn marker(marker: &str, prefix: &str, delimiter: &str) -> Self {
        match common_prefix(marker, prefix, delimiter) {
            Some(common) => After::Prefix(common.to_owned()),
            None if marker.is_empty() => After::Nothing,
            None => After::Key(marker.to_owned()),
        }
    }
}

/// One line of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Entry<T> {
    /// A key and what is under it.
    Item(String, T),
    /// What keys have in common.
    Prefix(String),
}

/// A page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listing<T> {
    /// Its lines, in order.
    pub entries: Vec<Entry<T>>,
    /// Whether more follow.
    pub more: bool,
}

impl<T> Listing<T> {
    /// Where the next page begins; `None` if this is the last.
    pub fn next(&self) -> Option<After> {
        match self.entries.last() {
            Some(Entry::Item(key, _)) if self.more => Some(After::Key(key.clone())),
            Some(Entry::Prefix(prefix)) if self.more => Some(After::Prefix(prefix.clone())),
            Some(_) | None => None,
        }
    }
}

impl S3 {
    /// A page of a bucket's objects.
    pub async fn list_objects(
        &self,
        snapshot: &dyn Snapshot,
        bucket: &Bucket,
        query: &Query,
    ) -> Result<Listing<Object>, Error> {
        let id = bucket.id;
        let after = |prefix: &str| OBJECTS.prefix(|key| _ = key.u128(id.0).text_start(prefix)).1;
        let (mut start, end) = OBJECTS.prefix(|key| _ = key.u128(id.0).text_start(&query.prefix));
        match &query.after {
            After::Nothing => {}
            After::Key(key) | After::Upload(key, _) => {
                start =
                    start.max(store::key_after(&OBJECTS.key(&ObjectKey { bucket: id, key: key.clone() })));
            }
            After::Prefix(prefix) => start = start.max(after(prefix)),
        }
        let key_of = |key: &Key| OBJECTS.read_key(key).map(|key| key.key);
        let value_of = |_: &Key, row: &Versioned| store::TableValue::from_bytes(&row.value);
        walk(snapshot, Range { start, end, after: &after }, query, key_of, value_of).await
    }

    /// A page of a bucket's open uploads: by key, then by the time they began.
    pub async fn list_uploads(
        &self,
        snapshot: &dyn Snapshot,
        bucket: &Bucket,
        query: &Query,
    ) -> Result<Listing<(Id, Upload)>, Error> {
        let id = bucket.id;
        let after = |prefix: &str| UPLOADS.prefix(|key| _ = key.u128(id.0).text_start(prefix)).1;
        let (mut start, end) = UPLOADS.prefix(|key| _ = key.u128(id.0).text_start(&query.prefix));
        match &query.after {
            After::Nothing => {}
            After::Key(marker) => start = start.max(UPLOADS.prefix(|key| _ = key.u128(id.0).text(marker)).1),
            After::Prefix(prefix) => start = start.max(after(prefix)),
            After::Upload(key, upload) => {
                let passed = UploadKey { bucket: id, key: key.clone(), upload: *upload };
                start = start.max(store::key_after(&UPLOADS.key(&passed)));
            }
        }
        let key_of = |key: &Key| UPLOADS.read_key(key).map(|key| key.key);
        let value_of = |key: &Key, row: &Versioned| {
            Ok((UPLOADS.read_key(key)?.upload, store::TableValue::from_bytes(&row.value)?))
        };
        walk(snapshot, Range { start, end, after: &after }, query, key_of, value_of).await
    }
}

/// The rows a listing walks over, and where the rows go on that do not begin with a given text.
struct Range<'a> {
    start: Key,
    end: Key,
    after: &'a (dyn Fn(&str) -> Key + Sync),
}

async fn walk<T>(
    snapshot: &dyn Snapshot,
    range: Range<'_>,
    query: &Query,
    key_of: impl Fn(&Key) -> Result<String, store::ReadError>,
    value_of: impl Fn(&Key, &Versioned) -> Result<T, store::ReadError>,
) -> Result<Listing<T>, Error> {
    let mut listing = Listing { entries: Vec::new(), more: false };
    if query.limit == 0 {
        return Ok(listing);
    }
    let whole = query.limit + 1;
    let mut chunk = if query.delimiter.is_empty() { whole } else { CHUNK_MIN.min(whole) };
    let mut start = range.start;
    loop {
        let scan = Scan { start, end: range.end.clone(), reverse: false, limit: chunk };
        let rows = snapshot.scan(scan).await?;
        let ended = rows.len() < chunk;
        let Some((last, _)) = rows.last() else { return Ok(listing) };
        let mut next = store::key_after(last);
        let mut skipped = 0;
        for (row_key, row) in &rows {
            let key = key_of(row_key)?;
            let common = common_prefix(&key, &query.prefix, &query.delimiter);
            if let (Some(common), Some(Entry::Prefix(shown))) = (common, listing.entries.last())
                && common == shown
            {
                skipped += 1;
                continue;
            }
            if listing.entries.len() == query.limit {
                listing.more = true;
                return Ok(listing);
            }
            match common {
                Some(common) => listing.entries.push(Entry::Prefix(common.to_owned())),
                None => {
                    let value = value_of(row_key, row)?;
                    listing.entries.push(Entry::Item(key, value));
                }
            }
        }
        if ended {
            return Ok(listing);
        }
        if let Some(Entry::Prefix(shown)) = listing.entries.last() {
            next = (range.after)(shown);
        }
        chunk = if skipped > rows.len() / 2 { CHUNK_MIN.min(whole) } else { (chunk * 2).min(whole) };
        start = next;
    }
}

/// The part of a key up to and including the first delimiter after the prefix.
fn common_prefix<'k>(key: &'k str, prefix: &str, delimiter: &str) -> Option<&'k str> {
    if delimiter.is_empty() {
        return None;
    }
    let rest = key.strip_prefix(prefix)?;
    let at = rest.find(delimiter)?;
    Some(&key[..prefix.len() + at + delimiter.len()])
}

/// When an upload began, from its id.
pub fn began(upload: Id) -> Timestamp {
    Timestamp::from_micros(i64::try_from(upload.0 >> 64).unwrap_or(i64::MAX))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::super::testing::room;
    use super::*;

    /// What a listing must be, in the plainest way.
    fn naive(keys: &BTreeSet<String>, query: &Query) -> (Vec<Entry<()>>, bool) {
        let mut lines: Vec<Entry<()>> = Vec::new();
        for key in keys {
            let is_after = match &query.after {
                After::Nothing => true,
                After::Key(after) | After::Upload(after, _) => key > after,
                After::Prefix(prefix) => key > prefix && !key.starts_with(prefix.as_str()),
            };
            if !key.starts_with(&query.prefix) || !is_after {
                continue;
            }
            let line = match key[query.prefix.len()..].split_once(query.delimiter.as_str()) {
                Some((before, _)) if !query.delimiter.is_empty() => {
                    Entry::Prefix(format!("{}{before}{}", query.prefix, query.delimiter))
                }
                Some(_) | None => Entry::Item(key.clone(), ()),
            };
            if lines.last() != Some(&line) {
                lines.push(line);
            }
        }
        let more = lines.len() > query.limit && query.limit > 0;
        lines.truncate(query.limit);
        (lines, more)
    }

    fn stripped(listing: Listing<Object>) -> (Vec<Entry<()>>, bool) {
        let strip = |entry| match entry {
            Entry::Item(key, _) => Entry::Item(key, ()),
            Entry::Prefix(prefix) => Entry::Prefix(prefix),
        };
        (listing.entries.into_iter().map(strip).collect(), listing.more)
    }

    fn list(keys: &BTreeSet<String>, query: &Query) -> (Listing<Object>, Vec<Entry<()>>) {
        futures_executor::block_on(async {
            let s3 = room();
            s3.make("bucket").await;
            for key in keys {
                s3.put_text("bucket", key, "").await;
            }
            let snapshot = s3.snapshot();
            let bucket = s3.find_bucket(&*snapshot, "bucket").await.unwrap().value;
            let first = s3.list_objects(&*snapshot, &bucket, query).await.unwrap();
            let mut all = stripped(first.clone()).0;
            let mut next = first.next();
            while let Some(after) = next {
                let query = Query { after, ..query.clone() };
                let page = s3.list_objects(&*snapshot, &bucket, &query).await.unwrap();
                next = page.next();
                all.extend(stripped(page).0);
            }
            (first, all)
        })
    }

    fn key() -> impl Strategy<Value = String> {
        "[ab/\u{0}\u{e9}]{1,6}"
    }

    fn query() -> impl Strategy<Value = Query> {
        let after =
            prop_oneof![Just(After::Nothing), key().prop_map(After::Key), key().prop_map(After::Prefix),];
        ("[ab/]{0,2}", "(|/|a|b/|\u{e9})", after, 0usize..5)
            .prop_map(|(prefix, delimiter, after, limit)| Query { prefix, delimiter, after, limit })
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(400))]

        #[test]
        fn a_page_is_what_the_plain_way_gives(keys in prop::collection::btree_set(key(), 0..60), query in query()) {
            let (page, all) = list(&keys, &query);
            prop_assert_eq!(stripped(page), naive(&keys, &query));
            if query.limit > 0 {
                prop_assert_eq!(all, naive(&keys, &Query { limit: 1_000, ..query }).0);
            }
        }
    }

    #[test]
    fn a_marker_inside_a_common_prefix_skips_it() {
        assert_eq!(After::marker("a/b", "", "/"), After::Prefix("a/".to_owned()));
        assert_eq!(After::marker("a/b", "a/", "/"), After::Key("a/b".to_owned()));
        assert_eq!(After::marker("", "", "/"), After::Nothing);
        assert_eq!(After::marker("a/b", "", ""), After::Key("a/b".to_owned()));
    }
}
