//! Request bodies, from hyper's to ours: bounded in time and memory, and drained or given up in order.
//!
//! A body that a room did not read to its end comes back through its [`Slot`]: the next request on an HTTP/1.1 connection begins after it, so
//! it must be read away or the connection closed.

use std::io::Read as _;
use std::pin::Pin;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};

use body::{Body, BodyError};
use bytes::Bytes;
use crypt::{Algorithm, Digest};
use futures_util::stream::Stream;
use hyper::body::{Body as _, Incoming};
use tokio::time::{Instant, Sleep};

use crate::bounds::{
    BODY_IDLE_TIME_MAX, DOCUMENT_BYTES_TRUSTED, DOCUMENTS_BYTES_MAX, DRAIN_BYTES_MAX, DRAIN_TIME_MAX,
};

/// Where an unread body comes back.
#[derive(Clone, Default)]
pub(crate) struct Slot(Arc<Mutex<Option<Incoming>>>);

impl Slot {
    /// What was left unread, if anything.
    pub(crate) fn take(&self) -> Option<Incoming> {
        self.0.lock().expect("nothing panics while a body is held").take()
    }
}

/// hyper's body as one of ours; `None` when there is none. The length is the declared one.
pub(crate) fn adapt(incoming: Incoming, slot: &Slot) -> Body {
    if incoming.is_end_stream() {
        return Body::empty();
    }
    let length = incoming.size_hint().exact();
    let upload = Upload { incoming: Some(incoming), slot: slot.clone(), progress: None, timer: None };
    Body::from_stream(upload, length)
}

struct Upload {
    /// Gone once it has ended.
    incoming: Option<Incoming>,
    slot: Slot,
    progress: Option<Instant>,
    timer: Option<Pin<Box<Sleep>>>,
}

impl Upload {
    /// Whether the peer has been silent for too long. The timer is armed at the first wait and moved on only when it fires.
    fn poll_idle(&mut self, context: &mut Context<'_>) -> Poll<()> {
        let since = *self.progress.get_or_insert_with(Instant::now);
        let deadline = since + BODY_IDLE_TIME_MAX;
        let timer = self.timer.get_or_insert_with(|| Box::pin(tokio::time::sleep_until(deadline)));
        loop {
            std::task::ready!(timer.as_mut().poll(context));
            if timer.deadline() >= deadline {
                return Poll::Ready(());
            }
            timer.as_mut().reset(deadline);
        }
    }
}

impl Stream for Upload {
    type Item = Result<Bytes, BodyError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            let Some(incoming) = &mut self.incoming else { return Poll::Ready(None) };
            match Pin::new(incoming).poll_frame(context) {
                Poll::Pending => {
                    std::task::ready!(self.poll_idle(context));
                    return Poll::Ready(Some(Err(BodyError::Idle)));
                }
                Poll::Ready(Some(Ok(frame))) => {
                    if self.timer.is_some() {
                        self.progress = Some(Instant::now());
                    }
                    // HTTP trailers mean nothing here: aws-chunked has its own.
                    if let Ok(bytes) = frame.into_data() {
                        return Poll::Ready(Some(Ok(bytes)));
                    }
                }
                Poll::Ready(Some(Err(_))) => {
                    self.incoming = None;
                    return Poll::Ready(Some(Err(BodyError::Incomplete)));
                }
                Poll::Ready(None) => {
                    self.incoming = None;
                    return Poll::Ready(None);
                }
            }
        }
    }
}

impl Drop for Upload {
    fn drop(&mut self) {
        if let Some(incoming) = self.incoming.take().filter(|incoming| !incoming.is_end_stream()) {
            *self.slot.0.lock().expect("nothing panics while a body is held") = Some(incoming);
        }
    }
}

/// Memory given to documents that are read whole, over all requests.
#[derive(Default)]
pub(crate) struct Documents(AtomicUsize);

/// Part of that memory, given back when dropped.
pub(crate) struct Held<'d> {
    documents: &'d Documents,
    bytes: usize,
}

impl Held<'_> {
    fn grow(&mut self, bytes: usize) -> Result<(), ReadError> {
        let before = self.documents.0.fetch_add(bytes, Ordering::Relaxed);
        self.bytes += bytes;
        if before + bytes > DOCUMENTS_BYTES_MAX { Err(ReadError::Crowded) } else { Ok(()) }
    }
}

impl Drop for Held<'_> {
    fn drop(&mut self) {
        self.documents.0.fetch_sub(self.bytes, Ordering::Relaxed);
    }
}

/// A document in memory.
pub(crate) struct Document<'d> {
    pub bytes: Bytes,
    pub sha256: [u8; 32],
    /// Counts by being there: until the document's user is done with it.
    held: Held<'d>,
}

impl Document<'_> {
    /// Unpacks a document that came as gzip. Its hash stays that of what came, which is what was signed.
    pub(crate) fn unpack(&mut self, limit: usize) -> Result<(), ReadError> {
        let mut unpacker = flate2::read::MultiGzDecoder::new(&self.bytes[..]);
        let mut all = Vec::new();
        let mut piece = [0; UNPACKED_PIECE_BYTES];
        loop {
            let count = unpacker.read(&mut piece).map_err(|_| ReadError::Broken)?;
            if count == 0 {
                break;
            }
            if all.len() + count > limit {
                return Err(ReadError::TooLarge);
            }
            self.held.grow(count)?;
            all.extend_from_slice(&piece[..count]);
        }
        self.bytes = all.into();
        Ok(())
    }
}

/// What is unpacked at once.
const UNPACKED_PIECE_BYTES: usize = 16 << 10;

/// Why a document is not in memory.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum ReadError {
    TooLarge,
    /// All memory for documents is taken.
    Crowded,
    /// The peer fell silent or went away.
    Broken,
}

