//! Access logs: lines about requests, gathered, kept and delivered to the bucket that its owner named.
//!
//! ```text
//! answered ─ a line in memory ─ within a second ─► rows of LOG_LINES ─ every minute ─► one commit: an object in the target, the rows gone
//! ```
//! As on AWS nobody waits for a line: those of the last second go with a process that is killed, and beyond [`HELD_BYTES_MAX`] in memory they are
//! dropped and counted. What is in a row is delivered exactly once, in the order of its bucket, or dropped where the target does not take it.

use std::collections::HashMap;
use std::sync::Mutex;
use std::time::Duration;

use base::{Arn, Timestamp};
use http::StatusCode;
use ports::{Principal, PrincipalKind};
use store::Row;
use tokio::sync::Notify;
use wire::time::{Precision, iso};

use super::lifecycle::calendar::Calendar;
use super::objects::{Claims, Place, Terms};
use super::sealing::Requester;
use super::sealing::wanted::Said;
use super::settings::BucketSettings;
use super::{ATTEMPTS_MAX, Error, S3};
use crate::tables::{
    Acl, Attributes, Bucket, Grant, Grantee, Id, LOG_LINES, LinesKey, LogKeys, LogLines, Logging, Permission,
};

/// Bytes of lines in memory, at the most.
const HELD_BYTES_MAX: usize = 8 << 20;
/// Bytes of the lines of one row, about.
const ROW_BYTES: usize = 256 << 10;
/// How long lines are in memory alone.
pub(crate) const FLUSH_EVERY: Duration = Duration::from_secs(1);
/// How often lines are delivered. AWS: within hours.
pub(crate) const DELIVER_EVERY: Duration = Duration::from_secs(60);
/// Rows of one object.
const ROWS_MAX: usize = 64;
/// The service that delivers.
const DELIVERER: &str = "logging.s3.amazonaws.com";

/// A bucket whose requests are logged.
#[derive(Clone, Debug)]
pub struct Logged {
    /// Its name.
    pub name: String,
    /// Its row.
    pub bucket: Row<Bucket>,
}

/// A bucket of whose requests somebody wants to know.
pub struct Watched {
    /// The bucket.
    pub bucket: Logged,
    /// They are logged.
    pub logged: bool,
    /// Somebody is told of what they do.
    pub told: bool,
}

/// One request, as its line tells it. Absent is `-`.
#[derive(Clone, Debug, Default)]
pub struct Entry {
    /// When it came.
    pub began: Timestamp,
    /// From where.
    pub source_ip: String,
    /// Who asked.
    pub requester: Option<String>,
    /// Its id.
    pub request_id: String,
    /// `REST.GET.OBJECT`.
    pub operation: String,
    /// The key.
    pub key: Option<String>,
    /// `GET /b/k HTTP/1.1`.
    pub line: String,
    /// The answer's status.
    pub status: u16,
    /// The error's code.
    pub code: Option<String>,
    /// Bytes of the answer's body that were sent.
    pub sent_bytes: u64,
    /// The object's size.
    pub object_bytes: Option<u64>,
    /// When the answer began.
    pub turned: Timestamp,
    /// `Referer`.
    pub referer: Option<String>,
    /// `User-Agent`.
    pub user_agent: Option<String>,
    /// The version.
    pub version: Option<String>,
    /// S3's second id.
    pub host_id: String,
    /// `SigV4`.
    pub signature: Option<&'static str>,
    /// `AuthHeader`.
    pub auth: Option<&'static str>,
    /// `Host`.
    pub host: Option<String>,
    /// It reads an object, so that the answer tells its size.
    pub reads: bool,
}

impl Entry {
    /// What an error without a document is called.
    pub fn code_of_status(&self) -> Option<String> {
        let code = match StatusCode::from_u16(self.status).ok()? {
            StatusCode::FORBIDDEN => "AccessDenied",
            StatusCode::NOT_FOUND if self.key.is_some() => "NoSuchKey",
            StatusCode::NOT_FOUND => "NoSuchBucket",
            StatusCode::PRECONDITION_FAILED => "PreconditionFailed",
            StatusCode::METHOD_NOT_ALLOWED => "MethodNotAllowed",
            StatusCode::RANGE_NOT_SATISFIABLE => "InvalidRange",
            StatusCode::BAD_REQUEST => "InvalidRequest",
            _ => return None,
        };
        Some(code.to_owned())
    }

    /// The line, with its end (S3 user guide, "Amazon S3 server access log format").
    fn text(&self, logged: &Logged, ended: Timestamp) -> String {
        let text = |value: &Option<String>| value.clone().unwrap_or_else(|| "-".to_owned());
        let number = |value: Option<u64>| value.map_or_else(|| "-".to_owned(), |value| value.to_string());
        let quoted = |value: &Option<String>| format!("\"{}\"", clean(&text(value)));
        let sent = Some(self.sent_bytes).filter(|sent| *sent > 0);
        [
            super::acl::canonical_id(logged.bucket.value.owner),
            logged.name.clone(),
            log_time(self.began),
            self.source_ip.clone(),
            text(&self.requester),
            self.request_id.clone(),
            self.operation.clone(),
            text(&self.key),
            format!("\"{}\"", clean(&self.line)),
            self.status.to_string(),
            text(&self.code),
            number(sent),
            number(self.object_bytes),
            ended.since(self.began).as_millis().to_string(),
            self.turned.since(self.began).as_millis().to_string(),
            quoted(&self.referer),
            quoted(&self.user_agent),
            text(&self.version),
            self.host_id.clone(),
            self.signature.unwrap_or("-").to_owned(),
            "-".to_owned(),
            self.auth.unwrap_or("-").to_owned(),
            text(&self.host),
            "-".to_owned(),
            "-".to_owned(),
            "-\n".to_owned(),
        ]
        .join(" ")
    }
}

