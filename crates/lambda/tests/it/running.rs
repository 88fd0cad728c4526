//! Functions in real processes: what they see, what they answer, and that nothing of them outlives its bounds.

use base64_simd::STANDARD;
use bytes::Bytes;
use serde_json::json;

use crate::world::{ECHO, World, has_sandboxes, zip};

#[tokio::test(flavor = "multi_thread")]
async fn a_warm_environment_serves_again_and_sees_nothing_of_the_server() {
    if !has_sandboxes() {
        return;
    }
    let world = World::new();
    world.create("f", ECHO, json!({ "Environment": { "Variables": { "OWN": "v" } } })).await;
    let first = world.invoke("f", json!({ "x": [1, "é"] })).await;
    assert_eq!((first.status, first.code()), (200, ""), "{first:?}");
    let answer = first.json();
    assert_eq!((&answer["x"], &answer["n"], &answer["env"]), (&json!([1, "é"]), &json!(1), &json!("v")));
    assert_eq!(answer["secrets"], json!([]));
    assert!(answer["left"].as_i64().unwrap() <= 3_000);
    assert_eq!(first.headers["x-amz-executed-version"], "$LATEST");
    let tail =
        String::from_utf8(STANDARD.decode_to_vec(&first.headers["x-amz-log-result"]).unwrap()).unwrap();
    assert!(
        tail.contains("START RequestId") && tail.contains("line [1, 'é']") && tail.contains("Init Duration"),
        "{tail}"
    );
    assert_eq!(world.invoke("f", json!({})).await.json()["n"], 2);
    let lines = world.told.lines.lock().unwrap().clone();
    assert!(lines.iter().any(|line| line.starts_with("/aws/lambda/f REPORT RequestId")), "{lines:?}");
    assert_eq!(world.told.counts.lock().unwrap()["Invocations"], 2.0);
}

#[tokio::test(flavor = "multi_thread")]
async fn failures_are_told_and_what_died_is_replaced() {
    let world = World::new();
    world.create("f", ECHO, json!({ "Timeout": 1 })).await;
    let raised = world.invoke("f", json!({ "raise": true })).await;
    assert_eq!((raised.status, raised.headers["x-amz-function-error"].as_str()), (200, "Unhandled"));
    let error = raised.json();
    assert_eq!(
        (error["errorType"].as_str(), error["errorMessage"].as_str()),
        (Some("ValueError"), Some("told to"))
    );
    assert!(error["stackTrace"][0].as_str().unwrap().contains("/var/task/app.py"), "{error}");
    assert_eq!(world.invoke("f", json!({})).await.json()["n"], 2);
    let exited = world.invoke("f", json!({ "exit": true })).await.json();
    assert_eq!(exited["errorType"], "Runtime.ExitError");
    assert!(exited["errorMessage"].as_str().unwrap().ends_with("Runtime exited with error: exit status 3"));
    assert_eq!(world.invoke("f", json!({})).await.json()["n"], 1);
    let late = world.invoke("f", json!({ "spin": true })).await.json();
    assert_eq!(late["errorType"], "Sandbox.Timedout");
    assert!(late["errorMessage"].as_str().unwrap().ends_with("Task timed out after 1.00 seconds"));
    assert_eq!(world.told.counts.lock().unwrap()["Errors"], 3.0);
}

