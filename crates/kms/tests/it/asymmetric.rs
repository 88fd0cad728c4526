//! Key pairs: what is signed verifies, here and by the public key alone.

use crypt::{KeyPair, Message, Oaep, PairKind, Signing};
use serde_json::{Value, json};

use crate::harness::{arn, base64, bytes, plain, world};

const CURVES: [(&str, PairKind, &str, Signing); 6] = [
    ("ECC_NIST_P256", PairKind::P256, "ECDSA_SHA_256", Signing::EcdsaSha256),
    ("ECC_NIST_P384", PairKind::P384, "ECDSA_SHA_384", Signing::EcdsaSha384),
    ("ECC_NIST_P521", PairKind::P521, "ECDSA_SHA_512", Signing::EcdsaSha512),
    ("ECC_SECG_P256K1", PairKind::K256, "ECDSA_SHA_256", Signing::EcdsaSha256),
    ("ECC_NIST_EDWARDS25519", PairKind::Ed25519, "ED25519_SHA_512", Signing::Ed25519),
    ("ML_DSA_65", PairKind::MlDsa65, "ML_DSA_SHAKE_256", Signing::MlDsa),
];

#[tokio::test]
async fn every_curve_signs_for_whoever_has_the_public_key() {
    let world = world();
    for (spec, kind, algorithm, signing) in CURVES {
        let key = world.create(json!({"KeySpec": spec, "KeyUsage": "SIGN_VERIFY"})).await;
        let input = json!({"KeyId": key, "Message": base64("m"), "SigningAlgorithm": algorithm});
        let signed = world.call("Sign", input.clone()).await.ok();
        assert_eq!(signed["KeyId"], arn(&key));
        let public = world.call("GetPublicKey", json!({"KeyId": key})).await.ok();
        assert_eq!((&public["KeySpec"], &public["SigningAlgorithms"]), (&json!(spec), &json!([algorithm])));
        let fits = crypt::verify(
            kind,
            &bytes(&public["PublicKey"]),
            signing,
            Message::Whole(b"m"),
            &bytes(&signed["Signature"]),
        );
        assert_eq!(fits, Ok(true), "{spec}");
        let verify = async |message: &str| {
            let mut input = input.clone();
            input["Message"] = json!(base64(message));
            input["Signature"] = signed["Signature"].clone();
            world.call("Verify", input).await
        };
        assert_eq!(verify("m").await.ok()["SignatureValid"], true);
        assert_eq!(verify("n").await.refused("KMSInvalidSignatureException"), "");
    }
}

