//! Buckets shown as websites: [`ports::Sites`].
//!
//! Every object is asked for as nobody would ask for it through the API, so that policies, lists and the public access block say what a visitor
//! sees. What is made of the answer:
//!
//! | | |
//! |---|---|
//! | everything is redirected | 301 |
//! | a routing rule names a prefix of the key | its redirect |
//! | the path ends with `/` | the index document of that folder |
//! | the object has a redirect of its own | 301 |
//! | there is no object, but a folder of that name with an index | 302 to the path with `/` |
//! | a routing rule names the error | its redirect |
//! | there is an error document | that, with the error's status |
//! | nothing of these | a page that tells the error |
//!
//! Source: facts section 11; S3 user guide, "Hosting a static website". Queries are ignored, and methods other than GET and HEAD are refused.

use std::fmt::Write;

use body::Body;
use futures_util::future::BoxFuture;
use http::header::{
    CONTENT_TYPE, IF_MATCH, IF_MODIFIED_SINCE, IF_NONE_MATCH, IF_UNMODIFIED_SINCE, LOCATION, RANGE,
};
use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
use percent_encoding::{AsciiSet, CONTROLS, percent_decode_str, utf8_percent_encode};
use ports::{Principal, SiteRequest, Sites};
use service::{AnyRoom, AuthSource, Caller, Incoming};
use wire::{Answer, Head, Protocol};

use crate::engine::Error;
use crate::front::Front;
use crate::shapes;
use crate::tables::{Redirect, RoutingCondition, RoutingRule, Website};

/// Headers of a visitor that an object is asked for with.
const PASSED: [HeaderName; 5] = [RANGE, IF_MATCH, IF_NONE_MATCH, IF_MODIFIED_SINCE, IF_UNMODIFIED_SINCE];
const OWN_REDIRECT: &str = "x-amz-website-redirect-location";
/// Bytes of an error document in XML, at the most.
const ERROR_BYTES_MAX: u64 = 64 << 10;
/// What is escaped in the path of a redirect.
const ESCAPED: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'`')
    .add(b'{')
    .add(b'}');

/// Why nothing is shown.
#[derive(Debug, Clone)]
struct Trouble {
    status: u16,
    code: String,
    message: String,
    /// What else there is to say: names and texts.
    more: Vec<(&'static str, String)>,
}

impl Trouble {
    fn new(status: u16, code: &str, message: &str) -> Self {
        Self { status, code: code.to_owned(), message: message.to_owned(), more: Vec::new() }
    }

    fn with(mut self, name: &'static str, text: &str) -> Self {
        self.more.push((name, text.to_owned()));
        self
    }
}

impl Sites for Front {
    fn show(&self, request: SiteRequest) -> BoxFuture<'_, Answer> {
        Box::pin(self.show_site(request))
    }
}

impl Front {
    async fn show_site(&self, request: SiteRequest) -> Answer {
        let visit = match self.visit(&request).await {
            Ok(visit) => visit,
            Err(trouble) => return page(&request, &trouble, None),
        };
        if let Some(to) = &visit.website.redirect_all {
            let protocol = to.protocol.as_deref().unwrap_or_else(|| protocol(&request));
            return redirect(301, &format!("{protocol}://{}{}", to.host, request.path));
        }
        if let Some(rule) = visit.rule(None) {
            return redirect_by(rule, &visit.key, &request);
        }
        let index = visit.website.index.as_deref().unwrap_or_default();
        let is_folder = visit.key.is_empty() || visit.key.ends_with('/');
        let wanted = if is_folder { format!("{}{index}", visit.key) } else { visit.key.clone() };
        let trouble = match self.ask(&request, &wanted, true).await {
            Ok(answer) => return shown(answer),
            Err(trouble) => trouble,
        };
        let is_absent = matches!(trouble.status, 403 | 404);
        if is_absent
            && !is_folder
            && self.ask(&request, &format!("{}/{index}", visit.key), false).await.is_ok()
        {
            let found = Trouble::new(302, "Found", "Resource Found");
            let location = format!("/{}/", utf8_percent_encode(&visit.key, ESCAPED));
            return with_location(page(&request, &found, None), &location);
        }
        if let Some(rule) = visit.rule(Some(trouble.status)) {
            return redirect_by(rule, &visit.key, &request);
        }
        match &visit.website.error {
            // Only errors of the visitor's have a page of the owner's.
            Some(document) if (400..500).contains(&trouble.status) => {
                match self.ask(&request, document, false).await {
                    Ok(mut answer) => {
                        answer.status = trouble.status;
                        answer
                    }
                    Err(second) => page(&request, &trouble, Some(&second)),
                }
            }
            Some(_) | None => page(&request, &trouble, None),
        }
    }

