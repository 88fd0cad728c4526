//! Random lives of a few keys: put, copied, made of parts and of ranges, overwritten, deleted. What is read is what a plain map holds, and
//! when all is deleted nothing is left, neither bytes nor rows.

use std::collections::BTreeMap;

use base::{Clock, Random, Timestamp};
use proptest::prelude::*;
use storage::Model;

use super::conditions::{ReadConditions, WriteCondition};
use super::copy::{Changes, Source};
use super::multipart::{ClaimedPart, Completion};
use super::objects::{Claims, Place};
use super::testing::room_over_with;
use super::{Error, S3};
use crate::Settings;
use crate::tables::{Attributes, DROPS, ETag, LAYOUTS, OBJECTS, PARTS, UPLOADS};

const KEYS: [&str; 3] = ["a", "b", "c"];

#[derive(Debug, Clone)]
enum Step {
    Put {
        key: usize,
        bytes: usize,
    },
    Delete {
        key: usize,
    },
    Copy {
        from: usize,
        to: usize,
    },
    /// An upload of these parts; some are uploaded but not listed.
    Parts {
        key: usize,
        parts: Vec<(Piece, bool)>,
        abort: bool,
    },
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
        (key(), bytes()).prop_map(|(key, bytes)| Step::Put { key, bytes }),
        key().prop_map(|key| Step::Delete { key }),
        (key(), key()).prop_map(|(from, to)| Step::Copy { from, to }),
        (key(), parts, prop::bool::weighted(0.2)).prop_map(|(key, parts, abort)| Step::Parts {
            key,
            parts,
            abort
        }),
    ]
}

fn place(key: usize) -> Place<'static> {
    Place { bucket: "bucket", key: KEYS[key] }
}

fn fresh(bytes: usize, seed: usize) -> Vec<u8> {
    (0..bytes).map(|at| (at.wrapping_mul(31) ^ (at >> 7) ^ seed.wrapping_mul(97)) as u8).collect()
}

type Plain = BTreeMap<usize, Vec<u8>>;

async fn apply(s3: &S3, plain: &mut Plain, number: usize, step: &Step) {
    match step {
        Step::Put { key, bytes } => {
            let bytes = fresh(*bytes, number);
            let received = s3.receive(bytes.clone().into(), &Claims::default()).await.unwrap();
            let (attributes, always) = (Attributes::default(), WriteCondition::Always);
            s3.put(place(*key), None, &received, &attributes, &always).await.unwrap();
            plain.insert(*key, bytes);
        }
        Step::Delete { key } => {
            s3.remove("bucket", KEYS[*key]).await;
            plain.remove(key);
        }
        Step::Copy { from, to } => {
            let source = Source { place: place(*from), conditions: ReadConditions::default() };
            let changes = Changes { attributes: Some(Attributes::default()), ..Changes::default() };
            let copied = s3.copy(&source, place(*to), &changes, &WriteCondition::Always).await;
            match plain.get(from).cloned() {
                Some(bytes) => {
                    assert_eq!(copied.unwrap().etag, ETag::of_bytes(crypt::md5(&bytes)));
                    plain.insert(*to, bytes);
                }
                None => assert_eq!(copied, Err(Error::NoSuchKey(KEYS[*from].to_owned()))),
            }
        }
        Step::Parts { key, parts, abort } => upload(s3, plain, number, *key, parts, *abort).await,
    }
}

async fn upload(s3: &S3, plain: &mut Plain, number: usize, key: usize, parts: &[(Piece, bool)], abort: bool) {
    let upload = s3.create_upload(place(key), &Attributes::default(), None, None).await.unwrap();
    let (mut claimed, mut whole) = (Vec::new(), Vec::new());
    for (part_number, (piece, listed)) in (1..).zip(parts) {
        let (part, bytes) = match piece {
            Piece::Fresh(bytes) => {
                let bytes = fresh(*bytes, number + part_number as usize);
                let received = s3.receive(bytes.clone().into(), &Claims::default()).await.unwrap();
                (s3.put_part(place(key), &upload, part_number, &received).await.unwrap(), bytes)
            }
            Piece::Range { of, from, to } => {
                let Some(source) = plain.get(of) else { continue };
                let at = |hundredth: u64| (source.len() as u64 * hundredth / 100) as usize;
                let (start, end) = (at(*from), at(*to));
                if start >= end {
                    continue;
                }
                let header = format!("bytes={start}-{}", end - 1);
                let from = Source { place: place(*of), conditions: ReadConditions::default() };
                let part =
                    s3.copy_part(&from, Some(&header), place(key), &upload, part_number).await.unwrap();
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
    let completion = Completion { parts: claimed, ..Completion::default() };
    s3.complete_upload(place(key), &upload, &completion).await.unwrap();
    plain.insert(key, whole);
}

async fn rows(s3: &S3) -> usize {
    let snapshot = s3.snapshot();
    let mut count = 0;
    for (start, end) in [
        OBJECTS.prefix(|_| {}),
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
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn what_is_read_is_what_was_written_and_nothing_leaks(steps in prop::collection::vec(step(), 1..25)) {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        runtime.block_on(async {
            let store = Model::new(Clock::manual(Timestamp::from_secs(1_000)), Random::seeded(9));
            let s3 = room_over_with(&store, Settings { part_bytes_min: 0, ..Settings::default() });
            s3.make("bucket").await;
            let mut plain = Plain::new();
            for (number, step) in steps.iter().enumerate() {
                apply(&s3, &mut plain, number, step).await;
                for (key, bytes) in &plain {
                    assert!(s3.read_all("bucket", KEYS[*key]).await == *bytes, "`{}` after step {number}", KEYS[*key]);
                }
            }
            for key in KEYS {
                s3.remove("bucket", key).await;
            }
            assert_eq!(rows(&s3).await, 0);
            assert_eq!(store.blob_count(), 0);
        });
    }
}