#[tokio::test(flavor = "multi_thread")]
async fn memory_disk_and_log_are_bounded() {
    if !has_sandboxes() {
        return;
    }
    let world = World::new();
    world.create("f", ECHO, json!({ "Timeout": 60 })).await;
    let eaten = world.invoke("f", json!({ "eat": 1_500 })).await.json();
    assert!(matches!(eaten["errorType"].as_str(), Some("Runtime.OutOfMemory" | "MemoryError")), "{eaten}");
    // No space is left on the device.
    assert_eq!(world.invoke("f", json!({ "fill": 600 })).await.json(), json!(28));
    for path in ["/var/task/x", "/etc/x", "/usr/x", "/x"] {
        assert_eq!(world.invoke("f", json!({ "write": path })).await.json(), json!("OSError"), "{path}");
    }
    let flooded = world.invoke("f", json!({ "flood": 30_000 })).await;
    assert_eq!(flooded.headers.get("x-amz-function-error"), None, "{flooded:?}");
    let bytes: usize = world.told.lines.lock().unwrap().iter().map(String::len).sum();
    assert!(bytes < 20 << 20, "{bytes}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_function_forks_ends_with_its_environment() {
    if !has_sandboxes() {
        return;
    }
    let world = World::new();
    world.create("f", ECHO, json!({})).await;
    let marks = || {
        let all = std::fs::read_dir("/proc").unwrap().flatten();
        let lines = all.filter_map(|entry| std::fs::read(entry.path().join("cmdline")).ok());
        lines.filter(|line| line.starts_with(b"sleep\x00600\x00")).count()
    };
    let before = marks();
    assert!(world.invoke("f", json!({ "fork": true })).await.json().is_i64());
    world.until("the fork", || marks() > before).await;
    world.delete("/2015-03-31/functions/f").await;
    world.until("its end", || marks() == before).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_handler_that_is_not_there_says_so() {
    let world = World::new();
    for (handler, kind) in [
        ("app.none", "Runtime.HandlerNotFound"),
        ("none.handler", "Runtime.ImportModuleError"),
        ("app", "Runtime.MalformedHandlerName"),
    ] {
        let name = handler.replace('.', "-");
        world.create(&name, ECHO, json!({ "Handler": handler })).await;
        let answer = world.invoke(&name, json!({})).await;
        assert_eq!(answer.json()["errorType"], kind, "{answer:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn events_and_answers_have_their_bounds() {
    let world = World::new();
    world.create("f", "def handler(e, c):\n    return 'y' * e['n']\n", json!({})).await;
    let path = "/2015-03-31/functions/f/invocations";
    let large = format!("{{\"n\": 1, \"pad\": \"{}\"}}", "p".repeat(6_300_000));
    let refused = world.send("POST", path, large.into(), &[]).await;
    assert_eq!((refused.status, refused.code()), (413, "RequestEntityTooLargeException"));
    let queued = format!("\"{}\"", "p".repeat(1_100_000));
    let refused = world.send("POST", path, queued.into(), &[("x-amz-invocation-type", "Event")]).await;
    assert!(
        refused.message().ends_with("too large for the Event invocation type (limit 1048576 bytes)"),
        "{refused:?}"
    );
    let refused = world.send("POST", path, Bytes::from_static(b"{no"), &[]).await;
    assert_eq!((refused.status, refused.code()), (400, "InvalidRequestContentException"));
    let answer = world.invoke("f", json!({ "n": 6_400_000 })).await;
    assert_eq!(answer.json()["errorType"], "Function.ResponseSizeTooLarge");
    assert_eq!(world.invoke("f", json!({ "n": 3 })).await.json(), json!("yyy"));
}

#[tokio::test(flavor = "multi_thread")]
async fn reserved_concurrency_throttles() {
    let world = World::new();
    world.create("f", ECHO, json!({})).await;
    world.put("/2017-10-31/functions/f/concurrency", json!({ "ReservedConcurrentExecutions": 0 })).await;
    let refused = world.invoke("f", json!({})).await;
    assert_eq!((refused.status, refused.code()), (429, "TooManyRequestsException"));
    assert_eq!(refused.json()["Reason"], "ReservedFunctionConcurrentInvocationLimitExceeded");
}

#[tokio::test(flavor = "multi_thread")]
async fn node_and_a_bootstrap_of_ones_own_run_too() {
    if !has_sandboxes() {
        return;
    }
    let world = World::new();
    let code = "exports.handler = async (e, c) => ({ x: e.x * 2, left: c.getRemainingTimeInMillis() > 0, id: c.awsRequestId });";
    let code = STANDARD.encode_to_string(zip(&[("index.js", code)]));
    let more = json!({ "Runtime": "nodejs20.x", "Handler": "index.handler", "Code": { "ZipFile": code } });
    world.create("node", "", more).await;
    let answer = world.invoke("node", json!({ "x": 21 })).await;
    // A machine without Node.js says so.
    if answer.code() != "InvalidRuntimeException" {
        assert_eq!((&answer.json()["x"], &answer.json()["left"]), (&json!(42), &json!(true)), "{answer:?}");
    }
    let script = "#!/bin/sh\nset -e\nB=http://$AWS_LAMBDA_RUNTIME_API/2018-06-01/runtime/invocation\n\
                  while true; do H=$(mktemp); curl -sS -D $H -o /dev/null $B/next\n\
                  ID=$(grep -i request-id $H | tr -d '\\r' | cut -d' ' -f2); curl -sS -d '\"own\"' $B/$ID/response >/dev/null; done\n";
    let code = STANDARD.encode_to_string(zip(&[("bootstrap", script)]));
    let more = json!({ "Runtime": "provided.al2023", "Handler": "none", "Code": { "ZipFile": code } });
    world.create("own", "", more).await;
    let answer = world.invoke("own", json!({})).await;
    assert_eq!(answer.json(), json!("own"), "{answer:?}");
    world.create("none", "", json!({ "Runtime": "java21" })).await;
    let refused = world.invoke("none", json!({})).await;
    assert_eq!((refused.status, refused.code()), (502, "InvalidRuntimeException"));
}

#[tokio::test(flavor = "multi_thread")]
async fn layers_lie_over_each_other() {
    if !has_sandboxes() {
        return;
    }
    let world = World::new();
    for (name, text) in [("a", "X = 'a'"), ("b", "X = 'b'")] {
        let content = STANDARD.encode_to_string(zip(&[("python/lib.py", text)]));
        world
            .post(
                &format!("/2018-10-31/layers/{name}/versions"),
                json!({ "Content": { "ZipFile": content } }),
            )
            .await;
    }
    let arn = |name: &str| format!("arn:aws:lambda:us-east-1:000000000000:layer:{name}:1");
    let code = "import lib\ndef handler(e, c): return lib.X\n";
    world.create("f", code, json!({ "Layers": [arn("a"), arn("b")] })).await;
    let answer = world.invoke("f", json!({})).await;
    assert_eq!(answer.json(), json!("b"), "{answer:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_function_of_this_room_serves_others_by_its_port() {
    use ports::{Functions, Principal};
    let world = World::new();
    world.create("f", ECHO, json!({})).await;
    let arn: base::Arn = "arn:aws:lambda:us-east-1:000000000000:function:f".parse().unwrap();
    let role: base::Arn = "arn:aws:iam::000000000000:role/delivery".parse().unwrap();
    let principal = Principal::role(base::AccountId::DEFAULT, role, "s");
    let lambda = world.room.state();
    let answer = lambda.invoke(&principal, &arn, Bytes::from_static(b"{\"x\": 1}")).await.unwrap();
    assert_eq!((answer.error, answer.version.as_str()), (None, "$LATEST"));
    let stranger = Principal::root("000000000001".parse().unwrap());
    let denied = lambda.invoke(&stranger, &arn, Bytes::from_static(b"{}")).await;
    assert!(matches!(denied, Err(ports::PortError::Denied(_))), "{denied:?}");
    let missing: base::Arn = "arn:aws:lambda:us-east-1:000000000000:function:none".parse().unwrap();
    let missing = lambda.invoke(&principal, &missing, Bytes::new()).await;
    assert!(matches!(missing, Err(ports::PortError::NotFound { .. })), "{missing:?}");
}

/// Tells what it is told, by a shell and curl.
const EXTENSION: &str = r#"#!/bin/sh
base="http://$AWS_LAMBDA_RUNTIME_API/2020-01-01/extension"
id=$(curl -s -D - -o /dev/null -H "Lambda-Extension-Name: told" -d '{"events":["INVOKE","SHUTDOWN"]}' "$base/register" | tr -d '\r' | sed -n 's/^lambda-extension-identifier: //ip')
while :; do
  event=$(curl -s -H "Lambda-Extension-Identifier: $id" "$base/event/next")
  echo "EXTENSION $event"
  case "$event" in *SHUTDOWN*) exit 0;; esac
done
"#;

#[tokio::test(flavor = "multi_thread")]
async fn an_extension_is_told_of_events_and_of_the_end() {
    let has_curl = std::process::Command::new("curl").arg("--version").output().is_ok();
    if !has_curl {
        eprintln!("this machine has no curl: extensions are not tested");
        return;
    }
    let world = World::new();
    let code = STANDARD.encode_to_string(zip(&[("extensions/told", EXTENSION)]));
    let layer =
        world.post("/2018-10-31/layers/l/versions", json!({ "Content": { "ZipFile": code } })).await.json();
    world.create("f", ECHO, json!({ "Layers": [layer["LayerVersionArn"]], "Timeout": 20 })).await;
    let answer = world.invoke("f", json!({ "x": 1 })).await;
    assert_eq!(answer.json()["n"], 1, "{answer:?}");
    assert_eq!(world.invoke("f", json!({ "x": 2 })).await.json()["n"], 2);
    let told = |what: &str| {
        let lines = world.told.lines.lock().unwrap();
        lines.iter().filter(|line| line.contains("EXTENSION") && line.contains(what)).count()
    };
    world.delete("/2015-03-31/functions/f").await;
    world.until("the end", || told("\"spindown\"") == 1).await;
    assert_eq!(told("\"INVOKE\""), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_extension_that_fails_takes_its_environment_along() {
    if !has_sandboxes() {
        return;
    }
    let world = World::new();
    let code = STANDARD.encode_to_string(zip(&[("extensions/bad", "#!/bin/sh\nexit 3\n")]));
    let layer =
        world.post("/2018-10-31/layers/l/versions", json!({ "Content": { "ZipFile": code } })).await.json();
    world.create("f", ECHO, json!({ "Layers": [layer["LayerVersionArn"]] })).await;
    assert_eq!(world.invoke("f", json!({})).await.json()["errorType"], "Extension.Crash");
}

/// Tries to become root of a namespace, by each of the two ways.
const CLIMBER: &str = r#"
import ctypes, threading
libc = ctypes.CDLL(None, use_errno=True)
def handler(event, context):
    ran = []
    thread = threading.Thread(target=lambda: ran.append(1)); thread.start(); thread.join()
    unshared = libc.unshare(0x10000000), ctypes.get_errno()
    cloned = libc.syscall(event["clone"], 0x10000000 | 17, 0, 0, 0, 0), ctypes.get_errno()
    return {"ran": ran, "unshared": unshared, "cloned": cloned}
"#;

#[tokio::test(flavor = "multi_thread")]
async fn a_function_makes_no_namespaces_but_threads() {
    if !has_sandboxes() || !matches!(std::env::consts::ARCH, "x86_64" | "aarch64") {
        return;
    }
    let clone = if std::env::consts::ARCH == "x86_64" { 56 } else { 220 };
    let world = World::new();
    world.create("f", CLIMBER, json!({})).await;
    let answer = world.invoke("f", json!({ "clone": clone })).await.json();
    assert_eq!(answer, json!({ "ran": [1], "unshared": [-1, 1], "cloned": [-1, 1] }));
}
