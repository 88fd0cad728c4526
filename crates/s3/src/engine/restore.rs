//! Archived objects: what keeps them from being read, and restoring them.
//!
//! Nothing has to run for an object to become restored, or to stop being so: what was asked for stands in its row, and the clock tells what
//! has become of it. Background work makes the readable copy ([`super::homes`]), without which the archive itself is read, and clears away what
//! is over.
//!
//! ```text
//!  archived ── restore ──► ongoing ── hours ──► restored ── days, up to midnight UTC ──► archived      GLACIER, DEEP_ARCHIVE
//!  archive tier ─ restore ► ongoing ── hours ──► Frequent Access                                       INTELLIGENT_TIERING
//! ```
//!
//! | | Expedited | Standard | Bulk |
//! |---|---|---|---|
//! | `GLACIER`, `ARCHIVE_ACCESS` | 3 minutes (AWS: 1 to 5) | 4 hours (3 to 5) | 8 hours (5 to 12) |
//! | `DEEP_ARCHIVE`, `DEEP_ARCHIVE_ACCESS` | refused | 12 hours | 48 hours |

use std::time::Duration;

use base::Timestamp;

use super::events::What;
use super::lifecycle::calendar::{Calendar, DAY};
use super::objects::Place;
use super::versions::{Wanted, rewrite};
use super::{ATTEMPTS_MAX, Error, S3};
use crate::tables::{
    ArchiveTier, DUE, DueKey, EventMore, Id, Look, Object, Placement, Restore, RetrievalTier, Stamp,
    StorageClass,
};

const MINUTE: Duration = Duration::from_secs(60);
const HOUR: Duration = Duration::from_secs(3_600);

/// Where an object lies that cannot be read at once.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Archive {
    /// In an archive class.
    Class(StorageClass),
    /// In an archive tier of `INTELLIGENT_TIERING`.
    Tier(ArchiveTier),
}

/// What became of a restore.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum RestoreState {
    /// Nothing was asked for, or it is over.
    None,
    /// It takes its time.
    Ongoing,
    /// A copy is there until then.
    Restored(Timestamp),
}

/// What RestoreObject asks for.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct RestoreRequest {
    /// For how many days.
    pub days: Option<i32>,
    /// How fast.
    pub tier: RetrievalTier,
}

/// What RestoreObject did.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Restoring {
    /// It has begun, or goes on faster.
    Begun,
    /// A copy was there: it stays for other days.
    Extended,
}

impl RetrievalTier {
    /// The tier of that name.
    pub fn of_name(name: &str) -> Option<Self> {
        match name {
            "Bulk" => Some(Self::Bulk),
            "Standard" => Some(Self::Standard),
            "Expedited" => Some(Self::Expedited),
            _ => None,
        }
    }
}

impl ArchiveTier {
    /// AWS's name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Archive => "ARCHIVE_ACCESS",
            Self::DeepArchive => "DEEP_ARCHIVE_ACCESS",
        }
    }
}

impl Archive {
    fn is_deep(self) -> bool {
        match self {
            Archive::Class(class) => class == StorageClass::DeepArchive,
            Archive::Tier(tier) => tier == ArchiveTier::DeepArchive,
        }
    }

    /// How long a restore takes. `None`: it is not to be had that fast.
    fn takes(self, tier: RetrievalTier) -> Option<Duration> {
        match (self.is_deep(), tier) {
            (false, RetrievalTier::Expedited) => Some(3 * MINUTE),
            (false, RetrievalTier::Standard) => Some(4 * HOUR),
            (false, RetrievalTier::Bulk) => Some(8 * HOUR),
            (true, RetrievalTier::Expedited) => None,
            (true, RetrievalTier::Standard) => Some(12 * HOUR),
            (true, RetrievalTier::Bulk) => Some(48 * HOUR),
        }
    }
}

impl Placement {
    /// The archive an object of this class is in.
    pub fn archive(&self, class: StorageClass, now: Timestamp) -> Option<Archive> {
        match class {
            StorageClass::Glacier | StorageClass::DeepArchive => Some(Archive::Class(class)),
            StorageClass::IntelligentTiering => {
                let is_back = self.restore.is_some_and(|restore| restore.ready <= now);
                self.tier.filter(|_| !is_back).map(Archive::Tier)
            }
            StorageClass::Standard
            | StorageClass::ReducedRedundancy
            | StorageClass::StandardIa
            | StorageClass::OnezoneIa
            | StorageClass::GlacierIr => None,
        }
    }

    /// What became of a restore.
    pub fn restore_state(&self, now: Timestamp) -> RestoreState {
        match self.restore {
            Some(restore) if now < restore.ready => RestoreState::Ongoing,
            Some(Restore { until: Some(Stamp(until)), .. }) if now < until => RestoreState::Restored(until),
            Some(_) | None => RestoreState::None,
        }
    }

