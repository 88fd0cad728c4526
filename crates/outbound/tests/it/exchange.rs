use std::time::Duration;

use body::{Body, BodyError};
use bytes::Bytes;
use futures_util::stream;
use http::Method;
use outbound::{Client, Endpoint, Error, Refusal, Request, Rules};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::sync::mpsc;

use crate::listener::{answering, client, listen};

const OK: &[u8] = b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nX-One: 1\r\n\r\nhello";

fn get(url: &str) -> Request {
    Request::new(Method::GET, url).unwrap()
}

#[tokio::test]
async fn a_request_is_sent_as_it_was_made_and_answered() {
    let (tell, mut told) = mpsc::channel(1);
    let address = listen(move |request, mut stream| {
        let tell = tell.clone();
        async move {
            tell.send(request).await.unwrap();
            stream.write_all(OK).await.unwrap();
        }
    })
    .await;
    let request = Request::new(Method::POST, &format!("http://{address}/in/path?q=1")).unwrap();
    let request = request.header("X-Amz-Thing", "v").unwrap().body(Bytes::from_static(b"body"));
    let response = client().send(request).await.unwrap();
    assert_eq!((response.status.as_u16(), response.header("x-one")), (200, Some("1")));
    assert_eq!(response.bytes().await.unwrap(), "hello");
    let request = told.recv().await.unwrap();
    assert!(request.starts_with("POST /in/path?q=1 HTTP/1.1\r\n"), "{request}");
    for part in [
        format!("Host: {address}\r\n"),
        "X-Amz-Thing: v\r\n".to_owned(),
        "Content-Length: 4\r\n".to_owned(),
        "Connection: close\r\n".to_owned(),
    ] {
        assert!(request.contains(&part), "{part} is missing in {request}");
    }
    assert!(request.ends_with("\r\n\r\nbody"));
}

#[tokio::test]
async fn localhost_and_names_under_it_are_this_machine() {
    let port = answering(OK).await.port();
    for host in ["localhost", "hec.localhost"] {
        let response = client().send(get(&format!("http://{host}:{port}?x"))).await.unwrap();
        assert_eq!(response.status.as_u16(), 200);
    }
}

#[tokio::test]
async fn a_body_of_unknown_length_goes_in_chunks_and_one_that_breaks_off_is_told() {
    let (tell, mut told) = mpsc::channel(1);
    let address = listen(move |request, mut stream| {
        let tell = tell.clone();
        async move {
            let _ = tell.send(request).await;
            let _ = stream.write_all(OK).await;
        }
    })
    .await;
    let post = || Request::new(Method::POST, &format!("http://{address}/")).unwrap();
    let pieces = ["one", "two"].map(|piece| Ok(Bytes::from_static(piece.as_bytes())));
    let body = Body::from_stream(stream::iter(pieces), None);
    client().send(post().body(body)).await.unwrap();
    let request = told.recv().await.unwrap();
    assert!(
        request.contains("Transfer-Encoding: chunked")
            && request.ends_with("3\r\none\r\n3\r\ntwo\r\n0\r\n\r\n")
    );

    let broken = [Ok(Bytes::from_static(b"one")), Err(BodyError::Storage("disk".to_owned()))];
    let outcome = client().send(post().body(Body::from_stream(stream::iter(broken), None))).await;
    assert!(matches!(outcome, Err(Error::Body(_))), "{outcome:?}");
}

#[tokio::test]
async fn a_redirect_is_an_answer_and_is_not_followed() {
    let elsewhere = listen(|_, _| async { panic!("nobody is to come here") }).await;
    let address = listen(move |_, mut stream| async move {
        let text =
            format!("HTTP/1.1 302 Found\r\nLocation: http://{elsewhere}/\r\nContent-Length: 0\r\n\r\n");
        stream.write_all(text.as_bytes()).await.unwrap();
    })
    .await;
    let response = client().send(get(&format!("http://{address}/"))).await.unwrap();
    assert_eq!(response.status.as_u16(), 302);
    assert!(response.header("location").is_some());
}

#[tokio::test]
async fn an_endless_body_ends_at_the_bound() {
    let address = listen(|_, mut stream| async move {
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n").await;
        while stream.write_all(&[b'x'; 4096]).await.is_ok() {}
    })
    .await;
    let request = get(&format!("http://{address}/")).response_bytes_max(100_000);
    let response = client().send(request).await.unwrap();
    assert_eq!(response.bytes().await, Err(Error::TooLarge { bytes_max: 100_000 }));
}

