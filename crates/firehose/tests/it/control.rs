//! The control plane: creation and its refusals, description, listing, updates, tags, deletion.

use base::AccountId;
use firehose::Settings;
use serde_json::{Value, json};

use crate::world::{FakeRecords, ROLE, START, World, s3};

const INVALID: &str = "InvalidArgumentException";
const CONSTRAINT: &str = "ValidationException";

fn plain() -> Value {
    json!({"RoleARN": ROLE, "BucketARN": "arn:aws:s3:::b"})
}

async fn refused_s3(world: &World, more: Value) -> (String, String) {
    let input = json!({"DeliveryStreamName": "r", "ExtendedS3DestinationConfiguration": s3("b", more)});
    world.refused("CreateDeliveryStream", input).await
}

#[tokio::test]
async fn a_new_stream_is_described_with_the_services_defaults() {
    let world = World::new();
    let created = world
        .ok(
            "CreateDeliveryStream",
            json!({"DeliveryStreamName": "s", "ExtendedS3DestinationConfiguration": plain()}),
        )
        .await;
    let arn = "arn:aws:firehose:us-east-1:000000000000:deliverystream/s";
    assert_eq!(created, json!({"DeliveryStreamARN": arn}));
    let shown = world.ok("DescribeDeliveryStream", json!({"DeliveryStreamName": "s"})).await;
    let shown_plain = json!({
        "RoleARN": ROLE,
        "BucketARN": "arn:aws:s3:::b",
        "BufferingHints": {"SizeInMBs": 5, "IntervalInSeconds": 300},
        "CompressionFormat": "UNCOMPRESSED",
        "EncryptionConfiguration": {"NoEncryptionConfig": "NoEncryption"},
    });
    let mut extended = shown_plain.clone();
    extended["S3BackupMode"] = json!("Disabled");
    let time = shown["DeliveryStreamDescription"]["CreateTimestamp"].clone();
    assert_eq!(time.as_f64(), Some(START.as_secs() as f64));
    assert_eq!(
        shown["DeliveryStreamDescription"],
        json!({
            "DeliveryStreamName": "s",
            "DeliveryStreamARN": arn,
            "DeliveryStreamStatus": "ACTIVE",
            "DeliveryStreamType": "DirectPut",
            "VersionId": "1",
            "CreateTimestamp": time,
            "Destinations": [{
                "DestinationId": "destinationId-000000000001",
                "S3DestinationDescription": shown_plain,
                "ExtendedS3DestinationDescription": extended,
            }],
            "HasMoreDestinations": false,
            "DeliveryStreamEncryptionConfiguration": {"Status": "DISABLED"},
        })
    );
}

#[tokio::test]
async fn what_is_given_is_shown_as_it_was_given() {
    let world = World::new();
    let given = json!({
        "Prefix": "p/!{timestamp:yyyy}/",
        "ErrorOutputPrefix": "e/!{firehose:error-output-type}/",
        "CompressionFormat": "HADOOP_SNAPPY",
        "CloudWatchLoggingOptions": {"Enabled": true, "LogGroupName": "g", "LogStreamName": "s"},
        "ProcessingConfiguration": {"Enabled": false, "Processors": [
            {"Type": "Lambda", "Parameters": [{"ParameterName": "LambdaArn", "ParameterValue": "arn:x"}]},
        ]},
        "S3BackupMode": "Disabled",
        "DataFormatConversionConfiguration": {"Enabled": false},
        "DynamicPartitioningConfiguration": {"Enabled": false},
        "FileExtension": ".log",
        "CustomTimeZone": "Europe/Paris",
    });
    world.create("s", given.clone()).await;
    let shown = world.ok("DescribeDeliveryStream", json!({"DeliveryStreamName": "s"})).await;
    let destination = &shown["DeliveryStreamDescription"]["Destinations"][0];
    let mut given = given;
    let filled = [
        ("NumberOfRetries", "3"),
        ("RoleArn", ROLE),
        ("BufferSizeInMBs", "1"),
        ("BufferIntervalInSeconds", "60"),
    ];
    let filled = filled.map(|(name, value)| json!({"ParameterName": name, "ParameterValue": value}));
    let parameters = &mut given["ProcessingConfiguration"]["Processors"][0]["Parameters"];
    parameters.as_array_mut().unwrap().extend(filled);
    for (name, value) in given.as_object().unwrap() {
        assert_eq!(&destination["ExtendedS3DestinationDescription"][name], value, "{name}");
    }
    let mirror = destination["S3DestinationDescription"].as_object().unwrap();
    assert!(!mirror.contains_key("ProcessingConfiguration") && !mirror.contains_key("CustomTimeZone"));
}

