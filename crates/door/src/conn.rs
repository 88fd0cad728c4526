//! One connection's bytes and its phase.
//!
//! hyper parses; this wrapper sits below it and knows what hyper does not tell: when the first byte of a head arrived, so that a head that
//! drips is cut off after [`HEAD_TIME_MAX`] while an idle connection may live on, and whether an HTTP/1 head had both Content-Length and
//! Transfer-Encoding, of which hyper drops one before anyone can see it.
//!
//! ```text
//! Idle ──first byte──► Head ──parsed──► Busy ──answer sent──► Idle
//! ```

use std::io::{IoSlice, Result};
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, AtomicU8, AtomicU64, Ordering};
use std::sync::{Arc, LazyLock};
use std::task::{Context, Poll};
use std::time::Duration;

use memchr::memmem::Finder;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::time::Instant;
use tokio_rustls::server::TlsStream;

use crate::bounds::{HEAD_TIME_MAX, IDLE_TIME_MAX};

const IDLE: u8 = 0;
const HEAD: u8 = 1;
const BUSY: u8 = 2;

/// What the wrapper, the handler and the watchdog of one connection share.
pub(crate) struct Phase {
    start: Instant,
    phase: AtomicU8,
    since_millis: AtomicU64,
    both_lengths: AtomicBool,
    lingers: AtomicBool,
}

impl Phase {
    pub(crate) fn new() -> Arc<Self> {
        Arc::new(Self {
            start: Instant::now(),
            phase: AtomicU8::new(IDLE),
            since_millis: AtomicU64::new(0),
            both_lengths: AtomicBool::new(false),
            lingers: AtomicBool::new(false),
        })
    }

    // One task owns the connection; the handler runs inside it on HTTP/1. Relaxed suffices.
    fn enter(&self, phase: u8) {
        let millis = u64::try_from(self.start.elapsed().as_millis()).unwrap_or(u64::MAX);
        self.since_millis.store(millis, Ordering::Relaxed);
        self.phase.store(phase, Ordering::Relaxed);
    }

    /// A head was parsed and is being answered.
    pub(crate) fn busy(&self) {
        self.phase.store(BUSY, Ordering::Relaxed);
    }

    /// The answer is over.
    pub(crate) fn idle(&self) {
        self.enter(IDLE);
    }

    /// Whether the head just parsed had both lengths; forgets it.
    pub(crate) fn take_both_lengths(&self) -> bool {
        self.both_lengths.load(Ordering::Relaxed) && self.both_lengths.swap(false, Ordering::Relaxed)
    }

    /// Part of a body was left unread: the connection must linger when it closes.
    pub(crate) fn linger(&self) {
        self.lingers.store(true, Ordering::Relaxed);
    }

    pub(crate) fn lingers(&self) -> bool {
        self.lingers.load(Ordering::Relaxed)
    }

    /// When the connection is to be closed if nothing changes; `None` while an answer is under way.
    pub(crate) fn deadline(&self) -> Option<Instant> {
        let since = self.start + Duration::from_millis(self.since_millis.load(Ordering::Relaxed));
        match self.phase.load(Ordering::Relaxed) {
            IDLE => Some(since + IDLE_TIME_MAX),
            HEAD => Some(since + HEAD_TIME_MAX),
            _ => None,
        }
    }

    fn saw(&self, bytes: &[u8]) {
        if self.phase.load(Ordering::Relaxed) == BUSY {
            return;
        }
        if self.phase.load(Ordering::Relaxed) == IDLE {
            self.enter(HEAD);
        }
        if has_both_lengths(bytes) {
            self.both_lengths.store(true, Ordering::Relaxed);
        }
    }
}

/// Looks for both headers in what was read at once. A head that comes in pieces can escape this: its answer has another status then, and the
/// framing is hyper's, which closes the connection after it.
fn has_both_lengths(bytes: &[u8]) -> bool {
    static FINDER: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new(b"ransfer-"));
    let Some(te) = FINDER.find(bytes) else { return false };
    let end = memchr::memmem::find(bytes, b"\r\n\r\n").unwrap_or(bytes.len());
    te < end
        && bytes[..end]
            .split(|byte| *byte == b'\n')
            .any(|line| line.len() > 15 && line[..15].eq_ignore_ascii_case(b"content-length:"))
}

