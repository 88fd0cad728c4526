//! A room over a store, and a caller.

use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;

use base::{AccountId, Clock, Random, Region, Secret, Timestamp};
use body::{Body, Trailers};
use bytes::Bytes;
use futures_util::future::BoxFuture;
use http::{HeaderMap, HeaderName, HeaderValue, Method};
use policy::{Context, Decision, Kin, Question, Rule, Who};
use ports::{Principal, PrincipalKind};
use s3::{Parts, S3, Settings};
use service::metering::Meter;
use service::{
    Access, AnyRoom, AuthSource, Authorizer, Caller, Denied, Incoming, ResourceRule, Room, RoomParts, Tasks,
    Timer, Tokens,
};
use storage::Model;
use store::Store;

/// 2026-01-02T03:04:05.678Z.
pub(crate) const START: Timestamp = Timestamp::from_millis(1_767_323_045_678);

pub(crate) struct World {
    pub(crate) clock: Clock,
    pub(crate) room: Arc<Room<S3>>,
    /// Only set for a world over the model.
    pub(crate) model: Option<Arc<Model>>,
    _tasks: Tasks,
}

/// A world over the model.
pub(crate) fn world() -> World {
    let clock = Clock::manual(START);
    let model = Model::new(clock.clone(), Random::seeded(1));
    let mut world = world_over(model.clone(), clock, Settings::default());
    world.model = Some(model);
    world
}

/// A world whose parts may be small.
pub(crate) fn world_of_small_parts() -> World {
    let clock = Clock::manual(START);
    let model = Model::new(clock.clone(), Random::seeded(1));
    let mut world = world_over(model.clone(), clock, Settings { part_bytes_min: 1, ..Settings::default() });
    world.model = Some(model);
    world
}

pub(crate) fn world_over(store: Arc<dyn Store>, clock: Clock, settings: Settings) -> World {
    world_with_keys(store, clock, settings, None)
}

pub(crate) fn world_with_keys(
    store: Arc<dyn Store>,
    clock: Clock,
    settings: Settings,
    kms: Option<Arc<dyn ports::KeyService>>,
) -> World {
    world_among(store, clock, settings, kms, None)
}

/// A world with users, or with what knows their devices.
pub(crate) fn world_among(
    store: Arc<dyn Store>,
    clock: Clock,
    settings: Settings,
    kms: Option<Arc<dyn ports::KeyService>>,
    principals: Option<Arc<dyn ports::Principals>>,
) -> World {
    let tasks = Tasks::new(Timer::new(clock.clone()));
    let room = s3::room(Parts {
        store,
        room: RoomParts {
            clock: clock.clone(),
            authorizer: Arc::new(Judge),
            meter: Arc::new(Meter::default()),
        },
        random: crypt::random(),
        tokens: Tokens::new(Secret::new(*b"tokens")),
        tasks: tasks.clone(),
        masters: s3::Masters::new(&Secret::new(*b"master-key-5555555555-kkkkkkkkkk")),
        principals,
        kms,
        settings,
    });
    World { clock, room: Arc::new(room), model: None, _tasks: tasks }
}

/// Judges by what the bucket says; nobody has policies of their own.
struct Judge;

impl Authorizer for Judge {
    fn allow<'a>(&'a self, caller: &'a Caller, access: &'a Access) -> BoxFuture<'a, Result<(), Denied>> {
        let principal = &caller.principal;
        let kind = match &principal.kind {
            PrincipalKind::Root => Kin::Root,
            PrincipalKind::User { user, id } => Kin::User { arn: user, id },
            // Known by its ARN alone: without IAM it acts for its account.
            PrincipalKind::Role { id: None, .. } => Kin::Root,
            PrincipalKind::Role { role, session, .. } => Kin::Role { role, id: None, session },
            PrincipalKind::Federated { user, name } => Kin::Federated { user, id: None, name },
            PrincipalKind::Service { name, .. } => Kin::Service { name },
            PrincipalKind::Anonymous => Kin::Anonymous,
        };
        let context = Context::of(&access.context);
        let decision = policy::evaluate(&Question {
            who: Who { account: principal.account, kind, canonical: None },
            action: access.action,
            resource: &access.resource,
            owner: access.owner,
            context: &context,
            identity: &[],
            boundary: None,
            session: None,
            resource_policy: access.resource_side.policy.as_deref(),
            granted: access.resource_side.granted,
            rule: match access.resource_side.rule {
                ResourceRule::Usual => Rule::Usual,
                ResourceRule::KeyPolicy => Rule::KeyPolicy,
                ResourceRule::TrustPolicy => Rule::TrustPolicy,
                ResourceRule::RootAlways => Rule::RootAlways,
            },
        });
        let answer = match decision {
            Decision::Allowed(_) => Ok(()),
            Decision::Denied(denied) => Err(Denied {
                action: access.action,
                resource: access.resource.clone(),
                principal: principal.arn(),
                because: denied.reason(access.action),
                hint: None,
            }),
        };
        Box::pin(std::future::ready(answer))
    }
}

/// A request being put together.
pub(crate) struct Request<'w> {
    world: &'w World,
    method: Method,
    path: String,
    query: Vec<(String, String)>,
    headers: HeaderMap,
    body: Body,
    principal: Principal,
    auth: AuthSource,
    region: Region,
    /// What the request goes to, where that is not the room itself.
    front: Option<Arc<dyn AnyRoom>>,
}

/// A world whose requests go to what stands before the room.
pub(crate) struct Before<'w>(&'w World, Arc<dyn AnyRoom>);

