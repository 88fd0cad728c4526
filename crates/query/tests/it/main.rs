//! The engine over tables in memory: what is asked, and what is shown.

mod tables;

use ports::{QueryEngine as _, QueryError, QueryStatement, ValueForm};
use query::Engine;
use tables::{Tables, json_table};

use futures_util::StreamExt as _;

/// The rows of an answer, the names first; null is `-`.
async fn asked(
    tables: &Tables,
    sql: &str,
    form: ValueForm,
    parameters: &[&str],
) -> Result<Vec<String>, QueryError> {
    let engine = Engine::new().unwrap();
    let statement = QueryStatement {
        sql: sql.to_owned(),
        parameters: parameters.iter().map(|text| (*text).to_owned()).collect(),
        database: "db".to_owned(),
        form,
    };
    let mut run = engine.run(statement, tables.shared()).await?;
    let names: Vec<String> =
        run.columns.iter().map(|column| format!("{}:{}", column.name, column.kind)).collect();
    let mut lines = vec![names.join(",")];
    while let Some(piece) = run.rows.next().await {
        for row in piece? {
            let values: Vec<String> =
                row.into_iter().map(|value| value.unwrap_or_else(|| "-".to_owned())).collect();
            lines.push(values.join(","));
        }
    }
    Ok(lines)
}

async fn rows(tables: &Tables, sql: &str) -> Vec<String> {
    asked(tables, sql, ValueForm::Text, &[]).await.unwrap_or_else(|error| panic!("{sql}: {error}"))
}

async fn fails(tables: &Tables, sql: &str) -> String {
    match asked(tables, sql, ValueForm::Text, &[]).await {
        Ok(lines) => panic!("{sql}: {lines:?}"),
        Err(error) => error.to_string(),
    }
}

