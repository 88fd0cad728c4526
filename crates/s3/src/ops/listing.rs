//! What the three listings of keys have in common: how they are asked for, how they go on, what they repeat.

use base::AccountId;
use service::{Access, Call, Fault};
use store::Snapshot;

use super::shared::{Spelling, bucket_access, count, named_bucket, owner};
use crate::engine::listing::{After, Query};
use crate::engine::{Error, S3};
use crate::shapes;
use crate::tables::{Bucket, Object};

/// What a listing asks for in any form.
pub(super) struct Asked {
    /// The bucket's name.
    pub name: String,
    /// How keys are written.
    pub spelling: Spelling,
    pub limit: usize,
    pub prefix: String,
    pub delimiter: String,
}

/// Takes it from a request of any form.
macro_rules! asked {
    ($input:ident) => {
        $crate::ops::listing::Asked {
            spelling: $crate::ops::shared::Spelling::of($input.encoding_type.as_deref())?,
            limit: $crate::ops::shared::page_limit("max-keys", $input.max_keys)?,
            name: $input.bucket.take().need(),
            prefix: $input.prefix.take().unwrap_or_default(),
            delimiter: $input.delimiter.take().unwrap_or_default(),
        }
    };
}

/// The questions a listing raises.
macro_rules! list_access {
    ($s3:ident, $call:ident, $input:ident, $action:literal) => {
        $crate::ops::listing::access(
            $s3,
            $call,
            $input.bucket.as_ref(),
            $input.expected_bucket_owner.as_ref(),
            $action,
            [
                ("s3:prefix", $input.prefix.clone()),
                ("s3:delimiter", $input.delimiter.clone()),
                ("s3:max-keys", $input.max_keys.map(|keys| keys.to_string())),
            ],
        )
    };
}

pub(super) use {asked, list_access};

/// See [`list_access!`]: with the condition keys of listings.
pub(super) async fn access(
    s3: &S3,
    call: &Call,
    bucket: Option<&String>,
    expected_owner: Option<&String>,
    action: &'static str,
    keys: [(&'static str, Option<String>); 3],
) -> Result<Vec<Access>, Fault> {
    let asked = bucket_access(s3, call, bucket, expected_owner, &[action]).await?;
    let with_keys = |access: Access| {
        keys.iter().fold(access, |access, (key, value)| match value {
            Some(value) => access.with(*key, value.clone()),
            None => access,
        })
    };
    Ok(asked.into_iter().map(with_keys).collect())
}

impl Asked {
    /// The bucket as it is in a snapshot.
    pub(super) async fn bucket(&self, s3: &S3, snapshot: &dyn Snapshot) -> Result<Bucket, Error> {
        Ok(s3.find_bucket(snapshot, &self.name).await?.value)
    }

    /// Where a marker says that the page begins.
    pub(super) fn after(&self, marker: &str) -> After {
        After::marker(marker, &self.prefix, &self.delimiter)
    }

    /// As the engine takes it.
    pub(super) fn query(&self, after: After) -> Query {
        let (prefix, delimiter) = (self.prefix.clone(), self.delimiter.clone());
        Query { prefix, delimiter, after, limit: self.limit }
    }

    /// The answer's `Prefix`.
    pub(super) fn prefix(&self) -> Option<String> {
        Some(self.spelling.write(&self.prefix))
    }

    /// The answer's `Delimiter`.
    pub(super) fn delimiter(&self) -> Option<String> {
        Some(self.spelling.write(&self.delimiter)).filter(|delimiter| !delimiter.is_empty())
    }

    /// The answer's `MaxKeys`.
    pub(super) fn max_keys(&self) -> Option<i32> {
        Some(count(self.limit))
    }
}

/// Whose objects are.
#[derive(Clone, Copy)]
pub(super) struct Owners {
    bucket: AccountId,
    /// Where lists count, who puts an object may own it.
    lists_count: bool,
    /// Owners have names too.
    named: bool,
}

impl Owners {
    /// Of a bucket's objects.
    pub(super) async fn of(s3: &S3, call: &Call, name: &str) -> Result<Self, Error> {
        let bucket = named_bucket(s3, call, name).await?;
        let lists_count = s3.settings_of(&bucket).await?.lists_count();
        Ok(Self {
            bucket: bucket.value.owner,
            lists_count,
            named: s3.settings().bucket_defaults.shows_names(),
        })
    }

    /// The owner of an object; of a marker, whose list nobody has, the bucket's.
    pub(super) fn show(self, object: Option<&Object>) -> shapes::Owner {
        let own = object.and_then(|object| object.attributes.acl.as_ref()).filter(|_| self.lists_count);
        let account = own.map_or(self.bucket, |acl| acl.owner);
        let display_name = self.named.then(|| account.to_string());
        shapes::Owner { display_name, ..owner(account) }
    }
}

/// Refuses forms of listing nobody knows. The second has a route of its own.
pub(super) fn check_list_type(call: &Call) -> Result<(), Error> {
    match call.head().query_value("list-type") {
        None | Some("1") => Ok(()),
        Some(other) => Err(Error::argument("list-type", other, "Invalid List Type specified in Request")),
    }
}
