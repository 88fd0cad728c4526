//! Browsers' forms, cut into pieces of any size, and the policies that come with them: refused or understood, without a panic.
#![no_main]

use base::Timestamp;
use body::Body;
use bytes::Bytes;
use door::form::multipart::{FIELDS_BYTES_MAX, Form, boundary};
use door::form::{Fields, policy};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: (&[u8], u8, &str)| {
    let (data, size, text) = input;
    let pieces: Vec<_> =
        data.chunks(usize::from(size) + 1).map(|piece| Ok(Bytes::copy_from_slice(piece))).collect();
    let body = Body::from_stream(futures_util::stream::iter(pieces), Some(data.len() as u64));
    let mut form = Form::new(body, "xx");
    futures_executor::block_on(async {
        let mut held = 0;
        while let Ok(Some(part)) = form.next().await {
            if part.name == "file" {
                let _ = form.into_last().collect(u64::MAX).await;
                return;
            }
            let Ok(value) = form.value().await else { return };
            held += value.len();
            assert!(held <= 2 * FIELDS_BYTES_MAX);
        }
    });
    let _ = boundary(text);
    let mut fields = Fields::default();
    fields.push("key", "k".to_owned());
    let encoded = base64_simd::STANDARD.encode_to_string(text);
    let _ = policy::check(&encoded, &fields, "b", Timestamp::EPOCH);
});
