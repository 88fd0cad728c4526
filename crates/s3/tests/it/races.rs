//! Many at once: what one of them is told must be true for all.

use std::sync::Arc;

use futures_util::future::join_all;

use crate::harness::{World, world};
use crate::objects::sample;

const ROUNDS: usize = 20;

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_bucket_is_not_deleted_under_a_put_that_was_acknowledged() {
    let world = Arc::new(world());
    for round in 0..ROUNDS {
        let bucket = format!("bucket-{round}");
        world.make(&bucket).await;
        let puts = (0..8).map(|key| spawn(&world, "PUT", format!("/{bucket}/{key}")));
        let deletes = (0..4).map(|_| spawn(&world, "DELETE", format!("/{bucket}")));
        let (puts, deletes) = tokio::join!(join_all(puts), join_all(deletes));
        let deleted = deletes.iter().filter(|status| **status == 204).count();
        let stored = puts.iter().filter(|status| **status == 200).count();
        assert!(deleted <= 1, "{deletes:?}");
        if deleted == 1 {
            assert_eq!(stored, 0, "{puts:?} {deletes:?}");
            world.request("HEAD", &format!("/{bucket}")).send().await.is(404);
        } else {
            assert_eq!(stored, 8, "{puts:?} {deletes:?}");
            let list = world.get(&format!("/{bucket}?list-type=2")).await.is(200);
            assert_eq!(list.elements("Key").len(), 8);
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_many_writers_of_one_key_all_succeed_and_one_stays() {
    let world = Arc::new(world());
    world.make("bucket").await;
    for len in [100, 100_000] {
        let writes = (0..32).map(|n| {
            let world = world.clone();
            tokio::spawn(async move { world.put("/bucket/key", sample(len + n)).await.status })
        });
        for status in join_all(writes).await {
            assert_eq!(status.unwrap(), 200);
        }
        assert_eq!(world.model.as_ref().unwrap().blob_count(), 1);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_many_conditional_writers_one_wins() {
    let world = Arc::new(world());
    world.make("bucket").await;
    for round in 0..ROUNDS {
        let writes = (0..8).map(|_| {
            let (world, target) = (world.clone(), format!("/bucket/{round}"));
            tokio::spawn(async move {
                world
                    .request("PUT", &target)
                    .header("if-none-match", "*")
                    .body(sample(10))
                    .send()
                    .await
                    .status
            })
        });
        let answers: Vec<u16> = join_all(writes).await.into_iter().map(Result::unwrap).collect();
        let won = answers.iter().filter(|status| **status == 200).count();
        let lost = answers.iter().filter(|status| matches!(**status, 409 | 412)).count();
        assert_eq!((won, lost), (1, 7), "{answers:?}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn readers_get_one_version_whole_while_it_is_overwritten() {
    let world = Arc::new(world());
    world.make("bucket").await;
    let version = |n: usize| vec![u8::try_from(n % 251).unwrap(); 200_000 + n];
    world.put("/bucket/key", version(0)).await.is(200);
    let writer = {
        let world = world.clone();
        tokio::spawn(async move {
            for n in 1..60 {
                world.put("/bucket/key", version(n)).await.is(200);
            }
        })
    };
    let readers = (0..4).map(|_| {
        let world = world.clone();
        tokio::spawn(async move {
            for _ in 0..60 {
                let got = world.get("/bucket/key").await.is(200);
                assert!(got.bytes == version(got.bytes.len() - 200_000));
                assert_eq!(
                    got.header("etag"),
                    Some(format!("\"{}\"", base::hex(&crypt::md5(&got.bytes))).as_str())
                );
            }
        })
    });
    for reader in join_all(readers).await {
        reader.unwrap();
    }
    writer.await.unwrap();
}

async fn spawn(world: &Arc<World>, method: &'static str, target: String) -> u16 {
    let world = world.clone();
    tokio::spawn(async move { world.request(method, &target).body(sample(10)).send().await.status })
        .await
        .unwrap()
}