#[tokio::test]
async fn a_taken_name_is_refused() {
    let world = World::new();
    world.create("s", json!({})).await;
    let input = json!({"DeliveryStreamName": "s", "S3DestinationConfiguration": plain()});
    let refusal = world.refused("CreateDeliveryStream", input).await;
    assert_eq!(
        refusal,
        (
            "ResourceInUseException".to_owned(),
            "Firehose s under accountId 000000000000 already exists".to_owned()
        )
    );
    // Another account's names are its own, and so are its roles.
    let other = AccountId::from_u64(7).unwrap();
    let mut destination = plain();
    let input = json!({"DeliveryStreamName": "s", "S3DestinationConfiguration": destination});
    let (status, refused) = world.call_as(other, "CreateDeliveryStream", input).await;
    assert_eq!((status, &refused["__type"]), (400, &json!("AccessDeniedException")));
    destination["RoleARN"] = json!("arn:aws:iam::000000000007:role/delivery");
    let input = json!({"DeliveryStreamName": "s", "S3DestinationConfiguration": destination});
    assert_eq!(world.call_as(other, "CreateDeliveryStream", input).await.0, 200);
}

#[tokio::test]
async fn exactly_one_destination_is_wanted() {
    let world = World::new();
    let one = "Exactly one destination configuration is supported for a Firehose";
    for input in [
        json!({"DeliveryStreamName": "s"}),
        json!({"DeliveryStreamName": "s", "S3DestinationConfiguration": plain(), "ExtendedS3DestinationConfiguration": plain()}),
        json!({
            "DeliveryStreamName": "s", "S3DestinationConfiguration": plain(),
            "HttpEndpointDestinationConfiguration": {"EndpointConfiguration": {"Url": "https://x"}, "S3Configuration": plain()},
        }),
    ] {
        assert_eq!(world.refused("CreateDeliveryStream", input).await, (INVALID.to_owned(), one.to_owned()));
    }
}

#[tokio::test]
async fn what_is_not_built_is_refused_by_name() {
    let world = World::new();
    let snowflake = json!({
        "AccountUrl": "https://account.snowflakecomputing.com", "Database": "d", "Schema": "s", "Table": "t",
        "RoleARN": ROLE, "S3Configuration": plain(),
    });
    let evolving = json!({
        "RoleARN": ROLE, "CatalogConfiguration": {}, "S3Configuration": plain(), "SchemaEvolutionConfiguration": {"Enabled": true},
    });
    for input in [
        json!({"DeliveryStreamName": "s", "IcebergDestinationConfiguration": evolving}),
        json!({"DeliveryStreamName": "s", "SnowflakeDestinationConfiguration": snowflake}),
        json!({"DeliveryStreamName": "s", "DeliveryStreamType": "DatabaseAsSource", "S3DestinationConfiguration": plain()}),
    ] {
        let (code, text) = world.refused("CreateDeliveryStream", input).await;
        assert!(code == INVALID && text.contains("not available"), "{code} {text}");
    }
}

#[tokio::test]
async fn refusals_have_the_services_words() {
    let world = World::new();
    let cases = [
        (json!({"BufferingHints": {"SizeInMBs": 5}}), "required to configure buffering"),
        (json!({"BufferingHints": {"IntervalInSeconds": 60}}), "required to configure buffering"),
        (
            json!({"Prefix": "a/!{timestamp:yyyy}/"}),
            "ErrorOutputPrefix cannot be null or empty when Prefix contains expressions",
        ),
        (json!({"CustomTimeZone": "Mars/Olympus"}), "Mars/Olympus"),
        (
            json!({"DataFormatConversionConfiguration": {"Enabled": true}, "CompressionFormat": "GZIP"}),
            "must be set to UNCOMPRESSED",
        ),
        (
            json!({"DataFormatConversionConfiguration": {"Enabled": true}}),
            "must be at least 64 when data format conversion is enabled.",
        ),
        (
            json!({"DynamicPartitioningConfiguration": {"Enabled": true}}),
            "must be at least 64 when Dynamic Partitioning is enabled.",
        ),
        (
            json!({"ProcessingConfiguration": {"Enabled": true, "Processors": []}}),
            "A maximum of 5 and a minimum of 1 processor",
        ),
        (
            json!({"ProcessingConfiguration": {"Enabled": true, "Processors": [{"Type": "Lambda"}, {"Type": "Lambda"}]}}),
            "Cannot have more than 1 Lambda processor.",
        ),
    ];
    for (more, expected) in cases {
        let (code, text) = refused_s3(&world, more).await;
        assert_eq!(code, INVALID, "{text}");
        assert!(text.contains(expected), "{text}");
    }
    let input = json!({
        "DeliveryStreamName": "s", "S3DestinationConfiguration": plain(),
        "KinesisStreamSourceConfiguration": {"KinesisStreamARN": FakeRecords::arn("k"), "RoleARN": ROLE},
    });
    assert_eq!(
        world.refused("CreateDeliveryStream", input).await.1,
        "KinesisSourceStreamConfig is only applicable for KinesisStreamAsSource stream type"
    );
}

