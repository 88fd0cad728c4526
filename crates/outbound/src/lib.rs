//! The only way out of the process: connections and HTTP requests to addresses that users configured, and to no others.
//!
//! An address that a user may name freely is how a server is made to ask on behalf of a stranger (SSRF). So the rule is kept where it cannot
//! be talked round: not on the name but on each address it resolves to, at the moment of connecting. Link-local addresses (where clouds keep
//! their credentials) and private ranges are refused unless the operator allowed them by name; loopback is reachable only while our own
//! server listens on loopback alone. Redirects are answers like any other and are not followed; no proxy is read from the environment.
//!
//! ```text
//! Client::send     one HTTP/1.1 exchange on a connection of its own     request.rs
//! Client::connect  a bare TCP or TLS connection, for other protocols    connect.rs
//! Rules            which addresses                                      rules.rs
//! ```
//!
//! Everything has a bound: the time to connect, the time of the whole exchange, the bytes of an answer. A connection is used once: what is
//! sent out is batches, and a connection that had idled could fail in ways that leave open whether a batch has arrived.
//!
//! Tested against listeners of our own that answer slowly, endlessly, elsewhere, half, or not at all.

mod connect;
mod request;
mod rules;

use std::sync::{Arc, OnceLock};

use rustls::RootCertStore;

pub use connect::{Connection, Endpoint};
pub use request::{Request, Response};
pub use rules::{Network, NetworkError, Refusal, Rules};

/// Why there was no answer, in terms of what the other side did.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// The address is not one that can be asked.
    #[error("`{url}` is not a usable address: {reason}")]
    Url {
        /// As it was given.
        url: String,
        /// What is wrong.
        reason: &'static str,
    },
    /// A header's name or value cannot be sent.
    #[error("the header `{0}` cannot be sent")]
    Header(String),
    /// The name resolves to nothing.
    #[error("`{host}` cannot be resolved: {reason}")]
    Unresolved {
        /// The name.
        host: String,
        /// What the resolver says.
        reason: String,
    },
    /// The rules say no.
    #[error("`{host}` may not be reached: {refusal}")]
    Refused {
        /// The name.
        host: String,
        /// Why.
        refusal: Refusal,
    },
    /// No connection came about.
    #[error("cannot connect to `{host}`: {reason}")]
    Connect {
        /// The name.
        host: String,
        /// What the system says.
        reason: String,
    },
    /// No connection came about in time, TLS included.
    #[error("connecting to `{host}` took too long")]
    ConnectTimeout {
        /// The name.
        host: String,
    },
    /// The other side is not who it should be, or speaks no TLS.
    #[error("TLS with `{host}` failed: {reason}")]
    Tls {
        /// The name.
        host: String,
        /// What TLS says.
        reason: String,
    },
    /// The answer was not there in time.
    #[error("no answer in time")]
    Timeout,
    /// The connection ended before the answer did. Whether the request has arrived is not known.
    #[error("the connection was closed: {0}")]
    Closed(String),
    /// What came is no HTTP.
    #[error("the answer is not HTTP: {0}")]
    Malformed(String),
    /// The answer is larger than asked for.
    #[error("the answer is larger than `{bytes_max}` bytes")]
    TooLarge {
        /// The bound.
        bytes_max: u64,
    },
    /// The body that was to be sent broke off.
    #[error("the request's body broke off: {0}")]
    Body(String),
}

/// The way out. Clones share it.
#[derive(Clone)]
pub struct Client(Arc<Inner>);

struct Inner {
    rules: Rules,
    /// Made at the first use of TLS: most servers never leave loopback.
    tls: OnceLock<Arc<rustls::ClientConfig>>,
}

impl std::fmt::Debug for Client {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Client").field(&self.0.rules).finish()
    }
}

impl Client {
    /// A way out within these rules.
    pub fn new(rules: Rules) -> Self {
        Self(Arc::new(Inner { rules, tls: OnceLock::new() }))
    }

    /// Which addresses may be reached.
    pub fn rules(&self) -> &Rules {
        &self.0.rules
    }

    fn tls(&self) -> Arc<rustls::ClientConfig> {
        let make = || {
            let mut roots = RootCertStore::empty();
            roots.extend(webpki_roots::TLS_SERVER_ROOTS.iter().cloned());
            // What is no certificate was refused when the rules were made.
            roots.add_parsable_certificates(self.0.rules.authorities().iter().cloned());
            let provider = Arc::new(rustls::crypto::ring::default_provider());
            let config = rustls::ClientConfig::builder_with_provider(provider)
                .with_safe_default_protocol_versions()
                .expect("the provider has ciphers for the versions it was built with")
                .with_root_certificates(roots)
                .with_no_client_auth();
            Arc::new(config)
        };
        self.0.tls.get_or_init(make).clone()
    }
}
