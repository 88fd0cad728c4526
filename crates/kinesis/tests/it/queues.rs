//! Queues: received, acknowledged, hidden, dead, restored; what is refused; what a stream with queues refuses.

use std::time::Duration;

use serde_json::{Value, json};

use crate::harness::{World, base64, slow, strict, text, world, world_over};

async fn stream(world: &World, name: &str) -> String {
    world.call("CreateStream", json!({"StreamName": name})).await.ok();
    text(&world.summary(name).await["StreamARN"])
}

async fn queue(world: &World, stream: &str, more: Value) -> String {
    let mut input = json!({
        "QueueName": "q", "StreamConfigurationList": [{"StreamARN": stream, "StartingPosition": {"Type": "TRIM_HORIZON"}}],
    });
    for (key, value) in more.as_object().unwrap() {
        input[key] = value.clone();
    }
    text(&world.call("CreateQueue", input).await.ok()["QueueDescription"]["QueueARN"])
}

/// Everything that is visible now. The clock stands still but for the waits, which it jumps over.
async fn receive(world: &World, queue: &str, more: Value) -> Vec<Value> {
    receive_by(world, "ReceiveQueueRecords", queue, more).await
}

async fn dead(world: &World, queue: &str) -> Vec<Value> {
    receive_by(world, "ReceiveDeadLetterQueueRecords", queue, json!({})).await
}

async fn receive_by(world: &World, operation: &str, queue: &str, more: Value) -> Vec<Value> {
    let mut input = json!({"QueueARN": queue, "WaitTimeSeconds": 1});
    for (key, value) in more.as_object().unwrap() {
        input[key] = value.clone();
    }
    let mut records = Vec::new();
    loop {
        let answer = {
            let mut call = std::pin::pin!(world.call(operation, input.clone()));
            let mut turns = 0;
            loop {
                tokio::select! {
                    biased;
                    answer = &mut call => break answer,
                    () = tokio::task::yield_now() => {
                        turns += 1;
                        if turns > 50 {
                            world.clock.pass(Duration::from_secs(1));
                            turns = 0;
                        }
                    }
                }
            }
        };
        let got = answer.ok()["QueueRecords"].as_array().unwrap().clone();
        if got.is_empty() {
            return records;
        }
        records.extend(got);
        if more.get("Limit").is_some() {
            return records;
        }
    }
}

fn entries(records: &[Value]) -> Vec<Value> {
    records.iter().map(|record| json!({"ReceiptHandle": record["ReceiptHandle"]})).collect()
}

/// Acknowledges, ten at a time. Returns the codes of those that failed.
async fn acknowledge(world: &World, operation: &str, queue: &str, records: &[Value]) -> Vec<String> {
    let mut failed = Vec::new();
    for some in records.chunks(10) {
        let input = json!({"QueueARN": queue, "Entries": entries(some)});
        let answer = world.call(operation, input).await.ok();
        failed.extend(answer["Failed"].as_array().unwrap().iter().map(|entry| text(&entry["ErrorCode"])));
        let done = answer["Successful"].as_array().unwrap().len();
        assert_eq!(done + answer["Failed"].as_array().unwrap().len(), some.len());
    }
    failed
}

fn data(records: &[Value]) -> Vec<String> {
    let mut data: Vec<String> = records.iter().map(|record| text(&record["Data"])).collect();
    data.sort();
    data
}

#[tokio::test]
async fn every_record_is_received_once_and_acknowledged_for_good() {
    let world = world();
    let arn = stream(&world, "s").await;
    let mut put: Vec<String> = Vec::new();
    for record in 0..25 {
        world.put("s", &format!("k{record}"), &record.to_string()).await;
        put.push(base64(&record.to_string()));
    }
    put.sort();
    let queue = queue(&world, &arn, json!({})).await;
    let records = receive(&world, &queue, json!({"VisibilityTimeoutSeconds": 300})).await;
    assert_eq!(data(&records), put);
    assert!(records.iter().all(|record| record["ReceiveCount"] == 1 && record["PartitionKey"].is_string()));
    assert_eq!(acknowledge(&world, "AcknowledgeQueueRecords", &queue, &records).await, [""; 0]);
    world.pass(Duration::from_secs(1_000)).await;
    assert_eq!(receive(&world, &queue, json!({})).await, [Value::Null; 0]);
    // The stream keeps them.
    let mut kept = 0;
    for shard in 0..4 {
        kept += world.read("s", shard).await.len();
    }
    assert_eq!(kept, 25);
    // Once acknowledged, a receipt is good for nothing.
    let again = acknowledge(&world, "AcknowledgeQueueRecords", &queue, &records[..1]).await;
    assert_eq!(again, ["ResourceNotFoundException"]);
}

