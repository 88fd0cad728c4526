//! Random lives of a few keys: put, copied, made of parts and of ranges, overwritten, deleted, in buckets that keep versions and that do
//! not. What is read and listed is what plain stacks hold, and when all is deleted nothing is left, neither bytes nor rows.

use base::{Clock, Random, Timestamp};
use proptest::prelude::*;
use storage::Model;
use store::Snapshot;

use super::conditions::ReadConditions;
use super::copy::{Changes, Source};
use super::listing::{Entry, Query};
use super::multipart::{ClaimedPart, Completion};
use super::objects::{Claims, Deletion, Place, Terms};
use super::testing::{recoding, room_over_with};
use super::versions::Wanted;
use super::{Error, S3};
use crate::Settings;
use crate::tables::{
    Attributes, Bucket, DROPS, ETag, Kept, LAYOUTS, Lock, MARKERS, OBJECTS, PARTS, UPLOADS, VERSIONS,
    VersionId, Versioning,
};

const KEYS: [&str; 3] = ["a", "a/b", "b"];

#[derive(Debug, Clone)]
enum Step {
    Versioning(bool),
    Put {
        key: usize,
        bytes: usize,
    },
    Delete {
        key: usize,
    },
    /// One of the versions, if there are so many.
    Remove {
        key: usize,
        version: usize,
    },
    Copy {
        from: usize,
        /// The current one, or one of the versions.
        version: Option<usize>,
        to: usize,
    },
    /// An upload of these parts; some are uploaded but not listed. Perhaps the key is put or deleted before it is complete.
    Parts {
        key: usize,
        parts: Vec<(Piece, bool)>,
        meanwhile: Option<bool>,
        abort: bool,
    },
    Tag {
        key: usize,
        version: usize,
    },
    /// The clock moves on so many seconds. Else it stands still: nothing depends on its moving.
    Move(u64),
}

#[derive(Debug, Clone)]
enum Piece {
    Fresh(usize),
    /// A range of an object, in hundredths of its size.
    Range {
        of: usize,
        from: u64,
        to: u64,
    },
}

fn step() -> impl Strategy<Value = Step> {
    let bytes = || prop_oneof![0usize..20, 65_530usize..65_545, 100_000usize..100_010];
    let key = || 0..KEYS.len();
    let piece = prop_oneof![
        bytes().prop_map(Piece::Fresh),
        (key(), 0u64..100, 0u64..=100).prop_map(|(of, from, to)| Piece::Range { of, from, to }),
    ];
    let parts = prop::collection::vec((piece, any::<bool>()), 1..5);
    prop_oneof![
        2 => any::<bool>().prop_map(Step::Versioning),
        4 => (key(), bytes()).prop_map(|(key, bytes)| Step::Put { key, bytes }),
        3 => key().prop_map(|key| Step::Delete { key }),
        4 => (key(), 0usize..4).prop_map(|(key, version)| Step::Remove { key, version }),
        3 => (key(), prop::option::of(0usize..4), key())
            .prop_map(|(from, version, to)| Step::Copy { from, version, to }),
        3 => (key(), parts, any::<Option<bool>>(), prop::bool::weighted(0.2)).prop_map(
            |(key, parts, meanwhile, abort)| Step::Parts { key, parts, meanwhile, abort }
        ),
        1 => (key(), 0usize..4).prop_map(|(key, version)| Step::Tag { key, version }),
        1 => (1u64..100).prop_map(Step::Move),
    ]
}

fn place(key: usize) -> Place<'static> {
    Place { bucket: "bucket", key: KEYS[key] }
}

fn fresh(bytes: usize, seed: usize) -> Vec<u8> {
    (0..bytes).map(|at| (at.wrapping_mul(31) ^ (at >> 7) ^ seed.wrapping_mul(97)) as u8).collect()
}

/// A version: its id (`None` is the null version's), and its bytes (a marker has none).
#[derive(Debug, Clone, PartialEq, Eq)]
struct Plain {
    id: Option<VersionId>,
    bytes: Option<Vec<u8>>,
}