    /// What of the request is understood before anything is read.
    async fn visit(&self, request: &SiteRequest) -> Result<Visit, Trouble> {
        if request.method != Method::GET && request.method != Method::HEAD {
            let text = "The specified method is not allowed against this resource.";
            let trouble = Trouble::new(405, "MethodNotAllowed", text);
            return Err(trouble.with("Method", request.method.as_str()).with("ResourceType", "OBJECT"));
        }
        let s3 = self.state();
        let failed = |error: Error| match error {
            Error::NoSuchBucket(_) | Error::InvalidBucketName(_) => {
                Trouble::new(404, "NoSuchBucket", "The specified bucket does not exist")
                    .with("BucketName", &request.bucket)
            }
            error => {
                tracing::warn!(%error, "a website cannot be shown");
                let text = "We encountered an internal error. Please try again.";
                Trouble::new(500, "InternalError", text)
            }
        };
        let bucket = s3.find_bucket(&*s3.snapshot(), &request.bucket).await.map_err(failed)?;
        let settings = s3.settings_of(&bucket).await.map_err(failed)?;
        let Some(website) = settings.website.clone() else {
            let text = "The specified bucket does not have a website configuration";
            let trouble = Trouble::new(404, "NoSuchWebsiteConfiguration", text);
            return Err(trouble.with("BucketName", &request.bucket));
        };
        let path = request.path.strip_prefix('/').unwrap_or(&request.path);
        let key = percent_decode_str(path).decode_utf8().map_err(|_| {
            Trouble::new(400, "InvalidURI", "Couldn't parse the specified URI.").with("URI", &request.path)
        })?;
        Ok(Visit { website, key: key.into_owned() })
    }

    /// Asks for an object as nobody would. `conditional`: under the conditions of the visitor, and in the range.
    async fn ask(&self, request: &SiteRequest, key: &str, conditional: bool) -> Result<Answer, Trouble> {
        let mut headers = HeaderMap::new();
        if conditional {
            for name in PASSED {
                if let Some(value) = request.headers.get(&name) {
                    headers.insert(name, value.clone());
                }
            }
        }
        let path = format!("/{}/{}", request.bucket, utf8_percent_encode(key, ESCAPED));
        let operation = shapes::S3.operation("GetObject").expect("it is an operation of S3");
        let text = |name: &HeaderName| request.headers.get(name)?.to_str().ok().map(str::to_owned);
        let incoming = Incoming {
            protocol: Protocol::RestXml,
            operation,
            head: Head {
                method: Method::GET,
                path,
                query: Vec::new(),
                headers,
                labels: vec![("Bucket", request.bucket.clone()), ("Key", key.to_owned())],
            },
            body: Body::empty(),
            caller: Caller {
                principal: Principal::anonymous(),
                access_key_id: None,
                auth: AuthSource::Anonymous,
                source_ip: request.source_ip,
                secure: request.secure,
                user_agent: text(&http::header::USER_AGENT),
                referer: text(&http::header::REFERER),
                ..Caller::internal(Principal::anonymous(), base::Region::us_east_1())
            },
            request_id: request.request_id.clone(),
            host_id: request.host_id.clone(),
        };
        let answer = self.call(incoming).await;
        if answer.status < 400 {
            return Ok(answer);
        }
        let status = answer.status;
        let document = answer.body.collect(ERROR_BYTES_MAX).await.unwrap_or_default();
        let document = String::from_utf8_lossy(&document);
        let element = |name: &str| element(&document, name).unwrap_or_default();
        let trouble = Trouble::new(status, &element("Code"), &element("Message"));
        Err(if element("Key").is_empty() { trouble } else { trouble.with("Key", key) })
    }
}

/// A visit to a website.
struct Visit {
    website: Website,
    key: String,
}

impl Visit {
    /// The first routing rule that applies: before an object was asked for, those without a status; after, those with it.
    fn rule(&self, status: Option<u16>) -> Option<&RoutingRule> {
        let applies = |rule: &&RoutingRule| match &rule.condition {
            None => status.is_none(),
            Some(RoutingCondition { prefix, status: when }) => {
                let same = match (when, status) {
                    (None, None) => true,
                    (Some(when), Some(status)) => *when == status.to_string(),
                    (None, Some(_)) | (Some(_), None) => false,
                };
                same && prefix.as_ref().is_none_or(|prefix| self.key.starts_with(prefix))
            }
        };
        self.website.rules.iter().flatten().find(applies)
    }
}

