//! Grants are made, found and ended.

use serde_json::{Value, json};

use crate::harness::{World, arn, text, texts, world};

const ALICE: &str = "arn:aws:iam::000000000000:user/alice";
const BOB: &str = "arn:aws:iam::000000000000:user/bob";

async fn make(world: &World, key: &str, more: Value) -> Value {
    let mut input = json!({"KeyId": key, "GranteePrincipal": ALICE, "Operations": ["Decrypt"]});
    for (name, value) in more.as_object().unwrap() {
        input[name] = value.clone();
    }
    world.call("CreateGrant", input).await.ok()
}

#[tokio::test]
async fn a_grant_is_listed_as_it_was_made() {
    let world = world();
    let key = world.key().await;
    let made = make(
        &world,
        &key,
        json!({
            "Name": "n", "RetiringPrincipal": BOB, "Operations": ["Encrypt", "Decrypt"],
            "Constraints": {"EncryptionContextEquals": {"a": "1"}},
        }),
    )
    .await;
    assert_eq!(text(&made["GrantId"]).len(), 64);
    let listed = world.call("ListGrants", json!({"KeyId": key})).await.ok();
    let grant = &listed["Grants"][0];
    assert_eq!((&grant["KeyId"], &grant["GrantId"]), (&json!(arn(&key)), &made["GrantId"]));
    assert_eq!((&grant["Name"], &grant["GranteePrincipal"]), (&json!("n"), &json!(ALICE)));
    assert_eq!(grant["RetiringPrincipal"], BOB);
    assert_eq!(grant["IssuingAccount"], "arn:aws:iam::000000000000:root");
    assert_eq!(grant["Operations"], json!(["Decrypt", "Encrypt"]));
    assert_eq!(grant["Constraints"], json!({"EncryptionContextEquals": {"a": "1"}}));
    assert_eq!(listed["Truncated"], false);
}

#[tokio::test]
async fn the_same_name_and_parameters_are_the_same_grant() {
    let world = world();
    let key = world.key().await;
    let first = make(&world, &key, json!({"Name": "n"})).await;
    let again = make(&world, &key, json!({"Name": "n"})).await;
    assert_eq!(first["GrantId"], again["GrantId"]);
    let other = make(&world, &key, json!({"Name": "n", "Operations": ["Encrypt"]})).await;
    assert_ne!(first["GrantId"], other["GrantId"]);
    let unnamed = make(&world, &key, json!({})).await;
    assert_ne!(unnamed["GrantId"], make(&world, &key, json!({})).await["GrantId"]);
}

#[tokio::test]
async fn listings_filter_and_go_on() {
    let world = world();
    let key = world.key().await;
    for _ in 0..3 {
        make(&world, &key, json!({"RetiringPrincipal": BOB})).await;
    }
    let bob = make(&world, &key, json!({"GranteePrincipal": BOB})).await;
    let page = world.call("ListGrants", json!({"KeyId": key, "Limit": 3})).await.ok();
    assert_eq!(page["Truncated"], true);
    let rest = json!({"KeyId": key, "Limit": 3, "Marker": page["NextMarker"]});
    let rest = world.call("ListGrants", rest).await.ok();
    let mut all = texts(&page["Grants"], "GrantId");
    all.extend(texts(&rest["Grants"], "GrantId"));
    all.dedup();
    assert_eq!(all.len(), 4);
    let of_bob = world.call("ListGrants", json!({"KeyId": key, "GranteePrincipal": BOB})).await.ok();
    assert_eq!(texts(&of_bob["Grants"], "GrantId"), [text(&bob["GrantId"])]);
    let retirable =
        world.call("ListRetirableGrants", json!({"RetiringPrincipal": BOB, "Limit": 2})).await.ok();
    assert_eq!(retirable["Grants"].as_array().unwrap().len(), 2);
    let input = json!({"RetiringPrincipal": BOB, "Marker": retirable["NextMarker"]});
    let rest = world.call("ListRetirableGrants", input).await.ok();
    assert_eq!((rest["Grants"].as_array().unwrap().len(), &rest["Truncated"]), (1, &json!(false)));
}

#[tokio::test]
async fn grants_end_and_what_makes_no_sense_is_refused() {
    let world = world();
    let key = world.key().await;
    let made = make(&world, &key, json!({})).await;
    let id = made["GrantId"].clone();
    world.call("RevokeGrant", json!({"KeyId": key, "GrantId": id})).await.ok();
    world.call("RevokeGrant", json!({"KeyId": key, "GrantId": id})).await.refused("NotFoundException");
    assert_eq!(world.call("ListGrants", json!({"KeyId": key})).await.ok()["Grants"], json!([]));
    world.call("RetireGrant", json!({"GrantToken": "forged"})).await.refused("InvalidGrantTokenException");
    world.call("RetireGrant", json!({})).await.refused("ValidationException");
    let wrong = async |more: Value, code: &str| {
        let mut input = json!({"KeyId": key, "GranteePrincipal": ALICE, "Operations": ["Decrypt"]});
        for (name, value) in more.as_object().unwrap() {
            input[name] = value.clone();
        }
        world.call("CreateGrant", input).await.refused(code)
    };
    wrong(json!({"Operations": ["Sign"]}), "ValidationException").await;
    wrong(json!({"Operations": []}), "ValidationException").await;
    wrong(json!({"Operations": ["Nonsense"]}), "ValidationException").await;
    wrong(json!({"GranteePrincipal": "nobody"}), "InvalidArnException").await;
    wrong(json!({"GranteeServicePrincipal": "s3.amazonaws.com"}), "ValidationException").await;
    wrong(json!({"DryRun": true}), "DryRunOperationException").await;
    let input = json!({"KeyId": key, "Plaintext": "aGk=", "GrantTokens": ["forged"]});
    world.call("Encrypt", input).await.refused("InvalidGrantTokenException");
    let input = json!({"KeyId": key, "Plaintext": "aGk=", "GrantTokens": [made["GrantToken"]]});
    world.call("Encrypt", input).await.ok();
}
