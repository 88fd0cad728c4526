//! Users and roles in policies and grants: kept by their unique ids, shown by their ARNs.
//!
//! What that means for policies is in `service::names`. Grants name one party each, by an ARN, a service, or an id.

use std::sync::Arc;

use ::policy::{Document, Malformed};
use ports::{PortError, Principal, PrincipalKind};
use service::names::{self, Unkeepable, is_entity, is_unique_id};

use super::grant::root_arn;
use super::policy::parse;
use super::{Error, Kms};
use crate::tables::Party;

fn unavailable(error: PortError) -> Error {
    Error::Store(error.to_string())
}

impl Kms {
    /// Reads a policy that somebody puts, and names users and roles in it by their ids. Fails if there are no such.
    pub async fn policy_to_keep(&self, text: &str) -> Result<Arc<Document>, Error> {
        let kept = names::to_keep(parse(text)?, &*self.principals).await;
        kept.map(Arc::new).map_err(|error| match error {
            Unkeepable::NoPrincipal { .. } => {
                Error::MalformedPolicy(Malformed::InvalidKeyPrincipal.to_string())
            }
            Unkeepable::Unavailable(error) => unavailable(error),
        })
    }

    /// The text of a policy that is kept, as it was put.
    pub async fn policy_to_show(&self, document: &Document) -> Result<String, Error> {
        names::to_show(document, &*self.principals).await.map_err(unavailable)
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
