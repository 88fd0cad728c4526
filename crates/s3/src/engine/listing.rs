//! Listings: pages of keys in order, with what shares a beginning rolled up into common prefixes.
//!
//! A page costs what it shows: rows are read from where the page begins, and once a common prefix is found, reading goes on behind all
//! that begins with it, however many keys those are. How many rows are read at a time follows what was useful so far, since a
//! bucket may hold one key or a million under each prefix.

use std::collections::VecDeque;

use base::Timestamp;
use store::{Key, ReadError, Scan, Snapshot, Table, Versioned};

use super::{Error, S3};
use crate::tables::{
    Bucket, Id, Kept, MARKERS, Noncurrent, OBJECTS, Object, ObjectKey, UPLOADS, Upload, UploadKey, VERSIONS,
    VersionId, VersionKey,
};

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
    /// After this version of this key, whether it is there or not. The key is in no common prefix: those are passed whole.
    Version(String, VersionId),
}

impl After {
    /// The key that was passed, if one was.
    fn key(&self) -> Option<&str> {
        match self {
            After::Nothing | After::Prefix(_) => None,
            After::Key(key) | After::Upload(key, _) | After::Version(key, _) => Some(key),
        }
    }

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
    /// Where the next page begins; `None` if this is the last. Of versions and uploads a key may have more: see the lines themselves.
    pub fn next(&self) -> Option<After> {
        match self.entries.last() {
            Some(Entry::Item(key, _)) if self.more => Some(After::Key(key.clone())),
            Some(Entry::Prefix(prefix)) if self.more => Some(After::Prefix(prefix.clone())),
            Some(_) | None => None,
        }
    }
}

/// A version in a listing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// What it is.
    pub what: Kept,
    /// It is the key's current one.
    pub latest: bool,
}

