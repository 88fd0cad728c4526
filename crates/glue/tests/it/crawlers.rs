//! Crawlers and classifiers.

use std::time::Duration;

use serde_json::{Value, json};

use crate::harness::{World, world};

/// Turns of the runtime until something must have happened.
const TURNS_MAX: usize = 200_000;

async fn made(path: &str, more: Value) -> World {
    let world = world();
    world.ok("CreateDatabase", json!({"DatabaseInput": {"Name": "db"}})).await;
    let mut input = json!({"Name": "c", "Role": "arn:aws:iam::000000000000:role/crawler", "DatabaseName": "db",
        "Targets": {"S3Targets": [{"Path": path, "Exclusions": ["**.tmp"]}]}});
    input.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    world.ok("CreateCrawler", input).await;
    world
}

async fn settled(world: &World) -> Value {
    for _ in 0..TURNS_MAX {
        let crawler = world.ok("GetCrawler", json!({"Name": "c"})).await["Crawler"].clone();
        if crawler["State"] == "READY" && crawler.get("LastCrawl").is_some() {
            return crawler;
        }
        tokio::task::yield_now().await;
    }
    panic!("the crawler does not end");
}

async fn crawl(world: &World) -> Value {
    world.clock.pass(Duration::from_secs(1));
    world.ok("StartCrawler", json!({"Name": "c"})).await;
    let crawler = settled(world).await;
    assert_eq!(crawler["LastCrawl"]["Status"], "SUCCEEDED", "{crawler}");
    crawler
}

async fn table(world: &World, name: &str) -> Value {
    world.ok("GetTable", json!({"DatabaseName": "db", "Name": name})).await["Table"].clone()
}

