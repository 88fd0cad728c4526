//! Events: what happened to objects, told to the functions that buckets name.
//!
//! Whoever changes an object in a bucket that wants it told writes a row of [`EVENTS`] in the same commit, so that nothing is told that did not
//! happen, and nothing that happened is forgotten. The rows are handed to the functions in their order, and go when a function has taken its
//! event for good: at least once, as on AWS. Where nobody serves functions, nothing is noted.
//!
//! Who asked is known to requests alone, and travels beside them ([`Cause::beside`]): it changes nothing of what they do.

use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;

use base::Arn;
use bytes::Bytes;
use ports::{Functions, PortError, Principal, PrincipalKind};
use store::Row;

use super::{Draft, Error, S3};
use crate::tables::{Bucket, Cause, EVENTS, Event, EventMore, Id, Marker, Object};

/// Events read at once.
const PAGE: usize = 256;
/// How long an event is offered to a function that cannot take it. AWS gives up as well.
const OFFERED: Duration = Duration::from_secs(24 * 3_600);
/// The service that tells.
const TELLER: &str = "s3.amazonaws.com";
/// What a delete marker's ETag would be: the MD5 of nothing.
const NO_BYTES: &str = "d41d8cd98f00b204e9800998ecf8427e";

tokio::task_local! {
    static CAUSE: Arc<Cause>;
}

impl Cause {
    /// Runs a request, of which what happens is told to be the doing.
    pub(crate) async fn beside<T>(self, request: impl Future<Output = T>) -> T {
        CAUSE.scope(Arc::new(self), request).await
    }

    fn now() -> Self {
        let itself =
            || Self { principal: TELLER.to_owned(), source_ip: TELLER.to_owned(), ..Self::default() };
        CAUSE.try_with(|cause| (**cause).clone()).unwrap_or_else(|_| itself())
    }
}

/// Who is told of what.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct NotificationRule {
    /// Its name.
    pub id: String,
    /// The ARN of the function.
    pub function: String,
    /// The kinds of events: `s3:ObjectCreated:*`.
    pub events: Vec<String>,
    /// The key begins with this.
    pub prefix: String,
    /// It ends with this.
    pub suffix: String,
}

impl NotificationRule {
    fn wants(&self, event: &str, key: &str) -> bool {
        let is_kind = |wanted: &String| {
            let wanted = wanted.strip_prefix("s3:").unwrap_or(wanted);
            match wanted.strip_suffix('*') {
                Some(start) => event.starts_with(start),
                None => event == wanted,
            }
        };
        key.starts_with(&self.prefix) && key.ends_with(&self.suffix) && self.events.iter().any(is_kind)
    }
}

/// A bucket that wants events told.
#[derive(Clone)]
pub(super) struct Told {
    pub name: String,
    pub bucket: Row<Bucket>,
    pub rules: Arc<super::lifecycle::rules::Rules>,
}

