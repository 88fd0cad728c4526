//! Key material from outside.

use std::time::Duration;

use base::Secret;
use crypt::{KeyPair, Oaep, PairKind};
use serde_json::{Value, json};

use crate::harness::{Answer, DAY, START, World, arn, base64, bytes, text, texts, world};

async fn parameters(world: &World, key: &str, algorithm: &str) -> Value {
    let input = json!({"KeyId": key, "WrappingAlgorithm": algorithm, "WrappingKeySpec": "RSA_2048"});
    world.call("GetParametersForImport", input).await.ok()
}

fn wrap(parameters: &Value, oaep: Oaep, material: &[u8]) -> String {
    base64(crypt::encrypt(PairKind::Rsa2048, &bytes(&parameters["PublicKey"]), oaep, material).unwrap())
}

async fn import(world: &World, key: &str, material: &[u8], more: Value) -> Answer {
    let parameters = parameters(world, key, "RSAES_OAEP_SHA_256").await;
    let mut input = json!({
        "KeyId": key, "ImportToken": parameters["ImportToken"],
        "EncryptedKeyMaterial": wrap(&parameters, Oaep::Sha256, material),
        "ExpirationModel": "KEY_MATERIAL_DOES_NOT_EXPIRE",
    });
    for (name, value) in more.as_object().unwrap() {
        input[name] = value.clone();
    }
    world.call("ImportKeyMaterial", input).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_key_waits_for_its_material_and_forgets_it_when_told() {
    let world = world();
    let key = world.create(json!({"Origin": "EXTERNAL"})).await;
    let metadata = world.metadata(&key).await;
    assert_eq!((&metadata["KeyState"], &metadata["Enabled"]), (&json!("PendingImport"), &json!(false)));
    let input = json!({"KeyId": key, "Plaintext": base64("m")});
    let refused = world.call("Encrypt", input).await.refused("KMSInvalidStateException");
    assert_eq!(refused, format!("{} is pending import.", arn(&key)));
    let imported = import(&world, &key, &[7; 32], json!({})).await.ok();
    assert_eq!(imported["KeyId"], arn(&key));
    let metadata = world.metadata(&key).await;
    assert_eq!(
        (&metadata["KeyState"], &metadata["ExpirationModel"]),
        (&json!("Enabled"), &json!("KEY_MATERIAL_DOES_NOT_EXPIRE"))
    );
    assert_eq!(metadata["CurrentKeyMaterialId"], imported["KeyMaterialId"]);
    let sealed = world.encrypt(&key, "hush").await;
    world.call("DeleteImportedKeyMaterial", json!({"KeyId": key})).await.ok();
    assert_eq!(world.state(&key).await, "PendingImport");
    import(&world, &key, &[8; 32], json!({})).await.refused("IncorrectKeyMaterialException");
    let again = import(&world, &key, &[7; 32], json!({})).await.ok();
    assert_eq!(again["KeyMaterialId"], imported["KeyMaterialId"]);
    assert_eq!(world.decrypt(&sealed).await, "hush");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_wrapping_is_unwrapped() {
    let world = world();
    let aes = Secret::new([9; 32]);
    for (algorithm, oaep, wrapped) in [
        ("RSAES_OAEP_SHA_1", Oaep::Sha1, false),
        ("RSAES_OAEP_SHA_256", Oaep::Sha256, false),
        ("RSA_AES_KEY_WRAP_SHA_1", Oaep::Sha1, true),
        ("RSA_AES_KEY_WRAP_SHA_256", Oaep::Sha256, true),
    ] {
        let key = world.create(json!({"Origin": "EXTERNAL"})).await;
        let parameters = parameters(&world, &key, algorithm).await;
        let material = if wrapped {
            let public = bytes(&parameters["PublicKey"]);
            let mut both = crypt::encrypt(PairKind::Rsa2048, &public, oaep, aes.expose()).unwrap();
            both.extend(crypt::wrap_key(&aes, &Secret::new([7; 32])).unwrap());
            base64(both)
        } else {
            wrap(&parameters, oaep, &[7; 32])
        };
        let input = json!({
            "KeyId": key, "ImportToken": parameters["ImportToken"], "EncryptedKeyMaterial": material,
            "ExpirationModel": "KEY_MATERIAL_DOES_NOT_EXPIRE",
        });
        world.call("ImportKeyMaterial", input).await.ok();
        assert_eq!(world.state(&key).await, "Enabled", "{algorithm}");
    }
    // A private key of a curve fits under RSA through AES only where it is long; P-256 as PKCS #8 fits both.
    let pair = KeyPair::generate(PairKind::P256);
    let key = world
        .create(json!({"Origin": "EXTERNAL", "KeySpec": "ECC_NIST_P256", "KeyUsage": "SIGN_VERIFY"}))
        .await;
    import(&world, &key, pair.private().expose(), json!({})).await.ok();
    let public = world.call("GetPublicKey", json!({"KeyId": key})).await.ok();
    assert_eq!(bytes(&public["PublicKey"]), pair.public());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn material_expires_by_the_clock() {
    let world = world();
    let key = world.create(json!({"Origin": "EXTERNAL"})).await;
    let missing = import(&world, &key, &[7; 32], json!({"ExpirationModel": "KEY_MATERIAL_EXPIRES"})).await;
    assert_eq!(
        missing.refused("ValidationException"),
        "A validTo date must be set if the ExpirationModel is KEY_MATERIAL_EXPIRES"
    );
    let until = START.plus(10 * DAY).as_secs();
    let expires = json!({"ExpirationModel": "KEY_MATERIAL_EXPIRES", "ValidTo": until});
    import(&world, &key, &[7; 32], expires).await.ok();
    let metadata = world.metadata(&key).await;
    assert_eq!(
        (metadata["ValidTo"].as_f64().unwrap() as i64, &metadata["ExpirationModel"]),
        (until, &json!("KEY_MATERIAL_EXPIRES"))
    );
    let sealed = world.encrypt(&key, "hush").await;
    world.pass(10 * DAY).await;
    assert_eq!(world.state(&key).await, "PendingImport");
    import(&world, &key, &[7; 32], json!({})).await.ok();
    assert_eq!(world.decrypt(&sealed).await, "hush");
    let past = json!({"ExpirationModel": "KEY_MATERIAL_EXPIRES", "ValidTo": START.as_secs()});
    import(&world, &key, &[7; 32], past).await.refused("ValidationException");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn tokens_are_for_their_key_and_day() {
    let world = world();
    let (key, other) = (
        world.create(json!({"Origin": "EXTERNAL"})).await,
        world.create(json!({"Origin": "EXTERNAL"})).await,
    );
    let parameters = parameters(&world, &key, "RSAES_OAEP_SHA_256").await;
    let input = |key: &str, material: &str| {
        json!({
            "KeyId": key, "ImportToken": parameters["ImportToken"], "EncryptedKeyMaterial": material,
            "ExpirationModel": "KEY_MATERIAL_DOES_NOT_EXPIRE",
        })
    };
    let good = wrap(&parameters, Oaep::Sha256, &[7; 32]);
    world.call("ImportKeyMaterial", input(&other, &good)).await.refused("InvalidImportTokenException");
    let garbage = base64([1; 256]);
    world.call("ImportKeyMaterial", input(&key, &garbage)).await.refused("InvalidCiphertextException");
    let short = wrap(&parameters, Oaep::Sha256, &[7; 31]);
    world.call("ImportKeyMaterial", input(&key, &short)).await.refused("IncorrectKeyMaterialException");
    world.pass(DAY + Duration::from_secs(1)).await;
    world.call("ImportKeyMaterial", input(&key, &good)).await.refused("ExpiredImportTokenException");
    let own = world.key().await;
    let input =
        json!({"KeyId": own, "WrappingAlgorithm": "RSAES_OAEP_SHA_256", "WrappingKeySpec": "RSA_2048"});
    assert_eq!(
        world.call("GetParametersForImport", input).await.refused("UnsupportedOperationException"),
        format!("{} origin is AWS_KMS which is not valid for this operation.", arn(&own))
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn imported_keys_rotate_to_what_was_imported_for_it() {
    let world = world();
    let key = world.create(json!({"Origin": "EXTERNAL"})).await;
    let first = import(&world, &key, &[1; 32], json!({})).await.ok();
    let sealed = world.encrypt(&key, "old").await;
    let nothing = world.call("RotateKeyOnDemand", json!({"KeyId": key})).await;
    assert_eq!(
        nothing.refused("KMSInvalidStateException"),
        format!("No available key material pending rotation for the key: {}.", arn(&key))
    );
    let new = json!({"ImportType": "NEW_KEY_MATERIAL", "KeyMaterialDescription": "second"});
    let second = import(&world, &key, &[2; 32], new.clone()).await.ok();
    assert_eq!(world.metadata(&key).await["CurrentKeyMaterialId"], first["KeyMaterialId"]);
    let third = import(&world, &key, &[3; 32], new).await.refused("KMSInvalidStateException");
    assert!(
        third.contains(&format!("(id: {}) is pending rotation.", text(&second["KeyMaterialId"]))),
        "{third}"
    );
    let all = json!({"KeyId": key, "IncludeKeyMaterial": "ALL_KEY_MATERIAL"});
    let listed = world.call("ListKeyRotations", all).await.ok();
    assert_eq!(texts(&listed["Rotations"], "KeyMaterialState"), ["CURRENT", "PENDING_ROTATION"]);
    world.call("RotateKeyOnDemand", json!({"KeyId": key})).await.ok();
    assert_eq!(world.metadata(&key).await["CurrentKeyMaterialId"], second["KeyMaterialId"]);
    assert_eq!(world.decrypt(&sealed).await, "old");
    // Without the old material what it sealed cannot be opened, and the key waits for it.
    let input = json!({"KeyId": key, "KeyMaterialId": first["KeyMaterialId"]});
    world.call("DeleteImportedKeyMaterial", input).await.ok();
    assert_eq!(world.state(&key).await, "PendingImport");
}
