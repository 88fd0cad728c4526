//! Multi-Region keys: a family of keys with one id and one material, each with a life of its own.
//!
//! What the family shares stands in the row of each member, so that a use reads nothing of another region: the material, which of it is current,
//! and who the members are. Every change of these writes all rows in the one commit that checks them all ([`Draft::mirror`]); whoever decides on a
//! change sees only its own row. Policy, description, tags, aliases, grants, the switch and deletion are each member's own.
//!
//! | | stands in | changed through |
//! |---|---|---|
//! | material of `AWS_KMS`, the current number | all rows, sealed anew for each region | the primary |
//! | material of `EXTERNAL` | all rows know of it, each region imports it | each member; which is current: the primary |
//! | automatic rotation, the count of rotations on demand | the primary's row | the primary; they move with it |
//! | primary and replicas | all rows | ReplicateKey, UpdatePrimaryRegion, the end of a replica |
//!
//! A primary with replicas does not begin to wait for its deletion before the last replica is gone ([`WAITS_FOR_REPLICAS`]).

use std::collections::BTreeSet;
use std::sync::Arc;

use base::Tags;
use store::{Check, Commit};

use super::keys::{Draft, Key, due, move_due};
use super::lifecycle::{check_tags, days};
use super::state::Wanted;
use super::{Error, Kms};
use crate::tables::{KEYS, KeyRef, KeyRow, Manager, MaterialRow, MultiRegionRow, Origin};

/// The end of a deletion whose wait has not begun.
pub const WAITS_FOR_REPLICAS: i64 = i64::MAX;

/// What a replica has of its own.
#[derive(Clone, Debug)]
pub struct NewReplica {
    /// Where it is to be.
    pub region: String,
    /// Its description.
    pub description: String,
    /// Its policy.
    pub policy: String,
    /// Its tags.
    pub tags: Tags,
}

impl MultiRegionRow {
    /// All regions.
    fn regions(&self) -> impl Iterator<Item = &String> {
        std::iter::once(&self.primary).chain(&self.replicas)
    }
}

/// The key of the same id in another region.
pub fn in_region(at: &KeyRef, region: &str) -> KeyRef {
    KeyRef { region: region.to_owned(), ..at.clone() }
}

/// Fails unless it is the primary key of a family, or no key of several regions at all.
pub(super) fn check_not_replica(at: &KeyRef, row: &KeyRow) -> Result<(), Error> {
    match &row.multi_region {
        Some(regions) if regions.primary != at.region => Err(Error::NotPrimary(at.clone())),
        Some(_) | None => Ok(()),
    }
}

/// The family of a primary key.
fn primary<'r>(at: &KeyRef, row: &'r KeyRow) -> Result<&'r MultiRegionRow, Error> {
    let regions = row.multi_region.as_ref().filter(|regions| regions.primary == at.region);
    regions.ok_or_else(|| Error::NotPrimary(at.clone()))
}

impl Kms {
    /// Makes a replica of a primary key in another region. Durable when it returns.
    pub async fn replicate(&self, at: &KeyRef, new: NewReplica) -> Result<Arc<Key>, Error> {
        check_tags(&new.tags)?;
        let replica = in_region(at, &new.region);
        let _forget = self.keys.forget_after(&replica);
        self.change(at, |draft| {
            draft.admit(Wanted::Use)?;
            let mut regions = primary(at, &draft.row)?.clone();
            if regions.regions().any(|region| *region == new.region) {
                return Err(Error::ReplicaExists(replica.clone()));
            }
            regions.replicas.push(new.region.clone());
            regions.replicas.sort_unstable();
            draft.row.multi_region = Some(regions);
            let row = replica_row(draft, &replica, &new)?;
            draft.commit.check(Check::Absent(KEYS.key(&replica)));
            draft.commit.put(KEYS, &replica, &row);
            move_due(&mut draft.commit, &replica, None, row.due_micros);
            Ok(())
        })
        .await?;
        self.key(&replica).await
    }

    /// Makes a replica the primary key, and the primary a replica. Fine if it is the primary.
    pub async fn move_primary(&self, at: &KeyRef, region: &str) -> Result<(), Error> {
        let next = in_region(at, region);
        let there = self.key(&next).await;
        self.change(at, |draft| {
            draft.admit(Wanted::Use)?;
            let mut regions = primary(at, &draft.row)?.clone();
            if regions.primary == region {
                return Ok(());
            }
            if !regions.replicas.iter().any(|replica| replica == region) {
                return Err(Error::NoKey(next.clone()));
            }
            there.as_ref().map_err(Clone::clone)?.admit(draft.now, Wanted::Use)?;
            regions.replicas.retain(|replica| replica != region);
            regions.replicas.push(std::mem::replace(&mut regions.primary, region.to_owned()));
            regions.replicas.sort_unstable();
            draft.row.multi_region = Some(regions);
            (draft.row.rotation, draft.row.on_demand_rotations) = (None, 0);
            Ok(())
        })
        .await
    }

    /// The primary key of a key's family; the key itself if it has none.
    pub async fn primary_of(&self, key: &Arc<Key>) -> Result<Arc<Key>, Error> {
        match &key.row.multi_region {
            Some(regions) if regions.primary != key.at.region => {
                self.key(&in_region(&key.at, &regions.primary)).await
            }
            Some(_) | None => Ok(key.clone()),
        }
    }

