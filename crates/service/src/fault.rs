//! A refusal or failure as the service states it: code, status, message, and what else the error carries.

use std::borrow::Cow;

use http::{HeaderName, HeaderValue};

/// The member that explains a refusal where the server serves its own machine alone.
pub const HINT: &str = "Hint";

/// A further member of an error.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Member {
    /// Its name on the wire.
    pub name: &'static str,
    /// Its value.
    pub value: String,
    /// Whether the value is JSON, for what is deeper than a string.
    pub is_json: bool,
}

/// What an operation returns instead of its output. Each room turns its engine's errors into faults in one file (`ops/fault.rs`).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Fault {
    /// The code, e.g. `ResourceNotFoundException`.
    pub code: Cow<'static, str>,
    /// The HTTP status.
    pub status: u16,
    /// The message, in AWS's words; absent where AWS sends none.
    pub message: Option<String>,
    /// What else the error carries (S3's `BucketName`, `Key`; modelled members elsewhere).
    pub members: Vec<Member>,
    /// Headers of the answer.
    pub headers: Vec<(HeaderName, HeaderValue)>,
}

impl Fault {
    /// A fault with a status, a code and a message.
    pub fn new(status: u16, code: impl Into<Cow<'static, str>>, message: impl Into<String>) -> Self {
        Self {
            code: code.into(),
            status,
            message: Some(message.into()),
            members: Vec::new(),
            headers: Vec::new(),
        }
    }

    /// A fault without a message.
    pub fn bare(status: u16, code: impl Into<Cow<'static, str>>) -> Self {
        Self { code: code.into(), status, message: None, members: Vec::new(), headers: Vec::new() }
    }

    /// Adds a member.
    pub fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.members.push(Member { name, value: value.into(), is_json: false });
        self
    }

    /// Adds a member that is deeper than a string, as its JSON: for services that speak JSON.
    pub fn with_json(mut self, name: &'static str, json: impl Into<String>) -> Self {
        self.members.push(Member { name, value: json.into(), is_json: true });
        self
    }

    /// Adds, for who develops on this machine, why it is refused and what would help. AWS's own text stays as it is: clients read that one.
    pub fn hinted(self, hint: Option<&str>) -> Self {
        match hint {
            Some(hint) => self.with(HINT, hint),
            None => self,
        }
    }

    /// Adds a header.
    pub fn header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.headers.push((name, value));
        self
    }

    /// Whether the fault is the server's.
    pub fn is_server(&self) -> bool {
        self.status >= 500
    }
}
