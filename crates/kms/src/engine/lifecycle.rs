//! Keys come, are described, switched on and off, and go.

use std::sync::Arc;
use std::time::Duration;

use base::{AccountId, Page, TagSet, Tags, Timestamp};
use store::{Check, Commit, CommitError};

use super::keys::{Key, due, move_due};
use super::material::Material;
use super::regions::WAITS_FOR_REPLICAS;
use super::state::{State, Wanted};
use super::{ATTEMPTS, Error, Kms};
use crate::tables::{
    ALIASES, AliasRef, AliasRow, DeletionRow, KEYS, KeyRef, KeyRow, Manager, MaterialRow, MultiRegionRow,
    Origin, RotationRow, Spec, Usage,
};

/// Tags of a key (AWS).
pub const TAGS_MAX: usize = 50;
/// Days a deletion waits: the fewest, the most, and unless something else is said (AWS).
pub const WINDOW_DAYS: std::ops::RangeInclusive<u32> = 7..=30;
/// Days a deletion waits unless something else is said.
pub const WINDOW_DAYS_DEFAULT: u32 = 30;
/// Days between rotations of a service's key, and of any other unless something else is said (AWS).
pub const ROTATION_DAYS_DEFAULT: u32 = 365;
/// Rows of one scan of the keys.
const KEYS_PAGE: usize = 256;

/// What a new key is to be.
#[derive(Clone, Debug)]
pub struct NewKey {
    /// Whose it is.
    pub account: AccountId,
    /// Where it is.
    pub region: String,
    /// What it is made of.
    pub spec: Spec,
    /// What it is for.
    pub usage: Usage,
    /// Where its material comes from.
    pub origin: Origin,
    /// Its description.
    pub description: String,
    /// Its policy.
    pub policy: String,
    /// Its tags.
    pub tags: Tags,
    /// Whether it may have replicas in other regions.
    pub multi_region: bool,
}

/// A number of days.
pub fn days(number: u32) -> Duration {
    Duration::from_secs(u64::from(number) * 86_400)
}

/// Refuses tags that nobody may set, or too many.
pub fn check_tags(tags: &Tags) -> Result<(), Error> {
    if tags.reserved_key().is_some() {
        return Err(Error::Tags("Tags beginning with aws: are reserved"));
    }
    if tags.len() > TAGS_MAX { Err(Error::Tags("Too many tags")) } else { Ok(()) }
}

impl Kms {
    /// A fresh key id.
    pub fn new_key_id(&self, multi_region: bool) -> String {
        let uuid = self.random.uuid();
        if multi_region { format!("mrk-{}", uuid.replace('-', "")) } else { uuid }
    }

    /// Creates a key under an id of [`Kms::new_key_id`]. Durable when it returns.
    pub async fn create_key(&self, id: String, new: NewKey) -> Result<Arc<Key>, Error> {
        check_tags(&new.tags)?;
        let at = KeyRef { account: new.account, region: new.region.clone(), id };
        let row = self.new_row(&at, new, Manager::Customer).await?;
        let mut commit = self.creation(&at, &row);
        commit.check(Check::Absent(KEYS.key(&at)));
        self.store.commit(commit).await?;
        self.due.notify_one();
        self.key(&at).await
    }

