//! Authentication of a browser's form: its policy is what was signed, by either version.

use base::Region;
use service::{AuthSource, Fault};

use super::payload::Payload;
use super::s3::{mismatch, scope};
use super::{Gate, Proven};
use crate::date;
use crate::form::policy::{self, Allowed};
use crate::form::{Fields, missing};

/// The fields of a V4 signature, as AWS spells them in refusals.
const PARTS: [&str; 5] = ["Policy", "X-Amz-Signature", "X-Amz-Algorithm", "X-Amz-Credential", "X-Amz-Date"];
const PREFIX: &str = "Error parsing the X-Amz-Credential parameter; ";

impl Gate {
    /// Finds out who signed a form, and holds it against its policy. A form without signature is nobody's, and its policy means nothing.
    pub(crate) async fn form(&self, fields: &Fields, bucket: &str) -> Result<(Proven, Allowed), Fault> {
        let has = |name: &str| fields.get(name).is_some();
        let proven = if has("x-amz-signature") || has("x-amz-credential") || has("x-amz-algorithm") {
            self.form_v4(fields).await?
        } else if has("signature") || has("awsaccesskeyid") {
            self.form_v2(fields).await?
        } else {
            return Ok((Proven::anonymous(Payload::Unsigned), Allowed::default()));
        };
        let policy = fields.get("policy").unwrap_or_default();
        let allowed = policy::check(policy, fields, bucket, self.wall())?;
        Ok((proven, allowed))
    }

    async fn form_v4(&self, fields: &Fields) -> Result<Proven, Fault> {
        if let Some(name) = PARTS.iter().find(|name| fields.get(&name.to_ascii_lowercase()).is_none()) {
            return Err(missing(name));
        }
        let get = |name: &str| fields.get(name).unwrap_or_default();
        if get("x-amz-algorithm") != "AWS4-HMAC-SHA256" {
            let text = "X-Amz-Algorithm only supports \"AWS4-HMAC-SHA256\"";
            return Err(Fault::new(400, "InvalidArgument", text)
                .with("ArgumentName", "X-Amz-Algorithm")
                .with("ArgumentValue", get("x-amz-algorithm")));
        }
        let credential = scope(PREFIX, "InvalidArgument", get("x-amz-credential"))?;
        let signed_at = date::parse_basic(get("x-amz-date"));
        if signed_at.is_none() || !get("x-amz-date").starts_with(credential.date) {
            let text = "X-Amz-Date must be in the ISO8601 Long Format \"yyyyMMdd'T'HHmmss'Z'\"";
            return Err(Fault::new(400, "InvalidArgument", text)
                .with("ArgumentName", "X-Amz-Date")
                .with("ArgumentValue", get("x-amz-date")));
        }
        let key = self.find_s3_key(credential.access_key_id, fields.get("x-amz-security-token")).await?;
        let (policy, signature) = (get("policy"), get("x-amz-signature"));
        let region = credential.region;
        if !crypt::verify_policy_v4(&key.secret, credential.date, region, policy, signature) {
            return Err(mismatch(&key.id, policy, signature, None));
        }
        Ok(Proven {
            principal: key.principal,
            access_key_id: Some(key.id),
            source: AuthSource::FormV4,
            region: Region::new(region),
            payload: Payload::Unsigned,
            chunks: None,
            signed_at,
        })
    }

    async fn form_v2(&self, fields: &Fields) -> Result<Proven, Fault> {
        for name in ["AWSAccessKeyId", "Signature", "Policy"] {
            if fields.get(&name.to_ascii_lowercase()).is_none() {
                return Err(missing(name));
            }
        }
        let get = |name: &str| fields.get(name).unwrap_or_default();
        let key = self.find_s3_key(get("awsaccesskeyid"), fields.get("x-amz-security-token")).await?;
        let (policy, signature) = (get("policy"), get("signature"));
        if !crypt::verify_policy_v2(&key.secret, policy, signature) {
            return Err(mismatch(&key.id, policy, signature, None));
        }
        Ok(Proven {
            principal: key.principal,
            access_key_id: Some(key.id),
            source: AuthSource::FormV2,
            region: None,
            payload: Payload::Unsigned,
            chunks: None,
            signed_at: None,
        })
    }
}
