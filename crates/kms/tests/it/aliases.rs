//! Aliases, and where they are taken.

use serde_json::{Value, json};

use crate::harness::{arn, plain, texts, world};

const PREFIX: &str = "arn:aws:kms:us-east-1:000000000000:";

#[tokio::test]
async fn an_alias_moves_and_old_ciphertexts_stay_readable() {
    let world = world();
    let (one, two) = (world.key().await, world.key().await);
    world.call("CreateAlias", json!({"AliasName": "alias/a", "TargetKeyId": one})).await.ok();
    let sealed = world.encrypt("alias/a", "hush").await;
    world.call("UpdateAlias", json!({"AliasName": "alias/a", "TargetKeyId": arn(&two)})).await.ok();
    assert_eq!(world.metadata(&format!("{PREFIX}alias/a")).await["KeyId"], two.as_str());
    assert_eq!(world.decrypt(&sealed).await, "hush", "the ciphertext names its key, not the alias");
    let input = json!({"CiphertextBlob": sealed, "KeyId": "alias/a"});
    let refused = world.call("Decrypt", input).await.refused("IncorrectKeyException");
    assert_eq!(refused, "The key ID in the request does not identify a CMK that can perform this operation.");
    world.call("DeleteAlias", json!({"AliasName": "alias/a"})).await.ok();
    world.call("DescribeKey", json!({"KeyId": "alias/a"})).await.refused("NotFoundException");
    assert_eq!(world.metadata(&two).await["KeyState"], "Enabled");
}

#[tokio::test]
async fn names_are_checked_and_taken_once() {
    let world = world();
    let key = world.key().await;
    let create =
        async |name: &str| world.call("CreateAlias", json!({"AliasName": name, "TargetKeyId": key})).await;
    create("alias/a").await.ok();
    let exists = create("alias/a").await.refused("AlreadyExistsException");
    assert_eq!(exists, format!("An alias with the name {PREFIX}alias/a already exists"));
    assert_eq!(
        create("a").await.refused("ValidationException"),
        "Alias must start with the prefix \"alias/\". Please see https://docs.aws.amazon.com/kms/latest/developerguide/kms-alias.html"
    );
    assert_eq!(create("alias/aws/s3").await.refused("NotAuthorizedException"), "");
    let pattern = create("alias/a b").await.refused("ValidationException");
    assert!(pattern.contains("'aliasName' failed to satisfy constraint"), "{pattern}");
    let missing = json!({"AliasName": "alias/none", "TargetKeyId": key});
    let missing = world.call("UpdateAlias", missing).await.refused("NotFoundException");
    assert_eq!(missing, format!("Alias {PREFIX}alias/none is not found."));
    world.call("DeleteAlias", json!({"AliasName": "alias/none"})).await.refused("NotFoundException");
    let by_alias = json!({"AliasName": "alias/b", "TargetKeyId": "alias/a"});
    assert_eq!(
        world.call("CreateAlias", by_alias).await.refused("NotFoundException"),
        "Invalid keyId 'alias/a'"
    );
}

#[tokio::test]
async fn an_alias_stays_with_keys_of_its_kind() {
    let world = world();
    let key = world.key().await;
    let mac = world.create(json!({"KeySpec": "HMAC_256", "KeyUsage": "GENERATE_VERIFY_MAC"})).await;
    world.call("CreateAlias", json!({"AliasName": "alias/a", "TargetKeyId": key})).await.ok();
    world
        .call("UpdateAlias", json!({"AliasName": "alias/a", "TargetKeyId": mac}))
        .await
        .refused("ValidationException");
}

#[tokio::test]
async fn a_key_has_fifty_aliases() {
    let world = world();
    let key = world.key().await;
    for number in 0..50 {
        let input = json!({"AliasName": format!("alias/{number:02}"), "TargetKeyId": key});
        world.call("CreateAlias", input).await.ok();
    }
    let input = json!({"AliasName": "alias/more", "TargetKeyId": key});
    world.call("CreateAlias", input).await.refused("LimitExceededException");
    let of_key = world.call("ListAliases", json!({"KeyId": key, "Limit": 20})).await.ok();
    assert_eq!(of_key["Aliases"].as_array().unwrap().len(), 20);
    let input = json!({"KeyId": key, "Marker": of_key["NextMarker"], "Limit": 100});
    let rest = world.call("ListAliases", input).await.ok();
    assert_eq!(texts(&rest["Aliases"], "AliasName").first().map(String::as_str), Some("alias/20"));
    assert_eq!(rest["Aliases"].as_array().unwrap().len(), 30);
    world.call("ListAliases", json!({"Limit": 101})).await.refused("ValidationException");
}

