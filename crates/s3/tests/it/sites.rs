//! Websites, access logs, events and inventories: what stands beside the API.

use std::net::{IpAddr, Ipv4Addr};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use base::Arn;
use bytes::Bytes;
use futures_util::future::{BoxFuture, ready};
use http::{HeaderMap, Method};
use ports::{
    CompiledConversion, Conversion, ConvertedFile, Converter, FunctionAnswer, Functions, Measurement,
    Metrics, NotConverted, PortError, Principal, SiteRequest, Sites,
};
use s3::Front;

use super::harness::{Answer, World, world};

const MINUTE: Duration = Duration::from_secs(60);
const DAY: Duration = Duration::from_secs(86_400);

impl World {
    /// Asks a website.
    async fn visit(&self, method: Method, bucket: &str, path: &str) -> Answer {
        let front = Front::new(self.room.clone());
        let answer = front
            .show(SiteRequest {
                bucket: bucket.to_owned(),
                method,
                path: path.to_owned(),
                host: format!("{bucket}.s3-website.us-east-1.localhost:4566"),
                headers: HeaderMap::new(),
                source_ip: IpAddr::V4(Ipv4Addr::LOCALHOST),
                secure: false,
                request_id: "request".to_owned(),
                host_id: "host".to_owned(),
            })
            .await;
        let mut headers = HeaderMap::new();
        answer.headers.into_iter().for_each(|(name, value)| _ = headers.append(name, value));
        Answer { status: answer.status, headers, bytes: answer.body.collect(u64::MAX).await.unwrap() }
    }

    async fn let_everybody_read(&self, bucket: &str) {
        self.delete(&format!("/{bucket}?publicAccessBlock")).await.is(204);
        self.let_in(bucket, "\"*\"", "s3:GetObject").await;
    }

    async fn let_in(&self, bucket: &str, principal: &str, action: &str) {
        let policy = format!(
            "{{\"Version\":\"2012-10-17\",\"Statement\":[{{\"Effect\":\"Allow\",\"Principal\":{principal},\"Action\":\"{action}\",\
             \"Resource\":\"arn:aws:s3:::{bucket}/*\"}}]}}"
        );
        self.put(&format!("/{bucket}?policy"), policy).await.is(204);
    }

    async fn keys(&self, bucket: &str) -> Vec<String> {
        self.get(&format!("/{bucket}?list-type=2")).await.is(200).elements("Key")
    }

    async fn set_website(&self, inside: &str) {
        let document = format!("<WebsiteConfiguration>{inside}</WebsiteConfiguration>");
        self.put("/site?website", document).await.is(200);
    }
}

#[tokio::test]
async fn a_website_shows_documents_folders_and_errors() {
    let world = world();
    world.make("site").await;
    let none = world.visit(Method::GET, "none", "/").await.is(404);
    assert!(none.text().contains("<li>Code: NoSuchBucket</li>"), "{}", none.text());
    let none = world.visit(Method::GET, "site", "/").await.is(404);
    assert!(none.text().contains("<li>Code: NoSuchWebsiteConfiguration</li>\n"), "{}", none.text());

    world.set_website("<IndexDocument><Suffix>index.html</Suffix></IndexDocument><ErrorDocument><Key>oh/no</Key></ErrorDocument>").await;
    for key in ["index.html", "a%20b/index.html"] {
        world.put(&format!("/site/{}", key.replace("%20", " ")), key.to_owned()).await.is(200);
    }
    let closed = world.visit(Method::GET, "site", "/").await.is(403);
    assert!(closed.text().contains("<h1>403 Forbidden</h1>"), "nobody may read it yet: {}", closed.text());
    assert!(closed.text().contains("An Error Occurred While Attempting to Retrieve a Custom Error Document"));
    world.let_everybody_read("site").await;
    assert_eq!(world.visit(Method::GET, "site", "/").await.is(200).text(), "index.html");
    assert_eq!(world.visit(Method::GET, "site", "/a%20b/").await.is(200).text(), "a%20b/index.html");
    let folder = world.visit(Method::GET, "site", "/a%20b").await.is(302);
    assert_eq!(folder.header("location"), Some("/a%20b/"));
    world.put("/site/oh/no", "sorry".to_owned()).await.is(200);
    let absent = world.visit(Method::GET, "site", "/absent").await;
    assert!(matches!(absent.status, 403 | 404) && absent.text() == "sorry");
    let refused = world.visit(Method::PUT, "site", "/index.html").await.is(405);
    assert_eq!(refused.header("x-amz-error-code"), Some("MethodNotAllowed"));
}

