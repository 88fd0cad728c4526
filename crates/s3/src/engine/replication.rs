//! Replication: versions of a bucket, put into others as they are, under the same ids.
//!
//! Whoever puts a version that a rule names writes a row of [`REPLICATIONS`] in the same commit, and marks the version as waiting; so nothing that was
//! acknowledged is forgotten. A task works the rows off:
//!
//! ```text
//! put ─ one commit: version (PENDING), row ─► for each target: one commit with the replica, unless it is there ─► one commit: COMPLETED, row gone
//! ```
//! A replica has its source's version id and Last-Modified, so that to write it a second time changes nothing: the task may stop anywhere and go on later.
//! What was changed of a version since (tags, its list, its lock) makes a row again, and makes the replica equal. What a role may not do, or what the
//! target is not ready for, or no rule names any more, is final (FAILED); what may pass is tried again, in its own time: what comes does not wait for it,
//! nor hasten it. Until then the lifecycle leaves the version alone. A replica's lock is never made less.
//!
//! All is done under the rule's role. Bytes under S3's own keys, and those under customers' keys, which nobody here can open, are referred to; those under KMS
//! keys are sealed anew under the rule's. Replicas are not replicated further, versions that are deleted by their ids stay where they were replicated to, and
//! what is archived as it comes is left out: all as on AWS. Differs: changes that are made of replicas are not carried back (`ReplicaModifications`), and
//! what was there before the rules is not replicated.

mod fresh;
mod replica;
mod rules;

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use base::{AccountId, Arn, Timestamp};
use futures_util::stream::{self, StreamExt};
use ports::{KeyError, PortError, Principal};
use service::{Caller, Stop};
use store::{Row, Snapshot};

use super::events::What;
use super::lifecycle::due::Ruled;
use super::lifecycle::rules::Rules;
use super::objects::Place;
use super::versions::{Found, Head, rewrite};
use super::{ATTEMPTS_MAX, Draft, Error, S3};
use crate::ops::access::replication_for_room;
use crate::tables::{
    Bucket, EventMore, Id, Kept, Marker, MoveKey, Object, REPLICATIONS, Replication, ReplicationStatus,
    VERSIONS, VersionKey, Versioning,
};
use replica::Sending;

pub(super) use fresh::Fresh;
pub use rules::{ReplicationRule, ReplicationRules, Selection};

/// Rows read at once.
const PAGE: usize = 256;
/// Versions that are replicated at the same time.
const AT_ONCE: usize = 8;
/// How often all that waits is gone over.
const EVERY: Duration = Duration::from_secs(3_600);
/// How long what could not be replicated waits.
const RETRY: Duration = Duration::from_secs(30);
/// The service that replicates, as trust policies name it.
const SERVICE: &str = "s3.amazonaws.com";
/// The name of its sessions.
const SESSION: &str = "s3-replication";

/// A bucket that is replicated.
#[derive(Clone)]
pub(super) struct Replicated {
    pub name: String,
    pub rules: Arc<Rules>,
}

impl Draft {
    /// Notes that a version which the draft puts is to be replicated, and marks it.
    pub(super) fn note_replication(&mut self, bucket: Id, key: &str, object: &mut Object, now: Timestamp) {
        if object.placement.replication == Some(ReplicationStatus::Replica) || object.version.is_null() {
            return;
        }
        let named = |rules: &Rules| {
            rules.replication.as_ref().is_some_and(|rules| !rules.of_object(key, object).is_empty())
        };
        let Some(replicated) = self.replicated.clone().filter(|replicated| named(&replicated.rules)) else {
            return;
        };
        object.placement.replication = Some(ReplicationStatus::Pending);
        self.wait(replicated, MoveKey { bucket, key: key.to_owned(), version: object.version }, false, now);
    }

    /// As [`Draft::note_replication`], of what was changed about a version that rules named before.
    pub(super) fn note_change(&mut self, bucket: Id, key: &str, object: &mut Object, now: Timestamp) {
        match object.placement.replication {
            Some(ReplicationStatus::Pending | ReplicationStatus::Completed | ReplicationStatus::Failed) => {
                self.note_replication(bucket, key, object, now)
            }
            Some(ReplicationStatus::Replica) | None => {}
        }
    }

