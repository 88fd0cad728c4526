//! Multi-Region keys: one id and one material in several regions, and what else is each region's own. And when keys were last used.

use std::time::Duration;

use base::Region;
use serde_json::{Value, json};

use crate::harness::{Answer, DAY, World, base64, plain, root, text, texts, user, world};

const WEST: &str = "eu-west-1";
const NORTH: &str = "eu-north-1";

async fn call(world: &World, region: &str, operation: &str, input: Value) -> Answer {
    let region = Region::new(region).unwrap();
    world.call_in(region, root(), operation, input).await
}

/// A primary key in us-east-1 with replicas in these regions.
async fn family(world: &World, input: Value, regions: &[&str]) -> String {
    let mut create = json!({"MultiRegion": true});
    create.as_object_mut().unwrap().extend(input.as_object().unwrap().clone());
    let key = world.create(create).await;
    for region in regions {
        let told = world.call("ReplicateKey", json!({"KeyId": key, "ReplicaRegion": region})).await.ok();
        assert_eq!(told["ReplicaKeyMetadata"]["KeyId"], key.as_str());
    }
    key
}

async fn metadata(world: &World, region: &str, key: &str) -> Value {
    call(world, region, "DescribeKey", json!({"KeyId": key})).await.ok()["KeyMetadata"].clone()
}

async fn encrypt(world: &World, region: &str, key: &str, plaintext: &str) -> String {
    let input = json!({"KeyId": key, "Plaintext": base64(plaintext)});
    text(&call(world, region, "Encrypt", input).await.ok()["CiphertextBlob"])
}

async fn decrypt(world: &World, region: &str, sealed: &str) -> String {
    plain(&call(world, region, "Decrypt", json!({"CiphertextBlob": sealed})).await.ok()["Plaintext"])
}

#[tokio::test]
async fn what_one_region_sealed_every_other_opens_after_rotations_too() {
    let world = world();
    let key = family(&world, json!({}), &[WEST]).await;
    let first = encrypt(&world, "us-east-1", &key, "first").await;
    world.call("RotateKeyOnDemand", json!({"KeyId": key})).await.ok();
    let late = json!({"KeyId": key, "ReplicaRegion": NORTH, "Description": "late", "Tags": [{"TagKey": "a", "TagValue": "b"}]});
    let told = world.call("ReplicateKey", late).await.ok();
    assert_eq!(told["ReplicaTags"][0]["TagKey"], "a");
    assert!(text(&told["ReplicaPolicy"]).contains("Enable IAM User Permissions"));
    let second = encrypt(&world, WEST, &key, "second").await;
    for region in ["us-east-1", WEST, NORTH] {
        assert_eq!(decrypt(&world, region, &first).await, "first");
        assert_eq!(decrypt(&world, region, &second).await, "second");
    }
    let current = |metadata: &Value| text(&metadata["CurrentKeyMaterialId"]);
    let (east, north) = (metadata(&world, "us-east-1", &key).await, metadata(&world, NORTH, &key).await);
    assert_eq!(current(&east), current(&north));
    assert_eq!((&east["Description"], &north["Description"]), (&json!(""), &json!("late")));
    let configuration = &north["MultiRegionConfiguration"];
    assert_eq!(configuration["MultiRegionKeyType"], "REPLICA");
    assert_eq!(configuration["PrimaryKey"]["Region"], "us-east-1");
    assert_eq!(texts(&configuration["ReplicaKeys"], "Region"), [NORTH, WEST]);
    assert_eq!(*configuration, {
        let mut same = east["MultiRegionConfiguration"].clone();
        same["MultiRegionKeyType"] = json!("REPLICA");
        same
    });
    // Alone in its region.
    assert!(call(&world, "eu-central-1", "DescribeKey", json!({"KeyId": key})).await.status == 400);
}

