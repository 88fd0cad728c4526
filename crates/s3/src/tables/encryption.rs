//! How an object's bytes are sealed, as its row tells it; and what a bucket says about it.
//!
//! Nothing here opens anything: what is kept of a key is its version, or the key sealed under another one that is not kept beside it.

use minicbor::{Decode, Encode};

/// Under which key the bytes of one blob are sealed. In rows it is one number: 0, 1, or a version and one.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Seal {
    /// They are not: they were written before there was encryption.
    #[default]
    Open,
    /// The key of the object they belong to; see [`Encryption`].
    Own,
    /// This version of the master key. Versions begin with 1.
    Master(u32),
}

/// How an object is encrypted.
#[derive(Clone, PartialEq, Eq, Debug, Default, Encode, Decode)]
pub enum Encryption {
    /// Not at all: it was written before there was encryption.
    #[default]
    #[n(0)]
    Open,
    /// SSE-S3, under this version of the master key. Of an object in pieces each piece says its own.
    #[n(1)]
    Managed(#[n(0)] u32),
    /// SSE-KMS.
    #[n(2)]
    Kms(#[n(0)] KmsKey),
    /// DSSE-KMS: under the object's key, and once more under this version of the master key.
    #[n(3)]
    Dual(#[n(0)] KmsKey, #[n(1)] u32),
    /// SSE-C: the object's key, sealed under the customer's.
    #[n(4)]
    Customer(#[cbor(n(0), with = "minicbor::bytes")] Vec<u8>),
}

/// An object's key, as far as KMS keeps it.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub struct KmsKey {
    /// The ARN of the KMS key.
    #[n(0)]
    pub arn: String,
    /// A data key as KMS encrypted it.
    #[cbor(n(1), with = "minicbor::bytes")]
    pub data_key: Vec<u8>,
    /// The whole encryption context.
    #[n(2)]
    pub context: Vec<(String, String)>,
    /// The object's key, sealed under the data key. `None`: the data key is the object's.
    #[cbor(n(3), with = "minicbor::bytes")]
    pub under_data_key: Option<Vec<u8>>,
    /// Whether the data key is the bucket's, for many objects.
    #[n(4)]
    pub bucket_key: bool,
}

/// What a bucket says about encryption.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub struct BucketEncryption {
    /// How objects are encrypted about which the request says nothing.
    #[n(0)]
    pub by_default: DefaultEncryption,
    /// Whether objects under KMS keys get bucket keys; `None` if nothing was said.
    #[n(1)]
    pub bucket_key: Option<bool>,
    /// Whether writes with customers' keys are refused.
    #[n(2)]
    pub customer_keys_blocked: bool,
}

/// A bucket's default.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub enum DefaultEncryption {
    /// SSE-S3.
    #[n(0)]
    Managed,
    /// SSE-KMS under this key, by any of its names; `aws/s3` if none is named.
    #[n(1)]
    Kms(#[n(0)] Option<String>),
    /// DSSE-KMS, the key as above.
    #[n(2)]
    Dual(#[n(0)] Option<String>),
}

impl Encryption {
    /// Under which key the object's only blob is sealed.
    pub const fn seal(&self) -> Seal {
        match self {
            Encryption::Open => Seal::Open,
            Encryption::Managed(version) => Seal::Master(*version),
            Encryption::Kms(_) | Encryption::Dual(..) | Encryption::Customer(_) => Seal::Own,
        }
    }

    /// Whether the object's ETag tells the MD5 of its bytes.
    pub const fn shows_md5(&self) -> bool {
        match self {
            Encryption::Open | Encryption::Managed(_) => true,
            Encryption::Kms(_) | Encryption::Dual(..) | Encryption::Customer(_) => false,
        }
    }

    /// The KMS key, if it is under one.
    pub const fn kms_key(&self) -> Option<&KmsKey> {
        match self {
            Encryption::Kms(key) | Encryption::Dual(key, _) => Some(key),
            Encryption::Open | Encryption::Managed(_) | Encryption::Customer(_) => None,
        }
    }
}

/// What new buckets have.
pub static NEW_BUCKET: BucketEncryption = BucketEncryption {
    by_default: DefaultEncryption::Managed,
    bucket_key: None,
    customer_keys_blocked: true,
};

impl<C> Encode<C> for Seal {
    fn encode<W: minicbor::encode::Write>(
        &self,
        e: &mut minicbor::Encoder<W>,
        _: &mut C,
    ) -> Result<(), minicbor::encode::Error<W::Error>> {
        let number = match self {
            Seal::Open => 0,
            Seal::Own => 1,
            Seal::Master(version) => u64::from(*version) + 1,
        };
        e.u64(number)?;
        Ok(())
    }
}

impl<'b, C> Decode<'b, C> for Seal {
    fn decode(d: &mut minicbor::Decoder<'b>, _: &mut C) -> Result<Self, minicbor::decode::Error> {
        Ok(match d.u64()? {
            0 => Seal::Open,
            1 => Seal::Own,
            number => u32::try_from(number - 1)
                .map(Seal::Master)
                .map_err(|_| minicbor::decode::Error::message("no version is so high"))?,
        })
    }
}