/// Without what would end a field or a line.
fn clean(text: &str) -> String {
    text.chars().filter(|char| !char.is_control()).collect::<String>().replace('"', "%22")
}

/// `[06/Feb/2019:00:00:38 +0000]`.
fn log_time(time: Timestamp) -> String {
    const MONTHS: [&str; 12] =
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let text = iso(time, Precision::Seconds);
    let month = text[5..7].parse::<usize>().ok().and_then(|month| MONTHS.get(month.checked_sub(1)?));
    format!("[{}/{}/{}:{} +0000]", &text[8..10], month.unwrap_or(&"Jan"), &text[..4], &text[11..19])
}

/// Lines in memory.
#[derive(Default)]
pub(super) struct HeldLines {
    held: Mutex<Held>,
    wanted: Notify,
}

#[derive(Default)]
struct Held {
    lines: HashMap<(Id, Timestamp), LogLines>,
    bytes: usize,
    dropped: u64,
}

impl S3 {
    /// The bucket of that name, if its requests are logged or somebody is told of what they do.
    pub(crate) async fn watched(&self, name: &str) -> Option<Watched> {
        let bucket = self.find_bucket(&*self.snapshot(), name).await.ok()?;
        let logged = self.settings_of(&bucket).await.ok()?.logging.is_some();
        let told = self.functions().is_some() && !self.rules_of(&bucket).await.ok()?.notifications.is_empty();
        let watched = || Watched { bucket: Logged { name: name.to_owned(), bucket }, logged, told };
        (logged || told).then(watched)
    }

    /// Notes a request. Never waits.
    pub(crate) fn log_access(&self, logged: &Logged, entry: &Entry, ended: Timestamp) {
        let line = entry.text(logged, ended);
        let day = Calendar::AWS.day_of(entry.began);
        let mut held = self.lines.held.lock().expect("nothing panics while lines are held");
        if held.bytes + line.len() > HELD_BYTES_MAX {
            held.dropped += 1;
            return;
        }
        held.bytes += line.len();
        let is_first = held.lines.is_empty();
        let fresh = || LogLines { bucket: logged.name.clone(), day, lines: Vec::new() };
        let lines = held.lines.entry((logged.bucket.value.id, day)).or_insert_with(fresh);
        lines.lines.extend_from_slice(line.as_bytes());
        if is_first {
            self.lines.wanted.notify_one();
        }
    }

    /// Woken when there are lines in memory.
    pub(crate) fn lines_wanted(&self) -> &Notify {
        &self.lines.wanted
    }

    /// Keeps the lines in memory. Durable when it returns.
    pub(crate) async fn flush_lines(&self) -> Result<(), Error> {
        let held = std::mem::take(&mut *self.lines.held.lock().expect("nothing panics while lines are held"));
        if held.dropped > 0 {
            tracing::warn!(lines = held.dropped, "lines of access logs were dropped: too many at once");
        }
        for ((bucket, _), lines) in held.lines {
            for piece in pieces(&lines.lines) {
                let at = self.new_timed_id(self.now());
                let row = LogLines { lines: piece.to_vec(), ..lines.clone() };
                let mut draft = self.draft();
                draft.commit.put(LOG_LINES, &LinesKey { bucket, at }, &row);
                self.settle(draft).await?;
            }
        }
        Ok(())
    }

    /// Delivers all lines that were kept. What fails does not keep the rest from it; the first error is returned at the end.
    pub(crate) async fn deliver_lines(&self) -> Result<(), Error> {
        let mut first_error = None;
        let (mut start, end) = LOG_LINES.prefix(|_| {});
        loop {
            let page = LOG_LINES.scan(&*self.snapshot(), (start.clone(), end.clone()), ROWS_MAX).await?;
            let Some((first, row)) = page.first() else { return first_error.map_or(Ok(()), Err) };
            let (bucket, day) = (first.bucket, row.value.day);
            let same: Vec<(LinesKey, LogLines)> = page
                .into_iter()
                .take_while(|(key, row)| key.bucket == bucket && row.value.day == day)
                .map(|(key, row)| (key, row.value))
                .collect();
            if let Some((last, _)) = same.last() {
                start = store::key_after(&LOG_LINES.key(last));
            }
            if let Err(error) = self.deliver(bucket, day, &same).await {
                first_error.get_or_insert(error);
            }
        }
    }

