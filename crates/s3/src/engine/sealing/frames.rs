//! The sealed bytes of a blob.
//!
//! ```text
//! frame   | ciphertext, up to 65,520 bytes | tag 16 |              of two layers: up to 65,504 and two tags, the inner one sealed too
//! blob    | frame | frame | … | last frame |                       all but the last are whole: 65,536 bytes
//! ```
//! A sealed frame is as long as one of the store's, so that a range is read without a byte more than its frames. The nonce is the frame's
//! number, under a key that serves one blob; the tag also vouches for the blob, the number and whether it is the last. So frames of other
//! blobs or other places, an end that comes early and one that comes late are all refused like any other change, and nothing of a frame
//! is handed on before its tag was right.
//!
//! Bytes that travel in their commit are one frame. Frames are made and opened one at a time, as they pass.

use std::ops::Range;

use body::{Body, BodyError};
use bytes::{Buf, Bytes, BytesMut};
use crypt::TAG_BYTES;
use futures_util::{StreamExt, stream};
use store::{BlobRef, ReadError, Store};

use super::{BlobKeys, Keys};

/// Bytes of every frame but the last, tags included.
const FRAME: u64 = 64 << 10;

/// Plaintext bytes of a whole frame under so many layers.
pub const fn payload_of(layers: u64) -> u64 {
    FRAME - layers * TAG_BYTES as u64
}

/// How long so many plaintext bytes are when sealed.
pub const fn sealed_bytes(layers: u64, bytes: u64) -> u64 {
    bytes + bytes.div_ceil(payload_of(layers)) * layers * TAG_BYTES as u64
}

/// How many plaintext bytes so many sealed bytes are.
pub const fn plain_bytes(layers: u64, sealed: u64) -> u64 {
    sealed - sealed.div_ceil(FRAME) * layers * TAG_BYTES as u64
}

/// Seals bytes that are one frame, to travel in a commit. They are not empty.
pub fn seal_small(keys: &Keys, blob: BlobRef, bytes: &Bytes) -> Bytes {
    let Some(blob_keys) = keys.of_blob(blob) else { return bytes.clone() };
    let mut frame = BytesMut::with_capacity(bytes.len() + keys.layers() as usize * TAG_BYTES);
    frame.extend_from_slice(bytes);
    blob_keys.seal(0, true, &mut frame);
    frame.freeze()
}

/// The body, sealed as it passes.
pub fn seal_body(keys: &Keys, blob: BlobRef, body: Body) -> Body {
    let Some(blob_keys) = keys.of_blob(blob) else { return body };
    let length = body.length().map(|bytes| sealed_bytes(keys.layers(), bytes));
    let sealing =
        SealingBody { body, keys: blob_keys, piece: Bytes::new(), frame: BytesMut::new(), index: 0 };
    let frames = stream::try_unfold(sealing, |mut sealing| async move {
        Ok(sealing.next().await?.map(|frame| (frame, sealing)))
    });
    Body::from_stream(frames, length)
}

struct SealingBody {
    body: Body,
    keys: BlobKeys,
    /// What has come of the body and is in no frame yet.
    piece: Bytes,
    frame: BytesMut,
    index: u64,
}

impl SealingBody {
    async fn next(&mut self) -> Result<Option<Bytes>, BodyError> {
        let payload = payload_of(self.keys.layers()) as usize;
        loop {
            if self.piece.is_empty() {
                match self.body.next().await.transpose()? {
                    Some(piece) => self.piece = piece,
                    None if self.frame.is_empty() => return Ok(None),
                    None => return Ok(Some(self.seal(true))),
                }
            }
            // Only now is it known that the whole frame is not the last.
            if self.frame.len() == payload {
                return Ok(Some(self.seal(false)));
            }
            if self.frame.capacity() == 0 {
                let expected = self.body.length().unwrap_or(FRAME).saturating_add(self.piece.len() as u64);
                self.frame.reserve((expected.min(payload as u64) as usize) + 2 * TAG_BYTES);
            }
            let taken = self.piece.len().min(payload - self.frame.len());
            self.frame.extend_from_slice(&self.piece[..taken]);
            self.piece.advance(taken);
        }
    }

    fn seal(&mut self, last: bool) -> Bytes {
        let mut frame = std::mem::take(&mut self.frame);
        self.keys.seal(self.index, last, &mut frame);
        self.index += 1;
        frame.freeze()
    }
}

/// Bytes `range` of a blob that has `bytes` bytes in plain. The range is not empty and lies within. The first frame is opened before this
/// returns, so that what is small is answered whole or not at all.
pub async fn open_blob(
    store: &dyn Store,
    keys: &Keys,
    blob: BlobRef,
    bytes: u64,
    range: Range<u64>,
) -> Result<Body, ReadError> {
    let Some(blob_keys) = keys.of_blob(blob) else { return store.get_blob(blob, range).await };
    let payload = payload_of(keys.layers());
    let whole = sealed_bytes(keys.layers(), bytes);
    let frames = range.start / payload..range.end.div_ceil(payload);
    let sealed = frames.start * FRAME..(frames.end * FRAME).min(whole);
    let body = store.get_blob(blob, sealed).await?;
    let length = range.end - range.start;
    let mut opening =
        OpeningBody { body, keys: blob_keys, piece: Bytes::new(), frames, whole, payload, range };
    let first = opening.next().await?;
    if opening.frames.is_empty() {
        return Ok(first.unwrap_or_default().into());
    }
    let rest = stream::try_unfold(opening, |mut opening| async move {
        let frame = opening.next().await.map_err(|error| BodyError::Storage(error.to_string()))?;
        Ok(frame.map(|frame| (frame, opening)))
    });
    Ok(Body::from_stream(stream::iter(first.map(Ok)).chain(rest), Some(length)))
}

struct OpeningBody {
    body: Body,
    keys: BlobKeys,
    /// What has come of the store and is in no frame yet.
    piece: Bytes,
    /// The frames still to come.
    frames: Range<u64>,
    /// Sealed bytes of the whole blob.
    whole: u64,
    payload: u64,
    /// The plaintext bytes wanted.
    range: Range<u64>,
}

impl OpeningBody {
    async fn next(&mut self) -> Result<Option<Bytes>, ReadError> {
        let Some(index) = self.frames.next() else { return Ok(None) };
        let start = index * FRAME;
        let end = (start + FRAME).min(self.whole);
        let mut frame = self.gather((end - start) as usize).await?;
        self.keys.open(index, end == self.whole, &mut frame)?;
        let first = index * self.payload;
        let from = self.range.start.saturating_sub(first) as usize;
        let to = (self.range.end - first).min(frame.len() as u64) as usize;
        let frame = frame.freeze();
        Ok(Some(if from == 0 && to == frame.len() { frame } else { frame.slice(from.min(to)..to) }))
    }

    async fn gather(&mut self, bytes: usize) -> Result<BytesMut, ReadError> {
        let mut frame = BytesMut::with_capacity(bytes);
        while frame.len() < bytes {
            if self.piece.is_empty() {
                let piece = self.body.next().await.transpose();
                let piece = piece.map_err(|error| ReadError::Disk(error.to_string()))?;
                self.piece =
                    piece.ok_or_else(|| ReadError::Corrupt("a sealed blob ends early".to_owned()))?;
            }
            let taken = self.piece.len().min(bytes - frame.len());
            frame.extend_from_slice(&self.piece[..taken]);
            self.piece.advance(taken);
        }
        Ok(frame)
    }
}
