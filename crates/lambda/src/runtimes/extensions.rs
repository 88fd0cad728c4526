//! Extensions: programs beside the runtime, out of `/opt/extensions` or within the runtime itself, that are told of each event and of the end.
//! <https://docs.aws.amazon.com/lambda/latest/dg/runtimes-extensions-api.html>
//!
//! | method, path under `/2020-01-01/extension` | answer |
//! |---|---|
//! | POST `/register` | 200, the extension's id in a header; which events it wants is in the body |
//! | GET `/event/next` | waits; INVOKE with each event, SHUTDOWN at the end |
//! | POST `/init/error`, `/exit/error` | 202 |
//!
//! The environment is ready once the runtime has asked for its first event, and so has every extension of `/opt/extensions`.
//!
//! Differs: an answer is given to the caller as soon as the runtime has it, and the environment is free then too: what extensions have not asked for
//! yet waits for them. There is no telemetry API.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::Mutex;

use serde_json::{Value, json};
use tokio::sync::Notify;

/// Events of one extension that wait for it.
const WAITING_MAX: usize = 64;
/// Extensions of one environment (AWS quota).
const EXTENSIONS_MAX: usize = 10;

/// What extensions are told of the function.
#[derive(Clone, Debug, Default)]
pub struct About {
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: String,
    /// Its handler.
    pub handler: String,
    /// The names of the programs that are started as extensions.
    pub extensions: Vec<String>,
}

/// Why a request of an extension is refused: the status, the kind and the words.
pub(super) type Refusal = (u16, &'static str, &'static str);

/// The extensions of one environment.
#[derive(Debug)]
pub(super) struct Extensions {
    about: About,
    state: Mutex<State>,
    changed: Notify,
}

#[derive(Debug, Default)]
struct State {
    /// Programs that have not asked for their first event.
    starting: BTreeSet<String>,
    registered: BTreeMap<String, Extension>,
    /// The runtime has asked for its first event: it is too late to register.
    closed: bool,
}

#[derive(Debug)]
struct Extension {
    name: String,
    invoke: bool,
    shutdown: bool,
    waiting: VecDeque<Value>,
}

impl Extensions {
    pub fn new(about: About) -> Self {
        let state = State { starting: about.extensions.iter().cloned().collect(), ..State::default() };
        Self { about, state: Mutex::new(state), changed: Notify::new() }
    }

