//! Root keys: those that the settings give, beside which every other key is a row.
//!
//! | bound to | keys |
//! |---|---|
//! | loopback, nothing set | `test`/`test` is the root of the settings' account; a 12-digit id with the secret `test` is the root of that account |
//! | anything else, or credentials set | the credentials of the settings, and nothing else |
//!
//! So a script written for an emulator works on one's own machine, and nothing that everybody knows opens a server that others can
//! reach (product page, "Security checklist", 4).

use base::{AccountId, Secret};
use ports::{AccessKey, Principal};

/// The id and secret that every emulator's scripts use.
const CONVENTIONAL: &str = "test";

/// Which access keys there are.
#[derive(Debug)]
pub enum Keyring {
    /// The conventional ones, for a server that only this machine reaches.
    Conventional {
        /// The account of `test`/`test`.
        account: AccountId,
    },
    /// One root key.
    Root {
        /// Its id.
        access_key_id: String,
        /// Its secret.
        secret_access_key: Secret,
        /// Its account.
        account: AccountId,
    },
}

impl Keyring {
    pub(crate) fn find(&self, id: &str) -> Option<AccessKey> {
        let (secret, account) = match self {
            Keyring::Conventional { account } => {
                let account = if id == CONVENTIONAL { *account } else { id.parse().ok()? };
                (Secret::new(CONVENTIONAL), account)
            }
            Keyring::Root { access_key_id, secret_access_key, account } => {
                if id != access_key_id {
                    return None;
                }
                (secret_access_key.clone(), *account)
            }
        };
        Some(AccessKey {
            id: id.to_owned(),
            secret,
            principal: Principal::root(account),
            session: None,
            active: true,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn account(text: &str) -> AccountId {
        text.parse().unwrap()
    }

    #[test]
    fn on_loopback_test_and_twelve_digits_open() {
        let keyring = Keyring::Conventional { account: AccountId::DEFAULT };
        let test = keyring.find("test").unwrap();
        assert_eq!(test.principal, Principal::root(AccountId::DEFAULT));
        assert_eq!(test.secret.expose(), b"test");
        let other = keyring.find("123456789012").unwrap();
        assert_eq!(other.principal, Principal::root(account("123456789012")));
        for unknown in ["", "tes", "12345678901", "1234567890123", "AKIAIOSFODNN7EXAMPLE"] {
            assert!(keyring.find(unknown).is_none(), "{unknown}");
        }
    }

    #[test]
    fn with_credentials_set_nothing_else_opens() {
        let keyring = Keyring::Root {
            access_key_id: "AKIAIOSFODNN7EXAMPLE".to_owned(),
            secret_access_key: Secret::new("hush"),
            account: account("123456789012"),
        };
        let root = keyring.find("AKIAIOSFODNN7EXAMPLE").unwrap();
        assert_eq!(root.principal, Principal::root(account("123456789012")));
        assert!(keyring.find("test").is_none() && keyring.find("123456789012").is_none());
    }
}
