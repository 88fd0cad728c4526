//! Web identities: what a token of an identity provider says, and whether the provider said it.
//!
//! Tokens are JSON web tokens in their compact form. What stands in one is believed after its signature was verified with a key of the provider that
//! some account registered; before, it only tells which provider to ask. Tokens are dated by the wall clock, which their issuers share.

use std::collections::BTreeMap;

use base::Timestamp;
use crypt::TokenSigning;
use serde_json::{Map, Value};

use super::Identity;
use super::error::{Error, Result, Why};
use super::key_sets::bare;
use crate::tables::ProviderRow;

/// Seconds by which an issuer's clock may be ahead.
const EARLY_SECS_MAX: i64 = 300;
/// Tags of a session (STS).
const TAGS_MAX: usize = 50;
/// What holds tags and the source identity (IAM user guide, "Passing session tags using AssumeRoleWithWebIdentity").
const TAGS_CLAIM: &str = "https://aws.amazon.com/tags";
const SOURCE_CLAIM: &str = "https://aws.amazon.com/source_identity";

const NO_TOKEN: &str =
    "The ID Token provided is not a valid JWT. (You may see this error if you sent an Access Token)";

/// A token, taken apart and not believed yet.
#[derive(Debug)]
pub struct Token {
    /// Who says that they issued it.
    pub issuer: String,
    /// Whom it is about.
    pub subject: String,
    /// For whom it is.
    pub audiences: Vec<String>,
    /// To whom it was issued, if it says so.
    pub authorized: Option<String>,
    /// How they were authenticated.
    pub methods: Vec<String>,
    /// Until when it is good.
    pub expires: Timestamp,
    /// Since when, if it says so.
    pub begins: Option<Timestamp>,
    /// Tags for the session.
    pub tags: BTreeMap<String, String>,
    /// Which of them are handed down.
    pub transitive: Vec<String>,
    /// Who is behind the session.
    pub source_identity: Option<String>,
    algorithm: String,
    key: Option<String>,
    signed: String,
    signature: Vec<u8>,
}

fn invalid(text: impl Into<String>) -> Error {
    Error::new(Why::InvalidToken, text)
}

impl Token {
    /// Takes a token apart.
    pub fn read(token: &str) -> Result<Self> {
        let no_token = || invalid(NO_TOKEN);
        let (signed, signature) = token.rsplit_once('.').ok_or_else(no_token)?;
        let (head, payload) = signed.split_once('.').ok_or_else(no_token)?;
        if payload.contains('.') {
            return Err(no_token());
        }
        let object = |part: &str| -> Result<Map<String, Value>> {
            let bytes = base64_simd::URL_SAFE_NO_PAD.decode_to_vec(part).map_err(|_| no_token())?;
            serde_json::from_slice(&bytes).map_err(|_| no_token())
        };
        let (head, claims) = (object(head)?, object(payload)?);
        let signature = base64_simd::URL_SAFE_NO_PAD.decode_to_vec(signature).map_err(|_| no_token())?;
        let needed = |name: &str| {
            text(&claims, name).ok_or_else(|| invalid(format!("Missing a required claim: {name}")))
        };
        let (tags, transitive) = tags(claims.get(TAGS_CLAIM))?;
        Ok(Self {
            issuer: needed("iss")?,
            subject: needed("sub")?,
            audiences: texts(claims.get("aud")),
            authorized: text(&claims, "azp"),
            methods: texts(claims.get("amr")),
            expires: time(&claims, "exp").ok_or_else(|| invalid("Missing a required claim: exp"))?,
            begins: time(&claims, "nbf"),
            tags,
            transitive,
            source_identity: text(&claims, SOURCE_CLAIM),
            algorithm: text(&head, "alg").ok_or_else(no_token)?,
            key: text(&head, "kid"),
            signed: signed.to_owned(),
            signature,
        })
    }

    /// The issuer as providers are called: without scheme.
    pub fn provider_url(&self) -> &str {
        bare(&self.issuer)
    }

    /// The audience that policies see: to whom it was issued, or else for whom it is.
    pub fn audience(&self) -> Option<&String> {
        self.authorized.as_ref().or(self.audiences.first())
    }

    /// Condition keys that policies see, at AssumeRoleWithWebIdentity and of the session later.
    pub fn conditions(&self) -> Vec<(String, String)> {
        let url = self.provider_url();
        let mut conditions = vec![(format!("{url}:sub"), self.subject.clone())];
        conditions.extend(self.audience().map(|audience| (format!("{url}:aud"), audience.clone())));
        let original = self.audiences.first().filter(|_| self.authorized.is_some());
        conditions.extend(original.map(|audience| (format!("{url}:oaud"), audience.clone())));
        conditions.extend(self.methods.iter().map(|method| (format!("{url}:amr"), method.clone())));
        conditions
    }
}

