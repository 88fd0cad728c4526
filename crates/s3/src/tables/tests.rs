//! Round trips of every key and value.

use proptest::prelude::*;
use store::TableValue;

use super::*;

fn id() -> impl Strategy<Value = Id> {
    any::<u128>().prop_map(Id)
}

fn text() -> impl Strategy<Value = String> {
    "[a-z/\u{0}\u{e9}]{0,12}"
}

fn time() -> impl Strategy<Value = Timestamp> {
    any::<i64>().prop_map(Timestamp::from_micros)
}

fn account() -> impl Strategy<Value = AccountId> {
    (0..1_000_000_000_000_u64).prop_map(|number| AccountId::from_u64(number).unwrap())
}

fn region() -> impl Strategy<Value = Region> {
    "[a-z0-9-]{1,32}".prop_map(|name| Region::new(&name).unwrap())
}

fn sum() -> impl Strategy<Value = Sum> {
    (prop::sample::select(Algorithm::ALL.to_vec()), any::<Vec<u8>>())
        .prop_map(|(algorithm, bytes)| algorithm.of(&bytes))
}

fn kind() -> impl Strategy<Value = ChecksumKind> {
    prop_oneof![Just(ChecksumKind::FullObject), Just(ChecksumKind::Composite)]
}

fn etag() -> impl Strategy<Value = ETag> {
    (any::<[u8; 16]>(), any::<Option<u32>>()).prop_map(|(md5, parts)| ETag { md5, parts })
}

fn checksum() -> impl Strategy<Value = Option<Checksum>> {
    prop::option::of((sum(), kind()).prop_map(|(sum, kind)| Checksum { sum, kind }))
}

fn pairs() -> impl Strategy<Value = Vec<(String, String)>> {
    prop::collection::vec((text(), text()), 0..3)
}

fn attributes() -> impl Strategy<Value = Attributes> {
    let word = || prop::option::of(text());
    let acl = prop::option::of((account(), grants()).prop_map(|(owner, grants)| Acl { owner, grants }));
    ((word(), word(), word(), word(), word(), word(), word()), pairs(), pairs(), acl).prop_map(
        |(words, metadata, tags, acl)| Attributes {
            content_type: words.0,
            content_encoding: words.1,
            content_disposition: words.2,
            content_language: words.3,
            cache_control: words.4,
            expires: words.5,
            redirect: words.6,
            metadata,
            tags,
            class: StorageClass::Standard,
            acl,
        },
    )
}

fn version() -> impl Strategy<Value = VersionId> {
    (any::<u64>(), any::<u64>()).prop_map(|(order, salt)| VersionId { order, salt })
}

fn mode() -> impl Strategy<Value = LockMode> {
    prop_oneof![Just(LockMode::Governance), Just(LockMode::Compliance)]
}

fn lock() -> impl Strategy<Value = Lock> {
    let retention = (mode(), time()).prop_map(|(mode, until)| Retention { mode, until });
    (prop::option::of(retention), any::<Option<bool>>())
        .prop_map(|(retention, hold)| Lock { retention, hold })
}

fn object() -> impl Strategy<Value = Object> {
    (
        (time(), any::<u64>(), etag(), contents(), checksum()),
        (
            attributes(),
            version(),
            any::<Option<u64>>(),
            lock(),
            encryption(),
            super::lifecycle::tests::placement(),
        ),
    )
        .prop_map(
            |(
                (modified, bytes, etag, contents, checksum),
                (attributes, version, null_below, lock, encryption, placement),
            )| Object {
                modified,
                bytes,
                etag,
                contents,
                checksum,
                attributes,
                version,
                null_below,
                placement,
                lock,
                encryption,
            },
        )
}

fn bucket_lock() -> impl Strategy<Value = Option<BucketLock>> {
    let length = prop_oneof![
        any::<u32>().prop_map(RetentionLength::Days),
        any::<u32>().prop_map(RetentionLength::Years)
    ];
    let default = (mode(), length).prop_map(|(mode, length)| DefaultRetention { mode, length });
    prop::option::of(prop::option::of(default).prop_map(|default| BucketLock { default }))
}

fn extent() -> impl Strategy<Value = Extent> {
    (any::<u128>(), any::<u64>(), any::<u64>(), seal(), any::<u64>(), any::<bool>()).prop_map(
        |(blob, start, bytes, seal, blob_bytes, packed)| Extent {
            blob: BlobRef(blob),
            start,
            bytes,
            seal,
            blob_bytes,
            packed,
        },
    )
}