/// What a bucket must hold: each key's versions, newest first.
#[derive(Debug, Clone, Default)]
struct World {
    versioning: Versioning,
    keys: [Vec<Plain>; KEYS.len()],
}

impl World {
    fn current(&self, key: usize) -> Option<&Vec<u8>> {
        self.keys[key].first()?.bytes.as_ref()
    }

    /// Puts a version below so many others. A null version takes the old one's place.
    fn put(&mut self, key: usize, below: usize, version: VersionId, bytes: Option<Vec<u8>>) {
        let id = (!version.is_null()).then_some(version);
        assert_eq!(id.is_some(), self.versioning == Versioning::Enabled);
        if id.is_none() {
            self.keys[key].retain(|version| version.id.is_some());
        }
        self.keys[key].insert(below, Plain { id, bytes });
    }

    fn wanted(&self, key: usize, version: usize) -> Wanted {
        self.keys[key][version].id.map_or(Wanted::Null, Wanted::Id)
    }
}

async fn put(s3: &S3, world: &mut World, key: usize, bytes: Vec<u8>) {
    let received = s3.receive(bytes.clone().into(), &Claims::default(), &s3.managed()).await.unwrap();
    let (attributes, always) = (Attributes::default(), Terms::default());
    let object = s3.put(place(key), None, &received, &attributes, &always).await.unwrap();
    world.put(key, 0, object.version, Some(bytes));
}

async fn delete(s3: &S3, world: &mut World, key: usize) {
    let deletion = Deletion { key: KEYS[key].to_owned(), ..Deletion::default() };
    let deleted = s3.delete("bucket", &[deletion]).await.unwrap()[0].clone().unwrap();
    match world.versioning {
        Versioning::Never => world.keys[key].clear(),
        Versioning::Enabled | Versioning::Suspended => {
            assert!(deleted.marker);
            world.put(key, 0, deleted.version.unwrap(), None);
        }
    }
}

async fn remove(s3: &S3, world: &mut World, key: usize, version: usize) {
    let deletion =
        Deletion { key: KEYS[key].to_owned(), version: world.wanted(key, version), ..Deletion::default() };
    let deleted = s3.delete("bucket", &[deletion]).await.unwrap()[0].clone().unwrap();
    assert_eq!(deleted.marker, world.keys[key][version].bytes.is_none());
    world.keys[key].remove(version);
}

async fn apply(s3: &S3, clock: &Clock, world: &mut World, number: usize, step: &Step) {
    match step {
        Step::Versioning(on) => {
            world.versioning = if *on { Versioning::Enabled } else { Versioning::Suspended };
            s3.set_versioning("bucket", world.versioning).await.unwrap();
        }
        Step::Put { key, bytes } => put(s3, world, *key, fresh(*bytes, number)).await,
        Step::Delete { key } => delete(s3, world, *key).await,
        Step::Remove { key, version } if *version < world.keys[*key].len() => {
            remove(s3, world, *key, *version).await;
        }
        Step::Copy { from, version, to } => copy(s3, world, *from, *version, *to).await,
        Step::Parts { key, parts, meanwhile, abort } => {
            upload(s3, world, number, *key, parts, *meanwhile, *abort).await;
        }
        Step::Tag { key, version } if *version < world.keys[*key].len() => {
            let tags = [("a".to_owned(), number.to_string())];
            let wanted = world.wanted(*key, *version);
            let tagged = s3.set_tags(place(*key), wanted, &tags).await;
            let is_object = world.keys[*key][*version].bytes.is_some();
            assert_eq!(tagged.is_ok(), is_object, "{tagged:?}");
        }
        Step::Remove { .. } | Step::Tag { .. } => {}
        Step::Move(seconds) => {
            let by = std::time::Duration::from_secs(*seconds);
            clock.pass(by);
        }
    }
}