    /// Whether all replicas of a primary key have the material of this number.
    pub(super) async fn replicas_have(&self, key: &Key, number: u32) -> Result<bool, Error> {
        for region in key.row.multi_region.iter().flat_map(|regions| &regions.replicas) {
            let replica = self.load(&in_region(&key.at, region)).await?;
            if replica.material(number).is_err() {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Takes a key that is being removed out of its family. The primary begins its wait if that was the last replica. Returns the others.
    pub(super) async fn leave_family(
        &self,
        commit: &mut Commit,
        at: &KeyRef,
        row: &KeyRow,
    ) -> Result<Vec<KeyRef>, Error> {
        let mut others = Vec::new();
        for region in row.multi_region.iter().flat_map(MultiRegionRow::regions) {
            let other = in_region(at, region);
            if other == *at {
                continue;
            }
            let key = match self.load(&other).await {
                Ok(key) => key,
                Err(Error::NoKey(_)) => continue,
                Err(error) => return Err(error),
            };
            let mut row = key.row.clone();
            if let Some(regions) = &mut row.multi_region {
                regions.replicas.retain(|replica| *replica != at.region);
                let waits = row.deletion.as_mut().filter(|deletion| deletion.at_micros == WAITS_FOR_REPLICAS);
                if let Some(deletion) = waits.filter(|_| regions.replicas.is_empty()) {
                    deletion.at_micros = self.now().plus(days(deletion.window_days)).as_micros();
                }
            }
            write(commit, &key, row, self.now());
            others.push(other);
        }
        Ok(others)
    }
}

impl Draft<'_> {
    /// Writes what the key shares into the rows of its family. Returns the other members that it wrote.
    pub(super) async fn mirror(&mut self) -> Result<Vec<KeyRef>, Error> {
        let (before, after) = (&self.key.row, &self.row);
        let Some(regions) = &after.multi_region else { return Ok(Vec::new()) };
        let same = before.multi_region == after.multi_region
            && before.materials == after.materials
            && before.current == after.current;
        let at = &self.key.at;
        let was_primary = before.multi_region.as_ref().is_some_and(|regions| regions.primary == at.region);
        if same || !was_primary {
            return Ok(Vec::new());
        }
        let others: BTreeSet<&String> =
            before.multi_region.iter().chain([regions]).flat_map(MultiRegionRow::regions).collect();
        let mut written = Vec::new();
        for region in others.into_iter().filter(|region| **region != at.region) {
            let other = in_region(at, region);
            let key = match self.kms.load(&other).await {
                Ok(key) => key,
                // It is made by this commit, or was removed since the row was read, which the commit's checks will tell.
                Err(Error::NoKey(_)) => continue,
                Err(error) => return Err(error),
            };
            let mut row = key.row.clone();
            row.multi_region.clone_from(&after.multi_region);
            row.current = after.current;
            for material in &after.materials {
                match row.materials.iter_mut().find(|there| there.number == material.number) {
                    Some(there) => there.rotated = material.rotated,
                    None => row.materials.push(self.copied(material, &other)?),
                }
            }
            if regions.primary == other.region {
                (row.rotation, row.on_demand_rotations) = (before.rotation, before.on_demand_rotations);
            }
            write(&mut self.commit, &key, row, self.now);
            written.push(other);
        }
        Ok(written)
    }

    /// Material of this key as another member of the family keeps it. What was imported has to be imported there too.
    fn copied(&self, material: &MaterialRow, to: &KeyRef) -> Result<MaterialRow, Error> {
        let sealed = match self.row.origin {
            Origin::External => None,
            Origin::AwsKms => {
                let opened = self.kms.roots.open(&self.key.at, material)?;
                opened.map(|bytes| self.kms.roots.seal(to, material.number, &bytes, &self.kms.random))
            }
        };
        Ok(MaterialRow { sealed, expires_micros: None, ..material.clone() })
    }
}

/// The row of a new replica.
fn replica_row(draft: &Draft<'_>, at: &KeyRef, new: &NewReplica) -> Result<KeyRow, Error> {
    let of = &draft.row;
    // What waits to become current is for the primary to bring.
    let known = of.materials.iter().filter(|material| Some(material.number) <= of.current);
    let materials = known.map(|material| draft.copied(material, at)).collect::<Result<_, Error>>()?;
    let mut row = KeyRow {
        spec: of.spec,
        usage: of.usage,
        origin: of.origin,
        manager: Manager::Customer,
        created_micros: draft.now.as_micros(),
        description: new.description.clone(),
        enabled: true,
        policy: new.policy.clone(),
        tags: new.tags.clone(),
        aliases: Vec::new(),
        materials,
        current: of.current,
        deletion: None,
        rotation: None,
        on_demand_rotations: 0,
        grants: 0,
        multi_region: of.multi_region.clone(),
        due_micros: None,
        public: of.public.clone(),
    };
    row.due_micros = due(&row, draft.now);
    Ok(row)
}

/// Writes a member's row, if it is still the one that was read.
fn write(commit: &mut Commit, key: &Key, mut row: KeyRow, now: base::Timestamp) {
    row.due_micros = due(&row, now);
    commit.check(Check::VersionIs(KEYS.key(&key.at), key.version));
    commit.put(KEYS, &key.at, &row);
    move_due(commit, &key.at, key.row.due_micros, row.due_micros);
}
