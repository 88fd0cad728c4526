//! Functions at their URLs.

use std::net::{IpAddr, Ipv4Addr};

use base::AccountId;
use base64_simd::STANDARD;
use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, Method, Version};
use ports::{FunctionUrls, Principal, UrlName, UrlRequest};
use serde_json::{Value, json};

use crate::world::{Answer, ROLE, World, zip};

const ANSWERS: &str = r#"
def handler(event, context):
    if event["rawPath"] == "/raise": raise ValueError("told to")
    if event["rawPath"] == "/plain": return "hello"
    return {"statusCode": 201, "headers": {"X-Own": "1", "Access-Control-Allow-Origin": "own"}, "cookies": ["a=1"],
            "body": event["requestContext"]["http"]["method"] + " " + event.get("body", "")}
"#;

/// Writes its answer piece by piece; `fail`: and breaks off.
const STREAMS: &str = r#"
exports.handler = awslambda.streamifyResponse(async (event, answer) => {
  const path = event.rawPath || event.path;
  if (path === "/early") throw new Error("before");
  if (path === "/head") answer = awslambda.HttpResponseStream.from(answer, { statusCode: 418, headers: { "X-Own": "1" }, cookies: ["a=1"] });
  else answer.setContentType("text/plain");
  answer.write("one ");
  await new Promise((resolve) => setTimeout(resolve, 20));
  if (path === "/late") throw new Error("after");
  answer.write("two");
  answer.end();
});
"#;

struct Site<'w> {
    world: &'w World,
    id: String,
    principal: Principal,
}

