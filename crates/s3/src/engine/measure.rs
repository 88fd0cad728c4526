//! Measuring a body on its way: its size, its MD5 and its checksum, without holding it.
//!
//! Hashing a large upload takes as long as receiving it, so it runs beside it: pieces are gathered into batches of about a mebibyte,
//! and each batch is hashed on the blocking pool while the next one arrives. No thread is held while a slow client thinks, and
//! at most two batches are alive. What is small is hashed at once.

use std::task::Poll;

use body::{Body, BodyError};
use bytes::Bytes;
use crypt::{Algorithm, Digest, Sum};
use futures_util::stream;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

/// Bytes of a batch that is worth a trip to another thread.
const BATCH_BYTES: usize = 1 << 20;

/// What a body turned out to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Measured {
    /// Its size.
    pub bytes: u64,
    /// Its MD5.
    pub md5: [u8; 16],
    /// Its checksum.
    pub sum: Sum,
    /// Its other checksum, if two were asked for.
    pub other: Option<Sum>,
}

/// Which checksums to take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sums {
    /// The one to keep.
    pub keep: Algorithm,
    /// One to compare with what the client declared, if that is another.
    pub other: Option<Algorithm>,
}

impl From<Algorithm> for Sums {
    fn from(keep: Algorithm) -> Self {
        Self { keep, other: None }
    }
}

impl Measured {
    /// Measures bytes in memory.
    pub fn of(bytes: &[u8], sums: Sums) -> Self {
        Self {
            bytes: bytes.len() as u64,
            md5: crypt::md5(bytes),
            sum: sums.keep.of(bytes),
            other: sums.other.map(|algorithm| algorithm.of(bytes)),
        }
    }

    /// The sum of this algorithm, if it was taken.
    pub fn sum_of(&self, algorithm: Algorithm) -> Option<Sum> {
        [Some(self.sum), self.other].into_iter().flatten().find(|sum| sum.algorithm() == algorithm)
    }
}

/// The measure of a body that is still to be read to its end.
pub struct Pending(oneshot::Receiver<Measured>);

impl Pending {
    /// The measure, once the body has been read to its end. Fails if it was not, or broke off.
    pub async fn finish(self) -> Result<Measured, BodyError> {
        self.0.await.map_err(|_| BodyError::Incomplete)
    }
}

/// Passes the body through and measures it.
pub fn measure(body: Body, sums: Sums) -> (Body, Pending) {
    let length = body.length();
    let (tell, told) = oneshot::channel();
    let meter = Meter { digests: Some(Digests::new(sums)), at_work: None, batch: Vec::new(), batch_bytes: 0 };
    let passing =
        stream::try_unfold((body, meter, Some(tell)), |(mut body, mut meter, mut tell)| async move {
            match body.next().await {
                Some(piece) => {
                    let piece = piece?;
                    meter.take(piece.clone()).await?;
                    Ok(Some((piece, (body, meter, tell))))
                }
                None => {
                    let measured = meter.finish().await?;
                    if let Some(tell) = tell.take() {
                        // Nobody waits for it if the upload was given up.
                        let _ = tell.send(measured);
                    }
                    Ok(None)
                }
            }
        });
    (Body::from_stream(passing, length), Pending(told))
}

struct Digests {
    bytes: u64,
    md5: Digest,
    sum: Digest,
    other: Option<Digest>,
}

impl Digests {
    fn new(sums: Sums) -> Self {
        let (md5, sum) = (Digest::new(Algorithm::Md5), Digest::new(sums.keep));
        Self { bytes: 0, md5, sum, other: sums.other.map(Digest::new) }
    }

    fn update(mut self, batch: &[Bytes]) -> Self {
        for piece in batch {
            self.bytes += piece.len() as u64;
            self.md5.update(piece);
            self.sum.update(piece);
            if let Some(other) = &mut self.other {
                other.update(piece);
            }
        }
        self
    }

    fn finish(self) -> Measured {
        let md5 = self.md5.finish().as_bytes().try_into().expect("an MD5 has sixteen bytes");
        Measured { bytes: self.bytes, md5, sum: self.sum.finish(), other: self.other.map(Digest::finish) }
    }
}

/// Either it has the digests, or the thread at work has them.
struct Meter {
    digests: Option<Digests>,
    at_work: Option<JoinHandle<Digests>>,
    batch: Vec<Bytes>,
    batch_bytes: usize,
}

