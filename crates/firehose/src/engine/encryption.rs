//! Encryption of a stream at rest, switched on and off. Only streams of Direct PUT have it: others are encrypted at their source.

use std::time::Duration;

use base::Timestamp;
use ports::Principal;

use super::Engine;
use super::error::{Error, Invalid};
use crate::tables::{Encryption, Source, StreamKey, StreamRow};

/// How often a stream's encryption may be switched in a day.
const SWITCHES_MAX: usize = 25;
const DAY: Duration = Duration::from_secs(24 * 3_600);
/// How long ENABLING and DISABLING last when AWS's delays are asked for.
const TRANSITION: Duration = Duration::from_secs(5);

/// The state of a stream's encryption.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Status {
    /// Being switched on.
    Enabling,
    /// Records are sealed.
    Enabled,
    /// Being switched off.
    Disabling,
    /// Records are not sealed.
    Disabled,
}

impl Status {
    /// `DeliveryStreamEncryptionStatus`.
    pub const fn name(self) -> &'static str {
        match self {
            Status::Enabling => "ENABLING",
            Status::Enabled => "ENABLED",
            Status::Disabling => "DISABLING",
            Status::Disabled => "DISABLED",
        }
    }
}

/// What a stream's encryption is at a time.
pub fn status(encryption: Option<&Encryption>, now: Timestamp) -> Status {
    let Some(encryption) = encryption else { return Status::Disabled };
    let moving = encryption.until_micros.is_some_and(|until| now.as_micros() < until);
    match (encryption.enabled, moving) {
        (true, true) => Status::Enabling,
        (true, false) => Status::Enabled,
        (false, true) => Status::Disabling,
        (false, false) => Status::Disabled,
    }
}

impl Engine {
    /// Seals a stream's records from now on, under a customer's key or the service's own.
    pub async fn start_encryption(
        &self,
        key: &StreamKey,
        key_arn: Option<String>,
        caller: &Principal,
    ) -> Result<(), Error> {
        let id = self.stream(key).await?.value.id();
        self.frames(key, id).usable(key_arn.as_deref(), Some(caller)).await?;
        self.switch(key, move |_| (true, key_arn.clone())).await
    }

    /// Seals no more of a stream's records.
    pub async fn stop_encryption(&self, key: &StreamKey) -> Result<(), Error> {
        self.switch(key, |current| (false, current.and_then(|current| current.key_arn.clone()))).await
    }

    async fn switch(
        &self,
        key: &StreamKey,
        to: impl Fn(Option<&Encryption>) -> (bool, Option<String>),
    ) -> Result<(), Error> {
        let now = self.clock.now();
        self.change(key, |row| {
            must_be_direct(row)?;
            let (enabled, key_arn) = to(row.encryption.as_ref());
            let mut changes =
                row.encryption.as_ref().map(|current| current.changes_micros.clone()).unwrap_or_default();
            changes.retain(|change| *change > now.minus(DAY).as_micros());
            if changes.len() >= SWITCHES_MAX && self.settings.strict_limits {
                return Err(Error::TooManySwitches { max: SWITCHES_MAX });
            }
            changes.push(now.as_micros());
            // The list stays short also where nobody counts.
            let skip = changes.len().saturating_sub(SWITCHES_MAX);
            row.encryption = Some(Encryption {
                enabled,
                key_arn,
                until_micros: self.settings.transitions.then(|| now.plus(TRANSITION).as_micros()),
                changes_micros: changes.split_off(skip),
            });
            Ok(())
        })
        .await
    }
}

fn must_be_direct(row: &StreamRow) -> Result<(), Error> {
    match &row.source {
        Source::Direct { framed: Some(true), .. } => Ok(()),
        Source::Direct { .. } => Err(Invalid::new(
            "This delivery stream was made before there was server-side encryption. Create it anew to encrypt it.",
        )
        .into()),
        other @ (Source::Kinesis { .. } | Source::Kafka { .. }) => {
            Err(super::puts::not_permitted(other).into())
        }
    }
}
