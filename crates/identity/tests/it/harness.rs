//! Both rooms over a store, callers by their access keys, and questions as other rooms ask them.

use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;

use base::{AccountId, Clock, Random, Region, Secret, Timestamp};
use identity::engine::naming::url_encoded;
use identity::{Identity, Keyring, Parts};
use ports::{Principal, Principals};
use service::metering::Meter;
use service::{Access, AnyRoom, AuthSource, Authorizer, Caller, Denied, Incoming, Room, RoomParts, Tokens};
use storage::Model;
use store::Store;

/// 2026-01-02T00:00:00Z.
pub(crate) const START: Timestamp = Timestamp::from_secs(1_767_312_000);
/// Another account, whose root signs with its number.
pub(crate) const OTHER: &str = "000000000042";

pub(crate) struct World {
    pub(crate) clock: Clock,
    pub(crate) store: Arc<Model>,
    pub(crate) identity: Arc<Identity>,
    iam: Room<Identity>,
    sts: Room<Identity>,
}

pub(crate) fn world() -> World {
    let clock = Clock::manual(START);
    let store = Model::new(clock.clone(), Random::seeded(1));
    world_over(store, clock, 2)
}

pub(crate) fn world_over(store: Arc<Model>, clock: Clock, seed: u64) -> World {
    let identity = identity::open(Parts {
        store: store.clone(),
        clock: clock.clone(),
        random: Random::seeded(seed),
        keyring: Keyring::Conventional { account: AccountId::DEFAULT },
        secrets: Secret::new([7; 32]),
        tokens: Tokens::new(Secret::new(*b"tokens")),
        outbound: outbound::Client::new(outbound::Rules::public().with_loopback(true)),
        explain: true,
    });
    let parts =
        RoomParts { clock: clock.clone(), authorizer: identity.clone(), meter: Arc::new(Meter::default()) };
    let iam = identity::iam(identity.clone(), parts.clone());
    let sts = identity::sts(identity.clone(), parts);
    World { clock, store, identity, iam, sts }
}

/// Credentials, without the secret: signatures are the door's.
#[derive(Clone, Debug)]
pub(crate) struct Key {
    pub(crate) id: String,
    pub(crate) secret: String,
    pub(crate) token: Option<String>,
}

pub(crate) fn root() -> Key {
    Key { id: "test".to_owned(), secret: "test".to_owned(), token: None }
}

pub(crate) fn other_root() -> Key {
    Key { id: OTHER.to_owned(), secret: "test".to_owned(), token: None }
}

/// An answer.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) xml: String,
}

impl Answer {
    #[track_caller]
    pub(crate) fn ok(self) -> Self {
        assert_eq!(self.status, 200, "{}", self.xml);
        self
    }

    /// Asserts that the call was refused with this code, and returns the text.
    #[track_caller]
    pub(crate) fn refused(&self, code: &str) -> String {
        assert_eq!(self.all("Code"), [code], "{}", self.xml);
        self.all("Message").first().cloned().unwrap_or_default()
    }

    /// What all elements of this name hold.
    pub(crate) fn all(&self, name: &str) -> Vec<String> {
        let (open, close) = (format!("<{name}>"), format!("</{name}>"));
        let parts = self.xml.split(&open).skip(1);
        let texts = parts.filter_map(|part| part.split(&close).next());
        texts
            .map(|text| {
                text.replace("&quot;", "\"").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
            })
            .collect()
    }

    /// What the only element of this name holds.
    #[track_caller]
    pub(crate) fn one(&self, name: &str) -> String {
        let all = self.all(name);
        assert_eq!(all.len(), 1, "one `{name}` in {}", self.xml);
        all.into_iter().next().unwrap()
    }

    /// The credentials in it.
    pub(crate) fn key(&self) -> Key {
        Key {
            id: self.one("AccessKeyId"),
            secret: self.one("SecretAccessKey"),
            token: self.all("SessionToken").into_iter().next(),
        }
    }
}

