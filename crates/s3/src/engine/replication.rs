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
//! target is not ready for, is final (FAILED); what may pass is tried again.
//!
//! All is done under the rule's role. Bytes under S3's own keys, and those under customers' keys, which nobody here can open, are referred to; those under KMS
//! keys are sealed anew under the rule's. Replicas are not replicated further, versions that are deleted by their ids stay where they were replicated to, and
//! what is archived as it comes is left out: all as on AWS. Differs: changes that are made of replicas are not carried back (`ReplicaModifications`), and
//! what was there before the rules is not replicated.

mod rules;

use std::sync::Arc;

use base::{AccountId, Arn, Timestamp};
use futures_util::stream::{self, StreamExt};
use ports::{KeyError, PortError, Principal};
use service::{Caller, Stop};
use store::{Row, Snapshot};

use super::copy::may_be_referred_to;
use super::events::What;
use super::lifecycle::due::Ruled;
use super::lifecycle::rules::Rules;
use super::objects::Place;
use super::sealing::wanted::Said;
use super::sealing::{Requester, Unlock};
use super::versions::{Found, Head, rewrite};
use super::{ATTEMPTS_MAX, Draft, Error, S3};
use crate::ops::access::replication_for_room;
use crate::tables::{
    Acl, Attributes, Bucket, Encryption, EventMore, Id, Kept, Lock, Marker, MoveKey, Object, Placement,
    REPLICATIONS, Replication, ReplicationStatus, VERSIONS, VersionKey, Versioning,
};

pub use rules::{ReplicationRule, ReplicationRules, Selection};

