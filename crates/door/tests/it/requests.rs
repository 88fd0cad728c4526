//! Single requests: protocols, refusals, ids, the server's own paths.

use std::sync::Arc;
use std::time::Duration;

use rustls::pki_types::{CertificateDer, ServerName, UnixTime};

use crate::support::{Ask, Client, Server};

#[tokio::test]
async fn a_signed_json_request_is_served_with_ids_and_date() {
    let server = Server::start().await;
    let mut client = server.connect().await;
    for _ in 0..3 {
        let reply = client.ask(&Ask::json("ListStreams", b"{}")).await;
        assert_eq!(reply.status, 200, "{reply:?}");
        assert!(reply.body.starts_with("ListStreams  bytes=2 "));
        assert_eq!(reply.header("x-amzn-requestid").unwrap().len(), 36);
        assert_eq!(reply.header("x-amz-id-2").unwrap().len(), 76);
        assert!(reply.header("date").unwrap().ends_with(" GMT"));
        assert_eq!(reply.header("server"), None);
    }
}

#[tokio::test]
async fn s3_answers_with_its_own_headers() {
    let server = Server::start().await;
    let reply = server.connect().await.ask(&Ask::s3("GET", "/b/k", b"")).await;
    assert_eq!(reply.status, 200, "{reply:?}");
    assert!(reply.body.starts_with("GetObject b k bytes=0"));
    assert_eq!(reply.header("x-amz-request-id").unwrap().len(), 16);
    assert_eq!(reply.header("server"), Some("AmazonS3"));
    assert_eq!(reply.header("x-amzn-requestid"), None);
}

#[tokio::test]
async fn refusals_before_the_operation_are_aws_own() {
    let server = Server::start().await;
    let mut client = server.connect().await;
    let json = |operation: &str| Ask::json(operation, b"{}");
    let mut wrong_secret = json("ListStreams");
    wrong_secret.secret = "wrong";
    let mut other_type = json("ListStreams");
    other_type.headers[0].1 = "text/plain".into();
    let mut s3_wrong = Ask::s3("GET", "/b/k", b"");
    s3_wrong.secret = "wrong";
    let mut get = json("ListStreams");
    get.method = "GET";
    for (ask, status, body) in [
        (json("Nonsense"), 400, "{\"__type\":\"UnknownOperationException\"}"),
        (json("ListStreams").unsigned(), 400, "\"__type\":\"MissingAuthenticationTokenException\""),
        (wrong_secret, 400, "\"__type\":\"InvalidSignatureException\""),
        (other_type, 404, "<UnknownOperationException/>\n"),
        (get, 403, "Unable to determine service/operation name to be authorized"),
        (s3_wrong, 403, "<Code>SignatureDoesNotMatch</Code>"),
        (Ask::s3("DELETE", "/b/k", b""), 405, "<Code>MethodNotAllowed</Code>"),
        (Ask::s3("GET", "/b/%FF", b""), 400, "<Code>InvalidURI</Code>"),
        (
            Ask::new("POST", "/", "sts").header("content-type", "application/x-www-form-urlencoded"),
            400,
            "InvalidAction",
        ),
    ] {
        let reply = client.ask(&ask).await;
        assert_eq!(reply.status, status, "{reply:?}");
        assert!(reply.body.contains(body), "{body} in {reply:?}");
    }
}

#[tokio::test]
async fn cbor_is_refused_in_cbor() {
    let server = Server::start().await;
    let mut ask = Ask::json("Nonsense", b"");
    ask.headers[0].1 = "application/x-amz-cbor-1.1".into();
    ask.headers[1].1 = "Nobody.Nothing".into();
    let mut client = server.connect().await;
    client.say(ask.bytes()).await;
    let reply = client.hear_for("HEAD").await.unwrap();
    assert_eq!((reply.status, reply.header("content-type")), (400, Some("application/x-amz-cbor-1.1")));
    assert_eq!(reply.header("content-length"), Some("35"));
}

#[tokio::test]
async fn a_query_operation_is_served_from_form_and_presigned_url() {
    let server = Server::start().await;
    let mut ask = Ask::new("POST", "/", "sts")
        .header("content-type", "application/x-www-form-urlencoded; charset=utf-8");
    ask.body = b"Action=GetCallerIdentity&Version=2011-06-15".to_vec();
    let mut client = server.connect().await;
    let reply = client.ask(&ask).await;
    assert!(reply.status == 200 && reply.body.contains("bytes=43"), "{reply:?}");
    let reply = client.ask(&ask.unsigned()).await;
    assert_eq!(reply.status, 403, "{reply:?}");
    assert!(reply.body.contains("<Code>MissingAuthenticationToken</Code>"));
}