fn seal() -> impl Strategy<Value = Seal> {
    prop_oneof![Just(Seal::Open), Just(Seal::Own), (1..u32::MAX).prop_map(Seal::Master)]
}

fn kms_key() -> impl Strategy<Value = KmsKey> {
    (text(), any::<Vec<u8>>(), pairs(), any::<Option<Vec<u8>>>(), any::<bool>()).prop_map(
        |(arn, data_key, context, under_data_key, bucket_key)| KmsKey {
            arn,
            data_key,
            context,
            under_data_key,
            bucket_key,
        },
    )
}

fn encryption() -> impl Strategy<Value = Encryption> {
    prop_oneof![
        Just(Encryption::Open),
        any::<u32>().prop_map(Encryption::Managed),
        kms_key().prop_map(Encryption::Kms),
        (kms_key(), any::<u32>()).prop_map(|(key, version)| Encryption::Dual(key, version)),
        any::<Vec<u8>>().prop_map(Encryption::Customer),
    ]
}

fn rule() -> impl Strategy<Value = Option<BucketEncryption>> {
    let by_default = prop_oneof![
        Just(DefaultEncryption::Managed),
        prop::option::of(text()).prop_map(DefaultEncryption::Kms),
        prop::option::of(text()).prop_map(DefaultEncryption::Dual),
    ];
    prop::option::of((by_default, any::<Option<bool>>(), any::<bool>()).prop_map(
        |(by_default, bucket_key, customer_keys_blocked)| BucketEncryption {
            by_default,
            bucket_key,
            customer_keys_blocked,
        },
    ))
}

fn contents() -> impl Strategy<Value = Contents> {
    let run = (any::<u32>(), any::<u32>(), any::<u64>()).prop_map(|(first, count, bytes)| Run {
        first,
        count,
        bytes,
    });
    prop_oneof![
        Just(Contents::Empty),
        any::<u128>().prop_map(|blob| Contents::Blob(BlobRef(blob))),
        id().prop_map(Contents::Layout),
        (id(), prop::collection::vec(run, 0..4)).prop_map(|(upload, runs)| Contents::Parts { upload, runs }),
    ]
}

fn round_trip<V: TableValue + PartialEq + std::fmt::Debug>(value: &V) {
    assert_eq!(&V::from_bytes(&value.to_bytes()).unwrap(), value);
}

