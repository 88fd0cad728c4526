//! With what rights somebody acts: every policy on the caller's side, gathered from rows and parsed.
//!
//! Gathering takes a dozen reads, so it is kept, under the version of the account's row: any change of the account's users, roles, groups or policies raises it,
//! and what was gathered before is not used again. A session's own row never changes. What cannot be read as it should be (a
//! policy that vanished under a boundary, a document that no longer parses) leaves the principal without any rights: never with more
//! than it had.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, LazyLock, Mutex};

use base::{AccountId, Arn, Timestamp};
use policy::{Attached, Document, Kind as DocumentKind};
use ports::{Principal, PrincipalKind};
use service::Caller;
use store::{Snapshot, Version};

use super::error::Result;
use super::lookup::generation;
use super::naming::named_entity;
use super::{Identity, entities, policies};
use crate::tables::{EntityRow, IdKey, Kind, SESSIONS, SessionRow};

/// Principals kept; when there are more it starts anew.
const KEPT_MAX: usize = 10_000;

/// A policy on the caller's side.
#[derive(Debug)]
pub struct Held {
    /// Its name.
    pub name: String,
    /// Its ARN, if it is a managed one.
    pub arn: Option<String>,
    /// The document.
    pub document: Arc<Document>,
}

impl Held {
    /// As the evaluation wants it.
    pub fn attached(&self) -> Attached<'_> {
        Attached { name: &self.name, arn: self.arn.as_deref(), document: &self.document }
    }
}

/// What the caller's side says.
#[derive(Debug, Default)]
pub struct Rights {
    /// There is no such principal (any more): it may nothing.
    pub gone: bool,
    /// The account it belongs to, if the principal does not say so itself.
    pub account: Option<AccountId>,
    /// The unique id of the user or role, for principals that do not say so themselves.
    pub id: Option<String>,
    /// The policies of a user and its groups, or of a role.
    pub identity: Vec<Held>,
    /// The boundary.
    pub boundary: Option<Held>,
    /// The session's policies, if it was made with any.
    pub session: Option<Vec<Held>>,
    /// Tags of the principal, the session's over its own; keys in lower case.
    pub tags: BTreeMap<String, String>,
    /// What the session is, if this is one.
    pub temporary: Option<Temporary>,
}

/// What only temporary credentials have.
#[derive(Debug)]
pub struct Temporary {
    /// When they were issued.
    pub issued: Timestamp,
    /// When a code of an MFA device was told for them.
    pub mfa: Option<Timestamp>,
    /// Who is behind them.
    pub source_identity: Option<String>,
    /// The identity provider that vouched.
    pub provider: Option<String>,
    /// Condition keys of the provider's token, in lower case.
    pub claims: Vec<(String, String)>,
}

struct Kept {
    home: Option<Version>,
    rights: Arc<Rights>,
}

#[derive(Default)]
pub(crate) struct Actors(Mutex<HashMap<String, Kept>>);

impl Actors {
    fn get(&self, key: &str, home: Option<Version>) -> Option<Arc<Rights>> {
        let all = self.0.lock().expect("nothing panics while the rights are held");
        all.get(key).filter(|kept| kept.home == home).map(|kept| kept.rights.clone())
    }

    fn keep(&self, key: &str, home: Option<Version>, rights: Arc<Rights>) {
        let mut all = self.0.lock().expect("nothing panics while the rights are held");
        if all.len() >= KEPT_MAX {
            all.clear();
        }
        all.insert(key.to_owned(), Kept { home, rights });
    }
}

/// What a role may that a service was given and that IAM does not know: whatever its account may.
static EVERYTHING: LazyLock<Arc<Document>> = LazyLock::new(|| {
    let text = r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}"#;
    Arc::new(Document::parse(text, DocumentKind::Managed).expect("the document is a constant"))
});

