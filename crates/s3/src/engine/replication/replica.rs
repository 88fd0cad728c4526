//! Putting one replica: what is said about it, what it is locked with, and how its bytes come to it.

use base::AccountId;
use store::{Row, Snapshot};

use super::super::copy::{algorithm_of, may_be_referred_to};
use super::super::events::What;
use super::super::lock::lock_of_new;
use super::super::objects::Place;
use super::super::sealing::wanted::Said;
use super::super::sealing::{Opener, Requester, Sealing, Unlock};
use super::super::versions::{Found, rewrite};
use super::super::{Draft, Error, S3};
use super::{ReplicationRule, Waiting, Why};
use crate::tables::{
    Acl, Attributes, Bucket, Encryption, EventMore, Home, Lock, MoveKey, Object, Placement, ReplicationStatus,
};

/// A version on its way, by one rule.
pub(super) struct Sending<'a> {
    pub waiting: &'a Waiting,
    pub rule: &'a ReplicationRule,
    pub found: &'a Found,
}

/// What is said about a replica.
pub(super) struct SaidOfReplica {
    attributes: Attributes,
    /// What its source is locked with, if the target knows locks.
    lock: Lock,
}

impl SaidOfReplica {
    /// What must be allowed of the source, so that all of this may be carried.
    pub fn reads(&self, object: &Object) -> Vec<&'static str> {
        let carried = [
            (true, "s3:GetObjectVersionForReplication"),
            (!object.attributes.tags.is_empty(), "s3:GetObjectVersionTagging"),
            (self.attributes.acl.is_some(), "s3:GetObjectVersionAcl"),
            (self.lock.retention.is_some(), "s3:GetObjectRetention"),
            (self.lock.hold.is_some(), "s3:GetObjectLegalHold"),
        ];
        carried.into_iter().filter_map(|(is_carried, action)| is_carried.then_some(action)).collect()
    }
}

impl S3 {
    /// Puts a replica, or makes the one that is there equal. False if something changed meanwhile.
    pub(super) async fn put_replica(&self, sending: &Sending<'_>, attempt: usize) -> Result<bool, Why> {
        let Sending { waiting, rule, found } = sending;
        let snapshot = self.snapshot();
        let target = self.target_of(rule).await?;
        let object = &found.row.value;
        let said = self.said_of_replica(&waiting.ruled.bucket.value, rule, object, &target).await?;
        let mut draft = self.draft();
        self.enter(&*snapshot, &mut draft, &rule.target, &target, attempt).await?;
        let at = MoveKey { bucket: target.value.id, ..waiting.key.clone() };
        if let Some(there) = self.find_exact(&*snapshot, &target.value, &at).await? {
            return self.make_equal(draft, &there, said).await;
        }
        let SaidOfReplica { attributes, lock } = said;
        let lock = lock_of_new(&target.value, lock, object.modified)?;
        let made = self.make_replica(&*snapshot, draft, sending, &target.value, &attributes).await?;
        let Some((mut draft, replica)) = made else { return Ok(false) };
        let replica = Object {
            attributes,
            lock,
            version: object.version,
            null_below: None,
            modified: object.modified,
            ..replica
        };
        let key = &waiting.key.key;
        let head = self.head(&*snapshot, &target.value, key).await?;
        let replica = self.put_as(&*snapshot, &mut draft, &target.value, key, &head, replica).await?;
        let event = "ObjectCreated:Put";
        self.note_event(&mut draft, event, key, &What::Object(&replica), &EventMore::Nothing);
        Ok(self.settle(draft).await?)
    }

    /// Makes a replica that is there equal to its source, but for what keeps it: that is never less than before.
    async fn make_equal(&self, mut draft: Draft, there: &Found, said: SaidOfReplica) -> Result<bool, Why> {
        let mut replica = there.row.value.clone();
        replica.attributes = Attributes { class: replica.attributes.class, ..said.attributes };
        replica.lock = replica.lock.raised_by(said.lock, self.now());
        if replica == there.row.value {
            return Ok(true);
        }
        rewrite(&mut draft, there, replica);
        Ok(self.settle(draft).await?)
    }

