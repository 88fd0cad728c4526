//! What the policies are asked.

use std::sync::{Arc, Mutex};

use futures_util::future::BoxFuture;
use serde_json::json;
use service::{Access, Authorizer, Caller, Denied};

use crate::harness::{n, s, world_judged};

/// Writes down what it is asked, and refuses what it was told to.
#[derive(Default)]
struct Witness {
    asked: Mutex<Vec<Access>>,
    refuses: Mutex<Option<&'static str>>,
}

impl Authorizer for Witness {
    fn allow<'a>(&'a self, caller: &'a Caller, access: &'a Access) -> BoxFuture<'a, Result<(), Denied>> {
        self.asked.lock().unwrap().push(access.clone());
        let refused = *self.refuses.lock().unwrap() == Some(access.action);
        let denied = Denied {
            action: access.action,
            resource: access.resource.clone(),
            principal: caller.principal.arn(),
            because: "because of a test".to_owned(),
            hint: None,
        };
        Box::pin(std::future::ready(if refused { Err(denied) } else { Ok(()) }))
    }
}

impl Witness {
    /// The questions since last time: action, resource, and the values of a condition key.
    fn take(&self, key: &str) -> Vec<(&'static str, String, Vec<String>)> {
        let asked = std::mem::take(&mut *self.asked.lock().unwrap());
        let values = |access: &Access| {
            access.context.iter().filter(|(name, _)| name == key).map(|(_, value)| value.clone()).collect()
        };
        asked.iter().map(|access| (access.action, access.resource.clone(), values(access))).collect()
    }
}

const TABLE: &str = "arn:aws:dynamodb:us-east-1:000000000000:table/values";

#[tokio::test]
async fn every_call_asks_about_its_table_and_the_keys_it_touches() {
    let witness = Arc::new(Witness::default());
    let world = world_judged(witness.clone());
    world.create_ranged("values", "N").await;
    let asked = witness.take("aws:TagKeys");
    assert_eq!(asked, [("dynamodb:CreateTable", TABLE.to_owned(), vec![])]);

    let key = json!({"pk": s("a"), "sk": n(1)});
    world.put("values", key.clone()).await;
    world.get("values", key.clone()).await;
    let leading = |action| (action, TABLE.to_owned(), vec!["a".to_owned()]);
    let asked = witness.take("dynamodb:LeadingKeys");
    assert_eq!(asked, [leading("dynamodb:PutItem"), leading("dynamodb:GetItem")]);

    let query = json!({
        "TableName": "values", "KeyConditionExpression": "#p = :p", "ExpressionAttributeNames": {"#p": "pk"},
        "ExpressionAttributeValues": {":p": s("a")},
    });
    world.call("Query", query).await.ok();
    assert_eq!(witness.take("dynamodb:LeadingKeys"), [leading("dynamodb:Query")]);

    let by_index = json!({"TableName": "values", "IndexName": "some"});
    world.call("Scan", by_index).await.refused("ValidationException");
    assert_eq!(witness.take("x")[0].1, format!("{TABLE}/index/some"));

    let items = json!([
        {"Put": {"TableName": "values", "Item": {"pk": s("a"), "sk": n(1)}}},
        {"ConditionCheck": {"TableName": "values", "Key": {"pk": s("a"), "sk": n(2)}, "ConditionExpression": "attribute_not_exists(pk)"}},
    ]);
    world.call("TransactWriteItems", json!({"TransactItems": items})).await.ok();
    let asked = witness.take("dynamodb:LeadingKeys");
    assert_eq!(asked, [leading("dynamodb:PutItem"), leading("dynamodb:ConditionCheckItem")]);

    let get = json!({"TableName": "values", "Key": key, "ProjectionExpression": "x, y.z"});
    world.call("GetItem", get).await.ok();
    assert_eq!(witness.take("dynamodb:Attributes")[0].2, ["pk", "sk", "x", "y"]);
}

#[tokio::test]
async fn who_may_not_is_told_so_before_anything_is_looked_at() {
    let witness = Arc::new(Witness::default());
    let world = world_judged(witness.clone());
    *witness.refuses.lock().unwrap() = Some("dynamodb:GetItem");
    let get = json!({"TableName": "missing", "Key": {"pk": s("a")}});
    let answer = world.call("GetItem", get).await;
    let text = answer.refused("AccessDeniedException");
    assert!(
        text.contains("is not authorized to perform: dynamodb:GetItem on resource: arn:aws:dynamodb:"),
        "{text}"
    );
}