#[tokio::test]
async fn what_is_not_acknowledged_comes_again_and_its_old_receipt_is_void() {
    let world = world();
    let arn = stream(&world, "s").await;
    let queue = queue(&world, &arn, json!({})).await;
    world.put("s", "k", "x").await;
    let first = receive(&world, &queue, json!({"Limit": 1})).await;
    world.pass(Duration::from_secs(29)).await;
    assert_eq!(
        receive(&world, &queue, json!({"Limit": 1})).await.len(),
        1,
        "a wait of a second reaches the time-out"
    );
    let void = acknowledge(&world, "AcknowledgeQueueRecords", &queue, &first).await;
    assert_eq!(void, ["ResourceNotFoundException"]);
    world.pass(Duration::from_secs(40)).await;
    let third = receive(&world, &queue, json!({"Limit": 1})).await;
    assert_eq!((&third[0]["ReceiveCount"], &third[0]["RecordId"]), (&json!(3), &first[0]["RecordId"]));
    assert_eq!(third[0]["FirstReceiveTimestamp"], first[0]["FirstReceiveTimestamp"]);
    // Past its time-out but not received again: the receipt still is good.
    world.pass(Duration::from_secs(40)).await;
    assert_eq!(acknowledge(&world, "AcknowledgeQueueRecords", &queue, &third).await, [""; 0]);
}

#[tokio::test]
async fn visibility_can_be_ended_and_prolonged() {
    let world = world();
    let arn = stream(&world, "s").await;
    let queue = queue(&world, &arn, json!({})).await;
    world.put("s", "k", "x").await;
    let change = async |records: &[Value], secs: u32| {
        let entry = json!({"ReceiptHandle": records[0]["ReceiptHandle"], "VisibilityTimeoutSeconds": secs});
        let input = json!({"QueueARN": queue, "Entries": [entry]});
        let answer = world.call("UpdateQueueRecordsVisibility", input).await.ok();
        assert_eq!(answer["Failed"], json!([]));
    };
    let first = receive(&world, &queue, json!({"Limit": 1})).await;
    change(&first, 0).await;
    let second = receive(&world, &queue, json!({"Limit": 1})).await;
    assert_eq!(second[0]["ReceiveCount"], 2);
    change(&second, 600).await;
    world.pass(Duration::from_secs(300)).await;
    assert_eq!(receive(&world, &queue, json!({"Limit": 1})).await, [Value::Null; 0]);
    world.pass(Duration::from_secs(300)).await;
    assert_eq!(receive(&world, &queue, json!({"Limit": 1})).await.len(), 1);
}

#[tokio::test]
async fn what_is_received_too_often_is_a_dead_letter_until_it_is_restored() {
    let world = world();
    let arn = stream(&world, "s").await;
    let attributes = json!({"VisibilityTimeoutSeconds": 0, "DeadLetterConfiguration": {"TargetType": "BUILT_IN", "MaxReceiveCount": 2}});
    let queue = queue(&world, &arn, json!({"QueueAttributes": attributes})).await;
    world.put("s", "k", "x").await;
    let one = json!({"Limit": 1});
    assert_eq!(receive(&world, &queue, one.clone()).await[0]["ReceiveCount"], 1);
    let last = receive(&world, &queue, one.clone()).await;
    assert_eq!(last[0]["ReceiveCount"], 2);
    assert_eq!(receive(&world, &queue, one.clone()).await, [Value::Null; 0]);
    let hidden = json!({"QueueARN": queue, "VisibilityTimeoutSeconds": 60, "WaitTimeSeconds": 1});
    let letters = world.call("ReceiveDeadLetterQueueRecords", hidden).await.ok()["QueueRecords"].clone();
    let letters = letters.as_array().unwrap().clone();
    assert_eq!((letters.len(), &letters[0]["RecordId"]), (1, &last[0]["RecordId"]));
    // The receipts of one path are not good for the other.
    let live = acknowledge(&world, "AcknowledgeQueueRecords", &queue, &letters).await;
    assert_eq!(live, ["InvalidArgumentException"]);
    let old = acknowledge(&world, "AcknowledgeQueueRecords", &queue, &last).await;
    assert_eq!(old, ["ResourceNotFoundException"]);
    assert_eq!(acknowledge(&world, "RestoreDeadLetterQueueRecords", &queue, &letters).await, [""; 0]);
    assert_eq!(dead(&world, &queue).await, [Value::Null; 0]);
    assert_eq!(receive(&world, &queue, one.clone()).await[0]["ReceiveCount"], 1);
    receive(&world, &queue, one.clone()).await;
    let hidden = json!({"QueueARN": queue, "VisibilityTimeoutSeconds": 60, "WaitTimeSeconds": 1});
    let letters = world.call("ReceiveDeadLetterQueueRecords", hidden).await.ok()["QueueRecords"].clone();
    let letters = letters.as_array().unwrap().clone();
    assert_eq!(acknowledge(&world, "AcknowledgeDeadLetterQueueRecords", &queue, &letters).await, [""; 0]);
    world.pass(Duration::from_secs(600)).await;
    assert_eq!(dead(&world, &queue).await, [Value::Null; 0]);
}

