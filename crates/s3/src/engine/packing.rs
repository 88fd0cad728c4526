//! Bytes of archives, compressed before they are sealed; sealed bytes cannot be made smaller.
//!
//! ```text
//! packed   | chunk | chunk | … | where each chunk begins: u64 … |
//! chunk    | length u32, its highest bit: as it was | payload |         of 1 MiB, the last of what is left
//! ```
//! Chunks are deflated one by one on the blocking pool, so that a range is read without what lies before it, and in bounded memory. One that would
//! not become smaller stays as it was. Nothing here is checked: whoever changes a bit is found out by the frames it is sealed in.

use std::io::{Read, Write};
use std::ops::Range;

use body::{Body, BodyError};
use bytes::{Buf, Bytes, BytesMut};
use flate2::Compression;
use flate2::read::DeflateDecoder;
use flate2::write::DeflateEncoder;
use futures_util::stream;
use store::{BlobRef, ReadError, Store};

use super::sealing::{Keys, open_blob};

/// Plain bytes of a chunk.
const CHUNK: u64 = 1 << 20;
/// In a chunk's length: its payload is as it was.
const AS_IT_WAS: u32 = 1 << 31;
const LENGTH_BYTES: usize = 4;
const ENTRY_BYTES: u64 = 8;
/// zlib's own middle way between speed and size.
const LEVEL: u32 = 6;

/// Where the bytes of a piece lie that is packed whole.
#[derive(Clone, Copy, Debug)]
pub struct Packed {
    /// The blob.
    pub blob: BlobRef,
    /// How many bytes it holds, packed.
    pub packed_bytes: u64,
    /// How many they are unpacked.
    pub bytes: u64,
}

/// The body, packed as it passes.
pub fn pack(body: Body) -> Body {
    let packing = Packing { body, rest: Bytes::new(), offset: 0, starts: Some(Vec::new()) };
    let chunks = stream::try_unfold(packing, |mut packing| async move {
        Ok(packing.next().await?.map(|chunk| (chunk, packing)))
    });
    Body::from_stream(chunks, None)
}

struct Packing {
    body: Body,
    /// What has come of the body and is in no chunk yet.
    rest: Bytes,
    offset: u64,
    /// Where chunks begin; `None` when that was written.
    starts: Option<Vec<u64>>,
}

impl Packing {
    async fn next(&mut self) -> Result<Option<Bytes>, BodyError> {
        let plain = self.gather().await?;
        let Some(starts) = &mut self.starts else { return Ok(None) };
        if plain.is_empty() {
            let mut list = BytesMut::with_capacity(starts.len() * ENTRY_BYTES as usize);
            starts.iter().for_each(|start| list.extend_from_slice(&start.to_be_bytes()));
            self.starts = None;
            return Ok((!list.is_empty()).then(|| list.freeze()));
        }
        starts.push(self.offset);
        let chunk = blocking(move || Ok(chunk_of(&plain))).await?;
        self.offset += chunk.len() as u64;
        Ok(Some(chunk))
    }

    async fn gather(&mut self) -> Result<BytesMut, BodyError> {
        let mut plain = BytesMut::new();
        while plain.len() < CHUNK as usize {
            if self.rest.is_empty() {
                match self.body.next().await.transpose()? {
                    Some(piece) => self.rest = piece,
                    None => break,
                }
            }
            let taken = self.rest.len().min(CHUNK as usize - plain.len());
            plain.extend_from_slice(&self.rest[..taken]);
            self.rest.advance(taken);
        }
        Ok(plain)
    }
}

/// A chunk of these bytes.
fn chunk_of(plain: &[u8]) -> Bytes {
    let mut encoder = DeflateEncoder::new(vec![0; LENGTH_BYTES], Compression::new(LEVEL));
    encoder.write_all(plain).expect("memory takes what is written to it");
    let mut chunk = encoder.finish().expect("memory takes what is written to it");
    let mut length = u32::try_from(chunk.len() - LENGTH_BYTES).unwrap_or(u32::MAX);
    if length as usize >= plain.len() {
        length = plain.len() as u32 | AS_IT_WAS;
        chunk.truncate(LENGTH_BYTES);
        chunk.extend_from_slice(plain);
    }
    chunk[..LENGTH_BYTES].copy_from_slice(&length.to_be_bytes());
    chunk.into()
}

/// Bytes `range` of what was packed. The range is not empty and lies within.
pub async fn open_packed(
    store: &dyn Store,
    keys: &Keys,
    packed: Packed,
    range: Range<u64>,
) -> Result<Body, ReadError> {
    let chunks = packed.bytes.div_ceil(CHUNK);
    let list = packed.packed_bytes.checked_sub(chunks * ENTRY_BYTES).ok_or_else(damaged)?;
    let (first, end) = (range.start / CHUNK, range.end.div_ceil(CHUNK));
    let entry = async |chunk: u64| {
        let at = list + chunk * ENTRY_BYTES;
        let body = open_blob(store, keys, packed.blob, packed.packed_bytes, at..at + ENTRY_BYTES).await?;
        let bytes = body.collect(ENTRY_BYTES).await.map_err(|error| ReadError::Disk(error.to_string()))?;
        Ok::<u64, ReadError>(u64::from_be_bytes(bytes.as_ref().try_into().map_err(|_| damaged())?))
    };
    let from = entry(first).await?;
    let to = if end < chunks { entry(end).await? } else { list };
    if from >= to || to > list {
        return Err(damaged());
    }
    let body = open_blob(store, keys, packed.blob, packed.packed_bytes, from..to).await?;
    let length = range.end - range.start;
    let unpacking = Unpacking { body, piece: Bytes::new(), chunks: first..end, bytes: packed.bytes, range };
    let pieces = stream::try_unfold(unpacking, |mut unpacking| async move {
        Ok(unpacking.next().await?.map(|piece| (piece, unpacking)))
    });
    Ok(Body::from_stream(pieces, Some(length)))
}

