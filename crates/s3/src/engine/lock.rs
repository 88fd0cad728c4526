//! Object lock: what keeps a version from being deleted or overwritten, and until when.
//!
//! A version is locked by a retention whose time has not come, by a legal hold, or by both. A governance retention gives way to who may
//! bypass it, a compliance retention to nobody, a hold to who may lift it. The time is that of the domain's clock. Putting over a locked
//! version, or marking the key as deleted, is free: the version stays below. Whoever lets go of a version's contents asks
//! [`Lock::protects`] first.

use std::time::Duration;

use base::Timestamp;

use super::objects::Place;
use super::versions::Wanted;
use super::{Error, S3};
use crate::tables::{
    Bucket, BucketLock, DefaultRetention, Lock, LockMode, Object, Retention, RetentionLength, Versioning,
};

const DAY: Duration = Duration::from_secs(24 * 3_600);
/// Days of a year, as retentions count them.
const YEAR_DAYS: u32 = 365;

impl LockMode {
    /// Its word on the wire.
    pub const fn name(self) -> &'static str {
        match self {
            LockMode::Governance => "GOVERNANCE",
            LockMode::Compliance => "COMPLIANCE",
        }
    }

    /// The mode of that word.
    pub fn of(name: &str) -> Option<Self> {
        [LockMode::Governance, LockMode::Compliance].into_iter().find(|mode| mode.name() == name)
    }
}

impl RetentionLength {
    fn duration(self) -> Duration {
        match self {
            RetentionLength::Days(days) => DAY.saturating_mul(days),
            RetentionLength::Years(years) => DAY.saturating_mul(YEAR_DAYS).saturating_mul(years),
        }
    }
}

impl Retention {
    /// Whether it still holds at this time.
    fn holds(&self, now: Timestamp) -> bool {
        self.until > now
    }

    /// Whether it keeps a version at least as well and as long.
    fn is_no_less(&self, than: &Retention) -> bool {
        self.until >= than.until && (self.mode == than.mode || self.mode == LockMode::Compliance)
    }

    /// Whether this one may take its place: later is free, everything else is up to who may bypass governance.
    fn gives_way(&self, next: Option<&Retention>, now: Timestamp, bypass: bool) -> bool {
        if !self.holds(now) || (self.mode == LockMode::Governance && bypass) {
            return true;
        }
        next.is_some_and(|next| next.mode == self.mode && next.until >= self.until)
    }
}

impl Lock {
    /// Whether anything is said.
    pub fn is_any(&self) -> bool {
        self.retention.is_some() || self.hold.is_some()
    }

    /// Whether the version must stay. `bypass`: the caller asks to bypass governance, and may.
    pub fn protects(&self, now: Timestamp, bypass: bool) -> bool {
        let retained = self.retention.is_some_and(|retention| {
            retention.holds(now) && !(retention.mode == LockMode::Governance && bypass)
        });
        retained || self.hold == Some(true)
    }

    /// What a replica is locked with once its source's lock is carried to it: the source's, where that is no less than what holds.
    pub(super) fn raised_by(self, source: Lock, now: Timestamp) -> Lock {
        let stays = self
            .retention
            .filter(|held| held.holds(now) && !source.retention.is_some_and(|next| next.is_no_less(held)));
        let hold = if self.hold == Some(true) { self.hold } else { source.hold.or(self.hold) };
        Lock { retention: stays.or(source.retention).or(self.retention), hold }
    }
}

/// What a new object of this bucket is locked with: what its writer asks for, or what the bucket has for all.
pub(super) fn lock_of_new(bucket: &Bucket, asked: Lock, born: Timestamp) -> Result<Lock, Error> {
    let Some(lock) = bucket.lock else {
        return if asked.is_any() { Err(without_lock()) } else { Ok(asked) };
    };
    let usual =
        lock.default.map(|usual| Retention { mode: usual.mode, until: born.plus(usual.length.duration()) });
    Ok(Lock { retention: asked.retention.or(usual), ..asked })
}

fn without_lock() -> Error {
    Error::Request("Bucket is missing Object Lock Configuration".to_owned())
}

impl S3 {
    /// Switches a bucket's object lock on, or changes its default retention.
    pub async fn set_bucket_lock(&self, name: &str, default: Option<DefaultRetention>) -> Result<(), Error> {
        self.change_bucket(name, |bucket| {
            if bucket.versioning != Versioning::Enabled {
                let text = "Versioning must be 'Enabled' on the bucket to apply a Object Lock configuration";
                return Err(Error::BucketState(text));
            }
            bucket.lock = Some(BucketLock { default });
            Ok(())
        })
        .await
    }

