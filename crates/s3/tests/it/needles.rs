//! Nothing that must stay secret is found on disk: neither what objects hold nor what opens them.

use std::path::Path;
use std::sync::Arc;

use base::{Clock, Random, Secret};
use futures_util::FutureExt;
use futures_util::future::{BoxFuture, ready};
use ports::{DataKey, KeyError, KeyService, KeyUse};
use s3::Settings;
use storage::Embedded;

use crate::harness::{START, World, world_with_keys};

/// Bytes that occur by chance nowhere.
const NEEDLE: &[u8] = b"needle:7c1e0b5d-9f42:";
const CUSTOMER: [u8; 32] = *b"customer-key-0123456789-abcdefgh";
const DATA_KEY: [u8; 32] = *b"data-key-9876543210-zyxwvutsrqpo";
const MASTER: [u8; 32] = *b"master-key-5555555555-kkkkkkkkkk";

/// A KMS of one key.
struct OneKey;

impl KeyService for OneKey {
    fn generate<'a>(&'a self, key: &'a str, on: KeyUse<'a>) -> BoxFuture<'a, Result<DataKey, KeyError>> {
        let arn = base::Arn::new("kms", on.region, base::AccountId::DEFAULT, &format!("key/{key}"));
        let made = DataKey { plaintext: Secret::new(DATA_KEY), ciphertext: b"sealed".to_vec(), key: arn };
        ready(Ok(made)).boxed()
    }

    fn decrypt<'a>(&'a self, _: &'a [u8], _: KeyUse<'a>) -> BoxFuture<'a, Result<Secret, KeyError>> {
        ready(Ok(Secret::new(DATA_KEY))).boxed()
    }

    fn resolve<'a>(&'a self, key: &'a str, on: KeyUse<'a>) -> BoxFuture<'a, Result<base::Arn, KeyError>> {
        let arn = base::Arn::new("kms", on.region, base::AccountId::DEFAULT, &format!("key/{key}"));
        ready(Ok(arn)).boxed()
    }
}

fn filled(bytes: usize) -> Vec<u8> {
    NEEDLE.iter().copied().cycle().take(bytes).collect()
}

fn base64(bytes: impl AsRef<[u8]>) -> String {
    base64_simd::STANDARD.encode_to_string(bytes)
}

async fn put(world: &World, target: &str, headers: &[(&str, &str)], bytes: usize) {
    let request = world.request("PUT", target).body(filled(bytes));
    let request = headers.iter().fold(request, |request, (name, value)| request.header(name, value));
    request.send().await.is(200);
}

async fn fill(world: &World) {
    world.make("bucket").await;
    let open = "<ServerSideEncryptionConfiguration><Rule><BlockedEncryptionTypes><EncryptionType>NONE</EncryptionType>\
                </BlockedEncryptionTypes></Rule></ServerSideEncryptionConfiguration>";
    world.put("/bucket?encryption", open.to_owned()).await.is(200);
    let (key, md5) = (base64(CUSTOMER), base64(crypt::md5(&CUSTOMER)));
    let customer = [
        ("x-amz-server-side-encryption-customer-algorithm", "AES256"),
        ("x-amz-server-side-encryption-customer-key", key.as_str()),
        ("x-amz-server-side-encryption-customer-key-MD5", md5.as_str()),
    ];
    let kms = [("x-amz-server-side-encryption", "aws:kms")];
    let with_bucket_key = [kms[0], ("x-amz-server-side-encryption-bucket-key-enabled", "true")];
    let dual = [("x-amz-server-side-encryption", "aws:kms:dsse")];
    let ways: [(&str, &[(&str, &str)]); 5] =
        [("s3", &[]), ("c", &customer), ("kms", &kms), ("bucket-key", &with_bucket_key), ("dual", &dual)];
    for (way, headers) in ways {
        for bytes in [100, 20_000, 65_530, 300_000] {
            put(world, &format!("/bucket/{way}/{bytes}"), headers, bytes).await;
        }
    }
    let copy = world.request("PUT", "/bucket/copy").header("x-amz-copy-source", "bucket/kms/300000");
    copy.send().await.is(200);
    let begun = world.request("POST", "/bucket/parts?uploads").send().await.is(200);
    let upload = begun.element("UploadId").unwrap();
    put(world, &format!("/bucket/parts?partNumber=1&uploadId={upload}"), &[], 100_000).await;
}

/// Whether the bytes hold the needle. Most of a journal is zeros, which are passed over.
fn holds(bytes: &[u8], needle: &[u8]) -> bool {
    const CHUNK: usize = 4_096;
    let mut at = 0;
    while at + needle.len() <= bytes.len() {
        let end = (at + CHUNK).min(bytes.len());
        if bytes[at..end] != [0; CHUNK][..end - at] {
            let reach = (end + needle.len() - 1).min(bytes.len());
            if bytes[at..reach].windows(needle.len()).any(|window| window == needle) {
                return true;
            }
        }
        at = end;
    }
    false
}

/// Every file below a directory that holds a needle.
fn found_in(dir: &Path, needles: &[Vec<u8>]) -> (usize, Vec<String>) {
    let (mut files, mut found) = (0, Vec::new());
    for entry in std::fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            let (below, more) = found_in(&path, needles);
            files += below;
            found.extend(more);
            continue;
        }
        files += 1;
        let bytes = std::fs::read(&path).unwrap();
        for needle in needles.iter().filter(|needle| holds(&bytes, needle)) {
            found.push(format!("{} holds {}", path.display(), String::from_utf8_lossy(needle)));
        }
    }
    (files, found)
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_secret_reaches_the_disk() {
    let dir = tempfile::tempdir().unwrap();
    let clock = Clock::manual(START);
    let parts = storage::Parts { clock: clock.clone(), random: Random::seeded(3), disk: None };
    let store = Embedded::open(storage::Settings::new(dir.path()), parts).unwrap();
    let world = world_with_keys(store.clone(), clock.clone(), Settings::default(), Some(Arc::new(OneKey)));
    fill(&world).await;
    let got = world.get("/bucket/s3/300000").await.is(200);
    assert!(got.bytes == filled(300_000));
    drop(world);
    store.close();
    drop(store);
    let mut needles = vec![NEEDLE.to_vec()];
    for secret in [CUSTOMER, DATA_KEY, MASTER] {
        needles.extend([secret.to_vec(), base64(secret).into_bytes(), base::hex(&secret).into_bytes()]);
    }
    // What is kept must be found by the same means, or the search proves nothing.
    let (files, met) = found_in(dir.path(), &[b"bucket-key/20000".to_vec()]);
    assert!(files > 10 && !met.is_empty(), "{files} files");
    let (_, found) = found_in(dir.path(), &needles);
    assert!(found.is_empty(), "{found:#?}");
}
