//! Data keys under customer keys, for whoever encrypts what it stores. Served by KMS.

use base::{Arn, Region, Secret};
use futures_util::future::BoxFuture;

use crate::Principal;

/// For whom, through which service and for what a key is used. What key policies, grants and condition keys are asked about.
#[derive(Debug, Clone, Copy)]
pub struct KeyUse<'a> {
    /// On whose behalf: the caller of the service.
    pub principal: &'a Principal,
    /// The region the service was called in.
    pub region: &'a Region,
    /// The service that encrypts, as `kms:ViaService` names it without the rest: `s3`, `kinesis`, `firehose`.
    pub via: &'static str,
    /// The encryption context, e.g. `aws:s3:arn`. Authenticated: decrypting needs the same.
    pub context: &'a [(String, String)],
}

/// A data key: in plain, to be used and forgotten, and encrypted, to be stored beside what it encrypted.
#[derive(Debug)]
pub struct DataKey {
    /// Thirty-two bytes.
    pub plaintext: Secret,
    /// What [`KeyService::decrypt`] takes.
    pub ciphertext: Vec<u8>,
    /// The ARN of the key it is encrypted under.
    pub key: Arn,
}

/// Why a key could not be used. The texts are KMS's own; services wrap them in codes of theirs (`KMS.DisabledException`,
/// `KMSDisabledException`).
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// There is no such key or alias.
    #[error("{0}")]
    NotFound(String),
    /// The key is disabled.
    #[error("{0}")]
    Disabled(String),
    /// The key waits for its deletion or its material.
    #[error("{0}")]
    InvalidState(String),
    /// The key is of a kind that makes no data keys.
    #[error("{0}")]
    InvalidUsage(String),
    /// The policies say no: key policy, identity policies, grants.
    #[error("{0}")]
    Denied(String),
    /// The ciphertext is not of this key and context, or was altered.
    #[error("the ciphertext is not authentic")]
    InvalidCiphertext,
    /// For the moment it cannot be done.
    #[error("unavailable: {0}")]
    Unavailable(String),
}

/// Makes and opens data keys. A key is named as KMS takes it: id, key ARN, alias name or alias ARN; `alias/aws/SERVICE` is made on first
/// use (identity facts section 9.1).
pub trait KeyService: Send + Sync + 'static {
    /// A fresh data key under a key (`kms:GenerateDataKey`).
    fn generate<'a>(&'a self, key: &'a str, on: KeyUse<'a>) -> BoxFuture<'a, Result<DataKey, KeyError>>;

    /// The plaintext of a data key (`kms:Decrypt`). Fails when the key was disabled or deleted since, or the caller may not use it.
    fn decrypt<'a>(&'a self, ciphertext: &'a [u8], on: KeyUse<'a>)
    -> BoxFuture<'a, Result<Secret, KeyError>>;

    /// The ARN of the key that a name stands for, without using it and without asking whether one may. Fails with `NotFound`.
    fn resolve<'a>(&'a self, key: &'a str, on: KeyUse<'a>) -> BoxFuture<'a, Result<Arn, KeyError>>;
}
