//! TLS on the same port: the certificate, made once and kept, or given.
//!
//! A self-made certificate names `localhost` and the virtual hosts of buckets under it. It is kept with its key in one PEM file that only
//! the owner may read. A file of ours that does not parse (a crash while it was made) is made again; a file of the user's that does not
//! is an error.

use std::fs::{File, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio_rustls::TlsAcceptor;

/// Where the certificate comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Certificate {
    /// Made at first start and kept in this file.
    Kept(PathBuf),
    /// The user's own: `--tls-cert`, `--tls-key`.
    Given {
        /// A chain of certificates in PEM.
        cert: PathBuf,
        /// Its private key in PEM.
        key: PathBuf,
    },
    /// Made now and kept nowhere (`--ephemeral`).
    Ephemeral,
}

/// Why there is no certificate.
#[derive(Debug, thiserror::Error)]
pub enum CertificateError {
    /// A file cannot be read or written.
    #[error("`{path}`: {error}")]
    File {
        /// Which.
        path: PathBuf,
        /// Why.
        error: std::io::Error,
    },
    /// A file is not the PEM it should be.
    #[error("`{path}`: {reason}")]
    Pem {
        /// Which.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// None could be made, or TLS does not take it.
    #[error("certificate: {0}")]
    Unusable(String),
}

/// What a connection's TLS handshake needs. Clones share it.
#[derive(Clone)]
pub struct Tls(pub(crate) TlsAcceptor);

impl std::fmt::Debug for Tls {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Tls(..)")
    }
}

impl Tls {
    /// Loads the certificate, or makes one.
    pub fn load(certificate: &Certificate) -> Result<Self, CertificateError> {
        let (chain, key) = match certificate {
            Certificate::Given { cert, key } => (read_chain(cert)?, read_key(key)?),
            Certificate::Kept(path) => kept(path)?,
            Certificate::Ephemeral => parse(make()?.as_bytes(), Path::new("certificate"))?,
        };
        let unusable = |error: rustls::Error| CertificateError::Unusable(error.to_string());
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let mut config = rustls::ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .map_err(unusable)?
            .with_no_client_auth()
            .with_single_cert(chain, key)
            .map_err(unusable)?;
        config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
        Ok(Self(TlsAcceptor::from(Arc::new(config))))
    }
}

type Identity = (Vec<CertificateDer<'static>>, PrivateKeyDer<'static>);

fn kept(path: &Path) -> Result<Identity, CertificateError> {
    if let Ok(pem) = std::fs::read(path)
        && let Ok(identity) = parse(&pem, path)
    {
        return Ok(identity);
    }
    let pem = make()?;
    write_private(path, pem.as_bytes())
        .map_err(|error| CertificateError::File { path: path.to_owned(), error })?;
    parse(pem.as_bytes(), path)
}

fn write_private(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    if let Some(dir) = path.parent() {
        std::fs::create_dir_all(dir)?;
    }
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file: File = options.open(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

/// A certificate and its key, both in PEM, one after the other.
fn make() -> Result<String, CertificateError> {
    let names = [
        "localhost",
        "*.localhost",
        "*.s3.localhost",
        "localhost.localstack.cloud",
        "*.localhost.localstack.cloud",
        "*.s3.localhost.localstack.cloud",
        "127.0.0.1",
        "::1",
    ];
    let made = rcgen::generate_simple_self_signed(names.map(String::from))
        .map_err(|error| CertificateError::Unusable(error.to_string()))?;
    Ok(made.cert.pem() + &made.signing_key.serialize_pem())
}

fn parse(pem: &[u8], path: &Path) -> Result<Identity, CertificateError> {
    let wrong = |reason: String| CertificateError::Pem { path: path.to_owned(), reason };
    let chain = CertificateDer::pem_slice_iter(pem)
        .collect::<Result<Vec<_>, _>>()
        .map_err(|e| wrong(e.to_string()))?;
    if chain.is_empty() {
        return Err(wrong("no certificate in it".into()));
    }
    let key = PrivateKeyDer::from_pem_slice(pem).map_err(|e| wrong(e.to_string()))?;
    Ok((chain, key))
}

fn read(path: &Path) -> Result<Vec<u8>, CertificateError> {
    std::fs::read(path).map_err(|error| CertificateError::File { path: path.to_owned(), error })
}

fn read_chain(path: &Path) -> Result<Vec<CertificateDer<'static>>, CertificateError> {
    let wrong = |reason: String| CertificateError::Pem { path: path.to_owned(), reason };
    let pem = read(path)?;
    let chain = CertificateDer::pem_slice_iter(&pem)
        .collect::<Result<Vec<_>, _>>()
        .map_err(|e| wrong(e.to_string()))?;
    if chain.is_empty() { Err(wrong("no certificate in it".into())) } else { Ok(chain) }
}

fn read_key(path: &Path) -> Result<PrivateKeyDer<'static>, CertificateError> {
    PrivateKeyDer::from_pem_slice(&read(path)?)
        .map_err(|error| CertificateError::Pem { path: path.to_owned(), reason: error.to_string() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kept_certificate_stays_the_same_and_a_torn_one_is_made_again() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("keys/tls.pem");
        let first = kept(&path).unwrap();
        assert_eq!(kept(&path).unwrap().0, first.0);
        OpenOptions::new().write(true).open(&path).unwrap().set_len(100).unwrap();
        assert_ne!(kept(&path).unwrap().0, first.0);
        Tls::load(&Certificate::Kept(path)).unwrap();
    }

    #[test]
    fn a_given_certificate_that_is_none_is_an_error() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("cert.pem");
        let given = Certificate::Given { cert: path.clone(), key: path.clone() };
        assert!(matches!(Tls::load(&given), Err(CertificateError::File { .. })));
        File::create(&path).unwrap();
        assert!(matches!(Tls::load(&given), Err(CertificateError::Pem { .. })));
    }
}
