//! What the access log tells of a request: its operation's name there, who asked and how.
//!
//! Source: S3 user guide, "Amazon S3 server access log format".

use base::Timestamp;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use ports::PrincipalKind;
use service::{AuthSource, Incoming};

use super::shared::canonical_id;
use crate::engine::logs::Entry;
use crate::front::host_of;
use crate::tables::Cause;

/// What of keys and queries is not escaped, beside letters and digits.
const TEXT: &AsciiSet = &NON_ALPHANUMERIC.remove(b'/').remove(b'-').remove(b'.').remove(b'_').remove(b'~');
/// Resources of operations whose name does not tell them.
const RESOURCES: [(&str, &str); 38] = [
    ("GetObject", "REST.GET.OBJECT"),
    ("HeadObject", "REST.HEAD.OBJECT"),
    ("PutObject", "REST.PUT.OBJECT"),
    ("PostObject", "REST.POST.OBJECT"),
    ("CopyObject", "REST.COPY.OBJECT"),
    ("DeleteObject", "REST.DELETE.OBJECT"),
    ("DeleteObjects", "REST.POST.MULTI_OBJECT_DELETE"),
    ("RestoreObject", "REST.POST.RESTORE"),
    ("GetObjectAttributes", "REST.GET.OBJECT_ATTRIBUTES"),
    ("ListObjects", "REST.GET.BUCKET"),
    ("ListObjectsV2", "REST.GET.BUCKET"),
    ("ListObjectVersions", "REST.GET.BUCKETVERSIONS"),
    ("CreateBucket", "REST.PUT.BUCKET"),
    ("HeadBucket", "REST.HEAD.BUCKET"),
    ("DeleteBucket", "REST.DELETE.BUCKET"),
    ("CreateMultipartUpload", "REST.POST.UPLOADS"),
    ("UploadPart", "REST.PUT.PART"),
    ("UploadPartCopy", "REST.COPY.PART"),
    ("CompleteMultipartUpload", "REST.POST.UPLOAD"),
    ("AbortMultipartUpload", "REST.DELETE.UPLOAD"),
    ("ListParts", "REST.GET.UPLOAD"),
    ("ListMultipartUploads", "REST.GET.UPLOADS"),
    ("GetBucketLogging", "REST.GET.LOGGING_STATUS"),
    ("PutBucketLogging", "REST.PUT.LOGGING_STATUS"),
    ("GetBucketPolicy", "REST.GET.BUCKETPOLICY"),
    ("PutBucketPolicy", "REST.PUT.BUCKETPOLICY"),
    ("DeleteBucketPolicy", "REST.DELETE.BUCKETPOLICY"),
    ("GetBucketPolicyStatus", "REST.GET.BUCKETPOLICYSTATUS"),
    ("GetBucketTagging", "REST.GET.TAGGING"),
    ("PutBucketTagging", "REST.PUT.TAGGING"),
    ("DeleteBucketTagging", "REST.DELETE.TAGGING"),
    ("GetBucketLifecycleConfiguration", "REST.GET.LIFECYCLE"),
    ("PutBucketLifecycleConfiguration", "REST.PUT.LIFECYCLE"),
    ("DeleteBucketLifecycle", "REST.DELETE.LIFECYCLE"),
    ("GetBucketNotificationConfiguration", "REST.GET.NOTIFICATION"),
    ("PutBucketNotificationConfiguration", "REST.PUT.NOTIFICATION"),
    ("GetObjectLockConfiguration", "REST.GET.OBJECT_LOCK_CONFIGURATION"),
    ("PutObjectLockConfiguration", "REST.PUT.OBJECT_LOCK_CONFIGURATION"),
];

