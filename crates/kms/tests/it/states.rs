//! Which operation a key takes in which state: the table of the KMS guide, whole.

use serde_json::{Value, json};

use crate::harness::{World, arn, base64, world};

/// What a cell of the table says.
#[derive(Clone, Copy, PartialEq, Debug)]
enum Cell {
    /// It works.
    Ok,
    /// 1: DisabledException.
    Disabled,
    /// 3: KMSInvalidStateException, pending deletion.
    Pending,
    /// 4: KMSInvalidStateException, not pending deletion.
    NotPending,
    /// 5: KMSInvalidStateException, pending import.
    Import,
    /// 6, 7: UnsupportedOperationException, origin EXTERNAL.
    External,
    /// 9: UnsupportedOperationException, origin AWS_KMS.
    Own,
}

use Cell::{Disabled, External, Import, NotPending, Own, Pending};

/// Operation, and what it does with a key that is Enabled, Disabled, PendingDeletion (all of origin AWS_KMS) and PendingImport.
const SYMMETRIC: [(&str, [Cell; 4]); 24] = [
    ("Encrypt", [Cell::Ok, Disabled, Pending, Import]),
    ("GenerateDataKey", [Cell::Ok, Disabled, Pending, Import]),
    ("GenerateDataKeyWithoutPlaintext", [Cell::Ok, Disabled, Pending, Import]),
    ("GenerateDataKeyPair", [Cell::Ok, Disabled, Pending, Import]),
    ("GenerateDataKeyPairWithoutPlaintext", [Cell::Ok, Disabled, Pending, Import]),
    ("CreateGrant", [Cell::Ok, Disabled, Pending, Import]),
    ("EnableKey", [Cell::Ok, Cell::Ok, Pending, Import]),
    ("DisableKey", [Cell::Ok, Cell::Ok, Pending, Import]),
    ("EnableKeyRotation", [Cell::Ok, Disabled, Pending, External]),
    ("DisableKeyRotation", [Cell::Ok, Disabled, Pending, External]),
    ("RotateKeyOnDemand", [Cell::Ok, Disabled, Pending, Import]),
    ("GetKeyRotationStatus", [Cell::Ok, Cell::Ok, Cell::Ok, External]),
    ("GetParametersForImport", [Own, Own, Own, Cell::Ok]),
    ("DeleteImportedKeyMaterial", [Own, Own, Own, Cell::Ok]),
    ("ScheduleKeyDeletion", [Cell::Ok, Cell::Ok, Pending, Cell::Ok]),
    ("CancelKeyDeletion", [NotPending, NotPending, Cell::Ok, NotPending]),
    ("CreateAlias", [Cell::Ok, Cell::Ok, Pending, Cell::Ok]),
    ("UpdateAlias", [Cell::Ok, Cell::Ok, Pending, Cell::Ok]),
    ("TagResource", [Cell::Ok, Cell::Ok, Pending, Cell::Ok]),
    ("UntagResource", [Cell::Ok, Cell::Ok, Pending, Cell::Ok]),
    ("UpdateKeyDescription", [Cell::Ok, Cell::Ok, Pending, Cell::Ok]),
    ("PutKeyPolicy", [Cell::Ok, Cell::Ok, Cell::Ok, Cell::Ok]),
    ("ListGrants", [Cell::Ok, Cell::Ok, Cell::Ok, Cell::Ok]),
    ("ListResourceTags", [Cell::Ok, Cell::Ok, Cell::Ok, Cell::Ok]),
];

const MAC: [(&str, [Cell; 3]); 2] =
    [("GenerateMac", [Cell::Ok, Disabled, Pending]), ("VerifyMac", [Cell::Ok, Disabled, Pending])];
const PAIR: [(&str, [Cell; 3]); 3] = [
    ("Sign", [Cell::Ok, Disabled, Pending]),
    ("Verify", [Cell::Ok, Disabled, Pending]),
    ("GetPublicKey", [Cell::Ok, Disabled, Pending]),
];
const STATES: [&str; 3] = ["Enabled", "Disabled", "PendingDeletion"];