    /// Delivers lines of one bucket and day as an object, or drops them where nobody takes them.
    async fn deliver(&self, id: Id, day: Timestamp, rows: &[(LinesKey, LogLines)]) -> Result<(), Error> {
        let Some((_, first)) = rows.first() else { return Ok(()) };
        for attempt in 0..ATTEMPTS_MAX {
            let mut draft = match self.draft_delivery(id, day, &first.bucket, rows, attempt).await {
                Ok(Some(draft)) => draft,
                Ok(None) => self.draft(),
                Err(error @ (Error::Full | Error::Unavailable(_))) => return Err(error),
                Err(error) => {
                    tracing::warn!(%error, bucket = first.bucket, "access logs cannot be delivered: they are dropped");
                    self.draft()
                }
            };
            for (key, _) in rows {
                draft.commit.delete(LOG_LINES, key);
            }
            if self.settle(draft).await? {
                return Ok(());
            }
        }
        Err(S3::too_contended())
    }

    /// A put of lines into the target. `None` where the bucket is gone or its requests are not logged any more.
    async fn draft_delivery(
        &self,
        id: Id,
        day: Timestamp,
        name: &str,
        rows: &[(LinesKey, LogLines)],
        attempt: usize,
    ) -> Result<Option<super::Draft>, Error> {
        let snapshot = self.snapshot();
        let source = match self.find_bucket(&*snapshot, name).await {
            Ok(source) if source.value.id == id => source,
            Ok(_) | Err(Error::NoSuchBucket(_)) => return Ok(None),
            Err(error) => return Err(error),
        };
        let settings = self.settings_of(&source).await?;
        let Some(logging) = &settings.logging else { return Ok(None) };
        let target = self.find_bucket(&*snapshot, &logging.bucket).await?;
        let target_settings = self.settings_of(&target).await?;
        let key = self.log_key(logging, name, &source.value, day);
        let place = Place { bucket: &logging.bucket, key: &key };
        let arn: Arn = format!("arn:aws:s3:::{name}").parse().map_err(|_| Error::MalformedXml)?;
        let kind = PrincipalKind::Service { name: DELIVERER.to_owned(), source: Some(arn) };
        let principal = Principal::new(source.value.owner, kind);
        let may = self.check_may_put(&principal, &target.value.region, place).await;
        may.map_err(|error| Error::Denied(error.to_string()))?;
        let wanted = Said::default().wanted(target.value.encryption())?;
        let requester = Requester { principal: &principal, signed_v2: false };
        let sealing = self.sealing(&target.value, place, &wanted, requester).await?;
        let lines: Vec<u8> = rows.iter().flat_map(|(_, row)| row.lines.iter().copied()).collect();
        let received = self.receive(lines.into(), &Claims::default(), &sealing).await?;
        let attributes = Attributes {
            content_type: Some("text/plain".to_owned()),
            acl: acl_of(logging, &target, &target_settings),
            ..Attributes::default()
        };
        let terms = Terms::default();
        let (draft, _) = self.draft_put(place, Some(target), &received, &attributes, &terms, attempt).await?;
        Ok(Some(received.kept_by(draft)))
    }

    /// The key of an object of lines (S3 user guide, "Log object key format").
    fn log_key(&self, logging: &Logging, name: &str, source: &Bucket, day: Timestamp) -> String {
        let now = iso(self.now(), Precision::Seconds);
        let unique: String = format!("{:016X}", self.random.u64());
        let second = format!("{}-{}", &now[..10], now[11..19].replace(':', "-"));
        match logging.keys {
            None | Some(LogKeys::Simple) => format!("{}{second}-{unique}", logging.prefix),
            Some(LogKeys::Partitioned(by_event)) => {
                let day = if by_event == Some(true) {
                    iso(day, Precision::Seconds)[..10].to_owned()
                } else {
                    now[..10].to_owned()
                };
                let second = if by_event == Some(true) { format!("{day}-00-00-00") } else { second };
                format!(
                    "{}{}/{}/{name}/{}/{second}-{unique}",
                    logging.prefix,
                    source.owner,
                    source.region,
                    day.replace('-', "/")
                )
            }
        }
    }
}

/// The list of an object of lines: whom its owner wants to read it.
fn acl_of(logging: &Logging, target: &Row<Bucket>, settings: &BucketSettings) -> Option<Acl> {
    let grants = logging.grants.as_ref().filter(|_| settings.lists_count())?;
    let owner = target.value.owner;
    let own = Grant { grantee: Grantee::account(owner), permission: Permission::FullControl };
    Some(Acl { owner, grants: std::iter::once(own).chain(grants.iter().cloned()).collect() })
}

/// Lines in pieces that end with a line.
fn pieces(lines: &[u8]) -> Vec<&[u8]> {
    let mut pieces = Vec::new();
    let mut rest = lines;
    while rest.len() > ROW_BYTES {
        let end = rest[..ROW_BYTES].iter().rposition(|byte| *byte == b'\n').map_or(rest.len(), |at| at + 1);
        let (piece, next) = rest.split_at(end);
        pieces.push(piece);
        rest = next;
    }
    if !rest.is_empty() {
        pieces.push(rest);
    }
    pieces
}
