//! Buckets.

use base::AccountId;
use ports::Principal;

use crate::harness::world;

#[tokio::test]
async fn a_bucket_lives_and_dies() {
    let world = world();
    let made = world.put("/bucket", "".to_owned()).await.is(200);
    assert_eq!(made.header("location"), Some("/bucket"));
    assert_eq!(made.header("x-amz-bucket-arn"), Some("arn:aws:s3:::bucket"));
    world.put("/bucket", "".to_owned()).await.is(200);
    let head = world.request("HEAD", "/bucket").send().await.is(200);
    assert_eq!(head.header("x-amz-bucket-region"), Some("us-east-1"));
    assert_eq!(head.header("x-amz-access-point-alias"), Some("false"));
    let list = world.get("/").await.is(200);
    list.has("Name", "bucket");
    list.has("CreationDate", "2026-01-02T03:04:05.000Z");
    list.has("BucketArn", "arn:aws:s3:::bucket");
    assert_eq!(list.element("BucketRegion"), None);
    world.delete("/bucket").await.is(204);
    world.request("HEAD", "/bucket").send().await.is(404);
    world.delete("/bucket").await.refused(404, "NoSuchBucket").has("BucketName", "bucket");
}

#[tokio::test]
async fn a_location_is_remembered() {
    let world = world();
    let configuration = |constraint: &str| {
        format!(
            "<CreateBucketConfiguration><LocationConstraint>{constraint}</LocationConstraint></CreateBucketConfiguration>"
        )
    };
    let made =
        world.request("PUT", "/there").region("eu-west-1").body(configuration("EU")).send().await.is(200);
    assert_eq!(made.header("location"), Some("http://there.s3.amazonaws.com/"));
    let location = world.get("/there?location").await.is(200).text();
    assert!(
        location.ends_with(
            "<LocationConstraint xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">EU</LocationConstraint>"
        ),
        "{location}"
    );
    world.make("here").await;
    assert_eq!(world.get("/here?location").await.is(200).element("LocationConstraint"), None);
    let again =
        world.request("PUT", "/there").region("eu-west-1").body(configuration("eu-west-1")).send().await;
    again.refused(409, "BucketAlreadyOwnedByYou").has("BucketName", "there");
    let wrong = world.put("/wrong", configuration("nowhere")).await.refused(400, "InvalidLocationConstraint");
    wrong.has("LocationConstraint", "nowhere");
    let absent = world.request("PUT", "/wrong").region("eu-west-1").send().await;
    absent.refused(400, "IllegalLocationConstraintException").has(
        "Message",
        "The unspecified location constraint is incompatible for the region specific endpoint this request was sent to.",
    );
}

#[tokio::test]
async fn names_and_owners_are_checked() {
    let world = world();
    world.put("/Upper", "".to_owned()).await.refused(400, "InvalidBucketName").has("BucketName", "Upper");
    world.get("/Upper?location").await.refused(400, "InvalidBucketName");
    world.make("mine").await;
    let other = Principal::root(AccountId::from_u64(7).unwrap());
    let taken = world.request("PUT", "/mine").principal(other.clone()).send().await;
    taken.refused(409, "BucketAlreadyExists");
    world.request("GET", "/mine").principal(other).send().await.refused(403, "AccessDenied");
    let expecting = |owner: &str| world.request("GET", "/mine").header("x-amz-expected-bucket-owner", owner);
    expecting("000000000000").send().await.is(200);
    expecting("000000000007").send().await.refused(403, "AccessDenied");
    expecting("seven").send().await.refused(400, "InvalidBucketOwnerAWSAccountID");
    world.request("GET", "/mine").principal(Principal::anonymous()).send().await.refused(403, "AccessDenied");
}

#[tokio::test]
async fn a_bucket_with_an_object_is_not_deleted() {
    let world = world();
    world.make("bucket").await;
    world.put("/bucket/key", "text".to_owned()).await.is(200);
    let refused = world.delete("/bucket").await.refused(409, "BucketNotEmpty");
    refused.has("Message", "The bucket you tried to delete is not empty");
    world.delete("/bucket/key").await.is(204);
    world.delete("/bucket").await.is(204);
}

#[tokio::test]
async fn pages_of_buckets_follow_one_another() {
    let world = world();
    for name in ["aaa", "bbb", "ccc"] {
        world.make(name).await;
    }
    let first = world.get("/?max-buckets=2").await.is(200);
    assert_eq!(first.elements("Name"), ["aaa", "bbb"]);
    first.has("BucketRegion", "us-east-1");
    let token = first.element("ContinuationToken").unwrap();
    let second = world.get(&format!("/?max-buckets=2&continuation-token={token}")).await.is(200);
    assert_eq!(second.elements("Name"), ["ccc"]);
    assert_eq!(second.element("ContinuationToken"), None);
    world.get("/?continuation-token=x").await.refused(400, "InvalidArgument");
    let region = world.get("/?bucket-region=eu-east-1").await.refused(400, "InvalidArgument");
    region.has("Message", "Argument value eu-east-1 is not a valid AWS Region");
    region.has("ArgumentName", "bucket-region");
    assert_eq!(world.get("/?prefix=b").await.is(200).elements("Name"), ["bbb"]);
}

#[tokio::test]
async fn settings_never_made_answer_as_aws_does() {
    let world = world();
    world.make("bucket").await;
    let versioning = world.get("/bucket?versioning").await.is(200).text();
    assert!(
        versioning.contains("<VersioningConfiguration") && !versioning.contains("Status"),
        "{versioning}"
    );
    for (setting, code) in [
        ("tagging", "NoSuchTagSet"),
        ("policy", "NoSuchBucketPolicy"),
        ("cors", "NoSuchCORSConfiguration"),
        ("lifecycle", "NoSuchLifecycleConfiguration"),
        ("website", "NoSuchWebsiteConfiguration"),
        ("object-lock", "ObjectLockConfigurationNotFoundError"),
    ] {
        world.get(&format!("/bucket?{setting}")).await.refused(404, code);
    }
    for setting in
        ["logging", "notification", "accelerate", "requestPayment", "ownershipControls", "publicAccessBlock"]
    {
        world.get(&format!("/bucket?{setting}")).await.is(200);
    }
    let acl = world.get("/bucket?acl").await.is(200);
    acl.has("Permission", "FULL_CONTROL");
    assert!(acl.text().contains("xsi:type=\"CanonicalUser\""), "{}", acl.text());
}
