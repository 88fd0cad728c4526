//! The keys in memory, and changes of them on their way to a commit.

use std::collections::HashMap;
use std::sync::{Arc, RwLock};

use base::Timestamp;
use store::{Commit, CommitError, TableKey, TableValue, Version};

use super::cache::{Cache, Remembered};
use super::grant::Granted;
use super::material::{Material, Roots};
use super::name::Named;
use super::policy::parsed;
use super::regions::WAITS_FOR_REPLICAS;
use super::state::{self, State, Wanted};
use super::{ATTEMPTS, Error, Kms};
use crate::tables::{ALIASES, AliasRef, AliasRow, DUE, DueRef, KEYS, KeyRef, KeyRow, MaterialRow};

/// A key as it stands, ready to be used.
pub struct Key {
    /// Which it is.
    pub at: KeyRef,
    /// Its row.
    pub row: KeyRow,
    /// Its policy, ready to be evaluated.
    pub policy: Arc<::policy::Document>,
    pub(super) version: Version,
    materials: Vec<(u32, Material)>,
    /// Grants of those who asked, by their names.
    pub(super) grantees: RwLock<HashMap<String, Arc<[Granted]>>>,
}

/// A change of a key on its way to a commit.
pub struct Draft<'a> {
    /// The key before.
    pub key: &'a Key,
    /// Its row after.
    pub row: KeyRow,
    /// What else is written.
    pub commit: Commit,
    /// When.
    pub now: Timestamp,
    /// What material is sealed with.
    pub(super) kms: &'a Kms,
}

impl Key {
    pub(super) fn new(roots: &Roots, at: KeyRef, row: KeyRow, version: Version) -> Result<Self, Error> {
        let mut materials = Vec::with_capacity(row.materials.len());
        for stored in &row.materials {
            if let Some(bytes) = roots.open(&at, stored)? {
                let opened = Material::new(row.spec, &bytes).map_err(|_| {
                    Error::Store(format!("material {} of key `{}` does not fit", stored.number, at.id))
                })?;
                materials.push((stored.number, opened));
            }
        }
        let policy = parsed(&row.policy)?;
        Ok(Self { at, row, policy, version, materials, grantees: RwLock::default() })
    }

    /// Its ARN.
    pub fn arn(&self) -> String {
        self.at.arn()
    }

    /// Its state. A key past its deletion date is not handed out any more.
    pub fn state(&self, now: Timestamp) -> State {
        state::state(&self.row, now).unwrap_or(State::PendingDeletion)
    }

    /// Whether it takes this now.
    pub fn admit(&self, now: Timestamp, wanted: Wanted) -> Result<(), Error> {
        state::admit(&self.at, &self.row, self.state(now), wanted)
    }

    /// The material that encrypts, signs and so on, and its row.
    pub fn current(&self) -> Result<(&MaterialRow, &Material), Error> {
        let number = self.row.current.ok_or_else(|| self.no_material())?;
        self.material(number)
    }

    /// Material by its number.
    pub fn material(&self, number: u32) -> Result<(&MaterialRow, &Material), Error> {
        let row = self.row.materials.iter().find(|row| row.number == number);
        let opened = self.materials.iter().find(|(of, _)| *of == number);
        match (row, opened) {
            (Some(row), Some((_, material))) => Ok((row, material)),
            (None, _) => Err(Error::InvalidCiphertext),
            (Some(_), None) => Err(self.no_material()),
        }
    }

    fn no_material(&self) -> Error {
        Error::WrongState(self.at.clone(), State::PendingImport)
    }
}

impl std::fmt::Debug for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Key").field("at", &self.at).finish_non_exhaustive()
    }
}

impl Draft<'_> {
    /// Whether the key takes this now.
    pub fn admit(&self, wanted: Wanted) -> Result<(), Error> {
        self.key.admit(self.now, wanted)
    }

    fn into_commit(mut self) -> Option<Commit> {
        self.row.due_micros = due(&self.row, self.now);
        if self.row == self.key.row && self.commit.writes.is_empty() {
            return None;
        }
        let at = &self.key.at;
        self.commit.check(store::Check::VersionIs(KEYS.key(at), self.key.version));
        self.commit.put(KEYS, at, &self.row);
        move_due(&mut self.commit, at, self.key.row.due_micros, self.row.due_micros);
        Some(self.commit)
    }
}

/// When something happens to a key by itself.
pub(super) fn due(row: &KeyRow, now: Timestamp) -> Option<i64> {
    if let Some(deletion) = row.deletion {
        return Some(deletion.at_micros).filter(|at| *at != WAITS_FOR_REPLICAS);
    }
    let expiries = row.materials.iter().filter(|material| material.sealed.is_some());
    let expiry = expiries.filter_map(|material| material.expires_micros).min();
    // A key that is switched off is rotated when it is switched on again.
    let rotation = row
        .rotation
        .filter(|_| state::state(row, now) == Some(State::Enabled))
        .map(|rotation| rotation.next_micros);
    [expiry, rotation].into_iter().flatten().min()
}

