//! Bodies that are verified while they are read: signed chunks, signed trailers, a declared hash.
//!
//! `wire::chunked` knows the grammar; here is what needs a key. Bytes are handed on before the signature behind them was seen, so that memory
//! stays bounded; when something is wrong the body ends with an error, and the reader keeps nothing of it.

use std::pin::Pin;
use std::task::{Context, Poll};

use body::{Body, BodyError, Refusal};
use bytes::Bytes;
use crypt::{Algorithm, Digest, HmacKey};
use futures_util::stream::Stream;
use wire::chunked::{Decoder, Event, Mode, Signature};

use super::Payload;

/// SHA-256 of nothing, which every chunk's string to sign repeats.
const EMPTY_SHA256: &str = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

/// What the first chunk's signature hangs on.
#[derive(Debug, Clone)]
pub(crate) struct ChunkSeed {
    pub key: HmacKey,
    pub date: String,
    pub scope: String,
    /// The signature of the request's head.
    pub signature: String,
}

/// Follows the chain of signatures.
struct Verifier {
    key: HmacKey,
    date: String,
    scope: String,
    previous: String,
    chunk: Digest,
    /// `name:value\n` of each trailer seen.
    trailers: Vec<String>,
}

impl Verifier {
    fn new(seed: ChunkSeed) -> Self {
        Self {
            key: seed.key,
            date: seed.date,
            scope: seed.scope,
            previous: seed.signature,
            chunk: Digest::new(Algorithm::Sha256),
            trailers: Vec::new(),
        }
    }

    fn chunk_end(&mut self, sent: Option<Signature>) -> Result<(), BodyError> {
        let chunk = std::mem::replace(&mut self.chunk, Digest::new(Algorithm::Sha256)).finish();
        let text = format!(
            "AWS4-HMAC-SHA256-PAYLOAD\n{}\n{}\n{}\n{EMPTY_SHA256}\n{}",
            self.date,
            self.scope,
            self.previous,
            base::hex(chunk.as_bytes())
        );
        self.link(&text, sent)
    }

    fn trailer_end(&mut self, sent: Signature) -> Result<(), BodyError> {
        self.trailers.sort_unstable();
        let text = format!(
            "AWS4-HMAC-SHA256-TRAILER\n{}\n{}\n{}\n{}",
            self.date,
            self.scope,
            self.previous,
            crypt::sha256_hex(self.trailers.concat().as_bytes())
        );
        self.link(&text, Some(sent))
    }

    fn link(&mut self, text: &str, sent: Option<Signature>) -> Result<(), BodyError> {
        let expected = base::hex(&self.key.sign(text.as_bytes()));
        let matches = sent.is_some_and(|sent| crypt::same(expected.as_bytes(), &sent));
        self.previous = expected;
        if matches { Ok(()) } else { Err(BodyError::Refused(Refusal::Signature)) }
    }
}

/// What is inside an aws-chunked body.
struct Unchunked {
    inner: Body,
    decoder: Decoder,
    verifier: Option<Verifier>,
    trailers: body::Trailers,
}

impl Unchunked {
    /// The next decoded bytes out of what the decoder has; `None` when it needs more or has ended.
    fn take(&mut self) -> Result<Option<Bytes>, BodyError> {
        while let Some(event) = self.decoder.next_event()? {
            if let Some(bytes) = self.apply(event)? {
                return Ok(Some(bytes));
            }
        }
        Ok(None)
    }

    fn apply(&mut self, event: Event) -> Result<Option<Bytes>, BodyError> {
        match (event, &mut self.verifier) {
            (Event::Data(bytes), verifier) => {
                if let Some(verifier) = verifier {
                    verifier.chunk.update(&bytes);
                }
                return Ok(Some(bytes));
            }
            (Event::ChunkEnd { signature, last: _ }, Some(verifier)) => verifier.chunk_end(signature)?,
            (Event::ChunkEnd { .. }, None) => {}
            (Event::Trailer { name, value }, verifier) => {
                if let Some(verifier) = verifier {
                    verifier.trailers.push(format!("{name}:{value}\n"));
                }
                self.trailers.push(name, value);
            }
            (Event::TrailerSignature(signature), Some(verifier)) => verifier.trailer_end(signature)?,
            (Event::TrailerSignature(_), None) => return Err(BodyError::Refused(Refusal::Trailer)),
            (Event::End, _) => {}
        }
        Ok(None)
    }