#[tokio::test]
async fn the_models_constraints_come_first() {
    let world = World::new();
    for more in [
        json!({"BufferingHints": {"SizeInMBs": 129, "IntervalInSeconds": 60}}),
        json!({"BufferingHints": {"SizeInMBs": 5, "IntervalInSeconds": 901}}),
        json!({"BufferingHints": {"SizeInMBs": 0, "IntervalInSeconds": 60}}),
        json!({"CompressionFormat": "SNAPPY"}),
        json!({"FileExtension": "nodot"}),
        json!({"BucketARN": "b"}),
    ] {
        assert_eq!(refused_s3(&world, more.clone()).await.0, CONSTRAINT, "{more}");
    }
    let input = json!({"DeliveryStreamName": "bad name!", "S3DestinationConfiguration": plain()});
    assert_eq!(world.refused("CreateDeliveryStream", input).await.0, CONSTRAINT);
    let records = vec![json!({"Data": ""}); 501];
    let input = json!({"DeliveryStreamName": "s", "Records": records});
    assert_eq!(world.refused("PutRecordBatch", input).await.0, CONSTRAINT);
}

#[tokio::test]
async fn names_are_listed_in_order_ten_at_a_time() {
    let world = World::new();
    for letter in "mcxaqbzdkfhe".chars() {
        world.create(&format!("z-{letter}"), json!({})).await;
    }
    world.create("a", json!({})).await;
    let listed = world.ok("ListDeliveryStreams", json!({"ExclusiveStartDeliveryStreamName": "z"})).await;
    let names: Vec<_> = "abcdefhkmq".chars().map(|letter| format!("z-{letter}")).collect();
    assert_eq!(listed, json!({"DeliveryStreamNames": names, "HasMoreDeliveryStreams": true}));
    let listed =
        world.ok("ListDeliveryStreams", json!({"ExclusiveStartDeliveryStreamName": "z-q", "Limit": 2})).await;
    assert_eq!(listed, json!({"DeliveryStreamNames": ["z-x", "z-z"], "HasMoreDeliveryStreams": false}));
    let listed =
        world.ok("ListDeliveryStreams", json!({"DeliveryStreamType": "KinesisStreamAsSource"})).await;
    assert_eq!(listed["DeliveryStreamNames"], json!([]));
    let other = AccountId::from_u64(7).unwrap();
    let (_, listed) = world.call_as(other, "ListDeliveryStreams", json!({})).await;
    assert_eq!(listed["DeliveryStreamNames"], json!([]));
}

fn update(version: &str, id: &str, more: Value) -> Value {
    json!({
        "DeliveryStreamName": "s", "CurrentDeliveryStreamVersionId": version, "DestinationId": id,
        "ExtendedS3DestinationUpdate": more,
    })
}

const ID: &str = "destinationId-000000000001";

#[tokio::test]
async fn an_update_keeps_what_it_does_not_name() {
    let world = World::new();
    world.create("s", json!({"Prefix": "p/", "CompressionFormat": "GZIP"})).await;
    world.ok("UpdateDestination", update("1", ID, json!({"CompressionFormat": "ZIP"}))).await;
    let shown = world.ok("DescribeDeliveryStream", json!({"DeliveryStreamName": "s"})).await;
    let shown = &shown["DeliveryStreamDescription"];
    assert_eq!(shown["VersionId"], "2");
    assert!(shown["LastUpdateTimestamp"].is_number());
    let s3 = &shown["Destinations"][0]["ExtendedS3DestinationDescription"];
    assert_eq!((&s3["Prefix"], &s3["CompressionFormat"]), (&json!("p/"), &json!("ZIP")));
    assert_eq!(s3["BufferingHints"], json!({"SizeInMBs": 1, "IntervalInSeconds": 60}));
}

