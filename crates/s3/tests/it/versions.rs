//! Versions through the wire.

use std::sync::Arc;

use futures_util::future::join_all;

use crate::harness::{Answer, World, world};

const ENABLED: &str = "<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>";
const SUSPENDED: &str = "<VersioningConfiguration><Status>Suspended</Status></VersioningConfiguration>";

async fn versioned() -> World {
    let world = world();
    world.make("bucket").await;
    send(&world, "/bucket?versioning", ENABLED).await.is(200);
    world
}

/// A PUT of text.
async fn send(world: &World, target: &str, text: &str) -> Answer {
    world.put(target, text.to_owned()).await
}

async fn put(world: &World, key: &str, text: &str) -> String {
    let answer = send(world, &format!("/bucket/{key}"), text).await.is(200);
    answer.header("x-amz-version-id").expect("a version was made").to_owned()
}

/// Every `Version` and `DeleteMarker` of a page: key, id, whether it is the latest.
fn lines(answer: &Answer, element: &str) -> Vec<(String, String, bool)> {
    let text = answer.text();
    let field = |line: &str, name: &str| {
        let start = line.find(&format!("<{name}>")).unwrap() + name.len() + 2;
        line[start..start + line[start..].find('<').unwrap()].to_owned()
    };
    text.split(&format!("<{element}>"))
        .skip(1)
        .map(|line| (field(line, "Key"), field(line, "VersionId"), field(line, "IsLatest") == "true"))
        .collect()
}

#[tokio::test]
async fn versioning_is_told_as_it_was_set() {
    let world = world();
    world.make("bucket").await;
    assert_eq!(world.get("/bucket?versioning").await.is(200).element("Status"), None);
    for (body, status, code) in [
        ("<VersioningConfiguration><Status>enabled</Status></VersioningConfiguration>", 400, "MalformedXML"),
        ("<VersioningConfiguration><Status>Disabled</Status></VersioningConfiguration>", 400, "MalformedXML"),
        ("<VersioningConfiguration/>", 400, "IllegalVersioningConfigurationException"),
    ] {
        send(&world, "/bucket?versioning", body).await.refused(status, code);
    }
    for (body, status) in [(ENABLED, "Enabled"), (SUSPENDED, "Suspended")] {
        send(&world, "/bucket?versioning", body).await.is(200);
        world.get("/bucket?versioning").await.is(200).has("Status", status);
    }
}

#[tokio::test]
async fn every_version_is_read_by_its_id() {
    let world = world();
    world.make("bucket").await;
    let before = send(&world, "/bucket/key", "zero").await.is(200);
    assert_eq!(before.header("x-amz-version-id"), None);
    assert_eq!(world.get("/bucket/key").await.header("x-amz-version-id"), None);
    assert_eq!(world.get("/bucket/key?versionId=null").await.is(200).text(), "zero");
    send(&world, "/bucket?versioning", ENABLED).await.is(200);
    assert_eq!(world.get("/bucket/key").await.is(200).header("x-amz-version-id"), Some("null"));
    let one = put(&world, "key", "one").await;
    let two = put(&world, "key", "two").await;
    assert!(one != two && one.len() == 32);
    for (id, text) in [("null", "zero"), (&one, "one"), (&two, "two")] {
        let got = world.get(&format!("/bucket/key?versionId={id}")).await.is(200);
        assert_eq!((got.text().as_str(), got.header("x-amz-version-id")), (text, Some(id)));
        let head = world.request("HEAD", &format!("/bucket/key?versionId={id}")).send().await.is(200);
        assert_eq!(head.header("x-amz-version-id"), Some(id));
    }
    assert_eq!(world.get("/bucket/key").await.text(), "two");
    world.get("/bucket/key?versionId=nonsense").await.refused(400, "InvalidArgument");
    let other = put(&world, "other", "other").await;
    let unknown = world.get(&format!("/bucket/key?versionId={other}")).await.refused(404, "NoSuchVersion");
    unknown.has("VersionId", &other);
    // The time a version was put has no say in their order.
    let listed = world.get("/bucket?versions&prefix=key").await.is(200);
    let expected = [(two, true), (one, false), ("null".to_owned(), false)];
    assert_eq!(lines(&listed, "Version"), expected.map(|(id, latest)| ("key".to_owned(), id, latest)));
}