impl Identity {
    /// Fails unless the provider issued the token, to somebody it may vouch for, and it is good now.
    pub async fn verify_token(&self, provider: &ProviderRow, token: &Token) -> Result<()> {
        // A provider known by TLS is not asked without because a token says so.
        let plain = token.issuer.starts_with("http://");
        if plain != (provider.plain == Some(true)) {
            return Err(no_provider(token));
        }
        let mut named = token.audiences.iter().chain(&token.authorized);
        if !named.any(|audience| provider.clients.contains(audience)) {
            return Err(invalid("Incorrect token audience"));
        }
        let now = self.clock.wall();
        if token.expires <= now {
            let text = format!(
                "Token expired: current date/time {} must be before the expiration date/time {}",
                now.as_secs(),
                token.expires.as_secs()
            );
            return Err(Error::new(Why::ExpiredToken, text));
        }
        if token.begins.is_some_and(|begins| begins.as_secs() > now.as_secs() + EARLY_SECS_MAX) {
            return Err(invalid("The ID Token provided is not valid yet."));
        }
        let signing = TokenSigning::named(&token.algorithm)
            .ok_or_else(|| invalid("The signing algorithm of the ID Token is not supported."))?;
        let keys = self.provider_keys(provider, token.key.as_deref(), signing).await?;
        let signed = token.signed.as_bytes();
        if keys.iter().any(|key| key.verifies(signing, signed, &token.signature)) {
            Ok(())
        } else {
            Err(invalid("The signature of the ID Token could not be verified."))
        }
    }
}

/// No account of the role's has a provider that could have issued the token.
pub fn no_provider(token: &Token) -> Error {
    invalid(format!("No OpenIDConnect provider found in your account for {}", token.issuer))
}

fn text(object: &Map<String, Value>, name: &str) -> Option<String> {
    object.get(name).and_then(Value::as_str).filter(|text| !text.is_empty()).map(str::to_owned)
}

/// One text or a list of them.
fn texts(value: Option<&Value>) -> Vec<String> {
    let text = |value: &Value| value.as_str().map(str::to_owned);
    match value {
        Some(Value::Array(all)) => all.iter().filter_map(text).collect(),
        Some(one) => text(one).into_iter().collect(),
        None => Vec::new(),
    }
}

/// Seconds since the epoch, which some issuers write with a fraction.
fn time(object: &Map<String, Value>, name: &str) -> Option<Timestamp> {
    let value = object.get(name)?;
    // Beyond this no date can be written; what is later is as good as never.
    const LATEST_SECS: f64 = 253_402_300_799.0;
    let secs = value.as_f64().filter(|secs| secs.is_finite())?.clamp(0.0, LATEST_SECS);
    Some(Timestamp::from_secs(secs as i64))
}

type Tags = (BTreeMap<String, String>, Vec<String>);

/// `{"principal_tags": {"Team": ["blue"]}, "transitive_tag_keys": ["Team"]}`.
fn tags(claim: Option<&Value>) -> Result<Tags> {
    let Some(claim) = claim else { return Ok(Tags::default()) };
    let malformed = || invalid("The session tags of the ID Token are malformed.");
    let mut tags = BTreeMap::new();
    for (key, value) in claim.get("principal_tags").and_then(Value::as_object).into_iter().flatten() {
        let [value] = texts(Some(value)).try_into().map_err(|_| malformed())?;
        tags.insert(key.clone(), value);
    }
    let transitive = texts(claim.get("transitive_tag_keys"));
    let too_long = tags.iter().any(|(key, value)| key.chars().count() > 128 || value.chars().count() > 256);
    let unknown = transitive.iter().any(|key| !tags.contains_key(key));
    if tags.len() > TAGS_MAX || too_long || unknown {
        return Err(malformed());
    }
    Ok((tags, transitive))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn token(payload: &str) -> Result<Token> {
        let part = |text: &str| base64_simd::URL_SAFE_NO_PAD.encode_to_string(text);
        Token::read(&format!("{}.{}.c2ln", part(r#"{"alg":"RS256","kid":"k"}"#), part(payload)))
    }

    #[test]
    fn claims_are_read_and_what_is_no_token_is_refused() {
        let read = token(
            r#"{"iss":"https://idp.example/r/","sub":"s","aud":["a","b"],"azp":"c","exp":1767312000.5,"amr":["pwd"],
                "https://aws.amazon.com/source_identity":"alice",
                "https://aws.amazon.com/tags":{"principal_tags":{"Team":["blue"]},"transitive_tag_keys":["Team"]}}"#,
        )
        .unwrap();
        assert_eq!((read.provider_url(), read.expires.as_secs()), ("idp.example/r", 1_767_312_000));
        let pair = |key: &str, value: &str| (format!("idp.example/r:{key}"), value.to_owned());
        assert_eq!(
            read.conditions(),
            [pair("sub", "s"), pair("aud", "c"), pair("oaud", "a"), pair("amr", "pwd")]
        );
        assert_eq!((read.tags["Team"].as_str(), read.transitive.len()), ("blue", 1));
        assert_eq!(read.source_identity.as_deref(), Some("alice"));
        for bad in ["", "a.b", "a.b.c", "a.b.c.d", "e30.e30.e30", "e30.W10.c2ln"] {
            assert!(Token::read(bad).is_err(), "{bad}");
        }
        let missing = token(r#"{"iss":"https://idp.example","aud":"a","exp":1}"#).unwrap_err();
        assert_eq!(missing.text, "Missing a required claim: sub");
    }

    #[test]
    fn tags_that_are_none_are_refused() {
        for claim in [
            r#"{"principal_tags":{"Team":["a","b"]}}"#,
            r#"{"principal_tags":{"Team":[]}}"#,
            r#"{"transitive_tag_keys":["Team"]}"#,
        ] {
            let payload = format!(
                r#"{{"iss":"https://i","sub":"s","aud":"a","exp":1,"https://aws.amazon.com/tags":{claim}}}"#
            );
            assert!(token(&payload).is_err(), "{claim}");
        }
    }
}