/// A connection's transport, told apart by its first byte.
pub(crate) enum Transport {
    Plain(TcpStream),
    Tls(Box<TlsStream<TcpStream>>),
}

/// The transport under hyper.
pub(crate) struct Wire {
    transport: Transport,
    /// Bytes that were read to tell the protocol.
    prefix: Vec<u8>,
    phase: Arc<Phase>,
}

impl Wire {
    pub(crate) fn new(transport: Transport, prefix: Vec<u8>, phase: Arc<Phase>) -> Self {
        Self { transport, prefix, phase }
    }
}

impl AsyncRead for Wire {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<Result<()>> {
        let before = buffer.filled().len();
        if !self.prefix.is_empty() {
            let take = self.prefix.len().min(buffer.remaining());
            buffer.put_slice(&self.prefix[..take]);
            self.prefix.drain(..take);
        } else {
            let polled = match &mut self.transport {
                Transport::Plain(stream) => Pin::new(stream).poll_read(context, buffer),
                Transport::Tls(stream) => Pin::new(stream).poll_read(context, buffer),
            };
            std::task::ready!(polled)?;
        }
        let read = &buffer.filled()[before..];
        if !read.is_empty() {
            self.phase.saw(read);
        }
        Poll::Ready(Ok(()))
    }
}

impl AsyncWrite for Wire {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<Result<usize>> {
        match &mut self.transport {
            Transport::Plain(stream) => Pin::new(stream).poll_write(context, bytes),
            Transport::Tls(stream) => Pin::new(stream).poll_write(context, bytes),
        }
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        slices: &[IoSlice<'_>],
    ) -> Poll<Result<usize>> {
        match &mut self.transport {
            Transport::Plain(stream) => Pin::new(stream).poll_write_vectored(context, slices),
            Transport::Tls(stream) => Pin::new(stream).poll_write_vectored(context, slices),
        }
    }

    fn is_write_vectored(&self) -> bool {
        match &self.transport {
            Transport::Plain(stream) => stream.is_write_vectored(),
            Transport::Tls(stream) => stream.is_write_vectored(),
        }
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Result<()>> {
        match &mut self.transport {
            Transport::Plain(stream) => Pin::new(stream).poll_flush(context),
            Transport::Tls(stream) => Pin::new(stream).poll_flush(context),
        }
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Result<()>> {
        match &mut self.transport {
            Transport::Plain(stream) => Pin::new(stream).poll_shutdown(context),
            Transport::Tls(stream) => Pin::new(stream).poll_shutdown(context),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_lengths_are_seen_in_the_head_only() {
        let both = b"PUT / HTTP/1.1\r\nTransfer-Encoding: chunked\r\ncontent-length: 5\r\n\r\n";
        assert!(has_both_lengths(both));
        assert!(!has_both_lengths(
            b"PUT / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\ncontent-length: 5\r\n"
        ));
        assert!(!has_both_lengths(
            b"PUT / HTTP/1.1\r\ncontent-length: 50\r\n\r\nTransfer-Encoding: chunked\r\n"
        ));
        assert!(!has_both_lengths(b"PUT / HTTP/1.1\r\ncontent-length: 50\r\n\r\n"));
    }

    #[tokio::test(start_paused = true)]
    async fn a_head_has_less_time_than_an_idle_connection_and_an_answer_has_no_end() {
        let phase = Phase::new();
        let start = Instant::now();
        assert_eq!(phase.deadline(), Some(start + IDLE_TIME_MAX));
        tokio::time::advance(Duration::from_secs(10)).await;
        phase.saw(b"G");
        tokio::time::advance(Duration::from_secs(10)).await;
        phase.saw(b"ET");
        assert_eq!(phase.deadline(), Some(start + Duration::from_secs(10) + HEAD_TIME_MAX));
        phase.busy();
        assert_eq!(phase.deadline(), None);
        phase.idle();
        assert_eq!(phase.deadline(), Some(start + Duration::from_secs(20) + IDLE_TIME_MAX));
    }
}
