//! Which scripts of other origins may use a bucket: what the door asks S3 before a browser's request and after it.

use futures_util::future::BoxFuture;

/// A request from a script of another origin, or the question that a browser asks before it.
#[derive(Debug, Clone, Copy)]
pub struct CrossOrigin<'a> {
    /// The bucket's name.
    pub bucket: &'a str,
    /// Where the script comes from.
    pub origin: &'a str,
    /// The method of the request, or of the one to come.
    pub method: &'a str,
    /// The headers that the request to come will have, as they were asked for.
    pub headers: Option<&'a str>,
}

/// What a bucket says to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OriginAnswer {
    /// There is no such bucket.
    NoBucket,
    /// The bucket has no rules.
    NoRules,
    /// No rule allows it.
    Refused,
    /// A rule allows it.
    Allowed(OriginAllowed),
}

/// What a rule allows.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct OriginAllowed {
    /// Any origin, without credentials; else the one that asked, with them.
    pub any_origin: bool,
    /// The rule's methods, as a header lists them.
    pub methods: String,
    /// What a script may see of the answer, as a header lists it.
    pub exposed: Option<String>,
    /// How long a browser may remember, in seconds.
    pub seconds_max: Option<i32>,
}

/// Judges requests from scripts. Served by S3.
pub trait Origins: Send + Sync + 'static {
    /// What the bucket says. A bucket that cannot be read is one without rules.
    fn judge<'a>(&'a self, asked: CrossOrigin<'a>) -> BoxFuture<'a, OriginAnswer>;
}