    /// As [`Draft::note_replication`], of a delete marker.
    pub(super) fn note_marker(&mut self, bucket: Id, key: &str, marker: &Marker) {
        let named =
            |rules: &Rules| rules.replication.as_ref().is_some_and(|rules| !rules.of_marker(key).is_empty());
        let Some(replicated) = self.replicated.clone().filter(|replicated| named(&replicated.rules)) else {
            return;
        };
        if !marker.version.is_null() {
            let at = MoveKey { bucket, key: key.to_owned(), version: marker.version };
            self.wait(replicated, at, true, marker.modified);
        }
    }

    fn wait(&mut self, replicated: Replicated, at: MoveKey, marker: bool, since: Timestamp) {
        let row = Replication { bucket: replicated.name, since, marker };
        self.commit.put(REPLICATIONS, &at, &row);
        self.replicates.push(at);
    }
}

/// Why a version is not replicated.
enum Why {
    /// It will never be.
    Final(String),
    /// It may be, later.
    Passing(Error),
}

impl From<Error> for Why {
    fn from(error: Error) -> Self {
        match error {
            Error::Full
            | Error::Unavailable(_)
            | Error::Internal(_)
            | Error::Body(_)
            | Error::Key(KeyError::Unavailable(_)) => Why::Passing(error),
            other => Why::Final(other.to_string()),
        }
    }
}

impl From<store::ReadError> for Why {
    fn from(error: store::ReadError) -> Self {
        Error::from(error).into()
    }
}

/// What waits, as it was found.
struct Waiting {
    key: MoveKey,
    ruled: Ruled,
    role: Principal,
}

impl S3 {
    /// Woken when there is something to replicate.
    pub(crate) fn replications_wanted(&self) -> &tokio::sync::Notify {
        &self.replications
    }

    /// Has versions tried whose commit is over, without the others that wait.
    pub(super) fn replicate_soon(&self, keys: Vec<MoveKey>) {
        self.fresh.add(keys);
        self.replications.notify_one();
    }

    /// Replicates what came since the last time and, once it is `again`, all that waits. Returns when to go over all of it again.
    pub(crate) async fn replicate(&self, again: Timestamp, stop: Option<&Stop>) -> Result<Timestamp, Error> {
        let (fresh, is_lost) = self.fresh.take();
        let mut is_left = self.replicate_fresh(fresh).await;
        let mut again = again;
        if is_lost || self.now() >= again {
            is_left |= self.replicate_all(stop).await?;
            again = self.now().plus(EVERY);
        }
        Ok(if is_left { again.min(self.now().plus(RETRY)) } else { again })
    }

    /// Replicates these, if they wait. `true`: something is left, to be tried again later.
    async fn replicate_fresh(&self, keys: BTreeSet<MoveKey>) -> bool {
        let each = keys.into_iter().map(|key| async move {
            let done = async {
                match REPLICATIONS.get(&*self.snapshot(), &key).await? {
                    Some(row) => self.replicate_one(&key, row).await,
                    None => Ok(()),
                }
            };
            is_put_off(&key, done.await)
        });
        stream::iter(each).buffer_unordered(AT_ONCE).fold(false, async |left, this| left | this).await
    }

    /// Replicates all that waits, and between its pages what comes. `true`: something is left, to be tried again later.
    async fn replicate_all(&self, stop: Option<&Stop>) -> Result<bool, Error> {
        let mut is_left = false;
        let (mut start, end) = REPLICATIONS.prefix(|_| {});
        loop {
            if stop.is_some_and(Stop::is_asked) {
                return Ok(true);
            }
            let page = REPLICATIONS.scan(&*self.snapshot(), (start, end.clone()), PAGE).await?;
            let Some((last, _)) = page.last() else { return Ok(is_left) };
            start = store::key_after(&REPLICATIONS.key(last));
            let each = page.into_iter().map(|(key, row)| async move {
                let done = self.replicate_one(&key, row).await;
                is_put_off(&key, done)
            });
            is_left |= stream::iter(each)
                .buffer_unordered(AT_ONCE)
                .fold(false, async |left, this| left | this)
                .await;
            let (fresh, is_lost) = self.fresh.take();
            is_left |= is_lost | self.replicate_fresh(fresh).await;
        }
    }