#[tokio::test]
async fn pairs_and_hmac_keys_are_the_same_everywhere() {
    let world = world();
    let pair = family(&world, json!({"KeySpec": "ECC_NIST_P256", "KeyUsage": "SIGN_VERIFY"}), &[WEST]).await;
    let sign = json!({"KeyId": pair, "Message": base64("m"), "SigningAlgorithm": "ECDSA_SHA_256"});
    let signature = world.call("Sign", sign.clone()).await.ok()["Signature"].clone();
    let mut verify = sign;
    verify["Signature"] = signature;
    assert_eq!(call(&world, WEST, "Verify", verify).await.ok()["SignatureValid"], true);
    let hmac =
        family(&world, json!({"KeySpec": "HMAC_256", "KeyUsage": "GENERATE_VERIFY_MAC"}), &[WEST]).await;
    let mac = json!({"KeyId": hmac, "Message": base64("m"), "MacAlgorithm": "HMAC_SHA_256"});
    let here = world.call("GenerateMac", mac.clone()).await.ok()["Mac"].clone();
    assert_eq!(call(&world, WEST, "GenerateMac", mac).await.ok()["Mac"], here);
}

#[tokio::test]
async fn only_a_primary_key_is_replicated_and_once_a_region() {
    let world = world();
    let single = world.key().await;
    let refused = world.call("ReplicateKey", json!({"KeyId": single, "ReplicaRegion": WEST})).await;
    let text = refused.refused("UnsupportedOperationException");
    assert!(text.ends_with("is not a multi-region primary key."), "{text}");
    let key = family(&world, json!({}), &[WEST]).await;
    for region in [WEST, "us-east-1"] {
        let again = world.call("ReplicateKey", json!({"KeyId": key, "ReplicaRegion": region})).await;
        again.refused("AlreadyExistsException");
    }
    for (operation, input) in [
        ("ReplicateKey", json!({"KeyId": key, "ReplicaRegion": NORTH})),
        ("RotateKeyOnDemand", json!({"KeyId": key})),
        ("EnableKeyRotation", json!({"KeyId": key})),
        ("UpdatePrimaryRegion", json!({"KeyId": key, "PrimaryRegion": WEST})),
    ] {
        call(&world, WEST, operation, input).await.refused("UnsupportedOperationException");
    }
    world.call("DisableKey", json!({"KeyId": key})).await.ok();
    let disabled = world.call("ReplicateKey", json!({"KeyId": key, "ReplicaRegion": NORTH})).await;
    disabled.refused("DisabledException");
    assert_eq!(metadata(&world, WEST, &key).await["KeyState"], "Enabled", "the switch is each region's own");
    let nobody =
        world.call_as(user("nobody"), "ReplicateKey", json!({"KeyId": key, "ReplicaRegion": NORTH})).await;
    nobody.refused("AccessDeniedException");
}

#[tokio::test]
async fn the_primary_moves_with_its_rotation() {
    let world = world();
    let key = family(&world, json!({}), &[WEST, NORTH]).await;
    world.call("EnableKeyRotation", json!({"KeyId": key, "RotationPeriodInDays": 90})).await.ok();
    let sealed = encrypt(&world, NORTH, &key, "before").await;
    let nowhere =
        world.call("UpdatePrimaryRegion", json!({"KeyId": key, "PrimaryRegion": "ap-south-1"})).await;
    nowhere.refused("NotFoundException");
    world.call("UpdatePrimaryRegion", json!({"KeyId": key, "PrimaryRegion": WEST})).await.ok();
    for region in ["us-east-1", WEST, NORTH] {
        let configuration = metadata(&world, region, &key).await["MultiRegionConfiguration"].clone();
        assert_eq!(configuration["PrimaryKey"]["Region"], WEST);
        assert_eq!(texts(&configuration["ReplicaKeys"], "Region"), [NORTH, "us-east-1"]);
        let status = call(&world, region, "GetKeyRotationStatus", json!({"KeyId": key})).await.ok();
        assert_eq!(
            (&status["KeyRotationEnabled"], &status["RotationPeriodInDays"]),
            (&json!(true), &json!(90))
        );
    }
    let before = metadata(&world, NORTH, &key).await["CurrentKeyMaterialId"].clone();
    world.pass(91 * DAY).await;
    for region in ["us-east-1", WEST, NORTH] {
        assert_ne!(metadata(&world, region, &key).await["CurrentKeyMaterialId"], before, "{region}");
        assert_eq!(decrypt(&world, region, &sealed).await, "before");
        let listed = call(&world, region, "ListKeyRotations", json!({"KeyId": key})).await.ok();
        assert_eq!(texts(&listed["Rotations"], "RotationType"), ["AUTOMATIC"]);
    }
}

