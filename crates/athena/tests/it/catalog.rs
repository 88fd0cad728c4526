//! Hive's statements, by the catalog; tables and files out of rows.

use serde_json::json;

use crate::harness::world;

const TABLE: &str = "CREATE EXTERNAL TABLE t (id bigint COMMENT 'c', s string) PARTITIONED BY (p string)
    ROW FORMAT SERDE 'org.openx.data.jsonserde.JsonSerDe' LOCATION 's3://data/t/'";

#[tokio::test]
async fn tables_are_made_shown_and_dropped() {
    let world = world();
    let made = world.done(TABLE).await;
    assert_eq!(
        (made["StatementType"].as_str(), made["SubstatementType"].as_str()),
        (Some("DDL"), Some("CREATE_TABLE"))
    );
    assert!(made["ResultConfiguration"]["OutputLocation"].as_str().unwrap().ends_with(".txt"));
    assert_eq!(world.lines("SHOW TABLES IN db").await, ["t"]);
    assert_eq!(world.lines("SHOW TABLES 'x*'").await, Vec::<String>::new());
    assert_eq!(world.lines("SHOW DATABASES LIKE 'o*'").await, ["other"]);
    let described = world.lines("DESCRIBE t").await;
    assert_eq!(described[0], "id                  \tbigint              \tc                   ");
    assert!(described.iter().any(|line| line.starts_with("# Partition Information")));
    let create = world.lines("SHOW CREATE TABLE t").await.join("\n");
    assert!(
        create.starts_with("CREATE EXTERNAL TABLE `db.t`(\n  `id` bigint COMMENT 'c', \n  `s` string)"),
        "{create}"
    );
    let id = world.start(TABLE).await;
    let reason = world.until(&id, "FAILED").await["Status"]["StateChangeReason"].clone();
    assert!(reason.as_str().unwrap().contains("AlreadyExistsException"), "{reason}");
    world.done("ALTER TABLE t ADD COLUMNS (n int)").await;
    assert_eq!(world.lines("SHOW COLUMNS IN t").await.len(), 4);
    world.done("DROP TABLE t").await;
    let id = world.start("DROP TABLE t").await;
    let reason = world.until(&id, "FAILED").await["Status"]["StateChangeReason"].clone();
    assert_eq!(reason, "FAILED: SemanticException [Error 10001]: Table not found t");
    world.done("DROP TABLE IF EXISTS t").await;
}

#[tokio::test]
async fn partitions_are_found_among_the_files() {
    let world = world();
    world.done(TABLE).await;
    world.objects.put("data", "t/p=a%3Ab/1.json", "{}");
    world.objects.put("data", "t/p=x/1.json", "{}");
    world.objects.put("data", "t/other/1.json", "{}");
    let told = world.lines("MSCK REPAIR TABLE t").await;
    assert_eq!(
        told[1..],
        ["Repair: Added partition to metastore t:p=a%3Ab", "Repair: Added partition to metastore t:p=x"]
    );
    assert_eq!(world.lines("SHOW PARTITIONS t").await, ["p=a:b", "p=x"]);
    assert_eq!(world.lines("MSCK REPAIR TABLE t").await, Vec::<String>::new());
}

#[tokio::test]
async fn rows_become_files_and_tables() {
    let world = world();
    let query = world.done("UNLOAD (SELECT k, n FROM x) TO 's3://data/u/' WITH (format = 'JSON', compression = 'NONE', partitioned_by = ARRAY['n'])").await;
    assert_eq!(query["StatementType"], "DML");
    let manifest = query["Statistics"]["DataManifestLocation"].as_str().unwrap();
    let files = world.objects.text(manifest);
    assert_eq!(files.lines().count(), 5);
    let first = files.lines().next().unwrap();
    assert!(first.starts_with("s3://data/u/n=0/"), "{first}");
    let id = query["QueryExecutionId"].as_str().unwrap();
    let result = world.ok("GetQueryResults", json!({"QueryExecutionId": id})).await;
    assert_eq!((result["UpdateCount"].as_i64(), result["ResultSet"]["Rows"].clone()), (Some(5), json!([])));
    // The place must be free.
    let id = world.start("UNLOAD (SELECT k, n FROM x) TO 's3://data/u/' WITH (format = 'JSON')").await;
    let reason = world.until(&id, "FAILED").await["Status"]["StateChangeReason"].clone();
    assert!(reason.as_str().unwrap().starts_with("HIVE_PATH_ALREADY_EXISTS"), "{reason}");

    let sql = "CREATE TABLE made WITH (format = 'TEXTFILE', field_delimiter = ',', write_compression = 'NONE') AS SELECT k, n FROM x";
    let query = world.done(sql).await;
    assert_eq!(
        (query["StatementType"].as_str(), query["SubstatementType"].as_str()),
        (Some("DDL"), Some("CREATE_TABLE_AS_SELECT"))
    );
    let files = world.objects.text(query["Statistics"]["DataManifestLocation"].as_str().unwrap());
    assert_eq!(world.objects.text(files.trim()).lines().nth(1), Some("\\N,1"));
    assert_eq!(world.lines("SHOW TABLES").await, ["made"]);
    let id = world.start(sql).await;
    let reason = world.until(&id, "FAILED").await["Status"]["StateChangeReason"].clone();
    assert!(reason.as_str().unwrap().starts_with("TABLE_ALREADY_EXISTS"), "{reason}");
    // What cannot be written leaves no table behind.
    let id = world.start("CREATE TABLE parquet_made AS SELECT k, n FROM x").await;
    world.until(&id, "FAILED").await;
    assert_eq!(world.lines("SHOW TABLES").await, ["made"]);
}

#[tokio::test]
async fn views_are_kept_as_presto_keeps_them() {
    let world = world();
    world.done("CREATE VIEW v AS SELECT k, n FROM x").await;
    assert_eq!(world.lines("SHOW CREATE VIEW v").await, ["CREATE VIEW db.v AS", "SELECT k, n FROM x"]);
    assert_eq!(world.lines("SHOW VIEWS").await, ["v"]);
    world.done("CREATE OR REPLACE VIEW v AS SELECT k FROM y").await;
    world.done("DROP VIEW v").await;
}

#[tokio::test]
async fn metadata_is_the_catalogs() {
    let world = world();
    world.done(TABLE).await;
    let table = world
        .ok(
            "GetTableMetadata",
            json!({"CatalogName": "AwsDataCatalog", "DatabaseName": "db", "TableName": "t"}),
        )
        .await;
    assert_eq!(
        table["TableMetadata"]["Parameters"]["serde.serialization.lib"],
        "org.openx.data.jsonserde.JsonSerDe"
    );
    let missing = json!({"CatalogName": "AwsDataCatalog", "DatabaseName": "db", "TableName": "x"});
    let text = world.call("GetTableMetadata", missing).await.refused("MetadataException");
    assert!(text.starts_with("Entity Not Found (Service: AmazonDataCatalog; Status Code: 400; Error Code: EntityNotFoundException; Request ID: "), "{text}");
    let list = world.ok("ListDatabases", json!({"CatalogName": "AwsDataCatalog", "MaxResults": 1})).await;
    assert!(list["NextToken"].is_string());
    assert_eq!(world.lines("EXPLAIN SELECT 1").await, ["Scan", "  t"]);
}