/// Rows read at once.
const PAGE: usize = 256;
/// Versions that are replicated at the same time.
const AT_ONCE: usize = 8;
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
        self.commit.put(REPLICATIONS, &at, &Replication { bucket: replicated.name, since, marker });
        self.replicates = true;
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

    /// Replicates all that waits. `true`: something is left, to be tried again later.
    pub(crate) async fn replicate(&self, stop: Option<&Stop>) -> Result<bool, Error> {
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
                if let Err(error) = &done {
                    tracing::warn!(%error, key = key.key, "a version cannot be replicated for now");
                }
                done.is_err()
            });
            let mut running = stream::iter(each).buffer_unordered(AT_ONCE);
            while let Some(failed) = running.next().await {
                is_left |= failed;
            }
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
        if let Some(principals) = &self.principals {
            match principals.trusts(&role, SERVICE).await {
                Ok(true) => {}
                Ok(false) => return Err(Why::Final("the role does not trust S3".to_owned())),
                Err(PortError::Unavailable(why)) => return Err(Error::Unavailable(why).into()),
                Err(error) => return Err(Why::Final(error.to_string())),
            }
        }
        Ok(Principal::role(ruled.bucket.value.owner, role, SESSION))
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
        let Some(rules) = &waiting.ruled.rules.replication else { return Ok(()) };
        let mut failed = None;
        for rule in rules.of_object(&waiting.key.key, &found.row.value) {
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
        self.ask_for(waiting, source, &waiting.ruled.name, &["s3:GetObjectVersionForReplication"]).await?;
        let target = self.target_of(rule).await?;
        let mut actions = vec!["s3:ReplicateObject"];
        if !object.attributes.tags.is_empty() {
            actions.push("s3:ReplicateTags");
        }
        if rule.gives_away {
            actions.push("s3:ObjectOwnerOverrideToBucketOwner");
        }
        self.ask_for(waiting, &target, &rule.target, &actions).await?;
        for attempt in 0..ATTEMPTS_MAX {
            if self.put_replica(waiting, rule, found, attempt).await? {
                return Ok(());
            }
        }
        Err(S3::too_contended().into())
    }

    /// Puts a replica, or makes the one that is there equal. False if something changed meanwhile.
    async fn put_replica(
        &self,
        waiting: &Waiting,
        rule: &ReplicationRule,
        found: &Found,
        attempt: usize,
    ) -> Result<bool, Why> {
        let snapshot = self.snapshot();
        let target = self.target_of(rule).await?;
        let object = &found.row.value;
        let (attributes, lock) =
            self.said_of_replica(&waiting.ruled.bucket.value, rule, object, &target).await?;
        let mut draft = self.draft();
        self.enter(&*snapshot, &mut draft, &rule.target, &target, attempt).await?;
        let at = MoveKey { bucket: target.value.id, ..waiting.key.clone() };
        if let Some(there) = self.find_exact(&*snapshot, &target.value, &at).await? {
            let mut replica = there.row.value.clone();
            replica.attributes = Attributes { class: replica.attributes.class, ..attributes };
            replica.lock = lock;
            if replica == there.row.value {
                return Ok(true);
            }
            rewrite(&mut draft, &there, replica);
            return Ok(self.settle(draft).await?);
        }
        let place = Place { bucket: &rule.target, key: &waiting.key.key };
        let placement =
            |home| Placement { home, replication: Some(ReplicationStatus::Replica), ..Placement::default() };
        let requester = Requester { principal: &waiting.role, signed_v2: false };
        let under_kms = matches!(object.encryption, Encryption::Kms(_) | Encryption::Dual(..));
        let said = match &rule.kms {
            Some(key) if under_kms => {
                let method = match object.encryption {
                    Encryption::Dual(..) => "aws:kms:dsse",
                    Encryption::Open
                    | Encryption::Managed(_)
                    | Encryption::Kms(_)
                    | Encryption::Customer(_) => "aws:kms",
                };
                Said { method: Some(method.to_owned()), key: Some(key.clone()), ..Said::default() }
            }
            Some(_) | None => Said::default(),
        };
        let is_customers = matches!(object.encryption, Encryption::Customer(_));
        let replica = if is_customers {
            let contents = self.refer_unopened(&*snapshot, &mut draft, object).await?;
            Object { contents, placement: placement(object.placement.home), ..object.clone() }
        } else {
            let wanted = said.wanted(target.value.encryption())?;
            let sealing = self.sealing(&target.value, place, &wanted, requester).await?;
            let unlock = Unlock { requester, customer: None };
            let opener = self.opener(&object.encryption, &waiting.ruled.bucket.value.region, &unlock).await?;
            if may_be_referred_to(found, &sealing) {
                let as_put = Object {
                    attributes: attributes.clone(),
                    placement: Placement::default(),
                    ..object.clone()
                };
                let referred = if self.homes.may_share(object, &as_put) {
                    self.refer(&*snapshot, &mut draft, found, &opener, &sealing).await?
                } else {
                    self.write_anew(&mut draft, found, &opener, &sealing).await?
                };
                let Some((contents, encryption, home)) = referred else { return Ok(false) };
                Object { contents, encryption, placement: placement(home), ..object.clone() }
            } else {
                let algorithm = super::copy::algorithm_of(object);
                let again = self
                    .seal_again(found, 0..object.bytes, &opener, algorithm, &sealing, attributes.class)
                    .await?;
                let Some(received) = again else { return Ok(false) };
                let fresh = received.object(&mut draft.commit, object.modified, attributes.clone(), lock);
                draft = received.kept_by(draft);
                let same_kind = fresh.encryption.shows_md5() == object.encryption.shows_md5();
                let etag = if same_kind { object.etag } else { fresh.etag };
                Object {
                    etag,
                    checksum: object.checksum,
                    placement: placement(fresh.placement.home),
                    ..fresh
                }
            }
        };
        let replica = Object {
            attributes,
            lock,
            version: object.version,
            null_below: None,
            modified: object.modified,
            ..replica
        };
        let head = self.head(&*snapshot, &target.value, place.key).await?;
        let replica = self.put_as(&*snapshot, &mut draft, &target.value, place.key, &head, replica).await?;
        self.note_event(
            &mut draft,
            "ObjectCreated:Put",
            place.key,
            &What::Object(&replica),
            &EventMore::Nothing,
        );
        Ok(self.settle(draft).await?)
    }

    /// What is said about a replica, and what keeps it.
    async fn said_of_replica(
        &self,
        source: &Bucket,
        rule: &ReplicationRule,
        object: &Object,
        target: &Row<Bucket>,
    ) -> Result<(Attributes, Lock), Error> {
        let settings = self.settings_of(target).await?;
        let owner = target.value.owner;
        let of_source = || object.attributes.acl.clone().unwrap_or_else(|| Acl::private(source.owner));
        let acl = if settings.lists_count() && !rule.gives_away { Some(of_source()) } else { None };
        let attributes = Attributes {
            class: rule.class.unwrap_or(object.attributes.class),
            acl: acl.filter(|acl| !is_as_usual(acl, owner)),
            ..object.attributes.clone()
        };
        let lock = if target.value.lock.is_some() { object.lock } else { Lock::default() };
        Ok((attributes, lock))
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

fn is_as_usual(acl: &Acl, owner: AccountId) -> bool {
    acl.owner == owner && acl.is_private()
}