#[tokio::test]
async fn a_receiver_that_waits_is_woken_by_a_put_and_by_a_record_given_back() {
    let world = std::sync::Arc::new(world());
    let arn = stream(&world, "s").await;
    let queue = queue(&world, &arn, json!({})).await;
    let waiter = |world: std::sync::Arc<World>, queue: String| {
        tokio::spawn(async move {
            let input = json!({"QueueARN": queue, "WaitTimeSeconds": 20});
            world.call("ReceiveQueueRecords", input).await.ok()["QueueRecords"].clone()
        })
    };
    let first = waiter(world.clone(), queue.clone());
    for _ in 0..100 {
        tokio::task::yield_now().await;
    }
    world.put("s", "k", "x").await;
    let records = first.await.unwrap();
    assert_eq!(records.as_array().unwrap().len(), 1);
    let second = waiter(world.clone(), queue.clone());
    for _ in 0..100 {
        tokio::task::yield_now().await;
    }
    let entry = json!({"ReceiptHandle": records[0]["ReceiptHandle"], "VisibilityTimeoutSeconds": 0});
    let input = json!({"QueueARN": queue, "Entries": [entry]});
    world.call("UpdateQueueRecordsVisibility", input).await.ok();
    assert_eq!(second.await.unwrap()[0]["ReceiveCount"], 2);
}

#[tokio::test]
async fn a_queue_goes_on_with_the_children_of_a_split_shard() {
    let world = world();
    world.create("s", 1).await;
    let arn = text(&world.summary("s").await["StreamARN"]);
    world.put("s", "a", "1").await;
    let split = json!({"StreamName": "s", "ShardToSplit": "shardId-0", "NewStartingHashKey": "170141183460469231731687303715884105728"});
    world.call("SplitShard", split).await.ok();
    let on_demand = json!({"StreamARN": arn, "StreamModeDetails": {"StreamMode": "ON_DEMAND"}});
    world.call("UpdateStreamMode", on_demand).await.ok();
    let queue = queue(&world, &arn, json!({})).await;
    for record in 0..10 {
        world.put("s", &format!("k{record}"), "2").await;
    }
    assert_eq!(receive(&world, &queue, json!({"VisibilityTimeoutSeconds": 600})).await.len(), 11);
}

#[tokio::test]
async fn records_past_the_retention_are_not_handed_out_and_leave_no_rows() {
    let world = world();
    let arn = stream(&world, "s").await;
    let queue = queue(&world, &arn, json!({})).await;
    world.put("s", "a", "old").await;
    assert_eq!(receive(&world, &queue, json!({"Limit": 1})).await.len(), 1);
    world.put("s", "b", "never received").await;
    world.pass(Duration::from_secs(25 * 3_600)).await;
    world.put("s", "c", "new").await;
    let records = receive(&world, &queue, json!({"VisibilityTimeoutSeconds": 600})).await;
    assert_eq!(data(&records), [base64("new")]);
    acknowledge(&world, "AcknowledgeQueueRecords", &queue, &records).await;
    world.pass(Duration::from_secs(60)).await;
    let held = kinesis::tables::queues::HELD;
    let left = held.scan(&*world.store.snapshot(), held.prefix(|_| {}), 10).await.unwrap();
    assert_eq!(left, []);
}