#[tokio::test]
async fn a_marker_hides_the_object_and_goes_by_its_id() {
    let world = versioned().await;
    let id = put(&world, "key", "text").await;
    let deleted = world.delete("/bucket/key").await.is(204);
    assert_eq!(deleted.header("x-amz-delete-marker"), Some("true"));
    let marker = deleted.header("x-amz-version-id").unwrap().to_owned();
    let gone = world.get("/bucket/key").await.refused(404, "NoSuchKey");
    assert_eq!(gone.header("x-amz-delete-marker"), Some("true"));
    assert_eq!(gone.header("x-amz-version-id"), Some(marker.as_str()));
    let named = world.get(&format!("/bucket/key?versionId={marker}")).await.refused(405, "MethodNotAllowed");
    named.has("ResourceType", "DeleteMarker");
    named.has("Method", "GET");
    assert!(named.header("last-modified").is_some());
    assert_eq!(named.header("x-amz-delete-marker"), Some("true"));
    assert_eq!(world.get("/bucket?list-type=2").await.elements("Key").len(), 0);
    let listed = world.get("/bucket?versions").await.is(200);
    assert_eq!(lines(&listed, "DeleteMarker"), [("key".to_owned(), marker.clone(), true)]);
    assert_eq!(lines(&listed, "Version"), [("key".to_owned(), id.clone(), false)]);
    // Markers and versions stand in one order.
    assert!(listed.text().find("<DeleteMarker>") < listed.text().find("<Version>"), "{}", listed.text());
    world.get("/bucket/key?tagging").await.refused(405, "MethodNotAllowed");
    world.get("/bucket/key?acl").await.refused(404, "NoSuchKey");
    let full = world.delete("/bucket").await.refused(409, "BucketNotEmpty");
    full.has(
        "Message",
        "The bucket you tried to delete is not empty. You must delete all versions in the bucket.",
    );

    let restored = world.delete(&format!("/bucket/key?versionId={marker}")).await.is(204);
    assert_eq!(restored.header("x-amz-delete-marker"), Some("true"));
    assert_eq!(restored.header("x-amz-version-id"), Some(marker.as_str()));
    assert_eq!(world.get("/bucket/key").await.is(200).text(), "text");
    let removed = world.delete(&format!("/bucket/key?versionId={id}")).await.is(204);
    assert_eq!(removed.header("x-amz-delete-marker"), None);
    assert_eq!(removed.header("x-amz-version-id"), Some(id.as_str()));
    world.get(&format!("/bucket/key?versionId={id}")).await.refused(404, "NoSuchVersion");
    // A marker is made of nothing too, and alone it keeps the bucket.
    let marker = world.delete("/bucket/unknown").await.is(204);
    let marker = marker.header("x-amz-version-id").unwrap();
    world.delete("/bucket").await.refused(409, "BucketNotEmpty");
    world.delete(&format!("/bucket/unknown?versionId={marker}")).await.is(204);
    world.delete("/bucket").await.is(204);
}

#[tokio::test]
async fn while_suspended_the_null_version_is_replaced() {
    let world = versioned().await;
    let id = put(&world, "key", "kept").await;
    send(&world, "/bucket?versioning", SUSPENDED).await.is(200);
    for text in ["one", "two"] {
        assert_eq!(send(&world, "/bucket/key", text).await.is(200).header("x-amz-version-id"), None);
        let got = world.get("/bucket/key").await.is(200);
        assert_eq!((got.text().as_str(), got.header("x-amz-version-id")), (text, Some("null")));
    }
    let copy = world.request("PUT", "/bucket/copy").header("x-amz-copy-source", "bucket/key").send().await;
    assert_eq!(copy.is(200).header("x-amz-version-id"), Some("null"));
    let deleted = world.delete("/bucket/key").await.is(204);
    assert_eq!(deleted.header("x-amz-version-id"), Some("null"));
    let listed = world.get("/bucket?versions&prefix=key").await.is(200);
    assert_eq!(lines(&listed, "DeleteMarker"), [("key".to_owned(), "null".to_owned(), true)]);
    assert_eq!(lines(&listed, "Version"), [("key".to_owned(), id.clone(), false)]);
    world.delete("/bucket/key?versionId=null").await.is(204);
    assert_eq!(world.get("/bucket/key").await.is(200).text(), "kept");
}

