//! Temporary credentials: issued by STS, found by the door, forgotten some time after their end.
//!
//! A session is one row under its key's id, with secret and token sealed, and one entry in the order of ends, by which the sweep
//! finds what to remove without looking at what lives. A session that has ended stays for a while, so that its holder is told that it
//! expired and not that it never was.

use std::collections::BTreeMap;
use std::time::Duration;

use base::{AccountId, Secret, Timestamp};
use service::{Stop, Timer, tasks::TaskError};
use store::{Commit, CommitId};

use super::Identity;
use super::draft::keep;
use super::error::{Error, Result, Why};
use super::naming::{self, PolicyName};
use crate::tables::{Actor, EndKey, IdKey, Nothing, SESSION_ENDS, SESSIONS, SessionRow};

/// How long an ended session is remembered.
const REMEMBERED: Duration = Duration::from_secs(24 * 3_600);
/// How often ended sessions are looked for, and uses of keys written down.
const SWEEP_EVERY: Duration = Duration::from_secs(300);
/// Sessions removed by one commit.
const SWEEP_MAX: usize = 1_000;

/// What credentials are to be issued.
#[derive(Clone, Debug)]
pub struct NewSession {
    /// Whose account.
    pub account: AccountId,
    /// Whom they stand for.
    pub actor: Actor,
    /// For how long.
    pub duration: Duration,
    /// What limits them.
    pub limits: SessionLimits,
    /// Session tags.
    pub tags: BTreeMap<String, String>,
    /// Which of them are inherited.
    pub transitive: Vec<String>,
    /// Who is behind it.
    pub source_identity: Option<String>,
    /// The identity provider that vouched.
    pub provider: Option<String>,
    /// Condition keys of the provider's token.
    pub claims: Vec<(String, String)>,
    /// Whether a code of an MFA device was told.
    pub mfa: bool,
}

/// Session policies.
#[derive(Clone, Debug, Default)]
pub struct SessionLimits {
    /// The document given.
    pub policy: Option<String>,
    /// ARNs of managed policies.
    pub arns: Vec<String>,
}

/// Credentials just issued.
#[derive(Debug)]
pub struct Issued {
    /// The key's id.
    pub id: String,
    /// Its secret.
    pub secret: Secret,
    /// The token that must come with it.
    pub token: Secret,
    /// When they end.
    pub expires: Timestamp,
}

impl Identity {
    /// Issues credentials. Durable when it returns.
    pub async fn issue(&self, new: NewSession) -> Result<Issued> {
        let now = self.clock.now().cut_to_secs();
        let expires = now.plus(new.duration);
        let id = naming::session_key_id(&self.random);
        let secret = Secret::new(naming::secret(&self.random));
        let token = Secret::new(naming::token(&self.random));
        let row = SessionRow {
            account: new.account.as_u64(),
            actor: new.actor,
            issued_micros: now.as_micros(),
            end_micros: expires.as_micros(),
            secret: self.sealed_secret(&id, &secret),
            token: self.seal.seal(&self.random, format!("token {id}").as_bytes(), token.expose()),
            policy: new.limits.policy,
            policy_arns: new.limits.arns,
            tags: new.tags,
            transitive: new.transitive,
            source_identity: new.source_identity,
            provider: new.provider,
            claims: new.claims,
            mfa_micros: new.mfa.then(|| now.as_micros()),
        };
        let mut commit = Commit::new(CommitId(self.random.u128()));
        commit.unchanged(SESSIONS, &IdKey(id.clone()), None).put(SESSIONS, &IdKey(id.clone()), &row);
        commit.put(SESSION_ENDS, &EndKey { end_micros: row.end_micros, id: id.clone() }, &Nothing {});
        keep(&*self.store, commit).await?;
        Ok(Issued { id, secret, token, expires })
    }

    /// Refuses a managed policy that cannot be a session policy: there is none, or it is another account's.
    pub async fn check_session_policy(&self, account: AccountId, arn: &str) -> Result<()> {
        let is_ours = match naming::parse_policy_arn(arn)? {
            PolicyName::Aws(_) => true,
            PolicyName::Account(owner, _) => owner == account,
        };
        let held = if !is_ours {
            None
        } else {
            self.managed(&*self.store.snapshot(), arn, policy::Kind::Session).await
        };
        held.map(|_| ()).ok_or_else(|| {
            Error::new(Why::MalformedPolicy, format!("Policy {arn} does not exist or is not attachable."))
        })
    }

    /// The session behind a key.
    pub(crate) async fn session(&self, id: &str) -> Result<Option<SessionRow>> {
        let row = SESSIONS.get(&*self.store.snapshot(), &IdKey(id.to_owned())).await?;
        Ok(row.map(|row| row.value))
    }

    pub(super) fn opened_token(&self, id: &str, sealed: &[u8]) -> Result<Secret> {
        let opened = self.seal.open(format!("token {id}").as_bytes(), sealed);
        opened.map(Secret::new).map_err(|error| Error::new(Why::Unavailable, error.to_string()))
    }

    /// Removes sessions whose end is long past. Returns how many.
    pub async fn sweep_sessions(&self) -> Result<usize> {
        let mut removed = 0;
        loop {
            let (start, _) = SESSION_ENDS.prefix(|_| {});
            let past = self.clock.now().minus(REMEMBERED).as_micros();
            let end = SESSION_ENDS.key(&EndKey { end_micros: past, id: String::new() });
            let rows = SESSION_ENDS.scan(&*self.store.snapshot(), (start, end), SWEEP_MAX).await?;
            if rows.is_empty() {
                return Ok(removed);
            }
            let mut commit = Commit::new(CommitId(self.random.u128()));
            for (key, _) in &rows {
                commit.delete(SESSIONS, &IdKey(key.id.clone())).delete(SESSION_ENDS, key);
            }
            removed += rows.len();
            keep(&*self.store, commit).await?;
        }
    }

    /// Sweeps ended sessions and writes down uses of keys, every now and then, until told to end.
    pub(crate) async fn upkeep(&self, timer: Timer, stop: Stop) -> std::result::Result<(), TaskError> {
        while stop.unless(timer.sleep(SWEEP_EVERY)).await.is_some() {
            self.sweep_sessions().await?;
            self.flush_uses().await?;
        }
        self.flush_uses().await?;
        Ok(())
    }
}