#[tokio::test]
async fn positions_begin_where_they_say() {
    let world = world();
    let arn = stream(&world, "s").await;
    world.put("s", "a", "old").await;
    world.pass(Duration::from_secs(60)).await;
    let then = world.clock.now();
    world.put("s", "b", "middle").await;
    world.pass(Duration::from_secs(60)).await;
    let create = async |name: &str, position: Value| {
        let configuration = json!([{"StreamARN": arn, "StartingPosition": position}]);
        let input = json!({"QueueName": name, "StreamConfigurationList": configuration});
        let answer = world.call("CreateQueue", input).await.ok();
        assert!(
            answer["QueueDescription"]["StreamConfigurationList"][0]["StartingPosition"]["Timestamp"]
                .is_number()
        );
        text(&answer["QueueDescription"]["QueueARN"])
    };
    let latest = create("latest", json!({"Type": "LATEST"})).await;
    let horizon = create("horizon", json!({"Type": "TRIM_HORIZON"})).await;
    let at = create("at", json!({"Type": "AT_TIMESTAMP", "Timestamp": then.as_secs()})).await;
    world.put("s", "c", "new").await;
    let all = json!({"VisibilityTimeoutSeconds": 600});
    let received = async |queue: &str| data(&receive(&world, queue, all.clone()).await);
    let sorted = |mut names: Vec<&str>| {
        names.sort_by_key(|name| base64(name));
        names.into_iter().map(base64).collect::<Vec<_>>()
    };
    assert_eq!(received(&latest).await, sorted(vec!["new"]));
    assert_eq!(received(&at).await, sorted(vec!["middle", "new"]));
    assert_eq!(received(&horizon).await, sorted(vec!["old", "middle", "new"]));
}

#[tokio::test]
async fn a_stream_with_a_queue_is_neither_deleted_nor_made_provisioned() {
    let world = world();
    let arn = stream(&world, "s").await;
    let queue = queue(&world, &arn, json!({})).await;
    let delete = json!({"StreamName": "s", "EnforceConsumerDeletion": true});
    world.call("DeleteStream", delete.clone()).await.refused("ResourceInUseException");
    let provisioned = json!({"StreamARN": arn, "StreamModeDetails": {"StreamMode": "PROVISIONED"}});
    world.call("UpdateStreamMode", provisioned).await.refused("ResourceInUseException");
    assert_eq!(world.summary("s").await["QueueCount"], 1);
    world.put("s", "k", "x").await;
    receive(&world, &queue, json!({"Limit": 1})).await;
    world.call("DeleteQueue", json!({"QueueARN": queue})).await.ok();
    world.call("DescribeQueue", json!({"QueueARN": queue})).await.refused("ResourceNotFoundException");
    world.call("ReceiveQueueRecords", json!({"QueueARN": queue})).await.refused("ResourceNotFoundException");
    world.pass(Duration::from_secs(1)).await;
    let graves = kinesis::tables::queues::READER_GRAVES;
    assert_eq!(graves.scan(&*world.store.snapshot(), graves.prefix(|_| {}), 9).await.unwrap(), []);
    let due = kinesis::tables::queues::DUE;
    assert_eq!(due.scan(&*world.store.snapshot(), due.prefix(|_| {}), 9).await.unwrap(), []);
    world.call("DeleteStream", delete).await.ok();
}

#[tokio::test]
async fn what_is_wrong_is_refused() {
    let world = world();
    let arn = stream(&world, "s").await;
    world.create("provisioned", 1).await;
    let provisioned = text(&world.summary("provisioned").await["StreamARN"]);
    let create = async |configuration: Value, attributes: Value| {
        let input = json!({"QueueName": "x", "StreamConfigurationList": configuration, "QueueAttributes": attributes});
        world.call("CreateQueue", input).await
    };
    create(json!([{"StreamARN": provisioned}]), json!({})).await.refused("InvalidArgumentException");
    create(json!([{"StreamARN": arn}, {"StreamARN": arn}]), json!({})).await.refused("ValidationException");
    let missing = arn.replace("stream/s", "stream/none");
    create(json!([{"StreamARN": missing}]), json!({})).await.refused("ResourceNotFoundException");
    let early = json!([{"StreamARN": arn, "StartingPosition": {"Type": "LATEST", "Timestamp": 1}}]);
    create(early, json!({})).await.refused("ValidationException");
    let endless = json!({"DeadLetterConfiguration": {"TargetType": "BUILT_IN"}});
    create(json!([{"StreamARN": arn}]), endless).await.refused("ValidationException");
    queue(&world, &arn, json!({})).await;
    let again = json!({"QueueName": "q", "StreamConfigurationList": [{"StreamARN": arn}]});
    world.call("CreateQueue", again).await.refused("ResourceInUseException");
    let nonsense = json!({"QueueARN": arn.replace("stream/s", "queue/none")});
    world.call("DescribeQueue", nonsense).await.refused("ResourceNotFoundException");
    world.call("ReceiveQueueRecords", json!({"QueueARN": "q"})).await.refused("ValidationException");
}