#[tokio::test]
async fn a_copy_of_an_old_version_onto_its_key_restores_it() {
    let world = versioned().await;
    let old = put(&world, "key", "old").await;
    put(&world, "key", "new").await;
    let source = format!("bucket/key?versionId={old}");
    let copied =
        world.request("PUT", "/bucket/key").header("x-amz-copy-source", &source).send().await.is(200);
    assert_eq!(copied.header("x-amz-copy-source-version-id"), Some(old.as_str()));
    assert!(copied.header("x-amz-version-id").is_some_and(|id| id != old));
    assert_eq!(world.get("/bucket/key").await.text(), "old");
    let marker = world.delete("/bucket/key").await;
    let marker = marker.header("x-amz-version-id").unwrap();
    let from_marker = |source: String| {
        let request = world.request("PUT", "/bucket/copy").header("x-amz-copy-source", &source);
        async move { request.send().await }
    };
    from_marker("bucket/key".to_owned()).await.refused(404, "NoSuchKey");
    from_marker(format!("bucket/key?versionId={marker}")).await.refused(400, "InvalidRequest");
    from_marker("bucket/key?versionId=nonsense".to_owned()).await.refused(400, "InvalidArgument");
}

#[tokio::test]
async fn tags_belong_to_a_version() {
    let world = versioned().await;
    let old = put(&world, "key", "old").await;
    let new = put(&world, "key", "new").await;
    let tags =
        |value| format!("<Tagging><TagSet><Tag><Key>k</Key><Value>{value}</Value></Tag></TagSet></Tagging>");
    let put = send(&world, &format!("/bucket/key?tagging&versionId={old}"), &tags("old")).await.is(200);
    assert_eq!(put.header("x-amz-version-id"), Some(old.as_str()));
    send(&world, "/bucket/key?tagging", &tags("new")).await.is(200);
    for (id, value) in [(&old, "old"), (&new, "new")] {
        let got = world.get(&format!("/bucket/key?tagging&versionId={id}")).await.is(200);
        got.has("Value", value);
        assert_eq!(got.header("x-amz-version-id"), Some(id.as_str()));
    }
    world.delete(&format!("/bucket/key?tagging&versionId={old}")).await.is(204);
    assert_eq!(world.get(&format!("/bucket/key?tagging&versionId={old}")).await.element("Value"), None);
    assert_eq!(world.get("/bucket/key").await.header("x-amz-tagging-count"), Some("1"));
}

#[tokio::test]
async fn an_upload_is_as_old_as_its_beginning() {
    let world = versioned().await;
    let created = world.request("POST", "/bucket/key?uploads").send().await.is(200);
    let (upload, id) = (created.element("UploadId").unwrap(), created.header("x-amz-version-id").unwrap());
    let later = put(&world, "key", "later").await;
    let part = send(&world, &format!("/bucket/key?partNumber=1&uploadId={upload}"), "part").await.is(200);
    assert_eq!(part.header("x-amz-version-id"), Some(id));
    let etag = part.header("etag").unwrap().replace('"', "");
    let body = format!(
        "<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>{etag}</ETag></Part></CompleteMultipartUpload>"
    );
    let complete = format!("/bucket/key?uploadId={upload}");
    let completed = world.request("POST", &complete).body(body.clone()).send().await.is(200);
    assert_eq!(completed.header("x-amz-version-id"), Some(id));
    assert_eq!(world.get("/bucket/key").await.text(), "later");
    assert_eq!(world.get(&format!("/bucket/key?versionId={id}")).await.is(200).text(), "part");
    let listed = lines(&world.get("/bucket?versions").await, "Version");
    assert_eq!(listed, [("key".to_owned(), later, true), ("key".to_owned(), id.to_owned(), false)]);
    let again = world.request("POST", &complete).body(body).send().await.is(200);
    assert_eq!(again.header("x-amz-version-id"), Some(id));
}

#[tokio::test]
async fn many_versions_go_in_one_request() {
    let world = versioned().await;
    let mut ids = Vec::new();
    for text in ["one", "two", "three"] {
        ids.push(put(&world, "key", text).await);
    }
    let long = "k".repeat(5_000);
    let mut body = "<Delete>".to_owned();
    for id in [&ids[2], &ids[0], "nonsense"] {
        body += &format!("<Object><Key>key</Key><VersionId>{id}</VersionId></Object>");
    }
    body += &format!("<Object><Key>{long}</Key></Object><Object><Key>other</Key></Object></Delete>");
    let md5 = base64_simd::STANDARD.encode_to_string(crypt::md5(body.as_bytes()));
    let request = world.request("POST", "/bucket?delete").header("content-md5", &md5).body(body);
    let answer = request.send().await.is(200);
    assert_eq!(answer.elements("Code"), ["NoSuchVersion", "KeyTooLongError"]);
    assert_eq!(answer.elements("DeleteMarker"), ["true"]);
    assert_eq!(answer.elements("DeleteMarkerVersionId").len(), 1);
    assert_eq!(world.get("/bucket/key").await.is(200).header("x-amz-version-id"), Some(ids[1].as_str()));
}