impl<'w> Site<'w> {
    async fn of(world: &'w World, body: Value) -> Site<'w> {
        let made = world.post("/2021-10-31/functions/f/url", body).await;
        assert_eq!(made.status, 201, "{made:?}");
        let text = made.json()["FunctionUrl"].as_str().unwrap().to_owned();
        let id = text.strip_prefix("https://").and_then(|rest| rest.split('.').next()).unwrap().to_owned();
        Site { world, id, principal: Principal::root(AccountId::DEFAULT) }
    }

    async fn send(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &'static str) -> Answer {
        let mut map = HeaderMap::new();
        map.insert("content-type", HeaderValue::from_static("text/plain"));
        for (name, value) in headers {
            map.insert(HeaderName::try_from(*name).unwrap(), HeaderValue::try_from(*value).unwrap());
        }
        let request = UrlRequest {
            url: UrlName { id: self.id.clone(), region: "us-east-1".to_owned() },
            method: Method::from_bytes(method.as_bytes()).unwrap(),
            version: Version::HTTP_11,
            path: path.to_owned(),
            query: String::new(),
            host: format!("{}.lambda-url.us-east-1.localhost", self.id),
            headers: map,
            body: Bytes::from_static(body.as_bytes()),
            principal: self.principal.clone(),
            access_key_id: (!self.principal.is_anonymous()).then(|| "test".to_owned()),
            source_ip: IpAddr::V4(Ipv4Addr::LOCALHOST),
            secure: false,
            request_id: "r".to_owned(),
        };
        let answer = self.world.room.state().serve(request).await;
        let headers =
            answer.headers.iter().map(|(name, value)| (name.to_string(), value.to_str().unwrap().to_owned()));
        let headers = headers.collect();
        Answer {
            status: answer.status,
            headers,
            bytes: answer.body.collect(1 << 20).await.unwrap_or_else(|_| Bytes::from_static(b"cut off")),
        }
    }
}

fn text(answer: &Answer) -> (u16, &str) {
    (answer.status, std::str::from_utf8(&answer.bytes).unwrap())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_function_answers_at_its_url_whom_the_policies_let_in() {
    let world = World::new();
    world.create("f", ANSWERS, json!({})).await;
    let mut site = Site::of(&world, json!({ "AuthType": "AWS_IAM" })).await;
    let answer = site.send("PUT", "/x", &[], "given").await;
    assert_eq!(text(&answer), (201, "PUT given"));
    assert_eq!((answer.headers["x-own"].as_str(), answer.headers["set-cookie"].as_str()), ("1", "a=1"));
    assert_eq!(text(&site.send("GET", "/plain", &[], "").await), (200, "hello"));
    assert_eq!(text(&site.send("GET", "/raise", &[], "").await), (502, "Internal Server Error"));
    site.principal = Principal::anonymous();
    let refused = site.send("GET", "/plain", &[], "").await;
    assert_eq!(text(&refused), (403, "{\"Message\":\"Forbidden\"}"));
    assert_eq!(refused.code(), "AccessDeniedException");
    site.principal = Principal::root(AccountId::DEFAULT);
    let id = std::mem::replace(&mut site.id, "nobody".to_owned());
    assert_eq!(text(&site.send("GET", "/", &[], "").await), (403, "{\"Message\":null}"));
    site.id = id;
    assert_eq!(world.delete("/2021-10-31/functions/f/url").await.status, 204);
    assert_eq!(text(&site.send("GET", "/", &[], "").await), (403, "{\"Message\":null}"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_policy_for_everybody_means_everybody_who_signs() {
    let world = World::new();
    world.create("f", ANSWERS, json!({})).await;
    let mut site = Site::of(&world, json!({ "AuthType": "AWS_IAM" })).await;
    for (id, action) in [("one", "lambda:InvokeFunctionUrl"), ("two", "lambda:InvokeFunction")] {
        let permission = json!({ "StatementId": id, "Action": action, "Principal": "*" });
        let added = world.post("/2015-03-31/functions/f/policy", permission).await;
        assert_eq!(added.status, 201, "{added:?}");
    }
    assert_eq!(text(&site.send("GET", "/plain", &[], "").await), (200, "hello"));
    site.principal = Principal::anonymous();
    assert_eq!(text(&site.send("GET", "/plain", &[], "").await), (403, "{\"Message\":\"Forbidden\"}"));
}

#[tokio::test(flavor = "multi_thread")]
async fn rules_for_scripts_go_before_the_functions_own_headers() {
    let world = World::new();
    world.create("f", ANSWERS, json!({})).await;
    let cors = json!({ "AllowOrigins": ["https://a.b"], "AllowMethods": ["PUT"] });
    let site = Site::of(&world, json!({ "AuthType": "AWS_IAM", "Cors": cors })).await;
    let from = ("origin", "https://a.b");
    let asked = site.send("OPTIONS", "/", &[from, ("access-control-request-method", "PUT")], "").await;
    assert_eq!((asked.status, asked.headers["access-control-allow-methods"].as_str()), (200, "PUT"));
    let answer = site.send("PUT", "/", &[from], "").await;
    assert_eq!(answer.headers["access-control-allow-origin"], "https://a.b");
    let other = site.send("PUT", "/", &[("origin", "https://c.d")], "").await;
    assert_eq!((other.status, other.headers.get("access-control-allow-origin")), (201, None));
}

#[tokio::test(flavor = "multi_thread")]
async fn answers_are_handed_on_while_they_are_written() {
    let has_node = std::process::Command::new("node").arg("--version").output().is_ok();
    if !has_node {
        eprintln!("this machine has no node: streams are not tested");
        return;
    }
    let world = World::new();
    let code = STANDARD.encode_to_string(zip(&[("app.js", STREAMS)]));
    let made = json!({
        "FunctionName": "f", "Runtime": "nodejs22.x", "Role": ROLE, "Handler": "app.handler", "Code": { "ZipFile": code },
        "Timeout": 10, "MemorySize": 512,
    });
    assert_eq!(world.post("/2015-03-31/functions", made).await.status, 201);
    let site = Site::of(&world, json!({ "AuthType": "AWS_IAM", "InvokeMode": "RESPONSE_STREAM" })).await;
    let plain = site.send("GET", "/plain", &[], "").await;
    assert_eq!((text(&plain), plain.headers["content-type"].as_str()), ((200, "one two"), "text/plain"));
    let headed = site.send("GET", "/head", &[], "").await;
    assert_eq!(text(&headed), (418, "one two"));
    assert_eq!((headed.headers["x-own"].as_str(), headed.headers["set-cookie"].as_str()), ("1", "a=1"));
    assert_eq!(text(&site.send("GET", "/early", &[], "").await), (502, "Internal Server Error"));
    assert_eq!(text(&site.send("GET", "/late", &[], "").await), (200, "cut off"));
    assert_eq!(text(&site.send("GET", "/plain", &[], "").await), (200, "one two"));

    let path = "/2021-11-15/functions/f/response-streaming-invocations";
    for (event, wanted) in
        [("/plain", ["one ", "two", "InvokeComplete"]), ("/late", ["one ", "Error", "after"])]
    {
        let answer = world.post(path, json!({ "path": event })).await;
        assert_eq!(answer.status, 200, "{answer:?}");
        let frames = String::from_utf8_lossy(&answer.bytes).into_owned();
        assert!(wanted.iter().all(|part| frames.contains(part)), "{frames}");
    }
    // The same through Invoke: the whole of it at once.
    assert_eq!(&world.invoke("f", json!({ "path": "/plain" })).await.bytes[..], b"one two");
}
