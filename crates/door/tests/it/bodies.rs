//! Bodies: bounds, framing, and what happens to those that are refused.

use crate::support::{Ask, LIMIT, Server};

#[tokio::test]
async fn a_large_json_body_is_taken_up_to_its_bound() {
    let server = Server::start().await;
    let mut client = server.connect().await;
    let body = vec![b' '; LIMIT as usize];
    let reply = client.ask(&Ask::json("ListStreams", &body)).await;
    assert!(reply.status == 200 && reply.body.contains(&format!("bytes={LIMIT} ")), "{reply:?}");
    let reply = client.ask(&Ask::json("ListStreams", &vec![b' '; LIMIT as usize + 1])).await;
    assert_eq!((reply.status, reply.body.as_str()), (413, ""));
    assert_eq!(reply.header("connection"), Some("close"));
}

#[tokio::test]
async fn a_body_of_unknown_length_is_taken_too() {
    let server = Server::start().await;
    let mut client = server.connect().await;
    let mut ask = Ask::json("ListStreams", b"{}");
    ask.with_length = false;
    let head = ask.head();
    client
        .say(format!("{}Transfer-Encoding: chunked\r\n\r\n2\r\n{{}}\r\n0\r\n\r\n", &head[..head.len() - 2]))
        .await;
    let reply = client.hear().await;
    assert!(reply.status == 200 && reply.body.contains("bytes=2 "), "{reply:?}");
}

#[tokio::test]
async fn a_refused_small_body_leaves_the_connection_usable() {
    let server = Server::start().await;
    let mut client = server.connect().await;
    let mut wrong = Ask::s3("PUT", "/b/k", &[b'x'; 100_000]);
    wrong.secret = "wrong";
    for _ in 0..3 {
        assert_eq!(client.ask(&wrong).await.status, 403);
        assert_eq!(client.ask(&Ask::s3("PUT", "/b/ignored", &[b'x'; 100_000])).await.status, 404);
        assert_eq!(client.ask(&Ask::json("Nonsense", &[b'x'; 100_000])).await.status, 400);
        assert_eq!(client.ask(&Ask::json("ListStreams", b"{}")).await.status, 200);
    }
}

#[tokio::test]
async fn the_answer_to_a_refused_large_body_is_not_lost() {
    let server = Server::start().await;
    let mut wrong = Ask::s3("PUT", "/b/k", &vec![b'x'; 8 << 20]);
    wrong.secret = "wrong";
    let mut client = server.connect().await;
    let reply = client.ask(&wrong).await;
    assert_eq!((reply.status, reply.header("connection")), (403, Some("close")));
    assert!(reply.body.contains("SignatureDoesNotMatch"));
    assert!(client.is_closed().await);
}

#[tokio::test]
async fn the_head_is_judged_before_the_client_is_told_to_go_on() {
    let server = Server::start().await;
    let mut ask = Ask::s3("PUT", "/b/k", b"hello").payload("UNSIGNED-PAYLOAD");
    let expecting = |ask: &Ask| {
        let head = ask.head();
        format!("{}Expect: 100-continue\r\n\r\n", &head[..head.len() - 2])
    };
    let mut client = server.connect().await;
    client.say(expecting(&ask)).await;
    assert_eq!(client.hear().await.status, 100);
    client.say("hello").await;
    let reply = client.hear().await;
    assert!(reply.status == 200 && reply.body.contains("bytes=5 "), "{reply:?}");
    ask.secret = "wrong";
    client.say(expecting(&ask)).await;
    assert_eq!(client.hear().await.status, 403);
}

#[tokio::test]
async fn an_altered_body_ends_with_a_refusal() {
    let server = Server::start().await;
    let mut ask = Ask::s3("PUT", "/b/k", b"evil");
    ask.payload = Some(crypt::sha256_hex(b"good"));
    let reply = server.connect().await.ask(&ask).await;
    assert!(reply.body.contains("payload hash mismatch"), "{reply:?}");
}

