use serde_json::json;

use crate::transform::b64;
use crate::world::World;

const KEY: &str = "arn:aws:kms:us-east-1:000000000000:key/k";

async fn status(world: &World) -> serde_json::Value {
    let shown = world.ok("DescribeDeliveryStream", json!({"DeliveryStreamName": "s"})).await;
    shown["DeliveryStreamDescription"]["DeliveryStreamEncryptionConfiguration"].clone()
}

#[tokio::test]
async fn records_are_sealed_while_encryption_is_on_and_delivered_either_way() {
    let mut world = World::new();
    world.create("s", json!({})).await;
    world.put("s", b"before ").await;
    let input = json!({"KeyType": "CUSTOMER_MANAGED_CMK", "KeyARN": KEY});
    let input = json!({"DeliveryStreamName": "s", "DeliveryStreamEncryptionConfigurationInput": input});
    world.ok("StartDeliveryStreamEncryption", input).await;
    assert_eq!(
        status(&world).await,
        json!({"Status": "ENABLED", "KeyType": "CUSTOMER_MANAGED_CMK", "KeyARN": KEY})
    );
    let record = json!({"DeliveryStreamName": "s", "Record": {"Data": b64(b"sealed ")}});
    assert_eq!(world.ok("PutRecord", record).await["Encrypted"], true);
    world.ok("StopDeliveryStreamEncryption", json!({"DeliveryStreamName": "s"})).await;
    assert_eq!(status(&world).await["Status"], "DISABLED");
    world.put("s", b"after").await;
    world.restart().await;
    world.pass(60);
    world.until_objects(1).await;
    assert_eq!(world.delivered().await, b"before sealed after");
}

#[tokio::test]
async fn a_lost_key_refuses_puts_and_deliveries_wait_for_it() {
    let world = World::new();
    let input = json!({"KeyType": "CUSTOMER_MANAGED_CMK", "KeyARN": KEY});
    let input = json!({
        "DeliveryStreamName": "s", "DeliveryStreamEncryptionConfigurationInput": input,
        "ExtendedS3DestinationConfiguration": crate::world::s3("b", json!({})),
    });
    world.ok("CreateDeliveryStream", input).await;
    world.put("s", b"x").await;
    world.keys.lost.lock().unwrap().insert(KEY.to_owned());
    world.pass(30);
    let record = json!({"DeliveryStreamName": "s", "Record": {"Data": b64(b"y")}});
    assert_eq!(world.refused("PutRecord", record).await.0, "InvalidKMSResourceException");
    world.pass(60);
    world.settle().await;
    assert!(world.objects("b").await.is_empty());
    world.keys.lost.lock().unwrap().clear();
    world.pass(60);
    world.until_objects(1).await;
    assert_eq!(world.delivered().await, b"x");
}

#[tokio::test]
async fn keys_that_cannot_be_are_refused() {
    let world = World::new();
    world.create("s", json!({})).await;
    for given in
        [json!({"KeyType": "CUSTOMER_MANAGED_CMK"}), json!({"KeyType": "AWS_OWNED_CMK", "KeyARN": KEY})]
    {
        let input = json!({"DeliveryStreamName": "s", "DeliveryStreamEncryptionConfigurationInput": given});
        assert_eq!(world.refused("StartDeliveryStreamEncryption", input).await.0, "InvalidArgumentException");
    }
    world.ok("StartDeliveryStreamEncryption", json!({"DeliveryStreamName": "s"})).await;
    assert_eq!(status(&world).await, json!({"Status": "ENABLED", "KeyType": "AWS_OWNED_CMK"}));
}
