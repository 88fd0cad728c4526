//! Object lock through the wire.

use std::time::Duration;

use crate::harness::{Answer, World, world};

const DAY: Duration = Duration::from_secs(24 * 3_600);
/// A day after the world begins, and three.
const ONE: &str = "2026-01-03T03:04:06Z";
const THREE: &str = "2026-01-05T03:04:06Z";

async fn locked() -> World {
    let world = world();
    world.request("PUT", "/bucket").header("x-amz-bucket-object-lock-enabled", "true").send().await.is(200);
    world
}

async fn put(world: &World, key: &str) -> String {
    let answer = world.put(&format!("/bucket/{key}"), "text".to_owned()).await.is(200);
    answer.header("x-amz-version-id").unwrap().to_owned()
}

async fn retain(world: &World, target: &str, mode: &str, until: &str, bypass: bool) -> Answer {
    let body =
        format!("<Retention><Mode>{mode}</Mode><RetainUntilDate>{until}</RetainUntilDate></Retention>");
    let request = world.request("PUT", &format!("{target}retention")).body(body);
    if bypass { request.header("x-amz-bypass-governance-retention", "true") } else { request }.send().await
}

#[tokio::test]
async fn a_bucket_made_with_object_lock_keeps_versions_and_both() {
    let world = locked().await;
    world.get("/bucket?versioning").await.has("Status", "Enabled");
    let told = world.get("/bucket?object-lock").await.is(200);
    told.has("ObjectLockEnabled", "Enabled");
    assert_eq!(told.element("Rule"), None);
    let suspended = "<VersioningConfiguration><Status>Suspended</Status></VersioningConfiguration>";
    world.put("/bucket?versioning", suspended.to_owned()).await.refused(409, "InvalidBucketState");
    let rule = |inner: &str| {
        format!(
            "<ObjectLockConfiguration><ObjectLockEnabled>Enabled</ObjectLockEnabled><Rule><DefaultRetention>{inner}\
             </DefaultRetention></Rule></ObjectLockConfiguration>"
        )
    };
    for (inner, code) in [
        ("<Mode>GOVERNANCE</Mode>", "MalformedXML"),
        ("<Mode>GOVERNANCE</Mode><Days>1</Days><Years>1</Years>", "MalformedXML"),
        ("<Mode>other</Mode><Days>1</Days>", "MalformedXML"),
        ("<Mode>GOVERNANCE</Mode><Days>0</Days>", "InvalidArgument"),
    ] {
        world.put("/bucket?object-lock", rule(inner)).await.refused(400, code);
    }
    world.put("/bucket?object-lock", rule("<Mode>GOVERNANCE</Mode><Days>1</Days>")).await.is(200);
    let told = world.get("/bucket?object-lock").await.is(200);
    told.has("Mode", "GOVERNANCE");
    told.has("Days", "1");
    // Who puts into it declares a checksum.
    world.put("/bucket/key", "text".to_owned()).await.refused(400, "InvalidRequest");
    let md5 = base64_simd::STANDARD.encode_to_string(crypt::md5(b"text"));
    let put = world.request("PUT", "/bucket/key").header("content-md5", &md5).body("text".to_owned());
    put.send().await.is(200);
    let head = world.request("HEAD", "/bucket/key").send().await.is(200);
    assert_eq!(head.header("x-amz-object-lock-mode"), Some("GOVERNANCE"));
    assert!(head.header("x-amz-object-lock-retain-until-date").unwrap().starts_with("2026-01-03T03:04:05"));
}

