//! Many readers of endless answers, for fan-out: each sends one request and then only takes what comes, counting its bytes.

use std::io::{self, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::Duration;

/// How long anything may take to arrive.
const PATIENCE: Duration = Duration::from_secs(30);

/// Readers under way. They end when the server closes.
#[derive(Debug)]
pub struct Listeners {
    taken: Vec<Arc<AtomicU64>>,
    came: Arc<(Mutex<()>, Condvar)>,
}

impl Listeners {
    /// Sends each request on a connection of its own, and reads what it is answered from then on.
    pub fn start(address: SocketAddr, requests: Vec<Vec<u8>>) -> io::Result<Self> {
        let came = Arc::new((Mutex::new(()), Condvar::new()));
        let mut taken = Vec::with_capacity(requests.len());
        for request in requests {
            let mut socket = TcpStream::connect(address)?;
            socket.write_all(&request)?;
            let bytes = Arc::new(AtomicU64::new(0));
            taken.push(bytes.clone());
            let came = came.clone();
            std::thread::Builder::new().name("listener".to_owned()).stack_size(128 << 10).spawn(
                move || {
                    let mut buffer = vec![0; 64 << 10];
                    while let Ok(count @ 1..) = socket.read(&mut buffer) {
                        bytes.fetch_add(count as u64, Ordering::Release);
                        came.1.notify_all();
                    }
                },
            )?;
        }
        Ok(Self { taken, came })
    }

    /// Bytes each has taken so far.
    pub fn taken(&self) -> Vec<u64> {
        self.taken.iter().map(|bytes| bytes.load(Ordering::Acquire)).collect()
    }

    /// Waits until each has taken at least this many bytes more than in `before`.
    pub fn await_more(&self, before: &[u64], bytes: u64) -> io::Result<()> {
        let enough = |listeners: &Self| {
            listeners.taken().iter().zip(before).all(|(now, before)| now - before >= bytes)
        };
        let mut held = self.came.0.lock().unwrap_or_else(PoisonError::into_inner);
        let mut patience = PATIENCE;
        const GLANCE: Duration = Duration::from_millis(5);
        while !enough(self) {
            patience = patience.checked_sub(GLANCE).ok_or(io::ErrorKind::TimedOut)?;
            held = self.came.1.wait_timeout(held, GLANCE).unwrap_or_else(PoisonError::into_inner).0;
        }
        Ok(())
    }
}
