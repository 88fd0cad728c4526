//! MFA delete through the wire, with devices whose codes are given out.

use std::collections::HashSet;
use std::sync::{Arc, Mutex};

use base::{AccountId, Clock, Random};
use futures_util::future::BoxFuture;
use ports::{AccessKey, PortError, Principal, PrincipalKind, Principals};
use s3::Settings;
use storage::Model;
use tokio::sync::Notify;

use crate::harness::{Answer, START, World, world_among};

const DEVICE: &str = "arn:aws:iam::000000000000:mfa/safe";

const ALICE: &str = "arn:aws:iam::000000000000:user/alice";
const ALICES_ID: &str = "AIDAALICEALICEALICE11";

/// The root of the default account has a device; every code below 100 counts once.
#[derive(Default)]
struct Devices {
    taken: Mutex<HashSet<String>>,
    /// Told when a code is asked for, which then waits until it is let go on.
    held: Mutex<Option<(Arc<Notify>, Arc<Notify>)>>,
}

impl Principals for Devices {
    fn find_key<'a>(&'a self, _: &'a str) -> BoxFuture<'a, Result<Option<AccessKey>, PortError>> {
        Box::pin(std::future::ready(Ok(None)))
    }

    fn take_code<'a>(
        &'a self,
        principal: &'a Principal,
        serial: &'a str,
        code: &'a str,
    ) -> BoxFuture<'a, Result<bool, PortError>> {
        let is_holder = *principal == Principal::root(AccountId::DEFAULT) && serial == DEVICE;
        let counts = code.starts_with("0000") && self.taken.lock().unwrap().insert(code.to_owned());
        let held = self.held.lock().unwrap().take();
        Box::pin(async move {
            if let Some((asked, goes_on)) = held {
                asked.notify_one();
                goes_on.notified().await;
            }
            Ok(is_holder && counts)
        })
    }

    fn unique_id<'a>(&'a self, arn: &'a str) -> BoxFuture<'a, Result<Option<String>, PortError>> {
        Box::pin(std::future::ready(Ok((arn == ALICE).then(|| ALICES_ID.to_owned()))))
    }
}

async fn guarded() -> World {
    guarded_by(Arc::new(Devices::default())).await
}

async fn guarded_by(principals: Arc<Devices>) -> World {
    let clock = Clock::manual(START);
    let model = Model::new(clock.clone(), Random::seeded(1));
    let world = world_among(model, clock, Settings::default(), None, Some(principals));
    world.make("bucket").await;
    world
}

fn state(versioning: &str, mfa: &str) -> String {
    let mfa = if mfa.is_empty() { String::new() } else { format!("<MfaDelete>{mfa}</MfaDelete>") };
    format!("<VersioningConfiguration><Status>{versioning}</Status>{mfa}</VersioningConfiguration>")
}

async fn set(world: &World, versioning: &str, mfa: &str, code: Option<&str>) -> Answer {
    let request = world.request("PUT", "/bucket?versioning").body(state(versioning, mfa));
    match code {
        Some(code) => request.header("x-amz-mfa", &format!("{DEVICE} {code}")).send().await,
        None => request.send().await,
    }
}

#[tokio::test]
async fn the_state_of_versioning_changes_only_with_a_code() {
    let world = guarded().await;
    // Where it is off, to leave it off takes nothing.
    set(&world, "Enabled", "Disabled", None).await.is(200);
    world.get("/bucket?versioning").await.has("MfaDelete", "Disabled");
    set(&world, "Enabled", "Enabled", None).await.refused(403, "AccessDenied");
    let malformed = world.request("PUT", "/bucket?versioning").body(state("Enabled", "Enabled"));
    malformed.header("x-amz-mfa", "123456").send().await.refused(400, "InvalidArgument");
    set(&world, "Enabled", "Enabled", Some("999999")).await.refused(403, "AccessDenied");
    set(&world, "Enabled", "Enabled", Some("000001")).await.is(200);
    world.get("/bucket?versioning").await.has("MfaDelete", "Enabled");

    let refused = set(&world, "Suspended", "", None).await.refused(403, "AccessDenied");
    refused.has("Message", "Mfa Authentication must be used for this request");
    set(&world, "Suspended", "", Some("000001")).await.refused(403, "AccessDenied");
    set(&world, "Suspended", "", Some("000002")).await.is(200);
    world.get("/bucket?versioning").await.has("MfaDelete", "Enabled");
    set(&world, "Enabled", "Disabled", Some("000003")).await.is(200);
    set(&world, "Suspended", "", None).await.is(200);
}

