use serde_json::{Value, json};

use crate::receiver::{Received, Receiver};
use crate::transform::{ERRORS, bytes, lines, unb64};
use crate::world::{ROLE, World, s3};

fn bucket() -> Value {
    s3(
        "b",
        json!({"Prefix": "bk/", "ErrorOutputPrefix": ERRORS, "BufferingHints": {"SizeInMBs": 1, "IntervalInSeconds": 2}}),
    )
}

async fn create(world: &World, member: &str, destination: Value) {
    world.ok("CreateDeliveryStream", json!({"DeliveryStreamName": "s", member: destination})).await;
}

fn http(url: &str, more: Value) -> Value {
    let mut destination = json!({
        "EndpointConfiguration": {"Url": url, "Name": "n", "AccessKey": "secret"}, "RoleARN": ROLE,
        "BufferingHints": {"SizeInMBs": 1, "IntervalInSeconds": 2}, "S3Configuration": bucket(),
    });
    for (name, value) in more.as_object().unwrap() {
        destination[name] = value.clone();
    }
    destination
}

fn accept(request: &Received, _: usize) -> (u16, String) {
    (200, json!({"requestId": request.json()["requestId"], "timestamp": 1}).to_string())
}

const HTTP: &str = "HttpEndpointDestinationConfiguration";

#[tokio::test]
async fn a_batch_is_posted_by_the_protocol() {
    let world = World::new();
    let receiver = Receiver::new(accept).await;
    let request = json!({"CommonAttributes": [{"AttributeName": "env", "AttributeValue": "t"}]});
    create(&world, HTTP, http(&format!("{}/in?q=1", receiver.url), json!({"RequestConfiguration": request})))
        .await;
    world.put("s", b"hello").await;
    world.put("s", b"\x00\xff").await;
    world.put("s", b"").await;
    world.eventually(async || receiver.count() == 1).await;
    let got = &receiver.received()[0];
    assert_eq!(got.line, "POST /in?q=1 HTTP/1.1");
    assert_eq!(got.header("X-Amz-Firehose-Access-Key"), Some("secret"));
    assert_eq!(got.header("X-Amz-Firehose-Protocol-Version"), Some("1.0"));
    assert_eq!(
        got.header("X-Amz-Firehose-Common-Attributes"),
        Some("{\"commonAttributes\":{\"env\":\"t\"}}")
    );
    assert_eq!(got.header("X-Amz-Firehose-Request-Id"), got.json()["requestId"].as_str());
    let data: Vec<_> =
        got.json()["records"].as_array().unwrap().iter().map(|record| unb64(&record["data"])).collect();
    assert_eq!(data, [b"hello".to_vec(), b"\x00\xff".to_vec(), Vec::new()]);
    let shown = world.ok("DescribeDeliveryStream", json!({"DeliveryStreamName": "s"})).await;
    assert!(!shown.to_string().contains("secret"), "{shown}");
    world.until(async || world.metrics.sum("DeliveryToHttpEndpoint.Records") == 3.0).await;
}

#[tokio::test]
async fn a_batch_is_tried_again_under_its_id_also_after_a_restart() {
    let mut world = World::new();
    let receiver =
        Receiver::new(|request, nth| if nth < 3 { (500, "{}".to_owned()) } else { accept(request, nth) })
            .await;
    create(&world, HTTP, http(&receiver.url, json!({"RetryOptions": {"DurationInSeconds": 600}}))).await;
    world.put("s", b"again").await;
    world.eventually(async || receiver.count() == 1).await;
    world.put("s", b"later").await;
    world.settle().await;
    world.restart().await;
    world.eventually(async || receiver.count() == 2).await;
    world.eventually(async || receiver.count() == 3).await;
    let ids: Vec<_> = receiver.received().iter().map(|got| got.json()["requestId"].clone()).collect();
    assert!(ids.iter().all(|id| *id == ids[0]), "{ids:?}");
    assert!(receiver.received().iter().all(|got| got.json()["records"].as_array().unwrap().len() == 1));
    world.eventually(async || receiver.count() == 4).await;
    assert_eq!(unb64(&receiver.received()[3].json()["records"][0]["data"]), b"later");
    assert!(world.objects("b").await.is_empty());
}

