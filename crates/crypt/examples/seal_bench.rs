//! Prints how fast bytes are sealed and opened, beside what the cipher does alone: `cargo run --release -p crypt --example seal_bench`.

use std::hint::black_box;
use std::time::{Duration, Instant};

use base::Secret;
use crypt::{HmacKey, SealKey, TAG_BYTES};
use ring::aead::{AES_256_GCM, Aad, LessSafeKey, Nonce, UnboundKey};

/// How long each figure is measured.
const ENOUGH: Duration = Duration::from_secs(1);
/// Plaintext bytes of a frame of a sealed object.
const FRAME: usize = (64 << 10) - TAG_BYTES;

fn main() {
    let key = SealKey::new(&Secret::new([7; 32])).expect("32 bytes");
    let bare = LessSafeKey::new(UnboundKey::new(&AES_256_GCM, &[7; 32]).expect("32 bytes"));
    let master = HmacKey::new(&[9; 32]);
    let context = [1; 25];
    let mut frame = vec![5; FRAME];
    rate("cipher alone, 64 KiB frames", FRAME, || {
        let nonce = Nonce::assume_unique_for_key([3; 12]);
        let sealed = bare.seal_in_place_separate_tag(nonce, Aad::from(&context), &mut frame);
        black_box(sealed.is_ok());
    });
    rate("sealed in place, 64 KiB frames", FRAME, || {
        black_box(key.seal_in_place(3, &context, &mut frame));
    });
    let mut sealed = frame.clone();
    let tag = key.seal_in_place(3, &context, &mut sealed);
    sealed.extend_from_slice(&tag);
    let mut room = Vec::with_capacity(sealed.len());
    rate("copied and opened, 64 KiB frames", FRAME, || {
        room.clear();
        room.extend_from_slice(&sealed);
        black_box(key.open_in_place(3, &context, &mut room).is_ok());
    });
    rate("copied alone, 64 KiB frames", FRAME, || {
        room.clear();
        room.extend_from_slice(black_box(&sealed));
    });
    let mut small = vec![5; 4 << 10];
    rate("4 KiB under a key of its own", small.len(), || {
        let key = SealKey::derived(&master, black_box(b"blob0123456789abcdef"));
        black_box(key.seal_in_place(0, &context, &mut small));
    });
    rate("the key of a blob (bytes mean nothing)", 1, || {
        black_box(SealKey::derived(&master, black_box(b"blob0123456789abcdef")));
    });
}

/// Runs it over and over.
#[expect(clippy::disallowed_methods, reason = "a bench measures real time")]
fn rate(what: &str, bytes: usize, mut step: impl FnMut()) {
    let start = Instant::now();
    let mut rounds = 0_u64;
    while start.elapsed() < ENOUGH {
        for _ in 0..64 {
            step();
        }
        rounds += 64;
    }
    let took = start.elapsed();
    let gigabytes = (rounds * bytes as u64) as f64 / took.as_secs_f64() / 1e9;
    println!("{what:40} {gigabytes:7.2} GB/s {:9.0} ns each", took.as_nanos() as f64 / rounds as f64);
}
