//! Buckets shown as websites: what the door hands to S3 when a request came to a website endpoint.

use std::net::IpAddr;

use futures_util::future::BoxFuture;
use http::{HeaderMap, Method};
use wire::Answer;

/// A request to a website. Nobody signs such requests.
#[derive(Debug)]
pub struct SiteRequest {
    /// The bucket that the host names; empty if it names none.
    pub bucket: String,
    /// The method.
    pub method: Method,
    /// The path, as it was sent.
    pub path: String,
    /// What the client called the host, with the port.
    pub host: String,
    /// The headers.
    pub headers: HeaderMap,
    /// The peer's address.
    pub source_ip: IpAddr,
    /// Whether the connection was TLS.
    pub secure: bool,
    /// The id that the answer and the logs carry.
    pub request_id: String,
    /// S3's second id.
    pub host_id: String,
}

/// Shows websites. Served by S3.
pub trait Sites: Send + Sync + 'static {
    /// Answers a request. What cannot be shown is answered with a page that says so.
    fn show(&self, request: SiteRequest) -> BoxFuture<'_, Answer>;
}
