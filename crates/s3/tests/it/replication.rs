//! Replication through the wire.

use std::sync::Arc;

use base::{Clock, Random};
use storage::Model;

use crate::harness::{Answer, START, World, world, world_over};

const ENABLED: &str = "<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>";
const ROLE: &str = "arn:aws:iam::000000000000:role/replicator";

async fn buckets(world: &World, names: &[&str]) {
    for name in names {
        world.make(name).await;
        world.put(&format!("/{name}?versioning"), ENABLED.to_owned()).await.is(200);
    }
}

fn rule(priority: u32, filter: &str, target: &str, markers: &str, more: &str) -> String {
    format!(
        "<Rule><ID>{priority}</ID><Priority>{priority}</Priority><Filter>{filter}</Filter><Status>Enabled</Status>\
         <DeleteMarkerReplication><Status>{markers}</Status></DeleteMarkerReplication>\
         <Destination><Bucket>arn:aws:s3:::{target}</Bucket>{more}</Destination></Rule>"
    )
}

async fn configure(world: &World, rules: &str) -> Answer {
    let text = format!("<ReplicationConfiguration><Role>{ROLE}</Role>{rules}</ReplicationConfiguration>");
    world.put("/source?replication", text).await
}

async fn put(world: &World, target: &str, text: &str) -> String {
    let put = world.put(target, text.to_owned()).await.is(200);
    put.header("x-amz-version-id").unwrap().to_owned()
}

impl World {
    async fn status(&self, target: &str) -> String {
        let answer = self.request("HEAD", target).send().await;
        answer.header("x-amz-replication-status").unwrap_or("-").to_owned()
    }
}

#[tokio::test]
async fn versions_that_rules_name_are_put_elsewhere_as_they_are() {
    let world = world();
    buckets(&world, &["source", "near", "far"]).await;
    put(&world, "/source/logs/before", "old").await;
    let far =
        rule(2, "<Prefix>logs/</Prefix>", "far", "Disabled", "<StorageClass>STANDARD_IA</StorageClass>");
    configure(&world, &format!("{}{far}", rule(1, "", "near", "Enabled", ""))).await.is(200);

    let first =
        world.request("PUT", "/source/logs/a").body("first".to_owned()).header("x-amz-tagging", "k=v");
    let first = first.header("x-amz-meta-m", "1").send().await.is(200);
    let version = first.header("x-amz-version-id").unwrap().to_owned();
    put(&world, "/source/b", &"b".repeat(100_000)).await;
    world
        .until("both are replicated", async |world| {
            world.status("/source/logs/a").await == "COMPLETED"
                && world.status("/source/b").await == "COMPLETED"
        })
        .await;
    let source = world.get("/source/logs/a").await.is(200);
    for (target, class) in [("near", None), ("far", Some("STANDARD_IA"))] {
        let replica = world.get(&format!("/{target}/logs/a?versionId={version}")).await.is(200);
        assert_eq!(
            (replica.text().as_str(), replica.header("x-amz-replication-status")),
            ("first", Some("REPLICA"))
        );
        assert_eq!(replica.header("x-amz-storage-class"), class);
        for name in ["etag", "last-modified", "x-amz-meta-m", "x-amz-tagging-count"] {
            assert_eq!(replica.header(name), source.header(name), "{name}");
        }
    }
    assert_eq!(world.get("/near/b").await.is(200).bytes.len(), 100_000);
    world.get("/far/b").await.is(404);
    // What was there before the rules is left alone.
    assert_eq!(world.status("/source/logs/before").await, "-");
    world.get("/near/logs/before").await.is(404);
}

#[tokio::test]
async fn changes_and_markers_follow_and_deletions_do_not() {
    let world = world();
    buckets(&world, &["source", "near", "far"]).await;
    let rules = format!("{}{}", rule(1, "", "near", "Enabled", ""), rule(2, "", "far", "Disabled", ""));
    configure(&world, &rules).await.is(200);
    let version = put(&world, "/source/k", "text").await;
    world.until("it is replicated", async |world| world.status("/source/k").await == "COMPLETED").await;
    let tags = "<Tagging><TagSet><Tag><Key>a</Key><Value>1</Value></Tag></TagSet></Tagging>";
    world.put("/source/k?tagging", tags.to_owned()).await.is(200);
    world
        .until("tags follow", async |world| {
            world.get("/far/k?tagging").await.element("Key").as_deref() == Some("a")
        })
        .await;
    let marker = world.delete("/source/k").await.is(204).header("x-amz-version-id").unwrap().to_owned();
    world.until("the marker follows", async |world| world.get("/near/k").await.status == 404).await;
    world.get("/near?versions").await.is(200).has("VersionId", &marker);
    world.get("/far/k").await.is(200);
    world.delete(&format!("/source/k?versionId={version}")).await.is(204);
    world.until("nothing waits", async |world| world.get("/near/k").await.status == 404).await;
    world.get(&format!("/near/k?versionId={version}")).await.is(200);
}

