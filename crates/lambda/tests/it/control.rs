//! Functions, versions, aliases, layers and what is set for them, without running any.

use serde_json::json;

use crate::world::{ECHO, ROLE, World, zip};

const F: &str = "/2015-03-31/functions";

#[tokio::test]
async fn a_function_is_made_shown_listed_and_deleted() {
    let world = World::new();
    let made = world.create("f", ECHO, json!({ "Tags": { "a": "b" } })).await;
    assert_eq!(made.status, 201, "{made:?}");
    let made = made.json();
    assert_eq!(made["FunctionArn"], "arn:aws:lambda:us-east-1:000000000000:function:f");
    assert_eq!(
        (made["Timeout"].as_i64(), made["MemorySize"].as_i64(), made["Version"].as_str()),
        (Some(3), Some(128), Some("$LATEST"))
    );
    assert_eq!(
        (made["State"].as_str(), made["LastUpdateStatus"].as_str()),
        (Some("Active"), Some("Successful"))
    );
    let shown = world.get(&format!("{F}/f")).await.json();
    assert_eq!(shown["Tags"], json!({ "a": "b" }));
    assert_eq!(shown["Configuration"]["CodeSha256"], made["CodeSha256"]);
    assert_eq!(world.get(F).await.json()["Functions"].as_array().unwrap().len(), 1);
    assert_eq!(world.create("f", ECHO, json!({})).await.message(), "Function already exist: f");
    assert_eq!(world.delete(&format!("{F}/f")).await.status, 204);
    let gone = world.get(&format!("{F}/f")).await;
    assert_eq!((gone.status, gone.code()), (404, "ResourceNotFoundException"));
    assert_eq!(gone.message(), "Function not found: arn:aws:lambda:us-east-1:000000000000:function:f");
    assert_eq!(gone.json()["Type"], "User");
}

#[tokio::test]
async fn what_cannot_be_is_refused_in_the_services_words() {
    let world = World::new();
    let refused = world.create("f", ECHO, json!({ "Code": { "ZipFile": "bm8gemlw" } })).await;
    assert_eq!(
        refused.message(),
        "Could not unzip uploaded file. Please check your file, then try to upload again."
    );
    let refused = world.create("f", ECHO, json!({ "Code": { "S3Bucket": "bucket", "S3Key": "none" } })).await;
    assert_eq!(
        refused.message(),
        "Error occurred while GetObject. S3 Error Code: NoSuchKey. S3 Error Message: The specified key does not exist."
    );
    let refused = world.create("f", ECHO, json!({ "Role": "arn:aws:iam::000000000000:role/stranger" })).await;
    assert_eq!(refused.message(), "The role defined for the function cannot be assumed by Lambda.");
    let refused = world.create("f", ECHO, json!({ "Timeout": 901 })).await;
    assert_eq!((refused.status, refused.code()), (400, "ValidationException"));
    let refused =
        world.create("f", ECHO, json!({ "Environment": { "Variables": { "AWS_REGION": "x" } } })).await;
    assert!(refused.message().ends_with("Reserved keys used in this request: AWS_REGION"), "{refused:?}");
    let long = "x".repeat(5_000);
    let refused = world.create("f", ECHO, json!({ "Environment": { "Variables": { "A1": long } } })).await;
    assert!(refused.message().contains("exceeded the 4KB limit"), "{refused:?}");
    let refused = world.create("f", ECHO, json!({ "Runtime": "nodejs14.x" })).await;
    assert!(refused.message().contains("no longer supported"), "{refused:?}");
    assert_eq!(
        world
            .create("f", ECHO, json!({ "Code": { "S3Bucket": "bucket", "S3Key": "code.zip" } }))
            .await
            .status,
        201
    );
}

