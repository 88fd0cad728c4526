//! Keys come, are described, listed, switched and tagged.

use serde_json::json;

use crate::harness::{NO_KEY, arn, text, texts, world};

#[tokio::test]
async fn a_new_key_is_symmetric_and_enabled() {
    let world = world();
    let key = world.call("CreateKey", json!({"Description": "d"})).await.ok()["KeyMetadata"].clone();
    let id = text(&key["KeyId"]);
    assert_eq!(key["Arn"], arn(&id));
    assert_eq!((&key["KeyState"], &key["Enabled"]), (&json!("Enabled"), &json!(true)));
    assert_eq!(
        (&key["KeySpec"], &key["CustomerMasterKeySpec"]),
        (&json!("SYMMETRIC_DEFAULT"), &json!("SYMMETRIC_DEFAULT"))
    );
    assert_eq!((&key["KeyUsage"], &key["Origin"]), (&json!("ENCRYPT_DECRYPT"), &json!("AWS_KMS")));
    assert_eq!((&key["KeyManager"], &key["MultiRegion"]), (&json!("CUSTOMER"), &json!(false)));
    assert_eq!(key["EncryptionAlgorithms"], json!(["SYMMETRIC_DEFAULT"]));
    assert_eq!((&key["AWSAccountId"], &key["Description"]), (&json!("000000000000"), &json!("d")));
    assert_eq!(text(&key["CurrentKeyMaterialId"]).len(), 64);
    assert!(key.get("SigningAlgorithms").is_none() && key.get("DeletionDate").is_none());
    assert_eq!(world.metadata(&arn(&id)).await, key, "the ARN names it too");
}

#[tokio::test]
async fn specs_and_usages_must_go_together() {
    let world = world();
    let refused = async |input| world.call("CreateKey", input).await.refused("ValidationException");
    assert_eq!(
        refused(json!({"KeySpec": "HMAC_256"})).await,
        "You must specify a KeyUsage value for all KMS keys except for symmetric encryption keys."
    );
    assert_eq!(
        refused(json!({"KeySpec": "RSA_2048", "KeyUsage": "KEY_AGREEMENT"})).await,
        "KeyUsage KEY_AGREEMENT is not compatible with KeySpec RSA_2048"
    );
    let spec = refused(json!({"KeySpec": "RSA_1024"})).await;
    assert!(spec.contains("Value 'RSA_1024' at 'keySpec' failed to satisfy constraint"), "{spec}");
    for unsupported in [
        json!({"KeySpec": "SM2", "KeyUsage": "SIGN_VERIFY"}),
        json!({"Origin": "AWS_CLOUDHSM", "CustomKeyStoreId": "cks-1"}),
        json!({"Origin": "EXTERNAL_KEY_STORE"}),
    ] {
        world.call("CreateKey", unsupported).await.refused("UnsupportedOperationException");
    }
    world
        .call("CreateCustomKeyStore", json!({"CustomKeyStoreName": "c"}))
        .await
        .refused("UnsupportedOperationException");
}

#[tokio::test]
async fn keys_are_named_by_id_and_arn_and_nothing_else() {
    let world = world();
    let refused =
        async |key: &str, code| world.call("DescribeKey", json!({"KeyId": key})).await.refused(code);
    assert_eq!(refused(NO_KEY, "NotFoundException").await, format!("Key '{}' does not exist", arn(NO_KEY)));
    assert_eq!(refused("nonsense", "NotFoundException").await, "Invalid keyId 'nonsense'");
    let elsewhere = "arn:aws:kms:eu-west-1:000000000000:key/x";
    assert_eq!(refused(elsewhere, "NotFoundException").await, "Invalid arn eu-west-1");
    assert_eq!(
        refused("alias/none", "NotFoundException").await,
        "Alias arn:aws:kms:us-east-1:000000000000:alias/none is not found."
    );
    let missing = world.call("DescribeKey", json!({})).await.refused("ValidationException");
    assert!(missing.contains("Value null at 'keyId'"), "{missing}");
    let foreign = "arn:aws:kms:us-east-1:000000000042:key/00000000-0000-0000-0000-000000000000";
    let text = refused(foreign, "AccessDeniedException").await;
    assert!(text.contains("because the resource does not exist in this Region"), "{text}");
}

#[tokio::test]
async fn keys_are_listed_page_by_page() {
    let world = world();
    let mut ids = Vec::new();
    for _ in 0..5 {
        ids.push(world.key().await);
    }
    ids.sort();
    let mut listed = Vec::new();
    let mut input = json!({"Limit": 2});
    loop {
        let page = world.call("ListKeys", input.clone()).await.ok();
        listed.extend(texts(&page["Keys"], "KeyId"));
        if page["Truncated"] == false {
            assert!(page.get("NextMarker").is_none());
            break;
        }
        input["Marker"] = page["NextMarker"].clone();
    }
    assert_eq!(listed, ids);
    world.call("ListKeys", json!({"Marker": "forged"})).await.refused("InvalidMarkerException");
}

#[tokio::test]
async fn a_key_is_switched_off_and_on() {
    let world = world();
    let key = world.key().await;
    let sealed = world.encrypt(&key, "hush").await;
    world.call("DisableKey", json!({"KeyId": key})).await.ok();
    let metadata = world.metadata(&key).await;
    assert_eq!((&metadata["KeyState"], &metadata["Enabled"]), (&json!("Disabled"), &json!(false)));
    let refused = world.call("Decrypt", json!({"CiphertextBlob": sealed})).await.refused("DisabledException");
    assert_eq!(refused, format!("{} is disabled.", arn(&key)));
    world.call("EnableKey", json!({"KeyId": key})).await.ok();
    assert_eq!(world.decrypt(&sealed).await, "hush");
    world.call("UpdateKeyDescription", json!({"KeyId": key, "Description": "new"})).await.ok();
    assert_eq!(world.metadata(&key).await["Description"], "new");
}

#[tokio::test]
async fn tags_are_set_listed_and_removed() {
    let world = world();
    let tags = json!([{"TagKey": "b", "TagValue": "2"}, {"TagKey": "a", "TagValue": ""}]);
    let key = world.create(json!({"Tags": tags})).await;
    world.call("TagResource", json!({"KeyId": key, "Tags": [{"TagKey": "c", "TagValue": "3"}]})).await.ok();
    world.call("UntagResource", json!({"KeyId": key, "TagKeys": ["b", "none"]})).await.ok();
    let listed = world.call("ListResourceTags", json!({"KeyId": key, "Limit": 1})).await.ok();
    assert_eq!(listed["Tags"], json!([{"TagKey": "a", "TagValue": ""}]));
    let input = json!({"KeyId": key, "Marker": listed["NextMarker"]});
    let rest = world.call("ListResourceTags", input).await.ok();
    assert_eq!(rest["Tags"], json!([{"TagKey": "c", "TagValue": "3"}]));
    assert_eq!(rest["Truncated"], false);
    let refused = async |tags| {
        let input = json!({"KeyId": key, "Tags": tags});
        world.call("TagResource", input).await.refused("TagException")
    };
    let twice = json!([{"TagKey": "x", "TagValue": ""}, {"TagKey": "x", "TagValue": ""}]);
    assert_eq!(refused(twice).await, "Duplicate tag keys");
    let reserved = json!([{"TagKey": "aws:x", "TagValue": ""}]);
    assert_eq!(refused(reserved).await, "Tags beginning with aws: are reserved");
    let many: Vec<_> = (0..51).map(|n| json!({"TagKey": format!("k{n}"), "TagValue": ""})).collect();
    assert_eq!(refused(json!(many)).await, "Too many tags");
}