#[tokio::test]
async fn only_the_owners_root_sets_it() {
    let world = guarded().await;
    let kind = PrincipalKind::User { user: ALICE.parse().unwrap(), id: ALICES_ID.to_owned() };
    let alice = Principal::new(AccountId::DEFAULT, kind);
    let policy = r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::000000000000:user/alice"},"Action":"s3:*","Resource":"arn:aws:s3:::bucket"}]}"#;
    world.put("/bucket?policy", policy.to_owned()).await.is(204);
    let set = async |text: String| {
        let request = world.request("PUT", "/bucket?versioning").body(text).principal(alice.clone());
        request.header("x-amz-mfa", &format!("{DEVICE} 000001")).send().await
    };
    // All else about versioning she may.
    set(state("Enabled", "")).await.is(200);
    let refused = set(state("Enabled", "Enabled")).await.refused(403, "AccessDenied");
    refused.has("Message", "This operation may only be performed by the bucket owner");
    assert_eq!(world.get("/bucket?versioning").await.element("MfaDelete"), None);
}

#[tokio::test]
async fn versions_go_for_good_only_with_a_code() {
    let world = guarded().await;
    set(&world, "Enabled", "Enabled", Some("000001")).await.is(200);
    let mut versions = Vec::new();
    for text in ["one", "two", "three"] {
        let put = world.put("/bucket/key", text.to_owned()).await.is(200);
        versions.push(put.header("x-amz-version-id").unwrap().to_owned());
    }
    let one = format!("/bucket/key?versionId={}", versions[0]);
    world.delete(&one).await.refused(403, "AccessDenied");
    let with = |code: &str| format!("{DEVICE} {code}");
    world.request("DELETE", &one).header("x-amz-mfa", &with("000002")).send().await.is(204);
    // A marker is no loss.
    world.delete("/bucket/key").await.is(204);

    let lines: String = versions[1..]
        .iter()
        .map(|id| format!("<Object><Key>key</Key><VersionId>{id}</VersionId></Object>"))
        .collect();
    let document = format!("<Delete>{lines}<Object><Key>other</Key></Object></Delete>");
    let md5 = base64_simd::STANDARD.encode_to_string(crypt::md5(document.as_bytes()));
    let all = || world.request("POST", "/bucket?delete").header("content-md5", &md5).body(document.clone());
    let refused = all().send().await.is(200);
    assert_eq!(refused.elements("Code"), ["AccessDenied", "AccessDenied"]);
    assert_eq!(refused.elements("Deleted").len(), 1);
    let done = all().header("x-amz-mfa", &with("000003")).send().await.is(200);
    assert_eq!((done.elements("Code").len(), done.elements("Deleted").len()), (0, 3));
}

#[tokio::test]
async fn it_and_the_lifecycle_exclude_each_other() {
    let world = guarded().await;
    let rule = "<LifecycleConfiguration><Rule><ID>r</ID><Filter/><Status>Enabled</Status><Expiration><Days>1</Days></Expiration></Rule></LifecycleConfiguration>";
    world.put("/bucket?lifecycle", rule.to_owned()).await.is(200);
    set(&world, "Enabled", "Enabled", Some("000001")).await.refused(409, "InvalidBucketState");
    world.delete("/bucket?lifecycle").await.is(204);
    set(&world, "Enabled", "Enabled", Some("000002")).await.is(200);
    world.put("/bucket?lifecycle", rule.to_owned()).await.refused(409, "InvalidBucketState");
}

#[tokio::test]
async fn of_it_and_a_lifecycle_that_is_set_meanwhile_one_is_refused() {
    let devices = Arc::new(Devices::default());
    let world = guarded_by(devices.clone()).await;
    let (asked, goes_on) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
    *devices.held.lock().unwrap() = Some((asked.clone(), goes_on.clone()));
    let rule = "<LifecycleConfiguration><Rule><ID>r</ID><Filter/><Status>Enabled</Status><Expiration><Days>1</Days></Expiration></Rule></LifecycleConfiguration>";
    let between = async {
        asked.notified().await;
        world.put("/bucket?lifecycle", rule.to_owned()).await.is(200);
        goes_on.notify_one();
    };
    let (refused, ()) = tokio::join!(set(&world, "Enabled", "Enabled", Some("000001")), between);
    refused.refused(409, "InvalidBucketState");
    world.get("/bucket?lifecycle").await.is(200);
    assert_eq!(world.get("/bucket?versioning").await.element("MfaDelete"), None);
}