impl Listed {
    /// Which version it is.
    pub const fn version(&self) -> VersionId {
        match &self.what {
            Kept::Object(object) => object.version,
            Kept::Marker(marker) => marker.version,
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
        let start = query.after.key().map(|key| store::key_after(&OBJECTS.key(&object_key(bucket, key))));
        let value_of = |_: &Key, row: &Versioned| Ok(Some(store::TableValue::from_bytes(&row.value)?));
        walk(snapshot, vec![Source::new(OBJECTS, bucket, query, start, value_of)], query).await
    }

    /// A page of a bucket's versions: by key, and of each key newest first.
    pub async fn list_versions(
        &self,
        snapshot: &dyn Snapshot,
        bucket: &Bucket,
        query: &Query,
    ) -> Result<Listing<Listed>, Error> {
        // The head of the key that a page begins within may still follow: the version it begins after need not be there any more.
        let head_start = |head: Key| match &query.after {
            After::Version(..) => head,
            After::Nothing | After::Key(_) | After::Prefix(_) | After::Upload(..) => store::key_after(&head),
        };
        let is_passed = |key: &str, listed: &Listed| match &query.after {
            After::Version(name, version) => name == key && listed.version() >= *version,
            After::Nothing | After::Key(_) | After::Prefix(_) | After::Upload(..) => false,
        };
        let key = query.after.key();
        let objects = key.map(|key| head_start(OBJECTS.key(&object_key(bucket, key))));
        let markers = key.map(|key| head_start(MARKERS.key(&object_key(bucket, key))));
        let below = match &query.after {
            After::Nothing | After::Prefix(_) => None,
            After::Key(key) | After::Upload(key, _) => {
                Some(VERSIONS.prefix(|writer| _ = writer.u128(bucket.id.0).text(key)).1)
            }
            After::Version(key, version) => {
                let passed = VersionKey { bucket: bucket.id, key: key.clone(), version: *version };
                Some(store::key_after(&VERSIONS.key(&passed)))
            }
        };
        let head = |key: ObjectKey, what: Kept| {
            let listed = Listed { what, latest: true };
            (!is_passed(&key.key, &listed)).then_some(listed)
        };
        let sources = vec![
            Source::new(OBJECTS, bucket, query, objects, |key, row| {
                Ok(head(OBJECTS.read_key(key)?, Kept::Object(store::TableValue::from_bytes(&row.value)?)))
            }),
            Source::new(MARKERS, bucket, query, markers, |key, row| {
                Ok(head(MARKERS.read_key(key)?, Kept::Marker(store::TableValue::from_bytes(&row.value)?)))
            }),
            Source::new(VERSIONS, bucket, query, below, |_, row| {
                let below: Noncurrent = store::TableValue::from_bytes(&row.value)?;
                Ok(Some(Listed { what: below.what, latest: false }))
            }),
        ];
        walk(snapshot, sources, query).await
    }

    /// A page of a bucket's open uploads: by key, then by the time they began.
    pub async fn list_uploads(
        &self,
        snapshot: &dyn Snapshot,
        bucket: &Bucket,
        query: &Query,
    ) -> Result<Listing<(Id, Upload)>, Error> {
        let start = match &query.after {
            After::Nothing | After::Prefix(_) => None,
            After::Key(key) | After::Version(key, _) => {
                Some(UPLOADS.prefix(|writer| _ = writer.u128(bucket.id.0).text(key)).1)
            }
            After::Upload(key, upload) => {
                let passed = UploadKey { bucket: bucket.id, key: key.clone(), upload: *upload };
                Some(store::key_after(&UPLOADS.key(&passed)))
            }
        };
        let value_of = |key: &Key, row: &Versioned| {
            Ok(Some((UPLOADS.read_key(key)?.upload, store::TableValue::from_bytes(&row.value)?)))
        };
        walk(snapshot, vec![Source::new(UPLOADS, bucket, query, start, value_of)], query).await
    }
}

fn object_key(bucket: &Bucket, key: &str) -> ObjectKey {
    ObjectKey { bucket: bucket.id, key: key.to_owned() }
}

/// Bytes of a table's number, with which its keys begin. Behind them the keys of all tables that one listing merges sort alike: by bucket, key,
/// and then what is newer.
const TABLE_BYTES: usize = 2;

/// One table's rows of a listing, read piece by piece.
struct Source<'a, T> {
    start: Key,
    end: Key,
    /// Where the rows go on that do not begin with a text.
    after: Box<dyn Fn(&str) -> Key + Send + Sync + 'a>,
    /// The key that clients see.
    name_of: Box<NameOf<'a>>,
    /// What is shown of a row; `None` for what the page has passed.
    value_of: Box<ValueOf<'a, T>>,
    read: VecDeque<(Key, Versioned)>,
    ended: bool,
    /// Rows to read next, and how many of those read last were skipped.
    chunk: usize,
    skipped: usize,
}

type NameOf<'a> = dyn Fn(&Key) -> Result<String, ReadError> + Send + Sync + 'a;
type ValueOf<'a, T> = dyn Fn(&Key, &Versioned) -> Result<Option<T>, ReadError> + Send + Sync + 'a;

impl<'a, T> Source<'a, T> {
    /// The rows of a table of a bucket's keys. `start` is where they begin after a key.
    fn new<K: Named + 'a, V: store::TableValue + 'a>(
        table: Table<K, V>,
        bucket: &Bucket,
        query: &Query,
        start: Option<Key>,
        value_of: impl Fn(&Key, &Versioned) -> Result<Option<T>, ReadError> + Send + Sync + 'a,
    ) -> Self {
        let id = bucket.id.0;
        let after = move |text: &str| table.prefix(|key| _ = key.u128(id).text_start(text)).1;
        let (first, end) = table.prefix(|key| _ = key.u128(id).text_start(&query.prefix));
        let start = match &query.after {
            After::Prefix(prefix) => first.max(after(prefix)),
            After::Nothing | After::Key(_) | After::Version(..) | After::Upload(..) => {
                start.map_or(first.clone(), |start| start.max(first))
            }
        };
        let whole = query.limit + 1;
        Self {
            start,
            end,
            after: Box::new(after),
            name_of: Box::new(move |key| table.read_key(key).map(Named::name)),
            value_of: Box::new(value_of),
            read: VecDeque::new(),
            ended: false,
            chunk: if query.delimiter.is_empty() { whole } else { CHUNK_MIN.min(whole) },
            skipped: 0,
        }
    }