impl Meter {
    async fn take(&mut self, piece: Bytes) -> Result<(), BodyError> {
        self.batch_bytes += piece.len();
        self.batch.push(piece);
        if self.batch_bytes >= BATCH_BYTES {
            let digests = self.digests().await?;
            let batch = std::mem::take(&mut self.batch);
            self.batch_bytes = 0;
            self.at_work = Some(tokio::task::spawn_blocking(move || digests.update(&batch)));
        }
        Ok(())
    }

    async fn digests(&mut self) -> Result<Digests, BodyError> {
        match (self.digests.take(), self.at_work.take()) {
            (Some(digests), _) => Ok(digests),
            // It fails only when the process ends.
            (None, Some(work)) => work.await.map_err(|error| BodyError::Storage(error.to_string())),
            (None, None) => Err(BodyError::Incomplete),
        }
    }

    async fn finish(&mut self) -> Result<Measured, BodyError> {
        let digests = self.digests().await?;
        Ok(digests.update(&self.batch).finish())
    }
}

/// A body, in memory if it is small.
#[derive(Debug)]
pub enum Gathered {
    /// All of it, at most as many bytes as were asked for.
    Whole(Bytes),
    /// More than that.
    Stream(Body),
}

/// Reads a body that has at most `limit` bytes, or the beginning of one that has more.
pub async fn gather(mut body: Body, limit: u64) -> Result<Gathered, BodyError> {
    match body.length() {
        Some(length) if length > limit => return Ok(Gathered::Stream(body)),
        // A body that grows beyond its length is the door's to refuse; here it is refused as too large.
        Some(_) => return body.collect(limit).await.map(Gathered::Whole),
        None => {}
    }
    let (mut pieces, mut bytes) = (Vec::new(), 0);
    while bytes <= limit {
        match body.next().await.transpose()? {
            Some(piece) => {
                bytes += piece.len() as u64;
                pieces.push(piece);
            }
            None => return Ok(Gathered::Whole(pieces.concat().into())),
        }
    }
    let mut begun = pieces.into_iter();
    let rest = stream::poll_fn(move |context| match begun.next() {
        Some(piece) => Poll::Ready(Some(Ok(piece))),
        None => body.poll_next(context),
    });
    Ok(Gathered::Stream(Body::from_stream(rest, None)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn in_pieces(bytes: &[u8], size: usize, length: Option<u64>) -> Body {
        let pieces: Vec<_> = bytes.chunks(size).map(|piece| Ok(Bytes::copy_from_slice(piece))).collect();
        Body::from_stream(stream::iter(pieces), length)
    }

    #[tokio::test]
    async fn a_measured_body_passes_unchanged() {
        let bytes: Vec<u8> = (0..5_000_000_u32).map(|n| (n >> 3) as u8).collect();
        let sums = Sums { keep: Algorithm::Sha256, other: Some(Algorithm::Crc32) };
        for size in [1_000, 64 << 10, 2 << 20] {
            let (body, pending) = measure(in_pieces(&bytes, size, None), sums);
            assert!(body.collect(u64::MAX).await.unwrap() == bytes);
            let measured = pending.finish().await;
            assert_eq!(measured, Ok(Measured::of(&bytes, sums)));
            assert_eq!(measured.unwrap().sum_of(Algorithm::Crc32), Some(Algorithm::Crc32.of(&bytes)));
        }
    }

    #[tokio::test]
    async fn a_broken_body_has_no_measure() {
        let pieces = vec![Ok(Bytes::from_static(b"a")), Err(BodyError::Idle)];
        let (body, pending) = measure(Body::from_stream(stream::iter(pieces), None), Algorithm::Crc32.into());
        assert_eq!(body.collect(10).await, Err(BodyError::Idle));
        assert_eq!(pending.finish().await, Err(BodyError::Incomplete));
    }

    #[tokio::test]
    async fn small_bodies_are_gathered_and_large_ones_are_not() {
        let limit = 10_000;
        for (len, length_known) in
            [(0, false), (limit, false), (limit, true), (limit + 1, false), (limit + 1, true)]
        {
            let bytes = vec![7; len];
            let length = length_known.then_some(len as u64);
            match gather(in_pieces(&bytes, 1_000, length), limit as u64).await.unwrap() {
                Gathered::Whole(whole) => assert!(len <= limit && whole == bytes),
                Gathered::Stream(body) => {
                    assert!(len > limit);
                    assert!(body.collect(u64::MAX).await.unwrap() == bytes);
                }
            }
        }
    }
}