fn input(operation: &str, key: &str, more: &Value) -> Value {
    let mut input = match operation {
        "Encrypt" => json!({"Plaintext": base64("m")}),
        "GenerateDataKey" | "GenerateDataKeyWithoutPlaintext" => json!({"KeySpec": "AES_256"}),
        "GenerateDataKeyPair" | "GenerateDataKeyPairWithoutPlaintext" => {
            json!({"KeyPairSpec": "ECC_NIST_P256"})
        }
        "CreateGrant" => {
            json!({"GranteePrincipal": "arn:aws:iam::000000000000:user/a", "Operations": ["DescribeKey"]})
        }
        "GetParametersForImport" => {
            json!({"WrappingAlgorithm": "RSAES_OAEP_SHA_256", "WrappingKeySpec": "RSA_2048"})
        }
        "TagResource" => json!({"Tags": [{"TagKey": "a", "TagValue": ""}]}),
        "UntagResource" => json!({"TagKeys": ["a"]}),
        "UpdateKeyDescription" => json!({"Description": "d"}),
        "PutKeyPolicy" => json!({"Policy":
            r#"{"Statement":{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::000000000000:root"},"Action":"kms:*","Resource":"*"}}"#}),
        "GenerateMac" => json!({"Message": base64("m"), "MacAlgorithm": "HMAC_SHA_256"}),
        "VerifyMac" => json!({"Message": base64("m"), "MacAlgorithm": "HMAC_SHA_256", "Mac": more}),
        "Sign" => json!({"Message": base64("m"), "SigningAlgorithm": "ECDSA_SHA_256"}),
        "Verify" => json!({"Message": base64("m"), "SigningAlgorithm": "ECDSA_SHA_256", "Signature": more}),
        _ => json!({}),
    };
    if matches!(operation, "CreateAlias" | "UpdateAlias") {
        let name =
            if operation == "CreateAlias" { format!("alias/{key}") } else { "alias/moving".to_owned() };
        return json!({"AliasName": name, "TargetKeyId": key});
    }
    input["KeyId"] = json!(key);
    input
}

async fn put_into(world: &World, key: &str, state: &str) {
    match state {
        "Disabled" => drop(world.call("DisableKey", json!({"KeyId": key})).await.ok()),
        "PendingDeletion" => drop(world.call("ScheduleKeyDeletion", json!({"KeyId": key})).await.ok()),
        _ => {}
    }
    assert_eq!(world.state(key).await, state);
}

async fn check(world: &World, operation: &str, key: &str, more: &Value, cell: Cell) {
    let answer = world.call(operation, input(operation, key, more)).await;
    let what = format!("{operation} {cell:?} {}", answer.body);
    let (code, text) = match cell {
        Cell::Ok => {
            assert_eq!(answer.status, 200, "{what}");
            return;
        }
        Disabled => ("DisabledException", "is disabled."),
        Pending => ("KMSInvalidStateException", "is pending deletion."),
        NotPending => ("KMSInvalidStateException", "is not pending deletion."),
        Import => ("KMSInvalidStateException", "is pending import."),
        External => {
            ("UnsupportedOperationException", "origin is EXTERNAL which is not valid for this operation.")
        }
        Own => ("UnsupportedOperationException", "origin is AWS_KMS which is not valid for this operation."),
    };
    assert_eq!(answer.body["__type"], code, "{what}");
    assert_eq!(answer.body["message"], format!("{} {text}", arn(key)), "{what}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_table_holds_for_symmetric_keys() {
    let world = world();
    let spare = world.key().await;
    world.call("CreateAlias", json!({"AliasName": "alias/moving", "TargetKeyId": spare})).await.ok();
    for (operation, cells) in SYMMETRIC {
        for (state, cell) in STATES.into_iter().zip(cells) {
            let key = world.key().await;
            put_into(&world, &key, state).await;
            check(&world, operation, &key, &Value::Null, cell).await;
        }
        let waiting = world.create(json!({"Origin": "EXTERNAL"})).await;
        check(&world, operation, &waiting, &Value::Null, cells[3]).await;
    }
}

#[tokio::test]
async fn the_table_holds_for_what_opens_ciphertexts() {
    let world = world();
    let other = world.key().await;
    for (state, cell) in STATES.into_iter().zip([Cell::Ok, Disabled, Pending]) {
        let key = world.key().await;
        let sealed = world.encrypt(&key, "m").await;
        let elsewhere = world.encrypt(&other, "m").await;
        put_into(&world, &key, state).await;
        for (operation, input) in [
            ("Decrypt", json!({"CiphertextBlob": sealed})),
            ("ReEncrypt", json!({"CiphertextBlob": sealed, "DestinationKeyId": other})),
            ("ReEncrypt", json!({"CiphertextBlob": elsewhere, "DestinationKeyId": key})),
        ] {
            let answer = world.call(operation, input).await;
            match cell {
                Cell::Ok => drop(answer.ok()),
                Disabled => drop(answer.refused("DisabledException")),
                _ => drop(answer.refused("KMSInvalidStateException")),
            }
        }
    }
}

#[tokio::test]
async fn the_table_holds_for_macs_and_pairs() {
    let world = world();
    for (state_index, state) in STATES.into_iter().enumerate() {
        let key = world.create(json!({"KeySpec": "HMAC_256", "KeyUsage": "GENERATE_VERIFY_MAC"})).await;
        let made = world.call("GenerateMac", input("GenerateMac", &key, &Value::Null)).await.ok();
        put_into(&world, &key, state).await;
        for (operation, cells) in MAC {
            check(&world, operation, &key, &made["Mac"], cells[state_index]).await;
        }
        let key = world.create(json!({"KeySpec": "ECC_NIST_P256", "KeyUsage": "SIGN_VERIFY"})).await;
        let made = world.call("Sign", input("Sign", &key, &Value::Null)).await.ok();
        put_into(&world, &key, state).await;
        for (operation, cells) in PAIR {
            check(&world, operation, &key, &made["Signature"], cells[state_index]).await;
        }
    }
    let key = world.create(json!({"KeySpec": "ECC_NIST_P256", "KeyUsage": "KEY_AGREEMENT"})).await;
    put_into(&world, &key, "Disabled").await;
    let peer = crypt::KeyPair::generate(crypt::PairKind::P256);
    let input = json!({"KeyId": key, "KeyAgreementAlgorithm": "ECDH", "PublicKey": base64(peer.public())});
    world.call("DeriveSharedSecret", input).await.refused("DisabledException");
}