    /// Creates the key of a service, unless it exists, and returns it.
    pub(super) async fn create_managed(&self, alias: &AliasRef, new: NewKey) -> Result<Arc<Key>, Error> {
        let _forget = self.aliases.forget_after(alias);
        for _ in 0..ATTEMPTS {
            if let Some(row) = ALIASES.get(&*self.store.snapshot(), alias).await? {
                return self.key(&alias.target(&row.value)).await;
            }
            let id = self.new_key_id(false);
            let at = KeyRef { account: alias.account, region: alias.region.clone(), id: id.clone() };
            let mut row = self.new_row(&at, new.clone(), Manager::Aws).await?;
            let now = self.now();
            row.aliases.push(alias.name.clone());
            let next_micros = now.plus(days(ROTATION_DAYS_DEFAULT)).as_micros();
            row.rotation = Some(RotationRow { period_days: ROTATION_DAYS_DEFAULT, next_micros });
            row.due_micros = due(&row, now);
            let mut commit = self.creation(&at, &row);
            commit.check(Check::Absent(KEYS.key(&at))).check(Check::Absent(ALIASES.key(alias)));
            let (created_micros, updated_micros) = (now.as_micros(), now.as_micros());
            commit.put(ALIASES, alias, &AliasRow { key: id, created_micros, updated_micros });
            match self.store.commit(commit).await {
                Ok(_) => {
                    self.due.notify_one();
                    return self.key(&at).await;
                }
                // Somebody else was faster: theirs is the key.
                Err(CommitError::Check { .. }) => {}
                Err(error) => return Err(error.into()),
            }
        }
        Err(Error::Conflict)
    }

    fn creation(&self, at: &KeyRef, row: &KeyRow) -> Commit {
        let mut commit = Commit::new(self.new_commit_id());
        commit.put(KEYS, at, row);
        move_due(&mut commit, at, None, row.due_micros);
        commit
    }

    async fn new_row(&self, at: &KeyRef, new: NewKey, manager: Manager) -> Result<KeyRow, Error> {
        let now = self.now();
        let mut row = KeyRow {
            spec: new.spec,
            usage: new.usage,
            origin: new.origin,
            manager,
            created_micros: now.as_micros(),
            description: new.description,
            enabled: true,
            policy: new.policy,
            tags: new.tags,
            aliases: Vec::new(),
            materials: Vec::new(),
            current: None,
            deletion: None,
            rotation: None,
            on_demand_rotations: 0,
            grants: 0,
            multi_region: new
                .multi_region
                .then(|| MultiRegionRow { primary: at.region.clone(), replicas: Vec::new() }),
            due_micros: None,
            public: None,
        };
        match new.origin {
            Origin::External => {}
            Origin::AwsKms => {
                let material = self.draw(at, new.spec, 1, now).await?;
                row.current = Some(1);
                row.public = material.public;
                row.materials.push(material.row);
            }
        }
        Ok(row)
    }

    /// Fresh material for a key.
    pub(super) async fn draw(
        &self,
        at: &KeyRef,
        spec: Spec,
        number: u32,
        now: Timestamp,
    ) -> Result<Drawn, Error> {
        let random = self.random.clone();
        // Pairs take long enough to keep others waiting.
        let (bytes, public) = heavy(spec, move || {
            let bytes = Material::draw(spec, &random);
            let material = Material::new(spec, &bytes).expect("what was drawn fits");
            (bytes, material.public().map(<[u8]>::to_vec))
        })
        .await?;
        let row = MaterialRow {
            number,
            id: self.roots.id(at, &bytes),
            created_micros: now.as_micros(),
            sealed: Some(self.roots.seal(at, number, &bytes, &self.random)),
            expires_micros: None,
            description: None,
            rotated: None,
        };
        Ok(Drawn { row, public })
    }

    /// Sets what a key is called by people.
    pub async fn set_description(&self, at: &KeyRef, text: &str) -> Result<(), Error> {
        self.change(at, |draft| {
            draft.admit(Wanted::Describe)?;
            text.clone_into(&mut draft.row.description);
            Ok(())
        })
        .await
    }

    /// Switches a key on or off.
    pub async fn switch(&self, at: &KeyRef, on: bool) -> Result<(), Error> {
        self.change(at, |draft| {
            draft.admit(Wanted::Switch)?;
            draft.row.enabled = on;
            // What came due meanwhile is done once, now.
            if let Some(rotation) = draft.row.rotation.as_mut().filter(|_| on) {
                rotation.next_micros = rotation.next_micros.max(draft.now.as_micros());
            }
            Ok(())
        })
        .await
    }