impl Identity {
    /// The rights of a caller that is a user, a role or a federated session.
    pub(crate) async fn rights(&self, caller: &Caller) -> Result<Arc<Rights>> {
        let principal = &caller.principal;
        let session = caller.access_key_id.as_deref().filter(|id| id.starts_with("ASIA"));
        let role_arn;
        let key = match (&principal.kind, session) {
            (_, Some(id)) => id,
            (PrincipalKind::User { id, .. } | PrincipalKind::Role { id: Some(id), .. }, None) => id,
            (PrincipalKind::Role { role, id: None, .. }, None) => {
                role_arn = format!("{} {role}", principal.account);
                &role_arn
            }
            (
                PrincipalKind::Root
                | PrincipalKind::Federated { .. }
                | PrincipalKind::Service { .. }
                | PrincipalKind::Anonymous,
                None,
            ) => return Ok(Arc::new(Rights { gone: true, ..Rights::default() })),
        };
        let snapshot = self.store.snapshot();
        let home = generation(&*snapshot, home_account(principal)).await?;
        if let Some(rights) = self.actors.get(key, home) {
            return Ok(rights);
        }
        let rights = Arc::new(self.gather(&*snapshot, principal, session).await?);
        self.actors.keep(key, home, rights.clone());
        Ok(rights)
    }

    async fn gather(
        &self,
        snapshot: &dyn Snapshot,
        principal: &Principal,
        session: Option<&str>,
    ) -> Result<Rights> {
        let gone = || Rights { gone: true, ..Rights::default() };
        let mut rights = match &principal.kind {
            PrincipalKind::User { id, .. } => self.rights_by_id(snapshot, Kind::User, id).await?,
            PrincipalKind::Role { id: Some(id), .. } => self.rights_by_id(snapshot, Kind::Role, id).await?,
            PrincipalKind::Role { role, id: None, .. } => {
                self.rights_of_arn(snapshot, principal, role).await?
            }
            PrincipalKind::Federated { user, .. } => match named_entity(user.as_str()) {
                Some((account, Kind::User, name)) => {
                    match entities::find(snapshot, account, Kind::User, name).await? {
                        Some(row) => Some(self.rights_of(snapshot, account, &row).await?),
                        None => None,
                    }
                }
                // The root's federated session: whatever its policies say.
                Some(_) | None => Some(everything()),
            },
            PrincipalKind::Root | PrincipalKind::Service { .. } | PrincipalKind::Anonymous => None,
        };
        if let (Some(rights), Some(id)) = (&mut rights, session) {
            match SESSIONS.get(snapshot, &IdKey(id.to_owned())).await? {
                Some(row) => self.limit(snapshot, rights, row.value).await?,
                None => rights.gone = true,
            }
        }
        Ok(rights.unwrap_or_else(gone))
    }

    async fn rights_by_id(&self, snapshot: &dyn Snapshot, kind: Kind, id: &str) -> Result<Option<Rights>> {
        match entities::find_by_id(snapshot, id).await? {
            Some((account, found, row)) if found == kind => {
                Ok(Some(self.rights_of(snapshot, account, &row).await?))
            }
            Some(_) | None => Ok(None),
        }
    }

    /// A role that a service was given by its ARN: once IAM knows it, its policies count; until then it acts with its account's rights.
    async fn rights_of_arn(
        &self,
        snapshot: &dyn Snapshot,
        principal: &Principal,
        role: &Arn,
    ) -> Result<Option<Rights>> {
        let home = role.account().parse().unwrap_or(principal.account);
        let foreign = (home != principal.account).then_some(home);
        let unknown = || Rights { account: foreign, ..everything() };
        let Some((account, Kind::Role, name)) = named_entity(role.as_str()) else {
            return Ok(Some(unknown()));
        };
        let row = entities::find(snapshot, account, Kind::Role, name).await?;
        match row.filter(|row| entities::arn(account, Kind::Role, row) == *role) {
            Some(row) => {
                let mut rights = self.rights_of(snapshot, account, &row).await?;
                rights.account = foreign;
                Ok(Some(rights))
            }
            None => Ok(Some(unknown())),
        }
    }

