//! The CRC of two parts joined, from the CRCs of the parts: what S3 calls a full-object checksum of a multipart upload.
//!
//! Appending `n` bytes to a message multiplies its remainder by x^(8n) modulo the polynomial; the rest is exclusive or. The
//! power is built by squaring, so the cost grows with the logarithm of the length. All three CRCs are bit-reflected with equal
//! initial and final masks, which cancel.

use crate::digest::{Algorithm, Sum};

/// The sum of `first` followed by `second`, where `second` covers `second_bytes` bytes. `None` unless both are of one CRC.
pub fn combine(first: Sum, second: Sum, second_bytes: u64) -> Option<Sum> {
    let algorithm = first.algorithm();
    if algorithm != second.algorithm() {
        return None;
    }
    let field = match algorithm {
        Algorithm::Crc32 => Field { polynomial: 0xedb8_8320, width: 32 },
        Algorithm::Crc32c => Field { polynomial: 0x82f6_3b78, width: 32 },
        Algorithm::Crc64Nvme => Field { polynomial: 0x9a6c_9329_ac4b_c9b5, width: 64 },
        Algorithm::Md5
        | Algorithm::Sha1
        | Algorithm::Sha256
        | Algorithm::Sha512
        | Algorithm::XxHash64
        | Algorithm::XxHash3
        | Algorithm::XxHash128 => return None,
    };
    let shifted = field.multiply(field.power_of_x(u128::from(second_bytes) * 8), number(&first));
    let joined = (shifted ^ number(&second)).to_be_bytes();
    Sum::from_bytes(algorithm, &joined[8 - algorithm.length()..])
}

fn number(sum: &Sum) -> u64 {
    sum.as_bytes().iter().fold(0, |number, byte| (number << 8) | u64::from(*byte))
}

/// Polynomials over GF(2) modulo `polynomial`, bit-reflected: the highest bit is the coefficient of x^0.
struct Field {
    polynomial: u64,
    width: u32,
}

impl Field {
    fn one(&self) -> u64 {
        1 << (self.width - 1)
    }

    fn times_x(&self, a: u64) -> u64 {
        if a & 1 == 1 { (a >> 1) ^ self.polynomial } else { a >> 1 }
    }

    fn multiply(&self, a: u64, b: u64) -> u64 {
        let (mut product, mut b_shifted) = (0, b);
        for bit in (0..self.width).rev() {
            if a >> bit & 1 == 1 {
                product ^= b_shifted;
            }
            b_shifted = self.times_x(b_shifted);
        }
        product
    }

    fn power_of_x(&self, mut exponent: u128) -> u64 {
        let (mut power, mut square) = (self.one(), self.times_x(self.one()));
        while exponent > 0 {
            if exponent & 1 == 1 {
                power = self.multiply(power, square);
            }
            square = self.multiply(square, square);
            exponent >>= 1;
        }
        power
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn hashes_do_not_combine() {
        let sum = Algorithm::Sha256.of(b"a");
        assert_eq!(combine(sum, sum, 1), None);
        assert_eq!(combine(Algorithm::Crc32.of(b"a"), Algorithm::Crc32c.of(b"a"), 1), None);
    }

    proptest! {
        #[test]
        fn joined_parts_have_the_sum_of_the_whole(first: Vec<u8>, second: Vec<u8>) {
            let whole: Vec<u8> = first.iter().chain(&second).copied().collect();
            for algorithm in [Algorithm::Crc32, Algorithm::Crc32c, Algorithm::Crc64Nvme] {
                let joined = combine(algorithm.of(&first), algorithm.of(&second), second.len() as u64);
                prop_assert_eq!(joined, Some(algorithm.of(&whole)));
            }
        }
    }
}
