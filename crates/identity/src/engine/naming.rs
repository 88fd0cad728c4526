//! Ids, ARNs and names of IAM (identity facts, section 1).

use base::{AccountId, Arn, Random};

use super::error::{Error, Result, Why};
use crate::tables::Kind;

const ID_ALPHABET: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
const SECRET_ALPHABET: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
/// Characters of a unique id after its prefix.
const ID_LENGTH: usize = 17;
/// Characters of an access key's id after its prefix.
const KEY_LENGTH: usize = 16;
const SECRET_LENGTH: usize = 40;
/// AWS gives no size of a session token; its own are some hundred characters.
const TOKEN_LENGTH: usize = 344;

/// What a unique id is of.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum IdOf {
    /// A user, role or group.
    Entity(Kind),
    /// An instance profile.
    Profile,
    /// A managed policy.
    Policy,
}

/// A fresh unique id.
pub fn unique_id(random: &Random, of: IdOf) -> String {
    let prefix = match of {
        IdOf::Entity(Kind::User) => "AIDA",
        IdOf::Entity(Kind::Role) => "AROA",
        IdOf::Entity(Kind::Group) => "AGPA",
        IdOf::Profile => "AIPA",
        IdOf::Policy => "ANPA",
    };
    format!("{prefix}{}", random.text(ID_ALPHABET, ID_LENGTH))
}

/// A fresh id of a long-lived key.
pub fn key_id(random: &Random) -> String {
    format!("AKIA{}", random.text(ID_ALPHABET, KEY_LENGTH))
}

/// A fresh id of a temporary key.
pub fn session_key_id(random: &Random) -> String {
    format!("ASIA{}", random.text(ID_ALPHABET, KEY_LENGTH))
}

/// A fresh secret.
pub fn secret(random: &Random) -> String {
    random.text(SECRET_ALPHABET, SECRET_LENGTH)
}

/// A fresh session token.
pub fn token(random: &Random) -> String {
    random.text(SECRET_ALPHABET, TOKEN_LENGTH)
}

/// The ARN of a user, role or group.
pub fn entity_arn(account: AccountId, kind: Kind, path: &str, name: &str) -> Arn {
    Arn::global("iam", account, &format!("{}{path}{name}", kind.noun()))
}

/// The ARN of a managed policy.
pub fn policy_arn(account: AccountId, path: &str, name: &str) -> Arn {
    Arn::global("iam", account, &format!("policy{path}{name}"))
}

/// The ARN of an instance profile.
pub fn profile_arn(account: AccountId, path: &str, name: &str) -> Arn {
    Arn::global("iam", account, &format!("instance-profile{path}{name}"))
}

/// The ARN of an OpenID Connect provider.
pub fn provider_arn(account: AccountId, url: &str) -> Arn {
    Arn::global("iam", account, &format!("oidc-provider/{url}"))
}

/// A user or role that an ARN names: its account, kind and name. `None` for any other ARN.
pub fn named_entity(arn: &str) -> Option<(AccountId, Kind, &str)> {
    let rest = arn.strip_prefix("arn:aws:iam::")?;
    let (account, resource) = rest.split_once(':')?;
    let (noun, path_and_name) = resource.split_once('/')?;
    let kind = Kind::ALL.into_iter().find(|kind| kind.noun() == noun)?;
    let name = path_and_name.rsplit('/').next().filter(|name| !name.is_empty())?;
    Some((account.parse().ok()?, kind, name))
}

/// What a policy's ARN names.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum PolicyName<'a> {
    /// One of AWS's own, by its path and name (`service-role/AWSGlueServiceRole`).
    Aws(&'a str),
    /// An account's.
    Account(AccountId, &'a str),
}

/// Takes a policy's ARN apart. What is none gets AWS's text.
pub fn parse_policy_arn(arn: &str) -> Result<PolicyName<'_>> {
    let unparsable = || Error::new(Why::Invalid, "Invalid ARN:  Could not be parsed!");
    let invalid = || Error::new(Why::Invalid, format!("ARN {arn} is not valid."));
    let rest = arn.strip_prefix("arn:").ok_or_else(unparsable)?;
    let rest = rest.strip_prefix("aws:iam::").ok_or_else(invalid)?;
    let (account, resource) = rest.split_once(':').ok_or_else(invalid)?;
    let path_and_name = resource.strip_prefix("policy/").ok_or_else(invalid)?;
    let name = path_and_name.rsplit('/').next().filter(|name| !name.is_empty()).ok_or_else(invalid)?;
    if account == "aws" {
        return Ok(PolicyName::Aws(path_and_name));
    }
    Ok(PolicyName::Account(account.parse().map_err(|_| invalid())?, name))
}

/// RFC 3986: how documents stand in answers.
pub fn url_encoded(document: &str) -> String {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    let mut text = String::with_capacity(document.len() + document.len() / 2);
    for byte in document.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            text.push(char::from(byte));
        } else {
            text.push('%');
            text.push(char::from(DIGITS[usize::from(byte >> 4)]));
            text.push(char::from(DIGITS[usize::from(byte & 15)]));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_have_aws_s_forms() {
        let random = Random::seeded(1);
        let id = unique_id(&random, IdOf::Entity(Kind::Role));
        assert!(id.starts_with("AROA") && id.len() == 21, "{id}");
        assert_eq!(
            (key_id(&random).len(), session_key_id(&random).len(), secret(&random).len()),
            (20, 20, 40)
        );
    }

    #[test]
    fn arns_are_taken_apart() {
        let role = named_entity("arn:aws:iam::000000000000:role/deep/path/R").unwrap();
        assert_eq!(role, (AccountId::DEFAULT, Kind::Role, "R"));
        assert_eq!(named_entity("arn:aws:iam::000000000000:root"), None);
        assert_eq!(named_entity("arn:aws:iam::000000000000:role/"), None);
        let aws = parse_policy_arn("arn:aws:iam::aws:policy/service-role/AWSGlueServiceRole").unwrap();
        assert_eq!(aws, PolicyName::Aws("service-role/AWSGlueServiceRole"));
        let own = parse_policy_arn("arn:aws:iam::000000000000:policy/p/Own").unwrap();
        assert_eq!(own, PolicyName::Account(AccountId::DEFAULT, "Own"));
        assert_eq!(parse_policy_arn("nonsense").unwrap_err().text, "Invalid ARN:  Could not be parsed!");
    }

    #[test]
    fn documents_are_encoded_as_boto_decodes_them() {
        assert_eq!(url_encoded("{\"a b\": \"+%é\"}"), "%7B%22a%20b%22%3A%20%22%2B%25%C3%A9%22%7D");
    }
}