    /// Makes sure that the next row is read, if there is one.
    async fn fill(&mut self, snapshot: &dyn Snapshot, limit: usize) -> Result<(), ReadError> {
        if !self.read.is_empty() || self.ended {
            return Ok(());
        }
        let scan =
            Scan { start: self.start.clone(), end: self.end.clone(), reverse: false, limit: self.chunk };
        let rows = snapshot.scan(scan).await?;
        self.ended = rows.len() < self.chunk;
        if let Some((last, _)) = rows.last() {
            self.start = store::key_after(last);
        }
        self.read = rows.into();
        // What was read last was of use or not; the next piece will be like it.
        let whole = limit + 1;
        self.chunk =
            if self.skipped > self.chunk / 2 { CHUNK_MIN.min(whole) } else { (self.chunk * 2).min(whole) };
        self.skipped = 0;
        Ok(())
    }

    fn skip(&mut self, prefix: &str) {
        let start = (self.after)(prefix);
        while self.read.front().is_some_and(|(key, _)| *key < start) {
            self.read.pop_front();
            self.skipped += 1;
        }
        if self.read.is_empty() && self.start < start {
            self.start = start;
        }
    }
}

/// Keys of tables that listings read.
trait Named: store::TableKey {
    /// The key that clients see.
    fn name(self) -> String;
}

impl Named for ObjectKey {
    fn name(self) -> String {
        self.key
    }
}

impl Named for VersionKey {
    fn name(self) -> String {
        self.key
    }
}

impl Named for UploadKey {
    fn name(self) -> String {
        self.key
    }
}