    /// Everything an entity's row leads to.
    pub(crate) async fn rights_of(
        &self,
        snapshot: &dyn Snapshot,
        account: AccountId,
        row: &EntityRow,
    ) -> Result<Rights> {
        let mut rights = Rights {
            id: Some(row.id.clone()),
            tags: row.tags.iter().map(|(key, value)| (key.to_lowercase(), value.clone())).collect(),
            ..Rights::default()
        };
        self.add_policies(snapshot, &mut rights, row).await?;
        for group in row.user().map(|user| user.groups.as_slice()).unwrap_or_default() {
            if let Some(group) = entities::find(snapshot, account, Kind::Group, group).await? {
                self.add_policies(snapshot, &mut rights, &group).await?;
            }
        }
        if let Some(boundary) = &row.boundary {
            match self.managed(snapshot, boundary, DocumentKind::Boundary).await {
                Some(held) => rights.boundary = Some(held),
                None => rights.gone = true,
            }
        }
        Ok(rights)
    }

    async fn add_policies(
        &self,
        snapshot: &dyn Snapshot,
        rights: &mut Rights,
        row: &EntityRow,
    ) -> Result<()> {
        for (name, text) in &row.inline {
            match self.documents.parsed(text, DocumentKind::Identity) {
                Ok(document) => rights.identity.push(Held { name: name.clone(), arn: None, document }),
                Err(_) => rights.gone = true,
            }
        }
        for arn in &row.attached {
            match self.managed(snapshot, arn, DocumentKind::Managed).await {
                Some(held) => rights.identity.push(held),
                None => rights.gone = true,
            }
        }
        Ok(())
    }

    /// A managed policy's document that counts; `None` if it cannot be had.
    pub(crate) async fn managed(
        &self,
        snapshot: &dyn Snapshot,
        arn: &str,
        kind: DocumentKind,
    ) -> Option<Held> {
        let text = policies::default_text(snapshot, arn).await.ok()??;
        let document = self.documents.parsed(&text, kind).ok()?;
        let name = arn.rsplit('/').next().unwrap_or(arn).to_owned();
        Some(Held { name, arn: Some(arn.to_owned()), document })
    }

    /// What a session adds: its policies, which only take away, its tags and its origin.
    async fn limit(&self, snapshot: &dyn Snapshot, rights: &mut Rights, row: SessionRow) -> Result<()> {
        let mut session = Vec::new();
        if let Some(text) = &row.policy {
            match self.documents.parsed(text, DocumentKind::Session) {
                Ok(document) => session.push(Held { name: "session policy".to_owned(), arn: None, document }),
                Err(_) => rights.gone = true,
            }
        }
        for arn in &row.policy_arns {
            // A policy that was deleted since allows nothing.
            session.extend(self.managed(snapshot, arn, DocumentKind::Session).await);
        }
        if row.policy.is_some() || !row.policy_arns.is_empty() {
            rights.session = Some(session);
        }
        rights.tags.extend(row.tags.into_iter().map(|(key, value)| (key.to_lowercase(), value)));
        rights.temporary = Some(Temporary {
            issued: Timestamp::from_micros(row.issued_micros),
            mfa: row.mfa_micros.map(Timestamp::from_micros),
            source_identity: row.source_identity,
            provider: row.provider,
            claims: row.claims.into_iter().map(|(key, value)| (key.to_lowercase(), value)).collect(),
        });
        Ok(())
    }
}

fn everything() -> Rights {
    let held = Held { name: String::new(), arn: None, document: EVERYTHING.clone() };
    Rights { identity: vec![held], ..Rights::default() }
}

/// The account whose changes make what is known of a principal stale.
fn home_account(principal: &Principal) -> AccountId {
    match &principal.kind {
        PrincipalKind::Role { role, .. } => role.account().parse().unwrap_or(principal.account),
        PrincipalKind::Root
        | PrincipalKind::User { .. }
        | PrincipalKind::Federated { .. }
        | PrincipalKind::Service { .. }
        | PrincipalKind::Anonymous => principal.account,
    }
}
