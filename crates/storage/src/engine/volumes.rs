//! Opening the volumes that were configured: each must be the one that belongs here.

use std::path::PathBuf;
use std::sync::Arc;

use base::Random;
use store::{Commit, CommitId, ReadError, Volume, Write};

use super::OpenError;
use super::shared::Shared;
use crate::blobs::volumes::{Owner, Volumes};
use crate::disk::{Below, Disk, RealDisk};
use crate::index::rows::{self, VolumeRow};
use crate::index::state::State;

/// The directory of volumes that lie below the data directory's own disk.
const DIR: &str = "volumes";

/// What may be wrong with a volume, in words.
type Checked = Result<(), String>;

/// Opens the volumes and lets `check` look at each. `below`: they lie below the disk, wherever they should be otherwise.
pub fn open(
    disk: &Arc<dyn Disk>,
    named: &[(String, PathBuf)],
    below: bool,
    mut check: impl FnMut(Volume, &Arc<dyn Disk>) -> Checked,
) -> Result<Volumes, OpenError> {
    let mut volumes = Volumes::new(disk.clone());
    for (name, dir) in named {
        let failed =
            |what: String| OpenError::Volume { name: name.clone(), dir: dir.display().to_string(), what };
        let volume: Volume = name.parse().map_err(|error: store::BadVolume| failed(error.to_string()))?;
        if volumes.disk(Some(volume)).is_some() {
            return Err(failed("it is named twice".to_owned()));
        }
        // A directory that is made here is empty: whether that may be is for the check to say.
        let opened: std::io::Result<Arc<dyn Disk>> = if below {
            Below::new(disk.clone(), format!("{DIR}/{name}")).map(|disk| Arc::new(disk) as Arc<dyn Disk>)
        } else {
            RealDisk::new(dir).map(|disk| Arc::new(disk) as Arc<dyn Disk>)
        };
        let opened = opened.map_err(|error| failed(error.to_string()))?;
        check(volume, &opened).map_err(failed)?;
        volumes.add(volume, opened);
    }
    Ok(volumes)
}

/// Compares a volume with what the data directory knows of it; a new one is made its own. Returns the row that remembers it, if that is new.
pub fn claim(
    state: &State,
    identity: u64,
    random: &Random,
    volume: Volume,
    disk: &dyn Disk,
) -> Result<Option<Write>, String> {
    let text = |error: std::io::Error| error.to_string();
    let known = state.get(&rows::volume_key(volume)).map_err(|error| error.to_string())?;
    let known = known.and_then(|row| row.value).map(|value| rows::decode::<VolumeRow>(&value)).transpose();
    let known = known.map_err(|error: ReadError| error.to_string())?;
    let owner = match (Owner::read(disk).map_err(text)?, known) {
        (Some(owner), _) if owner.of != identity || owner.name != volume => {
            return Err("it belongs to another data directory, or has another name there".to_owned());
        }
        (Some(owner), Some(row)) if owner.identity != row.identity => {
            return Err("it is another one than before".to_owned());
        }
        (None, Some(_)) => return Err("it is empty, and was not before: is it mounted?".to_owned()),
        (Some(owner), _) => owner,
        (None, None) => Owner { identity: random.u64(), of: identity, name: volume },
    };
    if known.is_some() {
        return Ok(None);
    }
    // Written again if a process that was killed may not have made it durable.
    owner.write(disk).map_err(text)?;
    let row = VolumeRow { identity: owner.identity };
    Ok(Some(Write { key: rows::volume_key(volume), value: Some(rows::encode(&row)) }))
}

/// Remembers new volumes: from now on they must be there.
pub fn remember(shared: &Shared, writes: Vec<Write>) -> Result<(), String> {
    if writes.is_empty() {
        return Ok(());
    }
    let mut commit = Commit::new(CommitId(shared.own_id()));
    commit.writes = writes;
    shared.commit_own(commit).map(drop).map_err(|error| error.to_string())
}
