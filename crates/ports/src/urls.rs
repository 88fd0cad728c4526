//! Functions that answer HTTP requests at URLs of their own: what the door hands to Lambda when a request came to such a URL.

use std::net::IpAddr;

use bytes::Bytes;
use futures_util::future::BoxFuture;
use http::{HeaderMap, Method, Version};
use wire::Answer;

use crate::Principal;

/// What a host names: a function's URL.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct UrlName {
    /// What stands before `.lambda-url.`.
    pub id: String,
    /// The region behind it.
    pub region: String,
}

/// What the door must know before it reads a request.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct UrlTerms {
    /// Requests are signed (`AWS_IAM`). Where they need not be, whatever stands in `Authorization` is the function's business.
    pub signed: bool,
    /// The URL's own rules let scripts of the origin that was asked about in.
    pub lets_in: bool,
}

/// A request to a function's URL.
#[derive(Debug)]
pub struct UrlRequest {
    /// The URL.
    pub url: UrlName,
    /// The method.
    pub method: Method,
    /// The version of HTTP.
    pub version: Version,
    /// The path, as it was sent.
    pub path: String,
    /// The query, as it was sent.
    pub query: String,
    /// What the client called the host, with the port.
    pub host: String,
    /// The headers.
    pub headers: HeaderMap,
    /// The body.
    pub body: Bytes,
    /// Who signed; nobody where nothing is signed.
    pub principal: Principal,
    /// The access key that signed.
    pub access_key_id: Option<String>,
    /// The peer's address.
    pub source_ip: IpAddr,
    /// Whether the connection was TLS.
    pub secure: bool,
    /// The id that the answer and the logs carry, and that the function sees.
    pub request_id: String,
}

/// Serves functions at their URLs. Served by Lambda.
pub trait FunctionUrls: Send + Sync + 'static {
    /// How requests to a URL are to be treated, those of scripts from an origin among them; `None` if there is no such URL.
    fn terms<'a>(&'a self, url: &'a UrlName, origin: Option<&'a str>) -> BoxFuture<'a, Option<UrlTerms>>;

    /// Answers a request: as the function does, or with what keeps it from being asked.
    fn serve(&self, request: UrlRequest) -> BoxFuture<'_, Answer>;
}