#[tokio::test]
async fn buckets_in_the_host_are_buckets() {
    let server = Server::start().await;
    for host in
        ["pics.s3.localhost:4566", "pics.s3.localhost.localstack.cloud", "pics.s3.us-west-2.amazonaws.com"]
    {
        let mut ask = Ask::s3("GET", "/cat.jpg", b"");
        ask.host = host.into();
        let reply = server.connect().await.ask(&ask).await;
        assert!(reply.body.starts_with("GetObject pics cat.jpg "), "{host}: {reply:?}");
    }
}

#[tokio::test]
async fn an_absolute_form_target_is_taken() {
    let server = Server::start().await;
    let ask = Ask::s3("GET", "/b/k", b"");
    let text =
        String::from_utf8(ask.bytes()).unwrap().replacen("GET /b/k", "GET http://localhost:4566/b/k", 1);
    let mut client = server.connect().await;
    client.say(text).await;
    assert_eq!(client.hear().await.status, 200);
}

#[tokio::test]
async fn head_has_no_body() {
    let server = Server::start().await;
    let mut client = server.connect().await;
    let reply = client.ask(&Ask::s3("HEAD", "/b/k", b"")).await;
    assert_eq!(reply.status, 200);
    assert!(reply.header("content-length").unwrap().parse::<u64>().unwrap() > 0);
    let reply = client.ask(&Ask::s3("GET", "/b/k", b"")).await;
    assert_eq!(reply.status, 200, "nothing came between");
}

#[tokio::test]
async fn too_much_head_is_refused() {
    let server = Server::start().await;
    let long = "x".repeat(24 << 10);
    let many: String = (0..100).map(|n| format!("x-{n}: 1\r\n")).collect();
    for (request, status) in [
        (format!("GET /{long} HTTP/1.1\r\nHost: h\r\n\r\n"), 414),
        (format!("GET /?Action=A&Version=1&x={long} HTTP/1.1\r\nHost: h\r\n\r\n"), 400),
        (format!("GET / HTTP/1.1\r\nHost: h\r\n{many}\r\n"), 431),
        (format!("GET / HTTP/1.1\r\nHost: h\r\nx: {}\r\n\r\n", "y".repeat(33 << 10)), 431),
        ("GET / HTTP/1.1\r\nHost : h\r\n\r\n".to_owned(), 400),
        ("GET / HTTP/1.1\r\nHost: h\r\n a: b\r\n\r\n".to_owned(), 400),
        ("G\u{1}T / HTTP/1.1\r\n\r\n".to_owned(), 400),
    ] {
        let mut client = server.connect().await;
        client.say(&request).await;
        let reply = client.hear_for("GET").await.unwrap_or_else(|| panic!("no reply to {:.60}", request));
        assert_eq!(reply.status, status, "{:.60}", request);
    }
    // A presigned call of 16 KiB passes.
    let token = "x".repeat(16 << 10);
    let reply = server.connect().await.ask(&Ask::s3("GET", &format!("/b/k?versionId={token}"), b"")).await;
    assert_eq!(reply.status, 200);
}

#[tokio::test]
async fn ambiguous_lengths_are_refused() {
    let server = Server::start().await;
    for lengths in [
        "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n",
        "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n",
        "Content-Length: 5\r\nContent-Length: 6\r\n",
        "Content-Length: -1\r\n",
        "Content-Length: +5\r\n",
        "Transfer-Encoding: xchunked\r\n",
        "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n",
    ] {
        let mut ask = Ask::s3("PUT", "/b/k", b"").payload("UNSIGNED-PAYLOAD");
        ask.with_length = false;
        let head = ask.head();
        let head = head.strip_suffix("\r\n").unwrap();
        let hidden = "GET /b/hidden HTTP/1.1\r\nHost: h\r\n\r\n";
        let mut client = server.connect().await;
        client.say(format!("{head}{lengths}\r\n0\r\n\r\n{hidden}")).await;
        let reply = client.hear().await;
        assert_eq!(reply.status, 400, "{lengths}");
        assert!(client.is_closed().await, "{lengths}: what follows must not run");
    }
}