/// An object, or where it says one should go instead.
fn shown(answer: Answer) -> Answer {
    let own = answer.headers.iter().find(|(name, _)| name.as_str() == OWN_REDIRECT);
    match own.map(|(_, value)| value.clone()) {
        Some(location) => {
            let headers = vec![(LOCATION, location)];
            Answer { status: 301, headers, body: Body::empty() }
        }
        None => answer,
    }
}

fn redirect_by(rule: &RoutingRule, key: &str, request: &SiteRequest) -> Answer {
    let Redirect { host, protocol: named, replace_prefix, replace_key, status } = &rule.redirect;
    let prefix =
        rule.condition.as_ref().and_then(|condition| condition.prefix.as_deref()).unwrap_or_default();
    let key = match (replace_key, replace_prefix) {
        (Some(whole), _) => whole.clone(),
        (None, Some(start)) => format!("{start}{}", key.strip_prefix(prefix).unwrap_or(key)),
        (None, None) => key.to_owned(),
    };
    let protocol = named.as_deref().unwrap_or_else(|| protocol(request));
    let host = host.as_deref().unwrap_or(&request.host);
    let status = status.as_deref().and_then(|status| status.parse().ok()).unwrap_or(301);
    redirect(status, &format!("{protocol}://{host}/{}", utf8_percent_encode(&key, ESCAPED)))
}

fn protocol(request: &SiteRequest) -> &'static str {
    if request.secure { "https" } else { "http" }
}

fn redirect(status: u16, location: &str) -> Answer {
    with_location(Answer { status, headers: Vec::new(), body: Body::empty() }, location)
}

fn with_location(mut answer: Answer, location: &str) -> Answer {
    if let Ok(value) = HeaderValue::try_from(location) {
        answer.headers.push((LOCATION, value));
    }
    answer
}

/// A page that tells what is wrong, and why the owner's own page for it is not shown, if that was tried.
fn page(request: &SiteRequest, trouble: &Trouble, second: Option<&Trouble>) -> Answer {
    let status = StatusCode::from_u16(trouble.status).ok();
    let reason = status.and_then(|status| status.canonical_reason()).unwrap_or_default();
    let title = format!("{} {reason}", trouble.status);
    let mut html = format!(
        "<html>\n<head><title>{title}</title></head>\n<body>\n<h1>{title}</h1>\n<ul>\n{}",
        items(trouble)
    );
    for (name, text) in [("RequestId", &request.request_id), ("HostId", &request.host_id)] {
        _ = writeln!(html, "<li>{name}: {}</li>", escaped(text));
    }
    html.push_str("</ul>\n");
    if let Some(second) = second {
        html.push_str(
            "<h3>An Error Occurred While Attempting to Retrieve a Custom Error Document</h3>\n<ul>\n",
        );
        html.push_str(&items(second));
        html.push_str("</ul>\n");
    }
    html.push_str("<hr/>\n</body>\n</html>\n");
    let mut headers = vec![(CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"))];
    let mut tell = |name: String, text: &str| {
        if let (Ok(name), Ok(value)) = (HeaderName::try_from(name), HeaderValue::try_from(text)) {
            headers.push((name, value));
        }
    };
    tell("x-amz-error-code".to_owned(), &trouble.code);
    tell("x-amz-error-message".to_owned(), &trouble.message);
    for (name, text) in &trouble.more {
        tell(format!("x-amz-error-detail-{}", name.to_ascii_lowercase()), text);
    }
    Answer { status: trouble.status, headers, body: html.into_bytes().into() }
}

fn items(trouble: &Trouble) -> String {
    let mut items = format!(
        "<li>Code: {}</li>\n<li>Message: {}</li>\n",
        escaped(&trouble.code),
        escaped(&trouble.message)
    );
    for (name, text) in &trouble.more {
        _ = writeln!(items, "<li>{name}: {}</li>", escaped(text));
    }
    items
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// The text of an element of one of our own error documents.
pub(crate) fn element(document: &str, name: &str) -> Option<String> {
    let (_, rest) = document.split_once(&format!("<{name}>"))?;
    let (text, _) = rest.split_once(&format!("</{name}>"))?;
    let text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&apos;", "'");
    Some(text.replace("&amp;", "&"))
}
