//! The keys of identity providers: fetched when a token wants them, and kept for a while.
//!
//! ```text
//! token ─► kept, young and with that key? ─ yes ─► key
//!               │ no, and not asked just now
//!               └─► GET issuer/.well-known/openid-configuration ─► GET jwks_uri ─► kept
//! ```
//! Whoever calls is nobody yet, so that what they can make this server do is bounded: only addresses that an account registered are asked, each
//! at most twice a minute however many tokens name keys that are not there, by one call at a time, with a bound on every answer.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use crypt::{Curve, TokenKey, TokenSigning};
use http::Method;
use outbound::Request;
use serde_json::Value;

use super::Identity;
use super::error::{Error, Result, Why};
use crate::tables::ProviderRow;

/// How long keys are believed. Providers that take a key back expect it to be so after hours at most.
const BELIEVED: Duration = Duration::from_secs(3_600);
/// How soon a provider is asked again: after a failure, or for a key that it did not have.
const ASKED_AGAIN: Duration = Duration::from_secs(30);
/// The time for one answer of a provider.
const ANSWER_TIMEOUT: Duration = Duration::from_secs(5);
/// Bytes of either document.
const DOCUMENT_BYTES_MAX: u64 = 256 << 10;
/// Keys of one provider (IAM user guide: a hundred of each kind).
const KEYS_MAX: usize = 200;
/// Providers whose keys are kept; when there are more it starts anew.
const PROVIDERS_MAX: usize = 1_000;

/// AWS's text for a key that cannot be had.
const NO_KEY: &str = "Couldn't retrieve verification key from your identity provider, please reference AssumeRoleWithWebIdentity \
                      documentation for requirements";

/// Keys by the URLs of their providers.
#[derive(Default)]
pub(crate) struct KeySets(Mutex<HashMap<String, Arc<tokio::sync::Mutex<Held>>>>);

/// What is held of one provider.
#[derive(Default)]
struct Held {
    keys: Arc<[Key]>,
    /// When they came, by the monotonic clock.
    fetched: Option<Duration>,
    /// When the provider was last asked, and what came of it.
    asked: Option<(Duration, Result<()>)>,
}

/// A provider's key.
#[derive(Clone, Debug)]
pub(crate) struct Key {
    id: Option<String>,
    /// The only algorithm it is for, if it says so.
    signing: Option<TokenSigning>,
    key: TokenKey,
}

impl Key {
    /// Whether a token that names this key and algorithm may mean it.
    fn fits(&self, id: Option<&str>, signing: TokenSigning) -> bool {
        let named = id.is_none() || self.id.as_deref() == id;
        named && self.signing.is_none_or(|only| only == signing)
    }
}

impl KeySets {
    fn of(&self, provider: &ProviderRow) -> Arc<tokio::sync::Mutex<Held>> {
        let mut all = self.0.lock().expect("nothing panics while the key sets are held");
        if all.len() >= PROVIDERS_MAX && !all.contains_key(&provider.url) {
            all.clear();
        }
        all.entry(base_url(provider)).or_default().clone()
    }
}

impl Identity {
    /// The keys of a provider that may have signed a token. There is one at least.
    pub(crate) async fn provider_keys(
        &self,
        provider: &ProviderRow,
        id: Option<&str>,
        signing: TokenSigning,
    ) -> Result<Vec<TokenKey>> {
        let held = self.key_sets.of(provider);
        // Whoever comes meanwhile waits for the one answer.
        let mut held = held.lock().await;
        let now = self.clock.monotonic();
        let since = |then: Duration| now.saturating_sub(then);
        let young = held.fetched.is_some_and(|fetched| since(fetched) < BELIEVED);
        let fitting = |held: &Held| -> Vec<TokenKey> {
            let fitting = held.keys.iter().filter(|key| key.fits(id, signing));
            fitting.map(|key| key.key.clone()).collect()
        };
        let found = fitting(&held);
        if young && !found.is_empty() {
            return Ok(found);
        }
        if let Some((_, outcome)) = held.asked.as_ref().filter(|(asked, _)| since(*asked) < ASKED_AGAIN) {
            outcome.clone()?;
            return Err(Error::new(Why::InvalidToken, NO_KEY));
        }
        let fetched = self.fetch_keys(provider).await;
        held.asked = Some((now, fetched.as_ref().map(drop).map_err(Clone::clone)));
        held.keys = fetched?;
        held.fetched = Some(now);
        let found = fitting(&held);
        if found.is_empty() { Err(Error::new(Why::InvalidToken, NO_KEY)) } else { Ok(found) }
    }

