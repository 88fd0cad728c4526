//! Who may do what: policies, lists, the public access block.

use crate::harness::{World, world};

/// Puts a policy of one statement.
async fn allow(world: &World, bucket: &str, statement: &str) {
    let policy = format!(r#"{{"Version": "2012-10-17", "Statement": [{{{statement}}}]}}"#);
    world.put(&format!("/{bucket}?policy"), policy).await.is(204);
}

/// A bucket whose policy may be public.
async fn open(world: &World, bucket: &str) {
    world.make(bucket).await;
    world.delete(&format!("/{bucket}?publicAccessBlock")).await.is(204);
    world.put(&format!("/{bucket}/key"), "text".to_owned()).await.is(200);
}

const READ: &str =
    r#""Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::bucket/*""#;

#[tokio::test]
async fn a_policy_lets_in_whom_it_names_and_no_further() {
    let world = world();
    open(&world, "bucket").await;
    let get = || world.request("GET", "/bucket/key").anonymous();
    get().send().await.refused(403, "AccessDenied").has("Message", "Access Denied");
    allow(&world, "bucket", READ).await;
    get().send().await.is(200);
    world.request("GET", "/bucket/key").stranger().send().await.is(200);
    world.request("PUT", "/bucket/key").anonymous().send().await.refused(403, "AccessDenied");
    world.request("GET", "/bucket").anonymous().send().await.refused(403, "AccessDenied");
    // Who may not list does not learn what is not there.
    world.request("GET", "/bucket/none").anonymous().send().await.refused(403, "AccessDenied");
    world.get("/bucket?policyStatus").await.is(200).has("IsPublic", "true");

    let restrict = "<PublicAccessBlockConfiguration><RestrictPublicBuckets>true</RestrictPublicBuckets></PublicAccessBlockConfiguration>";
    world.put("/bucket?publicAccessBlock", restrict.to_owned()).await.is(200);
    get().send().await.refused(403, "AccessDenied");
    world.get("/bucket/key").await.is(200);
    world.delete("/bucket?policy").await.is(204);
    world.get("/bucket?policy").await.refused(404, "NoSuchBucketPolicy").has("BucketName", "bucket");
}

#[tokio::test]
async fn a_public_policy_is_refused_where_it_is_blocked() {
    let world = world();
    world.make("bucket").await;
    let policy = format!(r#"{{"Version": "2012-10-17", "Statement": [{{{READ}}}]}}"#);
    world.put("/bucket?policy", policy.clone()).await.refused(403, "AccessDenied");
    world.get("/bucket?policy").await.refused(404, "NoSuchBucketPolicy");
    world.delete("/bucket?publicAccessBlock").await.is(204);
    world.put("/bucket?policy", policy.clone()).await.is(204);
    assert_eq!(world.get("/bucket?policy").await.is(200).text(), policy);
    for (text, message) in [
        ("nonsense", "Policies must be valid JSON and the first byte must be '{'"),
        (r#"{"Version": "2012-10-17"}"#, "Missing required field Statement"),
    ] {
        world
            .put("/bucket?policy", text.to_owned())
            .await
            .refused(400, "MalformedPolicy")
            .has("Message", message);
    }
}

#[tokio::test]
async fn an_explicit_deny_binds_root_but_for_the_policy_itself() {
    let world = world();
    open(&world, "bucket").await;
    let deny = r#""Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": ["arn:aws:s3:::bucket", "arn:aws:s3:::bucket/*"]"#;
    allow(&world, "bucket", deny).await;
    world.get("/bucket/key").await.refused(403, "AccessDenied");
    world.get("/bucket?tagging").await.refused(403, "AccessDenied");
    world.get("/bucket?policy").await.is(200);
    world.delete("/bucket?policy").await.is(204);
    world.get("/bucket/key").await.is(200);
}

#[tokio::test]
async fn conditions_see_the_request_and_the_object() {
    let world = world();
    open(&world, "bucket").await;
    let conditioned = |action: &str, resource: &str, condition: &str| {
        format!(
            r#""Effect": "Allow", "Principal": "*", "Action": "{action}", "Resource": "arn:aws:s3:::{resource}", "Condition": {condition}"#
        )
    };
    let list = conditioned("s3:ListBucket", "bucket", r#"{"StringEquals": {"s3:prefix": "home/"}}"#);
    allow(&world, "bucket", &list).await;
    let anonymous = |method: &str, target: &str| world.request(method, target).anonymous();
    anonymous("GET", "/bucket?prefix=home/").send().await.is(200);
    anonymous("GET", "/bucket?prefix=away/").send().await.refused(403, "AccessDenied");

    let put = conditioned(
        "s3:PutObject",
        "bucket/*",
        r#"{"StringEquals": {"s3:x-amz-storage-class": "STANDARD"}}"#,
    );
    allow(&world, "bucket", &put).await;
    anonymous("PUT", "/bucket/new").header("x-amz-storage-class", "STANDARD").send().await.is(200);
    anonymous("PUT", "/bucket/new").send().await.refused(403, "AccessDenied");

    let tagged =
        conditioned("s3:GetObject", "bucket/*", r#"{"StringEquals": {"s3:ExistingObjectTag/kind": "open"}}"#);
    allow(&world, "bucket", &tagged).await;
    anonymous("GET", "/bucket/key").send().await.refused(403, "AccessDenied");
    let tagging = "<Tagging><TagSet><Tag><Key>kind</Key><Value>open</Value></Tag></TagSet></Tagging>";
    world.put("/bucket/key?tagging", tagging.to_owned()).await.is(200);
    anonymous("GET", "/bucket/key").send().await.is(200);

    let asked = conditioned("s3:Put*", "bucket/*", r#"{"StringEquals": {"s3:RequestObjectTag/a": "1"}}"#);
    allow(&world, "bucket", &asked).await;
    anonymous("PUT", "/bucket/new").header("x-amz-tagging", "a=1").send().await.is(200);
    anonymous("PUT", "/bucket/new").header("x-amz-tagging", "a=2").send().await.refused(403, "AccessDenied");
    world
        .request("PUT", "/bucket/new?tagging")
        .anonymous()
        .body(tagging.to_owned())
        .send()
        .await
        .refused(403, "AccessDenied");
}

#[tokio::test]
async fn each_key_of_a_deletion_is_asked_about() {
    let world = world();
    open(&world, "bucket").await;
    let statement = r#""Effect": "Allow", "Principal": "*", "Action": "s3:DeleteObject", "Resource": "arn:aws:s3:::bucket/k*""#;
    allow(&world, "bucket", statement).await;
    let delete = "<Delete><Object><Key>key</Key></Object><Object><Key>other</Key></Object></Delete>";
    let md5 = base64_simd::STANDARD.encode_to_string(crypt::md5(delete.as_bytes()));
    let request = world.request("POST", "/bucket?delete").anonymous().header("content-md5", &md5);
    let answer = request.body(delete.to_owned()).send().await.is(200);
    assert!(answer.text().contains("<Deleted><Key>key</Key></Deleted>"), "{}", answer.text());
    assert!(answer.text().contains("<Error><Key>other</Key><Code>AccessDenied</Code>"), "{}", answer.text());
}

#[tokio::test]
async fn a_bucket_s_list_lets_in_whom_it_names() {
    let world = world();
    open(&world, "bucket").await;
    let list = || world.request("GET", "/bucket").anonymous();
    list().send().await.refused(403, "AccessDenied");
    let owned =
        "<OwnershipControls><Rule><ObjectOwnership>ObjectWriter</ObjectOwnership></Rule></OwnershipControls>";
    world.put("/bucket?ownershipControls", owned.to_owned()).await.is(200);
    world.request("PUT", "/bucket?acl").header("x-amz-acl", "public-read").send().await.is(200);
    list().send().await.is(200);
    world.request("PUT", "/bucket/new").anonymous().send().await.refused(403, "AccessDenied");
    let ignore = "<PublicAccessBlockConfiguration><IgnorePublicAcls>true</IgnorePublicAcls></PublicAccessBlockConfiguration>";
    world.put("/bucket?publicAccessBlock", ignore.to_owned()).await.is(200);
    list().send().await.refused(403, "AccessDenied");
}

#[tokio::test]
async fn who_asks_must_say_that_they_pay() {
    let world = world();
    open(&world, "bucket").await;
    allow(&world, "bucket", READ).await;
    let pays = "<RequestPaymentConfiguration><Payer>Requester</Payer></RequestPaymentConfiguration>";
    world.put("/bucket?requestPayment", pays.to_owned()).await.is(200);
    world.get("/bucket/key").await.is(200);
    let stranger = || world.request("GET", "/bucket/key").stranger();
    stranger().send().await.refused(403, "AccessDenied");
    let paid = stranger().header("x-amz-request-payer", "requester").send().await.is(200);
    assert_eq!(paid.header("x-amz-request-charged"), Some("requester"));
    world
        .request("GET", "/bucket/key")
        .anonymous()
        .header("x-amz-request-payer", "requester")
        .send()
        .await
        .refused(403, "AccessDenied");
}

#[tokio::test]
async fn an_object_s_list_lets_in_whom_it_names() {
    let world = world();
    open(&world, "bucket").await;
    let owned =
        "<OwnershipControls><Rule><ObjectOwnership>ObjectWriter</ObjectOwnership></Rule></OwnershipControls>";
    world.put("/bucket?ownershipControls", owned.to_owned()).await.is(200);
    let get = |target: &str| world.request("GET", target).anonymous();
    get("/bucket/key").send().await.refused(403, "AccessDenied");
    world.request("PUT", "/bucket/key?acl").header("x-amz-acl", "public-read").send().await.is(200);
    get("/bucket/key").send().await.is(200);
    assert_eq!(world.get("/bucket/key?acl").await.is(200).elements("Permission"), ["FULL_CONTROL", "READ"]);
    world.request("PUT", "/bucket/copy").header("x-amz-copy-source", "/bucket/key").send().await.is(200);
    get("/bucket/copy").send().await.refused(403, "AccessDenied");
    world.put("/bucket/key", "new".to_owned()).await.is(200);
    get("/bucket/key").send().await.refused(403, "AccessDenied");
    world
        .request("PUT", "/bucket/born")
        .header("x-amz-grant-read", "uri=\"http://acs.amazonaws.com/groups/global/AllUsers\"")
        .send()
        .await
        .is(200);
    get("/bucket/born").send().await.is(200);
    let both = world
        .request("PUT", "/bucket/born")
        .header("x-amz-acl", "private")
        .header("x-amz-grant-read", "id=\"x\"");
    both.send().await.refused(400, "InvalidRequest");
}

#[tokio::test]
async fn who_puts_an_object_owns_it_unless_it_is_given_away() {
    let world = world();
    open(&world, "bucket").await;
    let own = async |word: &str| {
        let rule = format!(
            "<OwnershipControls><Rule><ObjectOwnership>{word}</ObjectOwnership></Rule></OwnershipControls>"
        );
        world.put("/bucket?ownershipControls", rule).await.is(200);
    };
    own("ObjectWriter").await;
    world.request("PUT", "/bucket?acl").header("x-amz-acl", "public-read-write").send().await.is(200);
    world.request("PUT", "/bucket/theirs").stranger().body("x".to_owned()).send().await.is(200);
    world.get("/bucket/theirs").await.refused(403, "AccessDenied");
    world.request("GET", "/bucket/theirs").stranger().send().await.is(200);
    let given =
        || world.request("PUT", "/bucket/given").stranger().header("x-amz-acl", "bucket-owner-full-control");
    given().send().await.is(200);
    world.get("/bucket/given").await.is(200);
    assert_eq!(world.get("/bucket/given?acl").await.is(200).elements("Permission").len(), 2);
    own("BucketOwnerPreferred").await;
    given().send().await.is(200);
    assert_eq!(world.get("/bucket/given?acl").await.is(200).elements("Permission"), ["FULL_CONTROL"]);
    world.request("GET", "/bucket/given").stranger().send().await.refused(403, "AccessDenied");
    let rule = "<OwnershipControls><Rule><ObjectOwnership>BucketOwnerEnforced</ObjectOwnership></Rule></OwnershipControls>";
    // The bucket's list must say nothing before lists can be put out of force.
    world
        .put("/bucket?ownershipControls", rule.to_owned())
        .await
        .refused(400, "InvalidBucketAclWithObjectOwnership");
    world.request("PUT", "/bucket?acl").header("x-amz-acl", "private").send().await.is(200);
    own("BucketOwnerEnforced").await;
    world.get("/bucket/theirs").await.is(200);
}
