//! Rotation: new material for a key, while the old goes on decrypting what it encrypted.

use base::Timestamp;

use super::keys::Key;
use super::lifecycle::{Drawn, ROTATION_DAYS_DEFAULT, days};
use super::regions::check_not_replica;
use super::state::{State, Wanted};
use super::{ATTEMPTS, Error, Kms};
use crate::tables::{KeyRef, KeyRow, MaterialRow, Origin, RotatedRow, RotationRow, Spec};

/// Rotations on demand a key may have (AWS; its older pages say ten).
const ON_DEMAND_MAX: u32 = 25;

fn check_symmetric(at: &KeyRef, row: &KeyRow) -> Result<(), Error> {
    if row.spec == Spec::Symmetric { Ok(()) } else { Err(Error::NotSymmetric(at.clone())) }
}

impl Kms {
    /// Has a key rotated by itself from now on.
    pub async fn enable_rotation(&self, at: &KeyRef, period_days: Option<u32>) -> Result<(), Error> {
        self.change(at, |draft| {
            check_symmetric(at, &draft.row)?;
            check_not_replica(at, &draft.row)?;
            draft.admit(Wanted::SetRotation)?;
            let before = draft.row.rotation;
            let period_days =
                period_days.or(before.map(|rotation| rotation.period_days)).unwrap_or(ROTATION_DAYS_DEFAULT);
            if before.is_none_or(|rotation| rotation.period_days != period_days) {
                let next_micros = draft.now.plus(days(period_days)).as_micros();
                draft.row.rotation = Some(RotationRow { period_days, next_micros });
            }
            Ok(())
        })
        .await
    }

    /// Ends that. What was rotated stays so.
    pub async fn disable_rotation(&self, at: &KeyRef) -> Result<(), Error> {
        self.change(at, |draft| {
            check_symmetric(at, &draft.row)?;
            check_not_replica(at, &draft.row)?;
            draft.admit(Wanted::SetRotation)?;
            draft.row.rotation = None;
            Ok(())
        })
        .await
    }

    /// Rotates a key now. One with imported material goes over to what waits for it.
    pub async fn rotate_on_demand(&self, at: &KeyRef) -> Result<(), Error> {
        let check = |key: &Key, row: &KeyRow, now: Timestamp| {
            check_symmetric(at, row)?;
            check_not_replica(at, row)?;
            key.admit(now, Wanted::Rotate)?;
            if row.on_demand_rotations >= ON_DEMAND_MAX {
                return Err(Error::Quota(format!(
                    "The on-demand rotations limit has been reached for the given keyId. No more on-demand rotations can be performed for \
                     this key: {}",
                    at.arn()
                )));
            }
            Ok(())
        };
        for _ in 0..ATTEMPTS {
            let key = self.load(at).await?;
            check(&key, &key.row, self.now())?;
            if let (Origin::External, Some(pending)) = (key.row.origin, pending(&key.row))
                && !self.replicas_have(&key, pending.number).await?
            {
                return Err(Error::NothingPending(at.clone()));
            }
            let fresh = match key.row.origin {
                Origin::AwsKms => Some(self.draw(at, key.row.spec, next_number(&key.row), self.now()).await?),
                Origin::External => None,
            };
            let rotated = self
                .change(at, |draft| {
                    check(draft.key, &draft.row, draft.now)?;
                    let how = RotatedRow { at_micros: draft.now.as_micros(), on_demand: true };
                    turn(&mut draft.row, fresh.as_ref(), how, at)?;
                    draft.row.on_demand_rotations += 1;
                    Ok(())
                })
                .await;
            match rotated {
                // The number was taken meanwhile.
                Err(Error::Conflict) => {}
                other => return other,
            }
        }
        Err(Error::Conflict)
    }

    /// Rotates a key that is due; fine if it is not any more.
    pub(super) async fn rotate_if_due(&self, at: &KeyRef) -> Result<(), Error> {
        let key = self.load(at).await?;
        let fresh = self.draw(at, key.row.spec, next_number(&key.row), self.now()).await?;
        self.change(at, |draft| {
            let Some(rotation) = draft.row.rotation else { return Ok(()) };
            let due = Timestamp::from_micros(rotation.next_micros);
            if due > draft.now || draft.key.state(draft.now) != State::Enabled {
                return Ok(());
            }
            let how = RotatedRow { at_micros: rotation.next_micros, on_demand: false };
            turn(&mut draft.row, Some(&fresh), how, at)?;
            let next_micros = due.plus(days(rotation.period_days)).as_micros();
            draft.row.rotation = Some(RotationRow { next_micros, ..rotation });
            Ok(())
        })
        .await
    }
}

/// The number that the next material of a key has.
pub(super) fn next_number(row: &KeyRow) -> u32 {
    row.materials.iter().map(|material| material.number).max().unwrap_or(0) + 1
}

/// The material that waits to become current.
pub fn pending(row: &KeyRow) -> Option<&MaterialRow> {
    let current = row.current?;
    row.materials.iter().find(|material| material.number > current)
}

/// Makes fresh material, or what waits, the current one.
fn turn(row: &mut KeyRow, fresh: Option<&Drawn>, how: RotatedRow, at: &KeyRef) -> Result<(), Error> {
    let number = match fresh {
        Some(fresh) => {
            if fresh.row.number != next_number(row) {
                return Err(Error::Conflict);
            }
            row.materials.push(fresh.row.clone());
            fresh.row.number
        }
        None => {
            pending(row)
                .filter(|material| material.sealed.is_some())
                .ok_or_else(|| Error::NothingPending(at.clone()))?
                .number
        }
    };
    if let Some(material) = row.materials.iter_mut().find(|material| material.number == number) {
        material.rotated = Some(how);
    }
    row.current = Some(number);
    Ok(())
}