#[tokio::test]
async fn versions_are_numbered_once_and_aliases_point_to_them() {
    let world = World::new();
    world.create("f", ECHO, json!({})).await;
    let first = world.post(&format!("{F}/f/versions"), json!({})).await.json();
    assert_eq!(first["Version"], "1");
    assert_eq!(world.post(&format!("{F}/f/versions"), json!({})).await.json()["Version"], "1");
    world.put(&format!("{F}/f/configuration"), json!({ "Description": "other" })).await;
    assert_eq!(world.post(&format!("{F}/f/versions"), json!({})).await.json()["Version"], "2");
    let listed = world.get(&format!("{F}/f/versions")).await.json();
    let versions: Vec<_> =
        listed["Versions"].as_array().unwrap().iter().map(|one| one["Version"].as_str().unwrap()).collect();
    assert_eq!(versions, ["$LATEST", "1", "2"]);
    let alias = json!({ "Name": "live", "FunctionVersion": "1", "RoutingConfig": { "AdditionalVersionWeights": { "2": 0.5 } } });
    let made = world.post(&format!("{F}/f/aliases"), alias.clone()).await;
    assert_eq!(
        (made.status, made.json()["RoutingConfig"]["AdditionalVersionWeights"]["2"].as_f64()),
        (201, Some(0.5))
    );
    assert_eq!(world.post(&format!("{F}/f/aliases"), alias).await.status, 409);
    let held = world.delete(&format!("{F}/f?Qualifier=2")).await;
    assert_eq!((held.status, held.code()), (409, "ResourceConflictException"));
    let stale =
        world.put(&format!("{F}/f/aliases/live"), json!({ "Description": "x", "RevisionId": "old" })).await;
    assert_eq!((stale.status, stale.code()), (412, "PreconditionFailedException"));
    let same = json!({ "RoutingConfig": { "AdditionalVersionWeights": { "1": 0.5 } } });
    let refused = world.put(&format!("{F}/f/aliases/live"), same).await;
    assert!(refused.message().contains("already included in routing configuration"), "{refused:?}");
    assert_eq!(world.delete(&format!("{F}/f/aliases/live")).await.status, 204);
    assert_eq!(world.delete(&format!("{F}/f?Qualifier=2")).await.status, 204);
    assert_eq!(world.delete(&format!("{F}/f?Qualifier=$LATEST")).await.status, 400);
}

#[tokio::test]
async fn a_version_keeps_its_code_when_the_function_gets_another() {
    let world = World::new();
    let before = world.create("f", ECHO, json!({ "Publish": true })).await.json();
    let code = base64_simd::STANDARD.encode_to_string(zip(&[("app.py", "def handler(e, c): return 'new'")]));
    let after = world.put(&format!("{F}/f/code"), json!({ "ZipFile": code })).await.json();
    assert_ne!(before["CodeSha256"], after["CodeSha256"]);
    let version = world.get(&format!("{F}/f/configuration?Qualifier=1")).await.json();
    assert_eq!(version["CodeSha256"], before["CodeSha256"]);
}

#[tokio::test]
async fn transitions_take_their_time_and_end_with_another_revision() {
    let world = World::with(World::new().store, true);
    let made = world.create("f", ECHO, json!({})).await.json();
    assert_eq!(
        (made["State"].as_str(), made["StateReasonCode"].as_str()),
        (Some("Pending"), Some("Creating"))
    );
    assert_eq!(world.invoke("f", json!({})).await.code(), "ResourceConflictException");
    world.clock.advance(std::time::Duration::from_secs(60));
    let settled = world.get(&format!("{F}/f/configuration")).await.json();
    assert_eq!(settled["State"], "Active");
    assert_ne!(settled["RevisionId"], made["RevisionId"]);
    let changing = world.put(&format!("{F}/f/configuration"), json!({ "Timeout": 5 })).await.json();
    assert_eq!(changing["LastUpdateStatus"], "InProgress");
    assert_eq!(world.put(&format!("{F}/f/configuration"), json!({ "Timeout": 6 })).await.status, 409);
}

#[tokio::test]
async fn permissions_make_a_policy_and_are_taken_away() {
    let world = World::new();
    world.create("f", ECHO, json!({})).await;
    let permission = json!({
        "StatementId": "s3", "Action": "lambda:InvokeFunction", "Principal": "s3.amazonaws.com", "SourceArn": "arn:aws:s3:::bucket",
    });
    let added = world.post(&format!("{F}/f/policy"), permission.clone()).await;
    assert_eq!(added.status, 201, "{added:?}");
    let again = world.post(&format!("{F}/f/policy"), permission).await;
    assert!(
        again.status == 409 && again.message().starts_with("The statement id (s3) provided already exists.")
    );
    let policy = world.get(&format!("{F}/f/policy")).await.json();
    let document: serde_json::Value = serde_json::from_str(policy["Policy"].as_str().unwrap()).unwrap();
    assert_eq!(document["Id"], "default");
    assert_eq!(document["Statement"][0]["Condition"]["ArnLike"]["AWS:SourceArn"], "arn:aws:s3:::bucket");
    assert_eq!(world.delete(&format!("{F}/f/policy/other")).await.status, 404);
    assert_eq!(world.delete(&format!("{F}/f/policy/s3")).await.status, 204);
    assert_eq!(world.get(&format!("{F}/f/policy")).await.status, 404);
}

