//! One set of operations, three protocols.

use wire::Protocol;

use crate::harness::world;

/// A text in CBOR.
fn text(text: &str) -> Vec<u8> {
    let mut bytes = match text.len() {
        short @ 0..24 => vec![0x60 | short as u8],
        long => vec![0x78, long as u8],
    };
    bytes.extend_from_slice(text.as_bytes());
    bytes
}

#[tokio::test]
async fn a_datum_put_in_one_protocol_is_listed_in_another() {
    let world = world();
    // {"Namespace": "N", "MetricData": [_ {_ "MetricName": "cbor", "Value": 1.5, "Timestamp": 1(1767312000)}]}, as the Java SDK has it.
    let mut body = vec![0xbf];
    body.extend([text("Namespace"), text("N"), text("MetricData")].concat());
    body.extend([0x9f, 0xbf]);
    body.extend([text("MetricName"), text("cbor"), text("Value")].concat());
    body.extend([0xfb, 0x3f, 0xf8, 0, 0, 0, 0, 0, 0]);
    body.extend(text("Timestamp"));
    body.extend([0xc1, 0x1a]);
    body.extend(1_767_312_000u32.to_be_bytes());
    body.extend([0xff, 0xff, 0xff]);
    let (status, answer) = world.call_in(Protocol::RpcV2Cbor, "PutMetricData", body).await;
    assert_eq!((status, answer.len()), (200, 0));
    let form = "Action=PutMetricData&Version=2010-08-01&Namespace=N&MetricData.member.1.MetricName=query&MetricData.member.1.Value=2\
                &MetricData.member.1.Dimensions.member.1.Name=d&MetricData.member.1.Dimensions.member.1.Value=v&MetricData.member.1.Unit=Count";
    let (status, answer) = world.call_in(Protocol::Query, "PutMetricData", form.into()).await;
    assert_eq!(status, 200);
    let answer = String::from_utf8(answer).unwrap();
    assert!(
        answer
            .starts_with("<PutMetricDataResponse xmlns=\"http://monitoring.amazonaws.com/doc/2010-08-01/\">"),
        "{answer}"
    );
    let (_, listed) = world
        .call_in(Protocol::Query, "ListMetrics", b"Action=ListMetrics&Version=2010-08-01".to_vec())
        .await;
    let listed = String::from_utf8(listed).unwrap();
    for part in ["<MetricName>cbor</MetricName>", "<MetricName>query</MetricName>", "<Value>v</Value>"] {
        assert!(listed.contains(part), "{listed}");
    }
    let (_, listed) = world.call_in(Protocol::RpcV2Cbor, "ListMetrics", Vec::new()).await;
    assert!(String::from_utf8_lossy(&listed).contains("query"));
    let (_, listed) = world.call_in(Protocol::Json10, "ListMetrics", b"{}".to_vec()).await;
    assert!(String::from_utf8_lossy(&listed).contains("cbor"));
}

#[tokio::test]
async fn an_error_has_its_older_code_in_query() {
    let world = world();
    let form = "Action=PutMetricData&Version=2010-08-01&Namespace=N&MetricData.member.1.MetricName=m&MetricData.member.1.Value=NaN";
    let (status, answer) = world.call_in(Protocol::Query, "PutMetricData", form.into()).await;
    let answer = String::from_utf8(answer).unwrap();
    assert_eq!(status, 400);
    assert!(answer.contains("<Code>InvalidParameterValue</Code>"), "{answer}");
    assert!(answer.contains("The value NaN for parameter MetricData.member.1.Value is invalid."), "{answer}");
}