#[tokio::test]
async fn digests_are_signed_as_their_messages_are() {
    let world = world();
    let key = world.create(json!({"KeySpec": "ECC_NIST_P256", "KeyUsage": "SIGN_VERIFY"})).await;
    let digest = crypt::sha256(b"message");
    let sign = async |message: &[u8], more: Value| {
        let mut input =
            json!({"KeyId": key, "Message": base64(message), "SigningAlgorithm": "ECDSA_SHA_256"});
        for (name, value) in more.as_object().unwrap() {
            input[name] = value.clone();
        }
        world.call("Sign", input).await
    };
    let signed = sign(&digest, json!({"MessageType": "DIGEST"})).await.ok();
    let input = json!({
        "KeyId": key, "Message": base64("message"), "SigningAlgorithm": "ECDSA_SHA_256", "Signature": signed["Signature"],
    });
    assert_eq!(world.call("Verify", input).await.ok()["SignatureValid"], true);
    let short = sign(&digest[1..], json!({"MessageType": "DIGEST"})).await.refused("ValidationException");
    assert_eq!(short, "Digest is invalid length for algorithm ECDSA_SHA_256.");
    let wrong = sign(b"m", json!({"SigningAlgorithm": "ECDSA_SHA_384"})).await;
    assert_eq!(
        wrong.refused("InvalidKeyUsageException"),
        "Algorithm ECDSA_SHA_384 is incompatible with key spec ECC_NIST_P256."
    );
    sign(&digest, json!({"MessageType": "EXTERNAL_MU"})).await.refused("UnsupportedOperationException");
    sign(&[7; 4_097], json!({})).await.refused("ValidationException");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn rsa_encrypts_for_whoever_has_the_public_key() {
    let world = world();
    let key = world.create(json!({"KeySpec": "RSA_2048", "KeyUsage": "ENCRYPT_DECRYPT"})).await;
    assert_eq!(
        world.metadata(&key).await["EncryptionAlgorithms"],
        json!(["RSAES_OAEP_SHA_1", "RSAES_OAEP_SHA_256"])
    );
    for (algorithm, oaep, max) in
        [("RSAES_OAEP_SHA_1", Oaep::Sha1, 214), ("RSAES_OAEP_SHA_256", Oaep::Sha256, 190)]
    {
        let encrypt = async |plaintext: &[u8]| {
            let input =
                json!({"KeyId": key, "Plaintext": base64(plaintext), "EncryptionAlgorithm": algorithm});
            world.call("Encrypt", input).await
        };
        let decrypt = async |ciphertext: Value| {
            let input = json!({"KeyId": key, "CiphertextBlob": ciphertext, "EncryptionAlgorithm": algorithm});
            world.call("Decrypt", input).await
        };
        let sealed = encrypt(b"hush").await.ok()["CiphertextBlob"].clone();
        assert_eq!(plain(&decrypt(sealed).await.ok()["Plaintext"]), "hush");
        let long = encrypt(&vec![7; max + 1]).await.refused("ValidationException");
        assert_eq!(
            long,
            format!(
                "Algorithm {algorithm} and key spec RSA_2048 cannot encrypt data larger than {max} bytes."
            )
        );
        let public = world.call("GetPublicKey", json!({"KeyId": key})).await.ok();
        let outside = crypt::encrypt(PairKind::Rsa2048, &bytes(&public["PublicKey"]), oaep, b"out").unwrap();
        assert_eq!(plain(&decrypt(json!(base64(outside))).await.ok()["Plaintext"]), "out");
        decrypt(json!(base64([7; 256]))).await.refused("InvalidCiphertextException");
    }
    let plain_text = json!({"KeyId": key, "Plaintext": base64("m")});
    assert_eq!(
        world.call("Encrypt", plain_text).await.refused("InvalidKeyUsageException"),
        "Algorithm SYMMETRIC_DEFAULT is incompatible with key spec RSA_2048."
    );
    let sign = json!({"KeyId": key, "Message": base64("m"), "SigningAlgorithm": "RSASSA_PSS_SHA_256"});
    assert_eq!(
        world.call("Sign", sign).await.refused("InvalidKeyUsageException"),
        format!("{} key usage is ENCRYPT_DECRYPT which is not valid for Sign.", arn(&key))
    );
}

#[tokio::test]
async fn rsa_signs_in_all_its_ways() {
    let world = world();
    let key = world.create(json!({"KeySpec": "RSA_2048", "KeyUsage": "SIGN_VERIFY"})).await;
    let algorithms = world.metadata(&key).await["SigningAlgorithms"].clone();
    assert_eq!(algorithms.as_array().unwrap().len(), 6);
    for algorithm in algorithms.as_array().unwrap() {
        let mut input = json!({"KeyId": key, "Message": base64("m"), "SigningAlgorithm": algorithm});
        let signed = world.call("Sign", input.clone()).await.ok();
        input["Signature"] = signed["Signature"].clone();
        assert_eq!(world.call("Verify", input).await.ok()["SignatureValid"], true, "{algorithm}");
    }
}

#[tokio::test]
async fn both_ends_derive_the_same_secret() {
    let world = world();
    let key = world.create(json!({"KeySpec": "ECC_NIST_P384", "KeyUsage": "KEY_AGREEMENT"})).await;
    let mine = KeyPair::generate(PairKind::P384);
    let theirs = world.call("GetPublicKey", json!({"KeyId": key})).await.ok();
    assert_eq!(theirs["KeyAgreementAlgorithms"], json!(["ECDH"]));
    let expected = mine.agree(&bytes(&theirs["PublicKey"])).unwrap();
    let derive = async |public: &[u8]| {
        let input = json!({"KeyId": key, "KeyAgreementAlgorithm": "ECDH", "PublicKey": base64(public)});
        world.call("DeriveSharedSecret", input).await
    };
    let derived = derive(mine.public()).await.ok();
    assert!(bytes(&derived["SharedSecret"]) == expected.expose());
    derive(KeyPair::generate(PairKind::P256).public()).await.refused("ValidationException");
}

#[tokio::test]
async fn data_key_pairs_are_whole_pairs() {
    let world = world();
    let key = world.key().await;
    for (spec, kind) in [("ECC_NIST_P256", PairKind::P256), ("RSA_2048", PairKind::Rsa2048)] {
        let input = json!({"KeyId": key, "KeyPairSpec": spec, "EncryptionContext": {"a": "1"}});
        let made = world.call("GenerateDataKeyPair", input.clone()).await.ok();
        let private = base::Secret::new(bytes(&made["PrivateKeyPlaintext"]));
        let pair = KeyPair::from_pkcs8(kind, private).unwrap();
        assert_eq!(pair.public(), bytes(&made["PublicKey"]));
        let open =
            json!({"CiphertextBlob": made["PrivateKeyCiphertextBlob"], "EncryptionContext": {"a": "1"}});
        assert_eq!(world.call("Decrypt", open).await.ok()["Plaintext"], made["PrivateKeyPlaintext"]);
        let sealed = world.call("GenerateDataKeyPairWithoutPlaintext", input).await.ok();
        assert!(sealed.get("PrivateKeyPlaintext").is_none() && sealed.get("PublicKey").is_some());
    }
    let input = json!({"KeyId": key, "KeyPairSpec": "SM2"});
    world.call("GenerateDataKeyPair", input).await.refused("UnsupportedOperationException");
}