/// What an event tells of an object.
pub(super) enum What<'a> {
    /// The object as it is.
    Object(&'a Object),
    /// It is gone: which version.
    Gone(crate::tables::VersionId),
    /// It is covered by a marker.
    Marker(&'a Marker),
}

impl S3 {
    /// Notes that something happened, for those who want it told. `event` is AWS's name of it without `s3:`.
    pub(super) fn note_event(
        &self,
        draft: &mut Draft,
        event: &str,
        key: &str,
        what: &What<'_>,
        more: &EventMore,
    ) {
        let Some(told) = draft.told.clone().filter(|_| self.functions.get().is_some()) else { return };
        for rule in told.rules.notifications.iter().filter(|rule| rule.wants(event, key)) {
            let cause = Cause::now();
            let order = match what {
                What::Object(object) => object.version.order,
                What::Gone(version) => version.order,
                What::Marker(marker) => marker.version.order,
            };
            let version = match what {
                What::Object(object) => object.version,
                What::Gone(version) => *version,
                What::Marker(marker) => marker.version,
            };
            let (bytes, etag) = match what {
                What::Object(object) => (Some(object.bytes), Some(object.etag.bare())),
                What::Gone(_) => (None, None),
                What::Marker(_) => (None, Some(NO_BYTES.to_owned())),
            };
            let row = Event {
                name: event.to_owned(),
                time: self.now(),
                bucket: told.name.clone(),
                owner: told.bucket.value.owner,
                region: told.bucket.value.region.clone(),
                key: key.to_owned(),
                bytes,
                etag,
                version: version.shown(told.bucket.value.versioning),
                sequencer: format!("{:010X}{:08X}", order, self.now().as_millis() as u32),
                cause,
                configuration: rule.id.clone(),
                function: rule.function.clone(),
                more: more.clone(),
            };
            draft.commit.put(EVENTS, &self.new_ordered_id(self.now()), &row);
            draft.tells = true;
        }
    }

    /// Who runs the functions that are told. Set once, when there are any: the rooms that serve them may need this one.
    pub fn tell_by(&self, functions: Arc<dyn Functions>) {
        let _ = self.functions.set(functions);
        self.told.notify_one();
    }

    /// Who runs functions.
    pub(crate) fn functions(&self) -> Option<&Arc<dyn Functions>> {
        self.functions.get()
    }

    /// Woken when there is something to tell.
    pub(crate) fn events_wanted(&self) -> &tokio::sync::Notify {
        &self.told
    }

    /// Tells all that is to be told, in order; of a function that cannot take an event now, nothing more. `true`: something is left.
    pub(crate) async fn tell_events(&self, wording: fn(&Event) -> Bytes) -> Result<bool, Error> {
        let Some(functions) = self.functions.get() else { return Ok(false) };
        let mut busy: HashSet<String> = HashSet::new();
        let (mut start, end) = EVENTS.prefix(|_| {});
        loop {
            let page = EVENTS.scan(&*self.snapshot(), (start, end.clone()), PAGE).await?;
            let Some((last, _)) = page.last() else { return Ok(!busy.is_empty()) };
            start = store::key_after(&EVENTS.key(last));
            for (id, row) in page {
                let event = row.value;
                if busy.contains(&event.function) {
                    continue;
                }
                if self.tell(functions, &event, wording(&event)).await {
                    self.forget_event(id).await?;
                } else {
                    busy.insert(event.function.clone());
                }
            }
        }
    }

    async fn forget_event(&self, id: Id) -> Result<(), Error> {
        let mut draft = self.draft();
        draft.commit.delete(EVENTS, &id);
        self.settle(draft).await.map(drop)
    }

    /// Hands an event to its function. False if it is to be offered again.
    async fn tell(&self, functions: &Arc<dyn Functions>, event: &Event, payload: Bytes) -> bool {
        let Ok(function) = event.function.parse::<Arn>() else { return true };
        let principal = teller(event);
        match functions.enqueue(&principal, &function, payload).await {
            Ok(()) => true,
            Err(PortError::Unavailable(why)) => {
                let is_over = self.now().since(event.time) > OFFERED;
                if is_over {
                    tracing::warn!(
                        function = event.function,
                        why,
                        "an event could not be told for a day: it is dropped"
                    );
                }
                is_over
            }
            Err(error @ (PortError::NotFound { .. } | PortError::Denied(_) | PortError::Invalid { .. })) => {
                tracing::warn!(%error, function = event.function, bucket = event.bucket, "an event cannot be told");
                true
            }
        }
    }
}

/// S3, acting for a bucket.
fn teller(event: &Event) -> Principal {
    service_for(&event.bucket, event.owner)
}

/// S3 itself, acting for a bucket of this account.
pub(crate) fn service_for(bucket: &str, owner: base::AccountId) -> Principal {
    let source = format!("arn:aws:s3:::{bucket}").parse().ok();
    Principal::new(owner, PrincipalKind::Service { name: TELLER.to_owned(), source })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_name_kinds_and_keys() {
        let rule = NotificationRule {
            events: vec!["s3:ObjectCreated:*".to_owned(), "s3:ObjectRemoved:Delete".to_owned()],
            prefix: "in/".to_owned(),
            suffix: ".json".to_owned(),
            ..NotificationRule::default()
        };
        assert!(rule.wants("ObjectCreated:Put", "in/a.json"));
        assert!(rule.wants("ObjectRemoved:Delete", "in/.json"));
        assert!(!rule.wants("ObjectRemoved:DeleteMarkerCreated", "in/a.json"));
        assert!(
            !rule.wants("ObjectCreated:Put", "out/a.json") && !rule.wants("ObjectCreated:Put", "in/a.csv")
        );
    }
}