#[tokio::test]
async fn aliases_of_services_are_listed_before_they_stand_for_keys() {
    let world = world();
    let key = world.key().await;
    world.call("CreateAlias", json!({"AliasName": "alias/z", "TargetKeyId": key})).await.ok();
    let entry = async |name: &str| {
        let listed = world.call("ListAliases", json!({})).await.ok();
        let found = listed["Aliases"].as_array().unwrap().iter().find(|alias| alias["AliasName"] == name);
        found.cloned().unwrap()
    };
    assert!(entry("alias/aws/s3").await.get("TargetKeyId").is_none());
    assert_eq!(entry("alias/z").await["TargetKeyId"], key.as_str());
    let metadata = world.metadata("alias/aws/s3").await;
    assert_eq!((&metadata["KeyManager"], &metadata["KeyState"]), (&json!("AWS"), &json!("Enabled")));
    assert_eq!(entry("alias/aws/s3").await["TargetKeyId"], metadata["KeyId"]);
    world.call("DeleteAlias", json!({"AliasName": "alias/aws/s3"})).await.refused("NotAuthorizedException");
    let moved = json!({"AliasName": "alias/aws/s3", "TargetKeyId": key});
    world.call("UpdateAlias", moved).await.refused("NotAuthorizedException");
    let unborn = json!({"KeyId": "alias/aws/glue", "Plaintext": "aGk="});
    world.call("Encrypt", unborn).await.refused("NotFoundException");
    let rotation = world.call("GetKeyRotationStatus", json!({"KeyId": metadata["KeyId"]})).await.ok();
    assert_eq!(
        (&rotation["KeyRotationEnabled"], &rotation["RotationPeriodInDays"]),
        (&json!(true), &json!(365))
    );
}

/// An alias may point elsewhere tomorrow: what manages a key takes none.
#[tokio::test]
async fn management_takes_no_aliases_and_crypto_does() {
    let world = world();
    let key = world.key().await;
    world.call("CreateAlias", json!({"AliasName": "alias/a", "TargetKeyId": key})).await.ok();
    let operations: [(&str, Value); 14] = [
        ("EnableKey", json!({})),
        ("DisableKey", json!({})),
        ("ScheduleKeyDeletion", json!({})),
        ("CancelKeyDeletion", json!({})),
        ("UpdateKeyDescription", json!({"Description": ""})),
        ("GetKeyPolicy", json!({})),
        ("ListKeyPolicies", json!({})),
        ("ListResourceTags", json!({})),
        ("TagResource", json!({"Tags": []})),
        ("EnableKeyRotation", json!({})),
        ("GetKeyRotationStatus", json!({})),
        ("ListGrants", json!({})),
        ("RotateKeyOnDemand", json!({})),
        ("ListKeyRotations", json!({})),
    ];
    for name in ["alias/a".to_owned(), format!("{PREFIX}alias/a")] {
        for (operation, mut input) in operations.clone() {
            input["KeyId"] = json!(name);
            let refused = world.call(operation, input).await.refused("NotFoundException");
            assert_eq!(refused, format!("Invalid keyId '{name}'"), "{operation}");
        }
        let sealed = world.encrypt(&name, "hush").await;
        assert_eq!(world.decrypt(&sealed).await, "hush");
        let data = world.call("GenerateDataKey", json!({"KeyId": name, "KeySpec": "AES_256"})).await.ok();
        assert_eq!(data["KeyId"], arn(&key), "the answer names the key, not the alias");
        let input = json!({"CiphertextBlob": sealed, "DestinationKeyId": name});
        let again = world.call("ReEncrypt", input).await.ok();
        let opened =
            world.call("Decrypt", json!({"CiphertextBlob": again["CiphertextBlob"], "KeyId": name})).await;
        assert_eq!(plain(&opened.ok()["Plaintext"]), "hush");
    }
}
