//! The operating system's randomness behind the handle every floor takes.
//!
//! Ids are drawn a few bytes at a time, thousands a second, so the system is asked for half a kilobyte at once; bytes are wiped as
//! they are handed out.

use base::Random;
use zeroize::Zeroize;

/// How many bytes are asked for at once. Larger draws go to the system directly.
const POOL_BYTES: usize = 512;

/// A source fit for keys, ids and nonces.
pub fn random() -> Random {
    let mut pool = [0u8; POOL_BYTES];
    let mut used = POOL_BYTES;
    Random::new(move |bytes| {
        if bytes.len() > POOL_BYTES {
            return draw(bytes);
        }
        if used + bytes.len() > POOL_BYTES {
            draw(&mut pool);
            used = 0;
        }
        let taken = &mut pool[used..used + bytes.len()];
        bytes.copy_from_slice(taken);
        taken.zeroize();
        used += bytes.len();
    })
}

fn draw(bytes: &mut [u8]) {
    getrandom::fill(bytes).expect("the operating system gives randomness to a running process");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_draws_are_alike() {
        let random = random();
        let drawn: std::collections::HashSet<[u8; 16]> = (0..1_000).map(|_| random.bytes()).collect();
        assert_eq!(drawn.len(), 1_000);
        let mut large = [0; 2 * POOL_BYTES];
        random.fill(&mut large);
        assert!(large.chunks(16).all(|piece| piece != [0; 16]));
    }
}
