//! Replication through the wire.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use base::{Arn, Clock, Random};
use futures_util::future::BoxFuture;
use ports::{AccessKey, PortError, Principals};
use storage::Model;

use crate::harness::{Answer, START, World, world, world_among, world_over};

const ENABLED: &str = "<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>";
const ROLE: &str = "arn:aws:iam::000000000000:role/replicator";
const DAY: Duration = Duration::from_secs(86_400);

/// Roles, of which some cannot be asked for now; and which were asked for.
#[derive(Default)]
struct Roles {
    away: Mutex<Option<&'static str>>,
    asked: Mutex<Vec<String>>,
}

impl Roles {
    fn away(&self, name: Option<&'static str>) {
        *self.away.lock().unwrap() = name;
    }

    fn asked(&self, name: &str) -> usize {
        self.asked.lock().unwrap().iter().filter(|asked| asked.ends_with(name)).count()
    }
}

impl Principals for Roles {
    fn find_key<'a>(&'a self, _: &'a str) -> BoxFuture<'a, Result<Option<AccessKey>, PortError>> {
        Box::pin(std::future::ready(Ok(None)))
    }

    fn trusts<'a>(&'a self, role: &'a Arn, _: &'static str) -> BoxFuture<'a, Result<bool, PortError>> {
        self.asked.lock().unwrap().push(role.resource().to_owned());
        let is_away = self.away.lock().unwrap().is_some_and(|name| role.resource().ends_with(name));
        let answer = if is_away { Err(PortError::Unavailable("away".to_owned())) } else { Ok(true) };
        Box::pin(std::future::ready(answer))
    }
}

fn world_of_roles() -> (World, Arc<Roles>) {
    let clock = Clock::manual(START);
    let model = Model::new(clock.clone(), Random::seeded(1));
    let roles = Arc::new(Roles::default());
    let world = world_among(model, clock, s3::Settings::default(), None, Some(roles.clone()));
    (world, roles)
}

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

#[tokio::test]
async fn a_role_of_another_account_is_refused() {
    let world = world();
    buckets(&world, &["source", "near"]).await;
    let policy = r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"000000000042"},"Action":"s3:PutReplicationConfiguration","Resource":"arn:aws:s3:::source"}]}"#;
    world.put("/source?policy", policy.to_owned()).await.is(204);
    let ghost = "arn:aws:iam::000000000042:role/ghost";
    let rules = rule(1, "", "near", "Disabled", "");
    let text = format!("<ReplicationConfiguration><Role>{ghost}</Role>{rules}</ReplicationConfiguration>");
    let request = world.request("PUT", "/source?replication").body(text.clone());
    let refused = request.stranger().send().await.refused(403, "AccessDenied");
    refused.has("Message", "Cross-account pass role is not allowed.");
    world.put("/source?replication", text).await.refused(403, "AccessDenied");
    world.get("/source?replication").await.is(404);
}

