//! The headers of encryption, which are refused or understood; and sealed bytes, which open as they were sealed or not at all.
#![no_main]

use base::{Clock, Random, Timestamp};
use crypt::HmacKey;
use futures_executor::block_on;
use libfuzzer_sys::fuzz_target;
use s3::engine::sealing::customer::{CustomerKey, Names};
use s3::engine::sealing::wanted::{Said, parse_context};
use s3::engine::sealing::{Keys, open_blob, seal_body};
use s3::tables::NEW_BUCKET;
use storage::Model;
use store::{BlobRef, Store};

fuzz_target!(|input: (Headers<'_>, &[u8], bool, usize, u8)| {
    let (headers, bytes, two_layers, at, flip) = input;
    headers_are_refused_or_understood(headers);
    let keys = if two_layers {
        Keys::Two { inner: HmacKey::new(b"inner"), outer: HmacKey::new(b"outer") }
    } else {
        Keys::One(HmacKey::new(b"one"))
    };
    block_on(sealed_bytes_open_or_do_not(&keys, bytes, at, flip));
});

type Headers<'a> = (Option<&'a str>, Option<&'a str>, Option<&'a str>, Option<&'a str>);

fn headers_are_refused_or_understood((method, key, context, md5): Headers<'_>) {
    if let Some(pairs) = context.and_then(|context| parse_context(context).ok()) {
        assert!(pairs.is_sorted());
    }
    let customer = CustomerKey::parse(Names::OBJECT, method, key, md5).ok().flatten();
    if let Some(customer) = &customer {
        assert!(method == Some("AES256") && key.is_some() && !customer.md5.is_empty());
    }
    let text = |text: Option<&str>| text.map(str::to_owned);
    let said = Said { method: text(method), key: text(key), context: text(context), bucket_key: None, customer };
    let _ = said.wanted(&NEW_BUCKET);
}

/// `bytes` as they are are no sealed blob; sealed they are read back, and with a byte changed they are not.
async fn sealed_bytes_open_or_do_not(keys: &Keys, bytes: &[u8], at: usize, flip: u8) {
    let store = Model::new(Clock::manual(Timestamp::EPOCH), Random::seeded(1));
    let (blob, size) = (BlobRef(7), bytes.len() as u64);
    if size == 0 {
        return;
    }
    let _foreign = store.put_named(BlobRef(8), bytes.to_vec().into());
    assert!(open_blob(&*store, keys, BlobRef(8), size, 0..size).await.is_err());
    let sealed = seal_body(keys, blob, bytes.to_vec().into()).collect(u64::MAX).await.expect("it is in memory");
    let _kept = store.put_named(blob, sealed.clone());
    let start = at as u64 % size;
    let opened = open_blob(&*store, keys, blob, size, start..size).await.expect("it is authentic");
    let opened = opened.collect(u64::MAX).await.expect("all of it is authentic");
    assert_eq!(opened, bytes[start as usize..]);
    if flip != 0 {
        let mut changed = sealed.to_vec();
        let place = at % changed.len();
        changed[place] ^= flip;
        let _changed = store.put_named(blob, changed.into());
        match open_blob(&*store, keys, blob, size, 0..size).await {
            Ok(body) => assert!(body.collect(u64::MAX).await.is_err()),
            Err(_) => {}
        }
    }
}
