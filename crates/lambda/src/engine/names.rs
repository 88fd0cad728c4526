//! How functions are named: `NAME`, `NAME:Q`, `ACCOUNT:function:NAME[:Q]`, an ARN with or without a qualifier.

use base::{AccountId, Arn, Region};

use super::error::{Error, Result};
use crate::tables::FunctionKey;

/// `$LATEST`.
pub const LATEST: &str = "$LATEST";
/// Characters of a name (facts section 4.1).
pub const NAME_CHARS_MAX: usize = 64;

/// A function as a request names it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Named {
    /// The function.
    pub key: FunctionKey,
    /// The version or alias, if one was named.
    pub qualifier: Option<String>,
}

impl Named {
    /// Reads a name as a caller of this account and region means it. `None` if it is none.
    pub fn parse(text: &str, account: AccountId, region: &Region) -> Option<Self> {
        let parts: Vec<&str> = text.split(':').collect();
        let (region_given, account_given, rest) = match &parts[..] {
            ["arn", _, "lambda", region, account, "function", rest @ ..] => {
                (Some(*region), Some(*account), rest)
            }
            [account, "function", rest @ ..] if account.len() == 12 => (None, Some(*account), rest),
            [region, account, "function", rest @ ..] => (Some(*region), Some(*account), rest),
            ["function", rest @ ..] => (None, None, rest),
            ["arn", ..] => return None,
            rest => (None, None, rest),
        };
        let (name, qualifier) = match rest {
            [name] => (*name, None),
            [name, qualifier] => (*name, Some((*qualifier).to_owned())),
            _ => return None,
        };
        if name.is_empty() {
            return None;
        }
        let account = account_given.map_or(Some(account), |given| given.parse().ok())?;
        let region = region_given.map_or(Some(region.clone()), Region::new)?;
        Some(Self { key: FunctionKey { account, region, name: name.to_owned() }, qualifier })
    }

    /// As [`Named::parse`], with the qualifier that stands beside the name, which must not be another one.
    pub fn read(text: &str, beside: Option<&str>, account: AccountId, region: &Region) -> Result<Self> {
        let mut named = Self::parse(text, account, region).ok_or_else(|| {
            Error::new(super::error::Why::Violation, format!(
                "1 validation error detected: Value '{text}' at 'functionName' failed to satisfy constraint: Member must satisfy regular \
                 expression pattern: (arn:(aws[a-zA-Z-]*)?:lambda:)?([a-z]{{2}}(-gov)?-[a-z]+-\\d{{1}}:)?(\\d{{12}}:)?(function:)?([a-zA-Z0-9-_\\.]+)(:(\\$LATEST|[a-zA-Z0-9-_]+))?"
            ))
        })?;
        if named.key.region != *region {
            return Err(Error::not_found(format!(
                "Functions from '{}' are not reachable in this region ('{region}')",
                named.key.region
            )));
        }
        match (&named.qualifier, beside) {
            (Some(inside), Some(beside)) if inside != beside => Err(Error::invalid(
                "The derived qualifier from the function name does not match the specified qualifier.",
            )),
            (None, Some(beside)) => {
                named.qualifier = Some(beside.to_owned());
                Ok(named)
            }
            _ => Ok(named),
        }
    }

    /// The ARN, with the qualifier.
    pub fn arn(&self) -> Arn {
        qualified(&self.key, self.qualifier.as_deref())
    }
}

/// The ARN of a function.
pub fn arn(key: &FunctionKey) -> Arn {
    qualified(key, None)
}

/// The ARN of a version or alias.
pub fn qualified(key: &FunctionKey, qualifier: Option<&str>) -> Arn {
    let resource = match qualifier {
        Some(qualifier) => format!("function:{}:{qualifier}", key.name),
        None => format!("function:{}", key.name),
    };
    Arn::new("lambda", &key.region, key.account, &resource)
}

/// Whether a qualifier is a version's number.
pub fn version_number(qualifier: &str) -> Option<u64> {
    let digits = !qualifier.is_empty() && qualifier.bytes().all(|byte| byte.is_ascii_digit());
    digits.then(|| qualifier.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Option<(String, Option<String>)> {
        let named = Named::parse(text, AccountId::DEFAULT, &Region::us_east_1())?;
        Some((arn(&named.key).to_string(), named.qualifier))
    }

    #[test]
    fn every_form_names_the_same_function() {
        let whole = "arn:aws:lambda:us-east-1:000000000000:function:f";
        for text in ["f", "function:f", "000000000000:function:f", whole, "us-east-1:000000000000:function:f"]
        {
            assert_eq!(parse(text), Some((whole.to_owned(), None)), "{text}");
            let qualified = format!("{text}:$LATEST");
            assert_eq!(parse(&qualified), Some((whole.to_owned(), Some(LATEST.to_owned()))), "{text}");
        }
    }

    #[test]
    fn what_is_no_name_is_none() {
        for text in ["", "f:1:2", "arn:aws:s3:::b", "arn:aws:lambda:us-east-1:0:function:f", ":1"] {
            assert_eq!(parse(text), None, "{text}");
        }
    }

    #[test]
    fn two_qualifiers_must_agree() {
        let read = |text, beside| Named::read(text, beside, AccountId::DEFAULT, &Region::us_east_1());
        assert!(read("f:1", Some("2")).is_err());
        assert_eq!(read("f:1", Some("1")).unwrap().qualifier.as_deref(), Some("1"));
        assert_eq!(read("f", Some("2")).unwrap().qualifier.as_deref(), Some("2"));
        assert!(
            read("arn:aws:lambda:eu-west-1:000000000000:function:f", None)
                .unwrap_err()
                .message
                .contains("not reachable")
        );
    }
}