/// A policy of these statements.
pub(crate) fn policy(statements: &str) -> String {
    format!(r#"{{"Version":"2012-10-17","Statement":[{statements}]}}"#)
}

pub(crate) fn allow(action: &str, resource: &str) -> String {
    policy(&format!(r#"{{"Effect":"Allow","Action":"{action}","Resource":"{resource}"}}"#))
}

pub(crate) fn trust(principal: &str) -> String {
    policy(&format!(
        r#"{{"Effect":"Allow","Principal":{{"AWS":"{principal}"}},"Action":["sts:AssumeRole","sts:TagSession","sts:SetSourceIdentity"]}}"#
    ))
}

impl World {
    /// Calls IAM as the root of the default account.
    pub(crate) async fn iam(&self, operation: &str, members: &[(&str, &str)]) -> Answer {
        self.call(&root(), "iam", operation, members).await
    }

    pub(crate) async fn call(
        &self,
        key: &Key,
        service: &str,
        operation: &str,
        members: &[(&str, &str)],
    ) -> Answer {
        let Some(caller) = self.caller(key).await else {
            return Answer { status: 403, xml: "<Code>InvalidClientTokenId</Code>".to_owned() };
        };
        let (room, version): (&Room<Identity>, &str) = match service {
            "iam" => (&self.iam, "2010-05-08"),
            _ => (&self.sts, "2011-06-15"),
        };
        let mut form = format!("Action={operation}&Version={version}");
        for (name, value) in members {
            form.push_str(&format!("&{name}={}", url_encoded(value)));
        }
        let head = wire::Head {
            method: http::Method::POST,
            path: "/".to_owned(),
            query: Vec::new(),
            headers: http::HeaderMap::new(),
            labels: Vec::new(),
        };
        let incoming = Incoming {
            protocol: wire::Protocol::Query,
            operation: room.service().operation(operation).expect("the model has the operation"),
            head,
            body: form.into(),
            caller,
            request_id: "request".to_owned(),
            host_id: String::new(),
        };
        let answer = room.call(incoming).await;
        let bytes = answer.body.collect(16 << 20).await.unwrap();
        Answer { status: answer.status, xml: String::from_utf8(bytes.to_vec()).unwrap() }
    }

    /// Who signs with this key, as the door would find out; `None` if it would refuse it.
    pub(crate) async fn caller(&self, key: &Key) -> Option<Caller> {
        let found = self.identity.find_key(&key.id).await.unwrap()?;
        let session = found.session.as_ref();
        let good = found.active
            && found.secret.expose() == key.secret.as_bytes()
            && session.is_none_or(|session| {
                key.token.as_ref().is_some_and(|token| session.token.expose() == token.as_bytes())
                    && session.expires > self.clock.now()
            });
        good.then(|| Caller {
            principal: found.principal.clone(),
            access_key_id: Some(key.id.clone()),
            auth: AuthSource::HeaderV4,
            region: Region::us_east_1(),
            source_ip: IpAddr::V4(Ipv4Addr::new(203, 0, 113, 7)),
            secure: false,
            user_agent: None,
            referer: None,
            signed_at: None,
        })
    }

    /// Asks as another room does.
    pub(crate) async fn may(&self, key: &Key, action: &'static str, resource: &str) -> Result<(), Denied> {
        let Some(caller) = self.caller(key).await else { panic!("the key {} is refused", key.id) };
        let access = Access::owned(action, resource, AccountId::DEFAULT);
        self.identity.allow(&caller, &access).await
    }

    /// Asks on behalf of a role that a service was given.
    pub(crate) async fn role_may(&self, role: &str, action: &'static str, resource: &str) -> bool {
        let principal = Principal::role(AccountId::DEFAULT, role.parse().unwrap(), "delivery");
        let caller = Caller::internal(principal, Region::us_east_1());
        let access = Access::owned(action, resource, AccountId::DEFAULT);
        self.identity.allow(&caller, &access).await.is_ok()
    }

    /// Makes a user with an inline policy and a key.
    pub(crate) async fn user(&self, name: &str, document: Option<&str>) -> Key {
        self.iam("CreateUser", &[("UserName", name)]).await.ok();
        if let Some(document) = document {
            let members = [("UserName", name), ("PolicyName", "inline"), ("PolicyDocument", document)];
            self.iam("PutUserPolicy", &members).await.ok();
        }
        self.iam("CreateAccessKey", &[("UserName", name)]).await.ok().key()
    }

    /// Makes a role with an inline policy. Returns its ARN.
    pub(crate) async fn role(&self, name: &str, trust: &str, document: &str) -> String {
        let members = [("RoleName", name), ("AssumeRolePolicyDocument", trust)];
        let arn = self.iam("CreateRole", &members).await.ok().one("Arn");
        let members = [("RoleName", name), ("PolicyName", "inline"), ("PolicyDocument", document)];
        self.iam("PutRolePolicy", &members).await.ok();
        arn
    }

    pub(crate) async fn assume(&self, key: &Key, role: &str, more: &[(&str, &str)]) -> Answer {
        let mut members = vec![("RoleArn", role), ("RoleSessionName", "sess")];
        members.extend_from_slice(more);
        self.call(key, "sts", "AssumeRole", &members).await
    }

    /// Everything that is stored, keys and values.
    pub(crate) async fn everything_stored(&self) -> Vec<u8> {
        let scan = store::Scan {
            start: bytes::Bytes::new(),
            end: bytes::Bytes::from_static(&[0xff; 4]),
            reverse: false,
            limit: 100_000,
        };
        let rows = self.store.snapshot().scan(scan).await.unwrap();
        rows.into_iter().flat_map(|(key, row)| [key.to_vec(), row.value.to_vec()].concat()).collect()
    }
}