    async fn fetch_keys(&self, provider: &ProviderRow) -> Result<Arc<[Key]>> {
        let issuer = base_url(provider);
        let configuration = self.fetch(&format!("{issuer}/.well-known/openid-configuration")).await?;
        let says = |name: &str| configuration.get(name).and_then(Value::as_str);
        let same = says("issuer").is_none_or(|told| bare(told) == provider.url);
        let plain = provider.plain == Some(true);
        let allowed = |url: &&str| url.starts_with("https://") || (plain && url.starts_with("http://"));
        let Some(keys) = says("jwks_uri").filter(allowed).filter(|_| same) else {
            return Err(Error::new(Why::InvalidToken, NO_KEY));
        };
        let set = self.fetch(keys).await?;
        let listed = set.get("keys").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        Ok(listed.iter().take(KEYS_MAX).filter_map(read_key).collect())
    }

    async fn fetch(&self, url: &str) -> Result<Value> {
        let unreachable = |error: outbound::Error| {
            tracing::info!(url, %error, "an identity provider does not answer");
            Error::new(
                Why::ProviderUnreachable,
                "The identity provider that was asked to verify the incoming identity token could not be reached.",
            )
        };
        let request = Request::new(Method::GET, url).map_err(|_| Error::new(Why::InvalidToken, NO_KEY))?;
        let request = request
            .connect_timeout(ANSWER_TIMEOUT)
            .timeout(ANSWER_TIMEOUT)
            .response_bytes_max(DOCUMENT_BYTES_MAX)
            .header("Accept", "application/json")
            .map_err(unreachable)?;
        let response = self.outbound.send(request).await.map_err(unreachable)?;
        if !response.status.is_success() {
            tracing::info!(url, status = response.status.as_u16(), "an identity provider refuses");
            return Err(Error::new(Why::InvalidToken, NO_KEY));
        }
        let document = response.bytes().await.map_err(unreachable)?;
        serde_json::from_slice(&document).map_err(|_| Error::new(Why::InvalidToken, NO_KEY))
    }
}

/// A provider's address.
fn base_url(provider: &ProviderRow) -> String {
    let scheme = if provider.plain == Some(true) { "http" } else { "https" };
    format!("{scheme}://{}", provider.url)
}

/// An issuer without its scheme.
pub(crate) fn bare(issuer: &str) -> &str {
    let rest = issuer.strip_prefix("https://").or_else(|| issuer.strip_prefix("http://"));
    rest.unwrap_or(issuer).trim_end_matches('/')
}

/// A JSON web key that verifies signatures; `None` for one that does something else or that is not understood.
fn read_key(key: &Value) -> Option<Key> {
    let text = |name: &str| key.get(name).and_then(Value::as_str);
    if text("use").is_some_and(|purpose| purpose != "sig") {
        return None;
    }
    let number = |name: &str| base64_simd::URL_SAFE_NO_PAD.decode_to_vec(text(name)?).ok();
    let taken = match text("kty")? {
        "RSA" => TokenKey::rsa(&number("n")?, &number("e")?),
        "EC" => TokenKey::ec(Curve::named(text("crv")?)?, &number("x")?, &number("y")?),
        _ => None,
    };
    let signing = match text("alg") {
        None => None,
        Some(name) => Some(TokenSigning::named(name)?),
    };
    Some(Key { id: text("kid").map(str::to_owned), signing, key: taken? })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_for_other_purposes_are_left_out() {
        let (x, y) =
            ("f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU", "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0");
        let key = |more: &str| {
            let text = format!(r#"{{"kty": "EC", "crv": "P-256", "x": "{x}", "y": "{y}"{more}}}"#);
            read_key(&serde_json::from_str(&text).unwrap())
        };
        let plain = key(r#", "kid": "a""#).unwrap();
        assert!(plain.fits(Some("a"), TokenSigning::Es256) && plain.fits(None, TokenSigning::Es256));
        assert!(!plain.fits(Some("b"), TokenSigning::Es256));
        assert!(!key(r#", "alg": "ES384""#).unwrap().fits(None, TokenSigning::Es256));
        assert!(key(r#", "use": "enc""#).is_none() && key(r#", "alg": "HS256""#).is_none());
        assert!(read_key(&serde_json::json!({"kty": "oct", "k": "c2VjcmV0"})).is_none());
    }

    #[test]
    fn issuers_are_compared_without_scheme_and_closing_slash() {
        assert_eq!(bare("https://idp.example/realm/"), "idp.example/realm");
        assert_eq!(bare("accounts.google.com"), "accounts.google.com");
    }
}