#[tokio::test]
async fn a_website_sends_elsewhere_by_rules_and_objects() {
    let world = world();
    world.make("site").await;
    world.let_everybody_read("site").await;
    let rule = |inside: &str| format!("<RoutingRule>{inside}</RoutingRule>");
    let rules = [
        rule(
            "<Condition><KeyPrefixEquals>docs/</KeyPrefixEquals></Condition><Redirect><ReplaceKeyPrefixWith>documents/</ReplaceKeyPrefixWith></Redirect>",
        ),
        rule(
            "<Condition><HttpErrorCodeReturnedEquals>403</HttpErrorCodeReturnedEquals></Condition>\
             <Redirect><HostName>example.org</HostName><Protocol>https</Protocol><ReplaceKeyWith>lost</ReplaceKeyWith><HttpRedirectCode>307</HttpRedirectCode></Redirect>",
        ),
    ];
    let index = "<IndexDocument><Suffix>index.html</Suffix></IndexDocument>";
    world.set_website(&format!("{index}<RoutingRules>{}</RoutingRules>", rules.concat())).await;
    let moved = world.visit(Method::GET, "site", "/docs/a%20b?x=1").await;
    let here = "http://site.s3-website.us-east-1.localhost:4566/documents/a%20b";
    assert_eq!((moved.status, moved.header("location").map(|to| to.starts_with(here))), (301, Some(true)));
    let lost = world.visit(Method::GET, "site", "/nothing").await;
    assert_eq!((lost.status, lost.header("location")), (307, Some("https://example.org/lost")));
    let own = world.request("PUT", "/site/old").header("x-amz-website-redirect-location", "/new");
    own.send().await.is(200);
    let old = world.visit(Method::GET, "site", "/old").await;
    assert_eq!((old.status, old.header("location")), (301, Some("/new")));
    world
        .set_website("<RedirectAllRequestsTo><HostName>example.org</HostName></RedirectAllRequestsTo>")
        .await;
    let all = world.visit(Method::HEAD, "site", "/any/where").await;
    assert_eq!((all.status, all.header("location")), (301, Some("http://example.org/any/where")));
}

#[tokio::test]
async fn requests_are_logged_into_the_bucket_that_takes_them() {
    let world = world();
    for bucket in ["source", "target"] {
        world.make(bucket).await;
    }
    let service = "{\"Service\":\"logging.s3.amazonaws.com\"}";
    world.let_in("target", service, "s3:PutObject").await;
    let format = "<TargetObjectKeyFormat><PartitionedPrefix><PartitionDateSource>EventTime</PartitionDateSource></PartitionedPrefix>\
                  </TargetObjectKeyFormat>";
    let document = format!(
        "<BucketLoggingStatus><LoggingEnabled><TargetBucket>target</TargetBucket><TargetPrefix>p/</TargetPrefix>{format}\
         </LoggingEnabled></BucketLoggingStatus>"
    );
    world.put("/source?logging", document).await.is(200);
    let front = Arc::new(Front::new(world.room.clone()));
    world.before(front).request("PUT", "/source/a b").body("hello".to_owned()).send().await.is(200);
    world
        .before(Arc::new(Front::new(world.room.clone())))
        .request("GET", "/source/none")
        .send()
        .await
        .is(404);
    world
        .until("a log is there", async |world| {
            world.clock.advance(MINUTE);
            !world.keys("target").await.is_empty()
        })
        .await;
    let key = world.keys("target").await.remove(0);
    assert!(key.starts_with("p/000000000000/us-east-1/source/2026/01/02/2026-01-02-00-00-00-"), "{key}");
    let lines = world.get(&format!("/target/{key}")).await.is(200).text();
    let put = lines.lines().find(|line| line.contains("REST.PUT.OBJECT")).expect("it was logged");
    let fields: Vec<&str> = put.split(' ').collect();
    assert_eq!((fields[1], fields[2], fields[7]), ("source", "[02/Jan/2026:03:04:05", "REST.PUT.OBJECT"));
    assert!(put.contains(" a%20b \"PUT /source/a b HTTP/1.1\" 200 - - 5 "), "{put}");
    let get = lines.lines().find(|line| line.contains("REST.GET.OBJECT"));
    assert!(get.is_none_or(|line| line.contains(" 404 NoSuchKey ")), "{lines}");
}