#[tokio::test]
async fn browsers_may_ask_json_services_and_nobody_is_reflected_by_s3() {
    let server = Server::start().await;
    let mut client = server.connect().await;
    let preflight = Ask::new("OPTIONS", "/", "kinesis")
        .header("origin", "http://localhost:3000")
        .header("access-control-request-method", "POST")
        .header("access-control-request-headers", "x-amz-target");
    let reply = client.ask(&preflight.unsigned()).await;
    assert_eq!(reply.status, 200);
    for (name, value) in [
        ("access-control-allow-origin", "http://localhost:3000"),
        ("access-control-allow-methods", "POST"),
        ("access-control-allow-headers", "x-amz-target"),
        ("access-control-max-age", "172800"),
    ] {
        assert_eq!(reply.header(name), Some(value));
    }
    let reply = client.ask(&Ask::json("ListStreams", b"{}").header("origin", "http://localhost:3000")).await;
    assert_eq!(reply.header("access-control-allow-origin"), Some("http://localhost:3000"));
    let reply = client.ask(&Ask::s3("GET", "/b/k", b"").header("origin", "https://evil.example")).await;
    assert_eq!((reply.status, reply.header("access-control-allow-origin")), (200, None));
    // Whoever can reach only this machine knows the credentials: a page from elsewhere is not let in, signed or not.
    let reply = client.ask(&Ask::json("ListStreams", b"{}").header("origin", "https://evil.example")).await;
    assert_eq!((reply.status, reply.header("access-control-allow-origin")), (403, None));
}

#[tokio::test]
async fn a_panic_is_a_500_and_counted_and_the_connection_lives_on() {
    let server = Server::start().await;
    let mut client = server.connect().await;
    let reply = client.ask(&Ask::json("Panics", b"{}")).await;
    assert_eq!(reply.status, 500);
    assert!(reply.body.contains("\"__type\":\"InternalFailure\""), "{reply:?}");
    assert_eq!(client.ask(&Ask::json("ListStreams", b"{}")).await.status, 200);
    let metrics = client.ask(&Ask::new("GET", "/_millrace/metrics", "s3").unsigned()).await.body;
    assert!(metrics.contains("\nmillrace_panics_total 1\n"));
}

#[tokio::test]
async fn health_ready_and_metrics_ask_for_no_signature() {
    let server = Server::start().await;
    let mut client = server.connect().await;
    let mut get = async |path: &str| client.ask(&Ask::new("GET", path, "s3").unsigned()).await;
    assert_eq!(get("/_millrace/health").await.status, 200);
    assert_eq!(get("/_millrace/ready").await.status, 503);
    server.door.set_ready(true);
    assert_eq!(get("/_millrace/ready").await.status, 200);
    assert!(get("/_localstack/health").await.body.contains("\"s3\": \"running\""));
    assert_eq!(get("/_millrace/other").await.status, 404);
    assert_eq!(get("/_millrace/clock").await.status, 405);
    get("/b/k").await;
    let metrics = get("/_millrace/metrics").await;
    assert!(
        metrics.body.contains("service=\"s3\",operation=\"GetObject\",status=\"200\"} 1\n"),
        "{}",
        metrics.body
    );
    assert!(metrics.body.ends_with("toy_total 1\n"));
}

#[tokio::test]
async fn keys_are_rotated_for_the_root_alone() {
    let server = Server::start().await;
    let mut client = server.connect().await;
    let rotate = || Ask::new("POST", "/_millrace/keys/rotate", "kinesis");
    assert_eq!(client.ask(&rotate().unsigned()).await.status, 400);
    for version in [2, 3] {
        let reply = client.ask(&rotate()).await;
        assert!(reply.status == 200 && reply.body == format!("{{\"version\":{version}}}"), "{reply:?}");
    }
    assert_eq!(client.ask(&Ask::new("GET", "/_millrace/keys/rotate", "kinesis")).await.status, 405);
}

#[tokio::test]
async fn the_clock_moves_for_the_root_and_where_it_may() {
    let clock = |body: &[u8]| {
        let mut ask = Ask::new("POST", "/_millrace/clock", "kinesis");
        ask.body = body.to_vec();
        ask
    };
    let server = Server::start().await;
    let mut client = server.connect().await;
    let reply = client.ask(&clock(b"{\"advance\":\"30d\"}")).await;
    assert!(reply.status == 200 && reply.body.contains("\"offsetSeconds\":2592000"), "{reply:?}");
    assert_eq!(server.clock.offset(), Duration::from_secs(30 * 86_400));
    assert_eq!(client.ask(&clock(b"{\"advance\":\"soon\"}")).await.status, 400);
    assert_eq!(client.ask(&clock(b"{\"advance\":\"1d\"}").unsigned()).await.status, 400);
    assert_eq!(client.ask(&Ask::json("ListStreams", b"{}")).await.status, 200, "signatures keep to the wall");
    let fixed = Server::with(false).await;
    let reply = fixed.connect().await.ask(&clock(b"{\"advance\":\"30d\"}")).await;
    assert!(reply.status == 403 && reply.body.contains("--movable-clock"), "{reply:?}");
    assert_eq!(fixed.clock.offset(), Duration::ZERO);
}