proptest! {
    #[test]
    fn keys_round_trip(id in id(), account in account(), name in text(), number: u32, upload in id()) {
        let owned = OwnedKey { account, name: name.clone() };
        prop_assert_eq!(OWNED.read_key(&OWNED.key(&owned)).unwrap(), owned);
        let object = ObjectKey { bucket: id, key: name.clone() };
        prop_assert_eq!(OBJECTS.read_key(&OBJECTS.key(&object)).unwrap(), object.clone());
        prop_assert_eq!(MARKERS.read_key(&MARKERS.key(&object)).unwrap(), object.clone());
        let below = VersionKey { bucket: id, key: name.clone(), version: VersionId { order: number.into(), salt: 7 } };
        prop_assert!(VERSIONS.key(&below)[2..].starts_with(&OBJECTS.key(&object)[2..]));
        prop_assert_eq!(VERSIONS.read_key(&VERSIONS.key(&below)).unwrap(), below);
        let part = PartKey { upload, number };
        prop_assert_eq!(PARTS.read_key(&PARTS.key(&part)).unwrap(), part);
        let upload = UploadKey { bucket: id, key: name.clone(), upload };
        prop_assert_eq!(UPLOADS.read_key(&UPLOADS.key(&upload)).unwrap(), upload);
        prop_assert_eq!(BUCKETS.read_key(&BUCKETS.key(&Name(name.clone()))).unwrap(), Name(name));
        prop_assert_eq!(OPEN.read_key(&OPEN.key(&id)).unwrap(), id);
    }

    #[test]
    fn newer_versions_sort_first(key in text(), one in version(), two in version()) {
        let row = |version| VERSIONS.key(&VersionKey { bucket: Id(1), key: key.clone(), version });
        prop_assert_eq!(row(one).cmp(&row(two)), two.cmp(&one));
    }

    #[test]
    fn buckets_round_trip(
        id in id(), owner in account(), region in region(), word in prop::option::of(text()), created in time(), lock in bucket_lock(),
        rule in rule()
    ) {
        round_trip(&Owned { created, region: region.clone() });
        let states = [
            (Versioning::Never, MfaDelete::Never),
            (Versioning::Enabled, MfaDelete::Enabled),
            (Versioning::Suspended, MfaDelete::Disabled),
        ];
        for (versioning, mfa_delete) in states {
            let (region, constraint, encryption) = (region.clone(), word.clone(), rule.clone());
            round_trip(&Bucket { id, owner, region, constraint, created, versioning, lock, mfa_delete, encryption });
        }
        round_trip(&Open {});
    }

    #[test]
    fn objects_round_trip(object in object(), version in version(), modified in time(), null_below: Option<u64>) {
        round_trip(&object);
        let marker = Marker { modified, version, null_below };
        round_trip(&marker);
        for what in [Kept::Object(object), Kept::Marker(marker)] {
            round_trip(&Noncurrent { what, since: modified });
        }
    }

    #[test]
    fn uploads_round_trip(
        initiated in time(), attributes in attributes(), algorithm in prop::sample::select(Algorithm::ALL.to_vec()), kind in kind(),
        seen in prop::option::of(version()), initiator in prop::option::of(text()), version in prop::option::of(version()), lock in lock(),
        encryption in encryption()
    ) {
        let checksum = Some(UploadChecksum { algorithm, kind });
        round_trip(&Upload { initiated, attributes, checksum, seen, initiator, version, lock, encryption });
    }

    #[test]
    fn parts_round_trip(
        modified in time(), bytes: u64, md5: [u8; 16], sum in sum(), extents in prop::collection::vec(extent(), 0..4)
    ) {
        round_trip(&Layout { extents: extents.clone() });
        round_trip(&Part { modified, bytes, md5, sum, extents });
    }

    #[test]
    fn completions_round_trip(
        time in time(), bucket in id(), key in text(), etag in etag(), checksum in checksum(), version in prop::option::of(version()),
        encryption in encryption()
    ) {
        round_trip(&Completed { time, bucket, key, etag, checksum, version, encryption });
        for what in [Drop::Parts, Drop::Layout, Drop::Bucket] {
            round_trip(&what);
        }
    }
}

fn words() -> impl Strategy<Value = Option<Vec<String>>> {
    prop::option::of(prop::collection::vec(text(), 0..3))
}

fn due() -> impl Strategy<Value = Option<Due>> {
    prop::option::of(prop_oneof![any::<u32>().prop_map(Due::Days), time().prop_map(Due::Date)])
}

fn grants() -> impl Strategy<Value = Vec<Grant>> {
    let grantee = prop_oneof![
        text().prop_map(Grantee::Canonical),
        Just(Grantee::AllUsers),
        Just(Grantee::AuthenticatedUsers),
        Just(Grantee::LogDelivery),
    ];
    let permission = prop::sample::select(vec![
        Permission::FullControl,
        Permission::Write,
        Permission::WriteAcp,
        Permission::Read,
        Permission::ReadAcp,
    ]);
    prop::collection::vec(
        (grantee, permission).prop_map(|(grantee, permission)| Grant { grantee, permission }),
        0..3,
    )
}

fn website() -> impl Strategy<Value = Website> {
    let word = || prop::option::of(text());
    let redirect = (word(), word(), word(), word(), word()).prop_map(|words| Redirect {
        host: words.0,
        protocol: words.1,
        replace_prefix: words.2,
        replace_key: words.3,
        status: words.4,
    });
    let condition = (word(), word()).prop_map(|(prefix, status)| RoutingCondition { prefix, status });
    let rule = (prop::option::of(condition), redirect)
        .prop_map(|(condition, redirect)| RoutingRule { condition, redirect });
    let all = (text(), word()).prop_map(|(host, protocol)| RedirectAll { host, protocol });
    (prop::option::of(all), word(), word(), prop::option::of(prop::collection::vec(rule, 0..3)))
        .prop_map(|(redirect_all, index, error, rules)| Website { redirect_all, index, error, rules })
}