/// Merges the rows of several tables into one page.
async fn walk<T>(
    snapshot: &dyn Snapshot,
    mut sources: Vec<Source<'_, T>>,
    query: &Query,
) -> Result<Listing<T>, Error> {
    let mut listing = Listing { entries: Vec::new(), more: false };
    if query.limit == 0 {
        return Ok(listing);
    }
    loop {
        for source in &mut sources {
            source.fill(snapshot, query.limit).await?;
        }
        let first = sources
            .iter_mut()
            .filter(|source| !source.read.is_empty())
            .min_by(|one, two| one.read[0].0[TABLE_BYTES..].cmp(&two.read[0].0[TABLE_BYTES..]));
        let Some(source) = first else { return Ok(listing) };
        let Some((row_key, row)) = source.read.pop_front() else { return Ok(listing) };
        let key = (source.name_of)(&row_key)?;
        let entry = match common_prefix(&key, &query.prefix, &query.delimiter) {
            Some(common) => Entry::Prefix(common.to_owned()),
            None => match (source.value_of)(&row_key, &row)? {
                Some(value) => Entry::Item(key, value),
                None => continue,
            },
        };
        if listing.entries.len() == query.limit {
            listing.more = true;
            return Ok(listing);
        }
        if let Entry::Prefix(common) = &entry {
            for source in &mut sources {
                source.skip(common);
            }
        }
        listing.entries.push(entry);
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
    use std::collections::{BTreeMap, BTreeSet};

    use proptest::prelude::*;

    use super::super::objects::Deletion;
    use super::super::testing::room;
    use super::super::versions::Wanted;
    use super::*;
    use crate::tables::Versioning;

    /// What a listing must be, in the plainest way.
    fn naive(keys: &BTreeSet<String>, query: &Query) -> (Vec<Entry<()>>, bool) {
        let mut lines: Vec<Entry<()>> = Vec::new();
        for key in keys {
            let is_after = match &query.after {
                After::Nothing => true,
                After::Key(after) | After::Upload(after, _) | After::Version(after, _) => key > after,
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

    /// Puts (or deletes) keys of a bucket that keeps versions, and gives all versions there then are, in order.
    async fn stacks(s3: &S3, steps: &[(String, bool)]) -> Vec<(String, VersionId, bool)> {
        s3.make("bucket").await;
        s3.set_versioning("bucket", Versioning::Enabled).await.unwrap();
        let mut all: BTreeMap<String, Vec<(VersionId, bool)>> = BTreeMap::new();
        for (key, deletes) in steps {
            let version = if *deletes {
                let deletion = Deletion { key: key.clone(), ..Deletion::default() };
                s3.delete("bucket", &[deletion]).await.unwrap()[0].clone().unwrap().version.unwrap()
            } else {
                s3.put_text("bucket", key, "").await.version
            };
            all.entry(key.clone()).or_default().insert(0, (version, *deletes));
        }
        let of_key = |(key, stack): (String, Vec<(VersionId, bool)>)| {
            stack.into_iter().map(move |(version, marker)| (key.clone(), version, marker))
        };
        all.into_iter().flat_map(of_key).collect()
    }

    type VersionLine = Entry<(VersionId, bool)>;

    fn naive_versions(all: &[(String, VersionId, bool)], query: &Query) -> Vec<VersionLine> {
        let mut lines: Vec<VersionLine> = Vec::new();
        for (key, version, marker) in all {
            let is_after = match &query.after {
                After::Nothing => true,
                After::Key(after) | After::Upload(after, _) => key > after,
                After::Prefix(prefix) => key > prefix && !key.starts_with(prefix.as_str()),
                After::Version(after, passed) => key > after || (key == after && version < passed),
            };
            if !key.starts_with(&query.prefix) || !is_after {
                continue;
            }
            let line = match common_prefix(key, &query.prefix, &query.delimiter) {
                Some(common) => Entry::Prefix(common.to_owned()),
                None => Entry::Item(key.clone(), (*version, *marker)),
            };
            if lines.last() != Some(&line) {
                lines.push(line);
            }
        }
        lines
    }

    async fn page(s3: &S3, query: &Query) -> (Vec<VersionLine>, Vec<Listed>, bool) {
        let snapshot = s3.snapshot();
        let bucket = s3.find_bucket(&*snapshot, "bucket").await.unwrap().value;
        let listing = s3.list_versions(&*snapshot, &bucket, query).await.unwrap();
        let listed = listing.entries.iter().filter_map(|entry| match entry {
            Entry::Item(_, listed) => Some(listed.clone()),
            Entry::Prefix(_) => None,
        });
        let listed = listed.collect();
        let line = |entry| match entry {
            Entry::Item(key, listed) => {
                let listed: Listed = listed;
                Entry::Item(key, (listed.version(), matches!(listed.what, Kept::Marker(_))))
            }
            Entry::Prefix(prefix) => Entry::Prefix(prefix),
        };
        (listing.entries.into_iter().map(line).collect(), listed, listing.more)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(200))]

        #[test]
        fn a_page_of_versions_is_what_the_plain_way_gives(
            steps in prop::collection::vec((key(), prop::bool::weighted(0.3)), 0..60), query in query(), at in 0usize..60, gone: bool
        ) {
            futures_executor::block_on(async {
                let s3 = room();
                let mut all = stacks(&s3, &steps).await;
                let mut query = query;
                let rolled_up = |key: &str| common_prefix(key, &query.prefix, &query.delimiter).is_some();
                if let Some((key, version, _)) = all.get(at).cloned().filter(|(key, _, _)| !rolled_up(key)) {
                    query.after = After::Version(key.clone(), version);
                    if gone {
                        // Where a version was, the next page begins all the same.
                        let version = Wanted::Id(version);
                        s3.delete("bucket", &[Deletion { key, version, ..Deletion::default() }]).await.unwrap();
                        all.remove(at);
                    }
                }
                let expected = naive_versions(&all, &query);
                let (lines, listed, more) = page(&s3, &query).await;
                assert_eq!(lines[..], expected[..expected.len().min(query.limit)]);
                assert_eq!(more, query.limit > 0 && expected.len() > query.limit);
                for (line, listed) in lines.iter().filter(|line| matches!(line, Entry::Item(..))).zip(listed) {
                    let Entry::Item(key, (version, _)) = line else { continue };
                    let newest = all.iter().find(|(name, _, _)| name == key).map(|(_, version, _)| *version);
                    assert_eq!(listed.latest, newest == Some(*version));
                }
            });
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