#[tokio::test]
async fn a_bucket_without_object_lock_knows_nothing_of_it() {
    let world = world();
    world.make("bucket").await;
    world.put("/bucket/key", "text".to_owned()).await.is(200);
    world.get("/bucket?object-lock").await.refused(404, "ObjectLockConfigurationNotFoundError");
    let on =
        "<ObjectLockConfiguration><ObjectLockEnabled>Enabled</ObjectLockEnabled></ObjectLockConfiguration>";
    world.put("/bucket?object-lock", on.to_owned()).await.refused(409, "InvalidBucketState");
    world.get("/bucket/key?retention").await.refused(400, "InvalidRequest");
    world.get("/bucket/key?legal-hold").await.refused(400, "InvalidRequest");
    retain(&world, "/bucket/key?", "GOVERNANCE", ONE, false).await.refused(400, "InvalidRequest");
    let hold = world.request("PUT", "/bucket/key").header("x-amz-object-lock-legal-hold", "ON");
    hold.body("text".to_owned()).send().await.refused(400, "InvalidRequest");
    let delete = world.request("DELETE", "/bucket/key").header("x-amz-bypass-governance-retention", "false");
    delete.send().await.refused(400, "InvalidArgument");
    // It may be switched on where versions are kept.
    let enabled = "<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>";
    world.put("/bucket?versioning", enabled.to_owned()).await.is(200);
    world.put("/bucket?object-lock", on.to_owned()).await.is(200);
    world.get("/bucket/key?retention").await.refused(404, "NoSuchObjectLockConfiguration");
}

#[tokio::test]
async fn governance_gives_way_to_who_may_bypass_it() {
    let world = locked().await;
    let id = put(&world, "key").await;
    let target = format!("/bucket/key?versionId={id}");
    let past = retain(&world, &format!("{target}&"), "GOVERNANCE", "2020-01-01T00:00:00Z", false).await;
    past.refused(400, "InvalidArgument").has("ArgumentValue", "Tue Dec 31 16:00:00 PST 2019");
    retain(&world, &format!("{target}&"), "governance", ONE, false).await.refused(400, "MalformedXML");
    retain(&world, &format!("{target}&"), "GOVERNANCE", ONE, false).await.is(200);
    let told = world.get(&format!("{target}&retention")).await.is(200);
    told.has("Mode", "GOVERNANCE");
    told.has("RetainUntilDate", "2026-01-03T03:04:06.000Z");
    // Longer is free; shorter and stricter are not.
    retain(&world, &format!("{target}&"), "GOVERNANCE", THREE, false).await.is(200);
    retain(&world, &format!("{target}&"), "GOVERNANCE", ONE, false).await.refused(403, "AccessDenied");
    retain(&world, &format!("{target}&"), "COMPLIANCE", THREE, false).await.refused(403, "AccessDenied");
    retain(&world, &format!("{target}&"), "GOVERNANCE", ONE, true).await.is(200);
    world.delete(&target).await.refused(403, "AccessDenied");
    let bypassing = world.request("DELETE", &target).header("x-amz-bypass-governance-retention", "true");
    bypassing.send().await.is(204);
}

#[tokio::test]
async fn compliance_gives_way_to_time_alone() {
    let world = locked().await;
    let id = put(&world, "key").await;
    let target = format!("/bucket/key?versionId={id}");
    retain(&world, &format!("{target}&"), "COMPLIANCE", THREE, false).await.is(200);
    for (mode, until) in [("COMPLIANCE", ONE), ("GOVERNANCE", THREE)] {
        retain(&world, &format!("{target}&"), mode, until, true).await.refused(403, "AccessDenied");
    }
    let emptied = world.request("PUT", &format!("{target}&retention")).body("<Retention/>".to_owned());
    emptied.header("x-amz-bypass-governance-retention", "true").send().await.refused(403, "AccessDenied");
    let body = format!("<Delete><Object><Key>key</Key><VersionId>{id}</VersionId></Object></Delete>");
    let md5 = base64_simd::STANDARD.encode_to_string(crypt::md5(body.as_bytes()));
    let many = world.request("POST", "/bucket?delete").header("content-md5", &md5).body(body);
    let many = many.header("x-amz-bypass-governance-retention", "true").send().await.is(200);
    many.has("Code", "AccessDenied");
    many.has("Message", "Access Denied because object protected by object lock.");
    // A marker above it is free, and changes nothing.
    world.delete("/bucket/key").await.is(204);
    world.delete(&target).await.refused(403, "AccessDenied");
    world.get("/bucket/key?retention").await.refused(405, "MethodNotAllowed");
    world.clock.advance(3 * DAY);
    world.delete(&target).await.refused(403, "AccessDenied");
    world.clock.advance(Duration::from_secs(1));
    world.delete(&target).await.is(204);
}

