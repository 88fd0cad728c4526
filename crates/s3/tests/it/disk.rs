//! The same room over the embedded store: what was acknowledged is there after it is opened again.

use base::{Clock, Random};
use s3::Settings;
use storage::Embedded;

use crate::harness::{START, world_over};
use crate::objects::sample;

#[tokio::test(flavor = "multi_thread")]
async fn objects_are_there_after_a_restart() {
    let dir = tempfile::tempdir().unwrap();
    let open = || {
        let clock = Clock::manual(START);
        let parts = storage::Parts { clock: clock.clone(), random: Random::seeded(3), disk: None };
        (Embedded::open(storage::Settings::new(dir.path()), parts).unwrap(), clock)
    };
    let sizes = [0, 1, 4_096, 64 << 10, (64 << 10) + 1, 5 << 20];
    let (store, clock) = open();
    let world = world_over(store.clone(), clock, Settings::default());
    world.make("bucket").await;
    for size in sizes {
        world.put(&format!("/bucket/{size}"), sample(size)).await.is(200);
    }
    world.put("/bucket/gone", sample(100_000)).await.is(200);
    world.delete("/bucket/gone").await.is(204);
    drop(world);
    store.close();
    drop(store);

    let (store, clock) = open();
    let world = world_over(store.clone(), clock, Settings::default());
    for size in sizes {
        assert!(world.get(&format!("/bucket/{size}")).await.is(200).bytes == sample(size), "{size}");
    }
    let range =
        world.request("GET", "/bucket/5242880").header("range", "bytes=100000-300000").send().await.is(206);
    assert!(range.bytes == sample(5 << 20)[100_000..300_001]);
    world.get("/bucket/gone").await.refused(404, "NoSuchKey");
    let list = world.get("/bucket?list-type=2").await.is(200);
    assert_eq!(list.elements("Key").len(), sizes.len());
    drop(world);
    store.close();
}
