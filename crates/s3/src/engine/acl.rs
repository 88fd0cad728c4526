//! Access control lists: what they grant to whom.
//!
//! Lists count only where ownership is not `BucketOwnerEnforced`. An account is known in a list by its canonical id alone. The owner of
//! what the list is about may read and write the list whatever it says. Source: S3 user guide, "Access control list (ACL) overview".

use base::AccountId;

use super::Error;
use crate::tables::{Acl, Grant, Grantee, Permission};

/// Grants of one list (S3 user guide).
pub const GRANTS_MAX: usize = 100;

/// Who asks, as far as lists tell people apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asker {
    /// Somebody without credentials.
    Anonymous,
    /// Somebody of this account.
    Account(AccountId),
    /// The service that delivers access logs.
    LogDelivery,
}

/// The canonical id by which lists and listings name an account.
pub use service::names::canonical_user as canonical_id;

impl Grantee {
    /// An account.
    pub fn account(account: AccountId) -> Self {
        Grantee::Canonical(canonical_id(account))
    }
}

impl Acl {
    /// The list of what nobody but its owner may use.
    pub fn private(owner: AccountId) -> Self {
        Self { owner, grants: vec![full_control(owner)] }
    }

    /// A list by its short name: of a bucket, where `bucket_owner` is `None`, else of an object in a bucket of that owner. `None` for a
    /// name that there is not.
    pub fn canned(name: &str, owner: AccountId, bucket_owner: Option<AccountId>) -> Option<Self> {
        let grant = |grantee, permission| Grant { grantee, permission };
        let mut acl = Self::private(owner);
        let more: Vec<Grant> = match (name, bucket_owner) {
            ("private", _) => Vec::new(),
            ("public-read", _) => vec![grant(Grantee::AllUsers, Permission::Read)],
            ("public-read-write", _) => {
                vec![grant(Grantee::AllUsers, Permission::Read), grant(Grantee::AllUsers, Permission::Write)]
            }
            ("authenticated-read", _) => vec![grant(Grantee::AuthenticatedUsers, Permission::Read)],
            ("log-delivery-write", None) => vec![
                grant(Grantee::LogDelivery, Permission::Write),
                grant(Grantee::LogDelivery, Permission::ReadAcp),
            ],
            // EC2 is not here to read anything.
            ("aws-exec-read", _) => Vec::new(),
            ("bucket-owner-read", Some(of)) if of != owner => {
                vec![grant(Grantee::account(of), Permission::Read)]
            }
            ("bucket-owner-full-control", Some(of)) if of != owner => vec![full_control(of)],
            ("bucket-owner-read" | "bucket-owner-full-control", Some(_)) => Vec::new(),
            (_, _) => return None,
        };
        acl.grants.extend(more);
        Some(acl)
    }

    /// Whether it says no more than that its owner may do everything.
    pub fn is_private(&self) -> bool {
        self.grants == [full_control(self.owner)]
    }

    /// Whether it lets in whom nobody knows.
    pub fn is_public(&self) -> bool {
        self.grants.iter().any(|grant| is_everybody(&grant.grantee))
    }

    /// Whether it lets somebody do this who is not of the owner's account; or everybody, that account included. With `ignore_public`,
    /// what is granted to everybody does not count.
    pub fn grants(&self, asker: Asker, permission: Permission, ignore_public: bool) -> bool {
        let gives = |given: Permission| given == permission || given == Permission::FullControl;
        self.grants.iter().filter(|grant| gives(grant.permission)).any(|grant| {
            match (&grant.grantee, asker) {
                (Grantee::AllUsers, _) => !ignore_public,
                (Grantee::AuthenticatedUsers, Asker::Account(_)) => !ignore_public,
                (Grantee::Canonical(id), Asker::Account(account)) => {
                    account != self.owner && *id == canonical_id(account)
                }
                (
                    Grantee::AuthenticatedUsers | Grantee::Canonical(_),
                    Asker::Anonymous | Asker::LogDelivery,
                ) => false,
                (Grantee::LogDelivery, asker) => asker == Asker::LogDelivery,
            }
        })
    }

    /// Refuses what no list may say.
    pub fn check(&self) -> Result<(), Error> {
        if self.grants.len() > GRANTS_MAX { Err(Error::MalformedAcl) } else { Ok(()) }
    }
}

fn full_control(account: AccountId) -> Grant {
    Grant { grantee: Grantee::account(account), permission: Permission::FullControl }
}

const fn is_everybody(grantee: &Grantee) -> bool {
    matches!(grantee, Grantee::AllUsers | Grantee::AuthenticatedUsers)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn account(number: u64) -> AccountId {
        AccountId::from_u64(number).unwrap()
    }

    #[test]
    fn lists_grant_what_they_say() {
        let (owner, friend) = (account(1), account(2));
        let asks = |acl: &Acl, asker, permission| acl.grants(asker, permission, false);
        let private = Acl::canned("private", owner, None).unwrap();
        assert!(private.is_private() && !private.is_public());
        assert!(!asks(&private, Asker::Account(friend), Permission::Read));
        // The owner's own people are let in by their policies, not by the list.
        assert!(!asks(&private, Asker::Account(owner), Permission::Read));

        let public = Acl::canned("public-read", owner, None).unwrap();
        assert!(public.is_public());
        assert!(asks(&public, Asker::Anonymous, Permission::Read));
        assert!(!asks(&public, Asker::Anonymous, Permission::Write));
        assert!(!public.grants(Asker::Anonymous, Permission::Read, true));

        let known = Acl::canned("authenticated-read", owner, None).unwrap();
        assert!(!asks(&known, Asker::Anonymous, Permission::Read));
        assert!(asks(&known, Asker::Account(friend), Permission::Read));

        let given = Acl::canned("bucket-owner-full-control", owner, Some(friend)).unwrap();
        assert!(asks(&given, Asker::Account(friend), Permission::WriteAcp));
        assert!(!asks(&given, Asker::Account(account(3)), Permission::Read));
        assert_eq!(Acl::canned("bucket-owner-read", owner, None), None);
        assert_eq!(Acl::canned("log-delivery-write", owner, Some(owner)), None);
    }
}