#[tokio::test]
async fn an_update_is_refused_whole() {
    let world = World::new();
    world.create("s", json!({})).await;
    let refusal = world.refused("UpdateDestination", update("2", ID, json!({"Prefix": "q"}))).await;
    assert_eq!(refusal.0, "ConcurrentModificationException");
    assert_eq!(
        refusal.1,
        "Cannot update firehose: s since the current version id: 1 and specified version id: 2 do not match"
    );
    let refusal = world.refused("UpdateDestination", update("1", "destinationId-2", json!({}))).await;
    assert_eq!(refusal, (INVALID.to_owned(), "Destination Id destinationId-2 not found".to_owned()));
    let refusal =
        world.refused("UpdateDestination", update("1", ID, json!({"Prefix": "!{timestamp:yyyy}"}))).await;
    assert!(refusal.1.contains("ErrorOutputPrefix cannot be null"), "{}", refusal.1);
    let splunk = json!({
        "DeliveryStreamName": "s", "CurrentDeliveryStreamVersionId": "1", "DestinationId": ID,
        "SplunkDestinationUpdate": {},
    });
    let refusal = world.refused("UpdateDestination", splunk).await;
    assert_eq!(refusal.1, "Changing the destination type to or from Splunk is not supported at this time.");
    let shown = world.ok("DescribeDeliveryStream", json!({"DeliveryStreamName": "s"})).await;
    assert_eq!(shown["DeliveryStreamDescription"]["VersionId"], "1");
}

#[tokio::test]
async fn tags_are_kept_listed_and_removed() {
    let world = World::new();
    let input = json!({
        "DeliveryStreamName": "s", "S3DestinationConfiguration": plain(),
        "Tags": [{"Key": "b", "Value": "1"}, {"Key": "a"}],
    });
    world.ok("CreateDeliveryStream", input).await;
    let more =
        json!({"DeliveryStreamName": "s", "Tags": [{"Key": "c", "Value": "3"}, {"Key": "b", "Value": "2"}]});
    world.ok("TagDeliveryStream", more).await;
    let listed = world.ok("ListTagsForDeliveryStream", json!({"DeliveryStreamName": "s", "Limit": 2})).await;
    let two = json!([{"Key": "a", "Value": ""}, {"Key": "b", "Value": "2"}]);
    assert_eq!(listed, json!({"Tags": two, "HasMoreTags": true}));
    world.ok("UntagDeliveryStream", json!({"DeliveryStreamName": "s", "TagKeys": ["a", "nosuch"]})).await;
    let listed = world
        .ok("ListTagsForDeliveryStream", json!({"DeliveryStreamName": "s", "ExclusiveStartTagKey": "b"}))
        .await;
    assert_eq!(listed, json!({"Tags": [{"Key": "c", "Value": "3"}], "HasMoreTags": false}));
    let many: Vec<_> = (0..50).map(|n| json!({"Key": format!("k{n}")})).collect();
    let refusal = world.refused("TagDeliveryStream", json!({"DeliveryStreamName": "s", "Tags": many})).await;
    assert_eq!(refusal.0, "LimitExceededException");
    let reserved = json!({"DeliveryStreamName": "s", "Tags": [{"Key": "aws:x"}]});
    assert_eq!(world.refused("TagDeliveryStream", reserved).await.0, CONSTRAINT);
}

#[tokio::test]
async fn a_stream_that_is_not_there_is_not_found() {
    let world = World::new();
    for (operation, more) in [
        ("DescribeDeliveryStream", json!({})),
        ("DeleteDeliveryStream", json!({})),
        ("PutRecord", json!({"Record": {"Data": "eA=="}})),
        ("PutRecordBatch", json!({"Records": [{"Data": "eA=="}]})),
        ("ListTagsForDeliveryStream", json!({})),
        ("UntagDeliveryStream", json!({"TagKeys": ["a"]})),
    ] {
        let mut input = json!({"DeliveryStreamName": "s"});
        input.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        let refusal = world.refused(operation, input).await;
        assert_eq!(
            refusal,
            (
                "ResourceNotFoundException".to_owned(),
                "Firehose s under account 000000000000 not found.".to_owned()
            ),
            "{operation}"
        );
    }
}