/// Hears what functions are told.
#[derive(Default)]
struct Heard(Mutex<Vec<(String, serde_json::Value)>>);

impl Functions for Heard {
    fn invoke<'a>(
        &'a self,
        _: &'a Principal,
        _: &'a Arn,
        _: Bytes,
    ) -> BoxFuture<'a, Result<FunctionAnswer, PortError>> {
        Box::pin(ready(Err(PortError::Unavailable("only events".to_owned()))))
    }

    fn check<'a>(&'a self, _: &'a Principal, function: &'a Arn) -> BoxFuture<'a, Result<(), PortError>> {
        let is_there = function.as_str().ends_with(":function:told");
        let absent =
            || PortError::NotFound { code: "ResourceNotFoundException", message: "absent".to_owned() };
        Box::pin(ready(if is_there { Ok(()) } else { Err(absent()) }))
    }

    fn enqueue<'a>(
        &'a self,
        _: &'a Principal,
        function: &'a Arn,
        payload: Bytes,
    ) -> BoxFuture<'a, Result<(), PortError>> {
        let event = serde_json::from_slice(&payload).unwrap();
        self.0.lock().unwrap().push((function.to_string(), event));
        Box::pin(ready(Ok(())))
    }
}

#[tokio::test]
async fn functions_are_told_what_happens_to_the_keys_they_asked_for() {
    let world = world();
    world.make("bucket").await;
    let heard = Arc::new(Heard::default());
    world.room.state().tell_by(heard.clone());
    let document = |function: &str| {
        format!(
            "<NotificationConfiguration><CloudFunctionConfiguration><Id>one</Id><CloudFunction>arn:aws:lambda:us-east-1:000000000000:\
             function:{function}</CloudFunction><Event>s3:ObjectCreated:*</Event><Event>s3:ObjectRemoved:Delete</Event>\
             <Event>s3:ObjectTagging:Put</Event><Filter><S3Key><FilterRule><Name>prefix</Name><Value>in/</Value></FilterRule></S3Key>\
             </Filter></CloudFunctionConfiguration></NotificationConfiguration>"
        )
    };
    let refused = world.put("/bucket?notification", document("absent")).await.refused(400, "InvalidArgument");
    refused.has("ArgumentValue1", "The destination Lambda does not exist");
    world.put("/bucket?notification", document("told")).await.is(200);
    world.put("/bucket/in/a b", "hello".to_owned()).await.is(200);
    world.put("/bucket/out", "hello".to_owned()).await.is(200);
    let tags = "<Tagging><TagSet><Tag><Key>k</Key><Value>v</Value></Tag></TagSet></Tagging>";
    world.put("/bucket/in/a b?tagging", tags.to_owned()).await.is(200);
    world.delete("/bucket/in/a b").await.is(204);
    world.until("all is told", async |_| heard.0.lock().unwrap().len() == 3).await;
    let heard = heard.0.lock().unwrap();
    let names: Vec<&str> =
        heard.iter().map(|(_, event)| event["Records"][0]["eventName"].as_str().unwrap()).collect();
    assert_eq!(names, ["ObjectCreated:Put", "ObjectTagging:Put", "ObjectRemoved:Delete"]);
    let record = &heard[0].1["Records"][0];
    assert_eq!(record["s3"]["object"]["key"], "in/a+b");
    assert_eq!(record["s3"]["object"]["size"], 5);
    assert_eq!(record["s3"]["object"]["eTag"], "5d41402abc4b2a76b9719d911017c592");
    assert_eq!(record["s3"]["configurationId"], "one");
    assert_eq!(
        (&record["eventVersion"], &heard[1].1["Records"][0]["eventVersion"]),
        (&"2.1".into(), &"2.3".into())
    );
    assert!(heard[2].1["Records"][0]["s3"]["object"].get("size").is_none());
}

