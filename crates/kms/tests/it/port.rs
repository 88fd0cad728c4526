//! Data keys for the other rooms.

use base::Region;
use ports::{KeyError, KeyService, KeyUse, Principal};
use serde_json::json;

use crate::harness::{NO_KEY, World, arn, root, text, user, world};

fn on<'a>(principal: &'a Principal, region: &'a Region, context: &'a [(String, String)]) -> KeyUse<'a> {
    KeyUse { principal, region, via: "s3", context }
}

fn context() -> Vec<(String, String)> {
    vec![("aws:s3:arn".to_owned(), "arn:aws:s3:::b/k".to_owned())]
}

async fn made(world: &World, key: &str) -> Result<ports::DataKey, KeyError> {
    let (root, region, context) = (root(), Region::us_east_1(), context());
    world.room.state().generate(key, on(&root, &region, &context)).await
}

#[tokio::test]
async fn a_data_key_opens_with_its_context_alone() {
    let world = world();
    let key = world.key().await;
    let made = made(&world, &key).await.unwrap();
    assert_eq!((made.key.as_str(), made.plaintext.expose().len()), (arn(&key).as_str(), 32));
    let (root, region) = (root(), Region::us_east_1());
    let kms = world.room.state();
    let context = context();
    let opened = kms.decrypt(&made.ciphertext, on(&root, &region, &context)).await.unwrap();
    assert!(opened == made.plaintext);
    let other = kms.decrypt(&made.ciphertext, on(&root, &region, &[])).await;
    assert_eq!(other.err(), Some(KeyError::InvalidCiphertext));
    let nonsense = kms.decrypt(b"nonsense", on(&root, &region, &[])).await;
    assert_eq!(nonsense.err(), Some(KeyError::InvalidCiphertext));
}

#[tokio::test]
async fn a_service_s_key_is_made_once_by_however_many() {
    let world = world();
    let kms = world.room.state().clone();
    let calls = (0..16).map(|_| {
        let kms = kms.clone();
        tokio::spawn(async move {
            let (root, region) = (root(), Region::us_east_1());
            kms.generate("alias/aws/s3", on(&root, &region, &[])).await.unwrap().key
        })
    });
    let mut keys = Vec::new();
    for call in calls.collect::<Vec<_>>() {
        keys.push(call.await.unwrap());
    }
    keys.dedup();
    assert_eq!(keys.len(), 1);
    let listed = world.call("ListKeys", json!({})).await.ok();
    assert_eq!(listed["Keys"].as_array().unwrap().len(), 1);
    let policy = world.call("GetKeyPolicy", json!({"KeyId": keys[0].as_str()})).await.ok();
    assert!(text(&policy["Policy"]).contains("s3.us-east-1.amazonaws.com"));
}

#[tokio::test]
async fn refusals_say_what_is_wrong() {
    let world = world();
    let key = world.key().await;
    let ciphertext = made(&world, &key).await.unwrap().ciphertext;
    assert!(
        matches!(made(&world, NO_KEY).await, Err(KeyError::NotFound(text)) if text.contains("does not exist"))
    );
    assert!(matches!(made(&world, "alias/none").await, Err(KeyError::NotFound(_))));
    let mac = world.create(json!({"KeySpec": "HMAC_256", "KeyUsage": "GENERATE_VERIFY_MAC"})).await;
    assert!(matches!(made(&world, &mac).await, Err(KeyError::InvalidUsage(_))));
    world.call("DisableKey", json!({"KeyId": key})).await.ok();
    assert_eq!(
        made(&world, &key).await.err(),
        Some(KeyError::Disabled(format!("{} is disabled.", arn(&key))))
    );
    let (somebody, region, context) = (user("u"), Region::us_east_1(), context());
    let denied = world.room.state().decrypt(&ciphertext, on(&somebody, &region, &context)).await;
    assert!(matches!(denied, Err(KeyError::Denied(text)) if text.contains("kms:Decrypt")));
    world.call("ScheduleKeyDeletion", json!({"KeyId": key})).await.ok();
    assert!(matches!(made(&world, &key).await, Err(KeyError::InvalidState(_))));
}

#[tokio::test]
async fn names_are_resolved_without_use() {
    let world = world();
    let key = world.key().await;
    world.call("CreateAlias", json!({"AliasName": "alias/a", "TargetKeyId": key})).await.ok();
    world.call("DisableKey", json!({"KeyId": key})).await.ok();
    let (somebody, region) = (user("u"), Region::us_east_1());
    for name in [key.clone(), arn(&key), "alias/a".to_owned()] {
        let found = world.room.state().resolve(&name, on(&somebody, &region, &[])).await;
        assert_eq!(found.unwrap().as_str(), arn(&key));
    }
}
