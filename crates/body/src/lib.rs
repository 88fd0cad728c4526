//! Bodies and event streams: bytes that come or go in pieces, in bounded memory.
//!
//! A [`Body`] is what PutObject takes and GetObject gives; [`Events`] is what SubscribeToShard gives. Both are pulled: nothing is
//! read before the reader asks, so a slow client holds one piece and no more. Neither knows HTTP; `door` adapts them.

use std::fmt;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};

use bytes::{Bytes, BytesMut};
use futures_util::stream::{BoxStream, Stream, StreamExt};

/// Why a body broke off. The reader must drop what it has of it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BodyError {
    /// The peer went away, or sent fewer bytes than it declared.
    #[error("the body ended before its declared length")]
    Incomplete,
    /// The peer sent nothing for too long.
    #[error("the body was idle for too long")]
    Idle,
    /// More bytes than the reader takes.
    #[error("the body is larger than `{limit}` bytes")]
    TooLarge {
        /// The bound that was passed.
        limit: u64,
    },
    /// A chunk, its signature or the trailer is wrong (aws-chunked, wire facts section 7).
    #[error("refused by the framing: {0}")]
    Refused(Refusal),
    /// The bytes could not be read from where they are stored.
    #[error("the stored bytes are unreadable: {0}")]
    Storage(String),
}

/// What a framing decoder (aws-chunked, payload hash) found wrong; the service turns it into its own error.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// A chunk or trailer signature does not match.
    #[error("chunk signature mismatch")]
    Signature,
    /// The framing itself is malformed.
    #[error("malformed chunk")]
    Malformed,
    /// A signed chunk that is not the last is below the minimum.
    #[error("chunk `{chunk}` of `{bytes}` bytes is too small")]
    ChunkTooSmall {
        /// Which chunk, counted from 1.
        chunk: u64,
        /// Its size.
        bytes: u64,
    },
    /// The trailer is missing, is not the promised one, or does not parse.
    #[error("malformed trailer")]
    Trailer,
    /// The payload's SHA-256 is not the declared one.
    #[error("payload hash mismatch")]
    PayloadHash {
        /// What the bytes hash to.
        computed: [u8; 32],
    },
}

/// A sequence of bytes, whole or in pieces.
#[derive(Default)]
pub struct Body {
    kind: Kind,
    length: Option<u64>,
    trailers: Option<Trailers>,
}

/// What followed a body's last byte: named values, complete once the body has ended without an error. Clones share them.
#[derive(Clone, Default, Debug)]
pub struct Trailers(Arc<Mutex<Vec<(String, String)>>>);

impl Trailers {
    /// Adds one; the name in lower case.
    pub fn push(&self, name: String, value: String) {
        self.held().push((name, value));
    }

    /// The value of this name, if it came.
    pub fn get(&self, name: &str) -> Option<String> {
        self.held().iter().find(|(key, _)| key == name).map(|(_, value)| value.clone())
    }

    fn held(&self) -> std::sync::MutexGuard<'_, Vec<(String, String)>> {
        self.0.lock().expect("nothing panics while the trailers are held")
    }
}

#[derive(Default)]
enum Kind {
    #[default]
    Empty,
    Whole(Bytes),
    /// The mutex is never locked: reading takes `&mut`. It makes a body `Sync`, so that inputs and outputs may be borrowed across awaits.
    Pieces(Mutex<BoxStream<'static, Result<Bytes, BodyError>>>),
}

impl Body {
    /// A body of no bytes.
    pub fn empty() -> Self {
        Self { kind: Kind::Empty, length: Some(0), trailers: None }
    }

    /// A body that comes in pieces. `length` is the number of bytes to come, if known.
    pub fn from_stream(
        pieces: impl Stream<Item = Result<Bytes, BodyError>> + Send + 'static,
        length: Option<u64>,
    ) -> Self {
        Self { kind: Kind::Pieces(Mutex::new(pieces.boxed())), length, trailers: None }
    }

    /// The same body, whose trailers will be found in `trailers` once it has ended.
    pub fn with_trailers(self, trailers: Trailers) -> Self {
        Self { trailers: Some(trailers), ..self }
    }

    /// Where this body's trailers are found once it has ended; `None` if its framing has none. Take it before reading the body.
    pub fn trailers(&self) -> Option<Trailers> {
        self.trailers.clone()
    }

    /// The number of bytes still to come, if known.
    pub fn length(&self) -> Option<u64> {
        self.length
    }

    /// The bytes, if they are all in memory already.
    pub fn as_whole(&self) -> Option<&Bytes> {
        match &self.kind {
            Kind::Whole(bytes) => Some(bytes),
            Kind::Empty | Kind::Pieces(_) => None,
        }
    }

    /// The next piece; `None` at the end. Pieces are never empty.
    pub async fn next(&mut self) -> Option<Result<Bytes, BodyError>> {
        std::future::poll_fn(|context| self.poll_next(context)).await
    }