struct Unpacking {
    body: Body,
    piece: Bytes,
    /// The chunks still to come.
    chunks: Range<u64>,
    /// All plain bytes.
    bytes: u64,
    /// The plain bytes wanted.
    range: Range<u64>,
}

impl Unpacking {
    async fn next(&mut self) -> Result<Option<Bytes>, BodyError> {
        let Some(chunk) = self.chunks.next() else { return Ok(None) };
        let start = chunk * CHUNK;
        let plain_bytes = (self.bytes - start).min(CHUNK) as usize;
        let length = self.gather(LENGTH_BYTES).await?;
        let length = u32::from_be_bytes(length.as_ref().try_into().map_err(|_| unreadable())?);
        let payload_bytes = (length & !AS_IT_WAS) as usize;
        // A payload is never longer than what it holds.
        if payload_bytes > plain_bytes {
            return Err(unreadable());
        }
        let payload = self.gather(payload_bytes).await?;
        let plain = if length & AS_IT_WAS != 0 {
            payload
        } else {
            blocking(move || inflate(&payload, plain_bytes)).await?
        };
        if plain.len() != plain_bytes {
            return Err(unreadable());
        }
        let from = self.range.start.saturating_sub(start) as usize;
        let to = (self.range.end - start).min(CHUNK) as usize;
        Ok(Some(plain.slice(from..to.min(plain_bytes))))
    }

    async fn gather(&mut self, bytes: usize) -> Result<Bytes, BodyError> {
        if self.piece.len() >= bytes && bytes > 0 {
            return Ok(self.piece.split_to(bytes));
        }
        let mut gathered = BytesMut::with_capacity(bytes);
        while gathered.len() < bytes {
            if self.piece.is_empty() {
                self.piece = self.body.next().await.transpose()?.ok_or_else(unreadable)?;
            }
            let taken = self.piece.len().min(bytes - gathered.len());
            gathered.extend_from_slice(&self.piece[..taken]);
            self.piece.advance(taken);
        }
        Ok(gathered.freeze())
    }
}

fn inflate(payload: &[u8], plain_bytes: usize) -> Result<Bytes, BodyError> {
    let mut plain = Vec::with_capacity(plain_bytes);
    let bound = plain_bytes as u64 + 1;
    DeflateDecoder::new(payload).take(bound).read_to_end(&mut plain).map_err(|_| unreadable())?;
    Ok(plain.into())
}

async fn blocking(
    work: impl FnOnce() -> Result<Bytes, BodyError> + Send + 'static,
) -> Result<Bytes, BodyError> {
    // It fails only when the process ends.
    tokio::task::spawn_blocking(work).await.map_err(|error| BodyError::Storage(error.to_string()))?
}

const DAMAGED: &str = "packed bytes are not what was packed";

fn damaged() -> ReadError {
    ReadError::Corrupt(DAMAGED.to_owned())
}

fn unreadable() -> BodyError {
    BodyError::Storage(DAMAGED.to_owned())
}

#[cfg(test)]
mod tests {
    use base::{Clock, Random, Timestamp};
    use proptest::prelude::*;
    use storage::Model;

    use super::*;

    fn run<T>(work: impl Future<Output = T>) -> T {
        tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(work)
    }

    async fn packed(store: &Model, bytes: &[u8], piece: usize) -> Packed {
        let pieces: Vec<_> = bytes.chunks(piece).map(|piece| Ok(Bytes::copy_from_slice(piece))).collect();
        let body = pack(Body::from_stream(stream::iter(pieces), None));
        let (stored, guard) = store.put_blob(body).await.unwrap();
        let mut commit = store::Commit::new(store::CommitId(1));
        commit.count_blob(stored.blob, 1);
        store.commit(commit).await.unwrap();
        drop(guard);
        Packed { blob: stored.blob, packed_bytes: stored.bytes, bytes: bytes.len() as u64 }
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]
        #[test]
        fn any_range_comes_back_as_it_was(
            length in 1usize..3_500_000, noise in 0u8..3, piece in 1_000usize..200_000, seed: u64,
            a: prop::sample::Index, b: prop::sample::Index,
        ) {
            let mut bytes: Vec<u8> = (0..length).map(|n| (n / 300) as u8).collect();
            if noise > 0 {
                let random = Random::seeded(seed);
                let from = if noise == 1 { length / 2 } else { 0 };
                bytes[from..].iter_mut().for_each(|byte| *byte = random.u64() as u8);
            }
            let (a, b) = (a.index(length), b.index(length));
            let range = a.min(b)..a.max(b) + 1;
            run(async {
                let store = Model::new(Clock::manual(Timestamp::EPOCH), Random::seeded(1));
                let packed = packed(&store, &bytes, piece).await;
                assert!(packed.packed_bytes <= packed.bytes + 12 * packed.bytes.div_ceil(CHUNK));
                let wanted = range.start as u64..range.end as u64;
                let body = open_packed(&*store, &Keys::Open, packed, wanted).await.unwrap();
                assert!(body.collect(u64::MAX).await.unwrap() == bytes[range]);
            });
        }
    }

    #[test]
    fn what_repeats_becomes_small() {
        run(async {
            let store = Model::new(Clock::manual(Timestamp::EPOCH), Random::seeded(1));
            let packed = packed(&store, &[7; 3_000_000], 70_000).await;
            assert!(packed.packed_bytes < 30_000, "{packed:?}");
        });
    }
}