#[tokio::test]
async fn a_primary_waits_for_its_replicas_before_it_is_deleted() {
    let world = world();
    let key = family(&world, json!({}), &[WEST]).await;
    let input = json!({"KeyId": key, "PendingWindowInDays": 8});
    let told = world.call("ScheduleKeyDeletion", input).await.ok();
    assert_eq!(
        (&told["KeyState"], &told["PendingWindowInDays"]),
        (&json!("PendingReplicaDeletion"), &json!(8))
    );
    assert!(told.get("DeletionDate").is_none(), "{told}");
    assert_eq!(world.metadata(&key).await["PendingDeletionWindowInDays"], 8);
    world.pass(40 * DAY).await;
    assert_eq!(world.state(&key).await, "PendingReplicaDeletion");
    world
        .call("Encrypt", json!({"KeyId": key, "Plaintext": base64("m")}))
        .await
        .refused("KMSInvalidStateException");
    // The replica goes on by itself, until it is deleted.
    let sealed = encrypt(&world, WEST, &key, "m").await;
    assert_eq!(decrypt(&world, WEST, &sealed).await, "m");
    let input = json!({"KeyId": key, "PendingWindowInDays": 7});
    call(&world, WEST, "ScheduleKeyDeletion", input).await.ok();
    world.pass(7 * DAY + Duration::from_secs(1)).await;
    assert_eq!(call(&world, WEST, "DescribeKey", json!({"KeyId": key})).await.status, 400);
    assert_eq!(world.state(&key).await, "PendingDeletion");
    assert_eq!(world.metadata(&key).await["MultiRegionConfiguration"]["ReplicaKeys"], json!([]));
    world.pass(7 * DAY).await;
    assert_eq!(world.state(&key).await, "PendingDeletion");
    world.pass(2 * DAY).await;
    world.call("DescribeKey", json!({"KeyId": key})).await.refused("NotFoundException");
}

#[tokio::test]
async fn a_primary_s_deletion_is_cancelled_while_it_waits() {
    let world = world();
    let key = family(&world, json!({}), &[WEST]).await;
    world.call("ScheduleKeyDeletion", json!({"KeyId": key})).await.ok();
    world.call("CancelKeyDeletion", json!({"KeyId": key})).await.ok();
    assert_eq!(world.state(&key).await, "Disabled");
    world.call("EnableKey", json!({"KeyId": key})).await.ok();
    encrypt(&world, "us-east-1", &key, "m").await;
}

#[tokio::test]
async fn the_last_use_of_a_key_is_known() {
    let world = world();
    let key = family(&world, json!({}), &[WEST]).await;
    let usage =
        async |region: &str| call(&world, region, "GetKeyLastUsage", json!({"KeyId": key})).await.ok();
    let never = usage("us-east-1").await;
    assert!(never.get("KeyLastUsage").is_none(), "{never}");
    assert_eq!(never["TrackingStartDate"], never["KeyCreationDate"]);
    let sealed = encrypt(&world, "us-east-1", &key, "m").await;
    assert_eq!(usage("us-east-1").await["KeyLastUsage"]["Operation"], "Encrypt");
    world.pass(Duration::from_secs(90)).await;
    decrypt(&world, "us-east-1", &sealed).await;
    let dry = json!({"KeyId": key, "Plaintext": base64("m"), "DryRun": true});
    world.call("Encrypt", dry).await.refused("DryRunOperationException");
    let last = usage("us-east-1").await["KeyLastUsage"].clone();
    assert_eq!((&last["Operation"], &last["KmsRequestId"]), (&json!("Decrypt"), &json!("request")));
    assert!(usage(WEST).await.get("KeyLastUsage").is_none(), "each region's use is its own");
    world.call("GetKeyLastUsage", json!({"KeyId": "alias/x"})).await.refused("NotFoundException");
}
