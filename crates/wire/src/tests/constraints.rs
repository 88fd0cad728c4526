//! Constraints and their words.

use bytes::Bytes;

use super::tables;
use super::tables::kinesis::{
    CreateStreamInput, EnableEnhancedMonitoringInput, PutRecordInput, PutRecordsInput,
    PutRecordsRequestEntry, TagResourceInput,
};
use super::tables::s3::{Delete, DeleteObjectsRequest, ObjectIdentifier};
use super::tables::sts::AssumeRoleWithWebIdentityRequest;
use crate::{At, Pattern, Rules, missing, violations};

#[test]
fn a_missing_member_is_null() {
    let text = violations(&CreateStreamInput::default()).expect("no name");
    assert_eq!(
        text,
        "1 validation error detected: Value null at 'streamName' failed to satisfy constraint: Member must not be null"
    );
}

#[test]
fn clauses_name_the_path_the_value_and_the_bound() {
    let entry = PutRecordsRequestEntry {
        data: Some(Bytes::new()),
        partition_key: Some(String::new()),
        explicit_hash_key: Some("x".into()),
    };
    let input =
        PutRecordsInput { records: Some(vec![entry]), stream_name: Some("a b".into()), ..Default::default() };
    assert_eq!(
        violations(&input).expect("three"),
        "3 validation errors detected: \
         Value 'x' at 'records.1.member.explicitHashKey' failed to satisfy constraint: \
         Member must satisfy regular expression pattern: ^(0|([1-9]\\d{0,38}))$; \
         Value '' at 'records.1.member.partitionKey' failed to satisfy constraint: \
         Member must have length greater than or equal to 1; \
         Value 'a b' at 'streamName' failed to satisfy constraint: \
         Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+"
    );
}

#[test]
fn blobs_lists_and_maps_are_quoted_as_java_prints_them() {
    let input = PutRecordInput {
        stream_name: Some("s".into()),
        partition_key: Some("k".into()),
        data: Some(Bytes::from(vec![0; 10_485_761])),
        ..Default::default()
    };
    assert_eq!(
        violations(&input).expect("too long"),
        "1 validation error detected: Value 'java.nio.HeapByteBuffer[pos=0 lim=10485761 cap=10485761]' at 'data' failed \
         to satisfy constraint: Member must have length less than or equal to 10485760"
    );
    let input = EnableEnhancedMonitoringInput {
        stream_name: Some("s".into()),
        shard_level_metrics: Some(vec!["ALL".into(), "Some".into()]),
        ..Default::default()
    };
    let text = violations(&input).expect("no such metric");
    assert!(text.contains("Value '[ALL, Some]' at 'shardLevelMetrics' failed to satisfy constraint: Member must satisfy constraint: [Member must satisfy enum value set: ["), "{text}");
    let input = TagResourceInput {
        resource_arn: Some("arn:aws:kinesis:us-east-1:000000000000:stream/s".into()),
        tags: Some([(String::new(), "v".to_owned())].into()),
        ..Default::default()
    };
    let text = violations(&input).expect("an empty key");
    assert!(
        text.contains(
            "Value '{=v}' at 'tags' failed to satisfy constraint: Map keys must satisfy constraint: [Member must have length less \
             than or equal to 128, Member must have length greater than or equal to 1]"
        ),
        "{text}"
    );
}

#[test]
fn numbers_have_values_and_ten_clauses_are_enough() {
    let input =
        CreateStreamInput { stream_name: Some("s".into()), shard_count: Some(0), ..Default::default() };
    assert_eq!(
        violations(&input).expect("too few"),
        "1 validation error detected: Value '0' at 'shardCount' failed to satisfy constraint: \
         Member must have value greater than or equal to 1"
    );
    let records = (0..20).map(|_| PutRecordsRequestEntry::default()).collect();
    let text = violations(&PutRecordsInput { records: Some(records), ..Default::default() }).expect("many");
    assert!(text.starts_with("10 validation errors detected: "), "{text}");
    assert_eq!(text.matches("; Value").count(), 9);
}

#[test]
fn sensitive_values_are_not_told() {
    let input = AssumeRoleWithWebIdentityRequest {
        role_arn: Some("arn:aws:iam::000000000000:role/r".into()),
        role_session_name: Some("name".into()),
        web_identity_token: Some("abc".into()),
        ..Default::default()
    };
    let text = violations(&input).expect("too short");
    assert_eq!(
        text,
        "1 validation error detected: Value at 'webIdentityToken' failed to satisfy constraint: \
         Member must have length greater than or equal to 4"
    );
    assert!(!format!("{input:?}").contains("abc"));
}

#[test]
fn what_fits_passes() {
    let entry = || PutRecordsRequestEntry {
        data: Some(Bytes::from_static(b"x")),
        partition_key: Some("é".repeat(256)),
        explicit_hash_key: Some("0".into()),
    };
    let records = (0..500).map(|_| entry()).collect();
    let input =
        PutRecordsInput { records: Some(records), stream_name: Some("s-1.x_Y".into()), ..Default::default() };
    assert_eq!(violations(&input), None);
}

#[test]
fn the_first_missing_member_of_a_document_is_found() {
    let mut input = DeleteObjectsRequest { bucket: Some("b".into()), ..Default::default() };
    assert_eq!(missing(&input).as_deref(), Some("Delete"));
    let delete = Delete { objects: Some(vec![ObjectIdentifier::default()]), quiet: None };
    input.delete = Some(delete);
    assert_eq!(missing(&input).as_deref(), Some("Delete.Objects.Key"));
}

#[test]
fn every_pattern_of_every_table_is_understood() {
    fn check(holder: &str, rules: &'static Rules) {
        if let Some(pattern) = rules.pattern {
            let meant = if rules.pattern_as.is_empty() { pattern } else { rules.pattern_as };
            assert!(Pattern::new(meant).is_understood(), "{holder}: {pattern}");
        }
        for inner in [rules.item, rules.key].into_iter().flatten() {
            check(holder, inner);
        }
    }
    for schema in tables::structures() {
        for field in schema.fields {
            check(schema.name, &field.rules);
        }
    }
}

#[test]
fn look_around_is_said_in_other_words() {
    let tag_key = Pattern::new("!aws:.*![\\p{L}\\p{Z}\\p{N}_.:/=+\\-@%]*");
    assert!(tag_key.matches("team") && !tag_key.matches("aws:team") && !tag_key.matches("a*b"));
    let java = Pattern::new(r"\d+.\w");
    assert!(
        java.matches("12xa") && !java.matches("١xa") && !java.matches("1\nx") && !java.matches("1\u{2028}x")
    );
}

#[test]
fn no_two_members_share_a_name_on_the_wire() {
    for schema in tables::structures() {
        for (index, field) in schema.fields.iter().enumerate() {
            let twin =
                schema.fields[..index].iter().find(|other| other.at == field.at && other.wire == field.wire);
            assert!(twin.is_none() || field.at == At::QueryMap, "{}.{}", schema.name, field.name);
        }
    }
}

#[test]
fn operations_are_sorted_so_that_they_are_found() {
    for service in tables::ALL {
        assert!(service.operations.is_sorted_by_key(|operation| operation.name), "{}", service.name);
        for operation in service.operations {
            assert_eq!(service.operation(operation.name).map(|found| found.name), Some(operation.name));
        }
        assert!(service.operation("NoSuchThing").is_none());
    }
}