#[tokio::test]
async fn what_cannot_be_replicated_has_failed_and_replicas_go_no_further() {
    let world = world();
    buckets(&world, &["source", "near"]).await;
    configure(&world, &rule(1, "", "near", "Disabled", "")).await.is(200);
    let back = format!(
        "<ReplicationConfiguration><Role>{ROLE}</Role>{}</ReplicationConfiguration>",
        rule(1, "", "source", "Disabled", "")
    );
    world.put("/near?replication", back).await.is(200);
    put(&world, "/source/k", "text").await;
    world.until("it is replicated", async |world| world.status("/source/k").await == "COMPLETED").await;
    assert_eq!(world.status("/near/k").await, "REPLICA");
    // What is archived as it comes is left out.
    let archived = world.request("PUT", "/source/old").body("text".to_owned());
    archived.header("x-amz-storage-class", "GLACIER").send().await.is(200);
    assert_eq!(world.status("/source/old").await, "-");

    world.delete("/near?replication").await.is(204);
    let suspended = ENABLED.replace("Enabled", "Suspended");
    world.put("/near?versioning", suspended.clone()).await.is(200);
    put(&world, "/source/k", "again").await;
    world.until("it fails", async |world| world.status("/source/k").await == "FAILED").await;
    world.put("/source?versioning", suspended).await.refused(409, "InvalidBucketState");
}

#[tokio::test]
async fn what_waits_survives_and_is_replicated_once() {
    let clock = Clock::manual(START);
    let model = Model::new(clock.clone(), Random::seeded(1));
    {
        let world = world_over(model.clone(), clock.clone(), s3::Settings::default());
        buckets(&world, &["source", "near"]).await;
        configure(&world, &rule(1, "", "near", "Disabled", "")).await.is(200);
        put(&world, "/source/k", "text").await;
    }
    let model: Arc<Model> = model;
    let world = world_over(model, clock, s3::Settings::default());
    world.until("it is replicated", async |world| world.status("/source/k").await == "COMPLETED").await;
    assert_eq!(world.get("/near?versions").await.is(200).elements("VersionId").len(), 1);
}

#[tokio::test]
async fn configurations_are_refused_as_on_aws() {
    let world = world();
    buckets(&world, &["source", "near", "far"]).await;
    let good = rule(1, "", "near", "Enabled", "");
    let without = |part: &str, text: &str| {
        let (start, end) =
            (text.find(&format!("<{part}>")).unwrap(), text.find(&format!("</{part}>")).unwrap());
        format!("{}{}", &text[..start], &text[end + part.len() + 3..])
    };
    let tagged = "<Tag><Key>a</Key><Value>1</Value></Tag>";
    let bare = |target: &str| {
        format!(
            "<Rule><Prefix/><Status>Enabled</Status><Destination><Bucket>arn:aws:s3:::{target}</Bucket></Destination></Rule>"
        )
    };
    for (rules, part) in [
        (without("Priority", &good), "Priority must be specified for this version of Cross Region"),
        (
            without("DeleteMarkerReplication", &good),
            "DeleteMarkerReplication must be specified for this version",
        ),
        (
            rule(1, tagged, "near", "Enabled", ""),
            "Delete marker replication is not supported if any Tag filter",
        ),
        (rule(1, "", "source", "Enabled", ""), "Destination bucket cannot be the same"),
        (rule(1, "", "absent", "Enabled", ""), "Destination bucket must exist."),
        (
            format!("{}{}", bare("near"), bare("far")),
            "Number of distinct destination bucket ARNs cannot exceed 1",
        ),
        (
            format!("{good}{}", rule(1, "", "far", "Enabled", "").replace("<ID>1<", "<ID>2<")),
            "Found duplicate priority 1",
        ),
    ] {
        let refused = configure(&world, &rules).await.refused(400, "InvalidRequest");
        assert!(refused.element("Message").unwrap().starts_with(part), "{}", refused.text());
    }
    configure(&world, "").await.refused(400, "MalformedXML");
    configure(&world, &without("Filter", &good)).await.refused(400, "MalformedXML");
    configure(&world, &bare("near")).await.is(200);
}
