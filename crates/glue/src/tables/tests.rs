//! Every key and value comes back as it was written.

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use store::TableValue;

use super::*;

fn catalogs() -> impl Strategy<Value = CatalogRef> {
    (0u64..1_000_000_000_000, "[a-z0-9-]{1,12}")
        .prop_map(|(account, region)| CatalogRef { account: AccountId::from_u64(account).unwrap(), region })
}

fn bytes() -> impl Strategy<Value = Vec<u8>> {
    vec(any::<u8>(), 0..40)
}

prop_compose! {
    fn states()(
        version: u64,
        updated_micros: i64,
        keys in vec(("\\PC{0,8}", option::of("[a-z]{0,8}")), 0..3),
        input in bytes(),
    ) -> TableState {
        let keys = keys.into_iter().map(|(name, kind)| KeyColumn { name, kind }).collect();
        TableState { version, updated_micros, keys, input }
    }
}

prop_compose! {
    fn tables()(
        (id, created_micros, next_index) in any::<(u128, i64, u32)>(),
        created_by in option::of("\\PC{0,8}"),
        state in states(),
        layout in vec(prop_oneof![Just(Order::Text), Just(Order::Number)], 0..3),
        indexes in vec((any::<u32>(), "\\PC{0,8}", vec(any::<u32>(), 0..3), 0u8..3), 0..3),
    ) -> TableRow {
        let status = |number| match number {
            0 => IndexStatus::Creating,
            1 => IndexStatus::Active,
            _ => IndexStatus::Deleting,
        };
        let indexes = indexes.into_iter().map(|(number, name, columns, state)| IndexRow {
            number, name, columns, status: status(state),
        }).collect();
        TableRow { id, created_micros, created_by, state, layout, indexes, next_index }
    }
}

macro_rules! round_trip {
    ($table:expr, $key:expr) => {
        prop_assert_eq!(&$table.read_key(&$table.key(&$key)).unwrap(), &$key)
    };
}

macro_rules! value_round_trip {
    ($type:ty, $value:expr) => {
        prop_assert_eq!(&<$type>::from_bytes(&$value.to_bytes()).unwrap(), &$value)
    };
}

proptest! {
    #[test]
    fn keys_round_trip(
        catalog in catalogs(), name in "\\PC{0,12}", values in bytes(),
        (id, other, version, index) in any::<(u128, u128, u64, u32)>(),
    ) {
        let named = CatalogName { catalog, name: name.clone() };
        round_trip!(DATABASES, named);
        round_trip!(TAGS, named);
        round_trip!(CONNECTIONS, named);
        round_trip!(SECURITY, named);
        round_trip!(POLICIES, named.catalog.clone());
        let member = MemberName { database: id, name: name.clone() };
        round_trip!(TABLES, member);
        round_trip!(FUNCTIONS, member);
        round_trip!(VERSIONS, VersionRef { table: id, version });
        round_trip!(PARTITIONS, PartitionRef { table: id, values: values.clone() });
        round_trip!(INDEXED, IndexedRef { table: id, index, values: values.clone() });
        round_trip!(STATISTICS, StatisticsRef { table: id, partition: other, column: name.clone() });
        round_trip!(LEFTOVERS, LeftoverRef(id));
    }

    #[test]
    fn values_round_trip(
        table in tables(), input in bytes(), name in "\\PC{0,8}", values in vec("\\PC{0,8}", 0..3),
        (id, created_micros) in any::<(u128, i64)>(), tags in proptest::collection::btree_map("[a-z]{1,4}", "\\PC{0,8}", 0..3),
    ) {
        value_round_trip!(TableState, table.state);
        value_round_trip!(TableRow, table);
        value_round_trip!(DatabaseRow, DatabaseRow { id, created_micros, input: input.clone() });
        value_round_trip!(PartitionRow, PartitionRow { id, created_micros, values: values.clone(), input: input.clone() });
        value_round_trip!(IndexedRow, IndexedRow { partition: input.clone() });
        value_round_trip!(FunctionRow, FunctionRow { created_micros, input: input.clone() });
        value_round_trip!(StatisticsRow, StatisticsRow { statistics: input.clone() });
        value_round_trip!(TagsRow, TagsRow { tags: tags.clone() });
        let connection = ConnectionRow {
            created_micros, updated_micros: created_micros, updated_by: Some(name.clone()), input: input.clone(),
            password: values.first().map(|_| input.clone()),
        };
        value_round_trip!(ConnectionRow, connection);
        value_round_trip!(SecurityRow, SecurityRow { created_micros, encryption: input.clone() });
        let (text, updated_micros) = (name.clone(), created_micros);
        value_round_trip!(PolicyRow, PolicyRow { text: text.clone(), hash: name.clone(), created_micros, updated_micros });
        for leftover in [Leftover::Database, Leftover::Table, Leftover::Indexes(id, name.clone())] {
            value_round_trip!(Leftover, leftover);
        }
    }
}
