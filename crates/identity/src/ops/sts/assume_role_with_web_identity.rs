//! AssumeRoleWithWebIdentity.

use base::Timestamp;
use service::{Access, Call, Fault, Operation};
use wire::Need;

use crate::engine::Identity;
use crate::engine::error::{Error, Result as EngineResult, Why};
use crate::engine::naming::provider_arn;
use crate::shapes::sts::{AssumeRoleWithWebIdentityRequest, AssumeRoleWithWebIdentityResponse};

/// Issues credentials that stand for a role, to whom an identity provider vouches for. The call itself is not signed.
/// <https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html>
/// Differs: a provider's keys cannot be fetched yet, so that no token can be verified; a token that fails nothing else is refused as AWS
/// refuses one whose provider does not answer.
pub(crate) struct AssumeRoleWithWebIdentity;

impl Operation for AssumeRoleWithWebIdentity {
    type Service = Identity;
    type Input = AssumeRoleWithWebIdentityRequest;
    type Output = AssumeRoleWithWebIdentityResponse;
    const NAME: &'static str = "AssumeRoleWithWebIdentity";

    async fn access(_: &Identity, _: &Call, _: &Self::Input) -> Result<Vec<Access>, Fault> {
        // Nobody signed. Who may is for the trust policy to say, about what the verified token says.
        Ok(Vec::new())
    }

    async fn run(identity: &Identity, call: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        let claims = claims(&input.web_identity_token.need())?;
        let found = identity.role_by_arn(&input.role_arn.need()).await?;
        let Some((account, _)) = found else {
            let text = "Not authorized to perform sts:AssumeRoleWithWebIdentity";
            return Err(Error::new(Why::Denied, text).into());
        };
        let url = claims.issuer.strip_prefix("https://").unwrap_or(&claims.issuer);
        let arn = provider_arn(account, url.trim_end_matches('/')).to_string();
        let Ok(provider) = identity.provider(account, &arn).await else {
            let text = format!("No OpenIDConnect provider found in your account for {}", claims.issuer);
            return Err(Error::new(Why::InvalidToken, text).into());
        };
        if !claims.audiences.iter().any(|audience| provider.clients.contains(audience)) {
            return Err(Error::new(Why::InvalidToken, "Incorrect token audience").into());
        }
        if claims.expires <= call.clock().now() {
            let text = format!(
                "Token expired: current date/time {} must be before the expiration date/time {}",
                call.clock().now().as_secs(),
                claims.expires.as_secs()
            );
            return Err(Error::new(Why::ExpiredToken, text).into());
        }
        let text = "Couldn't retrieve verification key from your identity provider, please reference \
                    AssumeRoleWithWebIdentity documentation for requirements";
        Err(Error::new(Why::ProviderUnreachable, text).into())
    }
}

/// What an unverified token claims.
struct Claims {
    issuer: String,
    audiences: Vec<String>,
    expires: Timestamp,
}

/// Reads a JSON web token's claims, without believing them.
fn claims(token: &str) -> EngineResult<Claims> {
    let invalid = || {
        Error::new(
            Why::InvalidToken,
            "The ID Token provided is not a valid JWT. (You may see this error if you sent an Access Token)",
        )
    };
    let mut parts = token.split('.');
    let (Some(_), Some(payload), Some(_), None) = (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return Err(invalid());
    };
    let payload = base64_simd::URL_SAFE_NO_PAD.decode_to_vec(payload).map_err(|_| invalid())?;
    let payload: serde_json::Value = serde_json::from_slice(&payload).map_err(|_| invalid())?;
    let text = |value: &serde_json::Value| value.as_str().map(str::to_owned);
    let audiences = match &payload["aud"] {
        serde_json::Value::Array(all) => all.iter().filter_map(text).collect(),
        one => text(one).into_iter().collect(),
    };
    Ok(Claims {
        issuer: text(&payload["iss"]).ok_or_else(invalid)?,
        audiences,
        expires: Timestamp::from_secs(payload["exp"].as_i64().ok_or_else(invalid)?),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn claims_are_read_and_what_is_no_token_is_refused() {
        let payload = r#"{"iss":"https://idp.example","aud":["a","b"],"exp":1767312000}"#;
        let token = format!("e30.{}.c2ln", base64_simd::URL_SAFE_NO_PAD.encode_to_string(payload));
        let read = claims(&token).unwrap();
        assert_eq!((read.issuer.as_str(), read.audiences.len()), ("https://idp.example", 2));
        for bad in ["", "a.b", "a.b.c", "a.b.c.d", "e30.e30.e30"] {
            assert!(claims(bad).is_err(), "{bad}");
        }
    }
}