#[tokio::test]
async fn lengths_that_are_missing_or_elsewhere_are_refused() {
    let server = Server::start().await;
    let mut plain = Ask::s3("PUT", "/b/k", b"").payload("UNSIGNED-PAYLOAD");
    plain.with_length = false;
    let mut client = server.connect().await;
    client.say(plain.head()).await;
    let reply = client.hear().await;
    assert!(reply.status == 411 && reply.body.contains("MissingContentLength"), "{reply:?}");
    let head = plain.head();
    client
        .say(format!("{}Transfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n\r\n", &head[..head.len() - 2]))
        .await;
    let reply = client.hear().await;
    assert!(reply.status == 501 && reply.body.contains("NotImplemented"), "{reply:?}");
    let mut undeclared = Ask::s3("PUT", "/b/k", b"0\r\n\r\n").header("content-encoding", "aws-chunked");
    undeclared.payload = Some("STREAMING-UNSIGNED-PAYLOAD-TRAILER".into());
    let reply = client.ask(&undeclared).await;
    assert_eq!(reply.status, 411, "{reply:?}");
}

#[tokio::test]
async fn aws_chunked_is_taken_off_with_its_trailer() {
    let server = Server::start().await;
    let mut ask = Ask::s3("PUT", "/b/k", b"5\r\nhello\r\n0\r\nx-amz-checksum-crc32:NhCmhg==\r\n\r\n")
        .payload("STREAMING-UNSIGNED-PAYLOAD-TRAILER")
        .header("content-encoding", "aws-chunked,gzip")
        .header("x-amz-decoded-content-length", "5")
        .header("x-amz-trailer", "x-amz-checksum-crc32");
    let mut client = server.connect().await;
    let reply = client.ask(&ask).await;
    assert!(reply.body.contains("bytes=5 "), "{reply:?}");
    assert!(reply.body.contains("encoding=Some(\"gzip\") crc=Some(\"NhCmhg==\")"), "{reply:?}");
    ask.with_length = false;
    let head = ask.head();
    let wire =
        format!("{:x}\r\n{}\r\n0\r\n\r\n", ask.body.len(), String::from_utf8(ask.body.clone()).unwrap());
    client.say(format!("{}Transfer-Encoding: chunked\r\n\r\n{wire}", &head[..head.len() - 2])).await;
    let reply = client.hear().await;
    assert!(reply.status == 200 && reply.body.contains("bytes=5 "), "as boto3 does over TLS: {reply:?}");
}

#[tokio::test]
async fn signed_chunks_are_verified_on_the_way() {
    let server = Server::start().await;
    let data = vec![b'a'; 20_000];
    let ask = Ask::s3("PUT", "/b/k", b"")
        .payload("STREAMING-AWS4-HMAC-SHA256-PAYLOAD")
        .header("content-encoding", "aws-chunked")
        .header("x-amz-decoded-content-length", &data.len().to_string());
    for (spoilt, expected) in [(false, "bytes=20000 "), (true, "chunk signature mismatch")] {
        let (headers, seed) = ask.signed_headers();
        let date = headers.iter().find(|(name, _)| name == "x-amz-date").unwrap().1.clone();
        let mut body = Vec::new();
        let mut previous = seed;
        for part in [&data[..10_000], &data[10_000..], b""] {
            let key = crypt::sigv4_key(&base::Secret::new(*b"test"), &date[..8], "us-east-1", "s3");
            let text = format!(
                "AWS4-HMAC-SHA256-PAYLOAD\n{date}\n{}/us-east-1/s3/aws4_request\n{previous}\n{}\n{}",
                &date[..8],
                crypt::sha256_hex(b""),
                crypt::sha256_hex(part)
            );
            previous = base::hex(&key.sign(text.as_bytes()));
            body.extend_from_slice(format!("{:x};chunk-signature={previous}\r\n", part.len()).as_bytes());
            body.extend_from_slice(part);
            body.extend_from_slice(b"\r\n");
        }
        if spoilt {
            body[10_000] ^= 1;
        }
        let mut head =
            format!("PUT /b/k HTTP/1.1\r\nHost: {}\r\nContent-Length: {}\r\n", ask.host, body.len());
        for (name, value) in headers {
            head += &format!("{name}: {value}\r\n");
        }
        let mut client = server.connect().await;
        client.say([head.as_bytes(), b"\r\n", &body].concat()).await;
        let reply = client.hear().await;
        assert!(reply.body.contains(expected), "{reply:?}");
    }
}