#[tokio::test]
async fn http2_with_prior_knowledge_is_served() {
    let server = Server::start().await;
    let stream = tokio::net::TcpStream::connect(server.address).await.unwrap();
    assert_eq!(over_http2(stream, "http").await, (200, "ListStreams  bytes=2 ".to_owned()));
}

#[tokio::test]
async fn tls_is_served_on_the_same_port_in_both_protocols() {
    let server = Server::start().await;
    for (protocol, over_two) in [(&b"http/1.1"[..], false), (b"h2", true)] {
        let stream = over_tls(&server, protocol).await;
        if over_two {
            assert_eq!(over_http2(stream, "https").await.0, 200);
        } else {
            let reply = Client::over(stream).ask(&Ask::s3("GET", "/b/k", b"")).await;
            assert_eq!(reply.status, 200);
        }
    }
}

async fn over_tls(
    server: &Server,
    protocol: &[u8],
) -> tokio_rustls::client::TlsStream<tokio::net::TcpStream> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let mut config = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(AnyCertificate))
        .with_no_client_auth();
    config.alpn_protocols = vec![protocol.to_vec()];
    let stream = tokio::net::TcpStream::connect(server.address).await.unwrap();
    let name = ServerName::try_from("localhost").unwrap();
    tokio_rustls::TlsConnector::from(Arc::new(config)).connect(name, stream).await.unwrap()
}

async fn over_http2<S>(stream: S, scheme: &str) -> (u16, String)
where
    S: tokio::io::AsyncRead + tokio::io::AsyncWrite + Unpin + Send + 'static,
{
    use http_body_util::BodyExt;
    let io = hyper_util::rt::TokioIo::new(stream);
    let executor = hyper_util::rt::TokioExecutor::new();
    let (mut sender, connection) = hyper::client::conn::http2::handshake(executor, io).await.unwrap();
    tokio::spawn(connection);
    let ask = Ask::json("ListStreams", b"{}");
    let mut request = http::Request::builder().method("POST").uri(format!("{scheme}://{}/", ask.host));
    for (name, value) in ask.signed_headers().0 {
        request = request.header(name, value);
    }
    let body = http_body_util::Full::new(bytes::Bytes::from(ask.body));
    let reply = sender.send_request(request.body(body).unwrap()).await.unwrap();
    let status = reply.status().as_u16();
    let body = reply.into_body().collect().await.unwrap().to_bytes();
    let text = String::from_utf8(body.to_vec()).unwrap();
    (status, text.split("sha256").next().unwrap().to_owned())
}

#[derive(Debug)]
struct AnyCertificate;

impl rustls::client::danger::ServerCertVerifier for AnyCertificate {
    fn verify_server_cert(
        &self,
        _: &CertificateDer<'_>,
        _: &[CertificateDer<'_>],
        _: &ServerName<'_>,
        _: &[u8],
        _: UnixTime,
    ) -> Result<rustls::client::danger::ServerCertVerified, rustls::Error> {
        Ok(rustls::client::danger::ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        _: &[u8],
        _: &CertificateDer<'_>,
        _: &rustls::DigitallySignedStruct,
    ) -> Result<rustls::client::danger::HandshakeSignatureValid, rustls::Error> {
        Ok(rustls::client::danger::HandshakeSignatureValid::assertion())
    }

    fn verify_tls13_signature(
        &self,
        _: &[u8],
        _: &CertificateDer<'_>,
        _: &rustls::DigitallySignedStruct,
    ) -> Result<rustls::client::danger::HandshakeSignatureValid, rustls::Error> {
        Ok(rustls::client::danger::HandshakeSignatureValid::assertion())
    }

    fn supported_verify_schemes(&self) -> Vec<rustls::SignatureScheme> {
        rustls::crypto::ring::default_provider().signature_verification_algorithms.supported_schemes()
    }
}
