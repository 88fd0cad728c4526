//! The headers of encryption: what requests ask for, and what answers say.

use ports::Principal;
use service::{AuthSource, Call};

use super::shared::object_arn;
use crate::engine::objects::Place;
use crate::engine::sealing::customer::{CustomerKey, Names};
use crate::engine::sealing::wanted::Said;
use crate::engine::sealing::{Requester, Sealing, Unlock};
use crate::engine::{Error, S3};
use crate::tables::{Bucket, Encryption};

/// The three headers of a customer's key, as they were sent.
#[derive(Debug, Default)]
pub(super) struct CustomerHeaders {
    pub algorithm: Option<String>,
    pub key: Option<String>,
    pub md5: Option<String>,
}

/// The headers by which a write says how to encrypt, as they were sent.
#[derive(Debug, Default)]
pub(super) struct WriteHeaders {
    pub method: Option<String>,
    pub key: Option<String>,
    pub context: Option<String>,
    pub bucket_key: Option<bool>,
    pub customer: CustomerHeaders,
}

/// What a write is sealed with, and what its answer repeats.
pub(super) struct Chosen {
    pub sealing: Sealing,
    pub customer: Option<CustomerKey>,
    pub context: Option<String>,
}

/// Takes a customer's key out of a request.
macro_rules! customer_headers {
    ($input:ident) => {
        $crate::ops::encryption::CustomerHeaders {
            algorithm: $input.sse_customer_algorithm.take(),
            key: $input.sse_customer_key.take(),
            md5: $input.sse_customer_key_md5.take(),
        }
    };
}

/// Takes the key of a copy's source out of a request.
macro_rules! source_headers {
    ($input:ident) => {
        $crate::ops::encryption::CustomerHeaders {
            algorithm: $input.copy_source_sse_customer_algorithm.take(),
            key: $input.copy_source_sse_customer_key.take(),
            md5: $input.copy_source_sse_customer_key_md5.take(),
        }
    };
}

/// Takes what a write says of encryption.
macro_rules! write_headers {
    ($input:ident) => {
        $crate::ops::encryption::WriteHeaders {
            method: $input.server_side_encryption.take(),
            key: $input.sse_kms_key_id.take(),
            context: $input.sse_kms_encryption_context.take(),
            bucket_key: $input.bucket_key_enabled.take(),
            customer: $crate::ops::encryption::customer_headers!($input),
        }
    };
}

/// Says how an object is encrypted.
macro_rules! show_encryption {
    ($output:ident, $encryption:expr) => {
        let shown = $crate::ops::encryption::Shown::of($encryption);
        $output.server_side_encryption = shown.method.map(str::to_owned);
        $output.sse_kms_key_id = shown.key;
        $output.bucket_key_enabled = shown.bucket_key;
    };
}

/// Repeats which customer's key served.
macro_rules! show_customer {
    ($output:ident, $customer:expr) => {
        if let Some(customer) = $customer {
            $output.sse_customer_algorithm = Some("AES256".to_owned());
            $output.sse_customer_key_md5 = Some(customer.md5.clone());
        }
    };
}

pub(super) use {customer_headers, show_customer, show_encryption, source_headers, write_headers};

/// What answers say of an object's encryption.
pub(super) struct Shown {
    pub method: Option<&'static str>,
    pub key: Option<String>,
    pub bucket_key: Option<bool>,
}

impl Shown {
    pub(super) fn of(encryption: &Encryption) -> Self {
        let method = match encryption {
            Encryption::Open | Encryption::Customer(_) => None,
            Encryption::Managed(_) => Some("AES256"),
            Encryption::Kms(_) => Some("aws:kms"),
            Encryption::Dual(..) => Some("aws:kms:dsse"),
        };
        let key = encryption.kms_key();
        // Absent where AWS has it absent: when it is false.
        let bucket_key = key.filter(|key| key.bucket_key).map(|_| true);
        Self { method, key: key.map(|key| key.arn.clone()), bucket_key }
    }
}

