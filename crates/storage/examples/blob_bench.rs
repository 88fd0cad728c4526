//! Prints the blobs' figures: `cargo run --release -p storage --example blob_bench [DIR]`.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use base::{Clock, Random};
use bytes::Bytes;
use storage::{Embedded, Parts, Settings};
use store::{BlobRef, Commit, CommitId, Store};

/// How long each figure is measured.
const SECONDS: Duration = Duration::from_secs(3);

fn main() {
    let dir = std::env::args().nth(1).map_or_else(|| PathBuf::from("."), PathBuf::from);
    let clock = Clock::system(Duration::ZERO);
    let random = Random::seeded(clock.wall().as_micros() as u64);
    let settings = Settings { ephemeral: true, ..Settings::new(dir) };
    let parts = Parts { clock: clock.clone(), random: random.clone(), disk: None };
    let store = Embedded::open(settings, parts).expect("the directory can be used");
    let runtime = tokio::runtime::Builder::new_multi_thread().build().expect("threads can be started");
    runtime.block_on(async {
        for (bytes, writers) in [(100 << 10, 1), (1 << 20, 1), (1 << 20, 4), (1 << 20, 16), (8 << 20, 4)] {
            put(&store, &clock, &random, bytes, writers).await;
        }
        for (bytes, readers) in [(64 << 20, 1), (64 << 20, 2), (1 << 20, 4)] {
            get(&store, &clock, &random, bytes, readers).await;
        }
        small(&store, &clock, &random).await;
    });
    store.close();
}

async fn put(store: &Arc<Embedded>, clock: &Clock, random: &Random, bytes: usize, writers: usize) {
    let payload = Bytes::from(vec![7; bytes]);
    let start = clock.monotonic();
    let mut tasks = Vec::new();
    for _ in 0..writers {
        let (store, clock, random, payload) = (store.clone(), clock.clone(), random.clone(), payload.clone());
        tasks.push(tokio::spawn(async move {
            let mut times = Vec::new();
            while clock.monotonic() - start < SECONDS {
                let before = clock.monotonic();
                let (stored, guard) = store.put_blob(payload.clone().into()).await.expect("there is space");
                let mut commit = Commit::new(CommitId(random.u128()));
                commit.count_blob(stored.blob, 1);
                store.commit(commit).await.expect("nothing stands against it");
                drop(guard);
                times.push(clock.monotonic() - before);
                let mut commit = Commit::new(CommitId(random.u128()));
                commit.count_blob(stored.blob, -1);
                store.commit(commit).await.expect("nothing stands against it");
            }
            times
        }));
    }
    let mut times = Vec::new();
    for task in tasks {
        times.extend(task.await.expect("a writer does not panic"));
    }
    let seconds = (clock.monotonic() - start).as_secs_f64();
    times.sort();
    let rate = times.len() as f64 / seconds;
    println!(
        "put {:>5} KiB, {writers:>2} writers: {rate:>7.0}/s, {:>6.0} MB/s, p50 {:?}, p99 {:?}",
        bytes >> 10,
        rate * bytes as f64 / 1e6,
        times[times.len() / 2],
        times[times.len() * 99 / 100],
    );
}

async fn get(store: &Arc<Embedded>, clock: &Clock, random: &Random, bytes: usize, readers: usize) {
    let (stored, guard) = store.put_blob(vec![7; bytes].into()).await.expect("there is space");
    let mut commit = Commit::new(CommitId(random.u128()));
    commit.count_blob(stored.blob, 1);
    store.commit(commit).await.expect("nothing stands against it");
    drop(guard);
    let rate = read(store, clock, stored.blob, bytes, readers).await;
    println!(
        "get {:>5} KiB, {readers:>2} readers: {rate:>7.0}/s, {:>6.0} MB/s",
        bytes >> 10,
        rate * bytes as f64 / 1e6
    );
}

async fn small(store: &Arc<Embedded>, clock: &Clock, random: &Random) {
    let blob = BlobRef(random.u128());
    let mut commit = Commit::new(CommitId(random.u128()));
    commit.new_blob(blob, vec![7; 4096].into());
    store.commit(commit).await.expect("nothing stands against it");
    for readers in [1, 16] {
        let rate = read(store, clock, blob, 4096, readers).await;
        println!("get     4 KiB, {readers:>2} readers, in the journal: {rate:>7.0}/s");
    }
}

async fn read(store: &Arc<Embedded>, clock: &Clock, blob: BlobRef, bytes: usize, readers: usize) -> f64 {
    let start = clock.monotonic();
    let mut tasks = Vec::new();
    for _ in 0..readers {
        let (store, clock) = (store.clone(), clock.clone());
        tasks.push(tokio::spawn(async move {
            let mut count = 0_u64;
            while clock.monotonic() - start < SECONDS {
                let mut body = store.get_blob(blob, 0..bytes as u64).await.expect("the blob is there");
                let mut read = 0;
                while let Some(piece) = body.next().await {
                    read += piece.expect("the blob is sound").len();
                }
                assert_eq!(read, bytes);
                count += 1;
            }
            count
        }));
    }
    let mut count = 0;
    for task in tasks {
        count += task.await.expect("a reader does not panic");
    }
    count as f64 / (clock.monotonic() - start).as_secs_f64()
}
