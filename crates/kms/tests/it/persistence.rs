//! What was acknowledged is there after the room was opened again, and nothing secret lies open on the disk.

use std::sync::Arc;
use std::time::Duration;

use base::{Clock, Random};
use serde_json::json;
use service::RootOnly;
use storage::Model;

use crate::harness::{DAY, START, bytes, text, world_over};

#[tokio::test]
async fn a_room_opened_again_goes_on_where_it_was() {
    let clock = Clock::manual(START);
    let model = Model::new(clock.clone(), Random::seeded(1));
    let first = world_over(model.clone(), clock.clone(), Arc::new(RootOnly), 2);
    let key = first.key().await;
    let pair = first.create(json!({"KeySpec": "ECC_NIST_P256", "KeyUsage": "SIGN_VERIFY"})).await;
    first.call("CreateAlias", json!({"AliasName": "alias/a", "TargetKeyId": key})).await.ok();
    first.call("RotateKeyOnDemand", json!({"KeyId": key})).await.ok();
    first.call("ScheduleKeyDeletion", json!({"KeyId": pair, "PendingWindowInDays": 7})).await.ok();
    let sealed = first.encrypt("alias/a", "hush").await;
    let public = first.metadata(&pair).await;
    assert!(first.tasks.stop(Duration::from_secs(5)).await);
    let second = world_over(model, clock, Arc::new(RootOnly), 3);
    assert_eq!(second.decrypt(&sealed).await, "hush");
    assert_eq!(second.metadata(&pair).await, public);
    second.pass(7 * DAY).await;
    second.call("DescribeKey", json!({"KeyId": pair})).await.refused("NotFoundException");
}

/// Two rooms over one store, as two nodes would be: each sees within a second what the other changed.
#[tokio::test]
async fn two_rooms_over_one_store_agree() {
    let clock = Clock::manual(START);
    let model = Model::new(clock.clone(), Random::seeded(1));
    let a = world_over(model.clone(), clock.clone(), Arc::new(RootOnly), 2);
    let b = world_over(model.clone(), clock.clone(), Arc::new(RootOnly), 3);
    let (one, two) = (a.key().await, a.key().await);
    a.call("CreateAlias", json!({"AliasName": "alias/a", "TargetKeyId": one})).await.ok();
    assert_eq!(b.metadata("alias/a").await["KeyId"], one.as_str());
    a.call("UpdateAlias", json!({"AliasName": "alias/a", "TargetKeyId": two})).await.ok();
    a.call("DisableKey", json!({"KeyId": one})).await.ok();
    clock.pass(Duration::from_secs(2));
    assert_eq!(b.metadata("alias/a").await["KeyId"], two.as_str());
    assert_eq!(b.state(&one).await, "Disabled");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_plaintext_and_no_material_is_on_the_disk() {
    let dir = tempfile::tempdir().unwrap();
    let clock = Clock::manual(START);
    let mut settings = storage::Settings::new(dir.path());
    settings.segment_bytes = Some(1 << 20);
    let parts = storage::Parts { clock: clock.clone(), random: Random::seeded(1), disk: None };
    let store = storage::Embedded::open(settings, parts).unwrap();
    let world = world_over(store.clone(), clock, Arc::new(RootOnly), 2);
    let key = world.key().await;
    let data = world.call("GenerateDataKey", json!({"KeyId": key, "KeySpec": "AES_256"})).await.ok();
    let pair = json!({"KeyId": key, "KeyPairSpec": "ECC_NIST_P256"});
    let pair = world.call("GenerateDataKeyPair", pair).await.ok();
    world.encrypt(&key, "a plaintext that must not be found").await;
    assert!(world.tasks.stop(Duration::from_secs(5)).await);
    tokio::task::spawn_blocking(move || store.close()).await.unwrap();
    let mut files = vec![dir.path().to_owned()];
    let mut held = Vec::new();
    while let Some(path) = files.pop() {
        if path.is_dir() {
            files.extend(std::fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path()));
        } else {
            held.extend(std::fs::read(path).unwrap());
        }
    }
    let is_held = |needle: &[u8]| held.windows(needle.len()).any(|window| window == needle);
    assert!(is_held(text(&json!(key)).as_bytes()), "the key's own row is there");
    // The seeded source of this room, drawn as the room draws: the first 32 bytes after the id's are the material.
    let random = Random::seeded(2);
    for _ in 0..64 {
        assert!(!is_held(&random.bytes::<32>()) && !is_held(b"a plaintext that must not"));
    }
    assert!(!is_held(&bytes(&data["Plaintext"])));
    assert!(!is_held(&bytes(&pair["PrivateKeyPlaintext"])[30..]));
}