/// A request as its line will tell it, before it is served.
pub(crate) fn entry(incoming: &Incoming, now: Timestamp) -> Entry {
    let (caller, head) = (&incoming.caller, &incoming.head);
    let label = |wanted: &str| head.labels.iter().find(|(name, _)| *name == wanted).map(|(_, text)| text);
    let header = |name: &str| head.headers.get(name).and_then(|value| value.to_str().ok());
    let name = incoming.operation.name;
    let from_site = caller.auth == AuthSource::Anonymous && host_of(incoming).is_none();
    let operation =
        if from_site { "WEBSITE.GET.OBJECT".to_owned() } else { operation_name(name, head.method.as_str()) };
    let requester = match &caller.principal.kind {
        PrincipalKind::Anonymous => None,
        PrincipalKind::Root => Some(canonical_id(caller.principal.account)),
        PrincipalKind::User { .. } | PrincipalKind::Role { .. } | PrincipalKind::Federated { .. } => {
            caller.principal.arn().map(|arn| arn.to_string())
        }
        PrincipalKind::Service { name, .. } => Some(format!("svc:{name}")),
    };
    let (signature, auth) = match caller.auth {
        AuthSource::Anonymous | AuthSource::Internal => (None, None),
        AuthSource::HeaderV4 => (Some("SigV4"), Some("AuthHeader")),
        AuthSource::QueryV4 => (Some("SigV4"), Some("QueryString")),
        AuthSource::FormV4 => (Some("SigV4"), Some("AuthHeader")),
        AuthSource::HeaderV2 => (Some("SigV2"), Some("AuthHeader")),
        AuthSource::QueryV2 => (Some("SigV2"), Some("QueryString")),
        AuthSource::FormV2 => (Some("SigV2"), Some("AuthHeader")),
    };
    let writes = matches!(name, "PutObject" | "UploadPart" | "PostObject");
    let length = header("x-amz-decoded-content-length").or_else(|| header("content-length"));
    Entry {
        began: now,
        source_ip: caller.source_ip.to_canonical().to_string(),
        requester,
        request_id: incoming.request_id.clone(),
        operation,
        key: label("Key").map(|key| utf8_percent_encode(key, TEXT).to_string()),
        line: format!("{} {} HTTP/1.1", head.method, target(head)),
        object_bytes: length
            .and_then(|length| length.parse().ok())
            .or(incoming.body.length())
            .filter(|_| writes),
        referer: caller.referer.clone(),
        user_agent: caller.user_agent.clone(),
        version: head.query_value("versionId").map(str::to_owned),
        host_id: incoming.host_id.clone(),
        signature,
        auth,
        host: host_of(incoming),
        reads: matches!(name, "GetObject" | "HeadObject"),
        ..Entry::default()
    }
}

/// Who does what a request does, as events tell it.
pub(crate) fn cause(incoming: &Incoming) -> Cause {
    let principal = match &incoming.caller.principal.kind {
        PrincipalKind::Anonymous => "Anonymous".to_owned(),
        PrincipalKind::Root => incoming.caller.principal.account.to_string(),
        PrincipalKind::User { .. }
        | PrincipalKind::Role { .. }
        | PrincipalKind::Federated { .. }
        | PrincipalKind::Service { .. } => format!("AWS:{}", incoming.caller.principal.user_id()),
    };
    Cause {
        principal,
        source_ip: incoming.caller.source_ip.to_canonical().to_string(),
        request_id: incoming.request_id.clone(),
        host_id: incoming.host_id.clone(),
    }
}

/// The path and the query, as they would be sent.
fn target(head: &wire::Head) -> String {
    let pair = |(name, value): &(String, String)| {
        let escaped = |text: &str| utf8_percent_encode(text, TEXT).to_string();
        if value.is_empty() { escaped(name) } else { format!("{}={}", escaped(name), escaped(value)) }
    };
    // What signs a request is not for others to read.
    let kept = head.query.iter().filter(|(name, _)| !name.eq_ignore_ascii_case("X-Amz-Signature"));
    let query: Vec<String> = kept.map(pair).collect();
    if query.is_empty() { head.path.clone() } else { format!("{}?{}", head.path, query.join("&")) }
}

/// `REST.PUT.OBJECT_TAGGING`: by the table, or as the operation is called.
fn operation_name(name: &str, method: &str) -> String {
    if let Some((_, told)) = RESOURCES.iter().find(|(operation, _)| *operation == name) {
        return (*told).to_owned();
    }
    let bare = ["Get", "Put", "Delete", "List", "Update"]
        .iter()
        .find_map(|verb| name.strip_prefix(verb))
        .unwrap_or(name);
    let resource = bare.strip_prefix("Bucket").unwrap_or(bare);
    let mut words = String::new();
    for (at, letter) in resource.char_indices() {
        if at > 0 && letter.is_ascii_uppercase() {
            words.push('_');
        }
        words.push(letter.to_ascii_uppercase());
    }
    format!("REST.{method}.{words}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn operations_are_called_as_in_the_log() {
        for (name, method, told) in [
            ("GetObject", "GET", "REST.GET.OBJECT"),
            ("GetBucketAcl", "GET", "REST.GET.ACL"),
            ("PutObjectTagging", "PUT", "REST.PUT.OBJECT_TAGGING"),
            ("DeleteBucketWebsite", "DELETE", "REST.DELETE.WEBSITE"),
            ("GetBucketRequestPayment", "GET", "REST.GET.REQUEST_PAYMENT"),
            ("GetPublicAccessBlock", "GET", "REST.GET.PUBLIC_ACCESS_BLOCK"),
        ] {
            assert_eq!(operation_name(name, method), told);
        }
    }
}