#[tokio::test]
async fn an_inventory_lists_what_is_there_every_day() {
    let world = world();
    for bucket in ["source", "target"] {
        world.make(bucket).await;
    }
    world.let_in("target", "{\"Service\":\"s3.amazonaws.com\"}", "s3:PutObject").await;
    for key in ["a b", "c"] {
        world.put(&format!("/source/{key}"), "hello".to_owned()).await.is(200);
    }
    let document = "<InventoryConfiguration><Destination><S3BucketDestination><Bucket>arn:aws:s3:::target</Bucket><Format>CSV</Format>\
                    <Prefix>p</Prefix></S3BucketDestination></Destination><IsEnabled>true</IsEnabled><Id>daily</Id>\
                    <IncludedObjectVersions>Current</IncludedObjectVersions><OptionalFields><Field>Size</Field><Field>ETag</Field>\
                    </OptionalFields><Schedule><Frequency>Daily</Frequency></Schedule></InventoryConfiguration>";
    world.put("/source?inventory&id=daily", document.to_owned()).await.is(204);
    for days in [1, 2] {
        world.clock.advance(DAY);
        world.until("a list is there", async |world| world.keys("target").await.len() == 3 * days).await;
    }
    let keys = world.keys("target").await;
    let ends = |end: &str| keys.iter().find(|key| key.ends_with(end)).cloned().unwrap();
    assert!(keys.contains(&"p/source/daily/2026-01-03T00-00Z/manifest.json".to_owned()), "{keys:?}");
    let manifest = world.get(&format!("/target/{}", ends("/manifest.json"))).await.is(200);
    let sum = world.get(&format!("/target/{}", ends("/manifest.checksum"))).await.is(200).text();
    assert_eq!(base::hex(&crypt::md5(&manifest.bytes)), sum);
    let told: serde_json::Value = serde_json::from_slice(&manifest.bytes).unwrap();
    assert_eq!(told["fileSchema"], "Bucket, Key, Size, ETag");
    let file = world.get(&format!("/target/{}", told["files"][0]["key"].as_str().unwrap())).await.is(200);
    let mut text = String::new();
    std::io::Read::read_to_string(&mut flate2::read::GzDecoder::new(&file.bytes[..]), &mut text).unwrap();
    let etag = "5d41402abc4b2a76b9719d911017c592";
    assert_eq!(text, format!("\"source\",\"a%20b\",\"5\",\"{etag}\"\n\"source\",\"c\",\"5\",\"{etag}\"\n"));
}

/// Writes rows as the lines they came as, behind the names and types of the columns.
struct AsLines;

impl Converter for AsLines {
    fn compile(&self, conversion: &Conversion) -> Result<Arc<dyn CompiledConversion>, NotConverted> {
        let column = |column: &ports::CatalogColumn| {
            format!("{} {}", column.name, column.kind.as_deref().unwrap_or("?"))
        };
        let columns: Vec<String> = conversion.columns.iter().map(column).collect();
        Ok(Arc::new(Columns(columns.join(","))))
    }
}

struct Columns(String);

impl CompiledConversion for Columns {
    fn begin(&self) -> Box<dyn ConvertedFile> {
        Box::new(Rows { text: format!("{}\n", self.0), rows: 0 })
    }
}

struct Rows {
    text: String,
    rows: u64,
}

impl ConvertedFile for Rows {
    fn push(&mut self, record: &[u8]) -> Result<(), NotConverted> {
        self.text.push_str(std::str::from_utf8(record).unwrap());
        self.text.push('\n');
        self.rows += 1;
        Ok(())
    }

    fn rows(&self) -> u64 {
        self.rows
    }

    fn buffered(&self) -> usize {
        self.text.len()
    }

    fn finish(self: Box<Self>) -> Result<Vec<Bytes>, NotConverted> {
        Ok(vec![self.text.into()])
    }
}