    async fn replicate_one(&self, key: &MoveKey, first: Row<Replication>) -> Result<(), Error> {
        let mut row = Some(first);
        for _ in 0..ATTEMPTS_MAX {
            let Some(seen) = row else { return Ok(()) };
            let snapshot = self.snapshot();
            let ruled = self.find_ruled(&*snapshot, key.bucket, &seen.value.bucket).await?;
            let Some(ruled) = ruled else { return self.forget_replication(key, &seen).await.map(drop) };
            let sent = match self.role_of(&ruled).await {
                Ok(role) => {
                    let waiting = Waiting { key: key.clone(), ruled, role };
                    if seen.value.marker {
                        self.send_marker(&*snapshot, &waiting).await
                    } else {
                        self.send_object(&*snapshot, &waiting).await
                    }
                }
                Err(why) => Err(why),
            };
            let status = match sent {
                Ok(()) => ReplicationStatus::Completed,
                Err(Why::Passing(error)) => return Err(error),
                Err(Why::Final(text)) => {
                    tracing::warn!(
                        text,
                        bucket = seen.value.bucket,
                        key = key.key,
                        "a version is not replicated"
                    );
                    ReplicationStatus::Failed
                }
            };
            if self.end_replication(key, &seen, status).await? {
                return Ok(());
            }
            row = REPLICATIONS.get(&*self.snapshot(), key).await?;
        }
        Err(S3::too_contended())
    }

    async fn forget_replication(&self, key: &MoveKey, seen: &Row<Replication>) -> Result<bool, Error> {
        let mut draft = self.draft();
        draft.commit.unchanged(REPLICATIONS, key, Some(seen)).delete(REPLICATIONS, key);
        self.settle(draft).await
    }

    /// The role as which it is done, if it trusts S3.
    async fn role_of(&self, ruled: &Ruled) -> Result<Principal, Why> {
        let Some(rules) = &ruled.rules.replication else {
            return Err(Why::Final("the bucket is not replicated any more".to_owned()));
        };
        let role: Arn = rules.role.parse().map_err(|_| Why::Final("the role is no ARN".to_owned()))?;
        let owner = ruled.bucket.value.owner;
        if !is_of(&role, owner) {
            return Err(Why::Final("the role is another account's than the bucket".to_owned()));
        }
        if let Some(principals) = &self.principals {
            match principals.trusts(&role, SERVICE).await {
                Ok(true) => {}
                Ok(false) => return Err(Why::Final("the role does not trust S3".to_owned())),
                Err(PortError::Unavailable(why)) => return Err(Error::Unavailable(why).into()),
                Err(error) => return Err(Why::Final(error.to_string())),
            }
        }
        Ok(Principal::role(owner, role, SESSION))
    }

    /// Says how it ended, and forgets what waited, in one commit. False if something changed meanwhile.
    async fn end_replication(
        &self,
        key: &MoveKey,
        seen: &Row<Replication>,
        status: ReplicationStatus,
    ) -> Result<bool, Error> {
        let snapshot = self.snapshot();
        let Some(ruled) = self.find_ruled(&*snapshot, key.bucket, &seen.value.bucket).await? else {
            return self.forget_replication(key, seen).await;
        };
        let found = self.find_exact(&*snapshot, &ruled.bucket.value, key).await?;
        let Some(found) = found else { return self.forget_replication(key, seen).await };
        let mut draft = self.draft();
        self.note_rules(&mut draft, &ruled.name, &ruled.bucket).await?;
        let mut object = found.row.value.clone();
        object.placement.replication = Some(status);
        if status == ReplicationStatus::Failed {
            let event = "Replication:OperationFailedReplication";
            self.note_event(&mut draft, event, &key.key, &What::Object(&object), &EventMore::Nothing);
        }
        rewrite(&mut draft, &found, object);
        draft.commit.unchanged(REPLICATIONS, key, Some(seen)).delete(REPLICATIONS, key);
        self.settle(draft).await
    }