fn events() -> Tables {
    let tables = Tables::default();
    let columns = [
        ("id", "bigint"),
        ("name", "string"),
        ("v", "double"),
        ("tags", "array<string>"),
        ("at", "timestamp"),
        ("m", "map<string,int>"),
        ("s", "struct<a:int,b:string>"),
    ];
    tables.add(json_table("events", &columns, &[("p", "string"), ("n", "int")]));
    let one = r#"{"id": 1, "Name": "a", "v": 0.5, "tags": ["x", "y"], "at": "2024-01-02 03:04:05.678", "m": {"k": 1}, "s": {"a": 1, "b": "q"}}
{"id": 2, "name": null, "v": 1e10, "tags": [], "at": "2024-02-29T00:00:00Z", "s": null}
"#;
    tables.part("events", &["x", "1"], "one.json", one.as_bytes());
    tables.part(
        "events",
        &["y", "2"],
        "two.json.gz",
        &tables::gzip(br#"{"id": 3, "name": "c,\"d", "v": 2, "tags": ["z", null]}"#),
    );
    tables
}

#[tokio::test]
async fn rows_are_read_grouped_and_shown() {
    let tables = events();
    assert_eq!(
        rows(&tables, "SELECT p, count(*) AS c, sum(v) AS S FROM events WHERE id < 4 GROUP BY p ORDER BY p")
            .await,
        ["p:varchar,c:bigint,S:double", "x,2,1.00000000005E10", "y,1,2.0"]
    );
    assert_eq!(
        rows(&tables, "SELECT * FROM events WHERE id = 1").await,
        [
            "id:bigint,name:varchar,v:double,tags:array,at:timestamp,m:map,s:row,p:varchar,n:integer",
            "1,a,0.5,[x, y],2024-01-02 03:04:05.678,{k=1},{a=1, b=q},x,1"
        ]
    );
    assert_eq!(
        rows(&tables, "SELECT count(*), count(name) FROM db.events").await,
        ["_col0:bigint,_col1:bigint", "3,2"]
    );
    assert_eq!(
        rows(&tables, "SELECT id, id, E.s.b FROM \"Events\" e WHERE e.n = 1 ORDER BY 1 LIMIT 1").await,
        ["id:bigint,id:bigint,b:varchar", "1,1,q"]
    );
}

#[tokio::test]
async fn conditions_on_keys_choose_partitions() {
    let tables = events();
    rows(&tables, "SELECT id FROM events WHERE p = 'x' AND n IN (1, 3) AND v > 0").await;
    assert_eq!(tables.conditions(), [Some("p = 'x' AND (n = 1 OR n = 3)".to_owned())]);
    assert_eq!(tables.read(), ["one.json"]);
}

#[tokio::test]
async fn values_are_json_where_files_are_made_of_them() {
    let tables = events();
    let lines = asked(
        &tables,
        "SELECT name, v, tags, at, m, s FROM events WHERE id <> 2 ORDER BY id",
        ValueForm::Json,
        &[],
    )
    .await
    .unwrap();
    assert_eq!(lines[1], r#""a",0.5,["x","y"],"2024-01-02 03:04:05.678000",{"k":1},{"a":1,"b":"q"}"#);
    assert_eq!(lines[2], r#""c,\"d",2.0,["z",null],-,-,-"#);
}

#[tokio::test]
async fn parameters_stand_for_question_marks() {
    let tables = events();
    let sql = "SELECT id FROM events WHERE name = ? AND id < ?";
    let lines = asked(&tables, sql, ValueForm::Text, &["'a'", "5"]).await.unwrap();
    assert_eq!(lines[1..], ["1"]);
    assert_eq!(
        asked(&tables, sql, ValueForm::Text, &["1"]).await.unwrap_err().code,
        "INVALID_PARAMETER_USAGE"
    );
}

#[tokio::test]
async fn arrays_and_maps_are_unnested_beside_their_table() {
    let tables = events();
    assert_eq!(
        rows(&tables, "SELECT e.id, t.tag FROM events e CROSS JOIN UNNEST(e.tags) AS t(tag) ORDER BY 1, 2")
            .await[1..],
        ["1,x", "1,y", "3,z", "3,-"]
    );
    assert_eq!(
        rows(&tables, "SELECT id, k, v2, o FROM events, UNNEST(m) WITH ORDINALITY AS t(k, v2, o)").await[1..],
        ["1,k,1,1"]
    );
    assert_eq!(
        rows(&tables, "SELECT x FROM UNNEST(ARRAY[1, 2]) AS t(x) ORDER BY x DESC").await[1..],
        ["2", "1"]
    );
}

#[tokio::test]
async fn trinos_functions_are_known() {
    let tables = Tables::default();
    let mut wrong: Vec<String> = Vec::new();
    for (sql, shown) in [
        ("date_format(timestamp '2024-02-09 15:04:05', '%Y/%m/%d %H:%i')", "2024/02/09 15:04"),
        ("date_parse('2024-02-09', '%Y-%m-%d')", "2024-02-09 00:00:00.000"),
        ("from_unixtime(1704164645)", "2024-01-02 03:04:05.000 UTC"),
        ("date_add('month', 1, timestamp '2024-01-31 00:00:00')", "2024-02-29 00:00:00.000"),
        ("date_add('day', 1, date '2024-02-28')", "2024-02-29"),
        ("date_diff('day', date '2024-01-01', date '2024-03-01')", "60"),
        ("date_diff('month', date '2024-01-15', date '2024-03-01')", "1"),
        ("year(date '2024-05-06')", "2024"),
        ("day_of_week(date '2024-05-05')", "7"),
        ("date_trunc('month', timestamp '2024-05-06 07:08:09')", "2024-05-01 00:00:00.000"),
        ("cardinality(ARRAY[1, 2, 3])", "3"),
        ("element_at(ARRAY[1, 2], 2)", "2"),
        ("ARRAY['a', 'b'][1]", "a"),
        ("contains(ARRAY[1, 2], 2)", "true"),
        ("array_join(ARRAY['a', 'b'], '-')", "a-b"),
        ("split('a,b', ',')", "[a, b]"),
        ("json_extract_scalar('{\"a\": {\"b\": [1, \"x\"]}}', '$.a.b[1]')", "x"),
        ("json_extract('{\"a\": [1]}', '$.a')", "[1]"),
        ("json_array_length('[1, 2]')", "2"),
        ("regexp_extract('ab12', '([a-z]+)([0-9]+)', 2)", "12"),
        ("regexp_replace('a1b2', '[0-9]', '_')", "a_b_"),
        ("regexp_like('abc', 'b')", "true"),
        ("try_cast('x' AS integer)", "-"),
        ("try(CAST('x' AS integer))", "-"),
        ("if(1 > 2, 'a', 'b')", "b"),
        ("coalesce(NULL, 'a')", "a"),
        ("1.5", "1.5"),
        ("1e0 / 3", "0.3333333333333333"),
        ("7 / 2", "3"),
        ("CAST('2024-01-01' AS date)", "2024-01-01"),
        ("true AND NULL", "-"),
        ("'a' || 'b'", "ab"),
        ("url_extract_host('https://u@example.com:80/p?q')", "example.com"),
        ("length('äb')", "2"),
        ("strpos('abc', 'c')", "3"),
        ("to_hex(from_hex('6162'))", "6162"),
        ("from_hex('6162')", "61 62"),
        ("sequence(1, 3)", "[1, 2, 3]"),
        ("transform(ARRAY[1, 2], x -> x + 1)", "[2, 3]"),
        ("map(ARRAY['a'], ARRAY[1])", "{a=1}"),
        ("element_at(map(ARRAY['a'], ARRAY[1]), 'a')", "1"),
    ] {
        match asked(&tables, &format!("SELECT {sql}"), ValueForm::Text, &[]).await {
            Ok(lines) if lines[1..] == [shown] => {}
            other => wrong.push(format!("{sql}: {other:?}")),
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let sql = "SELECT approx_distinct(x), max_by(y, x), count_if(x > 1), arbitrary(y) FROM (VALUES (1, 'a'), (2, 'a')) AS t(x, y)";
    assert_eq!(rows(&tables, sql).await[1..], ["2,a,1,a"]);
}

#[tokio::test]
async fn mistakes_are_told_by_trinos_names() {
    let tables = events();
    for (sql, text) in [
        (
            "SELECT * FROM nothing",
            "TABLE_NOT_FOUND: line 1:15: Table 'awsdatacatalog.db.nothing' does not exist",
        ),
        (
            "SELECT 1 FROM x.events",
            "TABLE_NOT_FOUND: line 1:15: Table 'awsdatacatalog.x.events' does not exist",
        ),
        ("SELECT 1 FROM c.x.events", "SYNTAX_ERROR: line 1:15: Catalog c does not exist"),
        (
            "SELECT id,\n    missing FROM events",
            "COLUMN_NOT_FOUND: line 2:5: Column 'missing' cannot be resolved or requester is not authorized to access requested resources",
        ),
        ("SELECT nonsense(1)", "SYNTAX_ERROR: line 1:8: Function 'nonsense' not registered"),
        ("SELECT 1 / 0", "DIVISION_BY_ZERO: Division by zero"),
    ] {
        assert_eq!(fails(&tables, sql).await, text);
    }
    assert!(
        fails(&tables, "SELECT CAST(name AS integer) FROM events").await.starts_with("INVALID_CAST_ARGUMENT")
    );
    tables.part("events", &["z", "3"], "bad.json", b"{\"id\": \"x\"}\n");
    assert!(
        fails(&tables, "SELECT id FROM events WHERE p = 'z'")
            .await
            .starts_with("HIVE_BAD_DATA: Error parsing field value of column id")
    );
    tables.part("events", &["w", "4"], "worse.json", b"{\"id\": \n");
    assert!(
        fails(&tables, "SELECT id FROM events WHERE p = 'w'")
            .await
            .starts_with("HIVE_CURSOR_ERROR: Row is not a valid JSON Object")
    );
}

#[tokio::test]
async fn views_are_read_as_their_statements() {
    let tables = events();
    tables.view("v", "SELECT id, name AS n2 FROM events WHERE id < 3");
    tables.view("w", "WITH c AS (SELECT * FROM v) SELECT n2 FROM c");
    assert_eq!(rows(&tables, "SELECT w.n2 FROM w ORDER BY 1").await, ["n2:varchar", "a", "-"]);
    tables.view("r", "SELECT * FROM r");
    assert!(fails(&tables, "SELECT * FROM r").await.starts_with("VIEW_IS_RECURSIVE"));
}

#[tokio::test]
async fn text_is_read_as_hive_reads_it() {
    let tables = Tables::default();
    tables.add(tables::delimited_table("d", &[("a", "int"), ("b", "string"), ("c", "array<int>")], 1));
    tables.part("d", &[], "d.txt", b"a,b,c\n1,x\\,y,1|2\nz,\\N,\n");
    assert_eq!(rows(&tables, "SELECT * FROM d").await[1..], ["1,x,y,[1, 2]", "-,-,[]"]);
    tables.add(tables::csv_table("c", &[("a", "string"), ("b", "double")]));
    tables.part("c", &[], "c.csv", b"\"x \"\"y\"\"\nz\",1.5\n,\n");
    assert_eq!(rows(&tables, "SELECT a, b FROM c").await[1..], ["x \"y\"\nz,1.5", ",-"]);
}

#[tokio::test]
async fn column_files_are_read_by_name_and_in_part() {
    let tables = Tables::default();
    let columns = [("id", "bigint"), ("name", "string"), ("absent", "int"), ("at", "timestamp")];
    tables.add(tables::columnar_table("p", &columns, ports::FileFormat::Parquet));
    tables.part("p", &[], "p.parquet", &tables::parquet(20_000, 1_000));
    assert_eq!(
        rows(&tables, "SELECT count(*), min(id), max(name), count(absent) FROM p").await[1..],
        ["20000,0,n9999,0"]
    );
    let before = tables.bytes_read();
    assert_eq!(rows(&tables, "SELECT id, name FROM p WHERE id = 15000").await[1..], ["15000,n15000"]);
    let whole = u64::try_from(tables::parquet(20_000, 1_000).len()).unwrap();
    assert!(tables.bytes_read() - before < whole / 3, "{} of {whole}", tables.bytes_read() - before);
    tables.add(tables::columnar_table("o", &columns, ports::FileFormat::Orc));
    tables.part("o", &[], "o.orc", &tables::orc(3_000));
    assert_eq!(
        rows(&tables, "SELECT count(*), max(id), max(name), count(absent) FROM o").await[1..],
        ["3000,2999,n999,0"]
    );
    assert_eq!(rows(&tables, "SELECT count(*) FROM o").await[1..], ["3000"]);
}

#[tokio::test]
async fn too_much_memory_is_refused_and_harms_nothing() {
    let tables = Tables::default();
    let many = "SELECT repeat(CAST(x AS VARCHAR), 400) AS s FROM UNNEST(sequence(1, 200000)) AS t(x)";
    let sql = &format!("SELECT s FROM ({many}) ORDER BY s");
    let text = fails(&tables, sql).await;
    assert!(text.starts_with("EXCEEDED_MEMORY_LIMIT"), "{text}");
    assert_eq!(rows(&tables, "SELECT 1").await[1..], ["1"]);
}

#[tokio::test]
async fn a_plan_is_explained() {
    let tables = events();
    let engine = Engine::new().unwrap();
    let statement = QueryStatement {
        sql: "SELECT id FROM events WHERE p = 'x'".to_owned(),
        parameters: Vec::new(),
        database: "db".to_owned(),
        form: ValueForm::Text,
    };
    let text = engine.explain(statement, tables.shared()).await.unwrap();
    assert!(text.contains("TableScan"), "{text}");
}