    /// As [`Body::next`], for adapters.
    pub fn poll_next(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Bytes, BodyError>>> {
        loop {
            let piece = match &mut self.kind {
                Kind::Empty => return Poll::Ready(None),
                Kind::Whole(bytes) => {
                    let bytes = std::mem::take(bytes);
                    self.kind = Kind::Empty;
                    Some(Ok(bytes))
                }
                Kind::Pieces(pieces) => match unlocked(pieces).as_mut().poll_next(context) {
                    Poll::Pending => return Poll::Pending,
                    Poll::Ready(piece) => piece,
                },
            };
            match piece {
                Some(Ok(bytes)) if bytes.is_empty() => continue,
                Some(Ok(bytes)) => {
                    self.length = self.length.map(|length| length.saturating_sub(bytes.len() as u64));
                    return Poll::Ready(Some(Ok(bytes)));
                }
                Some(Err(error)) => {
                    self.kind = Kind::Empty;
                    return Poll::Ready(Some(Err(error)));
                }
                None => {
                    self.kind = Kind::Empty;
                    return Poll::Ready(None);
                }
            }
        }
    }

    /// All bytes at once, refused as soon as they pass `limit`.
    pub async fn collect(mut self, limit: u64) -> Result<Bytes, BodyError> {
        if self.length.is_some_and(|length| length > limit) {
            return Err(BodyError::TooLarge { limit });
        }
        let Some(first) = self.next().await.transpose()? else { return Ok(Bytes::new()) };
        if first.len() as u64 > limit {
            return Err(BodyError::TooLarge { limit });
        }
        let Some(second) = self.next().await.transpose()? else { return Ok(first) };
        // A declared length is believed for the allocation only up to one mebibyte: a liar gets no memory for it.
        let promised = self.length.unwrap_or(0).min(1 << 20) as usize;
        let mut all = BytesMut::with_capacity(first.len() + second.len() + promised);
        all.extend_from_slice(&first);
        let mut piece = Some(second);
        while let Some(bytes) = piece {
            if (all.len() + bytes.len()) as u64 > limit {
                return Err(BodyError::TooLarge { limit });
            }
            all.extend_from_slice(&bytes);
            piece = self.next().await.transpose()?;
        }
        Ok(all.freeze())
    }
}

/// What a mutex that nobody locks holds.
fn unlocked<T>(mutex: &mut Mutex<T>) -> &mut T {
    mutex.get_mut().unwrap_or_else(PoisonError::into_inner)
}

impl From<Bytes> for Body {
    fn from(bytes: Bytes) -> Self {
        let length = Some(bytes.len() as u64);
        Self { kind: Kind::Whole(bytes), length, trailers: None }
    }
}

impl From<Vec<u8>> for Body {
    fn from(bytes: Vec<u8>) -> Self {
        Bytes::from(bytes).into()
    }
}

impl From<String> for Body {
    fn from(text: String) -> Self {
        Bytes::from(text).into()
    }
}

impl Stream for Body {
    type Item = Result<Bytes, BodyError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Body::poll_next(&mut self, context)
    }
}

impl fmt::Debug for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.length {
            Some(length) => write!(f, "Body({length} bytes)"),
            None => f.write_str("Body(..)"),
        }
    }
}

/// A stream of event frames, each already encoded by `wire` (event stream facts: wire facts section 6).
#[derive(Default)]
pub struct Events(Option<Mutex<BoxStream<'static, Bytes>>>);

impl Events {
    /// Frames as they are to be sent, in order. The stream ends cleanly when the answer is over.
    pub fn new(frames: impl Stream<Item = Bytes> + Send + 'static) -> Self {
        Self(Some(Mutex::new(frames.boxed())))
    }

    /// The frames as a body of unknown length.
    pub fn into_body(self) -> Body {
        match self.0 {
            Some(frames) => {
                Body::from_stream(frames.into_inner().unwrap_or_else(PoisonError::into_inner).map(Ok), None)
            }
            None => Body::empty(),
        }
    }
}

impl fmt::Debug for Events {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Events(..)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures_executor::block_on;
    use futures_util::stream;

    fn pieces(parts: &[&'static str]) -> Body {
        let parts: Vec<_> = parts.iter().map(|part| Ok(Bytes::from_static(part.as_bytes()))).collect();
        Body::from_stream(stream::iter(parts), None)
    }

    #[test]
    fn pieces_join_in_order_and_empty_ones_vanish() {
        assert_eq!(block_on(pieces(&["ab", "", "c"]).collect(3)), Ok(Bytes::from_static(b"abc")));
    }

    #[test]
    fn one_byte_too_many_is_refused() {
        assert_eq!(block_on(pieces(&["ab", "cd"]).collect(3)), Err(BodyError::TooLarge { limit: 3 }));
        assert_eq!(block_on(Body::from(b"abcd".to_vec()).collect(3)), Err(BodyError::TooLarge { limit: 3 }));
    }

    #[test]
    fn trailers_are_shared_by_name() {
        let trailers = Trailers::default();
        let body = pieces(&["a"]).with_trailers(trailers.clone());
        let seen = body.trailers().expect("it has some");
        trailers.push("x-amz-checksum-crc32".into(), "AAAAAA==".into());
        assert_eq!(seen.get("x-amz-checksum-crc32").as_deref(), Some("AAAAAA=="));
        assert_eq!(seen.get("x-amz-checksum-sha1"), None);
    }

    #[test]
    fn nothing_follows_an_error() {
        let mut body =
            Body::from_stream(stream::iter([Err(BodyError::Incomplete), Ok(Bytes::from_static(b"x"))]), None);
        assert_eq!(block_on(body.next()), Some(Err(BodyError::Incomplete)));
        assert_eq!(block_on(body.next()), None);
    }
}