fn lifecycle() -> impl Strategy<Value = Lifecycle> {
    let filter =
        (any::<bool>(), prop::option::of(text()), pairs(), any::<Option<u64>>(), any::<Option<u64>>())
            .prop_map(|(and, prefix, tags, larger_than, smaller_than)| LifecycleFilter {
                and,
                prefix,
                tags,
                larger_than,
                smaller_than,
            });
    let transition = (due(), text()).prop_map(|(due, class)| Transition { due, class });
    let noncurrent = (any::<u32>(), text(), any::<Option<u32>>())
        .prop_map(|(days, class, newer_kept)| NoncurrentTransition { days, class, newer_kept });
    let rule = (
        (text(), prop::option::of(text()), prop::option::of(filter), any::<bool>()),
        prop::collection::vec(transition, 0..3),
        prop::option::of((due(), any::<Option<bool>>())),
        prop::collection::vec(noncurrent, 0..3),
        (any::<Option<(u32, Option<u32>)>>(), any::<Option<u32>>()),
    )
        .prop_map(
            |((id, prefix, filter, enabled), transitions, expiration, noncurrent_transitions, ends)| {
                LifecycleRule {
                    id,
                    prefix,
                    filter,
                    enabled,
                    transitions,
                    expiration: expiration.map(|(due, lone_markers)| Expiration { due, lone_markers }),
                    noncurrent_transitions,
                    noncurrent_expiration: ends
                        .0
                        .map(|(days, newer_kept)| NoncurrentExpiration { days, newer_kept }),
                    abort_uploads_days: ends.1,
                }
            },
        );
    (prop::collection::vec(rule, 0..3), any::<bool>())
        .prop_map(|(rules, archives_take_small)| Lifecycle { rules, archives_take_small })
}

proptest! {
    #[test]
    fn keys_of_settings_round_trip(bucket in id(), id in text(), number: u8) {
        let kind = [SettingKind::Tags, SettingKind::Abac, SettingKind::Tiering][usize::from(number % 3)];
        let key = SettingKey { bucket, kind, id };
        prop_assert_eq!(SETTINGS.read_key(&SETTINGS.key(&key)).unwrap(), key);
    }

    #[test]
    fn settings_round_trip(
        tags in pairs(), owner in account(), grants in grants(), word in text(), flags: (bool, bool, bool, bool),
        id in prop::option::of(text()), headers in words(), methods in prop::collection::vec(text(), 0..3), exposed in words(),
        seconds_max: Option<i32>, website in website(), lifecycle in lifecycle(), document: Vec<u8>, by_event: Option<bool>
    ) {
        let block = PublicAccess {
            block_acls: flags.0, ignore_acls: flags.1, block_policy: flags.2, restrict_buckets: flags.3,
        };
        let rule = CorsRule { id, headers, methods: methods.clone(), origins: methods, exposed, seconds_max };
        let logging = |keys| Logging { bucket: word.clone(), prefix: word.clone(), grants: Some(grants.clone()), keys };
        for setting in [
            Setting::Tags(tags),
            Setting::Policy(word.clone()),
            Setting::PublicAccess(Some(block)),
            Setting::PublicAccess(None),
            Setting::Ownership(Some(Ownership::BucketOwnerPreferred)),
            Setting::Ownership(None),
            Setting::Acl(Acl { owner, grants: grants.clone() }),
            Setting::Cors(vec![rule]),
            Setting::Website(website),
            Setting::Logging(logging(Some(LogKeys::Partitioned(by_event)))),
            Setting::Logging(logging(Some(LogKeys::Simple))),
            Setting::Logging(logging(None)),
            Setting::RequesterPays(flags.0),
            Setting::Lifecycle(lifecycle),
            Setting::Abac(flags.1),
            Setting::Kept(document),
        ] {
            round_trip(&setting);
        }
    }
}

/// Rows as they were written before there were versions and encryption.
mod before {
    use super::super::*;

    #[derive(Encode)]
    pub(super) struct Extent {
        #[cbor(n(0), with = "codec::blob")]
        pub blob: BlobRef,
        #[n(1)]
        pub start: u64,
        #[n(2)]
        pub bytes: u64,
    }

    #[derive(Encode)]
    pub(super) struct Layout {
        #[n(0)]
        pub extents: Vec<Extent>,
    }