fn columns(table: &Value) -> Vec<String> {
    let all = table["StorageDescriptor"]["Columns"].as_array().unwrap().iter();
    all.map(|one| format!("{}:{}", one["Name"].as_str().unwrap(), one["Type"].as_str().unwrap())).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_folder_of_separated_values_becomes_a_table() {
    let world = made("s3://b/people/", json!({})).await;
    world.objects.put("b", "people/a.csv", "id,name,score\n1,Ann,1.5\n2,Bob,2\n");
    world.objects.put("b", "people/b.tmp", "nonsense");
    world.objects.put("b", "people2/c.csv", "x,y\n1,2\n");
    world.objects.put("b", "people/_hidden", "nonsense");
    let crawler = crawl(&world).await;
    assert_eq!(crawler["RecrawlPolicy"]["RecrawlBehavior"], "CRAWL_EVERYTHING");
    let table = table(&world, "people").await;
    assert_eq!(columns(&table), ["id:bigint", "name:string", "score:double"]);
    assert_eq!(table["StorageDescriptor"]["Location"], "s3://b/people/");
    assert_eq!(table["Parameters"]["classification"], "csv");
    assert_eq!(table["Parameters"]["skip.header.line.count"], "1");
    assert_eq!(table["Parameters"]["UPDATED_BY_CRAWLER"], "c");
    assert_eq!(table["Parameters"]["objectCount"], "1");
    let tables = world.ok("GetTables", json!({"DatabaseName": "db"})).await;
    assert_eq!(tables["TableList"].as_array().unwrap().len(), 1);
    // Nothing has changed, so nothing is changed.
    crawl(&world).await;
    let versions = world.ok("GetTableVersions", json!({"DatabaseName": "db", "TableName": "people"})).await;
    assert_eq!(versions["TableVersions"].as_array().unwrap().len(), 1);
    let crawls = world.ok("ListCrawls", json!({"CrawlerName": "c"})).await["Crawls"].clone();
    assert_eq!(crawls.as_array().unwrap().len(), 2);
    assert_eq!(crawls[0]["State"], "COMPLETED");
    let metrics = world.ok("GetCrawlerMetrics", json!({})).await["CrawlerMetricsList"][0].clone();
    assert_eq!(metrics["TablesCreated"], 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn folders_that_are_alike_become_partitions_and_follow_what_is_there() {
    let more = json!({"SchemaChangePolicy": {"UpdateBehavior": "UPDATE_IN_DATABASE", "DeleteBehavior": "DELETE_FROM_DATABASE"},
        "Configuration": "{\"Version\": 1.0, \"CreatePartitionIndex\": true}"});
    let world = made("s3://b/sales", more).await;
    world.objects.put("b", "sales/year=2023/month=12/a.json", "{\"a\": 1, \"b\": \"x\", \"d\": 1.5}\n");
    world.objects.put("b", "sales/year=2024/month=01/b.json", "{\"a\": 2, \"b\": \"y\", \"d\": 2.5}\n");
    crawl(&world).await;
    let found = table(&world, "sales").await;
    assert_eq!(columns(&found), ["a:int", "b:string", "d:double"]);
    let keys = json!([{"Name": "year", "Type": "string"}, {"Name": "month", "Type": "string"}]);
    assert_eq!(found["PartitionKeys"], keys);
    let input = json!({"DatabaseName": "db", "TableName": "sales", "Expression": "year = '2024'"});
    let got = world.ok("GetPartitions", input).await["Partitions"].clone();
    assert_eq!(got[0]["Values"], json!(["2024", "01"]));
    assert_eq!(got[0]["StorageDescriptor"]["Location"], "s3://b/sales/year=2024/month=01/");
    world.objects.put(
        "b",
        "sales/year=2025/month=01/c.json",
        "{\"a\": 2, \"b\": \"y\", \"d\": 1.5, \"c\": true}\n",
    );
    world.objects.remove("b", "sales/year=2023/month=12/a.json");
    crawl(&world).await;
    assert_eq!(columns(&table(&world, "sales").await), ["a:int", "b:string", "d:double", "c:boolean"]);
    let input = json!({"DatabaseName": "db", "TableName": "sales"});
    let got = world.ok("GetPartitions", input).await["Partitions"].clone();
    let values: Vec<&Value> = got.as_array().unwrap().iter().map(|one| &one["Values"][0]).collect();
    assert_eq!(values, ["2024", "2025"]);
    world.objects.remove("b", "sales/year=2024/month=01/b.json");
    world.objects.remove("b", "sales/year=2025/month=01/c.json");
    crawl(&world).await;
    let gone = world.call("GetTable", json!({"DatabaseName": "db", "Name": "sales"})).await;
    gone.refused("EntityNotFoundException");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_classifier_of_the_users_comes_first() {
    let world = made("s3://b/lg/", json!({"Classifiers": ["g"]})).await;
    let grok = json!({"Name": "g", "Classification": "mylog",
        "GrokPattern": "%{LOGLEVEL:level} %{NUMBER:code:int} %{GREEDYDATA:msg}"});
    world.ok("CreateClassifier", json!({"GrokClassifier": grok})).await;
    let text = world.call(
        "CreateClassifier",
        json!({"GrokClassifier": {"Name": "h", "Classification": "x", "GrokPattern": "%{NOSUCH}"}}),
    );
    text.await.refused("InvalidInputException");
    world.objects.put("b", "lg/a.log", "ERROR 42 disk full\nINFO 7 all good\n".repeat(20));
    crawl(&world).await;
    let table = table(&world, "lg").await;
    assert_eq!(columns(&table), ["level:string", "code:int", "msg:string"]);
    assert_eq!(table["Parameters"]["classification"], "mylog");
    assert_eq!(
        table["StorageDescriptor"]["SerdeInfo"]["SerializationLibrary"],
        "com.amazonaws.glue.serde.GrokSerDe"
    );
    let got = world.ok("GetClassifier", json!({"Name": "g"})).await;
    assert_eq!(got["Classifier"]["GrokClassifier"]["Version"], 1);
    world.ok("UpdateClassifier", json!({"GrokClassifier": {"Name": "g", "Classification": "other"}})).await;
    let got = world.ok("GetClassifiers", json!({})).await["Classifiers"][0]["GrokClassifier"].clone();
    assert_eq!((&got["Version"], &got["Classification"]), (&json!(2), &json!("other")));
    world.ok("DeleteClassifier", json!({"Name": "g"})).await;
    world.ok("StartCrawler", json!({"Name": "c"})).await;
    let failed = settled(&world).await;
    assert_eq!(failed["LastCrawl"]["Status"], "FAILED");
    assert_eq!(failed["LastCrawl"]["ErrorMessage"], "Classifier g does not exist");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_schedule_starts_a_crawler_and_states_are_kept() {
    let world = made("s3://b/x/", json!({"Schedule": "cron(30 0 * * ? *)"})).await;
    world.objects.put("b", "x/a.json", "{\"a\": 1}");
    let crawler = world.ok("GetCrawler", json!({"Name": "c"})).await["Crawler"].clone();
    assert_eq!(
        crawler["Schedule"],
        json!({"ScheduleExpression": "cron(30 0 * * ? *)", "State": "SCHEDULED"})
    );
    let text = world.call("StartCrawlerSchedule", json!({"CrawlerName": "c"})).await;
    text.refused("SchedulerRunningException");
    for _ in 0..100 {
        tokio::task::yield_now().await;
    }
    world.clock.pass(Duration::from_secs(1_800));
    assert_eq!(settled(&world).await["LastCrawl"]["Status"], "SUCCEEDED");
    assert_eq!(columns(&table(&world, "x").await), ["a:int"]);
    world.ok("StopCrawlerSchedule", json!({"CrawlerName": "c"})).await;
    let text = world.call("StopCrawlerSchedule", json!({"CrawlerName": "c"})).await;
    text.refused("SchedulerNotRunningException");
    world.ok("UpdateCrawlerSchedule", json!({"CrawlerName": "c", "Schedule": ""})).await;
    let text = world.call("StartCrawlerSchedule", json!({"CrawlerName": "c"})).await;
    text.refused("NoScheduleException");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn refusals_are_worded_as_on_aws() {
    let world = made("s3://b/x/", json!({})).await;
    let text = world.call("GetCrawler", json!({"Name": "x"})).await.refused("EntityNotFoundException");
    assert_eq!(text, "Crawler entry with name x does not exist");
    let text = world.call("StopCrawler", json!({"Name": "c"})).await.refused("CrawlerNotRunningException");
    assert_eq!(text, "Crawler with name c isn't running");
    let bad = json!({"Name": "d", "Role": "r", "DatabaseName": "db", "Targets": {"S3Targets": [{"Path": "s3://b"}]},
        "Configuration": "{\"Version\":1.0,\"CrawlerOutput\":{\"Partitions\":{\"UpdateBehavior\":\"x\"}}}"});
    let text = world.call("CreateCrawler", bad).await.refused("InvalidInputException");
    assert_eq!(text, "CrawlerOutput.Partitions contains unsupported keys: UpdateBehavior.");
    let bad = json!({"Name": "d", "Role": "r", "Schedule": "rate(5 minutes)", "Targets": {}});
    world.call("CreateCrawler", bad).await.refused("InvalidInputException");
    let filter = json!({"CrawlerName": "c", "Filters": [{"FieldName": "STATE", "FilterOperator": "GT", "FieldValue": "x"}]});
    assert_eq!(world.ok("ListCrawls", filter).await["Crawls"], json!([]));
    world.ok("UpdateCrawler", json!({"Name": "c", "Description": "d"})).await;
    let crawler = world.ok("BatchGetCrawlers", json!({"CrawlerNames": ["c", "x"]})).await;
    assert_eq!(crawler["CrawlersNotFound"], json!(["x"]));
    assert_eq!(
        (&crawler["Crawlers"][0]["Version"], &crawler["Crawlers"][0]["Description"]),
        (&json!(2), &json!("d"))
    );
    world.ok("DeleteCrawler", json!({"Name": "c"})).await;
    assert_eq!(world.ok("ListCrawlers", json!({})).await["CrawlerNames"], json!([]));
}
