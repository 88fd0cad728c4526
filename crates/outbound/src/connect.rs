//! Connections: a name becomes addresses, the rules judge each, the first that answers is taken.

use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use rustls::pki_types::ServerName;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;

use crate::{Client, Error};

/// Addresses of a name that are tried, one after the other.
const ADDRESSES_MAX: usize = 8;

/// Where a connection goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Endpoint {
    /// A name, or an address without brackets.
    pub host: String,
    /// The port.
    pub port: u16,
    /// Whether the connection begins with TLS, and the other side must prove to be `host`.
    pub tls: bool,
    /// The time for all of it: resolving, connecting, TLS.
    pub timeout: Duration,
}

/// A connection that came about.
#[derive(Debug)]
pub struct Connection(Kind);

#[derive(Debug)]
enum Kind {
    Plain(TcpStream),
    Tls(Box<TlsStream<TcpStream>>),
}

impl Client {
    /// Connects, with TLS or without.
    pub async fn connect(&self, to: &Endpoint) -> Result<Connection, Error> {
        let connecting = async {
            let stream = self.connect_tcp(&to.host, to.port).await?;
            if to.tls { self.handshake(stream, &to.host).await } else { Ok(Connection(Kind::Plain(stream))) }
        };
        match tokio::time::timeout(to.timeout, connecting).await {
            Ok(outcome) => outcome,
            Err(_) => Err(Error::ConnectTimeout { host: to.host.clone() }),
        }
    }

    /// Goes over to TLS on a connection that began without, as PostgreSQL does. One that has TLS already stays as it is.
    pub async fn upgrade(
        &self,
        connection: Connection,
        host: &str,
        timeout: Duration,
    ) -> Result<Connection, Error> {
        match connection.0 {
            Kind::Tls(_) => Ok(connection),
            Kind::Plain(stream) => match tokio::time::timeout(timeout, self.handshake(stream, host)).await {
                Ok(outcome) => outcome,
                Err(_) => Err(Error::ConnectTimeout { host: host.to_owned() }),
            },
        }
    }

    async fn connect_tcp(&self, host: &str, port: u16) -> Result<TcpStream, Error> {
        let addresses = resolve(host, port).await?;
        let mut last = None;
        for address in addresses.into_iter().take(ADDRESSES_MAX) {
            // Judged here and not earlier: this very address is the one connected to.
            if let Err(refusal) = self.rules().judge(address.ip()) {
                last.get_or_insert(Error::Refused { host: host.to_owned(), refusal });
                continue;
            }
            match TcpStream::connect(address).await {
                Ok(stream) => {
                    // Requests are written whole; waiting to fill segments would only delay their ends.
                    stream.set_nodelay(true).map_err(|error| refused(host, &error))?;
                    return Ok(stream);
                }
                Err(error) => last = Some(refused(host, &error)),
            }
        }
        Err(last.unwrap_or_else(|| Error::Unresolved {
            host: host.to_owned(),
            reason: "the name has no address".to_owned(),
        }))
    }

    async fn handshake(&self, stream: TcpStream, host: &str) -> Result<Connection, Error> {
        let failed = |reason: String| Error::Tls { host: host.to_owned(), reason };
        let name = ServerName::try_from(host.to_owned()).map_err(|error| failed(error.to_string()))?;
        let stream = TlsConnector::from(self.tls()).connect(name, stream).await;
        let stream = stream.map_err(|error| failed(error.to_string()))?;
        Ok(Connection(Kind::Tls(Box::new(stream))))
    }
}

fn refused(host: &str, error: &io::Error) -> Error {
    Error::Connect { host: host.to_owned(), reason: error.to_string() }
}

/// The addresses of a name. `localhost` and what lies under it is this machine by definition (RFC 6761), whatever a resolver says.
async fn resolve(host: &str, port: u16) -> Result<Vec<SocketAddr>, Error> {
    if let Ok(address) = host.parse::<IpAddr>() {
        return Ok(vec![SocketAddr::new(address, port)]);
    }
    let name = host.trim_end_matches('.').to_ascii_lowercase();
    if name == "localhost" || name.ends_with(".localhost") {
        let this: [IpAddr; 2] = [Ipv4Addr::LOCALHOST.into(), Ipv6Addr::LOCALHOST.into()];
        return Ok(this.map(|address| SocketAddr::new(address, port)).to_vec());
    }
    match tokio::net::lookup_host((host, port)).await {
        Ok(addresses) => Ok(addresses.collect()),
        Err(error) => Err(Error::Unresolved { host: host.to_owned(), reason: error.to_string() }),
    }
}

impl AsyncRead for Connection {
    fn poll_read(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        into: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        match &mut self.get_mut().0 {
            Kind::Plain(stream) => Pin::new(stream).poll_read(context, into),
            Kind::Tls(stream) => Pin::new(stream.as_mut()).poll_read(context, into),
        }
    }
}

impl AsyncWrite for Connection {
    fn poll_write(self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        match &mut self.get_mut().0 {
            Kind::Plain(stream) => Pin::new(stream).poll_write(context, bytes),
            Kind::Tls(stream) => Pin::new(stream.as_mut()).poll_write(context, bytes),
        }
    }

    fn poll_flush(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        match &mut self.get_mut().0 {
            Kind::Plain(stream) => Pin::new(stream).poll_flush(context),
            Kind::Tls(stream) => Pin::new(stream.as_mut()).poll_flush(context),
        }
    }

    fn poll_shutdown(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        match &mut self.get_mut().0 {
            Kind::Plain(stream) => Pin::new(stream).poll_shutdown(context),
            Kind::Tls(stream) => Pin::new(stream.as_mut()).poll_shutdown(context),
        }
    }
}
