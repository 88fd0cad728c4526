//! A listener of our own: reads one request, then does what the test says.

use std::future::Future;
use std::net::SocketAddr;

use outbound::{Client, Rules};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// A client that may reach this machine.
pub fn client() -> Client {
    Client::new(Rules::public().with_loopback(true))
}

/// Listens, and hands each connection with the request it brought to `answer`.
pub async fn listen<F, Fut>(answer: F) -> SocketAddr
where
    F: Fn(String, TcpStream) -> Fut + Send + Sync + 'static,
    Fut: Future<Output = ()> + Send,
{
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let request = read_request(&mut stream).await;
            answer(request, stream).await;
        }
    });
    address
}

/// A listener that sends these bytes to whoever asks.
pub async fn answering(bytes: &'static [u8]) -> SocketAddr {
    listen(move |_, mut stream| async move {
        let _ = stream.write_all(bytes).await;
    })
    .await
}

/// The head and the announced body.
pub async fn read_request(stream: &mut (impl AsyncRead + Unpin)) -> String {
    let mut bytes = Vec::new();
    loop {
        let mut piece = [0; 4096];
        let count = stream.read(&mut piece).await.unwrap_or(0);
        bytes.extend_from_slice(&piece[..count]);
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let Some((head, body)) = text.split_once("\r\n\r\n") else {
            if count == 0 {
                return text;
            }
            continue;
        };
        let length = head.lines().find_map(|line| line.strip_prefix("Content-Length: "));
        let whole = match length {
            Some(length) => body.len() >= length.parse::<usize>().unwrap(),
            None => !head.contains("Transfer-Encoding: chunked") || body.ends_with("0\r\n\r\n"),
        };
        if whole || count == 0 {
            return text;
        }
    }
}
