//! Tables of Iceberg: what their metadata says after deliveries, read as any reader would.

use std::collections::BTreeMap;

use iceberg::avro::{self, Value as Avro};
use iceberg::metadata::Table;
use serde_json::{Value, json};

use crate::transform::{ERRORS, lines, processing, unb64};
use crate::world::{Mishap, ROLE, World, s3};

/// A table without rows: `id` long, required; `s` string, or a time if days are made of it; partitioned by the transform of `s`, if one is given.
async fn make(world: &World, name: &str, transform: Option<&str>) {
    world.objects.buckets.lock().unwrap().insert("lake".to_owned());
    let fields: Vec<Value> = transform
        .iter()
        .map(|word| json!({"source-id": 2, "field-id": 1000, "name": "s_part", "transform": word}))
        .collect();
    let kind = if transform == Some("day") { "timestamptz" } else { "string" };
    let metadata = json!({
        "format-version": 2, "table-uuid": "u", "location": format!("s3://lake/{name}"), "last-sequence-number": 0, "last-updated-ms": 1,
        "last-column-id": 2, "current-schema-id": 0, "default-spec-id": 0, "last-partition-id": 1000, "properties": {},
        "schemas": [{"type": "struct", "schema-id": 0, "identifier-field-ids": [1], "fields": [
            {"id": 1, "name": "id", "required": true, "type": "long"}, {"id": 2, "name": "s", "required": false, "type": kind}]}],
        "partition-specs": [{"spec-id": 0, "fields": fields}],
    });
    let address = format!("{name}/metadata/00000-a.metadata.json");
    world.store_object("lake", &address, metadata.to_string().into()).await;
    world.catalog.point(name, &format!("s3://lake/{address}")).await;
}

async fn metadata(world: &World, name: &str) -> Table {
    let (address, _) = world.catalog.pointer(name).await.unwrap();
    Table::parse(&object(world, &address).await).unwrap()
}

async fn object(world: &World, address: &str) -> Vec<u8> {
    let key = address.strip_prefix("s3://lake/").unwrap();
    let all = world.objects("lake").await;
    all.into_iter().find(|object| object.key == key).unwrap_or_else(|| panic!("{key}")).bytes.to_vec()
}

fn member(schema: &avro::Schema, record: &Avro, id: i32) -> Avro {
    let Avro::Record(values) = record else { panic!("no record") };
    values[schema.place(id, "").unwrap()].clone()
}

/// The rows of a table, as JSON, with its deletes applied.
async fn rows(world: &World, name: &str) -> Vec<String> {
    let table = metadata(world, name).await;
    let Some(list) = table.manifest_list().unwrap() else { return Vec::new() };
    let list = avro::read(&object(world, list).await).unwrap();
    let (mut found, mut deleted) = (Vec::new(), Vec::new());
    for listed in &list.records {
        let (Avro::Text(path), Avro::Long(sequence)) =
            (member(&list.schema, listed, 500), member(&list.schema, listed, 515))
        else {
            panic!("no manifest is listed")
        };
        let manifest = avro::read(&object(world, &path).await).unwrap();
        for entry in &manifest.records {
            let file = member(&manifest.schema, entry, 2);
            let place = manifest.schema.place(2, "data_file").unwrap();
            let schema = &manifest.schema.fields()[place].schema;
            let (Avro::Text(path), content) = (member(schema, &file, 100), member(schema, &file, 134)) else {
                panic!("no file is listed")
            };
            let partition = member(schema, &file, 102);
            let text = String::from_utf8(object(world, &path).await).unwrap();
            let lines = text.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
            match content {
                Avro::Int(0) => found.extend(lines.map(|row| (sequence, partition.clone(), row))),
                _ => deleted.extend(lines.map(|row| (sequence, partition.clone(), row))),
            }
        }
    }
    let gone = |at: i64, partition: &Avro, row: &Value| {
        deleted.iter().any(|(sequence, of, keys)| {
            let everywhere = *of == Avro::Record(Vec::new());
            let same = keys.as_object().unwrap().iter().all(|(name, value)| row[name] == *value);
            *sequence > at && (everywhere || of == partition) && same
        })
    };
    let mut rows: Vec<String> = found
        .iter()
        .filter(|(sequence, partition, row)| !gone(*sequence, partition, row))
        .map(|(_, _, row)| row.to_string())
        .collect();
    rows.sort();
    rows
}

fn destination(tables: Value, more: Value) -> Value {
    let mut destination = json!({
        "RoleARN": ROLE, "CatalogConfiguration": {"CatalogARN": "arn:aws:glue:us-east-1:000000000000:catalog"},
        "DestinationTableConfigurationList": tables,
        "BufferingHints": {"SizeInMBs": 1, "IntervalInSeconds": 60},
        "S3Configuration": s3("b", json!({"ErrorOutputPrefix": ERRORS})),
    });
    for (name, value) in more.as_object().into_iter().flatten() {
        destination[name] = value.clone();
    }
    destination
}

