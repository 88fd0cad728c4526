//! Every key and value comes back as it was written.

use proptest::collection::{btree_map, vec};
use proptest::option;
use proptest::prelude::*;
use store::TableValue;

use super::*;

fn places() -> impl Strategy<Value = Place> {
    (0u64..1_000_000_000_000, "[a-z0-9-]{1,12}")
        .prop_map(|(account, region)| Place { account: AccountId::from_u64(account).unwrap(), region })
}

fn states() -> impl Strategy<Value = QueryState> {
    prop_oneof![
        Just(QueryState::Queued),
        Just(QueryState::Running),
        Just(QueryState::Succeeded),
        Just(QueryState::Failed),
        Just(QueryState::Cancelled)
    ]
}

fn kinds() -> impl Strategy<Value = StatementKind> {
    prop_oneof![Just(StatementKind::Dml), Just(StatementKind::Ddl), Just(StatementKind::Utility)]
}

prop_compose! {
    fn dones()(
        columns in vec(("\\PC{0,8}", "[a-z]{0,8}", any::<i32>(), any::<i32>()), 0..3),
        updated in option::of(any::<i64>()),
        manifest in option::of("\\PC{0,8}"),
        (bytes_in, rows_in, bytes_out, rows_out) in any::<(u64, u64, u64, u64)>(),
    ) -> DoneRow {
        let columns = columns
            .into_iter()
            .map(|(name, kind, precision, scale)| ColumnRow { name, kind, precision, scale })
            .collect();
        DoneRow { columns, updated, manifest, bytes_in, rows_in, bytes_out, rows_out }
    }
}

prop_compose! {
    fn queries()(
        group in "\\PC{0,8}",
        asked in vec(any::<u8>(), 0..20),
        (state, kind) in (states(), kinds()),
        reason in option::of("\\PC{0,8}"),
        (submitted_micros, started_micros, ended_micros) in any::<(i64, Option<i64>, Option<i64>)>(),
        statement in option::of("[A-Z]{1,8}"),
        output in "\\PC{0,8}",
        failure in option::of(("\\PC{0,8}", any::<(i32, i32, bool)>())),
        done in dones(),
    ) -> QueryRow {
        let failure = failure.map(|(message, (category, kind, retryable))| FailureRow { category, kind, retryable, message });
        QueryRow {
            group, asked, state, reason, submitted_micros, started_micros, ended_micros, kind, statement, output, failure, done,
        }
    }
}

proptest! {
    #[test]
    fn keys_come_back(place in places(), group in "\\PC{0,8}", name in "\\PC{0,12}", submitted_micros: i64) {
        let named = place.named(&name);
        prop_assert_eq!(&QUERIES.read_key(&QUERIES.key(&named)).unwrap(), &named);
        let member = place.member(&group, &name);
        prop_assert_eq!(&PREPARED.read_key(&PREPARED.key(&member)).unwrap(), &member);
        let history = HistoryRef { place, group, submitted_micros, id: name };
        prop_assert_eq!(&HISTORY.read_key(&HISTORY.key(&history)).unwrap(), &history);
    }

    #[test]
    fn queries_come_back(row in queries()) {
        prop_assert_eq!(&QueryRow::from_bytes(&row.to_bytes()).unwrap(), &row);
    }

    #[test]
    fn other_rows_come_back(
        texts in vec("\\PC{0,8}", 4),
        perhaps in option::of("\\PC{0,8}"),
        bytes in vec(any::<u8>(), 0..20),
        tags in btree_map("[a-z]{1,4}", "\\PC{0,4}", 0..3),
        (flag, time) in any::<(bool, i64)>(),
    ) {
        let token = TokenRow { id: texts[0].clone(), digest: bytes.clone() };
        prop_assert_eq!(&TokenRow::from_bytes(&token.to_bytes()).unwrap(), &token);
        let group = GroupRow { enabled: flag, description: perhaps.clone(), configuration: bytes, created_micros: time };
        prop_assert_eq!(&GroupRow::from_bytes(&group.to_bytes()).unwrap(), &group);
        let named = NamedRow {
            group: texts[0].clone(),
            name: texts[1].clone(),
            description: perhaps.clone(),
            database: texts[2].clone(),
            sql: texts[3].clone(),
            token: perhaps.clone(),
        };
        prop_assert_eq!(&NamedRow::from_bytes(&named.to_bytes()).unwrap(), &named);
        let prepared = PreparedRow { sql: texts[3].clone(), description: perhaps, updated_micros: time };
        prop_assert_eq!(&PreparedRow::from_bytes(&prepared.to_bytes()).unwrap(), &prepared);
        let row = TagsRow { tags };
        prop_assert_eq!(&TagsRow::from_bytes(&row.to_bytes()).unwrap(), &row);
    }
}

#[test]
fn the_newest_query_comes_first() {
    let place = Place { account: AccountId::DEFAULT, region: "us-east-1".to_owned() };
    let at = |submitted_micros| {
        HISTORY.key(&HistoryRef {
            place: place.clone(),
            group: "primary".to_owned(),
            submitted_micros,
            id: "x".to_owned(),
        })
    };
    assert!(at(2) < at(1));
}
