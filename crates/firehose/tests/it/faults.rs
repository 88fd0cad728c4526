//! Exactly once, whatever happens: every call the delivery makes of the store and of S3 is made to fail in every way there is, one after
//! the other, and the bucket holds every record once all the same.

use serde_json::json;

use crate::world::{FakeRecords, Mishap, ROLE, World, s3};

/// More calls than one delivery makes; the loops end when a run is not struck any more.
const CALLS_MAX: i64 = 60;

/// Arms a fate, lets a delivery run into it, restarts if that was fatal, and sees what arrived.
async fn survive(mut world: World, expected: &[u8], calls: i64, mishap: Mishap) -> bool {
    world.fates.arm(calls, mishap);
    world.pass(60);
    for _ in 0..40 {
        world.settle().await;
        if world.fates.struck() || world.delivered().await == expected {
            break;
        }
    }
    let struck = world.fates.struck();
    world.fates.disarm();
    world.settle().await;
    if matches!(mishap, Mishap::DieBefore | Mishap::DieAfter) {
        world.restart().await;
    }
    for _ in 0..10 {
        // Pauses after failures pass, and so would a second delivery of the same records.
        world.pass(31);
        world.settle().await;
    }
    world.until(async || world.delivered().await.len() >= expected.len()).await;
    world.pass(3_600);
    world.settle().await;
    assert_eq!(world.delivered().await, expected, "{mishap:?} at call {calls}");
    assert_eq!(
        world.model.blob_count(),
        world.objects("b").await.len(),
        "{mishap:?} at call {calls} left blobs that nothing refers to"
    );
    struck
}

const MISHAPS: [Mishap; 5] =
    [Mishap::DieBefore, Mishap::DieAfter, Mishap::Unknown, Mishap::Lost, Mishap::Conflict];

#[tokio::test]
async fn direct_put_is_delivered_exactly_once_through_every_mishap_at_every_step() {
    let mut struck = 0;
    for mishap in MISHAPS {
        for calls in 0..CALLS_MAX {
            let world = World::new();
            world.create("s", json!({})).await;
            let mut expected = Vec::new();
            for n in 0..5 {
                let data = format!("<{n}>");
                world.put("s", data.as_bytes()).await;
                expected.extend_from_slice(data.as_bytes());
            }
            if !survive(world, &expected, calls, mishap).await {
                break;
            }
            struck += 1;
        }
    }
    assert!(struck >= 5 * 5, "only {struck} steps were struck");
}

#[tokio::test]
async fn a_kinesis_source_is_delivered_exactly_once_through_every_mishap_at_every_step() {
    let mut struck = 0;
    for mishap in MISHAPS {
        for calls in 0..CALLS_MAX {
            let world = World::new();
            world.records.create("k");
            world.records.open("k", "a", &[]);
            world.records.open("k", "b", &[]);
            world
                .ok(
                    "CreateDeliveryStream",
                    json!({
                        "DeliveryStreamName": "s",
                        "DeliveryStreamType": "KinesisStreamAsSource",
                        "KinesisStreamSourceConfiguration": {
                            "KinesisStreamARN": FakeRecords::arn("k"), "RoleARN": ROLE,
                        },
                        "ExtendedS3DestinationConfiguration": s3("b", json!({})),
                    }),
                )
                .await;
            world.settle().await;
            world.records.put("k", "a", "1");
            world.records.put("k", "a", "2");
            world.records.put("k", "b", "3");
            world.records.close("k", "a");
            world.records.open("k", "c", &["a"]);
            world.records.put("k", "c", "4");
            world.settle().await;
            if !survive(world, b"1234", calls, mishap).await {
                break;
            }
            struck += 1;
        }
    }
    assert!(struck >= 5 * 3, "only {struck} steps were struck");
}

#[tokio::test]
async fn a_put_whose_outcome_is_unknown_is_not_acknowledged() {
    let world = World::new();
    world.create("s", json!({})).await;
    world.settle().await;
    // The first call of a put reads the stream's row, the second commits.
    world.fates.arm(1, Mishap::Lost);
    let (status, answer) =
        world.call("PutRecord", json!({"DeliveryStreamName": "s", "Record": {"Data": "eA=="}})).await;
    assert_eq!((status, answer["__type"].as_str()), (503, Some("ServiceUnavailableException")));
    world.put("s", b"y").await;
    world.pass(60);
    assert_eq!(&world.until_objects(1).await[0].bytes[..], b"y");
}

#[tokio::test]
async fn a_full_disk_refuses_puts_and_delivers_later() {
    let world = World::new();
    world.create("s", json!({})).await;
    world.put("s", b"x").await;
    world.model.set_full(true);
    let (status, _) =
        world.call("PutRecord", json!({"DeliveryStreamName": "s", "Record": {"Data": "eA=="}})).await;
    assert_eq!(status, 503);
    world.model.set_full(false);
    world.pass(60);
    assert_eq!(&world.until_objects(1).await[0].bytes[..], b"x");
}