#[tokio::test]
async fn receipts_of_other_queues_and_nonsense_fail_by_themselves() {
    let world = world();
    let arn = stream(&world, "s").await;
    let first = queue(&world, &arn, json!({})).await;
    let second = queue(&world, &arn, json!({"QueueName": "other"})).await;
    world.put("s", "k", "x").await;
    let mine = receive(&world, &first, json!({"Limit": 1})).await;
    let theirs = receive(&world, &second, json!({"Limit": 1})).await;
    assert_eq!(mine[0]["RecordId"], theirs[0]["RecordId"]);
    let handles = [mine[0]["ReceiptHandle"].clone(), theirs[0]["ReceiptHandle"].clone(), json!("nonsense")];
    let entries: Vec<Value> = handles.iter().map(|handle| json!({"ReceiptHandle": handle})).collect();
    let answer =
        world.call("AcknowledgeQueueRecords", json!({"QueueARN": first, "Entries": entries})).await.ok();
    assert_eq!(answer["Successful"].as_array().unwrap().len(), 1);
    let failed = answer["Failed"].as_array().unwrap();
    assert!(failed.len() == 2 && failed.iter().all(|entry| entry["ErrorCode"] == "InvalidArgumentException"));
}

#[tokio::test]
async fn queues_are_listed_by_name_filtered_by_stream_and_page_by_page() {
    let world = world();
    let (a, b) = (stream(&world, "a").await, stream(&world, "b").await);
    for (name, arn) in [("3", &a), ("1", &a), ("2", &b)] {
        queue(&world, arn, json!({"QueueName": name})).await;
    }
    let list = async |input: Value| world.call("ListQueues", input).await.ok();
    let names = |answer: &Value| -> Vec<String> {
        answer["QueueSummaries"].as_array().unwrap().iter().map(|queue| text(&queue["QueueName"])).collect()
    };
    assert_eq!(names(&list(json!({})).await), ["1", "2", "3"]);
    let created = world.summary("a").await["StreamCreationTimestamp"].clone();
    let filter = json!([{"StreamARN": a, "StreamCreationTimestamp": created}]);
    assert_eq!(names(&list(json!({"StreamFilter": filter})).await), ["1", "3"]);
    let first = list(json!({"MaxResults": 2})).await;
    assert_eq!(names(&first), ["1", "2"]);
    let rest = list(json!({"MaxResults": 2, "NextToken": first["NextToken"]})).await;
    assert_eq!((names(&rest), rest.get("NextToken")), (vec!["3".to_owned()], None));
}

