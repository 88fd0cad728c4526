//! Encrypt, decrypt, data keys, random bytes, authentication codes.

use serde_json::json;

use crate::harness::{NO_KEY, account, arn, base64, bytes, plain, text, user_of, world};

#[tokio::test]
async fn what_is_encrypted_is_decrypted_without_naming_the_key() {
    let world = world();
    let key = world.key().await;
    let sealed = world.call("Encrypt", json!({"KeyId": key, "Plaintext": base64("hush")})).await.ok();
    assert_eq!(
        (&sealed["KeyId"], &sealed["EncryptionAlgorithm"]),
        (&json!(arn(&key)), &json!("SYMMETRIC_DEFAULT"))
    );
    assert!(text(&sealed["CiphertextBlob"]).starts_with("AQIC"));
    let opened = world.call("Decrypt", json!({"CiphertextBlob": sealed["CiphertextBlob"]})).await.ok();
    assert_eq!((&opened["KeyId"], plain(&opened["Plaintext"]).as_str()), (&json!(arn(&key)), "hush"));
    assert_eq!(opened["KeyMaterialId"], world.metadata(&key).await["CurrentKeyMaterialId"]);
    let again = world.encrypt(&key, "hush").await;
    assert_ne!(json!(again), sealed["CiphertextBlob"]);
}

#[tokio::test]
async fn the_context_must_be_the_same_in_whatever_order() {
    let world = world();
    let key = world.key().await;
    let input = json!({"KeyId": key, "Plaintext": base64("hush"), "EncryptionContext": {"a": "1", "b": "2"}});
    let sealed = world.call("Encrypt", input).await.ok()["CiphertextBlob"].clone();
    let open = async |context| {
        world.call("Decrypt", json!({"CiphertextBlob": sealed, "EncryptionContext": context})).await
    };
    assert_eq!(plain(&open(json!({"b": "2", "a": "1"})).await.ok()["Plaintext"]), "hush");
    for other in [json!({}), json!({"a": "1"}), json!({"a": "1", "b": "3"}), json!({"A": "1", "b": "2"})] {
        assert_eq!(open(other).await.refused("InvalidCiphertextException"), "");
    }
}

#[tokio::test]
async fn altered_and_foreign_ciphertexts_are_refused() {
    let world = world();
    let key = world.key().await;
    let sealed = bytes(&json!(world.encrypt(&key, "hush").await));
    let open = async |bytes: &[u8]| world.call("Decrypt", json!({"CiphertextBlob": base64(bytes)})).await;
    for at in [0, 4, sealed.len() - 1, sealed.len() / 2] {
        let mut altered = sealed.clone();
        altered[at] ^= 1;
        let answer = open(&altered).await;
        assert_eq!(answer.status, 400, "byte {at}");
    }
    open(b"nonsense").await.refused("InvalidCiphertextException");
    let mut unknown = sealed.clone();
    unknown[20] ^= 1;
    let text = open(&unknown).await.refused("AccessDeniedException");
    assert!(text.starts_with("The ciphertext refers to a customer master key that does not exist"), "{text}");
    // Somebody of another account learns as much.
    let input = json!({"CiphertextBlob": base64(&sealed)});
    let foreign = world.call_as(user_of(account(42), "u"), "Decrypt", input).await;
    assert_eq!(foreign.refused("AccessDeniedException"), text);
}

#[tokio::test]
async fn sizes_are_bounded() {
    let world = world();
    let key = world.key().await;
    let encrypt = async |length: usize| {
        world.call("Encrypt", json!({"KeyId": key, "Plaintext": base64(vec![7; length])})).await
    };
    encrypt(4_096).await.ok();
    let long = encrypt(4_097).await.refused("ValidationException");
    assert!(long.contains("Value at 'plaintext' failed to satisfy constraint"), "{long}");
    encrypt(0).await.refused("ValidationException");
    let random = world.call("GenerateRandom", json!({"NumberOfBytes": 1_024})).await.ok();
    assert_eq!(bytes(&random["Plaintext"]).len(), 1_024);
    let none = world.call("GenerateRandom", json!({})).await.refused("ValidationException");
    assert_eq!(none, "NumberOfBytes is required.");
    world.call("GenerateRandom", json!({"NumberOfBytes": 1_025})).await.refused("ValidationException");
}

#[tokio::test]
async fn data_keys_come_in_plain_and_sealed() {
    let world = world();
    let key = world.key().await;
    for (ask, length) in [
        (json!({"KeySpec": "AES_128"}), 16),
        (json!({"KeySpec": "AES_256"}), 32),
        (json!({"NumberOfBytes": 1_024}), 1_024),
    ] {
        let mut input = ask;
        input["KeyId"] = json!(key);
        input["EncryptionContext"] = json!({"a": "1"});
        let made = world.call("GenerateDataKey", input.clone()).await.ok();
        assert_eq!(bytes(&made["Plaintext"]).len(), length);
        let open = json!({"CiphertextBlob": made["CiphertextBlob"], "EncryptionContext": {"a": "1"}});
        assert_eq!(world.call("Decrypt", open).await.ok()["Plaintext"], made["Plaintext"]);
        let sealed = world.call("GenerateDataKeyWithoutPlaintext", input).await.ok();
        assert!(sealed.get("Plaintext").is_none());
        let open = json!({"CiphertextBlob": sealed["CiphertextBlob"], "EncryptionContext": {"a": "1"}});
        assert_eq!(bytes(&world.call("Decrypt", open).await.ok()["Plaintext"]).len(), length);
    }
    for wrong in [json!({"KeyId": key}), json!({"KeyId": key, "KeySpec": "AES_256", "NumberOfBytes": 32})] {
        world.call("GenerateDataKey", wrong).await.refused("ValidationException");
    }
}