#[tokio::test]
async fn what_is_not_taken_in_time_is_filed_and_everything_backed_up_if_asked() {
    let world = World::new();
    let receiver =
        Receiver::new(|_, _| (200, json!({"requestId": "other", "timestamp": 1}).to_string())).await;
    let more = json!({"RetryOptions": {"DurationInSeconds": 30}, "S3BackupMode": "AllData"});
    create(&world, HTTP, http(&receiver.url, more)).await;
    world.put("s", b"x").await;
    world.eventually(async || receiver.count() == 1).await;
    world.eventually(async || receiver.count() == 2).await;
    world.eventually(async || lines(&world, "b", "err/http-endpoint-failed/").await.len() == 1).await;
    let error = &lines(&world, "b", "err/http-endpoint-failed/").await[0];
    assert_eq!(error["errorCode"], "HttpEndpoint.InvalidResponseFromDestination");
    assert_eq!(unb64(&error["rawData"]), b"x");
    assert!(error["attemptsMade"].as_i64().unwrap() >= 2, "{error}");
    assert_eq!(bytes(&world, "b", "bk/").await, b"x");
}

#[tokio::test]
async fn events_of_splunk_are_delivered_once_they_are_acknowledged() {
    let world = World::new();
    let receiver = Receiver::new(|request, nth| {
        if request.line.contains("/collector/ack") {
            return (200, json!({"acks": {"7": nth > 2}}).to_string());
        }
        (200, json!({"text": "Success", "code": 0, "ackId": 7}).to_string())
    })
    .await;
    let destination = json!({
        "HECEndpoint": receiver.url, "HECEndpointType": "Raw", "HECToken": "token", "S3Configuration": bucket(),
        "BufferingHints": {"SizeInMBs": 1, "IntervalInSeconds": 2},
    });
    create(&world, "SplunkDestinationConfiguration", destination).await;
    world.put("s", b"line1\n").await;
    world.put("s", b"line2\n").await;
    world.eventually(async || receiver.count() == 1).await;
    for polls in 2..4 {
        world.eventually(async || receiver.count() == polls).await;
    }
    world.until(async || world.metrics.sum("DeliveryToSplunk.Records") == 2.0).await;
    let all = receiver.received();
    assert!(all[0].line.starts_with("POST /services/collector/raw?channel="), "{}", all[0].line);
    assert_eq!(
        (all[0].header("Authorization"), &all[0].body[..]),
        (Some("Splunk token"), b"line1\nline2\n".as_slice())
    );
    assert_eq!(all[0].header("X-Splunk-Request-Channel"), all[1].header("X-Splunk-Request-Channel"));
    assert_eq!(all[1].json(), json!({"acks": [7]}));
    assert!(world.objects("b").await.is_empty());
}

#[tokio::test]
async fn documents_that_do_not_fit_are_filed_and_the_others_indexed_under_stable_ids() {
    let world = World::new();
    let receiver = Receiver::new(|request, nth| {
        let text = String::from_utf8(request.body.clone()).unwrap();
        let rows: Vec<&str> = text.lines().collect();
        let items: Vec<Value> = rows
            .chunks(2)
            .map(|pair| match pair[1] {
                doc if doc.contains("poison") => {
                    json!({"index": {"status": 400, "error": {"type": "mapper_parsing_exception"}}})
                }
                doc if doc.contains("busy") && nth == 1 => json!({"index": {"status": 429, "error": {}}}),
                _ => json!({"index": {"status": 201}}),
            })
            .collect();
        (200, json!({"errors": true, "items": items}).to_string())
    })
    .await;
    let destination = json!({
        "RoleARN": ROLE, "ClusterEndpoint": receiver.url, "IndexName": "i", "S3Configuration": bucket(),
        "BufferingHints": {"SizeInMBs": 1, "IntervalInSeconds": 2}, "RetryOptions": {"DurationInSeconds": 60},
    });
    create(&world, "AmazonopensearchserviceDestinationConfiguration", destination).await;
    for record in [b"{\"a\":1}\n".as_slice(), b"{\"a\":\"poison\"}", b"{\"a\":\"busy\"}", b"no json"] {
        world.put("s", record).await;
    }
    world.eventually(async || receiver.count() == 1).await;
    world.eventually(async || receiver.count() == 2).await;
    world.eventually(async || lines(&world, "b", "err/").await.len() == 2).await;
    let rows = |nth: usize| -> Vec<Value> {
        let text = String::from_utf8(receiver.received()[nth].body.clone()).unwrap();
        text.lines().map(|row| serde_json::from_str(row).unwrap()).collect()
    };
    let (first, second) = (rows(0), rows(1));
    assert_eq!((first.len(), second.len()), (6, 2));
    assert_eq!(first[0]["index"]["_index"], "i-2026-07-04");
    assert_eq!((&first[4]["index"]["_id"], &second[1]), (&second[0]["index"]["_id"], &json!({"a": "busy"})));
    let errors = lines(&world, "b", "err/AmazonOpenSearchService-failed/").await;
    let raw: Vec<_> = errors.iter().map(|error| unb64(&error["rawData"])).collect();
    assert!(raw.contains(&b"{\"a\":\"poison\"}".to_vec()) && raw.contains(&b"no json".to_vec()));
    assert_eq!((&errors[0]["errorCode"], &errors[0]["esIndexName"]), (&json!("400"), &json!("i-2026-07-04")));
}