#[tokio::test]
async fn a_batch_has_one_id_for_each_record_in_order() {
    let world = World::new();
    world.create("s", json!({})).await;
    let records: Vec<_> = (0..500)
        .map(|n| json!({"Data": base64_simd::STANDARD.encode_to_string(format!("{n:03}"))}))
        .collect();
    let answer = world.ok("PutRecordBatch", json!({"DeliveryStreamName": "s", "Records": records})).await;
    assert_eq!((&answer["FailedPutCount"], &answer["Encrypted"]), (&json!(0), &json!(false)));
    let ids: std::collections::BTreeSet<_> = answer["RequestResponses"]
        .as_array()
        .unwrap()
        .iter()
        .map(|entry| entry["RecordId"].as_str().unwrap())
        .collect();
    assert_eq!(ids.len(), 500);
    world.pass(60);
    let expected: String = (0..500).map(|n| format!("{n:03}")).collect();
    assert_eq!(&world.until_objects(1).await[0].bytes[..], expected.as_bytes());
}

#[tokio::test]
async fn a_batch_over_four_mebibytes_is_refused_whole() {
    let world = World::new();
    world.create("s", json!({})).await;
    let record = json!({"Data": base64_simd::STANDARD.encode_to_string(vec![0; 900_000])});
    let refusal =
        world.refused("PutRecordBatch", json!({"DeliveryStreamName": "s", "Records": vec![record; 5]})).await;
    assert_eq!(refusal, (INVALID.to_owned(), "Records size exceeds 4 MB limit".to_owned()));
    let large = json!({"Data": base64_simd::STANDARD.encode_to_string(vec![0; 1_024_001])});
    let refusal = world.refused("PutRecord", json!({"DeliveryStreamName": "s", "Record": large})).await;
    assert_eq!(refusal.0, CONSTRAINT);
}

#[tokio::test]
async fn strict_limits_refuse_what_is_over_them() {
    let world = World::with(Settings { strict_limits: true, transitions: false });
    world.create("s", json!({})).await;
    let record = json!({"Data": base64_simd::STANDARD.encode_to_string(vec![0; 1_000_000])});
    let four = json!({"DeliveryStreamName": "s", "Records": vec![record.clone(); 4]});
    assert_eq!(world.ok("PutRecordBatch", four.clone()).await["FailedPutCount"], 0);
    let answer = world.ok("PutRecordBatch", four).await;
    assert_eq!(answer["FailedPutCount"], 3);
    assert!(answer["RequestResponses"][0]["RecordId"].is_string());
    assert_eq!(
        answer["RequestResponses"][3],
        json!({"ErrorCode": "ServiceUnavailableException", "ErrorMessage": "Slow down."})
    );
    let one = json!({"DeliveryStreamName": "s", "Record": record});
    let (status, answer) = world.call("PutRecord", one.clone()).await;
    assert_eq!((status, answer["message"].as_str()), (503, Some("Slow down.")));
    world.pass(1);
    world.ok("PutRecord", one).await;
}

#[tokio::test]
async fn transitions_take_their_time_when_asked_for() {
    let world = World::with(Settings { strict_limits: false, transitions: true });
    world.create("s", json!({})).await;
    let status = async || {
        let (code, shown) = world.call("DescribeDeliveryStream", json!({"DeliveryStreamName": "s"})).await;
        (code == 200)
            .then(|| shown["DeliveryStreamDescription"]["DeliveryStreamStatus"].as_str().unwrap().to_owned())
    };
    assert_eq!(status().await.as_deref(), Some("CREATING"));
    let put = json!({"DeliveryStreamName": "s", "Record": {"Data": "eA=="}});
    assert_eq!(world.refused("PutRecord", put.clone()).await.0, "ResourceNotFoundException");
    let refusal = world.refused("DeleteDeliveryStream", json!({"DeliveryStreamName": "s"})).await;
    assert_eq!(refusal.0, "ResourceInUseException");
    world.pass(10);
    assert_eq!(status().await.as_deref(), Some("ACTIVE"));
    world.ok("PutRecord", put.clone()).await;
    world.ok("DeleteDeliveryStream", json!({"DeliveryStreamName": "s"})).await;
    assert_eq!(status().await.as_deref(), Some("DELETING"));
    assert_eq!(world.refused("PutRecord", put).await.0, "ResourceNotFoundException");
    let again = json!({"DeliveryStreamName": "s", "S3DestinationConfiguration": plain()});
    assert_eq!(world.refused("CreateDeliveryStream", again).await.0, "ResourceInUseException");
    world.settle().await;
    world.pass(10);
    world.until(async || status().await.is_none()).await;
    world.pass(60);
    world.settle().await;
    assert!(world.objects("b").await.is_empty(), "deletion discards what was not delivered");
}