    fn finish(&mut self) -> Result<(), BodyError> {
        match self.decoder.finish()? {
            Some(event) => self.apply(event).map(|_| ()),
            None => Ok(()),
        }
    }
}

impl Stream for Unchunked {
    type Item = Result<Bytes, BodyError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            match self.take() {
                Ok(Some(bytes)) => return Poll::Ready(Some(Ok(bytes))),
                Ok(None) => {}
                Err(error) => return Poll::Ready(Some(Err(error))),
            }
            match self.inner.poll_next(context) {
                Poll::Pending => return Poll::Pending,
                Poll::Ready(Some(Ok(bytes))) => self.decoder.push(bytes),
                Poll::Ready(Some(Err(error))) => return Poll::Ready(Some(Err(error))),
                Poll::Ready(None) => return Poll::Ready(self.finish().err().map(Err)),
            }
        }
    }
}

/// A body whose hash was declared.
struct Hashed {
    inner: Body,
    digest: Option<Digest>,
    declared: [u8; 32],
}

impl Stream for Hashed {
    type Item = Result<Bytes, BodyError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let piece = std::task::ready!(self.inner.poll_next(context));
        match (piece, self.digest.take()) {
            (Some(Ok(bytes)), Some(mut digest)) => {
                digest.update(&bytes);
                self.digest = Some(digest);
                Poll::Ready(Some(Ok(bytes)))
            }
            (None, Some(digest)) => {
                let computed: [u8; 32] = digest.finish().as_bytes().try_into().expect("SHA-256 has 32 bytes");
                if crypt::same(&computed, &self.declared) {
                    return Poll::Ready(None);
                }
                Poll::Ready(Some(Err(BodyError::Refused(Refusal::PayloadHash { computed }))))
            }
            (piece, _) => Poll::Ready(piece),
        }
    }
}

/// The payload behind `inner`, verified as it is read. `decoded_length` and `promised` are what the head declared for aws-chunked.
pub(crate) fn verified(
    inner: Body,
    payload: Payload,
    seed: Option<ChunkSeed>,
    decoded_length: u64,
    promised: &[&str],
) -> Body {
    let (mode, verifier) = match (payload, seed) {
        (Payload::Unsigned, _) => return inner,
        (Payload::Hash(declared), _) => return hashed(inner, declared),
        (Payload::StreamingUnsignedTrailer, _) => (Mode { signed: false, trailer: true }, None),
        (Payload::Streaming, Some(seed)) => {
            (Mode { signed: true, trailer: false }, Some(Verifier::new(seed)))
        }
        (Payload::StreamingTrailer, Some(seed)) => {
            (Mode { signed: true, trailer: true }, Some(Verifier::new(seed)))
        }
        // The gate lets none of these in; if one came all the same, nothing of it would be believed.
        (
            Payload::Streaming
            | Payload::StreamingTrailer
            | Payload::StreamingEcdsa
            | Payload::StreamingEcdsaTrailer,
            _,
        ) => return refused(Refusal::Signature),
    };
    let trailers = body::Trailers::default();
    let unchunked = Unchunked {
        inner,
        decoder: Decoder::new(mode, decoded_length, promised),
        verifier,
        trailers: trailers.clone(),
    };
    Body::from_stream(unchunked, Some(decoded_length)).with_trailers(trailers)
}

fn hashed(inner: Body, declared: [u8; 32]) -> Body {
    if inner.length() == Some(0) {
        let computed = crypt::sha256(b"");
        return if computed == declared { inner } else { refused(Refusal::PayloadHash { computed }) };
    }
    let length = inner.length();
    Body::from_stream(Hashed { inner, digest: Some(Digest::new(Algorithm::Sha256)), declared }, length)
}

fn refused(refusal: Refusal) -> Body {
    Body::from_stream(futures_util::stream::iter([Err(BodyError::Refused(refusal))]), None)
}
