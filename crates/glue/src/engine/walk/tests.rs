//! Walks against looking at everything, over random tables, expressions and indexes.

use std::sync::Arc;

use base::{Clock, Random, Secret, Timestamp};
use proptest::prelude::*;
use service::{RootOnly, Tokens};
use storage::Model;
use store::{Commit, CommitId, Store};
use tokio::sync::Notify;

use super::*;
use crate::tables::{IndexRow, KeyColumn, Order, TableState};

struct Nobody;

impl ports::Principals for Nobody {
    fn find_key<'a>(
        &'a self,
        _: &'a str,
    ) -> futures_util::future::BoxFuture<'a, Result<Option<ports::AccessKey>, ports::PortError>> {
        Box::pin(std::future::ready(Ok(None)))
    }
}

struct Nothing;

impl ports::ObjectStore for Nothing {
    fn prepare_put<'a>(
        &'a self,
        _: &'a ports::Principal,
        _: &'a base::Region,
        _: ports::NewObject,
    ) -> futures_util::future::BoxFuture<'a, Result<ports::PreparedPut, ports::PortError>> {
        Box::pin(std::future::ready(Err(ports::PortError::Unavailable("nothing".to_owned()))))
    }
}

fn glue(store: Arc<dyn Store>, clock: Clock) -> Glue {
    Glue {
        store,
        clock,
        random: Random::seeded(3),
        tokens: Tokens::new(Secret::new(*b"tokens")),
        authorizer: Arc::new(RootOnly),
        principals: Arc::new(Nobody),
        secrets: crypt::SealKey::new(&Secret::new([1; 32])).unwrap(),
        objects: Arc::new(Nothing),
        metrics: Arc::new(ports::NoMetrics),
        crawls: Notify::new(),
        chores: Notify::new(),
    }
}

fn table(columns: &[u32]) -> TableRow {
    let key = |name: &str, kind: &str| KeyColumn { name: name.into(), kind: Some(kind.into()) };
    TableRow {
        id: 7,
        created_micros: 0,
        created_by: None,
        state: TableState {
            version: 0,
            updated_micros: 0,
            keys: vec![key("a", "int"), key("b", "string"), key("c", "date")],
            input: Vec::new(),
        },
        layout: vec![Order::Number, Order::Text, Order::Text],
        indexes: vec![IndexRow {
            number: 1,
            name: "i".into(),
            columns: columns.to_vec(),
            status: IndexStatus::Active,
        }],
        next_index: 2,
    }
}

async fn walk_all(
    glue: &Glue,
    table: &TableRow,
    expression: &Expression,
    limit: usize,
) -> (Vec<Vec<String>>, usize) {
    let (mut rows, mut from, mut looks) = (Vec::new(), None, 0);
    loop {
        let wanted = Wanted { expression: Some(expression), segment: None, from, limit };
        let found = glue.walk(&*glue.snapshot(), table, wanted).await.unwrap();
        rows.extend(found.rows.into_iter().map(|row| row.values));
        looks += found.looks;
        match found.next {
            Some(next) => from = Some(Position::from_bytes(&next.to_bytes()).unwrap()),
            None => return (rows, looks),
        }
    }
}

async fn filled(table: &TableRow, rows: &[Vec<String>]) -> Glue {
    let clock = Clock::manual(Timestamp::EPOCH);
    let store = Model::new(clock.clone(), Random::seeded(1));
    for (number, some) in rows.chunks(1_000).enumerate() {
        let mut commit = Commit::new(CommitId(number as u128 + 1));
        for values in some {
            let at = table.partition_at(values).unwrap();
            let row = PartitionRow { id: 1, created_micros: 0, values: values.clone(), input: Vec::new() };
            commit.put(PARTITIONS, &at, &row);
            table.index(&mut commit, &at, values);
        }
        store.commit(commit).await.unwrap();
    }
    glue(store, clock)
}

