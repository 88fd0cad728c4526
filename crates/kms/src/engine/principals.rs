//! Users and roles in policies and grants: kept by their unique ids, shown by their ARNs.
//!
//! A user who is made again under an old name is another one (facts section 1), so what is stored must not be a name. Accounts, sessions,
//! services and `*` have no ids and stay as they are. Somebody who is gone is shown by the id that is left of them.

use std::collections::HashMap;
use std::sync::Arc;

use ::policy::Document;
use ports::{PortError, Principal, PrincipalKind};

use super::grant::root_arn;
use super::policy::{parse, parsed};
use super::{Error, Kms};
use crate::tables::Party;

/// What a policy is refused for that names somebody who does not exist.
const INVALID_PRINCIPALS: &str = "Policy contains a statement with one or more invalid principals.";

/// A policy as it is kept.
#[derive(Clone, Debug)]
pub struct Stored {
    /// Its text, with ids.
    pub text: String,
    /// Itself, ready to be evaluated.
    pub document: Arc<Document>,
}

fn unavailable(error: PortError) -> Error {
    Error::Store(error.to_string())
}

/// Whether the text is the ARN of a user or a role.
fn is_entity(text: &str) -> bool {
    let resource = text.strip_prefix("arn:aws:iam::").and_then(|rest| rest.split_once(':'));
    resource.is_some_and(|(_, resource)| resource.starts_with("user/") || resource.starts_with("role/"))
}

/// Whether the text is the unique id of a user or a role.
fn is_unique_id(text: &str) -> bool {
    (text.starts_with("AIDA") || text.starts_with("AROA")) && text.bytes().all(|b| b.is_ascii_alphanumeric())
}

impl Kms {
    /// Reads a policy that somebody puts. Fails if it names users or roles that do not exist.
    pub async fn stored(&self, text: &str) -> Result<Stored, Error> {
        let document = parse(text)?;
        let mut ids = HashMap::new();
        for name in document.principals().filter(|name| is_entity(name.value)) {
            let id = self.principals.unique_id(name.value).await.map_err(unavailable)?;
            let id = id.ok_or_else(|| Error::MalformedPolicy(INVALID_PRINCIPALS.to_owned()))?;
            ids.insert(name.value.to_owned(), id);
        }
        if ids.is_empty() {
            return Ok(Stored { text: text.to_owned(), document });
        }
        let text = document.with_principals(|name| ids.get(name.value).cloned());
        let document = parsed(&text)?;
        Ok(Stored { text, document })
    }

    /// The text of a policy that is kept, as it was put.
    pub async fn shown(&self, document: &Document) -> Result<String, Error> {
        let mut arns = HashMap::new();
        for name in document.principals().filter(|name| is_unique_id(name.value)) {
            if let Some(arn) = self.principals.arn_of(name.value).await.map_err(unavailable)? {
                arns.insert(name.value.to_owned(), arn);
            }
        }
        Ok(document.with_principals(|name| arns.get(name.value).cloned()))
    }

    /// Somebody whom a grant is to name. Fails if there is no such user or role.
    pub async fn party_stored(&self, party: Party) -> Result<Party, Error> {
        match party {
            Party::Principal(arn) if is_entity(&arn) => {
                let id = self.principals.unique_id(&arn).await.map_err(unavailable)?;
                id.map(Party::Principal).ok_or(Error::NoPrincipal(arn))
            }
            other => Ok(other),
        }
    }

    /// Somebody whom a grant names, as they are called now.
    pub async fn party_shown(&self, party: Party) -> Result<Party, Error> {
        match party {
            Party::Principal(id) if is_unique_id(&id) => {
                let arn = self.principals.arn_of(&id).await.map_err(unavailable)?;
                Ok(Party::Principal(arn.unwrap_or(id)))
            }
            other => Ok(other),
        }
    }

    /// The names by which grants can mean somebody.
    pub async fn names(&self, principal: &Principal) -> Result<Vec<String>, Error> {
        let own = principal.arn().map(|arn| arn.to_string());
        Ok(match &principal.kind {
            PrincipalKind::Root => vec![root_arn(principal.account)],
            PrincipalKind::User { id, .. } => vec![id.clone()],
            PrincipalKind::Role { role, id, .. } => {
                let id = match id {
                    Some(id) => Some(id.clone()),
                    None => self.principals.unique_id(role.as_str()).await.map_err(unavailable)?,
                };
                id.into_iter().chain(own).collect()
            }
            PrincipalKind::Federated { .. } => own.into_iter().collect(),
            PrincipalKind::Service { name, .. } => vec![name.clone()],
            PrincipalKind::Anonymous => Vec::new(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn users_and_roles_have_ids_and_nothing_else() {
        assert!(
            is_entity("arn:aws:iam::000000000000:user/a/b") && is_entity("arn:aws:iam::000000000000:role/r")
        );
        for text in
            ["*", "arn:aws:iam::000000000000:root", "arn:aws:sts::000000000000:assumed-role/r/s", "AIDAX"]
        {
            assert!(!is_entity(text), "{text}");
        }
        assert!(is_unique_id("AIDAABCDEFGHIJKLMNOPQ") && is_unique_id("AROAABCDEFGHIJKLMNOPQ"));
        assert!(!is_unique_id("arn:aws:iam::000000000000:user/a") && !is_unique_id("*"));
    }
}
