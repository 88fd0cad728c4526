//! The contents pages of both services, and what their operations share.
//!
//! An operation is one [`operation!`]: its AWS page, what it asks the policies, what it does. IAM has the same verb for users, roles, groups
//! and what else can have policies or tags, so a file holds what is about one thing, not one operation.

pub(crate) mod fault;
pub(crate) mod iam;
pub(crate) mod sts;

use std::borrow::Cow;
use std::collections::BTreeMap;

use service::{Access, Caller, Fault};

use crate::engine::error::Error;
use crate::shapes::iam::Tag;

/// A form is small; AWS takes presigned calls of about 16 KiB, and policies of 131,072 characters, three bytes each when encoded.
const BODY_BYTES_MAX: u64 = 1 << 20;

/// What an operation asks about, its action apart.
pub(crate) struct Target {
    resource: String,
    context: Vec<(Cow<'static, str>, String)>,
}

impl Target {
    /// A resource, by its ARN.
    pub fn of(resource: impl Into<String>) -> Self {
        Self { resource: resource.into(), context: Vec::new() }
    }

    /// No resource in particular.
    pub fn any() -> Self {
        Self::of("*")
    }

    /// Adds a condition key.
    pub fn with(mut self, key: impl Into<Cow<'static, str>>, value: impl Into<String>) -> Self {
        self.context.push((key.into(), value.into()));
        self
    }

    /// Adds a condition key that may be absent.
    pub fn with_some(self, key: &'static str, value: Option<&String>) -> Self {
        match value {
            Some(value) => self.with(key, value.clone()),
            None => self,
        }
    }

    /// Sets a condition key, whatever it was before.
    pub fn instead(mut self, key: &'static str, value: Option<&String>) -> Self {
        self.context.retain(|(there, _)| there != key);
        self.with_some(key, value)
    }

    /// Tags that the resource has.
    pub fn tagged(self, tags: &BTreeMap<String, String>) -> Self {
        tags.iter().fold(self, |target, (key, value)| target.tag(key, value))
    }

    /// A tag that the resource has.
    fn tag(self, key: &str, value: &str) -> Self {
        self.with(format!("aws:ResourceTag/{key}"), value).with(format!("iam:ResourceTag/{key}"), value)
    }

    /// A tag that the request puts on it.
    pub fn request_tag(self, key: Option<&str>, value: Option<&str>) -> Self {
        let key = key.unwrap_or_default();
        self.with(format!("aws:RequestTag/{key}"), value.unwrap_or_default()).with("aws:TagKeys", key)
    }

    /// Tags that the request puts on it.
    pub fn request_tags(self, tags: Option<&Vec<Tag>>) -> Self {
        let tags = tags.map(Vec::as_slice).unwrap_or_default();
        tags.iter().fold(self, |target, tag| target.request_tag(tag.key.as_deref(), tag.value.as_deref()))
    }

    /// Keys of tags that the request takes from it.
    pub fn tag_keys(self, keys: Option<&Vec<String>>) -> Self {
        let keys = keys.map(Vec::as_slice).unwrap_or_default();
        keys.iter().fold(self, |target, key| target.with("aws:TagKeys", key.clone()))
    }

    /// The question: may the caller do this to it? Everything in IAM and STS belongs to the caller's account or to the account in its ARN.
    pub fn asked(self, action: &'static str, caller: &Caller) -> Access {
        let own = caller.principal.account;
        let owner = self.resource.split(':').nth(4).and_then(|account| account.parse().ok()).unwrap_or(own);
        let mut access = Access::owned(action, self.resource, owner);
        for (key, value) in self.context {
            access = access.with(key, value);
        }
        access
    }
}

impl From<Error> for Fault {
    fn from(error: Error) -> Self {
        fault::of(&error)
    }
}

/// An operation: `asks` yields its [`Target`] (the action is the service's prefix and the operation's name), `does` its output.
macro_rules! operation {
    (
        $(#[$doc:meta])*
        $service:literal $name:ident($input:ty) -> $output:ty,
        asks |$asked:ident, $about:ident, $said:ident| $target:expr,
        does |$identity:ident, $call:ident, $given:ident| $run:expr $(,)?
    ) => {
        $(#[$doc])*
        pub(crate) struct $name;

        impl service::Operation for $name {
            type Service = $crate::engine::Identity;
            type Input = $input;
            type Output = $output;
            const NAME: &'static str = stringify!($name);

            async fn access(
                $asked: &$crate::engine::Identity,
                $about: &service::Call,
                $said: &$input,
            ) -> Result<Vec<service::Access>, service::Fault> {
                let _ = ($asked, $said);
                let target: $crate::ops::Target = $target;
                Ok(vec![target.asked(concat!($service, ":", stringify!($name)), $about.caller())])
            }

            async fn run(
                $identity: &$crate::engine::Identity,
                $call: &service::Call,
                $given: $input,
            ) -> Result<$output, service::Fault> {
                let _ = ($identity, $call);
                Ok($run)
            }
        }
    };
}

pub(crate) use operation;