impl<'w> Before<'w> {
    pub(crate) fn request(&self, method: &str, target: &str) -> Request<'w> {
        Request { front: Some(self.1.clone()), ..self.0.request(method, target) }
    }
}

/// An answer.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) bytes: Bytes,
}

impl World {
    /// A request: `PUT`, `/bucket/key?name=value&flag`. The query is given decoded.
    pub(crate) fn request(&self, method: &str, target: &str) -> Request<'_> {
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        let query = query.split('&').filter(|pair| !pair.is_empty()).map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            (name.to_owned(), value.to_owned())
        });
        Request {
            world: self,
            method: method.parse().unwrap(),
            path: path.to_owned(),
            query: query.collect(),
            headers: HeaderMap::from_iter([(http::header::HOST, HeaderValue::from_static("localhost:4566"))]),
            body: Body::empty(),
            principal: Principal::root(AccountId::DEFAULT),
            auth: AuthSource::HeaderV4,
            region: Region::us_east_1(),
            front: None,
        }
    }

    /// What stands before the room takes the requests.
    pub(crate) fn before(&self, front: Arc<dyn AnyRoom>) -> Before<'_> {
        Before(self, front)
    }

    pub(crate) async fn get(&self, target: &str) -> Answer {
        self.request("GET", target).send().await
    }

    pub(crate) async fn put(&self, target: &str, body: impl Into<Body>) -> Answer {
        self.request("PUT", target).body(body).send().await
    }

    pub(crate) async fn delete(&self, target: &str) -> Answer {
        self.request("DELETE", target).send().await
    }

    pub(crate) async fn make(&self, bucket: &str) {
        self.put(&format!("/{bucket}"), Body::empty()).await.is(200);
    }
}

impl Request<'_> {
    pub(crate) fn header(mut self, name: &str, value: &str) -> Self {
        let name = HeaderName::from_bytes(name.as_bytes()).unwrap();
        self.headers.append(name, HeaderValue::from_bytes(value.as_bytes()).unwrap());
        self
    }

    pub(crate) fn body(mut self, body: impl Into<Body>) -> Self {
        self.body = body.into();
        self
    }

    /// The body and what follows it.
    pub(crate) fn trailing(self, body: impl Into<Body>, name: &str, value: &str) -> Self {
        let trailers = Trailers::default();
        trailers.push(name.to_owned(), value.to_owned());
        let body = body.into().with_trailers(trailers);
        self.header("x-amz-trailer", name).body(body)
    }

    pub(crate) fn principal(mut self, principal: Principal) -> Self {
        self.principal = principal;
        self
    }

    /// As nobody.
    pub(crate) fn anonymous(self) -> Self {
        self.principal(Principal::anonymous()).auth(AuthSource::Anonymous)
    }

    /// As root of another account.
    pub(crate) fn stranger(self) -> Self {
        self.principal(Principal::root(AccountId::from_u64(42).unwrap()))
    }

    pub(crate) fn auth(mut self, auth: AuthSource) -> Self {
        self.auth = auth;
        self
    }

    pub(crate) fn region(mut self, region: &str) -> Self {
        self.region = Region::new(region).unwrap();
        self
    }

    pub(crate) async fn send(self) -> Answer {
        let routed = wire::rest::route(&s3::shapes::S3, &self.method, &self.path, &self.query, &self.headers);
        let (operation, labels) = routed.expect("the request means an operation");
        let room: &dyn AnyRoom = match &self.front {
            Some(front) => &**front,
            None => &*self.world.room,
        };
        let answer = room
            .call(Incoming {
                protocol: wire::Protocol::RestXml,
                operation,
                head: wire::Head {
                    method: self.method,
                    path: self.path,
                    query: self.query,
                    headers: self.headers,
                    labels,
                },
                body: self.body,
                caller: Caller {
                    principal: self.principal,
                    access_key_id: Some("test".to_owned()),
                    auth: self.auth,
                    region: self.region,
                    source_ip: IpAddr::V4(Ipv4Addr::LOCALHOST),
                    secure: false,
                    user_agent: None,
                    referer: None,
                    signed_at: None,
                },
                request_id: "request".to_owned(),
                host_id: "host".to_owned(),
            })
            .await;
        let mut headers = HeaderMap::new();
        for (name, value) in answer.headers {
            headers.append(name, value);
        }
        let bytes = answer.body.collect(u64::MAX).await.unwrap();
        Answer { status: answer.status, headers, bytes }
    }
}

impl Answer {
    #[track_caller]
    pub(crate) fn is(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{}", self.text());
        self
    }

    /// Asserts a refusal.
    #[track_caller]
    pub(crate) fn refused(self, status: u16, code: &str) -> Self {
        assert_eq!((self.status, self.element("Code").as_deref()), (status, Some(code)), "{}", self.text());
        self
    }

    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(|value| value.to_str().unwrap())
    }

    /// The text of the first element of that name.
    pub(crate) fn element(&self, name: &str) -> Option<String> {
        self.elements(name).into_iter().next()
    }

    /// The texts of all elements of that name, unescaped.
    pub(crate) fn elements(&self, name: &str) -> Vec<String> {
        let text = self.text();
        let (open, close) = (format!("<{name}>"), format!("</{name}>"));
        let parts = text.split(&open).skip(1);
        let texts = parts.map(|part| part.split(&close).next().unwrap_or_default());
        texts.map(|text| text.replace("&quot;", "\"").replace("&lt;", "<").replace("&amp;", "&")).collect()
    }

    #[track_caller]
    pub(crate) fn has(&self, name: &str, text: &str) {
        assert_eq!(self.element(name).as_deref(), Some(text), "{}", self.text());
    }
}