#[tokio::test]
async fn a_legal_hold_stays_until_it_is_lifted() {
    let world = locked().await;
    let md5 = base64_simd::STANDARD.encode_to_string(crypt::md5(b"text"));
    let put = world.request("PUT", "/bucket/key").header("x-amz-object-lock-legal-hold", "ON");
    let put = put.header("content-md5", &md5).body("text".to_owned()).send().await.is(200);
    let target = format!("/bucket/key?versionId={}", put.header("x-amz-version-id").unwrap());
    let bypassing = world.request("DELETE", &target).header("x-amz-bypass-governance-retention", "true");
    bypassing.send().await.refused(403, "AccessDenied");
    world.get("/bucket/key?legal-hold").await.has("Status", "ON");
    let hold = |word| format!("<LegalHold><Status>{word}</Status></LegalHold>");
    world.put("/bucket/key?legal-hold", hold("on")).await.refused(400, "MalformedXML");
    world.put("/bucket/key?legal-hold", hold("OFF")).await.is(200);
    assert_eq!(world.get("/bucket/key").await.header("x-amz-object-lock-legal-hold"), Some("OFF"));
    world.delete(&target).await.is(204);
}

#[tokio::test]
async fn copies_and_uploads_are_locked_by_what_is_asked_of_them() {
    let world = locked().await;
    put(&world, "source").await;
    let with_lock = |method, target: &'static str| {
        let request = world.request(method, target).header("x-amz-object-lock-mode", "COMPLIANCE");
        request.header("x-amz-object-lock-retain-until-date", ONE)
    };
    with_lock("PUT", "/bucket/copy").header("x-amz-copy-source", "bucket/source").send().await.is(200);
    let created = with_lock("POST", "/bucket/upload?uploads").send().await.is(200);
    let upload = created.element("UploadId").unwrap();
    let part = world.put(&format!("/bucket/upload?partNumber=1&uploadId={upload}"), "part".to_owned()).await;
    let etag = part.header("etag").unwrap().replace('"', "");
    let body = format!(
        "<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>{etag}</ETag></Part></CompleteMultipartUpload>"
    );
    world.request("POST", &format!("/bucket/upload?uploadId={upload}")).body(body).send().await.is(200);
    for key in ["copy", "upload"] {
        let head = world.request("HEAD", &format!("/bucket/{key}")).send().await.is(200);
        assert_eq!(head.header("x-amz-object-lock-mode"), Some("COMPLIANCE"));
        let id = head.header("x-amz-version-id").unwrap();
        world.delete(&format!("/bucket/{key}?versionId={id}")).await.refused(403, "AccessDenied");
    }
    // A lock is not copied.
    world.request("PUT", "/bucket/free").header("x-amz-copy-source", "bucket/copy").send().await.is(200);
    assert_eq!(world.get("/bucket/free").await.header("x-amz-object-lock-mode"), None);
    for (mode, until) in [(Some("GOVERNANCE"), None), (None, Some(ONE)), (Some("other"), Some(ONE))] {
        let mut request = world.request("PUT", "/bucket/wrong").body("text".to_owned());
        for (name, value) in [("mode", mode), ("retain-until-date", until)] {
            if let Some(value) = value {
                request = request.header(&format!("x-amz-object-lock-{name}"), value);
            }
        }
        request.send().await.refused(400, "InvalidArgument");
    }
}
