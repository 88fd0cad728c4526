//! A year of lifecycle, through the wire.

use std::sync::Arc;
use std::time::Duration;

use base::{Clock, Random};
use s3::Settings;
use storage::Model;

use super::harness::{START, World, world, world_over};

const DAY: Duration = Duration::from_secs(86_400);
const LARGE: usize = 200_000;

impl World {
    /// Looks until something is so. Background work over the model is done after a few rounds of the runtime.
    pub(crate) async fn until(&self, what: &str, is_so: impl AsyncFn(&World) -> bool) {
        const ROUNDS_MAX: usize = 20_000;
        for _ in 0..ROUNDS_MAX {
            if is_so(self).await {
                return;
            }
            tokio::task::yield_now().await;
        }
        panic!("it never came to be so: {what}");
    }

    async fn set_lifecycle(&self, rules: &str) {
        let document = format!("<LifecycleConfiguration>{rules}</LifecycleConfiguration>");
        self.put("/bucket?lifecycle", document.into_bytes()).await.is(200);
    }

    /// The storage class of a key as HEAD tells it; `-` where it is gone.
    async fn class(&self, key: &str) -> String {
        let answer = self.request("HEAD", &format!("/bucket/{key}")).send().await;
        match answer.status {
            200 => answer.header("x-amz-storage-class").unwrap_or("STANDARD").to_owned(),
            _ => "-".to_owned(),
        }
    }

    async fn versioning(&self, status: &str) {
        let document =
            format!("<VersioningConfiguration><Status>{status}</Status></VersioningConfiguration>");
        self.put("/bucket?versioning", document.into_bytes()).await.is(200);
    }

    /// Everything in the bucket: key, what it is, its Last-Modified, its class.
    async fn everything(&self) -> Vec<String> {
        let answer = self.get("/bucket?versions").await.is(200);
        let text = answer.text();
        let mut lines = Vec::new();
        for (open, name) in [("<Version>", "Version"), ("<DeleteMarker>", "DeleteMarker")] {
            for part in text.split(open).skip(1) {
                let within = |tag: &str| {
                    let (open, close) = (format!("<{tag}>"), format!("</{tag}>"));
                    let rest = part.split(&open).nth(1).unwrap_or_default();
                    rest.split(&close).next().unwrap_or_default().to_owned()
                };
                lines.push(format!(
                    "{} {name} {} {} {}",
                    within("Key"),
                    within("LastModified"),
                    within("IsLatest"),
                    if name == "Version" { within("StorageClass") } else { String::new() }
                ));
            }
        }
        lines
    }
}

const RULES: &str = "\
    <Rule><ID>ladder</ID><Filter><Prefix>logs/</Prefix></Filter><Status>Enabled</Status>\
      <Transition><Days>30</Days><StorageClass>STANDARD_IA</StorageClass></Transition>\
      <Transition><Days>90</Days><StorageClass>GLACIER</StorageClass></Transition>\
      <Transition><Days>180</Days><StorageClass>DEEP_ARCHIVE</StorageClass></Transition>\
      <Expiration><Days>365</Days></Expiration>\
      <NoncurrentVersionTransition><NoncurrentDays>7</NoncurrentDays><StorageClass>GLACIER_IR</StorageClass></NoncurrentVersionTransition>\
      <NoncurrentVersionExpiration><NoncurrentDays>40</NoncurrentDays><NewerNoncurrentVersions>1</NewerNoncurrentVersions></NoncurrentVersionExpiration>\
      <AbortIncompleteMultipartUpload><DaysAfterInitiation>5</DaysAfterInitiation></AbortIncompleteMultipartUpload></Rule>\
    <Rule><ID>tmp</ID><Filter><And><Prefix>tmp/</Prefix><Tag><Key>keep</Key><Value>no</Value></Tag></And></Filter>\
      <Status>Enabled</Status><Expiration><Days>3</Days></Expiration></Rule>\
    <Rule><ID>markers</ID><Filter/><Status>Enabled</Status>\
      <Expiration><ExpiredObjectDeleteMarker>true</ExpiredObjectDeleteMarker></Expiration></Rule>";

