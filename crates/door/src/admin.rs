//! What the server says about itself: health, readiness, metrics (to anyone), and what only the account's root may: to move the clock, to rotate
//! the keys that objects are sealed under.

use std::sync::atomic::Ordering;
use std::time::Duration;

use bytes::Bytes;
use futures_util::future::BoxFuture;
use http::Method;
use ports::PrincipalKind;
use wire::Answer;

use crate::Door;
use crate::answer::{bare, text};
use crate::auth::{Asked, Covered, Family};
use crate::date;

const JSON: &str = "application/json";
/// The calls take one short word, or none.
const BODY_BYTES_MAX: u64 = 4 << 10;
/// As far as the clock can be moved, all moves together: a hundred years.
const ADVANCE_SECS_MAX: u64 = 100 * 365 * 86_400;

/// Moves the clock and makes the new offset durable first. Given only if the server was started with `--movable-clock`.
pub trait MoveClock: Send + Sync + 'static {
    /// Moves the clock forward; the error is told to the caller.
    fn advance(&self, by: Duration) -> BoxFuture<'_, Result<(), String>>;
}

/// Adds a version of the keys that objects are sealed under, and makes it durable first.
pub trait RotateKeys: Send + Sync + 'static {
    /// Adds it. Returns its number; the error is told to the caller.
    fn rotate(&self) -> BoxFuture<'_, Result<u32, String>>;
}

/// Whether the path is the server's own and no bucket's.
pub(crate) fn is_admin(path: &str) -> bool {
    path.starts_with("/_millrace/") || path == "/_localstack/health"
}

impl Door {
    /// Answers a call under `/_millrace/`.
    pub(crate) async fn admin(&self, covered: &Covered<'_>, body: body::Body) -> Answer {
        let is_get = covered.method == Method::GET.as_str() || covered.method == Method::HEAD.as_str();
        match covered.path {
            "/_millrace/health" if is_get => text(200, JSON, "{\"status\":\"ok\"}"),
            "/_millrace/ready" if is_get => {
                if self.ready.load(Ordering::Acquire) {
                    text(200, JSON, "{\"ready\":true}")
                } else {
                    text(503, JSON, "{\"ready\":false}")
                }
            }
            "/_localstack/health" if is_get => text(200, JSON, self.services()),
            "/_millrace/metrics" if is_get => {
                let mut metrics = self.metrics.render();
                if let Some(more) = &self.more_metrics {
                    more(&mut metrics);
                }
                text(200, "text/plain; version=0.0.4; charset=utf-8", metrics)
            }
            "/_millrace/clock" if covered.method == Method::POST.as_str() => {
                self.move_clock(covered, body).await
            }
            "/_millrace/keys/rotate" if covered.method == Method::POST.as_str() => {
                self.rotate_keys(covered, body).await
            }
            "/_millrace/health"
            | "/_millrace/ready"
            | "/_localstack/health"
            | "/_millrace/metrics"
            | "/_millrace/clock"
            | "/_millrace/keys/rotate" => bare(405),
            _ => text(404, JSON, "{\"message\":\"not found\"}"),
        }
    }

    fn services(&self) -> String {
        let names: Vec<String> =
            self.table.rooms.iter().map(|room| format!("\"{}\": \"running\"", room.service().name)).collect();
        format!(
            "{{\"services\": {{{}}}, \"edition\": \"millrace\", \"version\": \"{}\"}}",
            names.join(", "),
            env!("CARGO_PKG_VERSION")
        )
    }

    /// The body of a call that only the account's root may make.
    async fn of_root(&self, covered: &Covered<'_>, body: body::Body, what: &str) -> Result<Bytes, Answer> {
        let Ok(document) = self.documents.read(body, BODY_BYTES_MAX).await else { return Err(bare(413)) };
        let asked = Asked { family: Family::Json, service: None, missing: "Missing Authentication Token" };
        let proven = self.gate.general(asked, covered, &document.sha256).await;
        let proven = proven.map_err(|fault| {
            let message = fault.message.unwrap_or_default();
            refusal(fault.status, &fault.code, &message)
        })?;
        if proven.principal.kind != PrincipalKind::Root {
            let message = format!("only the account's root may {what}");
            return Err(refusal(403, "AccessDeniedException", &message));
        }
        Ok(document.bytes.clone())
    }

    async fn rotate_keys(&self, covered: &Covered<'_>, body: body::Body) -> Answer {
        if let Err(answer) = self.of_root(covered, body, "rotate the keys").await {
            return answer;
        }
        let Some(rotator) = &self.key_rotator else { return bare(404) };
        match rotator.rotate().await {
            Ok(version) => text(200, JSON, format!("{{\"version\":{version}}}")),
            Err(error) => refusal(500, "InternalFailure", &error),
        }
    }

    async fn move_clock(&self, covered: &Covered<'_>, body: body::Body) -> Answer {
        let document = match self.of_root(covered, body, "move the clock").await {
            Ok(document) => document,
            Err(answer) => return answer,
        };
        let Some(mover) = &self.clock_mover else {
            return refusal(
                403,
                "AccessDeniedException",
                "the server was not started with `--movable-clock`",
            );
        };
        let advance = serde_json::from_slice::<serde_json::Value>(&document)
            .ok()
            .and_then(|value| parse_advance(value.get("advance")?.as_str()?))
            .filter(|by| self.clock.offset().saturating_add(*by).as_secs() <= ADVANCE_SECS_MAX);
        let Some(by) = advance else {
            return refusal(
                400,
                "ValidationException",
                "`advance` must be a duration, of at most a hundred years with all moves before it, like `90s`, `15m`, `36h`, `30d` or `1d12h`",
            );
        };
        if let Err(error) = mover.advance(by).await {
            return refusal(500, "InternalFailure", &error);
        }
        let now = date::extended(self.clock.now());
        text(200, JSON, format!("{{\"now\":\"{now}\",\"offsetSeconds\":{}}}", self.clock.offset().as_secs()))
    }
}

fn refusal(status: u16, code: &str, message: &str) -> Answer {
    text(status, JSON, serde_json::json!({ "__type": code, "message": message }).to_string())
}

/// `30d`, `1d12h`: numbers, each with its unit.
fn parse_advance(text: &str) -> Option<Duration> {
    let (mut total, mut rest) = (0u64, text.trim());
    if rest.is_empty() {
        return None;
    }
    while !rest.is_empty() {
        let digits = rest.find(|letter: char| !letter.is_ascii_digit())?;
        let number: u64 = rest[..digits].parse().ok()?;
        let (unit, after) = rest[digits..].split_at(rest[digits..].chars().next()?.len_utf8());
        let seconds = match unit {
            "s" => 1,
            "m" => 60,
            "h" => 3_600,
            "d" => 86_400,
            "w" => 7 * 86_400,
            _ => return None,
        };
        total = total.checked_add(number.checked_mul(seconds)?)?;
        rest = after;
    }
    (total <= ADVANCE_SECS_MAX).then(|| Duration::from_secs(total))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_numbers_with_units() {
        for (text, seconds) in
            [("30d", 30 * 86_400), ("1d12h", 129_600), ("90s", 90), ("2w", 1_209_600), (" 5m ", 300)]
        {
            assert_eq!(parse_advance(text), Some(Duration::from_secs(seconds)), "{text}");
        }
        for text in ["", "30", "d", "-1d", "1.5h", "5y", "5\u{fc}", "99999999999999999999d", "40000d"] {
            assert_eq!(parse_advance(text), None, "{text}");
        }
    }
}