#[tokio::test]
async fn a_body_announced_too_large_is_refused_unread() {
    let address = answering(b"HTTP/1.1 200 OK\r\nContent-Length: 9999999\r\n\r\n").await;
    let outcome = client().send(get(&format!("http://{address}/"))).await;
    assert_eq!(outcome.unwrap_err(), Error::TooLarge { bytes_max: 1 << 20 });
}

#[tokio::test]
async fn an_endless_head_ends_at_a_bound() {
    let address = listen(|_, mut stream| async move {
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\n").await;
        while stream.write_all(b"X-More: and more and more\r\n").await.is_ok() {}
    })
    .await;
    let outcome = client().send(get(&format!("http://{address}/"))).await;
    assert!(matches!(outcome, Err(Error::Malformed(_))), "{outcome:?}");
}

#[tokio::test]
async fn silence_is_waited_for_only_so_long() {
    let address = listen(|_, stream| async move {
        std::future::pending::<()>().await;
        drop(stream);
    })
    .await;
    let request = get(&format!("http://{address}/")).timeout(Duration::from_millis(50));
    assert_eq!(client().send(request).await.unwrap_err(), Error::Timeout);
}

#[tokio::test]
async fn the_deadline_stands_over_the_body_too() {
    let address = listen(|_, mut stream| async move {
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf").await;
        std::future::pending::<()>().await;
    })
    .await;
    let request = get(&format!("http://{address}/")).timeout(Duration::from_millis(100));
    let mut response = client().send(request).await.unwrap();
    assert_eq!(response.chunk().await.unwrap().unwrap(), "half");
    assert_eq!(response.chunk().await, Err(Error::Timeout));
}

#[tokio::test]
async fn a_connection_that_closes_early_is_told_apart_from_an_answer() {
    let nothing = listen(|_, stream| async move { drop(stream) }).await;
    let outcome = client().send(get(&format!("http://{nothing}/"))).await;
    assert!(matches!(outcome, Err(Error::Closed(_))), "{outcome:?}");

    let half = answering(b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf").await;
    let response = client().send(get(&format!("http://{half}/"))).await.unwrap();
    assert!(matches!(response.bytes().await, Err(Error::Closed(_))));

    let other = answering(b"220 mail.example ESMTP\r\n").await;
    let outcome = client().send(get(&format!("http://{other}/"))).await;
    assert!(matches!(outcome, Err(Error::Malformed(_))), "{outcome:?}");
}

#[tokio::test]
async fn nobody_there_and_no_such_name_are_told() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    drop(listener);
    let outcome = client().send(get(&format!("http://{address}/"))).await;
    assert!(matches!(outcome, Err(Error::Connect { .. })), "{outcome:?}");

    let outcome = client().send(get("http://nowhere.invalid/")).await;
    assert!(matches!(outcome, Err(Error::Unresolved { .. } | Error::Refused { .. })), "{outcome:?}");
}

#[tokio::test]
async fn what_the_rules_refuse_is_never_connected_to() {
    let address = listen(|_, _| async { panic!("nobody is to come here") }).await;
    let closed = Client::new(Rules::public());
    for host in ["127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]"] {
        let outcome = closed.send(get(&format!("http://{host}:{}/", address.port()))).await;
        assert!(matches!(outcome, Err(Error::Refused { refusal: Refusal::Loopback, .. })), "{outcome:?}");
    }
    let outcome = client().send(get("http://169.254.169.254/latest/meta-data/")).await;
    assert!(matches!(outcome, Err(Error::Refused { refusal: Refusal::LinkLocal, .. })), "{outcome:?}");
}

#[tokio::test]
async fn a_bare_connection_follows_the_same_rules() {
    let address = answering(b"hello").await;
    let to = |host: &str| Endpoint {
        host: host.to_owned(),
        port: address.port(),
        tls: false,
        timeout: Duration::from_secs(5),
    };
    let mut connection = client().connect(&to("127.0.0.1")).await.unwrap();
    connection.write_all(b"GET / HTTP/1.1\r\n\r\n").await.unwrap();
    let mut read = String::new();
    connection.read_to_string(&mut read).await.unwrap();
    assert_eq!(read, "hello");
    let outcome = Client::new(Rules::public()).connect(&to("127.0.0.1")).await;
    assert!(matches!(outcome, Err(Error::Refused { .. })), "{outcome:?}");
}
