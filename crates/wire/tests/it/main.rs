//! The fuzz targets over mutated documents. `WIRE_FUZZ_ROUNDS` says how many mutations each gets; the default suits the everyday run.

#[path = "../../../../fuzz/src/lib.rs"]
pub mod fuzz;

/// Mutations of each target's seeds when nothing else is said.
const ROUNDS: u64 = 3_000;
/// Documents do not grow beyond this.
const BYTES_MAX: usize = 4_096;

/// A small generator of numbers (splitmix64).
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ self.0 >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ mixed >> 31
    }

    fn below(&mut self, bound: usize) -> usize {
        (self.next() % bound as u64) as usize
    }
}

/// A document changed in a few places: bytes flipped, dropped, put in, repeated, or swapped for what breaks parsers.
fn mutate(document: &mut Vec<u8>, other: &[u8], dice: &mut Dice) {
    const STRANGE: [&[u8]; 16] = [
        b"\xff",
        b"\0",
        b"\"",
        b"<",
        b">",
        b"&#x0;",
        b"]]>",
        b"<!--",
        b"{",
        b"[",
        b"1e999",
        b"\\ud800",
        b"\xbf",
        b"\x9f",
        b"\xfb\xff\xff\xff\xff\xff\xff\xff\xff",
        b"%zz",
    ];
    for _ in 0..=dice.below(5) {
        let at = dice.below(document.len() + 1);
        match dice.below(7) {
            0 if at < document.len() => document[at] ^= 1 << dice.below(8),
            1 => document.truncate(at),
            2 => drop(document.splice(at..at, STRANGE[dice.below(STRANGE.len())].iter().copied())),
            3 if at < document.len() => drop(document.remove(at)),
            4 => document.extend_from_within(at..),
            5 => {
                let end = (at + dice.below(16)).min(document.len());
                drop(document.drain(at..end));
            }
            _ => {
                let from = dice.below(other.len() + 1);
                let to = (from + dice.below(32)).min(other.len());
                drop(document.splice(at..at, other[from..to].iter().copied()));
            }
        }
        document.truncate(BYTES_MAX);
    }
}

#[test]
fn every_target_survives_mutated_documents() {
    let rounds = std::env::var("WIRE_FUZZ_ROUNDS").ok().and_then(|text| text.parse().ok()).unwrap_or(ROUNDS);
    for (name, target, seeds) in fuzz::seeds() {
        for seed in &seeds {
            target(seed);
        }
        let mut dice = Dice(rounds);
        for round in 0..rounds {
            let mut document = seeds[dice.below(seeds.len())].clone();
            mutate(&mut document, &seeds[dice.below(seeds.len())], &mut dice);
            let survived = std::panic::catch_unwind(|| target(&document));
            assert!(survived.is_ok(), "{name}, round {round}: {}", document.escape_ascii());
        }
    }
}
