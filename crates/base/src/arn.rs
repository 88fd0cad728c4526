//! Accounts, regions and Amazon Resource Names. Source: IAM user guide, "Identify AWS resources with ARNs".

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

/// A 12-digit AWS account id.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct AccountId(u64);

/// The text is not twelve digits.
#[derive(Debug, PartialEq, Eq)]
pub struct InvalidAccountId;

impl AccountId {
    /// The account every emulator's scripts expect: `000000000000`.
    pub const DEFAULT: AccountId = AccountId(0);

    /// The number behind the digits, for keys on disk.
    pub const fn as_u64(self) -> u64 {
        self.0
    }

    /// The account with this number. Fails above twelve digits.
    pub fn from_u64(number: u64) -> Result<Self, InvalidAccountId> {
        if number <= 999_999_999_999 { Ok(Self(number)) } else { Err(InvalidAccountId) }
    }
}

impl FromStr for AccountId {
    type Err = InvalidAccountId;

    fn from_str(text: &str) -> Result<Self, InvalidAccountId> {
        if text.len() == 12 && text.bytes().all(|byte| byte.is_ascii_digit()) {
            text.parse().map(Self).map_err(|_| InvalidAccountId)
        } else {
            Err(InvalidAccountId)
        }
    }
}

impl fmt::Display for AccountId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:012}", self.0)
    }
}

impl fmt::Debug for AccountId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// A region name as it stands in the credential scope, e.g. `us-east-1`. Any name of the right characters is served.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Region(Arc<str>);

impl Region {
    /// The longest name taken.
    pub const LEN_MAX: usize = 32;

    /// A region of this name, or `None` unless it is 1 to 32 of `[a-z0-9-]`.
    pub fn new(name: &str) -> Option<Self> {
        let fits = (1..=Self::LEN_MAX).contains(&name.len())
            && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
        fits.then(|| Self(name.into()))
    }

    /// The region every emulator's scripts expect.
    pub fn us_east_1() -> Self {
        Self("us-east-1".into())
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Region {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Region {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// `arn:aws:SERVICE:REGION:ACCOUNT:RESOURCE`, kept whole, with its parts at hand.
///
/// ```
/// let arn: base::Arn = "arn:aws:kinesis:us-east-1:000000000000:stream/flights".parse().unwrap();
/// assert_eq!(arn.service(), "kinesis");
/// assert_eq!(arn.resource(), "stream/flights");
/// ```
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Arn(Arc<str>);

/// The text is not an ARN.
#[derive(Debug, PartialEq, Eq)]
pub struct InvalidArn;

impl Arn {
    /// The longest text taken (IAM's own bound).
    pub const LEN_MAX: usize = 2048;

    /// Builds an ARN of the partition `aws`.
    pub fn new(service: &str, region: &Region, account: AccountId, resource: &str) -> Self {
        Self(format!("arn:aws:{service}:{region}:{account}:{resource}").into())
    }

    /// Builds an ARN without a region, as IAM has them.
    pub fn global(service: &str, account: AccountId, resource: &str) -> Self {
        Self(format!("arn:aws:{service}::{account}:{resource}").into())
    }

    /// Builds an ARN without region and account, as S3 has them.
    pub fn s3(resource: &str) -> Self {
        Self(format!("arn:aws:s3:::{resource}").into())
    }

    fn part(&self, index: usize) -> &str {
        self.0.splitn(6, ':').nth(index).expect("an Arn has six parts: FromStr and the builders see to it")
    }

    /// The service, e.g. `kinesis`.
    pub fn service(&self) -> &str {
        self.part(2)
    }

    /// The region; empty for global services.
    pub fn region(&self) -> &str {
        self.part(3)
    }

    /// The account; empty for S3.
    pub fn account(&self) -> &str {
        self.part(4)
    }

    /// What follows the account, e.g. `stream/flights`.
    pub fn resource(&self) -> &str {
        self.part(5)
    }

    /// The whole text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Arn {
    type Err = InvalidArn;

    fn from_str(text: &str) -> Result<Self, InvalidArn> {
        let mut parts = text.splitn(6, ':');
        let well_formed = text.len() <= Self::LEN_MAX
            && parts.next() == Some("arn")
            && parts.next().is_some_and(|partition| partition.starts_with("aws"))
            && parts.next().is_some_and(|service| !service.is_empty())
            && parts.next().is_some()
            && parts.next().is_some()
            && parts.next().is_some_and(|resource| !resource.is_empty());
        if well_formed { Ok(Self(text.into())) } else { Err(InvalidArn) }
    }
}

impl fmt::Display for Arn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Arn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn account_keeps_its_leading_zeros() {
        let account: AccountId = "000000000042".parse().unwrap();
        assert_eq!(account.to_string(), "000000000042");
        assert_eq!("42".parse::<AccountId>(), Err(InvalidAccountId));
        assert_eq!("+00000000042".parse::<AccountId>(), Err(InvalidAccountId));
    }

    #[test]
    fn arn_resource_may_hold_colons() {
        let text = "arn:aws:kinesis:us-east-1:000000000000:stream/s/consumer/c:1700000000";
        let arn: Arn = text.parse().unwrap();
        assert_eq!(arn.resource(), "stream/s/consumer/c:1700000000");
        assert_eq!(arn.account(), "000000000000");
        assert!("arn:aws:kinesis:us-east-1".parse::<Arn>().is_err());
    }
}
