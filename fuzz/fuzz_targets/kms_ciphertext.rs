//! Ciphertexts of KMS: any bytes are refused or name a key, and nothing opens that was not sealed.
#![no_main]

use crypt::HmacKey;
use kms::{Blob, Context};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: (&[u8], &str, &str)| {
    let (bytes, name, value) = input;
    if let Ok(blob) = Blob::parse(bytes) {
        assert!(blob.key_id.len() == 36, "a UUID, or `mrk-` and 32 digits");
        let context = Context::from([(name.to_owned(), value.to_owned())]);
        assert!(blob.open(&HmacKey::new(&[7; 32]), &context).is_err());
    }
});
