//! A room over a store, and a caller.

use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;
use std::time::Duration;

use base::{AccountId, Clock, Random, Region, Secret, Timestamp};
use futures_util::future::BoxFuture;
use kms::{Kms, Parts};
use ports::Principal;
use serde_json::{Value, json};
use service::metering::Meter;
use service::{
    AnyRoom, AuthSource, Authorizer, Caller, Incoming, Room, RoomParts, RootOnly, Tasks, Timer, Tokens,
};
use storage::Model;
use store::Store;

/// 2026-01-02T00:00:00Z.
pub(crate) const START: Timestamp = Timestamp::from_secs(1_767_312_000);
pub(crate) const DAY: Duration = Duration::from_secs(86_400);
/// A key that no world has.
pub(crate) const NO_KEY: &str = "00000000-0000-0000-0000-000000000000";

pub(crate) struct World {
    pub(crate) clock: Clock,
    pub(crate) room: Arc<Room<Kms>>,
    pub(crate) tasks: Tasks,
    pub(crate) store: Arc<dyn Store>,
}

/// A world whose root may everything.
pub(crate) fn world() -> World {
    world_under(Arc::new(RootOnly))
}

pub(crate) fn world_under(authorizer: Arc<dyn Authorizer>) -> World {
    let clock = Clock::manual(START);
    let model = Model::new(clock.clone(), Random::seeded(1));
    world_over(model, clock, authorizer, 2)
}

pub(crate) fn world_over(
    store: Arc<dyn Store>,
    clock: Clock,
    authorizer: Arc<dyn Authorizer>,
    seed: u64,
) -> World {
    let tasks = Tasks::new(Timer::new(clock.clone()));
    let parts = RoomParts { clock: clock.clone(), authorizer, meter: Arc::new(Meter::default()) };
    let room = kms::room(Parts {
        store: store.clone(),
        room: parts,
        random: Random::seeded(seed),
        principals: Arc::new(Everyone),
        tokens: Tokens::new(Secret::new(*b"tokens")),
        tasks: tasks.clone(),
        root: Secret::new([42; 32]),
    });
    World { clock, room: Arc::new(room), tasks, store }
}

/// Every user exists, by an id that follows from the name; but `ghost` does not.
struct Everyone;

impl ports::Principals for Everyone {
    fn find_key<'a>(
        &'a self,
        _: &'a str,
    ) -> BoxFuture<'a, Result<Option<ports::AccessKey>, ports::PortError>> {
        Box::pin(std::future::ready(Ok(None)))
    }

    fn unique_id<'a>(&'a self, arn: &'a str) -> BoxFuture<'a, Result<Option<String>, ports::PortError>> {
        let name = arn.rsplit('/').next().filter(|name| *name != "ghost");
        Box::pin(std::future::ready(Ok(name.map(id_of))))
    }

    fn arn_of<'a>(&'a self, id: &'a str) -> BoxFuture<'a, Result<Option<String>, ports::PortError>> {
        let name = id.trim_start_matches("AIDA").trim_end_matches('7').to_lowercase();
        let gone = name == "gone";
        let arn = format!("arn:aws:iam::000000000000:user/{name}");
        Box::pin(std::future::ready(Ok((!gone).then_some(arn))))
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
        assert_eq!(self.body["__type"], code, "{}", self.body);
        assert_eq!(self.status, 400, "{}", self.body);
        let text = self.body.get("message").or_else(|| self.body.get("Message"));
        text.and_then(Value::as_str).unwrap_or_default().to_owned()
    }
}

pub(crate) fn root() -> Principal {
    Principal::root(AccountId::DEFAULT)
}

pub(crate) fn user(name: &str) -> Principal {
    user_of(AccountId::DEFAULT, name)
}

pub(crate) fn user_of(account: AccountId, name: &str) -> Principal {
    let user = base::Arn::global("iam", account, &format!("user/{name}"));
    let kind = ports::PrincipalKind::User { user, id: id_of(name) };
    Principal::new(account, kind)
}

/// The unique id of the user of this name: 21 characters.
pub(crate) fn id_of(name: &str) -> String {
    format!("AIDA{:7<17}", name.to_uppercase())
}