#[tokio::test]
async fn versions_are_paged_by_key_and_version() {
    let world = versioned().await;
    let mut all = Vec::new();
    for key in ["a", "b/c", "b/d", "e"] {
        let mut ids: Vec<String> = Vec::new();
        for text in ["one", "two", "three"] {
            ids.insert(0, put(&world, key, text).await);
        }
        all.extend(ids.into_iter().map(|id| (key.to_owned(), id)));
    }
    for limit in 1..6 {
        let (mut found, mut next) = (Vec::new(), String::new());
        loop {
            let page = world.get(&format!("/bucket?versions&max-keys={limit}{next}")).await.is(200);
            found.extend(lines(&page, "Version").into_iter().map(|(key, id, _)| (key, id)));
            let (Some(key), Some(id)) = (page.element("NextKeyMarker"), page.element("NextVersionIdMarker"))
            else {
                break;
            };
            next = format!("&key-marker={key}&version-id-marker={id}");
        }
        assert_eq!(found, all, "{limit}");
    }
    // A marker without a version skips the key; one that has gone is a place all the same.
    let after_key = world.get("/bucket?versions&key-marker=b/c").await;
    assert_eq!(lines(&after_key, "Version")[0].0, "b/d");
    world.delete(&format!("/bucket/a?versionId={}", all[0].1)).await.is(204);
    let after_gone =
        world.get(&format!("/bucket?versions&key-marker=a&version-id-marker={}", all[0].1)).await;
    assert_eq!(lines(&after_gone, "Version")[0], ("a".to_owned(), all[1].1.clone(), true));
    let rolled = world.get("/bucket?versions&delimiter=/&max-keys=3").await;
    assert_eq!(lines(&rolled, "Version").len(), 2);
    assert_eq!(rolled.elements("CommonPrefixes").len(), 1);
    rolled.has("NextKeyMarker", "b/");
    world.get("/bucket?versions&version-id-marker=x").await.refused(400, "InvalidArgument");
    world.get("/bucket?versions&key-marker=a&version-id-marker=x").await.refused(400, "InvalidArgument");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_many_writers_of_one_key_no_version_is_lost() {
    let world = Arc::new(versioned().await);
    let writes = (0..64).map(|n| {
        let world = world.clone();
        tokio::spawn(async move {
            if n % 4 == 3 {
                let deleted = world.delete("/bucket/key").await.is(204);
                return (deleted.header("x-amz-version-id").unwrap().to_owned(), None);
            }
            let text = n.to_string();
            (put(&world, "key", &text).await, Some(text))
        })
    });
    let made: Vec<_> = join_all(writes).await.into_iter().map(Result::unwrap).collect();
    let listed = world.get("/bucket?versions").await;
    assert_eq!(lines(&listed, "Version").len() + lines(&listed, "DeleteMarker").len(), 64);
    for (id, text) in made {
        let got = world.get(&format!("/bucket/key?versionId={id}")).await;
        match text {
            Some(text) => assert_eq!(got.is(200).text(), text),
            None => _ = got.refused(405, "MethodNotAllowed"),
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn no_put_slips_past_the_moment_versioning_is_enabled() {
    // A put that began before and ends after must not overwrite what was put in between.
    let world = Arc::new(world());
    for round in 0..20 {
        let bucket = format!("bucket-{round}");
        world.make(&bucket).await;
        let puts = (0..8).map(|n| {
            let (world, target) = (world.clone(), format!("/{bucket}/key"));
            tokio::spawn(async move {
                let answer = send(&world, &target, &n.to_string()).await.is(200);
                answer.header("x-amz-version-id").map(str::to_owned)
            })
        });
        let target = format!("/{bucket}?versioning");
        let enable = send(&world, &target, ENABLED);
        let (made, enabled) = tokio::join!(join_all(puts), enable);
        enabled.is(200);
        for id in made.into_iter().filter_map(Result::unwrap) {
            world.get(&format!("/{bucket}/key?versionId={id}")).await.is(200);
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn whatever_happens_to_a_key_at_once_its_versions_stay_in_order() {
    // Puts, markers, copies, uploads that end late and removals by id of the newest and of older ones: what was acknowledged and not
    // removed is there, once, and the first in the list is the one that is read.
    let world = Arc::new(versioned().await);
    for round in 0..6 {
        let key = format!("key-{round}");
        let first = put(&world, &key, "first").await;
        let workers = (0..12).map(|worker| {
            let (world, key, first) = (world.clone(), key.clone(), first.clone());
            tokio::spawn(async move { live(&world, &key, &first, worker).await })
        });
        let mut left = vec![first.clone()];
        let mut removed = Vec::new();
        for (made, gone) in join_all(workers).await.into_iter().map(Result::unwrap) {
            left.extend(made);
            removed.extend(gone);
        }
        left.retain(|id| !removed.contains(id));
        let listed = world.get(&format!("/bucket?versions&prefix={key}")).await;
        let mut found: Vec<(String, String, bool)> = lines(&listed, "Version");
        let current = found.iter().find(|(_, _, latest)| *latest).map(|(_, id, _)| id.clone());
        found.extend(lines(&listed, "DeleteMarker"));
        assert_eq!(found.iter().filter(|(_, _, latest)| *latest).count(), 1);
        let mut ids: Vec<String> = found.into_iter().map(|(_, id, _)| id).collect();
        ids.sort();
        left.sort();
        assert_eq!(ids, left);
        match current {
            Some(id) => {
                let got = world.get(&format!("/bucket/{key}")).await.is(200);
                assert_eq!(got.header("x-amz-version-id"), Some(id.as_str()));
            }
            None => _ = world.get(&format!("/bucket/{key}")).await.refused(404, "NoSuchKey"),
        }
    }
}

/// A few things that one client does to a key: which versions it made, and which it removed.
async fn live(world: &World, key: &str, first: &str, worker: usize) -> (Vec<String>, Vec<String>) {
    let target = format!("/bucket/{key}");
    let id_of = |answer: &Answer| answer.header("x-amz-version-id").unwrap().to_owned();
    let (mut made, mut removed) = (Vec::new(), Vec::new());
    match worker % 4 {
        0 => {
            let created = world.request("POST", &format!("{target}?uploads")).send().await.is(200);
            let upload = created.element("UploadId").unwrap();
            made.push(put(world, key, "meanwhile").await);
            let part = send(world, &format!("{target}?partNumber=1&uploadId={upload}"), "part").await.is(200);
            let etag = part.header("etag").unwrap().replace('"', "");
            let body = format!(
                "<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>{etag}</ETag></Part></CompleteMultipartUpload>"
            );
            let complete = world.request("POST", &format!("{target}?uploadId={upload}")).body(body);
            made.push(id_of(&complete.send().await.is(200)));
        }
        1 => {
            for text in ["one", "two", "three"] {
                let id = put(world, key, text).await;
                world.delete(&format!("{target}?versionId={id}")).await.is(204);
                made.push(id.clone());
                removed.push(id);
            }
        }
        2 => {
            let id = id_of(&world.delete(&target).await.is(204));
            made.push(id.clone());
            made.push(put(world, key, "over").await);
            world.delete(&format!("{target}?versionId={id}")).await.is(204);
            removed.push(id);
        }
        _ => {
            let source = format!("bucket/{key}?versionId={first}");
            let copy =
                world.request("PUT", &target).header("x-amz-copy-source", &source).send().await.is(200);
            made.push(id_of(&copy));
            made.push(id_of(&world.delete(&target).await.is(204)));
        }
    }
    (made, removed)
}

#[tokio::test]
async fn all_versions_of_many_keys_go_in_one_request() {
    let world = versioned().await;
    let mut body = "<Delete>".to_owned();
    for key in ["a", "b"] {
        for text in ["one", "two", "three", "four"] {
            let id = put(&world, key, text).await;
            // The second of `a` stays and becomes current. Of `b` all go, the second twice.
            if (key, text) != ("a", "two") {
                body += &format!("<Object><Key>{key}</Key><VersionId>{id}</VersionId></Object>");
            }
            if (key, text) == ("b", "two") {
                body += &format!("<Object><Key>{key}</Key><VersionId>{id}</VersionId></Object>");
            }
        }
    }
    body += "</Delete>";
    let md5 = base64_simd::STANDARD.encode_to_string(crypt::md5(body.as_bytes()));
    let request = world.request("POST", "/bucket?delete").header("content-md5", &md5).body(body);
    let answer = request.send().await.is(200);
    assert_eq!(answer.elements("Deleted").len(), 8);
    let listed = lines(&world.get("/bucket?versions").await, "Version");
    assert_eq!(listed.len(), 1);
    assert!(listed[0].0 == "a" && listed[0].2);
    assert_eq!(world.get("/bucket/a").await.is(200).text(), "two");
}