    /// Refuses to read what lies in an archive. `as_source`: it is to be copied.
    pub fn check_readable(&self, class: StorageClass, now: Timestamp, as_source: bool) -> Result<(), Error> {
        match (self.archive(class, now), self.restore_state(now)) {
            (None, _) | (Some(Archive::Class(_)), RestoreState::Restored(_)) => Ok(()),
            (Some(archive), RestoreState::None | RestoreState::Ongoing | RestoreState::Restored(_)) => {
                let tier = match archive {
                    Archive::Class(_) => None,
                    Archive::Tier(tier) => Some(tier),
                };
                Err(Error::Archived { class, tier, as_source })
            }
        }
    }

    /// Restores an object of this class: what then stands in its row.
    pub fn restored(
        &self,
        class: StorageClass,
        now: Timestamp,
        request: RestoreRequest,
    ) -> Result<(Placement, Restoring), Error> {
        let Some(archive) = self.archive(class, now) else {
            return Err(not_archived(class));
        };
        let days = check_days(archive, request.days)?;
        let takes = archive.takes(request.tier).ok_or_else(|| {
            let text = "Retrieval option is not supported by this storage class";
            Error::argument("Tier", "Expedited", text)
        })?;
        let state = self.restore_state(now);
        let restore = match (state, self.restore) {
            (RestoreState::Ongoing, Some(running)) => {
                if request.tier <= running.tier || days != running.days {
                    return Err(Error::RestoreInProgress);
                }
                let ready = running.ready.min(now.plus(takes));
                Restore { tier: request.tier, ready, ..running }
            }
            (RestoreState::Restored(_), Some(there)) => {
                Restore { days, until: days.map(|days| Stamp(expiry(now, now, days))), ..there }
            }
            (RestoreState::None | RestoreState::Ongoing | RestoreState::Restored(_), _) => {
                let ready = now.plus(takes);
                let until = days.map(|days| Stamp(expiry(now, ready, days)));
                // A copy whose end was not cleared away yet serves again.
                let copy = self.restore.and_then(|restore| restore.copy);
                Restore { requested: now, tier: request.tier, days, ready, until, copy, told: false }
            }
        };
        let done = match state {
            RestoreState::Restored(_) => Restoring::Extended,
            RestoreState::None | RestoreState::Ongoing => Restoring::Begun,
        };
        Ok((Placement { restore: Some(restore), ..*self }, done))
    }

    /// When something of it is over or has come: the copy's end, or the return to Frequent Access.
    pub fn ripe_at(&self, class: StorageClass) -> Option<Timestamp> {
        let restore = self.restore?;
        match class {
            StorageClass::IntelligentTiering => Some(restore.ready),
            StorageClass::Standard
            | StorageClass::ReducedRedundancy
            | StorageClass::StandardIa
            | StorageClass::OnezoneIa
            | StorageClass::GlacierIr
            | StorageClass::Glacier
            | StorageClass::DeepArchive => Some(restore.until.map_or(restore.ready, |Stamp(until)| until)),
        }
    }

    /// Cleared of what is over at a time.
    pub fn ripened(&self, class: StorageClass, at: Timestamp) -> Placement {
        match (self.ripe_at(class), self.restore) {
            (Some(ripe), Some(restore)) if ripe <= at => {
                let back = class == StorageClass::IntelligentTiering;
                Placement {
                    restore: None,
                    accessed: if back { Some(Stamp(restore.ready)) } else { self.accessed },
                    tier: if back { None } else { self.tier },
                    ..*self
                }
            }
            (Some(_) | None, _) => *self,
        }
    }

    /// Until when no transition takes it: a restored copy is there, or on its way.
    pub fn busy_until(&self) -> Option<Timestamp> {
        let restore = self.restore?;
        Some(restore.until.map_or(restore.ready, |Stamp(until)| until))
    }

    /// When an `INTELLIGENT_TIERING` object was last used.
    pub fn last_used(&self, modified: Timestamp) -> Timestamp {
        self.accessed.map_or(modified, |Stamp(accessed)| accessed.max(modified))
    }
}

impl Object {
    /// The archive it lies in.
    pub fn archive(&self, now: Timestamp) -> Option<Archive> {
        self.placement.archive(self.attributes.class, now)
    }

    /// Refuses to read it from an archive. `as_source`: it is to be copied.
    pub fn check_readable(&self, now: Timestamp, as_source: bool) -> Result<(), Error> {
        self.placement.check_readable(self.attributes.class, now, as_source)
    }

    /// Refuses to restore what is not archived.
    pub fn check_archived(&self, now: Timestamp) -> Result<(), Error> {
        let class = self.attributes.class;
        match self.placement.archive(class, now) {
            Some(_) => Ok(()),
            None => Err(not_archived(class)),
        }
    }
}

