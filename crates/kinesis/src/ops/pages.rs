//! What page tokens hold: where a listing goes on, and with which filter. They live for 300 seconds and cannot be forged.

use base::{AccountId, Timestamp};
use minicbor::{Decode, Encode};
use service::{Fault, Tokens};

use super::fault::{bad_token, expired_token};
use crate::engine::listing::Filter;
use crate::tables::StreamKey;

/// How long a token is good for.
const LIFE_MILLIS: i64 = 300_000;
const SHARDS: &str = "kinesis.ListShards";

/// A page of ListShards.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct ShardsPage {
    /// Whose shards.
    pub(crate) key: StreamKey,
    /// Which of them.
    pub(crate) filter: Filter,
    /// After which one.
    pub(crate) after: Option<u32>,
}

#[derive(Encode, Decode)]
struct ShardsToken {
    #[n(0)]
    issued_millis: i64,
    #[n(1)]
    account: u64,
    #[n(2)]
    region: String,
    #[n(3)]
    name: String,
    #[n(4)]
    filter: FilterToken,
    #[n(5)]
    after: Option<u32>,
}

#[derive(Encode, Decode)]
enum FilterToken {
    #[n(0)]
    All,
    #[n(1)]
    AtTrimHorizon,
    #[n(2)]
    AtLatest,
    #[n(3)]
    AtTime(#[n(0)] i64),
    #[n(4)]
    FromTime(#[n(0)] i64),
    #[n(5)]
    AfterShard(#[n(0)] u32),
}

#[derive(Encode, Decode)]
struct NameToken {
    #[n(0)]
    issued_millis: i64,
    #[n(1)]
    after: String,
}

impl ShardsPage {
    /// The token of this page.
    pub(crate) fn seal(&self, tokens: &Tokens, now: Timestamp) -> String {
        let token = ShardsToken {
            issued_millis: now.as_millis(),
            account: self.key.account.as_u64(),
            region: self.key.region.clone(),
            name: self.key.name.clone(),
            filter: match self.filter {
                Filter::All => FilterToken::All,
                Filter::AtTrimHorizon => FilterToken::AtTrimHorizon,
                Filter::AtLatest => FilterToken::AtLatest,
                Filter::AtTime(time) => FilterToken::AtTime(time.as_micros()),
                Filter::FromTime(time) => FilterToken::FromTime(time.as_micros()),
                Filter::AfterShard(number) => FilterToken::AfterShard(number),
            },
            after: self.after,
        };
        tokens.seal(SHARDS, &minicbor::to_vec(token).expect("encoding into memory cannot fail"))
    }

    /// The page a token stands for.
    pub(crate) fn open(tokens: &Tokens, token: &str, now: Timestamp) -> Result<Self, Fault> {
        let token: ShardsToken = open(tokens, SHARDS, token)?;
        check_age(token.issued_millis, now)?;
        let account = AccountId::from_u64(token.account).map_err(|_| bad_token())?;
        Ok(Self {
            key: StreamKey { account, region: token.region, name: token.name },
            filter: match token.filter {
                FilterToken::All => Filter::All,
                FilterToken::AtTrimHorizon => Filter::AtTrimHorizon,
                FilterToken::AtLatest => Filter::AtLatest,
                FilterToken::AtTime(micros) => Filter::AtTime(Timestamp::from_micros(micros)),
                FilterToken::FromTime(micros) => Filter::FromTime(Timestamp::from_micros(micros)),
                FilterToken::AfterShard(number) => Filter::AfterShard(number),
            },
            after: token.after,
        })
    }
}

/// A token for the page after this name. The purpose says which listing it belongs to.
pub(crate) fn seal_name(tokens: &Tokens, purpose: &str, after: &str, now: Timestamp) -> String {
    let token = NameToken { issued_millis: now.as_millis(), after: after.to_owned() };
    tokens.seal(purpose, &minicbor::to_vec(token).expect("encoding into memory cannot fail"))
}

/// The name after which a page begins.
pub(crate) fn open_name(
    tokens: &Tokens,
    purpose: &str,
    token: &str,
    now: Timestamp,
) -> Result<String, Fault> {
    let token: NameToken = open(tokens, purpose, token)?;
    check_age(token.issued_millis, now)?;
    Ok(token.after)
}

fn open<T: for<'b> Decode<'b, ()>>(tokens: &Tokens, purpose: &str, token: &str) -> Result<T, Fault> {
    let payload = tokens.open(purpose, token).map_err(|_| bad_token())?;
    minicbor::decode(&payload).map_err(|_| bad_token())
}

fn check_age(issued_millis: i64, now: Timestamp) -> Result<(), Fault> {
    if now.as_millis() - issued_millis > LIFE_MILLIS { Err(expired_token()) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use base::Secret;

    fn tokens() -> Tokens {
        Tokens::new(Secret::new(*b"key"))
    }

    fn page(filter: Filter) -> ShardsPage {
        let key =
            StreamKey { account: AccountId::DEFAULT, region: "us-east-1".to_owned(), name: "s".to_owned() };
        ShardsPage { key, filter, after: Some(7) }
    }

    #[test]
    fn tokens_carry_every_filter() {
        let time = Timestamp::from_millis(1_700_000_000_123);
        for filter in [
            Filter::All,
            Filter::AtTrimHorizon,
            Filter::AtLatest,
            Filter::AtTime(time),
            Filter::FromTime(time),
            Filter::AfterShard(3),
        ] {
            let token = page(filter).seal(&tokens(), Timestamp::EPOCH);
            assert_eq!(ShardsPage::open(&tokens(), &token, Timestamp::EPOCH), Ok(page(filter)));
        }
    }

    #[test]
    fn tokens_expire_after_five_minutes() {
        let token = page(Filter::All).seal(&tokens(), Timestamp::EPOCH);
        assert!(ShardsPage::open(&tokens(), &token, Timestamp::from_millis(300_000)).is_ok());
        let late = ShardsPage::open(&tokens(), &token, Timestamp::from_millis(300_001)).unwrap_err();
        assert_eq!(late.code, "ExpiredNextTokenException");
    }

    #[test]
    fn a_token_is_good_for_its_listing_alone() {
        let token = seal_name(&tokens(), "a", "name", Timestamp::EPOCH);
        assert_eq!(open_name(&tokens(), "a", &token, Timestamp::EPOCH), Ok("name".to_owned()));
        assert_eq!(open_name(&tokens(), "b", &token, Timestamp::EPOCH), Err(bad_token()));
        assert_eq!(open_name(&tokens(), "a", "nonsense", Timestamp::EPOCH), Err(bad_token()));
    }
}