pub(crate) fn account(number: u64) -> AccountId {
    AccountId::from_u64(number).unwrap()
}

impl World {
    pub(crate) async fn call(&self, operation: &str, input: Value) -> Answer {
        self.call_as(root(), operation, input).await
    }

    pub(crate) async fn call_as(&self, principal: Principal, operation: &str, input: Value) -> Answer {
        self.call_in(Region::us_east_1(), principal, operation, input).await
    }

    pub(crate) async fn call_in(
        &self,
        region: Region,
        principal: Principal,
        operation: &str,
        input: Value,
    ) -> Answer {
        let answer = self.room.call(incoming(principal, region, operation, input.to_string())).await;
        let status = answer.status;
        let bytes = answer.body.collect(64 << 20).await.unwrap();
        let body = if bytes.is_empty() { Value::Null } else { serde_json::from_slice(&bytes).unwrap() };
        Answer { status, body }
    }

    /// Creates a symmetric key. Returns its id.
    pub(crate) async fn key(&self) -> String {
        self.create(json!({})).await
    }

    /// Creates a key. Returns its id.
    pub(crate) async fn create(&self, input: Value) -> String {
        text(&self.call("CreateKey", input).await.ok()["KeyMetadata"]["KeyId"])
    }

    pub(crate) async fn metadata(&self, key: &str) -> Value {
        self.call("DescribeKey", json!({"KeyId": key})).await.ok()["KeyMetadata"].clone()
    }

    pub(crate) async fn state(&self, key: &str) -> String {
        text(&self.metadata(key).await["KeyState"])
    }

    /// Encrypts a text. Returns the ciphertext in base64.
    pub(crate) async fn encrypt(&self, key: &str, plaintext: &str) -> String {
        let input = json!({"KeyId": key, "Plaintext": base64(plaintext)});
        text(&self.call("Encrypt", input).await.ok()["CiphertextBlob"])
    }

    /// Decrypts a ciphertext in base64.
    pub(crate) async fn decrypt(&self, ciphertext: &str) -> String {
        let opened = self.call("Decrypt", json!({"CiphertextBlob": ciphertext})).await.ok();
        plain(&opened["Plaintext"])
    }

    /// Lets what is due happen: the task wakes when the clock moves.
    pub(crate) async fn pass(&self, by: Duration) {
        self.clock.pass(by);
        for _ in 0..200 {
            tokio::task::yield_now().await;
        }
    }
}

/// A request as the door hands it on.
fn incoming(principal: Principal, region: Region, operation: &str, body: String) -> Incoming {
    let caller = Caller {
        principal,
        access_key_id: Some("test".to_owned()),
        auth: AuthSource::HeaderV4,
        region,
        source_ip: IpAddr::V4(Ipv4Addr::LOCALHOST),
        secure: false,
        user_agent: None,
        referer: None,
        signed_at: None,
    };
    let head = wire::Head {
        method: http::Method::POST,
        path: "/".to_owned(),
        query: Vec::new(),
        headers: http::HeaderMap::new(),
        labels: Vec::new(),
    };
    Incoming {
        protocol: wire::Protocol::Json11,
        operation: kms::shapes::KMS.operation(operation).expect("the model has the operation"),
        head,
        body: body.into(),
        caller,
        request_id: "request".to_owned(),
        host_id: String::new(),
    }
}

pub(crate) fn arn(id: &str) -> String {
    format!("arn:aws:kms:us-east-1:000000000000:key/{id}")
}

pub(crate) fn base64(data: impl AsRef<[u8]>) -> String {
    base64_simd::STANDARD.encode_to_string(data)
}

pub(crate) fn bytes(value: &Value) -> Vec<u8> {
    base64_simd::STANDARD.decode_to_vec(text(value)).unwrap()
}

/// A text that came as base64.
pub(crate) fn plain(value: &Value) -> String {
    String::from_utf8(bytes(value)).unwrap()
}

pub(crate) fn text(value: &Value) -> String {
    value.as_str().unwrap_or_else(|| panic!("`{value}` is no text")).to_owned()
}

/// The texts in a list under a name.
pub(crate) fn texts(list: &Value, name: &str) -> Vec<String> {
    list.as_array().unwrap().iter().map(|item| text(&item[name])).collect()
}