#[tokio::test]
async fn tags_policies_and_attributes_can_be_set() {
    let world = world();
    let arn = stream(&world, "s").await;
    let queue = queue(&world, &arn, json!({"Tags": {"team": "a"}})).await;
    world.call("TagResource", json!({"ResourceARN": queue, "Tags": {"more": "b"}})).await.ok();
    world.call("UntagResource", json!({"ResourceARN": queue, "TagKeys": ["team"]})).await.ok();
    let tags = world.call("ListTagsForResource", json!({"ResourceARN": queue})).await.ok();
    assert_eq!(tags["Tags"], json!([{"Key": "more", "Value": "b"}]));
    let policy = json!({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": "*", "Action": "kinesis:ReceiveQueueRecords", "Resource": queue}]});
    world.call("PutResourcePolicy", json!({"ResourceARN": queue, "Policy": policy.to_string()})).await.ok();
    let got = world.call("GetResourcePolicy", json!({"ResourceARN": queue})).await.ok();
    assert_eq!(text(&got["Policy"]), policy.to_string());
    let attributes = json!({"DeadLetterConfiguration": {"TargetType": "NONE"}});
    let updated =
        world.call("UpdateQueue", json!({"QueueARN": queue, "QueueAttributes": attributes})).await.ok();
    let shown = &updated["QueueDescription"]["QueueAttributes"];
    assert_eq!(
        shown,
        &json!({"VisibilityTimeoutSeconds": 30, "DeadLetterConfiguration": {"TargetType": "NONE"}})
    );
}

#[tokio::test]
async fn states_take_their_time_where_they_are_asked_to() {
    let world = slow();
    world.call("CreateStream", json!({"StreamName": "s"})).await.ok();
    world.pass(Duration::from_secs(2)).await;
    let arn = text(&world.summary("s").await["StreamARN"]);
    let queue = queue(&world, &arn, json!({})).await;
    let state = async || {
        world.call("DescribeQueue", json!({"QueueARN": queue})).await.ok()["QueueDescription"].clone()
    };
    let creating = state().await;
    assert_eq!(creating["QueueStatus"], "CREATING");
    assert!(creating["StreamConfigurationList"][0]["StartingPosition"].get("Timestamp").is_none());
    world.call("ReceiveQueueRecords", json!({"QueueARN": queue})).await.refused("ResourceNotFoundException");
    world.pass(Duration::from_secs(2)).await;
    assert_eq!(state().await["QueueStatus"], "ACTIVE");
    let attributes = json!({"QueueARN": queue, "QueueAttributes": {"VisibilityTimeoutSeconds": 5}});
    let updated = world.call("UpdateQueue", attributes.clone()).await.ok();
    assert_eq!(updated["QueueDescription"]["QueueStatus"], "UPDATING");
    world.call("UpdateQueue", attributes).await.refused("ResourceInUseException");
    world.put("s", "k", "x").await;
    assert_eq!(receive(&world, &queue, json!({"Limit": 1})).await.len(), 1);
}

#[tokio::test]
async fn queues_and_consumers_share_a_quota() {
    let world = strict();
    let arn = stream(&world, "s").await;
    for number in 0..20 {
        queue(&world, &arn, json!({"QueueName": number.to_string()})).await;
        world.clock.pass(Duration::from_secs(1));
    }
    let one_more = json!({"QueueName": "x", "StreamConfigurationList": [{"StreamARN": arn}]});
    world.call("CreateQueue", one_more).await.refused("LimitExceededException");
    let consumer = json!({"StreamARN": arn, "ConsumerName": "c"});
    world.call("RegisterStreamConsumer", consumer).await.refused("LimitExceededException");
}

#[tokio::test]
async fn a_room_opened_again_knows_what_is_out_of_sight() {
    let world = world();
    let arn = stream(&world, "s").await;
    let queue = queue(&world, &arn, json!({})).await;
    for record in 0..12 {
        world.put("s", &record.to_string(), &record.to_string()).await;
    }
    let some = receive(&world, &queue, json!({"Limit": 10, "VisibilityTimeoutSeconds": 600})).await;
    assert!(world.tasks.stop(Duration::from_secs(5)).await);
    let again = world_over(world.store.clone(), world.clock.clone(), kinesis::Settings::default(), 3);
    let rest = receive(&again, &queue, json!({"VisibilityTimeoutSeconds": 600})).await;
    assert_eq!(some.len() + rest.len(), 12);
    assert_eq!(acknowledge(&again, "AcknowledgeQueueRecords", &queue, &some).await, [""; 0]);
    again.pass(Duration::from_secs(600)).await;
    assert_eq!(data(&receive(&again, &queue, json!({"VisibilityTimeoutSeconds": 600})).await), data(&rest));
}

/// Many workers at once: none gets what another got.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn workers_share_the_records() {
    let world = std::sync::Arc::new(world());
    let arn = stream(&world, "s").await;
    for record in 0..200 {
        world.put("s", &record.to_string(), &record.to_string()).await;
    }
    let queue = queue(&world, &arn, json!({})).await;
    let worker = |world: std::sync::Arc<World>, queue: String| {
        tokio::spawn(async move {
            let mut got = Vec::new();
            for _ in 0..5 {
                let input = json!({"QueueARN": queue, "WaitTimeSeconds": 20, "Limit": 5});
                let answer = world.call("ReceiveQueueRecords", input).await.ok();
                got.extend(answer["QueueRecords"].as_array().unwrap().clone());
            }
            got
        })
    };
    let workers: Vec<_> = (0..8).map(|_| worker(world.clone(), queue.clone())).collect();
    let mut all = Vec::new();
    for worker in workers {
        all.extend(worker.await.unwrap());
    }
    let mut ids: Vec<String> = all.iter().map(|record| text(&record["RecordId"])).collect();
    ids.sort();
    let count = ids.len();
    ids.dedup();
    assert_eq!(ids.len(), count, "a record was handed out twice");
}
