//! What other rooms see.

use std::sync::Arc;

use base::{AccountId, Region};
use ports::{NewObject, ObjectStore, PortError, Principal};
use storage::Model;
use store::Store;

use crate::harness::{World, world};
use crate::objects::sample;

fn object(bucket: &str, bytes: Vec<u8>) -> NewObject {
    NewObject {
        bucket: bucket.to_owned(),
        key: "delivered".to_owned(),
        body: bytes.into(),
        content_type: None,
        content_encoding: Some("gzip".to_owned()),
        metadata: Vec::new(),
        kms_key: None,
    }
}

fn role(account: AccountId) -> Principal {
    Principal::role(account, "arn:aws:iam::000000000000:role/delivery".parse().unwrap(), "stream")
}

fn parts(world: &World) -> (Arc<s3::S3>, Arc<Model>) {
    (world.room.state().clone(), world.model.clone().unwrap())
}

#[tokio::test]
async fn a_prepared_put_is_an_object_once_it_is_committed() {
    let world = world();
    world.make("bucket").await;
    let (s3, store) = parts(&world);
    let (principal, region) = (role(AccountId::DEFAULT), Region::us_east_1());
    for len in [10, 1 << 20] {
        let bytes = sample(len);
        let prepared = s3.prepare_put(&principal, &region, object("bucket", bytes.clone())).await.unwrap();
        world.delete("/bucket/delivered").await.is(204);
        let again = s3.prepare_put(&principal, &region, object("bucket", bytes.clone())).await.unwrap();
        store.commit(again.commit).await.unwrap();
        drop(again.guard);
        let got = world.get("/bucket/delivered").await.is(200);
        assert!(got.bytes == bytes);
        assert_eq!(
            (got.header("content-encoding"), got.header("etag")),
            (Some("gzip"), Some(prepared.etag.as_str()))
        );
        // The first one was prepared before the key was written: it must not overwrite what it has not seen.
        assert!(store.commit(prepared.commit).await.is_err());
        drop(prepared.guard);
        assert_eq!(store.blob_count(), 1);
    }
}

#[tokio::test]
async fn a_delivery_into_nothing_is_refused() {
    let world = world();
    world.make("bucket").await;
    let (s3, store) = parts(&world);
    let region = Region::us_east_1();
    let refused = s3.prepare_put(&role(AccountId::DEFAULT), &region, object("nowhere", sample(1))).await;
    assert!(matches!(refused, Err(PortError::NotFound { code: "NoSuchBucket", .. })));
    let stranger = role(AccountId::from_u64(7).unwrap());
    let refused = s3.prepare_put(&stranger, &region, object("bucket", sample(1))).await;
    assert!(matches!(refused, Err(PortError::Denied(_))));
    let prepared =
        s3.prepare_put(&role(AccountId::DEFAULT), &region, object("bucket", sample(1))).await.unwrap();
    world.delete("/bucket").await.is(204);
    assert!(store.commit(prepared.commit).await.is_err());
    store.set_full(true);
    world.model.as_ref().unwrap().set_full(false);
    world.make("bucket").await;
    store.set_full(true);
    let refused = s3.prepare_put(&role(AccountId::DEFAULT), &region, object("bucket", sample(1 << 20))).await;
    assert!(matches!(refused, Err(PortError::Unavailable(_))));
}