async fn copy(s3: &S3, world: &mut World, from: usize, version: Option<usize>, to: usize) {
    let version = version.filter(|version| *version < world.keys[from].len());
    let wanted = version.map_or(Wanted::Current, |version| world.wanted(from, version));
    let bytes = match version {
        Some(version) => world.keys[from][version].bytes.clone(),
        None => world.current(from).cloned(),
    };
    let source = Source { place: place(from), version: wanted, conditions: ReadConditions::default() };
    let changes = Changes { attributes: Some(Attributes::default()), ..Changes::default() };
    let copied = s3.copy(&source, place(to), &changes, &Terms::default(), recoding(&s3.managed())).await;
    match bytes {
        Some(bytes) => {
            let copied = copied.unwrap();
            assert_eq!(copied.object.etag, ETag::of_bytes(crypt::md5(&bytes)));
            assert_eq!(copied.version.is_some(), world.versioning.ever());
            world.put(to, 0, copied.object.version, Some(bytes));
        }
        None if version.is_some() => assert!(matches!(copied, Err(Error::Request(_))), "{copied:?}"),
        None => assert_eq!(copied, Err(Error::NoSuchKey(KEYS[from].to_owned()))),
    }
}

async fn upload(
    s3: &S3,
    world: &mut World,
    number: usize,
    key: usize,
    parts: &[(Piece, bool)],
    meanwhile: Option<bool>,
    abort: bool,
) {
    let (upload, fixed) = s3
        .create_upload(
            place(key),
            &Attributes::default(),
            None,
            None,
            Lock::default(),
            &s3.managed().encryption,
        )
        .await
        .unwrap();
    let (mut claimed, mut whole) = (Vec::new(), Vec::new());
    for (part_number, (piece, listed)) in (1..).zip(parts) {
        let (part, bytes) = match piece {
            Piece::Fresh(bytes) => {
                let bytes = fresh(*bytes, number + part_number as usize);
                let received =
                    s3.receive(bytes.clone().into(), &Claims::default(), &s3.managed()).await.unwrap();
                (s3.put_part(place(key), &upload, part_number, &received).await.unwrap(), bytes)
            }
            Piece::Range { of, from, to } => {
                let Some(source) = world.current(*of) else { continue };
                let at = |hundredth: u64| (source.len() as u64 * hundredth / 100) as usize;
                let (start, end) = (at(*from), at(*to));
                if start >= end {
                    continue;
                }
                let header = format!("bytes={start}-{}", end - 1);
                let from = Source {
                    place: place(*of),
                    version: Wanted::Current,
                    conditions: ReadConditions::default(),
                };
                let (part, _) = s3
                    .copy_part(
                        &from,
                        Some(&header),
                        place(key),
                        &upload,
                        part_number,
                        recoding(&s3.managed()),
                    )
                    .await
                    .unwrap();
                (part, source[start..end].to_vec())
            }
        };
        assert_eq!(part.md5, crypt::md5(&bytes));
        if *listed {
            let etag = ETag::of_bytes(part.md5).bare();
            claimed.push(ClaimedPart { number: i64::from(part_number), etag, checksums: Vec::new() });
            whole.extend(bytes);
        }
    }
    if abort || claimed.is_empty() {
        s3.abort_upload(place(key), &upload).await.unwrap();
        return;
    }
    let before = world.keys[key].len();
    match meanwhile {
        Some(true) => put(s3, world, key, fresh(10, number)).await,
        Some(false) => delete(s3, world, key).await,
        None => {}
    }
    let completion = Completion { parts: claimed, ..Completion::default() };
    let completed = s3.complete_upload(place(key), &upload, &completion).await.unwrap();
    // Where the id was fixed when the upload began, what was put since is newer.
    let below = if fixed.is_some() { world.keys[key].len() - before } else { 0 };
    let version = completed.version.unwrap_or_default();
    assert!(fixed.is_none_or(|fixed| fixed == version));
    world.put(key, below, version, Some(whole));
}