fn expressions() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        (proptest::sample::select(vec!["=", "<", "<=", ">", ">=", "<>"]), -3i32..8)
            .prop_map(|(o, n)| format!("a {o} {n}")),
        (proptest::sample::select(vec!["=", "<", ">=", "<>"]), "[ab]{1,2}")
            .prop_map(|(o, t)| format!("b {o} '{t}'")),
        (proptest::sample::select(vec!["=", "<=", ">"]), 1u8..5)
            .prop_map(|(o, d)| format!("c {o} '2024-01-{d:02}'")),
        "[ab%_]{1,3}".prop_map(|p| format!("b like '{p}'")),
        (0i32..5, 0i32..5).prop_map(|(x, y)| format!("a in ({x}, {y})")),
    ];
    leaf.prop_recursive(3, 8, 2, |inner| {
        prop_oneof![
            inner.clone().prop_map(|e| format!("not ({e})")),
            (inner.clone(), inner.clone()).prop_map(|(x, y)| format!("({x} and {y})")),
            (inner.clone(), inner).prop_map(|(x, y)| format!("({x} or {y})")),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn a_walk_finds_what_looking_at_everything_finds(
        rows in proptest::collection::btree_set((-3i32..8, "[ab]{1,2}", 1u8..5), 0..80),
        expression in expressions(),
        columns in proptest::sample::select(vec![vec![1], vec![2, 0], vec![2, 1], vec![1, 0, 2]]),
        limit in proptest::sample::select(vec![1usize, 3, 1_000]),
    ) {
        let rows: Vec<Vec<String>> = rows.into_iter()
            .map(|(a, b, c)| vec![a.to_string(), b, format!("2024-01-{c:02}")]).collect();
        let table = table(&columns);
        let compiled = Expression::compile(&expression, &table.state.keys).unwrap().unwrap();
        let (mut found, _) = futures_executor::block_on(async {
            let glue = filled(&table, &rows).await;
            walk_all(&glue, &table, &compiled, limit).await
        });
        let mut expected: Vec<_> = rows.into_iter().filter(|row| compiled.holds(row).unwrap()).collect();
        found.sort();
        expected.sort();
        prop_assert_eq!(found, expected, "{}", expression);
    }
}

#[test]
fn a_walk_looks_at_little_more_than_it_returns() {
    let table = table(&[2]);
    let mut rows = Vec::new();
    for a in 0..20 {
        for b in 0..20 {
            for c in 1..=20 {
                rows.push(vec![a.to_string(), format!("{b:02}"), format!("2024-01-{c:02}")]);
            }
        }
    }
    futures_executor::block_on(async {
        let glue = filled(&table, &rows).await;
        for (expression, hits, looks_max) in [
            ("a = 7 and b = '05'", 20, 25),
            ("a in (1, 19) and b between '03' and '04'", 80, 90),
            ("b = '05'", 400, 460),
            ("c = '2024-01-03'", 400, 401),
            ("a > 100", 0, 1),
            ("(a = 1 and b = '01') or (a = 2 and b = '02')", 40, 90),
        ] {
            let compiled = Expression::compile(expression, &table.state.keys).unwrap().unwrap();
            let (found, looks) = walk_all(&glue, &table, &compiled, 1_000).await;
            assert_eq!(found.len(), hits, "{expression}");
            assert!(looks <= looks_max, "{expression}: {looks}");
        }
    });
}

#[test]
fn values_too_long_for_a_key_are_found_by_the_row() {
    let table = table(&[1]);
    let long = "b".repeat(1_024);
    let rows = vec![
        vec!["1".to_owned(), format!("{long}{long}1"), "2024-01-01".to_owned()],
        vec!["1".to_owned(), format!("{long}{long}2"), "2024-01-01".to_owned()],
        vec!["1".to_owned(), "c".to_owned(), "2024-01-01".to_owned()],
    ];
    futures_executor::block_on(async {
        let glue = filled(&table, &rows).await;
        for (expression, hits) in [
            (format!("b = '{long}{long}2'"), 1),
            (format!("a = 1 and b > '{long}{long}1'"), 2),
            ("a = 1".into(), 3),
        ] {
            let compiled = Expression::compile(&expression, &table.state.keys).unwrap().unwrap();
            assert_eq!(walk_all(&glue, &table, &compiled, 1).await.0.len(), hits);
        }
    });
}