    /// Begins the wait for a key's deletion. Returns when it ends; `None` if it does not begin before the key's replicas are gone.
    pub async fn schedule_deletion(&self, at: &KeyRef, window_days: u32) -> Result<Option<Timestamp>, Error> {
        self.change(at, |draft| {
            draft.admit(Wanted::Delete)?;
            let regions = draft.row.multi_region.as_ref();
            let waits =
                regions.is_some_and(|regions| regions.primary == at.region && !regions.replicas.is_empty());
            let end = (!waits).then(|| draft.now.plus(days(window_days)));
            let at_micros = end.map_or(WAITS_FOR_REPLICAS, Timestamp::as_micros);
            draft.row.deletion = Some(DeletionRow { at_micros, window_days });
            Ok(end)
        })
        .await
    }

    /// Ends that wait. The key stays switched off.
    pub async fn cancel_deletion(&self, at: &KeyRef) -> Result<(), Error> {
        self.change(at, |draft| {
            draft.admit(Wanted::CancelDeletion)?;
            draft.row.deletion = None;
            draft.row.enabled = false;
            Ok(())
        })
        .await
    }

    /// Sets tags, over those of the same keys.
    pub async fn tag(&self, at: &KeyRef, tags: &Tags) -> Result<(), Error> {
        self.change(at, |draft| {
            draft.admit(Wanted::Describe)?;
            let mut all = draft.row.tags.clone();
            all.extend(tags.clone());
            check_tags(&all)?;
            draft.row.tags = all;
            Ok(())
        })
        .await
    }

    /// Removes tags; fine if there are none of these keys.
    pub async fn untag(&self, at: &KeyRef, keys: &[String]) -> Result<(), Error> {
        self.change(at, |draft| {
            draft.admit(Wanted::Describe)?;
            draft.row.tags.retain(|key, _| !keys.contains(key));
            Ok(())
        })
        .await
    }

    /// The ids of an account's keys in a region, from after `after` on.
    pub async fn list_keys(
        &self,
        account: AccountId,
        region: &str,
        after: Option<&str>,
        limit: usize,
    ) -> Result<Page<KeyRef>, Error> {
        let now = self.now();
        let snapshot = self.store.snapshot();
        let (mut start, end) = KEYS.prefix(|key| {
            key.u64(account.as_u64()).text(region);
        });
        let past = |id: &str| {
            let at = KeyRef { account, region: region.to_owned(), id: id.to_owned() };
            store::key_after(&KEYS.key(&at))
        };
        if let Some(after) = after {
            start = past(after);
        }
        let mut items = Vec::new();
        while items.len() <= limit {
            let rows = KEYS.scan(&*snapshot, (start, end.clone()), KEYS_PAGE.min(limit + 1)).await?;
            let Some((last, _)) = rows.last() else { break };
            start = past(&last.id);
            let there = rows.into_iter().filter(|(_, row)| super::state::state(&row.value, now).is_some());
            items.extend(there.map(|(at, _)| at));
        }
        Ok(Page::take(items, limit))
    }
}

/// Material that was just drawn.
pub(super) struct Drawn {
    /// Its row.
    pub(super) row: MaterialRow,
    /// The public half, if it is a pair.
    pub(super) public: Option<Vec<u8>>,
}

/// Runs what takes long with keys of this spec where it keeps nobody waiting.
pub(super) async fn heavy<T: Send + 'static>(
    spec: Spec,
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, Error> {
    if !spec.is_rsa() {
        return Ok(work());
    }
    let done = tokio::task::spawn_blocking(work).await;
    done.map_err(|error| Error::Store(format!("work on a key did not end: {error}")))
}

/// Whether a state shows as switched on.
pub const fn is_enabled(state: State) -> bool {
    matches!(state, State::Enabled)
}