    /// A replica as far as its bytes go; `None` if something changed meanwhile.
    async fn make_replica(
        &self,
        snapshot: &dyn Snapshot,
        mut draft: Draft,
        sending: &Sending<'_>,
        target: &Bucket,
        attributes: &Attributes,
    ) -> Result<Option<(Draft, Object)>, Why> {
        let Sending { waiting, rule, found } = sending;
        let object = &found.row.value;
        if let Encryption::Customer(_) = object.encryption {
            let contents = self.refer_unopened(snapshot, &mut draft, object).await?;
            let placement = placement_of_replica(object.placement.home);
            return Ok(Some((draft, Object { contents, placement, ..object.clone() })));
        }
        let place = Place { bucket: &rule.target, key: &waiting.key.key };
        let requester = Requester { principal: &waiting.role, signed_v2: false };
        let wanted = sealed_as(rule, object).wanted(target.encryption())?;
        let sealing = self.sealing(target, place, &wanted, requester).await?;
        let unlock = Unlock { requester, customer: None };
        let region = &waiting.ruled.bucket.value.region;
        let opener = self.opener(&object.encryption, region, &unlock).await?;
        if !may_be_referred_to(found, &sealing) {
            return self.replica_sealed_again(draft, found, &opener, &sealing, attributes).await;
        }
        let as_put =
            Object { attributes: attributes.clone(), placement: Placement::default(), ..object.clone() };
        let referred = if self.homes.may_share(object, &as_put) {
            self.refer(snapshot, &mut draft, found, &opener, &sealing).await?
        } else {
            self.write_anew(&mut draft, found, &opener, &sealing).await?
        };
        let replica = referred.map(|(contents, encryption, home)| {
            let placement = placement_of_replica(home);
            Object { contents, encryption, placement, ..object.clone() }
        });
        Ok(replica.map(|replica| (draft, replica)))
    }

    /// A replica whose bytes are sealed under other keys than its source's.
    async fn replica_sealed_again(
        &self,
        mut draft: Draft,
        found: &Found,
        opener: &Opener,
        sealing: &Sealing,
        attributes: &Attributes,
    ) -> Result<Option<(Draft, Object)>, Why> {
        let object = &found.row.value;
        let (all, algorithm) = (0..object.bytes, algorithm_of(object));
        let again = self.seal_again(found, all, opener, algorithm, sealing, attributes.class).await?;
        let Some(received) = again else { return Ok(None) };
        let unlocked = Lock::default();
        let fresh = received.object(&mut draft.commit, object.modified, attributes.clone(), unlocked);
        let draft = received.kept_by(draft);
        let same_kind = fresh.encryption.shows_md5() == object.encryption.shows_md5();
        let etag = if same_kind { object.etag } else { fresh.etag };
        let placement = placement_of_replica(fresh.placement.home);
        Ok(Some((draft, Object { etag, checksum: object.checksum, placement, ..fresh })))
    }

    /// What is said about a replica.
    pub(super) async fn said_of_replica(
        &self,
        source: &Bucket,
        rule: &ReplicationRule,
        object: &Object,
        target: &Row<Bucket>,
    ) -> Result<SaidOfReplica, Error> {
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
        Ok(SaidOfReplica { attributes, lock })
    }
}

fn placement_of_replica(home: Home) -> Placement {
    Placement { home, replication: Some(ReplicationStatus::Replica), ..Placement::default() }
}

/// How a replica is asked to be sealed: what is under a KMS key goes under the rule's, all else as the target wants it.
fn sealed_as(rule: &ReplicationRule, object: &Object) -> Said {
    let method = match object.encryption {
        Encryption::Dual(..) => "aws:kms:dsse",
        Encryption::Kms(_) => "aws:kms",
        Encryption::Open | Encryption::Managed(_) | Encryption::Customer(_) => return Said::default(),
    };
    match &rule.kms {
        Some(key) => Said { method: Some(method.to_owned()), key: Some(key.clone()), ..Said::default() },
        None => Said::default(),
    }
}

fn is_as_usual(acl: &Acl, owner: AccountId) -> bool {
    acl.owner == owner && acl.is_private()
}
