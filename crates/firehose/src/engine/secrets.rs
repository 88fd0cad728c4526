//! Access keys, tokens and passwords of destinations: sealed in rows, opened where they are sent.
//!
//! They are sealed under the service's own key of KMS, whatever the stream's records are under: a customer's key that is disabled holds up records
//! and must not make the stream's configuration unreadable. Rows from before have them plain; the next update seals them.

use bytes::Bytes;
use service::vault::{Sealed, Sealer};

use super::Engine;
use super::error::Error;
use crate::tables::{Destination, Hidden, StreamId, StreamKey};

impl Destination {
    fn secrets(&mut self) -> Vec<&mut Hidden> {
        match self {
            Destination::S3(_) | Destination::Search(_) | Destination::Iceberg(_) => Vec::new(),
            Destination::Http(http) => http.access_key.iter_mut().collect(),
            Destination::Splunk(splunk) => vec![&mut splunk.token],
            Destination::Redshift(redshift) => redshift.password.iter_mut().collect(),
        }
    }
}

impl Engine {
    /// What seals the secrets of a destination; `None` if there are none to seal.
    pub(super) async fn secrets_sealer(
        &self,
        key: &StreamKey,
        id: StreamId,
        destination: &Destination,
    ) -> Result<Option<Sealer>, Error> {
        let mut destination = destination.clone();
        match destination.secrets().iter().any(|secret| matches!(secret, Hidden::Plain(_))) {
            true => Ok(Some(self.frames(key, id).own_sealer().await?)),
            false => Ok(None),
        }
    }

    /// A destination as rows have it.
    pub(super) fn with_sealed_secrets(
        &self,
        destination: &Destination,
        sealer: Option<&Sealer>,
    ) -> Destination {
        let mut sealed = destination.clone();
        let Some(sealer) = sealer else { return sealed };
        for secret in sealed.secrets() {
            if let Hidden::Plain(text) = &*secret {
                let Sealed { data_key, bytes } = sealer.seal(&self.random, text.as_bytes());
                *secret = Hidden::Sealed { data_key, bytes: bytes.to_vec() };
            }
        }
        sealed
    }

    /// A destination with its secrets as they are.
    pub async fn with_open_secrets(
        &self,
        key: &StreamKey,
        id: StreamId,
        destination: &Destination,
    ) -> Result<Destination, Error> {
        let mut open = destination.clone();
        for secret in open.secrets() {
            if let Hidden::Sealed { data_key, bytes } = &*secret {
                let sealed = Sealed { data_key: *data_key, bytes: Bytes::from(bytes.clone()) };
                let plain = self.frames(key, id).open_sealed(&sealed).await?;
                *secret = Hidden::Plain(String::from_utf8_lossy(&plain).into_owned());
            }
        }
        Ok(open)
    }
}