#[tokio::test]
async fn re_encrypt_moves_to_another_key_and_context() {
    let world = world();
    let (one, two) = (world.key().await, world.key().await);
    let input = json!({"KeyId": one, "Plaintext": base64("hush"), "EncryptionContext": {"a": "1"}});
    let sealed = world.call("Encrypt", input).await.ok()["CiphertextBlob"].clone();
    let input = json!({
        "CiphertextBlob": sealed, "SourceEncryptionContext": {"a": "1"}, "DestinationKeyId": two,
        "DestinationEncryptionContext": {"b": "2"},
    });
    let moved = world.call("ReEncrypt", input.clone()).await.ok();
    assert_eq!((&moved["SourceKeyId"], &moved["KeyId"]), (&json!(arn(&one)), &json!(arn(&two))));
    assert_ne!(moved["SourceKeyMaterialId"], moved["DestinationKeyMaterialId"]);
    let open = json!({"CiphertextBlob": moved["CiphertextBlob"], "EncryptionContext": {"b": "2"}});
    assert_eq!(plain(&world.call("Decrypt", open).await.ok()["Plaintext"]), "hush");
    let mut wrong = input.clone();
    wrong["SourceEncryptionContext"] = json!({});
    world.call("ReEncrypt", wrong).await.refused("InvalidCiphertextException");
    let mut wrong = input.clone();
    wrong["SourceKeyId"] = json!(two);
    world.call("ReEncrypt", wrong).await.refused("IncorrectKeyException");
    let mut wrong = input;
    wrong["DestinationKeyId"] = json!(NO_KEY);
    world.call("ReEncrypt", wrong).await.refused("NotFoundException");
}

#[tokio::test]
async fn macs_are_those_of_their_key_and_message() {
    let world = world();
    for (size, length) in [("224", 28), ("256", 32), ("384", 48), ("512", 64)] {
        let (spec, algorithm) = (format!("HMAC_{size}"), format!("HMAC_SHA_{size}"));
        let key = world.create(json!({"KeySpec": spec, "KeyUsage": "GENERATE_VERIFY_MAC"})).await;
        assert_eq!(world.metadata(&key).await["MacAlgorithms"], json!([algorithm]));
        let input = json!({"KeyId": key, "Message": base64("m"), "MacAlgorithm": algorithm});
        let mac = world.call("GenerateMac", input).await.ok()["Mac"].clone();
        assert_eq!(bytes(&mac).len(), length);
        let check = async |message: &str| {
            let input =
                json!({"KeyId": key, "Message": base64(message), "MacAlgorithm": algorithm, "Mac": mac});
            world.call("VerifyMac", input).await
        };
        assert_eq!(check("m").await.ok()["MacValid"], true);
        assert_eq!(check("n").await.refused("KMSInvalidMacException"), "");
    }
    let key = world.create(json!({"KeySpec": "HMAC_224", "KeyUsage": "GENERATE_VERIFY_MAC"})).await;
    let input = json!({"KeyId": key, "Message": base64("m"), "MacAlgorithm": "HMAC_SHA_256"});
    assert_eq!(
        world.call("GenerateMac", input).await.refused("InvalidKeyUsageException"),
        "Algorithm HMAC_SHA_256 is incompatible with key spec HMAC_224."
    );
}

#[tokio::test]
async fn a_key_is_for_one_thing() {
    let world = world();
    let mac = world.create(json!({"KeySpec": "HMAC_256", "KeyUsage": "GENERATE_VERIFY_MAC"})).await;
    let wrong = world.call("Encrypt", json!({"KeyId": mac, "Plaintext": base64("m")})).await;
    assert_eq!(
        wrong.refused("InvalidKeyUsageException"),
        format!("{} key usage is GENERATE_VERIFY_MAC which is not valid for Encrypt.", arn(&mac))
    );
    let wrong = world.call("GenerateDataKey", json!({"KeyId": mac, "KeySpec": "AES_256"})).await;
    wrong.refused("InvalidKeyUsageException");
    world.call("GetPublicKey", json!({"KeyId": mac})).await.refused("UnsupportedOperationException");
}

#[tokio::test]
async fn a_dry_run_checks_all_and_does_nothing() {
    let world = world();
    let key = world.key().await;
    let sealed = world.encrypt(&key, "hush").await;
    let dry = async |operation, mut input: serde_json::Value| {
        input["DryRun"] = json!(true);
        world.call(operation, input).await
    };
    for (operation, input) in [
        ("Encrypt", json!({"KeyId": key, "Plaintext": base64("m")})),
        ("Decrypt", json!({"CiphertextBlob": sealed})),
        ("GenerateDataKey", json!({"KeyId": key, "KeySpec": "AES_256"})),
        ("ReEncrypt", json!({"CiphertextBlob": sealed, "DestinationKeyId": key})),
        ("Decrypt", json!({"KeyId": key, "DryRunModifiers": ["IGNORE_CIPHERTEXT"]})),
    ] {
        let text = dry(operation, input).await.refused("DryRunOperationException");
        assert_eq!(text, "The request would have succeeded, but the DryRun option is set.");
    }
    dry("Decrypt", json!({"CiphertextBlob": base64("nonsense")})).await.refused("InvalidCiphertextException");
    dry("Decrypt", json!({})).await.refused("ValidationException");
}
