//! New rules reach what is there already: a pass over the bucket writes the looks that its rows want.
//!
//! Begun by the commit that changes the rules, and carried on slice by slice: each commit writes looks and how far it came. Rows that are written
//! meanwhile bring their looks themselves.

use base::Timestamp;
use service::Stop;
use store::{Key, Row};

use super::super::{Draft, Error, S3};
use super::due::Ruled;
use crate::tables::{
    DUE, DueKey, Id, Kept, Look, MARKERS, Noncurrent, OBJECTS, SPREADS, Spread, Stage, UPLOADS, VERSIONS,
};

/// Rows of one slice.
const SLICE: usize = 2_000;

impl Stage {
    const fn next(self) -> Option<Self> {
        match self {
            Stage::Objects => Some(Stage::Versions),
            Stage::Versions => Some(Stage::Markers),
            Stage::Markers => Some(Stage::Uploads),
            Stage::Uploads => None,
        }
    }
}

/// A row's key, its look and the upload it is about.
struct Wish {
    passed: Key,
    key: String,
    upload: Id,
    at: Option<Timestamp>,
}

impl S3 {
    /// Adds to the draft that a bucket's rules have changed.
    pub(in super::super) fn begin_spread(&self, draft: &mut Draft, bucket: Id, name: &str) {
        let spread =
            Spread { bucket: name.to_owned(), since: self.now(), stage: Stage::Objects, passed: Vec::new() };
        draft.commit.put(SPREADS, &bucket, &spread);
        draft.due = true;
    }

    /// Carries on every pass there is.
    pub(crate) async fn spread_rules(&self, stop: Option<&Stop>) -> Result<(), Error> {
        let (mut start, end) = SPREADS.prefix(|_| {});
        loop {
            let page = SPREADS.scan(&*self.snapshot(), (start, end.clone()), 1).await?;
            let Some((bucket, _)) = page.first() else { return Ok(()) };
            start = store::key_after(&SPREADS.key(bucket));
            while !stop.is_some_and(Stop::is_asked) && self.spread_some(*bucket).await? {}
        }
    }

    /// A slice. True while there is more.
    async fn spread_some(&self, bucket: Id) -> Result<bool, Error> {
        let snapshot = self.snapshot();
        let Some(row) = SPREADS.get(&*snapshot, &bucket).await? else { return Ok(false) };
        let mut draft = self.draft();
        draft.commit.unchanged(SPREADS, &bucket, Some(&row));
        let ruled = self.find_ruled(&*snapshot, bucket, &row.value.bucket).await?;
        let next = match ruled.filter(|ruled| !ruled.rules.is_empty()) {
            Some(ruled) => {
                let wishes = wishes(&*snapshot, &ruled, &row).await?;
                let ended = wishes.len() < SLICE;
                let passed = wishes.last().map(|wish| wish.passed.to_vec());
                for wish in wishes {
                    let Some(at) = wish.at else { continue };
                    let key =
                        DueKey { at: at.max(row.value.since), bucket, key: wish.key, upload: wish.upload };
                    draft.commit.put(DUE, &key, &Look { bucket: row.value.bucket.clone() });
                }
                match (ended, passed) {
                    (false, Some(passed)) => Some(Spread { passed, ..row.value }),
                    (true, _) | (false, None) => {
                        row.value.stage.next().map(|stage| Spread { stage, passed: Vec::new(), ..row.value })
                    }
                }
            }
            None => None,
        };
        match &next {
            Some(next) => draft.commit.put(SPREADS, &bucket, next),
            None => draft.commit.delete(SPREADS, &bucket),
        };
        // If the rules have changed meanwhile, the pass begins again.
        let done = self.settle(draft).await?;
        Ok(!done || next.is_some())
    }
}

/// The next rows of a pass.
async fn wishes(
    snapshot: &dyn store::Snapshot,
    ruled: &Ruled,
    row: &Row<Spread>,
) -> Result<Vec<Wish>, Error> {
    let id = ruled.bucket.value.id;
    let passed = &row.value.passed;
    let after = |(start, end): (Key, Key)| {
        let start = if passed.is_empty() { start } else { store::key_after(passed) };
        (start, end)
    };
    let none = Id(0);
    Ok(match row.value.stage {
        Stage::Objects => {
            let rows = OBJECTS.scan(snapshot, after(OBJECTS.prefix(|key| _ = key.u128(id.0))), SLICE).await?;
            let wish = |(key, row): (crate::tables::ObjectKey, Row<crate::tables::Object>)| Wish {
                passed: OBJECTS.key(&key),
                at: ruled.look_at_head(&key.key, &Kept::Object(row.value)),
                key: key.key,
                upload: none,
            };
            rows.into_iter().map(wish).collect()
        }
        Stage::Markers => {
            let rows = MARKERS.scan(snapshot, after(MARKERS.prefix(|key| _ = key.u128(id.0))), SLICE).await?;
            let wish = |(key, row): (crate::tables::ObjectKey, Row<crate::tables::Marker>)| Wish {
                passed: MARKERS.key(&key),
                at: ruled.look_at_head(&key.key, &Kept::Marker(row.value)),
                key: key.key,
                upload: none,
            };
            rows.into_iter().map(wish).collect()
        }
        Stage::Versions => {
            let rows =
                VERSIONS.scan(snapshot, after(VERSIONS.prefix(|key| _ = key.u128(id.0))), SLICE).await?;
            let wish = |(key, row): (crate::tables::VersionKey, Row<Noncurrent>)| Wish {
                passed: VERSIONS.key(&key),
                at: ruled.look_at_older(&key.key, &row.value),
                key: key.key,
                upload: none,
            };
            rows.into_iter().map(wish).collect()
        }
        Stage::Uploads => {
            let rows = UPLOADS.scan(snapshot, after(UPLOADS.prefix(|key| _ = key.u128(id.0))), SLICE).await?;
            let wish = |(key, row): (crate::tables::UploadKey, Row<crate::tables::Upload>)| Wish {
                passed: UPLOADS.key(&key),
                at: ruled.rules.abort(&key.key, row.value.initiated, ruled.calendar).map(|(at, _)| at),
                key: key.key,
                upload: key.upload,
            };
            rows.into_iter().map(wish).collect()
        }
    })
}