impl S3 {
    /// Restores a version. Durable when it returns.
    pub async fn restore(
        &self,
        place: Place<'_>,
        wanted: Wanted,
        request: RestoreRequest,
    ) -> Result<Restoring, Error> {
        for attempt in 0..ATTEMPTS_MAX {
            let snapshot = self.snapshot();
            let bucket = self.find_bucket(&*snapshot, place.bucket).await?;
            let found = self.find_version(&*snapshot, &bucket.value, place.key, wanted).await?;
            let mut object = found.row.value.clone();
            let class = object.attributes.class;
            let (placement, done) = object.placement.restored(class, self.now(), request)?;
            object.placement = placement;
            let mut draft = self.draft();
            self.enter(&*snapshot, &mut draft, place.bucket, &bucket, attempt).await?;
            if done == Restoring::Begun {
                let what = What::Object(&object);
                self.note_event(&mut draft, "ObjectRestore:Post", place.key, &what, &EventMore::Nothing);
            }
            rewrite(&mut draft, &found, object);
            // Nothing else says when it is there, and in a bucket without rules nothing when to clear away what is over.
            let ready = placement.restore.map(|restore| restore.ready);
            for at in placement.ripe_at(class).into_iter().chain(ready) {
                draft.due = true;
                let key = DueKey { at, bucket: bucket.value.id, key: place.key.to_owned(), upload: Id(0) };
                draft.commit.put(DUE, &key, &Look { bucket: place.bucket.to_owned() });
            }
            if self.settle(draft).await? {
                return Ok(done);
            }
        }
        Err(S3::too_contended())
    }
}

fn not_archived(class: StorageClass) -> Error {
    match class {
        StorageClass::IntelligentTiering => Error::InActiveTier,
        StorageClass::Standard
        | StorageClass::ReducedRedundancy
        | StorageClass::StandardIa
        | StorageClass::OnezoneIa
        | StorageClass::GlacierIr
        | StorageClass::Glacier
        | StorageClass::DeepArchive => Error::NotArchived,
    }
}

/// The days a restore is asked for: required of archive classes, forbidden in archive tiers.
fn check_days(archive: Archive, days: Option<i32>) -> Result<Option<u32>, Error> {
    match (archive, days) {
        (Archive::Tier(_), None) => Ok(None),
        (Archive::Tier(_), Some(days)) => Err(Error::argument(
            "Days",
            days.to_string(),
            "INTELLIGENT_TIERING objects are not subject to restore expiry. Do not specify Days when restoring this object",
        )),
        (Archive::Class(_), None) => Err(Error::MalformedXml),
        (Archive::Class(_), Some(days)) => match u32::try_from(days) {
            Ok(days) if days > 0 => Ok(Some(days)),
            Ok(_) | Err(_) => {
                Err(Error::argument("Days", days.to_string(), "restoration days should be at least 1"))
            }
        },
    }
}

