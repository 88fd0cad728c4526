//! What clients call a key: id, key ARN, alias name or alias ARN (facts section 9.1). Pure.

use base::{AccountId, Arn, Region};

use super::Error;
use crate::tables::{AliasRef, KeyRef};

/// What a `KeyId` names.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Named {
    /// A key, by its id or ARN.
    Key(KeyRef),
    /// Whatever an alias stands for.
    Alias(AliasRef),
}

impl Named {
    /// Reads a `KeyId` as somebody of this account means it in this region. Nothing of another region exists.
    pub fn parse(text: &str, account: AccountId, region: &Region) -> Result<Self, Error> {
        if text.starts_with("arn:") {
            return from_arn(text, region);
        }
        let region = region.to_string();
        if text.starts_with("alias/") {
            return Ok(Named::Alias(AliasRef { account, region, name: text.to_owned() }));
        }
        if !is_key_id(text) {
            return Err(Error::InvalidKeyId(text.to_owned()));
        }
        Ok(Named::Key(KeyRef { account, region, id: text.to_owned() }))
    }
}

fn from_arn(text: &str, region: &Region) -> Result<Named, Error> {
    let invalid = || Error::InvalidArn(text.to_owned());
    let arn: Arn = text.parse().map_err(|_| invalid())?;
    if arn.service() != "kms" {
        return Err(invalid());
    }
    let account = arn.account().parse().map_err(|_| invalid())?;
    if arn.region() != region.as_str() {
        return Err(Error::OtherRegion(arn.region().to_owned()));
    }
    let region = arn.region().to_owned();
    if let Some(id) = arn.resource().strip_prefix("key/") {
        return Ok(Named::Key(KeyRef { account, region, id: id.to_owned() }));
    }
    if arn.resource().starts_with("alias/") {
        return Ok(Named::Alias(AliasRef { account, region, name: arn.resource().to_owned() }));
    }
    Err(invalid())
}

/// Whether the text is a UUID, or `mrk-` and 32 hexadecimal digits.
pub fn is_key_id(text: &str) -> bool {
    let hex = |part: &str| part.bytes().all(|byte| byte.is_ascii_hexdigit());
    if let Some(digits) = text.strip_prefix("mrk-") {
        return digits.len() == 32 && hex(digits);
    }
    let lengths = [8, 4, 4, 4, 12];
    let mut parts = 0;
    for (at, part) in text.split('-').enumerate() {
        if lengths.get(at) != Some(&part.len()) || !hex(part) {
            return false;
        }
        parts += 1;
    }
    parts == lengths.len()
}

impl KeyRef {
    /// Its ARN.
    pub fn arn(&self) -> String {
        format!("arn:aws:kms:{}:{}:key/{}", self.region, self.account, self.id)
    }
}

impl AliasRef {
    /// Its ARN.
    pub fn arn(&self) -> String {
        format!("arn:aws:kms:{}:{}:{}", self.region, self.account, self.name)
    }

    /// The service whose key it stands for, if it is one of `alias/aws/`.
    pub fn service(&self) -> Option<&str> {
        self.name.strip_prefix("alias/aws/")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ID: &str = "1234abcd-12ab-34cd-56ef-1234567890ab";

    fn parse(text: &str) -> Result<Named, Error> {
        Named::parse(text, AccountId::DEFAULT, &Region::us_east_1())
    }

    #[test]
    fn the_four_forms_name_keys_and_aliases() {
        let key = KeyRef { account: AccountId::DEFAULT, region: "us-east-1".to_owned(), id: ID.to_owned() };
        assert_eq!(parse(ID), Ok(Named::Key(key.clone())));
        assert_eq!(parse(&key.arn()), Ok(Named::Key(key)));
        let alias = AliasRef {
            account: AccountId::DEFAULT,
            region: "us-east-1".to_owned(),
            name: "alias/a".to_owned(),
        };
        assert_eq!(parse("alias/a"), Ok(Named::Alias(alias.clone())));
        assert_eq!(parse(&alias.arn()), Ok(Named::Alias(alias)));
        assert!(matches!(parse("mrk-1234abcd12ab34cd56ef1234567890ab"), Ok(Named::Key(_))));
        let foreign = parse("arn:aws:kms:us-east-1:000000000042:key/x");
        assert!(matches!(foreign, Ok(Named::Key(KeyRef { account, .. })) if account.as_u64() == 42));
    }

    #[test]
    fn anything_else_is_refused_in_its_own_way() {
        for text in ["", "x", "1234abcd", "mrk-1", "1234abcd-12ab-34cd-56ef-1234567890ab-1", "aliasx"] {
            assert_eq!(parse(text), Err(Error::InvalidKeyId(text.to_owned())), "{text}");
        }
        for text in [
            "arn:",
            "arn:aws:s3:::b",
            "arn:aws:kms:us-east-1:1:key/x",
            "arn:aws:kms:us-east-1:000000000000:x",
        ] {
            assert_eq!(parse(text), Err(Error::InvalidArn(text.to_owned())), "{text}");
        }
        let other = parse("arn:aws:kms:eu-west-1:000000000000:key/x");
        assert_eq!(other, Err(Error::OtherRegion("eu-west-1".to_owned())));
    }
}
