use super::*;

fn parsed(sql: &str) -> Statement {
    Statement::parse(sql).unwrap_or_else(|error| panic!("{sql}: {error}"))
}

fn refused(sql: &str) -> String {
    Statement::parse(sql).unwrap_err().text()
}

fn table(name: &str) -> TableName {
    TableName { database: None, name: name.to_owned() }
}

fn in_db(name: &str) -> TableName {
    TableName { database: Some("db".to_owned()), name: name.to_owned() }
}

#[test]
fn what_reads_is_left_as_it_stands() {
    assert_eq!(parsed("select 1;"), Statement::Select("select 1".to_owned()));
    let with = "WITH a AS (SELECT 1) SELECT * FROM a";
    assert_eq!(parsed(&format!("-- c\n{with}")), Statement::Select(with.to_owned()));
    assert_eq!(parsed("(SELECT 1)").kind().0, StatementKind::Dml);
    assert_eq!(parsed("EXPLAIN (FORMAT JSON) SELECT 1"), Statement::Explain("SELECT 1".to_owned()));
}

#[test]
fn a_table_of_files_is_understood_whole() {
    let sql = "CREATE EXTERNAL TABLE IF NOT EXISTS `Db`.`T` (`Id` bigint COMMENT 'the id', s struct<a:int,b:array<string>>, d decimal(10, 2))
        COMMENT 'c' PARTITIONED BY (`year` string, m int)
        ROW FORMAT SERDE 'org.openx.data.jsonserde.JsonSerDe' WITH SERDEPROPERTIES ('paths'='a,b')
        STORED AS INPUTFORMAT 'in' OUTPUTFORMAT 'out' LOCATION 's3://b/t/' TBLPROPERTIES ('classification'='json', 'n'=1)";
    let Statement::CreateTable { table, new } = parsed(sql) else { panic!("another statement") };
    assert_eq!(table, in_db("t"));
    assert!(new.if_not_exists && new.external);
    let kinds: Vec<(&str, &str)> =
        new.columns.iter().map(|column| (column.name.as_str(), column.kind.as_str())).collect();
    assert_eq!(kinds, [("id", "bigint"), ("s", "struct<a:int,b:array<string>>"), ("d", "decimal(10,2)")]);
    assert_eq!(new.columns[0].comment.as_deref(), Some("the id"));
    assert_eq!(new.keys.len(), 2);
    assert_eq!(new.serde_parameters["paths"], "a,b");
    assert_eq!(new.stored_as, Some(StoredAs::Classes { input: "in".to_owned(), output: "out".to_owned() }));
    assert_eq!(new.location.as_deref(), Some("s3://b/t/"));
    assert_eq!(new.parameters["n"], "1");
}

#[test]
fn delimiters_are_parameters_of_the_serialization() {
    let sql = r"CREATE EXTERNAL TABLE t (a int) ROW FORMAT DELIMITED FIELDS TERMINATED BY '\t' ESCAPED BY '\\'
        LINES TERMINATED BY '\n' STORED AS TEXTFILE LOCATION 's3://b/'";
    let Statement::CreateTable { new, .. } = parsed(sql) else { panic!("another statement") };
    assert_eq!(new.serde_parameters["field.delim"], "\t");
    assert_eq!(new.serde_parameters["escape.delim"], "\\");
    assert_eq!(new.stored_as, Some(StoredAs::Format("TEXTFILE".to_owned())));
}

#[test]
fn rows_become_tables_and_files() {
    let sql = "CREATE TABLE \"db\".\"t\" WITH (format = 'PARQUET', partitioned_by = ARRAY['a','b'], bucket_count = 3)
        AS SELECT 1 AS x WITH NO DATA";
    let Statement::CreateTableAs { table, properties, select, empty, .. } = parsed(sql) else {
        panic!("another statement")
    };
    assert_eq!(table, in_db("t"));
    assert_eq!(properties["partitioned_by"], Property::Many(vec!["a".to_owned(), "b".to_owned()]));
    assert_eq!(properties["bucket_count"], Property::One("3".to_owned()));
    assert_eq!((select.as_str(), empty), ("SELECT 1 AS x", true));
    let unload = parsed("UNLOAD (SELECT (1)) TO 's3://b/x/' WITH (format='PARQUET')");
    let Statement::Unload { select, location, properties } = unload else { panic!("another statement") };
    assert_eq!((select.as_str(), location.as_str(), properties.len()), ("SELECT (1)", "s3://b/x/", 1));
    let insert = parsed("INSERT INTO t (a, b) VALUES (1, 2)");
    let Statement::Insert { columns, select, .. } = insert else { panic!("another statement") };
    assert_eq!((columns.len(), select.as_str()), (2, "VALUES (1, 2)"));
}

#[test]
fn partitions_come_and_go() {
    let sql = "ALTER TABLE t ADD IF NOT EXISTS PARTITION (y='2024', m=1) LOCATION 's3://b/1/' PARTITION (y='2024', m=2)";
    let Statement::AlterTable { alteration: Alteration::AddPartitions { if_not_exists, partitions }, .. } =
        parsed(sql)
    else {
        panic!("another statement")
    };
    assert!(if_not_exists);
    assert_eq!(partitions.len(), 2);
    assert_eq!(partitions[0].location.as_deref(), Some("s3://b/1/"));
    let sql = "ALTER TABLE t DROP PARTITION (y <= '2023'), PARTITION (m=2)";
    let Statement::AlterTable { alteration: Alteration::DropPartitions { partitions, .. }, .. } = parsed(sql)
    else {
        panic!("another statement")
    };
    assert_eq!(partitions[0].values[0].1, "<=");
}

#[test]
fn what_shows() {
    let tables = Statement::ShowTables {
        database: Some("db".to_owned()),
        pattern: Some("a*".to_owned()),
        views: false,
    };
    assert_eq!(parsed("SHOW TABLES IN db 'a*'"), tables);
    assert_eq!(parsed("SHOW COLUMNS IN t FROM db"), Statement::ShowColumns(in_db("t")));
    assert_eq!(parsed("describe formatted t"), Statement::Describe(table("t")));
    assert_eq!(parsed("DESCRIBE `db`.`t`").kind().0, StatementKind::Utility);
    let parameters = vec!["1".to_owned(), "'a,b'".to_owned(), "f(1, 2)".to_owned()];
    let execute = Statement::Execute { name: "p".to_owned(), parameters };
    assert_eq!(parsed("EXECUTE p USING 1, 'a,b', f(1, 2)"), execute);
}

#[test]
fn mistakes_have_a_place() {
    assert!(refused("").starts_with("line 1:1: mismatched input '<EOF>'. Expecting: 'ALTER'"));
    assert!(refused("SELEC 1").starts_with("line 1:1: mismatched input 'SELEC'."));
    assert_eq!(refused("DROP TABLE"), "line 1:11: mismatched input '<EOF>'. Expecting: <identifier>");
    assert_eq!(refused("ALTER TABLE t ADD\n PARTITION y"), "line 2:12: mismatched input 'y'. Expecting: '('");
    assert_eq!(refused("DELETE FROM t"), "Queries of this type are not supported");
}

proptest::proptest! {
    #[test]
    fn any_text_is_a_statement_or_refused(
        words in proptest::collection::vec(
            "CREATE|EXTERNAL|TABLE|SHOW|IN|ALTER|ADD|PARTITION|\\(|\\)|,|=|'a'|`b`|x|<|>|UNLOAD|TO|WITH|1|\\.", 0..14
        )
    ) {
        let _ = Statement::parse(&words.join(" "));
    }
}
