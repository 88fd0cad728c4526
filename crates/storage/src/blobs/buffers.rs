//! Buffers that are used again, so that a stream of large reads does not fault in fresh pages all the time.

use std::sync::{Arc, Mutex};

use bytes::Bytes;

/// Buffers kept for reuse. Those beyond are freed.
const KEPT_MAX: usize = 8;

/// A few buffers of one size. Clones share them.
#[derive(Clone)]
pub struct Buffers(Arc<Inner>);

struct Inner {
    bytes: usize,
    free: Mutex<Vec<Vec<u8>>>,
}

/// A buffer that goes back when it is dropped.
pub struct Buffer {
    bytes: Vec<u8>,
    home: Buffers,
}

impl Buffers {
    /// Buffers of up to `bytes` bytes.
    pub fn new(bytes: usize) -> Self {
        Self(Arc::new(Inner { bytes, free: Mutex::default() }))
    }

    /// A buffer of the full size; what it holds is left over from its last use.
    pub fn take(&self) -> Buffer {
        let kept = self.0.free.lock().expect("nothing panics while the list is held").pop();
        Buffer { bytes: kept.unwrap_or_else(|| vec![0; self.0.bytes]), home: self.clone() }
    }

    /// A buffer of at least `bytes` bytes, which is at most the full size. One much smaller than that is not kept.
    pub fn take_at_least(&self, bytes: usize) -> Buffer {
        if bytes > self.0.bytes / 2 {
            self.take()
        } else {
            Buffer { bytes: vec![0; bytes], home: self.clone() }
        }
    }
}

impl Buffer {
    /// Turns it into shared bytes; the buffer goes back when the last slice is dropped.
    pub fn freeze(self) -> Bytes {
        Bytes::from_owner(self)
    }
}

impl AsRef<[u8]> for Buffer {
    fn as_ref(&self) -> &[u8] {
        &self.bytes
    }
}

impl AsMut<[u8]> for Buffer {
    fn as_mut(&mut self) -> &mut [u8] {
        &mut self.bytes
    }
}

impl Drop for Buffer {
    fn drop(&mut self) {
        if self.bytes.len() < self.home.0.bytes {
            return;
        }
        let mut free = self.home.0.free.lock().expect("nothing panics while the list is held");
        if free.len() < KEPT_MAX {
            free.push(std::mem::take(&mut self.bytes));
        }
    }
}