#[tokio::test]
async fn replicas_keep_their_locks_and_take_the_targets_default() {
    let world = world();
    for name in ["source", "near"] {
        let make = world.request("PUT", &format!("/{name}"));
        make.header("x-amz-bucket-object-lock-enabled", "true").send().await.is(200);
    }
    configure(&world, &rule(1, "", "near", "Disabled", "")).await.is(200);
    let lock = async |target: &str| {
        let head = world.request("HEAD", target).send().await.is(200);
        let told = |name: &str| head.header(&format!("x-amz-object-lock-{name}")).map(str::to_owned);
        (told("mode"), told("retain-until-date"), told("legal-hold"))
    };
    let retain = async |target: &str, mode: &str, until: &str| {
        let text =
            format!("<Retention><Mode>{mode}</Mode><RetainUntilDate>{until}</RetainUntilDate></Retention>");
        world.put(&format!("{target}?retention"), text).await.is(200);
    };
    let tag = async |value: &str| {
        let tags =
            format!("<Tagging><TagSet><Tag><Key>a</Key><Value>{value}</Value></Tag></TagSet></Tagging>");
        world.put("/source/k?tagging", tags).await.is(200);
        let follows = async |world: &World| {
            world.get("/near/k?tagging").await.element("Value").as_deref() == Some(value)
        };
        world.until("tags follow", follows).await;
    };
    let version = put(&world, "/source/k", "text").await;
    world.until("it is replicated", async |world| world.status("/source/k").await == "COMPLETED").await;
    retain("/near/k", "COMPLIANCE", "2026-01-05T03:04:06Z").await;
    let hold = "<LegalHold><Status>ON</Status></LegalHold>";
    world.put("/near/k?legal-hold", hold.to_owned()).await.is(200);
    let kept = lock("/near/k").await;
    assert_eq!((kept.0.as_deref(), kept.2.as_deref()), (Some("COMPLIANCE"), Some("ON")));

    // A source without a lock, and one with less of one, take nothing away.
    tag("1").await;
    assert_eq!(lock("/near/k").await, kept);
    retain("/source/k", "GOVERNANCE", "2026-01-09T03:04:06Z").await;
    tag("2").await;
    assert_eq!(lock("/near/k").await, kept);
    world.delete(&format!("/near/k?versionId={version}")).await.refused(403, "AccessDenied");
    // More of one is carried.
    let more =
        world.request("PUT", "/source/k?retention").header("x-amz-bypass-governance-retention", "true");
    let text = "<Retention><Mode>COMPLIANCE</Mode><RetainUntilDate>2026-01-19T03:04:06Z</RetainUntilDate></Retention>";
    more.body(text.to_owned()).send().await.is(200);
    tag("3").await;
    assert!(lock("/near/k").await.1.unwrap().starts_with("2026-01-19"));

    let usual = "<ObjectLockConfiguration><ObjectLockEnabled>Enabled</ObjectLockEnabled><Rule><DefaultRetention>\
        <Mode>GOVERNANCE</Mode><Days>1</Days></DefaultRetention></Rule></ObjectLockConfiguration>";
    world.put("/near?object-lock", usual.to_owned()).await.is(200);
    put(&world, "/source/new", "text").await;
    world.until("it is replicated", async |world| world.status("/source/new").await == "COMPLETED").await;
    let (mode, until, _) = lock("/near/new").await;
    assert_eq!(mode.as_deref(), Some("GOVERNANCE"));
    assert!(until.unwrap().starts_with("2026-01-03"));
}

#[tokio::test]
async fn the_lifecycle_leaves_alone_what_waits() {
    let (world, roles) = world_of_roles();
    buckets(&world, &["source", "near"]).await;
    configure(&world, &rule(1, "", "near", "Disabled", "")).await.is(200);
    let ages = "<LifecycleConfiguration><Rule><ID>r</ID><Filter/><Status>Enabled</Status>\
        <Transition><Days>1</Days><StorageClass>GLACIER</StorageClass></Transition>\
        <NoncurrentVersionExpiration><NoncurrentDays>1</NoncurrentDays></NoncurrentVersionExpiration>\
        </Rule></LifecycleConfiguration>";
    world.put("/source?lifecycle", ages.to_owned()).await.is(200);
    roles.away(Some("replicator"));
    let large = "x".repeat(200_000);
    let old = put(&world, "/source/k", &large).await;
    put(&world, "/source/k", &large).await;
    let class = async |world: &World| {
        let head = world.request("HEAD", "/source/k").send().await.is(200);
        head.header("x-amz-storage-class").unwrap_or("STANDARD").to_owned()
    };
    for _ in 0..5 {
        world.clock.advance(DAY);
        for _ in 0..2_000 {
            tokio::task::yield_now().await;
        }
        assert_eq!(
            (world.status("/source/k").await.as_str(), class(&world).await.as_str()),
            ("PENDING", "STANDARD")
        );
        world.get(&format!("/source/k?versionId={old}")).await.is(200);
    }
    roles.away(None);
    world.clock.advance(DAY);
    world.until("it is replicated", async |world| world.status("/source/k").await == "COMPLETED").await;
    world.get("/near/k").await.is(200);
    world.get(&format!("/near/k?versionId={old}")).await.is(200);
    // Then its time has come.
    world.until("it is moved", async |world| class(world).await == "GLACIER").await;
    let gone = format!("/source/k?versionId={old}");
    world.until("the older one goes", async |world| world.get(&gone).await.status == 404).await;
}

