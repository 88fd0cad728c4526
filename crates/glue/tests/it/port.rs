//! Tables as other rooms read them.

use base::{AccountId, Region};
use ports::{Catalog, CatalogColumn, PortError, TableRef};
use serde_json::json;

use crate::harness::{root, table_input, user, world};

fn reference(version: Option<&str>) -> TableRef {
    TableRef {
        catalog: AccountId::DEFAULT,
        region: Region::us_east_1(),
        database: "DB".into(),
        table: "T".into(),
        version: version.map(str::to_owned),
    }
}

#[tokio::test]
async fn another_room_reads_a_table_in_any_of_its_versions() {
    let world = world();
    world.table(&[("day", "string")]).await;
    let mut changed = table_input("t", &[("day", "string")]);
    changed["StorageDescriptor"]["Columns"] = json!([{"Name": "other"}]);
    world.ok("UpdateTable", json!({"DatabaseName": "db", "TableInput": changed})).await;
    let glue = world.room.state();
    let column =
        |name: &str, kind: Option<&str>| CatalogColumn { name: name.into(), kind: kind.map(Into::into) };
    let (latest, old) = (reference(Some("LATEST")), reference(Some("0")));
    let table = glue.table(&root(), &latest).await.unwrap();
    assert_eq!((table.version.as_str(), table.columns), ("1", vec![column("other", None)]));
    let table = glue.table(&root(), &old).await.unwrap();
    assert_eq!((table.version.as_str(), table.columns), ("0", vec![column("id", Some("bigint"))]));
    assert_eq!(table.partition_keys, vec![column("day", Some("string"))]);
    assert_eq!(table.serde.as_deref(), Some("x.Y"));
    assert_eq!(table.location.as_deref(), Some("s3://b/t/"));
}

#[tokio::test]
async fn the_port_asks_the_policies_and_says_what_is_missing() {
    let world = world();
    let glue = world.room.state();
    let table = reference(None);
    assert!(matches!(glue.table(&user("u"), &table).await, Err(PortError::Denied(_))));
    let missing = glue.table(&root(), &table).await;
    assert!(matches!(missing, Err(PortError::NotFound { code: "EntityNotFoundException", .. })));
}