    fn state(&self) -> std::sync::MutexGuard<'_, State> {
        self.state.lock().expect("nothing panics while the extensions are held")
    }

    /// Takes an extension in under this id. What it is told.
    pub fn register(&self, id: &str, name: Option<&str>, body: &[u8]) -> Result<Value, Refusal> {
        let Some(name) = name.filter(|name| !name.is_empty()) else {
            return Err((400, "Extension.MissingHeader", "Lambda-Extension-Name is required"));
        };
        let asked: Value = serde_json::from_slice(body).unwrap_or_default();
        let events: Vec<&str> = asked
            .get("events")
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
            .collect();
        if events.iter().any(|event| !matches!(*event, "INVOKE" | "SHUTDOWN")) {
            return Err((403, "Extension.InvalidEventType", "Event type is not supported"));
        }
        let is_program = self.about.extensions.iter().any(|program| program == name);
        let shutdown = events.contains(&"SHUTDOWN");
        if shutdown && !is_program {
            let text = "Internal extensions cannot register for SHUTDOWN";
            return Err((403, "ShutdownEventNotSupportedForInternalExtension", text));
        }
        let mut state = self.state();
        if state.registered.values().any(|extension| extension.name == name) {
            return Err((403, "Extension.AlreadyRegistered", "Extension is already registered"));
        }
        if state.closed || state.registered.len() >= EXTENSIONS_MAX {
            return Err((403, "Extension.RegistrationClosed", "Extension registration closed already"));
        }
        let extension = Extension {
            name: name.to_owned(),
            invoke: events.contains(&"INVOKE"),
            shutdown,
            waiting: VecDeque::new(),
        };
        state.registered.insert(id.to_owned(), extension);
        let About { name, version, handler, .. } = &self.about;
        Ok(json!({ "functionName": name, "functionVersion": version, "handler": handler }))
    }

    /// The next event of an extension, once there is one.
    pub async fn next(&self, id: Option<&str>) -> Result<Value, Refusal> {
        let id = self.known(id)?;
        loop {
            let changed = self.changed.notified();
            tokio::pin!(changed);
            changed.as_mut().enable();
            {
                let mut state = self.state();
                let State { starting, registered, .. } = &mut *state;
                let Some(extension) = registered.get_mut(&id) else { return Err(UNKNOWN) };
                if starting.remove(&extension.name) {
                    self.changed.notify_waiters();
                }
                if let Some(event) = extension.waiting.pop_front() {
                    return Ok(event);
                }
            }
            changed.await;
        }
    }

    /// Whether this is one of them.
    pub fn known(&self, id: Option<&str>) -> Result<String, Refusal> {
        let Some(id) = id else {
            return Err((
                403,
                "Extension.MissingExtensionIdentifier",
                "Lambda-Extension-Identifier is required",
            ));
        };
        if self.state().registered.contains_key(id) { Ok(id.to_owned()) } else { Err(UNKNOWN) }
    }

    /// An extension gives up: nobody waits for it any more.
    pub fn gave_up(&self, id: &str) {
        let mut state = self.state();
        if let Some(extension) = state.registered.remove(id) {
            state.starting.remove(&extension.name);
        }
        drop(state);
        self.changed.notify_waiters();
    }

    /// Returns once every program has asked for its first event. From then on none registers any more.
    pub async fn started(&self) {
        loop {
            let changed = self.changed.notified();
            tokio::pin!(changed);
            changed.as_mut().enable();
            {
                let mut state = self.state();
                if state.starting.is_empty() {
                    state.closed = true;
                    return;
                }
            }
            changed.await;
        }
    }

    /// Tells of an event.
    pub fn invoke(&self, event: &Value) {
        self.tell(|extension| extension.invoke, event);
    }

    /// Tells of the end. Whether anybody wanted to know.
    pub fn shutdown(&self, reason: &str, deadline_ms: u64) -> bool {
        let event = json!({ "eventType": "SHUTDOWN", "shutdownReason": reason, "deadlineMs": deadline_ms });
        self.tell(|extension| extension.shutdown, &event)
    }

    fn tell(&self, whom: impl Fn(&Extension) -> bool, event: &Value) -> bool {
        let mut state = self.state();
        let mut any = false;
        for extension in state.registered.values_mut().filter(|extension| whom(extension)) {
            any = true;
            if extension.waiting.len() < WAITING_MAX {
                extension.waiting.push_back(event.clone());
            }
        }
        drop(state);
        self.changed.notify_waiters();
        any
    }
}

const UNKNOWN: Refusal = (403, "Extension.UnknownExtensionIdentifier", "Unknown extension");

#[cfg(test)]
mod tests {
    use super::*;

    fn extensions() -> Extensions {
        Extensions::new(About { name: "f".to_owned(), extensions: vec!["e".to_owned()], ..About::default() })
    }

    #[test]
    fn extensions_are_refused_in_the_services_words() {
        let all = extensions();
        let register =
            |name, body: &str| all.register("1", name, body.as_bytes()).map_err(|refusal| refusal.1);
        assert_eq!(register(None, "{}"), Err("Extension.MissingHeader"));
        assert_eq!(register(Some("e"), r#"{"events":["OTHER"]}"#), Err("Extension.InvalidEventType"));
        let internal = register(Some("own"), r#"{"events":["SHUTDOWN"]}"#);
        assert_eq!(internal, Err("ShutdownEventNotSupportedForInternalExtension"));
        assert_eq!(register(Some("e"), r#"{"events":["INVOKE"]}"#).unwrap()["functionName"], "f");
        assert_eq!(register(Some("e"), "{}"), Err("Extension.AlreadyRegistered"));
        assert_eq!(all.known(Some("2")).unwrap_err().0, 403);
    }

    #[tokio::test]
    async fn an_extension_gets_what_it_asked_for_and_the_start_waits_for_it() {
        let all = extensions();
        all.register("1", Some("e"), br#"{"events":["INVOKE","SHUTDOWN"]}"#).unwrap();
        assert!(futures_util::FutureExt::now_or_never(all.started()).is_none());
        assert!(futures_util::FutureExt::now_or_never(all.next(Some("1"))).is_none());
        all.started().await;
        assert_eq!(all.register("2", Some("late"), b"{}").unwrap_err().1, "Extension.RegistrationClosed");
        all.invoke(&json!({ "eventType": "INVOKE" }));
        assert!(all.shutdown("spindown", 7));
        assert_eq!(all.next(Some("1")).await.unwrap()["eventType"], "INVOKE");
        assert_eq!(all.next(Some("1")).await.unwrap()["shutdownReason"], "spindown");
    }
}
