//! Deletion waits by the movable clock, and takes everything with it.

use std::time::Duration;

use serde_json::json;

use crate::harness::{DAY, START, arn, texts, world};

#[tokio::test]
async fn a_key_waits_and_goes_with_its_aliases_and_grants() {
    let world = world();
    let key = world.key().await;
    world.call("CreateAlias", json!({"AliasName": "alias/a", "TargetKeyId": key})).await.ok();
    let grant = json!({"KeyId": key, "GranteePrincipal": "arn:aws:iam::000000000000:user/a", "Operations": ["Decrypt"]});
    world.call("CreateGrant", grant).await.ok();
    let sealed = world.encrypt(&key, "hush").await;
    let input = json!({"KeyId": key, "PendingWindowInDays": 7});
    let told = world.call("ScheduleKeyDeletion", input).await.ok();
    assert_eq!((&told["KeyId"], &told["KeyState"]), (&json!(arn(&key)), &json!("PendingDeletion")));
    assert_eq!(told["DeletionDate"].as_f64().unwrap() as i64, START.plus(7 * DAY).as_secs());
    let metadata = world.metadata(&key).await;
    assert_eq!((&metadata["Enabled"], &metadata["DeletionDate"]), (&json!(false), &told["DeletionDate"]));
    world.pass(7 * DAY - Duration::from_secs(1)).await;
    assert_eq!(world.state(&key).await, "PendingDeletion");
    world.pass(Duration::from_secs(2)).await;
    world.call("DescribeKey", json!({"KeyId": key})).await.refused("NotFoundException");
    world.call("DescribeKey", json!({"KeyId": "alias/a"})).await.refused("NotFoundException");
    world.call("Decrypt", json!({"CiphertextBlob": sealed})).await.refused("AccessDeniedException");
    assert!(texts(&world.call("ListKeys", json!({})).await.ok()["Keys"], "KeyId").is_empty());
    assert!(nothing_left(&world).await, "no row of it is left");
    let other = world.key().await;
    world.call("CreateAlias", json!({"AliasName": "alias/a", "TargetKeyId": other})).await.ok();
}

async fn nothing_left(world: &crate::harness::World) -> bool {
    let scan = store::Scan {
        start: store::Key::from_static(&[0x05]),
        end: store::Key::from_static(&[0x06]),
        reverse: false,
        limit: 10,
    };
    world.store.snapshot().scan(scan).await.unwrap().is_empty()
}

#[tokio::test]
async fn a_cancelled_deletion_leaves_the_key_disabled() {
    let world = world();
    let key = world.key().await;
    let sealed = world.encrypt(&key, "hush").await;
    world.call("ScheduleKeyDeletion", json!({"KeyId": key})).await.ok();
    let told = world.call("CancelKeyDeletion", json!({"KeyId": key})).await.ok();
    assert_eq!(told["KeyId"], arn(&key));
    assert_eq!(world.state(&key).await, "Disabled");
    world.pass(40 * DAY).await;
    world.call("EnableKey", json!({"KeyId": key})).await.ok();
    assert_eq!(world.decrypt(&sealed).await, "hush");
    let again = world.call("CancelKeyDeletion", json!({"KeyId": key})).await;
    assert_eq!(again.refused("KMSInvalidStateException"), format!("{} is not pending deletion.", arn(&key)));
}

#[tokio::test]
async fn the_wait_is_seven_to_thirty_days() {
    let world = world();
    let key = world.key().await;
    for days in [0, 6, 31] {
        let input = json!({"KeyId": key, "PendingWindowInDays": days});
        world.call("ScheduleKeyDeletion", input).await.refused("ValidationException");
    }
    let told = world.call("ScheduleKeyDeletion", json!({"KeyId": key})).await.ok();
    assert_eq!(told["PendingWindowInDays"], 30);
}

/// More grants than one commit removes.
#[tokio::test]
async fn many_grants_go_in_slices() {
    let world = world();
    let key = world.key().await;
    for number in 0..255 {
        let grantee = format!("arn:aws:iam::000000000000:user/u{number}");
        let input = json!({"KeyId": key, "GranteePrincipal": grantee, "Operations": ["Decrypt"]});
        world.call("CreateGrant", input).await.ok();
    }
    world.call("ScheduleKeyDeletion", json!({"KeyId": key})).await.ok();
    world.pass(31 * DAY).await;
    assert!(nothing_left(&world).await);
}