#[tokio::test]
async fn objects_go_down_the_ladder_and_off() {
    let world = world();
    world.make("bucket").await;
    world.set_lifecycle(RULES).await;
    let put = world.put("/bucket/logs/a", vec![1; LARGE]).await.is(200);
    // Put on 2026-01-02 at 03:04: the midnight after 365 days.
    let expires = "expiry-date=\"Sun, 03 Jan 2027 00:00:00 GMT\", rule-id=\"ladder\"";
    assert_eq!(put.header("x-amz-expiration"), Some(expires));
    assert_eq!(world.get("/bucket/logs/a").await.header("x-amz-expiration"), Some(expires));
    world.put("/bucket/logs/small", vec![1; 10]).await.is(200);
    world.put("/bucket/other", vec![1; LARGE]).await.is(200);
    world.request("PUT", "/bucket/tmp/x").header("x-amz-tagging", "keep=no&a=b").send().await.is(200);
    world.request("PUT", "/bucket/tmp/y").header("x-amz-tagging", "keep=yes").send().await.is(200);
    let begun = world.request("POST", "/bucket/logs/up?uploads").send().await.is(200);
    assert_eq!(begun.header("x-amz-abort-date"), Some("Thu, 08 Jan 2026 00:00:00 GMT"));
    assert_eq!(begun.header("x-amz-abort-rule-id"), Some("ladder"));
    let upload = begun.element("UploadId").unwrap();

    for (days, class) in
        [(29, "STANDARD"), (2, "STANDARD_IA"), (60, "GLACIER"), (90, "DEEP_ARCHIVE"), (185, "-")]
    {
        world.clock.advance(DAY * days);
        world.until(class, async |world| world.class("logs/a").await == class).await;
    }
    world.until("small ones go", async |world| world.class("logs/small").await == "-").await;
    assert_eq!(world.class("other").await, "STANDARD");
    assert_eq!(world.class("tmp/x").await, "-");
    assert_eq!(world.class("tmp/y").await, "STANDARD");
    world.get(&format!("/bucket/logs/up?uploadId={upload}")).await.refused(404, "NoSuchUpload");
}

#[tokio::test]
async fn rules_reach_older_objects_and_lose_their_hold() {
    let world = world();
    world.make("bucket").await;
    world.put("/bucket/old", vec![1; 10]).await.is(200);
    world.put("/bucket/kept", vec![1; 10]).await.is(200);
    world.clock.advance(DAY * 10);
    let rule = |prefix: &str, days: u32| {
        format!(
            "<Rule><ID>r</ID><Filter><Prefix>{prefix}</Prefix></Filter><Status>Enabled</Status>\
             <Expiration><Days>{days}</Days></Expiration></Rule>"
        )
    };
    world.set_lifecycle(&rule("o", 5)).await;
    world.until("it goes at once", async |world| world.class("old").await == "-").await;
    world.set_lifecycle(&rule("k", 30)).await;
    assert!(world.get("/bucket/kept").await.header("x-amz-expiration").is_some());
    world.delete("/bucket?lifecycle").await.is(204);
    assert!(world.get("/bucket/kept").await.header("x-amz-expiration").is_none());
    world.put("/bucket/late", vec![1; 10]).await.is(200);
    world.clock.advance(DAY * 100);
    for _ in 0..1_000 {
        tokio::task::yield_now().await;
    }
    assert_eq!(
        (world.class("kept").await, world.class("late").await),
        ("STANDARD".into(), "STANDARD".into())
    );
}

/// One year: what is done in each week, and what is there at its end.
async fn year(restarts: bool, steps_a_week: u32) -> Vec<String> {
    let clock = Clock::manual(START);
    let model = Model::new(clock.clone(), Random::seeded(1));
    let mut world = world_over(model.clone(), clock.clone(), Settings::default());
    world.make("bucket").await;
    world.versioning("Enabled").await;
    world.set_lifecycle(RULES).await;
    for week in 0..52 {
        world.put(&format!("/bucket/logs/{}", week % 5), vec![1; LARGE]).await.is(200);
        world
            .request("PUT", &format!("/bucket/tmp/{week}"))
            .header("x-amz-tagging", if week % 3 == 0 { "keep=yes" } else { "keep=no" })
            .send()
            .await
            .is(200);
        if week % 7 == 3 {
            world.delete(&format!("/bucket/logs/{}", week % 4)).await.is(204);
        }
        for _ in 0..steps_a_week {
            clock.advance(DAY * 7 / steps_a_week);
            settle(&model).await;
        }
        if restarts {
            // Without a word to its tasks: some work may have been under way.
            world = world_over(model.clone(), clock.clone(), Settings::default());
        }
    }
    clock.advance(DAY * 30);
    settle(&model).await;
    world.everything().await
}

/// Lets background work go on until nothing is due any more.
async fn settle(model: &Arc<Model>) {
    const QUIET: usize = 200;
    let (mut seen, mut quiet) = (position(model), 0);
    while quiet < QUIET {
        tokio::task::yield_now().await;
        let now = position(model);
        quiet = if now == seen { quiet + 1 } else { 0 };
        seen = now;
    }
}

fn position(model: &Arc<Model>) -> store::Version {
    store::Store::snapshot(&**model).position()
}

#[tokio::test]
async fn a_year_ends_the_same_however_it_was_lived() {
    let daily = year(false, 7).await;
    assert!(daily.len() > 10, "{daily:#?}");
    assert_eq!(year(false, 1).await, daily, "in weeks");
    assert_eq!(year(true, 1).await, daily, "with another process every week");
    assert!(daily.iter().any(|line| line.contains("DeleteMarker")), "{daily:#?}");
    assert!(daily.iter().any(|line| line.contains("GLACIER_IR")), "{daily:#?}");
}