#[tokio::test]
async fn what_no_rule_names_any_more_has_failed() {
    let (world, roles) = world_of_roles();
    buckets(&world, &["source", "near"]).await;
    configure(&world, &rule(1, "", "near", "Disabled", "")).await.is(200);
    roles.away(Some("replicator"));
    put(&world, "/source/k", "text").await;
    configure(&world, &rule(1, "<Prefix>other/</Prefix>", "near", "Disabled", "")).await.is(200);
    roles.away(None);
    world.clock.advance(DAY);
    world.until("it is decided", async |world| world.status("/source/k").await != "PENDING").await;
    assert_eq!(world.status("/source/k").await, "FAILED");
    world.get("/near/k").await.is(404);
}

#[tokio::test]
async fn what_is_carried_is_asked_for() {
    let world = world();
    for name in ["source", "near"] {
        let make = world.request("PUT", &format!("/{name}"));
        make.header("x-amz-bucket-object-lock-enabled", "true").send().await.is(200);
        let lists = "<OwnershipControls><Rule><ObjectOwnership>ObjectWriter</ObjectOwnership></Rule></OwnershipControls>";
        world.put(&format!("/{name}?ownershipControls"), lists.to_owned()).await.is(200);
        world.delete(&format!("/{name}?publicAccessBlock")).await.is(204);
    }
    configure(&world, &rule(1, "", "near", "Disabled", "")).await.is(200);
    let cases = [
        ("s3:GetObjectVersionTagging", vec![("x-amz-tagging", "k=v")]),
        ("s3:GetObjectVersionAcl", vec![("x-amz-acl", "public-read")]),
        (
            "s3:GetObjectRetention",
            vec![
                ("x-amz-object-lock-mode", "GOVERNANCE"),
                ("x-amz-object-lock-retain-until-date", "2026-01-05T03:04:06Z"),
            ],
        ),
        ("s3:GetObjectLegalHold", vec![("x-amz-object-lock-legal-hold", "ON")]),
    ];
    let md5 = base64_simd::STANDARD.encode_to_string(crypt::md5(b"text"));
    let ends = async |key: &str, headers: &[(&str, &str)]| {
        let request = world.request("PUT", &format!("/source/{key}")).header("content-md5", &md5);
        let request = headers.iter().fold(request, |request, (name, value)| request.header(name, value));
        request.body("text".to_owned()).send().await.is(200);
        let target = format!("/source/{key}");
        world.until("it is decided", async |world| world.status(&target).await != "PENDING").await;
        world.status(&target).await
    };
    for (action, headers) in cases {
        let policy = format!(
            r#"{{"Version":"2012-10-17","Statement":[{{"Effect":"Deny","Principal":"*","Action":"{action}","Resource":"arn:aws:s3:::source/*"}}]}}"#
        );
        world.put("/source?policy", policy).await.is(204);
        assert_eq!(ends("bare", &[]).await, "COMPLETED", "{action}");
        assert_eq!(ends("carries", &headers).await, "FAILED", "{action}");
        world.delete("/source?policy").await.is(204);
        assert_eq!(ends("carries", &headers).await, "COMPLETED", "{action}");
    }
}

#[tokio::test]
async fn what_waits_is_not_tried_again_for_what_comes() {
    let (world, roles) = world_of_roles();
    buckets(&world, &["source", "stuck", "near"]).await;
    let rules = rule(1, "", "near", "Disabled", "");
    configure(&world, &rules).await.is(200);
    let other = ROLE.replace("replicator", "gone");
    let text = format!("<ReplicationConfiguration><Role>{other}</Role>{rules}</ReplicationConfiguration>");
    world.put("/stuck?replication", text).await.is(200);
    roles.away(Some("gone"));
    for n in 0..10 {
        put(&world, &format!("/stuck/stuck-{n}"), "text").await;
    }
    world.until("all were tried", async |_| roles.asked("gone") >= 10).await;
    let tried = roles.asked("gone");
    for n in 0..10 {
        let target = format!("/source/{n}");
        put(&world, &target, "text").await;
        world.until("it is replicated", async |world| world.status(&target).await == "COMPLETED").await;
    }
    assert_eq!(roles.asked("gone"), tried);
    // Their time comes even so.
    roles.away(None);
    world.clock.advance(Duration::from_secs(30));
    let last = async |world: &World| world.status("/stuck/stuck-9").await == "COMPLETED";
    world.until("it is replicated", last).await;
}
