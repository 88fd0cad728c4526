//! Wakes the delivery of a stream when the stream itself changed, and keeps two deliveries of one stream from running in one process.
//!
//! A hint, not a truth: a delivery that misses a change finds out by the check of its next commit.

use std::collections::HashMap;
use std::sync::Mutex;

use tokio::sync::watch;

use crate::tables::StreamId;

/// One sender for each delivery that runs.
#[derive(Default)]
pub struct Watches(Mutex<HashMap<StreamId, watch::Sender<()>>>);

impl Watches {
    /// Begins to watch a stream; `None` if somebody does already.
    pub fn begin(&self, stream: StreamId) -> Option<watch::Receiver<()>> {
        let mut watched = self.0.lock().expect("nothing panics while the watches are held");
        if watched.contains_key(&stream) {
            return None;
        }
        let (sender, receiver) = watch::channel(());
        watched.insert(stream, sender);
        Some(receiver)
    }

    /// The stream changed.
    pub fn touch(&self, stream: StreamId) {
        let watched = self.0.lock().expect("nothing panics while the watches are held");
        if let Some(sender) = watched.get(&stream) {
            sender.send_replace(());
        }
    }

    /// Its delivery is over.
    pub fn end(&self, stream: StreamId) {
        self.0.lock().expect("nothing panics while the watches are held").remove(&stream);
    }

    /// How many deliveries run.
    pub fn len(&self) -> usize {
        self.0.lock().expect("nothing panics while the watches are held").len()
    }

    /// Whether none runs.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}
