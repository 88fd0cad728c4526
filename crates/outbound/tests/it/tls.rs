use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use http::Method;
use outbound::{Client, Endpoint, Error, Request, Rules};
use rustls::pki_types::PrivateKeyDer;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;

use crate::listener::read_request;

/// A listener with a certificate of its own for `localhost`, and the certificate in PEM.
async fn listen() -> (SocketAddr, String) {
    let made = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    let key = PrivateKeyDer::try_from(made.signing_key.serialize_der()).unwrap();
    let config =
        rustls::ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(vec![made.cert.der().clone()], key)
            .unwrap();
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let Ok(mut stream) = acceptor.accept(stream).await else { continue };
            read_request(&mut stream).await;
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok").await;
            let _ = stream.shutdown().await;
        }
    });
    (address, made.cert.pem())
}

fn rules() -> Rules {
    Rules::public().with_loopback(true)
}

#[tokio::test]
async fn a_certificate_is_believed_only_from_an_authority_we_know() {
    let (address, pem) = listen().await;
    let get = |host: &str| Request::new(Method::GET, &format!("https://{host}:{}/", address.port())).unwrap();
    let outcome = Client::new(rules()).send(get("localhost")).await;
    assert!(matches!(outcome, Err(Error::Tls { .. })), "{outcome:?}");

    let knowing = Client::new(rules().with_authorities(pem.as_bytes()).unwrap());
    let response = knowing.send(get("localhost")).await.unwrap();
    assert_eq!(response.bytes().await.unwrap(), "ok");
    // The certificate is another name's.
    let outcome = knowing.send(get("127.0.0.1")).await;
    assert!(matches!(outcome, Err(Error::Tls { .. })), "{outcome:?}");
}

#[tokio::test]
async fn a_listener_without_tls_is_told() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        stream.write_all(b"220 mail.example ESMTP\r\n").await.unwrap();
        read_request(&mut stream).await;
    });
    let request = Request::new(Method::GET, &format!("https://{address}/")).unwrap();
    let outcome = Client::new(rules()).send(request.timeout(Duration::from_secs(5))).await;
    assert!(matches!(outcome, Err(Error::Tls { .. })), "{outcome:?}");
}

#[tokio::test]
async fn silence_in_place_of_a_handshake_ends_in_time() {
    let address = crate::listener::listen(|_, stream| async move {
        std::future::pending::<()>().await;
        drop(stream);
    })
    .await;
    let to = Endpoint {
        host: "127.0.0.1".to_owned(),
        port: address.port(),
        tls: true,
        timeout: Duration::from_millis(50),
    };
    let outcome = Client::new(rules()).connect(&to).await;
    assert!(matches!(outcome, Err(Error::ConnectTimeout { .. })), "{outcome:?}");
}

#[tokio::test]
async fn a_connection_goes_over_to_tls_in_the_middle() {
    let (address, pem) = listen().await;
    let client = Client::new(rules().with_authorities(pem.as_bytes()).unwrap());
    let timeout = Duration::from_secs(5);
    let to = Endpoint { host: "localhost".to_owned(), port: address.port(), tls: false, timeout };
    let connection = client.connect(&to).await.unwrap();
    let mut connection = client.upgrade(connection, "localhost", timeout).await.unwrap();
    connection.write_all(b"GET / HTTP/1.1\r\n\r\n").await.unwrap();
    let mut read = String::new();
    connection.read_to_string(&mut read).await.unwrap();
    assert!(read.ends_with("ok"), "{read}");
}

#[test]
fn what_is_no_certificate_is_no_authority() {
    assert!(rules().with_authorities(b"").is_err());
    assert!(
        rules().with_authorities(b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n").is_err()
    );
}
