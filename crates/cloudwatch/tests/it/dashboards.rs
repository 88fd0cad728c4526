//! Dashboards.

use serde_json::json;

use crate::harness::world;

#[tokio::test]
async fn a_dashboard_is_kept_as_it_was_put() {
    let world = world();
    let body = r#"{"widgets":[{"type":"text","properties":{"markdown":"hello"}}]}"#;
    let put = world.call("PutDashboard", json!({"DashboardName": "d", "DashboardBody": body})).await.ok();
    assert_eq!(put["DashboardValidationMessages"], json!([]));
    let got = world.call("GetDashboard", json!({"DashboardName": "d"})).await.ok();
    assert_eq!(
        (&got["DashboardBody"], &got["DashboardArn"]),
        (&json!(body), &json!("arn:aws:cloudwatch::000000000000:dashboard/d"))
    );
    let odd = world.call("PutDashboard", json!({"DashboardName": "e", "DashboardBody": "{}"})).await.ok();
    assert_eq!(odd["DashboardValidationMessages"].as_array().unwrap().len(), 1);
    let listed = world.call("ListDashboards", json!({"DashboardNamePrefix": "d"})).await.ok();
    assert_eq!(listed["DashboardEntries"][0]["Size"], body.len());
    world
        .call("PutDashboard", json!({"DashboardName": "a b", "DashboardBody": "{}"}))
        .await
        .refused("DashboardInvalidInputError");
    world
        .call("PutDashboard", json!({"DashboardName": "d", "DashboardBody": "[]"}))
        .await
        .refused("DashboardInvalidInputError");
    let none = world.call("DeleteDashboards", json!({"DashboardNames": ["d", "none"]})).await;
    assert_eq!(none.refused("DashboardNotFoundError"), "Dashboard none does not exist");
    world.call("DeleteDashboards", json!({"DashboardNames": ["d", "e"]})).await.ok();
    world.call("GetDashboard", json!({"DashboardName": "d"})).await.refused("DashboardNotFoundError");
}
