//! What can be set of a bucket.

use crate::harness::{Answer, World, world};

/// Puts a document, and gives what reads back.
async fn put_and_get(world: &World, target: &str, document: &str) -> Answer {
    let put = world.put(target, document.to_owned()).await;
    assert!(matches!(put.status, 200 | 204), "{target}: {}", put.text());
    world.get(target).await.is(200)
}

#[tokio::test]
async fn documents_read_back_as_they_were_put() {
    let world = world();
    world.make("bucket").await;
    for (query, root, inside) in [
        (
            "tagging",
            "Tagging",
            "<TagSet><Tag><Key>b</Key><Value>2</Value></Tag><Tag><Key>a</Key><Value></Value></Tag></TagSet>",
        ),
        ("requestPayment", "RequestPaymentConfiguration", "<Payer>Requester</Payer>"),
        ("accelerate", "AccelerateConfiguration", "<Status>Suspended</Status>"),
        ("abac", "AbacStatus", "<Status>Enabled</Status>"),
        (
            "cors",
            "CORSConfiguration",
            "<CORSRule><ID>one</ID><AllowedHeader>x-*</AllowedHeader><AllowedMethod>GET</AllowedMethod><AllowedMethod>PUT\
             </AllowedMethod><AllowedOrigin>https://*.example.org</AllowedOrigin><ExposeHeader>ETag</ExposeHeader>\
             <MaxAgeSeconds>60</MaxAgeSeconds></CORSRule>",
        ),
        (
            "website",
            "WebsiteConfiguration",
            "<IndexDocument><Suffix>index.html</Suffix></IndexDocument><ErrorDocument><Key>error.html</Key></ErrorDocument>\
             <RoutingRules><RoutingRule><Condition><KeyPrefixEquals>a/</KeyPrefixEquals></Condition><Redirect>\
             <ReplaceKeyPrefixWith>b/</ReplaceKeyPrefixWith></Redirect></RoutingRule></RoutingRules>",
        ),
        (
            "logging",
            "BucketLoggingStatus",
            "<LoggingEnabled><TargetBucket>bucket</TargetBucket><TargetPrefix></TargetPrefix><TargetObjectKeyFormat>\
             <PartitionedPrefix><PartitionDateSource>EventTime</PartitionDateSource></PartitionedPrefix>\
             </TargetObjectKeyFormat></LoggingEnabled>",
        ),
        (
            "lifecycle",
            "LifecycleConfiguration",
            "<Rule><Expiration><Days>9</Days></Expiration><ID>x</ID><Filter></Filter><Status>Enabled</Status><Transition><Days>0\
             </Days><StorageClass>GLACIER</StorageClass></Transition></Rule><Rule><Expiration><ExpiredObjectDeleteMarker>false\
             </ExpiredObjectDeleteMarker></Expiration><ID>y</ID><Filter><Prefix></Prefix></Filter><Status>Disabled</Status></Rule>",
        ),
        (
            "notification",
            "NotificationConfiguration",
            "<EventBridgeConfiguration></EventBridgeConfiguration>",
        ),
        (
            "ownershipControls",
            "OwnershipControls",
            "<Rule><ObjectOwnership>BucketOwnerPreferred</ObjectOwnership></Rule>",
        ),
        (
            "inventory&id=i",
            "InventoryConfiguration",
            "<Destination><S3BucketDestination><Bucket>arn:aws:s3:::there</Bucket><Format>CSV</Format></S3BucketDestination>\
             </Destination><IsEnabled>false</IsEnabled><Id>i</Id><IncludedObjectVersions>All</IncludedObjectVersions><Schedule>\
             <Frequency>Daily</Frequency></Schedule>",
        ),
        ("metrics&id=m", "MetricsConfiguration", "<Id>m</Id><Filter><Prefix></Prefix></Filter>"),
        (
            "analytics&id=a",
            "AnalyticsConfiguration",
            "<Id>a</Id><StorageClassAnalysis></StorageClassAnalysis>",
        ),
        (
            "intelligent-tiering&id=t",
            "IntelligentTieringConfiguration",
            "<Id>t</Id><Status>Enabled</Status><Tiering><Days>90</Days><AccessTier>ARCHIVE_ACCESS</AccessTier></Tiering>",
        ),
    ] {
        let document = format!("<{root}>{inside}</{root}>");
        let read = put_and_get(&world, &format!("/bucket?{query}"), &document).await.text();
        let start = format!("<{root} xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">");
        assert!(read.contains(&format!("{start}{inside}</{root}>")), "{query}: {read}");
    }
    world.delete("/bucket").await.is(204);
    world.make("bucket").await;
    world.get("/bucket?tagging").await.refused(404, "NoSuchTagSet");
    world.get("/bucket?inventory&id=i").await.refused(404, "NoSuchConfiguration");
}

#[tokio::test]
async fn a_new_bucket_is_closed_and_says_so() {
    let world = world();
    world.make("bucket").await;
    world.get("/bucket?publicAccessBlock").await.is(200).has("RestrictPublicBuckets", "true");
    world.get("/bucket?ownershipControls").await.is(200).has("ObjectOwnership", "BucketOwnerEnforced");
    for (query, code) in [
        ("cors", "NoSuchCORSConfiguration"),
        ("website", "NoSuchWebsiteConfiguration"),
        ("lifecycle", "NoSuchLifecycleConfiguration"),
        ("replication", "ReplicationConfigurationNotFoundError"),
    ] {
        world.get(&format!("/bucket?{query}")).await.refused(404, code).has("BucketName", "bucket");
    }
    world.delete("/bucket?publicAccessBlock").await.is(204);
    world.get("/bucket?publicAccessBlock").await.refused(404, "NoSuchPublicAccessBlockConfiguration");
    world.delete("/bucket?ownershipControls").await.is(204);
    world.get("/bucket?ownershipControls").await.refused(404, "OwnershipControlsNotFoundError");
    world.delete("/bucket?cors").await.is(204);
}

#[tokio::test]
async fn what_is_set_keeps_the_rules() {
    let world = world();
    world.make("bucket").await;
    world.make("dotted.name").await;
    let rule =
        |inside: &str| format!("<LifecycleConfiguration><Rule>{inside}</Rule></LifecycleConfiguration>");
    let on = "<Status>Enabled</Status><Filter/>";
    for (target, document, code, text) in [
        ("/bucket?requestPayment", "<RequestPaymentConfiguration><Payer>Me</Payer></RequestPaymentConfiguration>".to_owned(), "MalformedXML", ""),
        ("/dotted.name?accelerate", "<AccelerateConfiguration><Status>Enabled</Status></AccelerateConfiguration>".to_owned(), "InvalidRequest",
         "S3 Transfer Acceleration is not supported for buckets with periods (.) in their names"),
        ("/bucket?cors",
         "<CORSConfiguration><CORSRule><AllowedMethod>PATCH</AllowedMethod><AllowedOrigin>*</AllowedOrigin></CORSRule></CORSConfiguration>".to_owned(),
         "InvalidRequest", "Found unsupported HTTP method in CORS config. Unsupported method is PATCH"),
        ("/bucket?logging",
         "<BucketLoggingStatus><LoggingEnabled><TargetBucket>nowhere</TargetBucket><TargetPrefix/></LoggingEnabled></BucketLoggingStatus>".to_owned(),
         "InvalidTargetBucketForLogging", "The target bucket for logging does not exist"),
        ("/bucket?replication",
         "<ReplicationConfiguration><Role>r</Role><Rule><Status>Enabled</Status><Destination><Bucket>arn:aws:s3:::b</Bucket></Destination></Rule></ReplicationConfiguration>"
            .to_owned(),
         "InvalidRequest", "Versioning must be 'Enabled' on the bucket to apply a replication configuration"),
        ("/bucket?tagging",
         "<Tagging><TagSet><Tag><Key>aws:x</Key><Value/></Tag></TagSet></Tagging>".to_owned(),
         "InvalidTag", "System tags cannot be added/updated by requester"),
        ("/bucket?inventory&id=other",
         "<InventoryConfiguration><Destination><S3BucketDestination><Bucket>arn:aws:s3:::there</Bucket><Format>CSV</Format></S3BucketDestination>\
          </Destination><IsEnabled>false</IsEnabled><Id>i</Id><IncludedObjectVersions>All</IncludedObjectVersions><Schedule>\
          <Frequency>Daily</Frequency></Schedule></InventoryConfiguration>".to_owned(),
         "IdMismatch", "Document ID does not match the specified configuration ID."),
        ("/bucket?notification",
         "<NotificationConfiguration><QueueConfiguration><Queue>arn:aws:sqs:us-east-1:000000000000:q</Queue><Event>s3:ObjectCreated:*</Event>\
          </QueueConfiguration></NotificationConfiguration>".to_owned(),
         "InvalidArgument", "Unable to validate the following destination configurations"),
        ("/bucket?lifecycle", rule(on), "InvalidRequest", "At least one action needs to be specified in a rule"),
        ("/bucket?lifecycle", rule(&format!("{on}<Expiration><Days>0</Days></Expiration>")), "InvalidArgument",
         "'Days' for Expiration action must be a positive integer"),
        ("/bucket?lifecycle", rule(&format!("{on}<Expiration><Date>2026-01-02T03:00:00Z</Date></Expiration>")),
         "InvalidArgument", "'Date' must be at midnight GMT"),
        ("/bucket?lifecycle",
         rule(&format!("{on}<Expiration><Days>5</Days></Expiration><Transition><Days>5</Days><StorageClass>GLACIER\
          </StorageClass></Transition>")), "InvalidArgument",
         "'Days' in the Expiration action for filter '(prefix=)' must be greater than 'Days' in the Transition action"),
        ("/bucket?lifecycle",
         rule("<Status>Enabled</Status><Filter><Prefix>a</Prefix><Tag><Key>k</Key><Value>v</Value></Tag></Filter>\
          <Expiration><Days>5</Days></Expiration>"), "MalformedXML", ""),
    ] {
        let refused = world.put(target, document).await.refused(400, code);
        if !text.is_empty() {
            refused.has("Message", text);
        }
    }
}

#[tokio::test]
async fn a_rule_without_a_name_gets_one() {
    let world = world();
    world.make("bucket").await;
    let rule = "<LifecycleConfiguration><Rule><Prefix>a</Prefix><Status>Enabled</Status><Expiration><Days>1</Days></Expiration></Rule></LifecycleConfiguration>";
    let read = put_and_get(&world, "/bucket?lifecycle", rule).await;
    assert_eq!(read.element("ID").unwrap().len(), 48);
    assert_eq!(read.header("x-amz-transition-default-minimum-object-size"), Some("all_storage_classes_128K"));
}

#[tokio::test]
async fn lists_count_only_where_ownership_lets_them() {
    let world = world();
    world.make("closed").await;
    let public = |target: &str| world.request("PUT", target).header("x-amz-acl", "public-read");
    public("/closed?acl").send().await.refused(400, "AccessControlListNotSupported");
    public("/new").send().await.refused(400, "InvalidBucketAclWithObjectOwnership");
    public("/new")
        .header("x-amz-object-ownership", "ObjectWriter")
        .send()
        .await
        .refused(400, "InvalidBucketAclWithBlockPublicAccessError");
    world.request("PUT", "/open").header("x-amz-object-ownership", "ObjectWriter").send().await.is(200);
    public("/open?acl").send().await.refused(403, "AccessDenied");
    world.delete("/open?publicAccessBlock").await.is(204);
    public("/open?acl").send().await.is(200);
    let read = world.get("/open?acl").await.is(200);
    assert_eq!(read.elements("Permission"), ["FULL_CONTROL", "READ"]);
    assert_eq!(read.element("URI").as_deref(), Some("http://acs.amazonaws.com/groups/global/AllUsers"));
    let put = world.put("/open?acl", read.text()).await;
    put.is(200);
    world
        .request("PUT", "/open?acl")
        .header("x-amz-acl", "nonsense")
        .send()
        .await
        .refused(400, "InvalidArgument");
    world.request("PUT", "/open?acl").send().await.refused(400, "MissingSecurityHeader");
}