async fn versions(
    s3: &S3,
    snapshot: &dyn Snapshot,
    bucket: &Bucket,
) -> [Vec<(Wanted, bool, bool)>; KEYS.len()] {
    let query = Query { limit: 1_000, ..Query::default() };
    let listing = s3.list_versions(snapshot, bucket, &query).await.unwrap();
    let mut found = <[Vec<_>; KEYS.len()]>::default();
    for entry in listing.entries {
        let Entry::Item(key, listed) = entry else { panic!("there is no delimiter") };
        let version = listed.version();
        let wanted = if version.is_null() { Wanted::Null } else { Wanted::Id(version) };
        let key = KEYS.iter().position(|known| *known == key).unwrap();
        found[key].push((wanted, matches!(listed.what, Kept::Marker(_)), listed.latest));
    }
    found
}

async fn compare(s3: &S3, world: &World) {
    let snapshot = s3.snapshot();
    let bucket = s3.find_bucket(&*snapshot, "bucket").await.unwrap().value;
    let listed = versions(s3, &*snapshot, &bucket).await;
    for (key, stack) in world.keys.iter().enumerate() {
        let expected: Vec<_> = (0..stack.len())
            .map(|version| (world.wanted(key, version), stack[version].bytes.is_none(), version == 0))
            .collect();
        assert_eq!(listed[key], expected, "`{}`", KEYS[key]);
        for (version, plain) in stack.iter().enumerate() {
            let found = s3.find_version(&*snapshot, &bucket, KEYS[key], world.wanted(key, version)).await;
            match &plain.bytes {
                Some(bytes) => {
                    let found = found.unwrap();
                    let body =
                        s3.read(&found, 0..found.row.value.bytes, &s3.plain_opener()).await.unwrap().unwrap();
                    assert!(body.collect(u64::MAX).await.unwrap() == *bytes);
                }
                None => assert!(matches!(found, Err(Error::DeleteMarker { named: true, .. }))),
            }
        }
        match world.current(key) {
            Some(bytes) => assert!(s3.read_all("bucket", KEYS[key]).await == *bytes),
            None => {
                let found = s3.find_version(&*snapshot, &bucket, KEYS[key], Wanted::Current).await;
                assert!(matches!(
                    (found, stack.is_empty()),
                    (Err(Error::NoSuchKey(_)), true) | (Err(Error::DeleteMarker { named: false, .. }), false)
                ));
            }
        }
    }
    let query = Query { limit: 1_000, ..Query::default() };
    let objects = s3.list_objects(&*snapshot, &bucket, &query).await.unwrap().entries.len();
    assert_eq!(objects, (0..KEYS.len()).filter(|key| world.current(*key).is_some()).count());
}

async fn rows(s3: &S3) -> usize {
    let snapshot = s3.snapshot();
    let mut count = 0;
    for (start, end) in [
        OBJECTS.prefix(|_| {}),
        VERSIONS.prefix(|_| {}),
        MARKERS.prefix(|_| {}),
        LAYOUTS.prefix(|_| {}),
        PARTS.prefix(|_| {}),
        UPLOADS.prefix(|_| {}),
        DROPS.prefix(|_| {}),
    ] {
        count += snapshot.scan(store::Scan { start, end, reverse: false, limit: 1_000 }).await.unwrap().len();
    }
    count
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(250))]

    #[test]
    fn what_is_read_is_what_was_written_and_nothing_leaks(steps in prop::collection::vec(step(), 1..25)) {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        runtime.block_on(async {
            let clock = Clock::manual(Timestamp::from_secs(1_000));
            let store = Model::new(clock.clone(), Random::seeded(9));
            let settings = Settings { part_bytes_min: 0, ..Settings::default() };
            let s3 = room_over_with(store.clone(), clock.clone(), settings);
            s3.make("bucket").await;
            let mut world = World::default();
            for (number, step) in steps.iter().enumerate() {
                apply(&s3, &clock, &mut world, number, step).await;
                compare(&s3, &world).await;
            }
            for key in 0..KEYS.len() {
                // From the middle, so that versions go from below the head and from the top.
                while !world.keys[key].is_empty() {
                    let version = world.keys[key].len() / 2;
                    remove(&s3, &mut world, key, version).await;
                    compare(&s3, &world).await;
                }
            }
            assert_eq!(rows(&s3).await, 0);
            assert_eq!(store.blob_count(), 0);
        });
    }
}
