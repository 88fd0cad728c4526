//! Every key and every row comes back as it was written.

use proptest::option::of;
use proptest::prelude::*;
use store::TableValue;

use super::*;

fn text() -> impl Strategy<Value = String> {
    "[a-zé/!{}:-]{0,12}"
}

fn source() -> impl Strategy<Value = Source> {
    prop_oneof![
        (any::<u128>(), of(1u32..=100), of(any::<bool>()))
            .prop_map(|(log, throughput_hint_mb, framed)| Source::Direct { log, throughput_hint_mb, framed }),
        (text(), text()).prop_map(|(stream_arn, role_arn)| Source::Kinesis { stream_arn, role_arn }),
        (text(), text(), of(any::<i64>())).prop_map(|(brokers, topic, from_micros)| Source::Kafka {
            role_arn: brokers.clone(),
            connectivity: "PUBLIC".to_owned(),
            brokers,
            topic,
            from_micros,
        }),
    ]
}

fn processing() -> impl Strategy<Value = Processing> {
    let processor = (text(), of(proptest::collection::vec((text(), text()), 0..3)))
        .prop_map(|(kind, parameters)| Processor { kind, parameters });
    (of(any::<bool>()), of(proptest::collection::vec(processor, 0..3)))
        .prop_map(|(enabled, processors)| Processing { enabled, processors })
}

prop_compose! {
    fn destination()(
        (role_arn, bucket_arn) in (text(), text()),
        (prefix, error_output_prefix) in (of(text()), of(text())),
        (buffer_mb, buffer_secs) in (1u32..=128, 0u32..=900),
        compression in proptest::sample::select(Compression::ALL.to_vec()),
        logging in of((of(any::<bool>()), of(text()), of(text()))),
        processing in of(processing().boxed()),
        (backup_mode, file_extension, time_zone) in (of(text()), of(text()), of(text())),
        (conversion_enabled, partitioning_enabled, kms_key) in (of(any::<bool>()), of(any::<bool>()), of(text())),
        (partitioning_retry_secs, conversion) in (of(any::<u32>()), of(conversion().boxed())),
    ) -> S3Destination {
        let logging = logging.map(|(enabled, group, stream)| Logging { enabled, group, stream });
        S3Destination {
            role_arn, bucket_arn, prefix, error_output_prefix, buffer_mb, buffer_secs, compression, logging,
            processing, backup_mode, file_extension, time_zone, conversion_enabled, partitioning_enabled,
            kms_key, partitioning_retry_secs, backup: None, conversion,
        }
    }
}

fn conversion() -> impl Strategy<Value = Conversion> {
    let schema = (of(text()), of(text()), of(text())).prop_map(|(role_arn, database, table)| {
        ConversionSchema { role_arn, database, table, ..ConversionSchema::default() }
    });
    let reader = prop_oneof![
        (of(any::<bool>()), of(proptest::collection::btree_map(text(), text(), 0..3))).prop_map(
            |(case_insensitive, mappings)| ConversionReader::OpenX {
                dots_to_underscores: None,
                case_insensitive,
                mappings
            }
        ),
        of(proptest::collection::vec(text(), 0..3))
            .prop_map(|timestamp_formats| ConversionReader::Hive { timestamp_formats }),
    ];
    let writer = prop_oneof![
        (of(any::<u32>()), of(text()), of(any::<bool>())).prop_map(
            |(block_bytes, compression, dictionary)| {
                ConversionWriter::Parquet {
                    block_bytes,
                    page_bytes: None,
                    compression,
                    dictionary,
                    padding_bytes_max: None,
                    version: None,
                }
            }
        ),
        (of(any::<u32>()), of(0.0..1.0f64), of(proptest::collection::vec(text(), 0..3))).prop_map(
            |(stripe_bytes, bloom_probability, bloom_columns)| ConversionWriter::Orc {
                stripe_bytes,
                block_bytes: None,
                row_index_stride: None,
                padding: None,
                padding_tolerance: None,
                compression: None,
                bloom_columns,
                bloom_probability,
                dictionary_threshold: None,
                version: None,
            }
        ),
    ];
    (of(any::<bool>()), of(schema), of(reader), of(writer))
        .prop_map(|(enabled, schema, reader, writer)| Conversion { enabled, schema, reader, writer })
}

prop_compose! {
    fn remote()(
        role_arn in of(text()), (buffer_mb, buffer_secs, retry_secs) in any::<(u32, u32, u32)>(), backup_mode in text(),
        s3 in destination().boxed(), processing in of(processing().boxed()),
    ) -> Remote {
        Remote { role_arn, buffer_mb, buffer_secs, retry_secs, backup_mode, s3, processing, logging: None }
    }
}

