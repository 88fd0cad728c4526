//! What stands before the room: websites ([`crate::site`]), and the log of who asked for what.

use std::sync::Arc;

use base::Timestamp;
use body::Body;
use futures_util::future::BoxFuture;
use futures_util::stream;
use http::header::{CONTENT_LENGTH, CONTENT_RANGE, HOST};
use service::{AnyRoom, Fault, Incoming, Room};
use wire::{Answer, Protocol};

use crate::engine::S3;
use crate::engine::logs::{Entry, Logged};
use crate::ops::logged;
use crate::site::element;

/// Bytes of an error document that are looked at for its code.
const ERROR_BYTES_MAX: u64 = 64 << 10;

/// The room as the door sees it.
pub struct Front {
    room: Arc<Room<S3>>,
}

impl std::fmt::Debug for Front {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Front(..)")
    }
}

impl Front {
    /// Before a room.
    pub fn new(room: Arc<Room<S3>>) -> Self {
        Self { room }
    }

    pub(crate) fn state(&self) -> &Arc<S3> {
        self.room.state()
    }

    async fn serve(&self, incoming: Incoming) -> Answer {
        let bucket = incoming.head.labels.iter().find(|(name, _)| *name == "Bucket");
        let watched = match bucket {
            Some((_, bucket)) => self.state().watched(bucket).await,
            None => None,
        };
        let Some(watched) = watched else { return self.room.call(incoming).await };
        let entry = watched.logged.then(|| logged::entry(&incoming, self.state().clock().now()));
        let answer = if watched.told {
            logged::cause(&incoming).beside(self.room.call(incoming)).await
        } else {
            self.room.call(incoming).await
        };
        match entry {
            Some(entry) => self.log(answer, watched.bucket, entry).await,
            None => answer,
        }
    }

    /// Writes a line about an answer, once all of it was sent or it was given up.
    async fn log(&self, mut answer: Answer, logged: Logged, mut entry: Entry) -> Answer {
        entry.status = answer.status;
        let header = |name: &http::HeaderName| {
            answer.headers.iter().find(|(found, _)| found == name).and_then(|(_, value)| value.to_str().ok())
        };
        if entry.version.is_none() {
            entry.version = header(&http::HeaderName::from_static("x-amz-version-id")).map(str::to_owned);
        }
        if entry.reads && answer.status < 300 {
            let total = header(&CONTENT_RANGE).and_then(|range| range.rsplit('/').next()?.parse().ok());
            let whole = || header(&CONTENT_LENGTH).and_then(|length| length.parse().ok());
            entry.object_bytes = total.or_else(whole).or(answer.body.length());
        }
        if answer.status >= 300 {
            entry.object_bytes = None;
            let document = answer.body.collect(ERROR_BYTES_MAX).await.unwrap_or_default();
            let code = std::str::from_utf8(&document).ok().and_then(|text| element(text, "Code"));
            entry.code = code.or_else(|| entry.code_of_status());
            answer.body = document.into();
        }
        entry.turned = self.state().clock().now();
        let length = answer.body.length();
        let tail = Tail { s3: self.state().clone(), logged, entry: Some(entry) };
        let sending = stream::try_unfold((answer.body, tail), |(mut body, mut tail)| async move {
            match body.next().await.transpose()? {
                Some(piece) => {
                    if let Some(entry) = &mut tail.entry {
                        entry.sent_bytes += piece.len() as u64;
                    }
                    Ok(Some((piece, (body, tail))))
                }
                None => Ok(None),
            }
        });
        answer.body = Body::from_stream(sending, length);
        answer
    }
}

/// Writes the line when it is dropped: after the last byte, or when the client went away.
struct Tail {
    s3: Arc<S3>,
    logged: Logged,
    entry: Option<Entry>,
}

impl Drop for Tail {
    fn drop(&mut self) {
        if let Some(entry) = self.entry.take() {
            let now: Timestamp = self.s3.clock().now();
            self.s3.log_access(&self.logged, &entry, now);
        }
    }
}

impl AnyRoom for Front {
    fn service(&self) -> &'static wire::Service {
        self.room.service()
    }

    fn implements(&self, operation: &str) -> bool {
        self.room.implements(operation)
    }

    fn body_bytes_max(&self, operation: &'static wire::Operation) -> u64 {
        self.room.body_bytes_max(operation)
    }

    fn call(&self, incoming: Incoming) -> BoxFuture<'_, Answer> {
        Box::pin(self.serve(incoming))
    }

    fn refuse(&self, protocol: Protocol, fault: &Fault, request_id: &str, host_id: &str) -> Answer {
        self.room.refuse(protocol, fault, request_id, host_id)
    }
}

/// The host as the client called it.
pub(crate) fn host_of(incoming: &Incoming) -> Option<String> {
    incoming.head.headers.get(HOST)?.to_str().ok().map(str::to_owned)
}