    /// Gives a version another retention, or none.
    pub async fn set_retention(
        &self,
        place: Place<'_>,
        wanted: Wanted,
        retention: Option<Retention>,
        bypass: bool,
    ) -> Result<(), Error> {
        let now = self.now();
        self.amend_lock(place, wanted, |object| {
            if object.lock.retention.is_some_and(|held| !held.gives_way(retention.as_ref(), now, bypass)) {
                return Err(Error::Locked);
            }
            object.lock.retention = retention;
            Ok(())
        })
        .await
    }

    /// Sets a version's legal hold on or off.
    pub async fn set_hold(&self, place: Place<'_>, wanted: Wanted, hold: bool) -> Result<(), Error> {
        self.amend_lock(place, wanted, |object| {
            object.lock.hold = Some(hold);
            Ok(())
        })
        .await
    }

    async fn amend_lock(
        &self,
        place: Place<'_>,
        wanted: Wanted,
        change: impl Fn(&mut Object) -> Result<(), Error>,
    ) -> Result<(), Error> {
        // A bucket that has object lock keeps it.
        check_bucket_lock(&self.find_bucket(&*self.snapshot(), place.bucket).await?.value)?;
        self.amend(place, wanted, change).await.map(|_| ())
    }
}

/// Refuses what only buckets with object lock know.
pub fn check_bucket_lock(bucket: &Bucket) -> Result<(), Error> {
    if bucket.lock.is_some() { Ok(()) } else { Err(without_lock()) }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::objects::Deletion;
    use super::super::testing::room;
    use super::*;

    const NOW: Timestamp = Timestamp::from_secs(1_000_000);

    fn retention(mode: LockMode, secs: i64) -> Retention {
        Retention { mode, until: Timestamp::from_secs(1_000_000 + secs) }
    }

    fn any_retention() -> impl Strategy<Value = Retention> {
        (any::<bool>(), -5i64..5).prop_map(|(governance, secs)| {
            retention(if governance { LockMode::Governance } else { LockMode::Compliance }, secs)
        })
    }

    proptest! {
        /// Nobody gets rid of a lock in two steps who could not delete at once.
        #[test]
        fn what_protects_gives_way_to_no_less(
            held in any_retention(), next in prop::option::of(any_retention()), bypass: bool, secs in 0i64..5
        ) {
            let later = NOW.plus(Duration::from_secs(secs.unsigned_abs()));
            let lock = |retention| Lock { retention, hold: None };
            if lock(Some(held)).protects(later, bypass) && held.gives_way(next.as_ref(), NOW, bypass) {
                prop_assert!(lock(next).protects(later, bypass));
            }
        }
    }

    proptest! {
        #[test]
        fn a_replica_is_never_kept_less_than_before(
            held in prop::option::of(any_retention()), next in prop::option::of(any_retention()),
            holds: [Option<bool>; 2], bypass: bool, secs in 0i64..10,
        ) {
            let later = NOW.plus(Duration::from_secs(secs.unsigned_abs()));
            let held = Lock { retention: held, hold: holds[0] };
            let next = Lock { retention: next, hold: holds[1] };
            let raised = held.raised_by(next, NOW);
            prop_assert!(raised.protects(later, bypass) || !held.protects(later, bypass));
            if !held.protects(NOW, false) {
                prop_assert!(raised.protects(later, bypass) || !next.protects(later, bypass));
            }
        }
    }

    #[test]
    fn a_hold_protects_whatever_the_retention() {
        let lock = Lock { retention: Some(retention(LockMode::Governance, -1)), hold: Some(true) };
        assert!(lock.protects(NOW, true));
        assert!(!Lock { hold: Some(false), ..lock }.protects(NOW, false));
    }

    #[tokio::test]
    async fn a_locked_version_stays_and_its_key_may_be_marked() {
        let s3 = room();
        s3.make("bucket").await;
        let enabled = s3.set_bucket_lock("bucket", None).await;
        assert!(matches!(enabled, Err(Error::BucketState(_))));
        s3.set_versioning("bucket", Versioning::Enabled).await.unwrap();
        let length = RetentionLength::Days(1);
        let default = Some(DefaultRetention { mode: LockMode::Compliance, length });
        s3.set_bucket_lock("bucket", default).await.unwrap();
        let suspended = s3.set_versioning("bucket", Versioning::Suspended).await;
        assert!(matches!(suspended, Err(Error::BucketState(_))));
        let object = s3.put_text("bucket", "key", "text").await;
        assert_eq!(object.lock.retention.unwrap().until, object.modified.plus(DAY));
        let version = Wanted::Id(object.version);
        let delete = async |version, bypass| {
            let deletion = Deletion { key: "key".to_owned(), version, bypass, ..Deletion::default() };
            s3.delete("bucket", &[deletion]).await.unwrap()[0].clone()
        };
        assert_eq!(delete(version, true).await, Err(Error::Locked));
        assert!(delete(Wanted::Current, false).await.is_ok());
        assert_eq!(delete(version, true).await, Err(Error::Locked));
        s3.clock().advance(DAY);
        assert!(delete(version, false).await.is_ok());
    }
}