impl Documents {
    /// Reads the body whole and hashes it on the way. One buffer as large as declared, as soon as the peer has shown a first part of it.
    pub(crate) async fn read(&self, mut body: Body, limit: u64) -> Result<Document<'_>, ReadError> {
        let declared = body.length();
        if declared.is_some_and(|length| length > limit) {
            return Err(ReadError::TooLarge);
        }
        let mut held = Held { documents: self, bytes: 0 };
        let first = next(&mut body).await?.unwrap_or_default();
        held.grow(first.len())?;
        if first.len() as u64 > limit {
            return Err(ReadError::TooLarge);
        }
        if declared == Some(first.len() as u64) {
            let sha256 = crypt::sha256(&first);
            return Ok(Document { bytes: first, sha256, held });
        }
        let mut digest = Digest::new(Algorithm::Sha256);
        digest.update(&first);
        let promised = declared.map_or(2 * first.len(), |length| length as usize).min(DOCUMENT_BYTES_TRUSTED);
        let mut all = Vec::with_capacity(promised.max(first.len()));
        all.extend_from_slice(&first);
        drop(first);
        let mut counted = all.capacity();
        held.grow(counted)?;
        while let Some(piece) = next(&mut body).await? {
            if (all.len() + piece.len()) as u64 > limit {
                return Err(ReadError::TooLarge);
            }
            digest.update(&piece);
            all.extend_from_slice(&piece);
            held.grow(all.capacity() - counted)?;
            counted = all.capacity();
        }
        let sha256 = digest.finish().as_bytes().try_into().expect("SHA-256 has 32 bytes");
        Ok(Document { bytes: all.into(), sha256, held })
    }
}

async fn next(body: &mut Body) -> Result<Option<Bytes>, ReadError> {
    body.next().await.transpose().map_err(|_| ReadError::Broken)
}

/// Reads the rest of a refused body away. False if it is too much for that: the connection must close.
pub(crate) async fn drain(mut incoming: Incoming) -> bool {
    if incoming.size_hint().lower() > DRAIN_BYTES_MAX {
        return false;
    }
    let all = async {
        let mut left = DRAIN_BYTES_MAX;
        while let Some(frame) =
            std::future::poll_fn(|context| Pin::new(&mut incoming).poll_frame(context)).await
        {
            let Ok(frame) = frame else { return false };
            let bytes = frame.data_ref().map_or(0, |data| data.len() as u64);
            let Some(rest) = left.checked_sub(bytes) else { return false };
            left = rest;
        }
        true
    };
    tokio::time::timeout(DRAIN_TIME_MAX, all).await.unwrap_or(false)
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures_util::stream;

    fn pieces(sizes: &[usize], length: Option<u64>) -> Body {
        let parts: Vec<_> = sizes.iter().map(|size| Ok(Bytes::from(vec![b'x'; *size]))).collect();
        Body::from_stream(stream::iter(parts), length)
    }

    #[tokio::test]
    async fn a_document_is_whole_hashed_and_counted_while_it_lives() {
        let documents = Documents::default();
        for declared in [None, Some(30)] {
            let document = documents.read(pieces(&[10, 20], declared), 30).await.ok().unwrap();
            assert_eq!(document.bytes.len(), 30);
            assert_eq!(document.sha256, crypt::sha256(&[b'x'; 30]));
            assert!(documents.0.load(Ordering::Relaxed) >= 30);
            drop(document);
            assert_eq!(documents.0.load(Ordering::Relaxed), 0);
        }
    }

    #[tokio::test]
    async fn too_much_is_refused_before_or_while_it_comes() {
        let documents = Documents::default();
        let refused = |body| async { documents.read(body, 25).await.err() };
        assert_eq!(refused(pieces(&[10], Some(26))).await, Some(ReadError::TooLarge));
        assert_eq!(refused(pieces(&[10, 16], None)).await, Some(ReadError::TooLarge));
        assert_eq!(refused(pieces(&[26], None)).await, Some(ReadError::TooLarge));
        let broken = Body::from_stream(stream::iter([Err(BodyError::Incomplete)]), Some(5));
        assert_eq!(refused(broken).await, Some(ReadError::Broken));
    }

    #[tokio::test]
    async fn what_came_as_gzip_is_unpacked_within_its_bound_and_hashed_as_it_came() {
        use std::io::Write as _;
        let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        packer.write_all(&[b'x'; 40_000]).unwrap();
        let packed = packer.finish().unwrap();
        let documents = Documents::default();
        let read = || documents.read(Body::from(packed.clone()), 1_000);
        let mut document = read().await.ok().unwrap();
        document.unpack(40_000).unwrap();
        assert_eq!((document.bytes.len(), document.sha256), (40_000, crypt::sha256(&packed)));
        drop(document);
        let mut document = read().await.ok().unwrap();
        assert_eq!(document.unpack(39_999), Err(ReadError::TooLarge));
        drop(document);
        let mut document = documents.read(Body::from("no gzip".to_owned()), 1_000).await.ok().unwrap();
        assert_eq!(document.unpack(40_000), Err(ReadError::Broken));
        drop(document);
        assert_eq!(documents.0.load(Ordering::Relaxed), 0);
    }

    #[tokio::test]
    async fn when_all_memory_is_taken_more_is_refused() {
        let documents = Documents(AtomicUsize::new(DOCUMENTS_BYTES_MAX));
        assert_eq!(documents.read(pieces(&[1], None), 10).await.err(), Some(ReadError::Crowded));
        assert_eq!(documents.0.load(Ordering::Relaxed), DOCUMENTS_BYTES_MAX);
    }
}