/// The midnight UTC at which a copy goes: days after it was asked for; where it would not be there by then, after it has come.
fn expiry(requested: Timestamp, ready: Timestamp, days: u32) -> Timestamp {
    let end = |from: Timestamp| Calendar::AWS.midnight_from(from.plus(DAY * days));
    let asked = end(requested);
    if asked > ready { asked } else { end(ready) }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// 2026-10-15T10:30:00Z.
    const ASKED: Timestamp = Timestamp::from_secs(1_792_060_200);
    const MIDNIGHT: Timestamp = Timestamp::from_secs(1_792_022_400);
    const GLACIER: StorageClass = StorageClass::Glacier;

    fn ask(days: i32, tier: RetrievalTier) -> RestoreRequest {
        RestoreRequest { days: Some(days), tier }
    }

    #[test]
    fn a_restore_comes_after_hours_and_goes_at_midnight() {
        let archived = Placement::default();
        assert!(archived.check_readable(GLACIER, ASKED, false).is_err());
        let (placed, done) = archived.restored(GLACIER, ASKED, ask(3, RetrievalTier::Standard)).unwrap();
        assert_eq!(done, Restoring::Begun);
        assert_eq!(placed.restore_state(ASKED.plus(3 * HOUR)), RestoreState::Ongoing);
        assert!(placed.check_readable(GLACIER, ASKED.plus(3 * HOUR), false).is_err());
        let end = MIDNIGHT.plus(DAY * 4);
        assert_eq!(placed.restore_state(ASKED.plus(4 * HOUR)), RestoreState::Restored(end));
        assert_eq!(placed.check_readable(GLACIER, end.minus(MINUTE), true), Ok(()));
        assert_eq!(placed.restore_state(end), RestoreState::None);
        // On 16 October at 11:00 to one day: 18 October.
        let later = ASKED.plus(DAY).plus(30 * MINUTE);
        let (placed, done) = placed.restored(GLACIER, later, ask(1, RetrievalTier::Standard)).unwrap();
        assert_eq!(done, Restoring::Extended);
        assert_eq!(placed.restore_state(later), RestoreState::Restored(MIDNIGHT.plus(DAY * 3)));
    }

    #[test]
    fn a_running_restore_is_made_faster_and_nothing_else() {
        let begin = |tier| Placement::default().restored(GLACIER, ASKED, ask(2, tier)).unwrap().0;
        let running = begin(RetrievalTier::Bulk);
        let again = |request| running.restored(GLACIER, ASKED.plus(HOUR), request);
        assert_eq!(again(ask(2, RetrievalTier::Bulk)), Err(Error::RestoreInProgress));
        assert_eq!(again(ask(3, RetrievalTier::Expedited)), Err(Error::RestoreInProgress));
        let (faster, done) = again(ask(2, RetrievalTier::Expedited)).unwrap();
        assert_eq!((faster.restore.unwrap().ready, done), (ASKED.plus(HOUR + 3 * MINUTE), Restoring::Begun));
        let standard = begin(RetrievalTier::Standard);
        let slower = standard.restored(GLACIER, ASKED, ask(2, RetrievalTier::Bulk));
        assert_eq!(slower, Err(Error::RestoreInProgress));
        // An upgrade just before the end does not put the end off.
        let late = ASKED.plus(8 * HOUR - MINUTE);
        let (upgraded, _) = running.restored(GLACIER, late, ask(2, RetrievalTier::Standard)).unwrap();
        assert_eq!(upgraded.restore.unwrap().ready, running.restore.unwrap().ready);
    }

    #[test]
    fn what_is_not_archived_is_not_restored() {
        let asked = |class, placement: Placement| {
            placement.restored(class, ASKED, ask(0, RetrievalTier::Expedited)).map(|(_, done)| done)
        };
        assert_eq!(asked(StorageClass::Standard, Placement::default()), Err(Error::NotArchived));
        assert_eq!(asked(StorageClass::GlacierIr, Placement::default()), Err(Error::NotArchived));
        let tiered = StorageClass::IntelligentTiering;
        assert_eq!(asked(tiered, Placement::default()), Err(Error::InActiveTier));
        assert!(matches!(asked(GLACIER, Placement::default()), Err(Error::Argument { name: "Days", .. })));
        let no_days = RestoreRequest::default();
        assert_eq!(Placement::default().restored(GLACIER, ASKED, no_days), Err(Error::MalformedXml));
        let deep =
            Placement::default().restored(StorageClass::DeepArchive, ASKED, ask(1, RetrievalTier::Expedited));
        assert!(matches!(deep, Err(Error::Argument { name: "Tier", .. })));
    }

    #[test]
    fn a_tiered_object_comes_back_for_good() {
        let class = StorageClass::IntelligentTiering;
        let archived = Placement { tier: Some(ArchiveTier::Archive), ..Placement::default() };
        let refused = archived.check_readable(class, ASKED, false);
        let tier = Some(ArchiveTier::Archive);
        assert_eq!(refused, Err(Error::Archived { class, tier, as_source: false }));
        assert!(archived.restored(class, ASKED, ask(1, RetrievalTier::Standard)).is_err());
        let (placed, _) = archived.restored(class, ASKED, RestoreRequest::default()).unwrap();
        assert!(placed.check_readable(class, ASKED.plus(HOUR), false).is_err());
        let back = ASKED.plus(4 * HOUR);
        assert_eq!(placed.check_readable(class, back, false), Ok(()));
        assert_eq!(placed.restore_state(back), RestoreState::None);
        let ripe = placed.ripened(class, back);
        assert_eq!(ripe, Placement { accessed: Some(Stamp(back)), ..Placement::default() });
        assert_eq!(placed.ripened(class, back.minus(MINUTE)), placed);
    }

    proptest! {
        #[test]
        fn clearing_away_changes_nothing_that_clients_see(
            asked in 0i64..4_000_000_000, days in 1i32..400, tier in prop::sample::select(vec![
                RetrievalTier::Bulk, RetrievalTier::Standard, RetrievalTier::Expedited]),
            cleared in 0u64..40_000_000, looked in 0u64..40_000_000,
        ) {
            let asked = Timestamp::from_secs(asked);
            let (placed, _) = Placement::default().restored(GLACIER, asked, ask(days, tier)).unwrap();
            let (cleared, looked) = (Duration::from_secs(cleared.min(looked)), Duration::from_secs(looked));
            let clean = placed.ripened(GLACIER, asked.plus(cleared));
            let now = asked.plus(looked);
            prop_assert_eq!(clean.restore_state(now), placed.restore_state(now));
            let restore = placed.restore.unwrap();
            prop_assert!(restore.until.unwrap().0 > restore.ready, "a copy is there before it goes");
        }
    }
}