fn one(table: &str, more: Value) -> Value {
    let mut table = json!({"DestinationDatabaseName": "lake", "DestinationTableName": table});
    for (name, value) in more.as_object().into_iter().flatten() {
        table[name] = value.clone();
    }
    json!([table])
}

async fn create(world: &World, destination: Value) {
    let input = json!({"DeliveryStreamName": "s", "IcebergDestinationConfiguration": destination});
    world.ok("CreateDeliveryStream", input).await;
}

fn routed(query: &str) -> Value {
    let query = [("MetadataExtractionQuery", query), ("JsonParsingEngine", "JQ-1.6")];
    json!({"ProcessingConfiguration": processing(&[("MetadataExtraction", &query)])})
}

/// Puts records, and lets them be delivered.
async fn deliver(world: &World, records: &[&str]) {
    for record in records {
        world.put("s", record.as_bytes()).await;
    }
    world.settle().await;
    world.pass(60);
    for _ in 0..20 {
        world.settle().await;
        // Files are finished on threads of their own.
        tokio::task::spawn_blocking(|| {}).await.unwrap();
    }
}

#[tokio::test]
async fn rows_stand_in_the_table_and_failures_in_the_bucket() {
    let world = World::new();
    make(&world, "t", None).await;
    create(&world, destination(one("T", json!({})), json!({}))).await;
    deliver(&world, &[r#"{"id":1,"s":"a"}"#, "oops", r#"{"id":2}"#, r#"{"id":3,"z":1}"#]).await;
    world.eventually(async || rows(&world, "t").await.len() == 2).await;
    assert_eq!(rows(&world, "t").await, [r#"{"id":1,"s":"a"}"#, r#"{"id":2}"#]);
    deliver(&world, &[r#"{"id":1,"s":"a"}"#]).await;
    world.eventually(async || rows(&world, "t").await.len() == 3).await;
    let table = metadata(&world, "t").await;
    assert_eq!(table.current().unwrap()["summary"]["total-records"], "3");
    assert_eq!(table.current().unwrap()["summary"]["delivery-stream"], "s");
    world.pass(60);
    world.eventually(async || lines(&world, "b", "err/iceberg-failed/").await.len() == 2).await;
    let errors = lines(&world, "b", "err/iceberg-failed/").await;
    assert_eq!(errors[0]["errorCode"], "Iceberg.ParseError");
    assert_eq!(
        (errors[1]["errorCode"].as_str(), unb64(&errors[1]["rawData"])),
        (Some("Iceberg.MissingColumnWithinRecord"), br#"{"id":3,"z":1}"#.to_vec())
    );
}

#[tokio::test]
async fn a_record_finds_its_table_by_a_query() {
    let world = World::new();
    make(&world, "a", None).await;
    make(&world, "b", Some("truncate[1]")).await;
    let query = r#"{destinationDatabaseName:"lake",destinationTableName:.s[0:1]}"#;
    create(&world, destination(json!([]), routed(query))).await;
    deliver(
        &world,
        &[r#"{"id":1,"s":"a1"}"#, r#"{"id":2,"s":"B2"}"#, r#"{"id":3,"s":"b3"}"#, r#"{"id":4,"s":""}"#],
    )
    .await;
    world.eventually(async || rows(&world, "b").await.len() == 2).await;
    assert_eq!(rows(&world, "a").await, [r#"{"id":1,"s":"a1"}"#]);
    assert_eq!(rows(&world, "b").await, [r#"{"id":2,"s":"B2"}"#, r#"{"id":3,"s":"b3"}"#]);
    let table = metadata(&world, "b").await;
    assert_eq!(table.current().unwrap()["summary"]["changed-partition-count"], "2");
    let errors = lines(&world, "b", "err/processing-failed/").await;
    assert_eq!(errors[0]["errorCode"], "Iceberg.InvalidRoutingInformation");
    let input = json!({"DeliveryStreamName": "r", "IcebergDestinationConfiguration": destination(json!([]), routed("{a:.s}"))});
    assert_eq!(world.refused("CreateDeliveryStream", input).await.0, "InvalidArgumentException");
}

#[tokio::test]
async fn what_stands_last_counts_within_a_batch_and_over_batches() {
    // With and without partitions that the keys do not tell.
    for transform in [None, Some("identity")] {
        let world = World::new();
        make(&world, "t", transform).await;
        let query =
            r#"{operation:(if .s == "gone" then "delete" elif .s == "new" then "insert" else "update" end)}"#;
        create(&world, destination(one("t", json!({"UniqueKeys": ["id"]})), routed(query))).await;
        let mut expected: BTreeMap<i64, &str> = BTreeMap::new();
        for batch in [
            &[(1, "new"), (2, "new"), (3, "new")][..],
            &[(1, "x"), (4, "a"), (4, "b"), (2, "gone"), (5, "c"), (5, "gone")],
            &[(3, "gone"), (3, "y"), (1, "x2"), (1, "x3"), (9, "gone")],
        ] {
            let records: Vec<String> =
                batch.iter().map(|(id, s)| json!({"id": id, "s": s}).to_string()).collect();
            let records: Vec<&str> = records.iter().map(String::as_str).collect();
            deliver(&world, &records).await;
            for (id, s) in batch {
                match *s {
                    "gone" => drop(expected.remove(id)),
                    s => drop(expected.insert(*id, s)),
                }
            }
            let want: Vec<String> =
                expected.iter().map(|(id, s)| json!({"id": id, "s": s}).to_string()).collect();
            world.eventually(async || rows(&world, "t").await == want).await;
        }
        assert_eq!(metadata(&world, "t").await.spec().unwrap().id, 0);
        // A record without its keys is a failure.
        deliver(&world, &[r#"{"s":"x"}"#]).await;
        world.pass(60);
        world.eventually(async || !lines(&world, "b", "err/iceberg-failed/").await.is_empty()).await;
        assert_eq!(
            lines(&world, "b", "err/iceberg-failed/").await[0]["errorCode"],
            "Iceberg.UniqueKeysNotFound"
        );
    }
}

#[tokio::test]
async fn a_table_that_is_not_there_is_waited_for_and_then_given_up() {
    let world = World::new();
    let table = one("missing", json!({"S3ErrorOutputPrefix": "lost/!{firehose:error-output-type}/"}));
    create(&world, destination(table, json!({"RetryOptions": {"DurationInSeconds": 300}}))).await;
    deliver(&world, &[r#"{"id":1}"#]).await;
    assert!(lines(&world, "b", "lost/").await.is_empty());
    world.pass(200);
    make(&world, "missing", None).await;
    world.eventually(async || rows(&world, "missing").await.len() == 1).await;
    world.catalog.point("missing", "s3://lake/nowhere.metadata.json").await;
    deliver(&world, &[r#"{"id":2}"#]).await;
    world.pass(400);
    world.settle().await;
    world.eventually(async || !lines(&world, "b", "lost/iceberg-failed/").await.is_empty()).await;
    let errors = lines(&world, "b", "lost/iceberg-failed/").await;
    assert_eq!(
        (errors[0]["errorCode"].as_str(), unb64(&errors[0]["rawData"])),
        (Some("Iceberg.FileNotFound"), br#"{"id":2}"#.to_vec())
    );
}

#[tokio::test]
async fn keys_that_no_table_has_are_refused_at_creation() {
    let world = World::new();
    make(&world, "t", None).await;
    for (table, keys, words) in
        [("t", ["zzz"], "do not match with the fields"), ("nosuch", ["id"], "the table does not exist")]
    {
        let destination = destination(one(table, json!({"UniqueKeys": keys})), json!({}));
        let input = json!({"DeliveryStreamName": "s", "IcebergDestinationConfiguration": destination});
        let (code, text) = world.refused("CreateDeliveryStream", input).await;
        assert!(code == "InvalidArgumentException" && text.contains(words), "{code} {text}");
    }
}

const UPDATES: &str = r#"{operation:(if .id == 9 then "insert" else "update" end)}"#;

/// The codes of what failed, once there are some.
async fn failures(world: &World) -> Vec<String> {
    world.pass(60);
    world.eventually(async || !lines(world, "b", "err/iceberg-failed/").await.is_empty()).await;
    let errors = lines(world, "b", "err/iceberg-failed/").await;
    errors.iter().map(|error| error["errorCode"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn rows_do_not_go_by_fewer_keys_than_are_configured() {
    let world = World::new();
    make(&world, "t", None).await;
    create(&world, destination(one("t", json!({"UniqueKeys": ["id", "s"]})), routed(UPDATES))).await;
    deliver(&world, &[r#"{"id":1,"s":"a"}"#, r#"{"id":1,"s":"b"}"#]).await;
    world.eventually(async || rows(&world, "t").await.len() == 2).await;
    // The second key is renamed.
    let (address, _) = world.catalog.pointer("t").await.unwrap();
    let renamed = String::from_utf8(object(&world, &address).await).unwrap();
    let renamed = renamed.replace(r#""name":"s""#, r#""name":"z""#);
    world.store_object("lake", "t/metadata/00009-b.metadata.json", renamed.into()).await;
    world.catalog.point("t", "s3://lake/t/metadata/00009-b.metadata.json").await;
    deliver(&world, &[r#"{"id":1,"z":"c"}"#]).await;
    assert_eq!(failures(&world).await, ["Iceberg.InvalidUniqueKeys"]);
    assert_eq!(rows(&world, "t").await, [r#"{"id":1,"s":"a"}"#, r#"{"id":1,"s":"b"}"#]);
}

#[tokio::test]
async fn a_stream_that_is_append_only_neither_updates_nor_deletes() {
    let world = World::new();
    make(&world, "t", None).await;
    let mut more = routed(UPDATES);
    more["AppendOnly"] = json!(true);
    create(&world, destination(one("t", json!({"UniqueKeys": ["id"]})), more)).await;
    deliver(&world, &[r#"{"id":9,"s":"a"}"#]).await;
    world.eventually(async || rows(&world, "t").await.len() == 1).await;
    deliver(&world, &[r#"{"id":9,"s":"b"}"#, r#"{"id":1,"s":"c"}"#]).await;
    assert_eq!(failures(&world).await, ["Iceberg.InvalidRoutingInformation"]);
    assert_eq!(rows(&world, "t").await, [r#"{"id":9,"s":"a"}"#, r#"{"id":9,"s":"b"}"#]);
}

#[tokio::test]
async fn a_record_that_has_no_partition_makes_no_row_go() {
    let world = World::new();
    make(&world, "t", Some("day")).await;
    create(&world, destination(one("t", json!({"UniqueKeys": ["id"]})), routed(UPDATES))).await;
    deliver(&world, &[r#"{"id":1,"s":86400000000}"#]).await;
    world.eventually(async || rows(&world, "t").await.len() == 1).await;
    // In a batch that also has a row before it.
    deliver(&world, &[r#"{"id":2,"s":5}"#, r#"{"id":2,"s":"junk"}"#, r#"{"id":1,"s":"junk"}"#]).await;
    assert_eq!(failures(&world).await, ["Iceberg.SchemaTypeMismatch"; 2]);
    assert_eq!(rows(&world, "t").await, [r#"{"id":1,"s":86400000000}"#, r#"{"id":2,"s":5}"#]);
}

#[tokio::test]
async fn what_is_configured_is_shown_and_changed_member_by_member() {
    let world = World::new();
    let tables = one("t", json!({"S3ErrorOutputPrefix": "e/"}));
    create(&world, destination(tables.clone(), json!({"AppendOnly": true, "S3BackupMode": "AllData"}))).await;
    let shown = async || {
        let shown = world.ok("DescribeDeliveryStream", json!({"DeliveryStreamName": "s"})).await;
        shown["DeliveryStreamDescription"]["Destinations"][0]["IcebergDestinationDescription"].clone()
    };
    let first = shown().await;
    assert_eq!((&first["DestinationTableConfigurationList"], &first["AppendOnly"]), (&tables, &json!(true)));
    assert_eq!(first["RetryOptions"]["DurationInSeconds"], 300);
    let update = json!({
        "DeliveryStreamName": "s", "CurrentDeliveryStreamVersionId": "1", "DestinationId": "destinationId-000000000001",
        "IcebergDestinationUpdate": {"RetryOptions": {"DurationInSeconds": 7}},
    });
    world.ok("UpdateDestination", update).await;
    let second = shown().await;
    assert_eq!(second["RetryOptions"]["DurationInSeconds"], 7);
    assert_eq!(second["DestinationTableConfigurationList"], tables);
}

#[tokio::test]
async fn every_row_is_in_the_table_once_through_every_mishap_at_every_step() {
    let mut struck = 0;
    for mishap in [Mishap::DieBefore, Mishap::DieAfter, Mishap::Unknown, Mishap::Lost, Mishap::Conflict] {
        for calls in 0..80 {
            let mut world = World::new();
            make(&world, "t", Some("identity")).await;
            create(
                &world,
                destination(one("t", json!({})), json!({"RetryOptions": {"DurationInSeconds": 7200}})),
            )
            .await;
            for id in 0..4 {
                world
                    .put(
                        "s",
                        json!({"id": id, "s": if id % 2 == 0 { "x" } else { "y" }}).to_string().as_bytes(),
                    )
                    .await;
            }
            world.fates.arm(calls, mishap);
            deliver(&world, &[]).await;
            let was_struck = world.fates.struck();
            world.fates.disarm();
            if matches!(mishap, Mishap::DieBefore | Mishap::DieAfter) {
                world.restart().await;
            }
            for _ in 0..12 {
                world.pass(31);
                deliver(&world, &[]).await;
            }
            let found = rows(&world, "t").await.len();
            assert_eq!(found, 4, "{mishap:?} at call {calls}");
            world.pass(3_600);
            deliver(&world, &[]).await;
            assert_eq!(rows(&world, "t").await.len(), 4, "{mishap:?} at call {calls}");
            if !was_struck {
                break;
            }
            struck += 1;
        }
    }
    assert!(struck >= 5 * 10, "only {struck} steps were struck");
}