    /// Asks whether the role may do something.
    async fn ask_for(
        &self,
        waiting: &Waiting,
        bucket: &Row<Bucket>,
        name: &str,
        actions: &[&'static str],
    ) -> Result<(), Why> {
        let settings = self.settings_of(bucket).await?;
        let place = Place { bucket: name, key: &waiting.key.key };
        let caller = Caller::internal(waiting.role.clone(), bucket.value.region.clone());
        for action in actions {
            let access = replication_for_room(&waiting.role, place, bucket, &settings, action);
            if let Err(denied) = self.authorizer().allow(&caller, &access).await {
                return Err(Why::Final(format!(
                    "{} on {} is denied {}",
                    denied.action, denied.resource, denied.because
                )));
            }
        }
        Ok(())
    }

    /// A rule's target, which must keep versions.
    async fn target_of(&self, rule: &ReplicationRule) -> Result<Row<Bucket>, Why> {
        let target = self.find_bucket(&*self.snapshot(), &rule.target).await?;
        if target.value.versioning != Versioning::Enabled {
            return Err(Why::Final("the target does not keep versions".to_owned()));
        }
        let owner = target.value.owner.to_string();
        if rule.account.as_ref().is_some_and(|account| *account != owner) {
            return Err(Why::Final("the target belongs to another account than the rule says".to_owned()));
        }
        Ok(target)
    }

    async fn send_object(&self, snapshot: &dyn Snapshot, waiting: &Waiting) -> Result<(), Why> {
        let source = &waiting.ruled.bucket;
        let Some(found) = self.find_exact(snapshot, &source.value, &waiting.key).await? else {
            return Ok(());
        };
        let rules = waiting.ruled.rules.replication.iter();
        let rules: Vec<_> = rules.flat_map(|it| it.of_object(&waiting.key.key, &found.row.value)).collect();
        if rules.is_empty() {
            // It was promised, and is nowhere.
            return Err(Why::Final("no rule names the version any more".to_owned()));
        }
        let mut failed = None;
        for rule in rules {
            match self.send_object_by(waiting, rule, &found).await {
                Ok(()) => {}
                Err(Why::Final(text)) => _ = failed.get_or_insert(text),
                Err(passing @ Why::Passing(_)) => return Err(passing),
            }
        }
        failed.map_or(Ok(()), |text| Err(Why::Final(text)))
    }

    async fn send_object_by(
        &self,
        waiting: &Waiting,
        rule: &ReplicationRule,
        found: &Found,
    ) -> Result<(), Why> {
        let (source, object) = (&waiting.ruled.bucket, &found.row.value);
        let target = self.target_of(rule).await?;
        let said = self.said_of_replica(&source.value, rule, object, &target).await?;
        self.ask_for(waiting, source, &waiting.ruled.name, &said.reads(object)).await?;
        let mut actions = vec!["s3:ReplicateObject"];
        if !object.attributes.tags.is_empty() {
            actions.push("s3:ReplicateTags");
        }
        if rule.gives_away {
            actions.push("s3:ObjectOwnerOverrideToBucketOwner");
        }
        self.ask_for(waiting, &target, &rule.target, &actions).await?;
        for attempt in 0..ATTEMPTS_MAX {
            if self.put_replica(&Sending { waiting, rule, found }, attempt).await? {
                return Ok(());
            }
        }
        Err(S3::too_contended().into())
    }

    async fn send_marker(&self, snapshot: &dyn Snapshot, waiting: &Waiting) -> Result<(), Why> {
        let source = &waiting.ruled.bucket.value;
        let Some(marker) = self.find_marker(snapshot, source, &waiting.key).await? else { return Ok(()) };
        let Some(rules) = &waiting.ruled.rules.replication else { return Ok(()) };
        let mut failed = None;
        for rule in rules.of_marker(&waiting.key.key) {
            match self.send_marker_by(waiting, rule, marker).await {
                Ok(()) => {}
                Err(Why::Final(text)) => _ = failed.get_or_insert(text),
                Err(passing @ Why::Passing(_)) => return Err(passing),
            }
        }
        failed.map_or(Ok(()), |text| Err(Why::Final(text)))
    }

    async fn send_marker_by(
        &self,
        waiting: &Waiting,
        rule: &ReplicationRule,
        marker: Marker,
    ) -> Result<(), Why> {
        let target = self.target_of(rule).await?;
        self.ask_for(waiting, &target, &rule.target, &["s3:ReplicateDelete"]).await?;
        for attempt in 0..ATTEMPTS_MAX {
            let snapshot = self.snapshot();
            let target = self.target_of(rule).await?;
            let at = MoveKey { bucket: target.value.id, ..waiting.key.clone() };
            if self.find_marker(&*snapshot, &target.value, &at).await?.is_some() {
                return Ok(());
            }
            let mut draft = self.draft();
            self.enter(&*snapshot, &mut draft, &rule.target, &target, attempt).await?;
            let head = self.head(&*snapshot, &target.value, &at.key).await?;
            let (modified, version) = (marker.modified, marker.version);
            let put = self
                .put_marker_as(&*snapshot, &mut draft, &target.value, &at.key, &head, version, modified)
                .await?;
            let event = "ObjectRemoved:DeleteMarkerCreated";
            self.note_event(&mut draft, event, &at.key, &What::Marker(&put), &EventMore::Nothing);
            if self.settle(draft).await? {
                return Ok(());
            }
        }
        Err(S3::too_contended().into())
    }

    /// This very version, if it is there and a delete marker.
    async fn find_marker(
        &self,
        snapshot: &dyn Snapshot,
        bucket: &Bucket,
        key: &MoveKey,
    ) -> Result<Option<Marker>, Error> {
        match self.head(snapshot, bucket, &key.key).await? {
            Head::Marker(row) if row.value.version == key.version => Ok(Some(row.value)),
            Head::Marker(_) | Head::Object(_) | Head::Nothing => {
                let at = VersionKey { bucket: bucket.id, key: key.key.clone(), version: key.version };
                let row = VERSIONS.get(snapshot, &at).await?;
                Ok(row.and_then(|row| match row.value.what {
                    Kept::Marker(marker) => Some(marker),
                    Kept::Object(_) => None,
                }))
            }
        }
    }
}

/// Whether something is an account's.
pub(crate) fn is_of(arn: &Arn, account: AccountId) -> bool {
    arn.account() == account.to_string()
}

/// Whether a version is to be tried again later, and says why.
fn is_put_off(key: &MoveKey, done: Result<(), Error>) -> bool {
    if let Err(error) = &done {
        tracing::warn!(%error, key = key.key, "a version cannot be replicated for now");
    }
    done.is_err()
}

#[cfg(test)]
mod tests {
    use store::Row;

    use super::super::lifecycle::rules::Rules;
    use super::super::testing::{ACCOUNT, room};
    use super::*;

    #[tokio::test]
    async fn nothing_is_done_under_a_role_of_another_account() {
        let s3 = room();
        s3.make("bucket").await;
        let bucket: Row<Bucket> = s3.find_bucket(&*s3.snapshot(), "bucket").await.unwrap();
        let under = async |account: AccountId| {
            let role = format!("arn:aws:iam::{account}:role/ghost");
            let replication = Some(ReplicationRules { role, rules: Vec::new() });
            let rules = Arc::new(Rules { replication, ..Rules::default() });
            let ruled =
                Ruled { name: "bucket".to_owned(), bucket: bucket.clone(), rules, calendar: s3.calendar() };
            s3.role_of(&ruled).await.map_err(|why| matches!(why, Why::Final(_)))
        };
        assert_eq!(under(AccountId::from_u64(42).unwrap()).await, Err(true));
        assert_eq!(under(ACCOUNT).await.map(|role| role.account), Ok(ACCOUNT));
    }
}