#[tokio::test]
async fn an_inventory_may_be_files_of_columns() {
    let world = world();
    world.room.state().convert_by(Arc::new(AsLines));
    for bucket in ["source", "target"] {
        world.make(bucket).await;
    }
    let enabled = "<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>";
    world.put("/source?versioning", enabled.to_owned()).await.is(200);
    world.let_in("target", "{\"Service\":\"s3.amazonaws.com\"}", "s3:PutObject").await;
    world.put("/source/a b", "hello".to_owned()).await.is(200);
    world.delete("/source/a b").await.is(204);
    for format in ["Parquet", "ORC"] {
        let document = format!(
            "<InventoryConfiguration><Destination><S3BucketDestination><Bucket>arn:aws:s3:::target</Bucket><Format>{format}</Format>\
             </S3BucketDestination></Destination><IsEnabled>true</IsEnabled><Id>{format}</Id><IncludedObjectVersions>All</IncludedObjectVersions>\
             <OptionalFields><Field>Size</Field><Field>LastModifiedDate</Field></OptionalFields><Schedule><Frequency>Daily</Frequency></Schedule>\
             </InventoryConfiguration>"
        );
        world.put(&format!("/source?inventory&id={format}"), document).await.is(204);
    }
    world.clock.advance(DAY);
    world.until("both lists are there", async |world| world.keys("target").await.len() == 6).await;
    for (format, ending, start) in
        [("Parquet", ".parquet", "message s3.inventory {"), ("ORC", ".orc", "struct<bucket:string,")]
    {
        let manifest =
            world.get(&format!("/target/source/{format}/2026-01-03T00-00Z/manifest.json")).await.is(200);
        let told: serde_json::Value = serde_json::from_slice(&manifest.bytes).unwrap();
        assert_eq!(told["fileFormat"], format);
        assert!(told["fileSchema"].as_str().unwrap().starts_with(start), "{told}");
        let key = told["files"][0]["key"].as_str().unwrap();
        assert!(key.ends_with(ending), "{key}");
        let file = world.get(&format!("/target/{key}")).await.is(200);
        assert_eq!(told["files"][0]["MD5checksum"], base::hex(&crypt::md5(&file.bytes)));
        let text = file.text();
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(
            lines[0],
            "bucket string,key string,version_id string,is_latest boolean,is_delete_marker boolean,size bigint,last_modified_date timestamp"
        );
        let rows: Vec<serde_json::Value> =
            lines[1..].iter().map(|line| serde_json::from_str(line).unwrap()).collect();
        assert_eq!(
            (rows.len(), &rows[0]["is_delete_marker"], &rows[0]["key"]),
            (2, &true.into(), &"a b".into())
        );
        assert_eq!((&rows[1]["size"], rows[0].get("size")), (&5.into(), None));
        assert!(rows[1]["last_modified_date"].is_number());
    }
}

/// Hears what is measured.
#[derive(Default)]
struct Measured(Mutex<Vec<(String, f64)>>);

impl Metrics for Measured {
    fn record(&self, _: base::AccountId, _: &base::Region, measurement: Measurement<'_>) {
        let dimensions: Vec<&str> = measurement.dimensions.iter().map(|(_, value)| *value).collect();
        let name = format!("{} {}", measurement.name, dimensions.join(" "));
        self.0.lock().unwrap().push((name, measurement.value));
    }

    fn log(&self, _: base::AccountId, _: &base::Region, _: &str, _: &str, _: base::Timestamp, _: String) {}
}

#[tokio::test]
async fn what_buckets_hold_is_told_once_a_day() {
    let world = world();
    let measured = Arc::new(Measured::default());
    world.room.state().tell_stock_to(measured.clone());
    world.make("bucket").await;
    for (key, class) in [("a", "STANDARD"), ("b", "STANDARD"), ("c", "GLACIER")] {
        let request = world.request("PUT", &format!("/bucket/{key}")).body("12345".to_owned());
        request.header("x-amz-storage-class", class).send().await.is(200);
    }
    // So that the task has begun to wait for midnight.
    tokio::task::yield_now().await;
    for days in [1, 2] {
        world.clock.advance(DAY);
        world.until("it is told", async |_| measured.0.lock().unwrap().len() == 5 * days).await;
    }
    let told = measured.0.lock().unwrap();
    let of = |name: &str| told.iter().find(|(there, _)| there == name).map(|(_, value)| *value);
    assert_eq!(of("BucketSizeBytes bucket StandardStorage"), Some(10.0));
    assert_eq!(of("BucketSizeBytes bucket GlacierStorage"), Some(5.0));
    assert_eq!(of("BucketSizeBytes bucket GlacierObjectOverhead"), Some(32_768.0));
    assert_eq!(of("NumberOfObjects bucket AllStorageTypes"), Some(3.0));
}