#[tokio::test]
async fn layers_are_numbered_and_a_function_may_use_five() {
    let world = World::new();
    let content = base64_simd::STANDARD.encode_to_string(zip(&[("python/lib.py", "X = 1")]));
    let layer = json!({ "Content": { "ZipFile": content }, "CompatibleRuntimes": ["python3.12"] });
    for number in [1, 2] {
        let made = world.post("/2018-10-31/layers/l/versions", layer.clone()).await;
        assert_eq!((made.status, made.json()["Version"].as_i64()), (201, Some(number)));
    }
    let listed = world.get("/2018-10-31/layers/l/versions").await.json();
    assert_eq!(listed["LayerVersions"][0]["Version"], 2);
    assert_eq!(
        world.get("/2018-10-31/layers").await.json()["Layers"][0]["LatestMatchingVersion"]["Version"],
        2
    );
    let arn = |number: u32| format!("arn:aws:lambda:us-east-1:000000000000:layer:l:{number}");
    let refused = world.create("f", ECHO, json!({ "Layers": [arn(1), arn(2)] })).await;
    assert!(refused.message().starts_with("Two different versions of the same layer"), "{refused:?}");
    assert_eq!(world.create("f", ECHO, json!({ "Layers": [arn(9)] })).await.status, 400);
    assert_eq!(world.create("f", ECHO, json!({ "Layers": [arn(1)] })).await.status, 201);
    assert_eq!(world.delete("/2018-10-31/layers/l/versions/1").await.status, 204);
    assert_eq!(world.get("/2018-10-31/layers/l/versions/1").await.status, 404);
    assert_eq!(world.get(&format!("{F}/f/configuration")).await.json()["Layers"][0]["Arn"], arn(1));
}

#[tokio::test]
async fn what_is_set_for_a_function_is_shown() {
    let world = World::new();
    world.create("f", ECHO, json!({})).await;
    let put =
        world.put("/2017-10-31/functions/f/concurrency", json!({ "ReservedConcurrentExecutions": 5 })).await;
    assert_eq!(put.json()["ReservedConcurrentExecutions"], 5);
    assert_eq!(world.get(&format!("{F}/f")).await.json()["Concurrency"]["ReservedConcurrentExecutions"], 5);
    let refused = world
        .put("/2017-10-31/functions/f/concurrency", json!({ "ReservedConcurrentExecutions": 901 }))
        .await;
    assert!(refused.message().contains("below its minimum value of [100]"), "{refused:?}");
    let settings = world.get("/2016-08-19/account-settings").await.json();
    assert_eq!(settings["AccountLimit"]["UnreservedConcurrentExecutions"], 995);
    let config = "/2019-09-25/functions/f/event-invoke-config";
    assert_eq!(world.get(config).await.status, 404);
    assert_eq!(world.put(config, json!({})).await.status, 400);
    let put = world.put(config, json!({ "MaximumRetryAttempts": 1 })).await.json();
    assert_eq!(
        (put["MaximumRetryAttempts"].as_i64(), put["DestinationConfig"]["OnSuccess"].is_object()),
        (Some(1), true)
    );
    let url = world.post("/2021-10-31/functions/f/url", json!({ "AuthType": "NONE" })).await;
    assert!(url.json()["FunctionUrl"].as_str().unwrap().contains(".lambda-url.us-east-1.on.aws/"));
    let arn = "arn:aws:lambda:us-east-1:000000000000:function:f";
    assert_eq!(
        world.post(&format!("/2017-03-31/tags/{arn}"), json!({ "Tags": { "k": "v" } })).await.status,
        204
    );
    assert_eq!(world.get(&format!("/2017-03-31/tags/{arn}")).await.json()["Tags"]["k"], "v");
    assert!(ROLE.ends_with("function"));
}
