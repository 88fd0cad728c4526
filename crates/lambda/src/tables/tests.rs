//! Every key and value comes back as it was written.

use proptest::prelude::*;
use store::TableValue;

use super::*;

fn function_key() -> impl Strategy<Value = FunctionKey> {
    (0u64..1_000_000_000_000, "[a-z0-9-]{1,32}", "[a-zA-Z0-9_-]{0,64}").prop_map(|(account, region, name)| {
        FunctionKey {
            account: AccountId::from_u64(account).unwrap(),
            region: Region::new(&region).unwrap(),
            name,
        }
    })
}

fn code() -> impl Strategy<Value = Code> {
    (any::<u128>(), any::<u64>(), ".{0,44}", any::<u64>())
        .prop_map(|(blob, bytes, sha256, unpacked_bytes)| Code { blob, bytes, sha256, unpacked_bytes })
}

fn configuration() -> impl Strategy<Value = Configuration> {
    let texts =
        (".{0,20}", ".{0,20}", proptest::option::of(".{0,20}"), ".{0,20}", proptest::option::of(".{0,20}"));
    let numbers = (any::<u32>(), any::<u32>(), any::<u32>(), any::<i64>());
    let maps = proptest::option::of(proptest::collection::btree_map(".{0,8}", ".{0,8}", 0..3));
    let layers =
        proptest::collection::vec((".{0,20}", code()).prop_map(|(arn, code)| LayerUse { arn, code }), 0..3);
    let bytes = proptest::option::of(proptest::collection::vec(any::<u8>(), 0..9));
    (texts, numbers, maps, layers, bytes, code()).prop_map(
        |(texts, numbers, environment, layers, vpc, code)| Configuration {
            runtime: texts.0,
            role: texts.1,
            handler: texts.2.clone(),
            description: texts.3.clone(),
            timeout_secs: numbers.0,
            memory_mb: numbers.1,
            tmp_mb: numbers.2,
            environment,
            layers,
            architectures: vec![texts.3.clone()],
            dead_letter: texts.4.clone(),
            kms_key: texts.2,
            tracing: texts.3.clone(),
            logging: Logging { group: texts.4, ..Logging::default() },
            vpc,
            snap_start: texts.3.clone(),
            code,
            modified_micros: numbers.3,
            revision: texts.3,
        },
    )
}

fn round_trips<V: TableValue + PartialEq + std::fmt::Debug>(value: &V) {
    assert_eq!(&V::from_bytes(&value.to_bytes()).unwrap(), value);
}

proptest! {
    #[test]
    fn keys_round_trip(function in function_key(), a in any::<u128>(), number in any::<u64>(), lane in any::<u32>(),
                       due_micros in any::<i64>(), text in ".{0,40}") {
        prop_assert_eq!(&FUNCTIONS.read_key(&FUNCTIONS.key(&function)).unwrap(), &function);
        let version = VersionKey { function: a, number };
        prop_assert_eq!(VERSIONS.read_key(&VERSIONS.key(&version)).unwrap(), version);
        let qualifier = QualifierKey { function: a, qualifier: text.clone() };
        prop_assert_eq!(&ALIASES.read_key(&ALIASES.key(&qualifier)).unwrap(), &qualifier);
        let mapping = MappingKey { account: function.account, region: function.region.clone(), id: a };
        prop_assert_eq!(&MAPPINGS.read_key(&MAPPINGS.key(&mapping)).unwrap(), &mapping);
        let layer = LayerVersionKey { layer: function, number };
        prop_assert_eq!(&LAYER_VERSIONS.read_key(&LAYER_VERSIONS.key(&layer)).unwrap(), &layer);
        let url = UrlId(text.clone());
        prop_assert_eq!(&URL_IDS.read_key(&URL_IDS.key(&url)).unwrap(), &url);
        let cursor = CursorKey { mapping: a, shard: text, lane };
        prop_assert_eq!(&CURSORS.read_key(&CURSORS.key(&cursor)).unwrap(), &cursor);
        let event = EventKey { function: a, due_micros, event: !a };
        prop_assert_eq!(EVENTS.read_key(&EVENTS.key(&event)).unwrap(), event);
    }

    #[test]
    fn functions_round_trip(id in any::<u128>(), latest in configuration(), reserved in proptest::option::of(any::<u32>()),
                            until in proptest::option::of(any::<i64>()), text in ".{0,9}") {
        round_trips(&VersionRow { configuration: latest.clone(), latest_description: text.clone() });
        round_trips(&FunctionRow {
            id, latest, next_version: 7, tags: BTreeMap::from([(text.clone(), text.clone())]), reserved,
            creating_until_micros: until, updating_until_micros: until, settled_revision: text.clone(),
            recursion: Some(text.clone()), update_runtime_on: None,
        });
    }

    #[test]
    fn what_belongs_to_functions_round_trips(text in ".{0,20}", number in any::<u32>(), micros in any::<i64>(), wide in any::<u128>(),
                                             bytes in proptest::option::of(proptest::collection::vec(any::<u8>(), 0..9)), code in code()) {
        round_trips(&AliasRow { version: text.clone(), description: text.clone(), additional: Some((text.clone(), number)), revision: text.clone() });
        let policy = PolicyRow { statements: vec![(text.clone(), text.clone())], revision: text.clone() };
        round_trips(&policy);
        round_trips(&InvokeConfigRow { retries_max: Some(number), on_success: Some(text.clone()), modified_micros: micros, ..InvokeConfigRow::default() });
        round_trips(&ProvisionedRow { requested: number, modified_micros: micros });
        round_trips(&UrlRow { id: text.clone(), auth: text.clone(), mode: text.clone(), cors: bytes.clone(), created_micros: micros, modified_micros: 0 });
        round_trips(&UrlIdRow { function: (u64::from(number), text.clone(), text.clone()), id: wide, qualifier: text.clone() });
        round_trips(&LayerRow { next_version: u64::from(number) });
        round_trips(&LayerVersionRow { code, description: text.clone(), license: None, runtimes: Some(vec![text.clone()]), architectures: None,
                                       created_micros: micros, policy: Some(policy) });
        round_trips(&CursorRow { position: u64::from(number), done: true, state: Some(text.clone()), window_start_micros: Some(micros), after: Some(text.clone()) });
        round_trips(&EventRow { request_id: text.clone(), function: (u64::from(number), text.clone(), text.clone()), qualifier: Some(text.clone()),
                                payload: bytes, blob: Some((wide, 1)), accepted_micros: micros, runs: number, deferrals: 0,
                                client_context: Some(text.clone()) });
        round_trips(&MappingRow { source: text.clone(), function: text.clone(), enabled: true, batch_size: number, window_secs: 1, lanes: 2,
                                  starting: text.clone(), starting_at_micros: Some(micros), age_secs_max: -1, retries_max: -1, bisect: true,
                                  tumbling_secs: 3, partial: false, on_failure: Some(text.clone()), filters: Some(vec![text.clone()]),
                                  modified_micros: micros, tags: BTreeMap::from([(text.clone(), text.clone())]), created_micros: micros });
    }
}
