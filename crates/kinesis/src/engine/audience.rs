//! What the subscribers of one shard share: a page is read and written once, however many it is said to.
//!
//! ```text
//! shard ─► Audience ─► the newest page ─► as JSON │ as CBOR, each written by whoever needs it first
//! ```
//! An audience lives as long as a subscription of its shard does, and keeps one page: subscribers at the tip are all woken by the same put, and
//! want the same records. Who lags reads for itself. What is kept of all audiences together is bounded; where the bound is reached, everyone
//! reads for itself again.

use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, OnceLock, Weak};
use std::time::Duration;

use base::{ByteSize, Timestamp};
use bytes::Bytes;
use store::Seq;

use super::read::Reading;
use crate::tables::StreamId;

/// Bytes of records that all audiences keep together. Written forms are up to one and a half times as much again.
const KEPT_BYTES_MAX: usize = ByteSize::mib(4).as_usize();
/// How old a page may be that is said again: what it tells of the distance to the tip is of the time it was read.
const FRESH: Duration = Duration::from_millis(200);
/// Audiences without a subscription are forgotten once this many stand in the table.
const AUDIENCES_MAX: usize = 1_024;

/// What one event says.
#[derive(Debug)]
pub struct Page {
    /// What was read.
    pub reading: Reading,
    /// A number after which reading may go on; `None` at the shard's end.
    pub continuation: Option<String>,
    written: [OnceLock<Bytes>; 2],
}

/// In which form a page is written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Form {
    /// JSON 1.1.
    Json,
    /// CBOR.
    Cbor,
}

impl Page {
    pub(super) fn new(reading: Reading, continuation: Option<String>) -> Self {
        Self { reading, continuation, written: Default::default() }
    }

    /// The page in a form, written by `write` if nobody did before.
    pub fn written(&self, form: Form, write: impl FnOnce(&Self) -> Bytes) -> Bytes {
        self.written[form as usize].get_or_init(|| write(self)).clone()
    }

    fn bytes(&self) -> usize {
        self.reading.records.iter().map(|record| record.data.len()).sum()
    }
}

/// The audiences there are, by shard.
#[derive(Default)]
pub(super) struct Audiences {
    all: Mutex<HashMap<(StreamId, u32), Weak<Audience>>>,
    kept_bytes: Arc<AtomicUsize>,
}

impl Audiences {
    /// The audience of a shard, for one more subscriber.
    pub(super) fn of(&self, stream: StreamId, shard: u32) -> Arc<Audience> {
        let mut all = self.all.lock().expect("nothing panics while the audiences are held");
        if let Some(audience) = all.get(&(stream, shard)).and_then(Weak::upgrade) {
            return audience;
        }
        if all.len() >= AUDIENCES_MAX {
            all.retain(|_, audience| audience.strong_count() > 0);
        }
        let audience = Arc::new(Audience { kept: Mutex::default(), kept_bytes: self.kept_bytes.clone() });
        all.insert((stream, shard), Arc::downgrade(&audience));
        audience
    }
}

/// The subscribers of one shard.
pub(super) struct Audience {
    kept: Mutex<Option<Kept>>,
    /// Of all audiences.
    kept_bytes: Arc<AtomicUsize>,
}

struct Kept {
    from: Seq,
    read: Duration,
    page: Arc<Page>,
}

impl Audience {
    /// The page that begins here, if it was read just now and nothing of it is beyond the `horizon`.
    pub(super) fn page(&self, from: Seq, now: Duration, horizon: Timestamp) -> Option<Arc<Page>> {
        let kept = self.kept.lock().expect("nothing panics while the page is held");
        let kept = kept.as_ref().filter(|kept| kept.from == from && now.saturating_sub(kept.read) < FRESH)?;
        kept.page.reading.records.first().filter(|record| record.arrival >= horizon)?;
        Some(kept.page.clone())
    }

    /// Keeps a page for the others, if there are any. A page of encrypted records is everyone's own: each asks for the key.
    pub(super) fn keep(self: &Arc<Self>, from: Seq, now: Duration, page: &Arc<Page>) {
        let reading = &page.reading;
        let own = reading.records.is_empty()
            || reading.ended.is_some()
            || reading.records.iter().any(|record| record.encrypted);
        if own || Arc::strong_count(self) < 2 {
            return;
        }
        let mut kept = self.kept.lock().expect("nothing panics while the page is held");
        self.forget(&mut kept);
        let bytes = page.bytes();
        if self.kept_bytes.fetch_add(bytes, Ordering::Relaxed) + bytes > KEPT_BYTES_MAX {
            self.kept_bytes.fetch_sub(bytes, Ordering::Relaxed);
            return;
        }
        *kept = Some(Kept { from, read: now, page: page.clone() });
    }

    /// Nothing comes: the page is wanted no more.
    pub(super) fn rest(&self) {
        self.forget(&mut self.kept.lock().expect("nothing panics while the page is held"));
    }

    fn forget(&self, kept: &mut Option<Kept>) {
        if let Some(kept) = kept.take() {
            self.kept_bytes.fetch_sub(kept.page.bytes(), Ordering::Relaxed);
        }
    }
}

impl Drop for Audience {
    fn drop(&mut self) {
        self.rest();
    }
}