fn anywhere() -> impl Strategy<Value = Destination> {
    let texts = || (text(), of(text()), of(text()));
    prop_oneof![
        (destination().boxed(), of(destination().boxed())).prop_map(|(s3, backup)| {
            Destination::S3(S3Destination { backup: backup.map(Box::new), ..s3 })
        }),
        (remote().boxed(), texts(), of(proptest::collection::vec((text(), text()), 0..3))).prop_map(
            |(remote, (url, name, key), attributes)| Destination::Http(HttpDestination {
                remote,
                url,
                name,
                access_key: key.map(Hidden::Plain),
                encoding: None,
                attributes,
            })
        ),
        (remote().boxed(), texts(), any::<u32>()).prop_map(|(remote, (endpoint, ..), ack_secs)| {
            let (kind, token) =
                ("Raw".to_owned(), Hidden::Sealed { data_key: 7, bytes: endpoint.clone().into_bytes() });
            Destination::Splunk(SplunkDestination { remote, endpoint, kind, token, ack_secs })
        }),
        (remote().boxed(), texts()).prop_map(|(remote, (endpoint, type_name, document_ids))| {
            let (flavor, index, rotation) = (SearchFlavor::Serverless, endpoint.clone(), endpoint.clone());
            Destination::Search(SearchDestination {
                remote,
                flavor,
                endpoint,
                index,
                type_name,
                rotation,
                document_ids,
            })
        }),
        (remote().boxed(), texts(), of(destination().boxed())).prop_map(
            |(remote, (jdbc_url, columns, user), backup)| {
                let table = jdbc_url.clone();
                Destination::Redshift(RedshiftDestination {
                    remote,
                    jdbc_url,
                    table,
                    columns,
                    options: None,
                    user,
                    password: None,
                    backup,
                })
            }
        ),
    ]
}

prop_compose! {
    fn stream()(
        (id, created_micros, updated_micros, version) in any::<(u128, i64, Option<i64>, u64)>(),
        (creating_until_micros, deleting_until_micros) in any::<(Option<i64>, Option<i64>)>(),
        source in source(),
        destination in anywhere().boxed(),
        encryption in of((any::<bool>(), of(text()), of(any::<i64>()), proptest::collection::vec(any::<i64>(), 0..3))),
        tags in proptest::collection::btree_map(text(), text(), 0..4),
    ) -> StreamRow {
        StreamRow {
            id, created_micros, updated_micros, version, creating_until_micros, deleting_until_micros, source,
            destination, tags,
            encryption: encryption.map(|(enabled, key_arn, until_micros, changes_micros)| Encryption {
                enabled, key_arn, until_micros, changes_micros,
            }),
        }
    }
}

proptest! {
    #[test]
    fn streams_round_trip(row in stream()) {
        prop_assert_eq!(StreamRow::from_bytes(&row.to_bytes()).unwrap(), row);
    }

    #[test]
    fn stream_keys_round_trip(account in 0u64..1_000_000_000_000, name in "[a-zA-Z0-9_.-]{1,64}") {
        let account = AccountId::from_u64(account).unwrap();
        let key = StreamKey { account, region: Region::us_east_1(), name };
        prop_assert_eq!(STREAMS.read_key(&STREAMS.key(&key)).unwrap(), key);
    }

    #[test]
    fn cursors_round_trip(stream: u128, shard in text(), position: u64, done: bool) {
        let key = CursorKey { stream: StreamId(stream), shard };
        prop_assert_eq!(CURSORS.read_key(&CURSORS.key(&key)).unwrap(), key);
        let row = CursorRow { position, done };
        prop_assert_eq!(CursorRow::from_bytes(&row.to_bytes()).unwrap(), row);
    }
}

proptest! {
    #[test]
    fn pipes_round_trip(stream: u128, kind in 0u8..3, name in text(), log: u128, position: u64, staged in of(text())) {
        let kind = [PipeKind::Records, PipeKind::Errors, PipeKind::Backup][usize::from(kind)];
        let key = PipeKey { stream: StreamId(stream), kind, name };
        prop_assert_eq!(PIPES.read_key(&PIPES.key(&key)).unwrap(), key);
        let keys = BTreeMap::from([("partitionKeyFromQuery:k".to_owned(), "v".to_owned())]);
        let batch = Some(Batch { id: log, to: position, begun_micros: 7, staged });
        let row = PipeRow { log, keys, position, batch };
        prop_assert_eq!(PipeRow::from_bytes(&row.to_bytes()).unwrap(), row);
    }

    #[test]
    fn data_keys_round_trip(resource: u128, number: u64, ciphertext: Vec<u8>, made_micros: i64) {
        let id = DataKeyId { resource, number };
        prop_assert_eq!(DATA_KEYS.read_key(&DATA_KEYS.key(&id)).unwrap(), id);
        let row = DataKeyRow { ciphertext, made_micros };
        prop_assert_eq!(DataKeyRow::from_bytes(&row.to_bytes()).unwrap(), row);
    }
}

#[test]
fn streams_of_a_region_list_in_the_order_of_their_names() {
    let key = |name: &str| {
        STREAMS.key(&StreamKey {
            account: AccountId::DEFAULT,
            region: Region::us_east_1(),
            name: name.to_owned(),
        })
    };
    assert!(key("A") < key("a") && key("a") < key("a-b") && key("a-b") < key("ab"));
}
