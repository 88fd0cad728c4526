//! When objects of `INTELLIGENT_TIERING` were last read: at most one stamp an object and day, gathered in memory, then written to their rows.
//!
//! What is lost with the process is at most [`FLUSH_EVERY`] of reading; the object is then taken for less used than it is by that day.

use std::collections::HashMap;
use std::sync::Mutex;
use std::time::Duration;

use base::Timestamp;
use futures_util::{StreamExt, TryStreamExt, stream};

use super::super::classes::SMALL_BYTES;
use super::super::objects::Place;
use super::super::versions::{At, Found, Wanted};
use super::super::{Error, S3};
use crate::tables::{Id, Stamp, StorageClass, VersionId};

/// Stamps held at most. Beyond it reads are not noted until these are written.
const HELD_MAX: usize = 100_000;
/// Stamps that are written at once when there are so many.
const FLUSH_AT: usize = 1_000;
/// How long stamps wait otherwise.
pub(crate) const FLUSH_EVERY: Duration = Duration::from_secs(60);
/// Stamps written at the same time.
const WRITES_MAX: usize = 16;

/// Stamps that are not written yet.
#[derive(Default)]
pub(in super::super) struct Accesses(Mutex<Noted>);

#[derive(Default)]
struct Noted {
    since: Option<Timestamp>,
    stamps: HashMap<(Id, String, VersionId), Access>,
}

struct Access {
    bucket: String,
    at: Timestamp,
}

impl S3 {
    /// Notes that a version is being read.
    pub(crate) fn note_access(&self, bucket: &str, found: &Found) {
        let object = &found.row.value;
        if object.attributes.class != StorageClass::IntelligentTiering || object.bytes < SMALL_BYTES {
            return;
        }
        let (calendar, now) = (self.calendar(), self.now());
        if calendar.day_of(object.placement.last_used(object.modified)) >= calendar.day_of(now) {
            return;
        }
        let key = match &found.at {
            At::Head(at) => &at.key,
            At::Below(at, _) => &at.key,
        };
        let mut noted = self.accesses.0.lock().expect("nothing panics while stamps are held");
        if noted.stamps.len() >= HELD_MAX {
            return;
        }
        let is_first = noted.stamps.is_empty();
        noted.since.get_or_insert(now);
        noted.stamps.insert(
            (found.at.bucket(), key.clone(), object.version),
            Access { bucket: bucket.to_owned(), at: now },
        );
        if is_first || noted.stamps.len() == FLUSH_AT {
            self.due_wanted().notify_one();
        }
    }

    /// When the stamps that wait want to be written.
    pub(crate) fn accesses_wait_until(&self) -> Option<Timestamp> {
        let noted = self.accesses.0.lock().expect("nothing panics while stamps are held");
        let since = noted.since?;
        Some(if noted.stamps.len() >= FLUSH_AT { since } else { since.plus(FLUSH_EVERY) })
    }

    /// Writes all stamps.
    pub(crate) async fn flush_accesses(&self) -> Result<(), Error> {
        let noted =
            std::mem::take(&mut *self.accesses.0.lock().expect("nothing panics while stamps are held"));
        let write = |((_, key, version), access): ((Id, String, VersionId), Access)| async move {
            let place = Place { bucket: &access.bucket, key: &key };
            let wanted = if version.is_null() { Wanted::Null } else { Wanted::Id(version) };
            let stamp = |object: &mut crate::tables::Object| {
                let used = object.placement.last_used(object.modified);
                if object.attributes.class == StorageClass::IntelligentTiering && access.at > used {
                    object.placement.accessed = Some(Stamp(access.at));
                }
                Ok(())
            };
            match self.amend(place, wanted, stamp).await {
                Ok(_)
                | Err(
                    Error::NoSuchBucket(_)
                    | Error::NoSuchKey(_)
                    | Error::NoSuchVersion { .. }
                    | Error::DeleteMarker { .. },
                ) => Ok(()),
                Err(error) => Err(error),
            }
        };
        stream::iter(noted.stamps).map(write).buffer_unordered(WRITES_MAX).try_collect().await
    }
}
