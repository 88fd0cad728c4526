//! The catalog's resource policy: who else may use it. It stands with ids where it names users and roles, so that a name that is taken again is
//! not the principal that was meant.

use std::sync::Arc;

use ::policy::{Document, Kind};
use service::names::{Unkeepable, to_keep, to_show};
use store::{Check, Row};

use super::{ATTEMPTS, Error, Glue};
use crate::tables::{CatalogRef, POLICIES, PolicyRow};

/// Bytes of a policy (Glue developer guide, "Resource-based policies": 10 KB).
const POLICY_BYTES_MAX: usize = 10 << 10;

/// What must hold of the policy that is replaced or removed.
#[derive(Clone, Debug, Default)]
pub struct PolicyCondition {
    /// Its hash.
    pub hash: Option<String>,
    /// Whether there must be one.
    pub exists: Option<bool>,
}

/// A policy as it is shown.
#[derive(Clone, Debug)]
pub struct ShownPolicy {
    /// Its text.
    pub text: String,
    /// Its row.
    pub row: PolicyRow,
}

impl PolicyCondition {
    fn check(&self, there: Option<&Row<PolicyRow>>) -> Result<(), Error> {
        let fails = |text: &str| Err(Error::Condition(text.to_owned()));
        if self.exists == Some(true) && there.is_none() {
            return fails("Policy does not exist.");
        }
        if self.exists == Some(false) && there.is_some() {
            return fails("Policy exists already.");
        }
        match (&self.hash, there) {
            (Some(hash), Some(row)) if *hash != row.value.hash => fails("Policy hash does not match."),
            (Some(_), None) => fails("Policy does not exist."),
            (Some(_) | None, _) => Ok(()),
        }
    }
}

fn malformed(why: impl std::fmt::Display) -> Error {
    Error::Invalid(format!("Policy is malformed: {why}"))
}

fn missing() -> Error {
    Error::NotFound("Policy not found".to_owned())
}

impl Glue {
    /// The policy of a catalog, to be judged by. One that cannot be read lets nobody in.
    pub async fn policy(&self, catalog: &CatalogRef) -> Result<Option<Arc<Document>>, Error> {
        let Some(row) = POLICIES.get(&*self.snapshot(), catalog).await? else { return Ok(None) };
        let document = Document::parse(&row.value.text, Kind::Resource);
        document.map(|document| Some(Arc::new(document))).map_err(|why| Error::Store(why.to_string()))
    }

    /// Puts the policy of a catalog. Returns its hash.
    pub async fn put_policy(
        &self,
        catalog: &CatalogRef,
        text: &str,
        condition: &PolicyCondition,
    ) -> Result<String, Error> {
        if text.len() > POLICY_BYTES_MAX {
            return Err(Error::Invalid(format!("The policy is larger than {POLICY_BYTES_MAX} bytes.")));
        }
        let document = Document::parse(text, Kind::Resource).map_err(malformed)?;
        let kept = to_keep(document, &*self.principals).await.map_err(|error| match error {
            Unkeepable::NoPrincipal { .. } => malformed(error),
            Unkeepable::Unavailable(why) => Error::Store(why.to_string()),
        })?;
        let stored = kept.with_principals(|_| None);
        let hash = base64_simd::STANDARD.encode_to_string(&crypt::sha256(text.as_bytes())[..16]);
        for _ in 0..ATTEMPTS {
            let there = POLICIES.get(&*self.snapshot(), catalog).await?;
            condition.check(there.as_ref())?;
            let now = self.now().as_micros();
            let created_micros = there.as_ref().map_or(now, |row| row.value.created_micros);
            let row =
                PolicyRow { text: stored.clone(), hash: hash.clone(), created_micros, updated_micros: now };
            let mut commit = self.begin();
            commit.unchanged(POLICIES, catalog, there.as_ref());
            commit.put(POLICIES, catalog, &row);
            if self.done(commit).await? {
                return Ok(hash);
            }
        }
        Err(Error::Conflict)
    }

    /// The policy of a catalog, as it is shown.
    pub async fn shown_policy(&self, catalog: &CatalogRef) -> Result<ShownPolicy, Error> {
        let row = POLICIES.get(&*self.snapshot(), catalog).await?.ok_or_else(missing)?.value;
        let document =
            Document::parse(&row.text, Kind::Resource).map_err(|why| Error::Store(why.to_string()))?;
        let text = to_show(&document, &*self.principals).await;
        Ok(ShownPolicy { text: text.map_err(|why| Error::Store(why.to_string()))?, row })
    }

    /// Removes the policy of a catalog.
    pub async fn delete_policy(
        &self,
        catalog: &CatalogRef,
        condition: &PolicyCondition,
    ) -> Result<(), Error> {
        for _ in 0..ATTEMPTS {
            let there = POLICIES.get(&*self.snapshot(), catalog).await?.ok_or_else(missing)?;
            condition.check(Some(&there))?;
            let mut commit = self.begin();
            commit.check(Check::VersionIs(POLICIES.key(catalog), there.version));
            commit.delete(POLICIES, catalog);
            if self.done(commit).await? {
                return Ok(());
            }
        }
        Err(Error::Conflict)
    }
}
