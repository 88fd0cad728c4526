//! Browser uploads: `POST` of `multipart/form-data` to a bucket.
//!
//! The form's fields come first and are read whole, within bounds; the file follows and streams. The fields then stand for the headers of a
//! PUT, so that the room needs to know nothing of forms. Source: S3 API reference, "Browser-based uploads using POST"; facts section 11.
//!
//! | module | one line |
//! |---|---|
//! | [`multipart`] | the form, in pieces of any size |
//! | [`policy`] | the signed document that says what a form may hold |

pub mod multipart;
pub mod policy;

use http::header::{CONTENT_LENGTH, CONTENT_TYPE, HOST, ORIGIN, REFERER, USER_AGENT};
use http::{HeaderMap, HeaderName, HeaderValue};
use service::Fault;

use body::Body;
use multipart::{Form, FormError};

/// The header by which the room learns which sizes the policy allows: `1,1024`. No form field can make it.
pub(crate) const LENGTH_RANGE: HeaderName = HeaderName::from_static("content-length-range");
/// The header by which the room learns how long the file should be, by the form's own length.
pub(crate) const FILE_LENGTH: HeaderName = HeaderName::from_static("x-millrace-file-length");

/// The fields of a form, in order, their names in lower case.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Fields(Vec<(String, String)>);

impl Fields {
    /// The value of a field; of several, the first.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(of, _)| of == name).map(|(_, value)| value.as_str())
    }

    /// Adds a field.
    pub fn push(&mut self, name: &str, value: String) {
        self.0.push((name.to_ascii_lowercase(), value));
    }

    /// Every field.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }
}

/// A form whose fields have been read.
pub(crate) struct Upload {
    pub fields: Fields,
    pub file: Body,
    /// How long the file is, if nothing follows it.
    pub file_length: Option<u64>,
}

/// Reads a form up to its file.
pub(crate) async fn read(headers: &HeaderMap, body: Body) -> Result<Upload, Fault> {
    let text = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let Some(boundary) = multipart::boundary(text) else {
        let text = "At least one of the pre-conditions you specified did not hold";
        return Err(Fault::new(412, "PreconditionFailed", text)
            .with("Condition", "Bucket POST must be of the enclosure-type multipart/form-data"));
    };
    let mut form = Form::new(body, &boundary);
    let mut fields = Fields::default();
    while let Some(part) = form.next().await.map_err(of_form)? {
        if part.name.eq_ignore_ascii_case("file") {
            complete_key(&mut fields, part.filename.as_deref());
            let file_length = form.length_of_last();
            return Ok(Upload { fields, file: form.into_last(), file_length });
        }
        let value = form.value().await.map_err(of_form)?;
        let value = String::from_utf8(value).map_err(|_| of_form(FormError::Malformed))?;
        fields.push(&part.name, value);
    }
    Err(argument("file", "0", "POST requires exactly one file upload per request."))
}

/// `${filename}` in the key is the name of the file, without the folders some browsers tell.
fn complete_key(fields: &mut Fields, filename: Option<&str>) {
    let name = filename.unwrap_or_default();
    let name = name.rsplit(['/', '\\']).next().unwrap_or_default();
    if let Some((_, key)) = fields.0.iter_mut().find(|(of, _)| of == "key") {
        *key = key.replace("${filename}", name);
    }
}

fn of_form(error: FormError) -> Fault {
    match error {
        FormError::Malformed => Fault::new(
            400,
            "MalformedPOSTRequest",
            "The body of your POST request is not well-formed multipart/form-data.",
        ),
        FormError::TooLarge => Fault::new(
            400,
            "MaxPostPreDataLengthExceeded",
            "Your POST request fields preceding the upload file were too large.",
        ),
        FormError::Broken => Fault::new(400, "IncompleteBody", "The request body terminated unexpectedly"),
    }
}

/// A field that is missing.
pub(crate) fn missing(name: &str) -> Fault {
    let text = format!(
        "Bucket POST must contain a field named '{name}'.  If it is specified, please check the order of the fields."
    );
    argument(name, "", &text)
}

fn argument(name: &str, value: &str, text: &str) -> Fault {
    Fault::new(400, "InvalidArgument", text).with("ArgumentName", name).with("ArgumentValue", value)
}

/// The headers of a PUT that says the same as the form. Of the request's own only those stay that say who asks.
pub(crate) fn as_headers(
    of_request: &HeaderMap,
    fields: &Fields,
    range: Option<(u64, u64)>,
    file_length: Option<u64>,
) -> Result<HeaderMap, Fault> {
    const SECRETS: [&str; 8] = [
        // Told again from `acl`, so that policies and the room see one list.
        "x-amz-acl",
        "policy",
        "signature",
        "x-amz-signature",
        "x-amz-credential",
        "x-amz-algorithm",
        "awsaccesskeyid",
        "x-amz-security-token",
    ];
    let mut headers = HeaderMap::new();
    for name in [HOST, USER_AGENT, REFERER, ORIGIN] {
        if let Some(value) = of_request.get(&name) {
            headers.insert(name, value.clone());
        }
    }
    for (name, value) in fields.iter() {
        let ours = name == LENGTH_RANGE.as_str() || name == FILE_LENGTH.as_str();
        let of_transfer =
            name == HOST.as_str() || name == CONTENT_LENGTH.as_str() || name == "transfer-encoding";
        if SECRETS.contains(&name) || ours || of_transfer {
            continue;
        }
        // A field that no header could be means nothing to S3.
        let Ok(header) = HeaderName::try_from(name) else { continue };
        let value = HeaderValue::from_bytes(value.as_bytes())
            .map_err(|_| argument(name, "", "Header value cannot be represented using ISO-8859-1."))?;
        if !headers.contains_key(&header) {
            headers.insert(header, value);
        }
    }
    if let Some(acl) = headers.get("acl").cloned() {
        headers.insert(HeaderName::from_static("x-amz-acl"), acl);
    }
    if let Some((least, most)) = range {
        headers.insert(LENGTH_RANGE, header_of(&format!("{least},{most}")));
    }
    if let Some(length) = file_length {
        headers.insert(FILE_LENGTH, header_of(&length.to_string()));
    }
    Ok(headers)
}

fn header_of(digits: &str) -> HeaderValue {
    HeaderValue::try_from(digits).expect("digits are printable")
}
