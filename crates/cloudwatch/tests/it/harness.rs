//! Both rooms over a store and a clock that stands still, and a caller.

use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;
use std::time::Duration;

use base::{AccountId, Clock, Random, Region, Secret, Timestamp};
use cloudwatch::{CloudWatch, Parts};
use http::{HeaderMap, Method};
use ports::Principal;
use serde_json::Value;
use service::metering::Meter;
use service::{AnyRoom, AuthSource, Authorizer, Caller, Incoming, RoomParts, RootOnly, Tasks, Timer, Tokens};
use storage::Model;
use store::Store;
use wire::Protocol;

/// 2026-01-02T00:00:00Z.
pub(crate) const START: Timestamp = Timestamp::from_secs(1_767_312_000);
pub(crate) const MINUTE: Duration = Duration::from_secs(60);
pub(crate) const HOUR: Duration = Duration::from_secs(3_600);
pub(crate) const DAY: Duration = Duration::from_secs(86_400);

pub(crate) struct World {
    pub(crate) clock: Clock,
    pub(crate) watch: Arc<CloudWatch>,
    pub(crate) tasks: Tasks,
    pub(crate) store: Arc<dyn Store>,
    monitoring: Arc<dyn AnyRoom>,
    logs: Arc<dyn AnyRoom>,
}

/// A world whose root may everything.
pub(crate) fn world() -> World {
    world_under(Arc::new(RootOnly))
}

pub(crate) fn world_under(authorizer: Arc<dyn Authorizer>) -> World {
    let clock = Clock::manual(START);
    world_over(Model::new(clock.clone(), Random::seeded(1)), clock, authorizer)
}

pub(crate) fn world_over(store: Arc<dyn Store>, clock: Clock, authorizer: Arc<dyn Authorizer>) -> World {
    let tasks = Tasks::new(Timer::new(clock.clone()));
    let watch = cloudwatch::open(Parts {
        store: store.clone(),
        clock: clock.clone(),
        random: Random::seeded(2),
        tokens: Tokens::new(Secret::new(*b"tokens")),
    });
    let parts = RoomParts { clock: clock.clone(), authorizer, meter: Arc::new(Meter::default()) };
    World {
        clock,
        tasks,
        store,
        monitoring: Arc::new(cloudwatch::monitoring(watch.clone(), parts.clone())),
        logs: Arc::new(cloudwatch::logs(watch.clone(), parts)),
        watch,
    }
}

/// An answer.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) body: Value,
}

impl Answer {
    #[track_caller]
    pub(crate) fn ok(self) -> Value {
        assert_eq!(self.status, 200, "{}", self.body);
        self.body
    }

    /// Asserts that the call was refused, and returns the text.
    #[track_caller]
    pub(crate) fn refused(self, code: &str) -> String {
        let name = self.body["__type"].as_str().unwrap_or_default().rsplit('#').next().unwrap_or_default();
        assert_eq!(name, code, "{}", self.body);
        let text = self.body.get("message").or_else(|| self.body.get("Message"));
        text.and_then(Value::as_str).unwrap_or_default().to_owned()
    }
}

impl World {
    /// Asks CloudWatch.
    pub(crate) async fn call(&self, operation: &str, input: Value) -> Answer {
        self.call_as(Principal::root(AccountId::DEFAULT), operation, input).await
    }

    pub(crate) async fn call_as(&self, principal: Principal, operation: &str, input: Value) -> Answer {
        let (status, bytes) = self
            .raw(&*self.monitoring, Protocol::Json10, principal, operation, input.to_string().into_bytes())
            .await;
        Answer { status, body: serde_json::from_slice(&bytes).unwrap_or(Value::Null) }
    }

    /// Asks CloudWatch in any protocol.
    pub(crate) async fn call_in(&self, protocol: Protocol, operation: &str, body: Vec<u8>) -> (u16, Vec<u8>) {
        self.raw(&*self.monitoring, protocol, Principal::root(AccountId::DEFAULT), operation, body).await
    }

    /// Asks CloudWatch Logs.
    pub(crate) async fn logs(&self, operation: &str, input: Value) -> Answer {
        self.logs_as(Principal::root(AccountId::DEFAULT), operation, input).await
    }

    pub(crate) async fn logs_as(&self, principal: Principal, operation: &str, input: Value) -> Answer {
        let body = input.to_string().into_bytes();
        let (status, bytes) = self.raw(&*self.logs, Protocol::Json11, principal, operation, body).await;
        Answer { status, body: serde_json::from_slice(&bytes).unwrap_or(Value::Null) }
    }

    async fn raw(
        &self,
        room: &dyn AnyRoom,
        protocol: Protocol,
        principal: Principal,
        operation: &str,
        body: Vec<u8>,
    ) -> (u16, Vec<u8>) {
        let operation = room.service().operation(operation).expect("the service has it");
        let head = wire::Head {
            method: Method::POST,
            path: "/".to_owned(),
            query: Vec::new(),
            headers: HeaderMap::new(),
            labels: Vec::new(),
        };
        let caller = Caller {
            principal,
            access_key_id: Some("test".to_owned()),
            auth: AuthSource::HeaderV4,
            region: Region::us_east_1(),
            source_ip: IpAddr::V4(Ipv4Addr::LOCALHOST),
            secure: false,
            user_agent: None,
            referer: None,
            signed_at: None,
        };
        let incoming = Incoming {
            protocol,
            operation,
            head,
            body: body.into(),
            caller,
            request_id: "11111111-2222-3333-4444-555555555555".to_owned(),
            host_id: String::new(),
        };
        let answer = room.call(incoming).await;
        let bytes = answer.body.collect(16 << 20).await.expect("answers are whole");
        (answer.status, bytes.to_vec())
    }

    /// Puts one value.
    pub(crate) async fn put(&self, metric: &str, value: f64) {
        let data = serde_json::json!([{"MetricName": metric, "Value": value}]);
        self.call("PutMetricData", serde_json::json!({"Namespace": "N", "MetricData": data})).await.ok();
    }
}

/// A time as JSON has it.
pub(crate) fn secs(at: Timestamp) -> i64 {
    at.as_secs()
}