    #[derive(Encode)]
    pub(super) struct Object {
        #[cbor(n(0), with = "codec::time")]
        pub(super) modified: Timestamp,
        #[n(1)]
        pub(super) bytes: u64,
        #[n(2)]
        pub(super) etag: ETag,
        #[n(3)]
        pub(super) contents: Contents,
        #[n(4)]
        pub(super) checksum: Option<Checksum>,
        #[n(5)]
        pub(super) attributes: Attributes,
    }

    #[derive(Encode)]
    pub(super) struct Bucket {
        #[cbor(n(0), with = "codec::id")]
        pub(super) id: Id,
        #[cbor(n(1), with = "codec::account")]
        pub(super) owner: AccountId,
        #[cbor(n(2), with = "codec::region")]
        pub(super) region: Region,
        #[n(3)]
        pub(super) constraint: Option<String>,
        #[cbor(n(4), with = "codec::time")]
        pub(super) created: Timestamp,
    }

    #[derive(Encode)]
    pub(super) struct Upload {
        #[cbor(n(0), with = "codec::time")]
        pub(super) initiated: Timestamp,
        #[n(1)]
        pub(super) attributes: Attributes,
        #[n(2)]
        pub(super) checksum: Option<UploadChecksum>,
        #[n(3)]
        pub(super) seen: Option<u64>,
        #[n(4)]
        pub(super) initiator: Option<String>,
    }
}

#[test]
fn rows_from_before_versions_read_as_null_versions() {
    let modified = Timestamp::from_secs(1_000);
    let (etag, contents) = (ETag { md5: [1; 16], parts: None }, Contents::Blob(BlobRef(7)));
    let attributes = Attributes { tags: vec![("a".to_owned(), "b".to_owned())], ..Attributes::default() };
    let old = before::Object {
        modified,
        bytes: 3,
        etag,
        contents: contents.clone(),
        checksum: None,
        attributes: attributes.clone(),
    };
    let read = Object::from_bytes(&minicbor::to_vec(&old).unwrap()).unwrap();
    let version = VersionId::default();
    assert!(version.is_null());
    let (null_below, lock) = (None, Lock::default());
    assert_eq!(
        read,
        Object {
            modified,
            bytes: 3,
            etag,
            contents,
            checksum: None,
            attributes: attributes.clone(),
            version,
            null_below,
            placement: Placement::default(),
            lock,
            encryption: Encryption::Open,
        }
    );
    let (owner, region) = (AccountId::DEFAULT, Region::us_east_1());
    let old = before::Bucket { id: Id(1), owner, region, constraint: None, created: modified };
    let read = Bucket::from_bytes(&minicbor::to_vec(&old).unwrap()).unwrap();
    assert_eq!((read.id, read.versioning, read.lock), (Id(1), Versioning::Never, None));
    let initiator = Some("who".to_owned());
    let old = before::Upload { initiated: modified, attributes, checksum: None, seen: Some(9), initiator };
    let read = Upload::from_bytes(&minicbor::to_vec(&old).unwrap()).unwrap();
    assert_eq!((read.initiated, read.seen, read.version), (modified, None, None));
    assert_eq!(read.initiator.as_deref(), Some("who"));
}

#[test]
fn rows_from_before_encryption_are_unsealed() {
    let extents = vec![before::Extent { blob: BlobRef(7), start: 1, bytes: 2 }];
    let bytes = minicbor::to_vec(before::Layout { extents }).unwrap();
    let extent = Layout::from_bytes(&bytes).unwrap().extents[0];
    assert_eq!(
        extent,
        Extent { blob: BlobRef(7), start: 1, bytes: 2, seal: Seal::Open, blob_bytes: 0, packed: false }
    );
    let object = before::Object {
        modified: Timestamp::from_secs(1),
        bytes: 2,
        etag: ETag::of_bytes([1; 16]),
        contents: Contents::Blob(BlobRef(7)),
        checksum: None,
        attributes: Attributes::default(),
    };
    let object = Object::from_bytes(&minicbor::to_vec(object).unwrap()).unwrap();
    assert_eq!((object.encryption, object.bytes), (Encryption::Open, 2));
}

#[test]
fn the_longest_key_fits_the_bound() {
    let upload = UploadKey { bucket: Id(u128::MAX), key: "\u{0}".repeat(1_024), upload: Id(u128::MAX) };
    assert!(UPLOADS.key(&upload).len() <= store::Bounds::KEY);
}