#[tokio::test]
async fn what_redshift_does_not_load_is_left_with_a_manifest() {
    let world = World::new();
    let nobody = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    let destination = json!({
        "RoleARN": ROLE, "ClusterJDBCURL": format!("jdbc:postgresql://localhost:{}/dev", nobody.port()),
        "CopyCommand": {"DataTableName": "t", "CopyOptions": "json 'auto'"}, "Username": "u", "Password": "Passw0rd1",
        "RetryOptions": {"DurationInSeconds": 0}, "S3Configuration": s3("b", json!({"Prefix": "stage/"})),
    });
    create(&world, "RedshiftDestinationConfiguration", destination).await;
    world.put("s", b"{\"a\":1}\n").await;
    world.eventually(async || world.objects("b").await.len() == 2).await;
    let objects = world.objects("b").await;
    let (staged, manifest) = (&objects[0], &objects[1]);
    assert_eq!(staged.bytes, "{\"a\":1}\n");
    assert!(manifest.key.starts_with("stage/errors/manifests/2026/"), "{}", manifest.key);
    let manifest: Value = serde_json::from_slice(&manifest.bytes).unwrap();
    assert_eq!(manifest["entries"][0]["url"], format!("s3://b/{}", staged.key));
    let shown = world.ok("DescribeDeliveryStream", json!({"DeliveryStreamName": "s"})).await;
    assert!(!shown.to_string().contains("Passw0rd1"), "{shown}");
}

#[tokio::test]
async fn an_update_keeps_what_it_does_not_name_and_the_kind() {
    let world = World::new();
    create(&world, HTTP, http("https://endpoint.example/x", json!({}))).await;
    let update = |member: &str, given: Value| {
        json!({
            "DeliveryStreamName": "s", "CurrentDeliveryStreamVersionId": "1",
            "DestinationId": "destinationId-000000000001", member: given,
        })
    };
    let (_, text) =
        world.refused("UpdateDestination", update("ExtendedS3DestinationUpdate", json!({}))).await;
    assert!(text.contains("Changing the destination type"), "{text}");
    let given = json!({"RetryOptions": {"DurationInSeconds": 7}, "S3Update": {"Prefix": "other/"}});
    world.ok("UpdateDestination", update("HttpEndpointDestinationUpdate", given)).await;
    let shown = world.ok("DescribeDeliveryStream", json!({"DeliveryStreamName": "s"})).await;
    let shown = &shown["DeliveryStreamDescription"]["Destinations"][0]["HttpEndpointDestinationDescription"];
    assert_eq!(shown["EndpointConfiguration"], json!({"Url": "https://endpoint.example/x", "Name": "n"}));
    assert_eq!(shown["RetryOptions"]["DurationInSeconds"], 7);
    assert_eq!(shown["S3DestinationDescription"]["Prefix"], "other/");
    assert_eq!(shown["S3BackupMode"], "FailedDataOnly");
}
