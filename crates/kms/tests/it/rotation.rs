//! Rotation: old ciphertexts stay readable, whatever has become the current material.

use serde_json::json;

use crate::harness::{DAY, START, arn, text, texts, world};

#[tokio::test]
async fn a_rotated_key_opens_what_it_sealed_before() {
    let world = world();
    let key = world.key().await;
    let first = text(&world.metadata(&key).await["CurrentKeyMaterialId"]);
    let mut sealed = vec![world.encrypt(&key, "0").await];
    for round in 1..4 {
        let told = world.call("RotateKeyOnDemand", json!({"KeyId": key})).await.ok();
        assert_eq!(told["KeyId"], arn(&key));
        sealed.push(world.encrypt(&key, &round.to_string()).await);
    }
    for (round, sealed) in sealed.iter().enumerate() {
        assert_eq!(world.decrypt(sealed).await, round.to_string());
    }
    let current = text(&world.metadata(&key).await["CurrentKeyMaterialId"]);
    assert_ne!(current, first);
    let listed = world.call("ListKeyRotations", json!({"KeyId": key})).await.ok();
    let rotations = listed["Rotations"].as_array().unwrap();
    assert_eq!(rotations.len(), 3);
    assert!(rotations.iter().all(|rotation| rotation["RotationType"] == "ON_DEMAND"));
    assert_eq!(rotations[2]["KeyMaterialId"], current.as_str());
    let all = json!({"KeyId": key, "IncludeKeyMaterial": "ALL_KEY_MATERIAL", "Limit": 3});
    let page = world.call("ListKeyRotations", all.clone()).await.ok();
    assert_eq!(texts(&page["Rotations"], "KeyMaterialState"), ["NON_CURRENT"; 3]);
    assert_eq!(page["Rotations"][0]["KeyMaterialId"], first.as_str());
    let mut rest = all;
    rest["Marker"] = page["NextMarker"].clone();
    let rest = world.call("ListKeyRotations", rest).await.ok();
    assert_eq!(texts(&rest["Rotations"], "KeyMaterialState"), ["CURRENT"]);
}

#[tokio::test]
async fn twenty_five_rotations_on_demand_are_all() {
    let world = world();
    let key = world.key().await;
    for _ in 0..25 {
        world.call("RotateKeyOnDemand", json!({"KeyId": key})).await.ok();
    }
    let refused =
        world.call("RotateKeyOnDemand", json!({"KeyId": key})).await.refused("LimitExceededException");
    assert!(
        refused.starts_with("The on-demand rotations limit has been reached for the given keyId."),
        "{refused}"
    );
}

#[tokio::test]
async fn a_key_rotates_by_itself_when_its_time_has_come() {
    let world = world();
    let key = world.key().await;
    let status = async || world.call("GetKeyRotationStatus", json!({"KeyId": key})).await.ok();
    assert_eq!(status().await["KeyRotationEnabled"], false);
    world.call("EnableKeyRotation", json!({"KeyId": key, "RotationPeriodInDays": 90})).await.ok();
    let told = status().await;
    assert_eq!((&told["KeyRotationEnabled"], &told["RotationPeriodInDays"]), (&json!(true), &json!(90)));
    assert_eq!(told["NextRotationDate"].as_f64().unwrap() as i64, START.plus(90 * DAY).as_secs());
    let sealed = world.encrypt(&key, "hush").await;
    let first = world.metadata(&key).await["CurrentKeyMaterialId"].clone();
    world.pass(89 * DAY).await;
    assert_eq!(world.metadata(&key).await["CurrentKeyMaterialId"], first);
    world.pass(2 * DAY).await;
    assert_ne!(world.metadata(&key).await["CurrentKeyMaterialId"], first);
    assert_eq!(world.decrypt(&sealed).await, "hush");
    // A year at once: a rotation for each period, each with its own date.
    world.pass(365 * DAY).await;
    let listed = world.call("ListKeyRotations", json!({"KeyId": key})).await.ok();
    let dates: Vec<i64> = listed["Rotations"]
        .as_array()
        .unwrap()
        .iter()
        .map(|rotation| (rotation["RotationDate"].as_f64().unwrap() as i64 - START.as_secs()) / 86_400)
        .collect();
    assert_eq!(dates, [90, 180, 270, 360, 450]);
    world.call("DisableKeyRotation", json!({"KeyId": key})).await.ok();
    world.pass(365 * DAY).await;
    let listed = world.call("ListKeyRotations", json!({"KeyId": key})).await.ok();
    assert_eq!(listed["Rotations"].as_array().unwrap().len(), 5);
}

#[tokio::test]
async fn a_disabled_key_is_rotated_once_when_it_is_enabled_again() {
    let world = world();
    let key = world.key().await;
    world.call("EnableKeyRotation", json!({"KeyId": key})).await.ok();
    world.call("DisableKey", json!({"KeyId": key})).await.ok();
    world.pass(1_200 * DAY).await;
    let rotations = async || {
        let listed = world.call("ListKeyRotations", json!({"KeyId": key})).await.ok();
        listed["Rotations"].as_array().unwrap().len()
    };
    assert_eq!(rotations().await, 0);
    world.call("EnableKey", json!({"KeyId": key})).await.ok();
    world.pass(DAY).await;
    assert_eq!(rotations().await, 1);
}

#[tokio::test]
async fn only_symmetric_keys_rotate() {
    let world = world();
    let mac = world.create(json!({"KeySpec": "HMAC_256", "KeyUsage": "GENERATE_VERIFY_MAC"})).await;
    for operation in [
        "EnableKeyRotation",
        "DisableKeyRotation",
        "GetKeyRotationStatus",
        "RotateKeyOnDemand",
        "ListKeyRotations",
    ] {
        let refused = world.call(operation, json!({"KeyId": mac})).await;
        assert_eq!(refused.refused("UnsupportedOperationException"), "", "{operation}");
    }
}