impl WriteHeaders {
    /// Whether a copy changes something by them.
    pub(super) fn says_something(&self) -> bool {
        self.method.is_some() || self.customer.any()
    }
}

impl CustomerHeaders {
    fn any(&self) -> bool {
        self.algorithm.is_some() || self.key.is_some() || self.md5.is_some()
    }

    /// The key, if one was sent and is sound.
    pub(super) fn parse(&self, call: &Call, names: Names) -> Result<Option<CustomerKey>, Error> {
        if self.any() && !call.caller().secure && !call.caller().source_ip.is_loopback() {
            let text = "Requests specifying Server Side Encryption with Customer provided keys must be made over a secure connection.";
            return Err(Error::Request(text.to_owned()));
        }
        CustomerKey::parse(names, self.algorithm.as_deref(), self.key.as_deref(), self.md5.as_deref())
    }
}

/// On whose behalf keys are used.
pub(super) fn requester(call: &Call) -> Requester<'_> {
    let signed_v2 =
        matches!(call.caller().auth, AuthSource::HeaderV2 | AuthSource::QueryV2 | AuthSource::FormV2);
    Requester { principal: &call.caller().principal, signed_v2 }
}

/// What the reader of an object brings along.
pub(super) fn unlock<'a>(call: &'a Call, customer: Option<&'a CustomerKey>) -> Unlock<'a> {
    Unlock { requester: requester(call), customer }
}

/// Refuses a customer's key where the bucket does, before it is looked at.
pub(super) fn check_not_blocked(
    bucket: &Bucket,
    place: Place<'_>,
    principal: &Principal,
    customer: &CustomerHeaders,
) -> Result<(), Error> {
    if !customer.any() || !bucket.encryption().customer_keys_blocked {
        return Ok(());
    }
    let who = principal.arn().map_or_else(|| "anonymous".to_owned(), |arn| arn.to_string());
    Err(Error::Denied(format!(
        "User: {who} is not authorized to perform: s3:PutObject on resource: \"{}\" because this bucket has blocked upload requests \
         that specify Server Side Encryption with Customer provided keys (SSE-C). Please specify a different server-side encryption \
         type",
        object_arn(place.bucket, place.key)
    )))
}

/// Chooses how a new object is encrypted: as the request says, or else as the bucket does.
pub(super) async fn choose(
    s3: &S3,
    call: &Call,
    bucket: &Bucket,
    place: Place<'_>,
    headers: WriteHeaders,
) -> Result<Chosen, Error> {
    // What contradicts itself is wrong whatever the bucket says.
    if let Some(method) = headers.method.as_ref().filter(|_| headers.customer.any()) {
        let text = "Server Side Encryption with Customer provided key is incompatible with the encryption method specified";
        return Err(Error::argument("x-amz-server-side-encryption", method, text));
    }
    check_not_blocked(bucket, place, &call.caller().principal, &headers.customer)?;
    let customer = headers.customer.parse(call, Names::OBJECT)?;
    let context = headers.context.clone();
    let said = Said {
        method: headers.method,
        key: headers.key,
        context: headers.context,
        bucket_key: headers.bucket_key,
        customer: customer.clone(),
    };
    let wanted = said.wanted(bucket.encryption())?;
    let sealing = s3.sealing(bucket, place, &wanted, requester(call)).await?;
    Ok(Chosen { sealing, customer, context })
}

/// Refuses the headers of writes on reads.
pub(super) fn check_reads_say_nothing(call: &Call) -> Result<(), Error> {
    const NAMES: [&str; 4] = [
        "x-amz-server-side-encryption",
        "x-amz-server-side-encryption-aws-kms-key-id",
        "x-amz-server-side-encryption-context",
        "x-amz-server-side-encryption-bucket-key-enabled",
    ];
    let headers = &call.head().headers;
    match NAMES.into_iter().find(|name| headers.contains_key(*name)) {
        Some(name) => {
            let text = format!("{name} header is not supported for this operation.");
            Err(Error::Argument { name, value: None, text })
        }
        None => Ok(()),
    }
}