/// Moves a key's entry in the index by time.
pub(super) fn move_due(commit: &mut Commit, at: &KeyRef, from: Option<i64>, to: Option<i64>) {
    let entry = |at_micros| DueRef { at_micros, key: at.clone() };
    if from == to {
        return;
    }
    if let Some(from) = from {
        commit.delete(DUE, &entry(from));
    }
    if let Some(to) = to {
        commit.put(DUE, &entry(to), &());
    }
}

impl Kms {
    /// The key, in whatever state it is.
    pub async fn key(&self, at: &KeyRef) -> Result<Arc<Key>, Error> {
        let key = match self.remembered(&self.keys, KEYS, at).await? {
            Some(key) => key,
            None => {
                let generation = self.keys.generation();
                let key = Arc::new(self.load(at).await?);
                self.keys.insert(at, key.clone(), key.version, generation, self.clock.monotonic());
                key
            }
        };
        match state::state(&key.row, self.now()) {
            Some(_) => Ok(key),
            None => Err(Error::NoKey(at.clone())),
        }
    }

    /// The key that a name stands for.
    pub async fn named(&self, named: &Named) -> Result<Arc<Key>, Error> {
        match named {
            Named::Key(at) => self.key(at).await,
            Named::Alias(alias) => {
                let row = self.alias(alias).await?;
                self.key(&alias.target(&row)).await
            }
        }
    }

    /// The alias.
    pub async fn alias(&self, at: &AliasRef) -> Result<Arc<AliasRow>, Error> {
        if let Some(row) = self.remembered(&self.aliases, ALIASES, at).await? {
            return Ok(row);
        }
        let generation = self.aliases.generation();
        let row = ALIASES.get(&*self.store.snapshot(), at).await?;
        let row = row.ok_or_else(|| Error::NoAlias(at.clone()))?;
        let value = Arc::new(row.value);
        self.aliases.insert(at, value.clone(), row.version, generation, self.clock.monotonic());
        Ok(value)
    }

    async fn remembered<K, R, V>(
        &self,
        cache: &Cache<K, V>,
        table: store::Table<K, R>,
        at: &K,
    ) -> Result<Option<Arc<V>>, Error>
    where
        K: TableKey + std::hash::Hash + Eq + Clone,
        R: TableValue,
    {
        match cache.get(at, self.clock.monotonic()) {
            Remembered::No => Ok(None),
            Remembered::Yes(value) => Ok(Some(value)),
            Remembered::If(value, version) => {
                let row = self.store.snapshot().get(&table.key(at)).await?;
                if row.is_some_and(|row| row.version == version) {
                    return Ok(Some(value));
                }
                cache.forget(at);
                Ok(None)
            }
        }
    }

    /// The key as the store has it.
    pub(super) async fn load(&self, at: &KeyRef) -> Result<Key, Error> {
        let row = KEYS.get(&*self.store.snapshot(), at).await?;
        let row = row.ok_or_else(|| Error::NoKey(at.clone()))?;
        Key::new(&self.roots, at.clone(), row.value, row.version)
    }

    /// Changes a key: `decide` is asked what is to be, on the key as it stands, and again if somebody else was faster. Durable when it
    /// returns.
    pub async fn change<T>(
        &self,
        at: &KeyRef,
        mut decide: impl FnMut(&mut Draft<'_>) -> Result<T, Error> + Send,
    ) -> Result<T, Error> {
        let _forget = self.keys.forget_after(at);
        for _ in 0..ATTEMPTS {
            let key = self.load(at).await?;
            let now = self.now();
            if state::state(&key.row, now).is_none() {
                return Err(Error::NoKey(at.clone()));
            }
            let commit = Commit::new(self.new_commit_id());
            let mut draft = Draft { key: &key, row: key.row.clone(), commit, now, kms: self };
            let answer = decide(&mut draft)?;
            let others = draft.mirror().await?;
            let _forget_others: Vec<_> = others.iter().map(|other| self.keys.forget_after(other)).collect();
            let Some(commit) = draft.into_commit() else { return Ok(answer) };
            match self.store.commit(commit).await {
                Ok(_) => {
                    self.due.notify_one();
                    return Ok(answer);
                }
                Err(CommitError::Check { .. }) => {}
                Err(error) => return Err(error.into()),
            }
        }
        Err(Error::Conflict)
    }
}

impl AliasRef {
    /// The key its row points to.
    pub fn target(&self, row: &AliasRow) -> KeyRef {
        KeyRef { account: self.account, region: self.region.clone(), id: row.key.clone() }
    }
}
