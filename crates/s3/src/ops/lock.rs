//! Object lock on the wire: headers of writes, permission to bypass, dates.

use base::{AccountId, Timestamp};
use service::{Call, Fault};

use super::access::about_key;
use super::shared::{named_bucket, on_marker, wanted};
use crate::engine::lock::check_bucket_lock;
use crate::engine::{Error, S3};
use crate::tables::{Bucket, Lock, LockMode, Retention};

const MODE: &str = "x-amz-object-lock-mode";
const HOLD: &str = "x-amz-object-lock-legal-hold";
const BYPASS: &str = "x-amz-bypass-governance-retention";

/// What a write's headers say of its object's lock.
pub(super) fn asked_lock(
    mode: Option<&str>,
    until: Option<Timestamp>,
    hold: Option<&str>,
    now: Timestamp,
) -> Result<Lock, Error> {
    let retention = match (mode, until) {
        (None, None) => None,
        (Some(mode), Some(until)) => {
            let known = LockMode::of(mode);
            let mode = known.ok_or_else(|| Error::argument(MODE, mode, "Unknown wormMode directive."))?;
            check_future(until, now)?;
            Some(Retention { mode, until })
        }
        (Some(_), None) | (None, Some(_)) => {
            let name = if mode.is_some() { "x-amz-object-lock-retain-until-date" } else { MODE };
            let text = "x-amz-object-lock-retain-until-date and x-amz-object-lock-mode must both be supplied";
            return Err(Error::Argument { name, value: None, text: text.to_owned() });
        }
    };
    let hold = match hold {
        None => None,
        Some("ON") => Some(true),
        Some("OFF") => Some(false),
        Some(other) => {
            return Err(Error::argument(HOLD, other, "Legal Hold must be either of 'ON' or 'OFF'"));
        }
    };
    Ok(Lock { retention, hold })
}

/// Refuses a retention that would be over before it began.
pub(super) fn check_future(until: Timestamp, now: Timestamp) -> Result<(), Error> {
    if until > now {
        return Ok(());
    }
    Err(Error::argument("RetainUntilDate", pacific(until), "The retain until date must be in the future!"))
}

/// What the policies are asked beside `s3:PutObject` for these headers.
pub(super) fn lock_actions(retention: bool, hold: bool) -> impl Iterator<Item = &'static str> {
    let retention = retention.then_some("s3:PutObjectRetention");
    retention.into_iter().chain(hold.then_some("s3:PutObjectLegalHold"))
}

/// Whether a request may bypass governance: it asks to, and the policies let it. Without the permission it is as if it had not asked.
pub(super) async fn may_bypass(
    call: &Call,
    bucket: &str,
    owner: AccountId,
    key: &str,
    header: Option<bool>,
) -> bool {
    let access = about_key(call, bucket, owner, key, "s3:BypassGovernanceRetention");
    header == Some(true) && call.allow(access).await.is_ok()
}

/// Refuses the header on buckets where it has no meaning, whatever it says.
pub(super) fn check_bypass_header(bucket: &Bucket, header: Option<bool>) -> Result<(), Error> {
    if header.is_none() || bucket.lock.is_some() {
        return Ok(());
    }
    let text = "x-amz-bypass-governance-retention is only applicable to Object Lock enabled buckets.";
    Err(Error::Argument { name: BYPASS, value: None, text: text.to_owned() })
}

/// The parts of a lock that a reader may see.
pub(super) async fn visible(call: &Call, bucket: &str, owner: AccountId, key: &str, lock: Lock) -> Lock {
    let may = async |action| call.allow(about_key(call, bucket, owner, key, action)).await.is_ok();
    Lock {
        retention: match lock.retention {
            Some(retention) if may("s3:GetObjectRetention").await => Some(retention),
            Some(_) | None => None,
        },
        hold: match lock.hold {
            Some(hold) if may("s3:GetObjectLegalHold").await => Some(hold),
            Some(_) | None => None,
        },
    }
}

/// The lock of a version, in a bucket that has object lock.
pub(super) async fn find_lock(
    s3: &S3,
    call: &Call,
    bucket: &str,
    key: &str,
    version_id: Option<&String>,
) -> Result<Lock, Fault> {
    let asked = wanted(version_id)?;
    let found = named_bucket(s3, call, bucket).await?.value;
    check_bucket_lock(&found)?;
    let version = s3.find_version(&*s3.snapshot(), &found, key, asked).await;
    Ok(version.map_err(|error| on_marker(call, error))?.row.value.lock)
}

/// A legal hold's word.
pub(super) const fn hold_name(hold: bool) -> &'static str {
    if hold { "ON" } else { "OFF" }
}

/// `Tue Dec 31 16:00:00 PST 2019`: the form in which AWS repeats a date that it refuses (facts section 10).
fn pacific(time: Timestamp) -> String {
    const HOUR: i64 = 3_600;
    let winter = wire::time::http_date(Timestamp::from_secs(time.as_secs() - 8 * HOUR));
    let (hours, zone) = if is_summer(&winter) { (7, "PDT") } else { (8, "PST") };
    let local = wire::time::http_date(Timestamp::from_secs(time.as_secs() - hours * HOUR));
    // `Tue, 31 Dec 2019 16:00:00 GMT`.
    let words: Vec<&str> = local.split([' ', ',']).filter(|word| !word.is_empty()).collect();
    match words[..] {
        [weekday, day, month, year, clock, _] => format!("{weekday} {month} {day} {clock} {zone} {year}"),
        _ => local,
    }
}

/// Whether the clocks of the west coast are on summer time: from 2:00 on the second Sunday of March to 2:00 (then) on the first of November.
/// The date is in winter time.
fn is_summer(date: &str) -> bool {
    const DAYS: [&str; 7] = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
    let number = |range| date.get(range).and_then(|text: &str| text.trim().parse::<i64>().ok()).unwrap_or(0);
    let since_sunday = DAYS.iter().position(|day| date.starts_with(day)).unwrap_or(0) as i64;
    let (day, hour) = (number(5..7), number(17..19));
    let sunday = day - since_sunday;
    match date.get(8..11) {
        Some("Apr" | "May" | "Jun" | "Jul" | "Aug" | "Sep" | "Oct") => true,
        Some("Mar") => {
            sunday > 8 || (sunday == 8 && (day > 8 || hour >= 2)) || (sunday > 7 && since_sunday > 0)
        }
        Some("Nov") => sunday < 1 || (sunday == day && sunday < 8 && hour < 1),
        Some(_) | None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_repeated_as_on_the_west_coast() {
        for (secs, text) in [
            (1_577_836_800, "Tue Dec 31 16:00:00 PST 2019"),
            (1_593_561_600, "Tue Jun 30 17:00:00 PDT 2020"),
            // 2026: 8 March, 10:00 UTC and 1 November, 9:00 UTC.
            (1_772_963_999, "Sun Mar 08 01:59:59 PST 2026"),
            (1_772_964_000, "Sun Mar 08 03:00:00 PDT 2026"),
            (1_793_523_599, "Sun Nov 01 01:59:59 PDT 2026"),
            (1_793_523_600, "Sun Nov 01 01:00:00 PST 2026"),
            (1_773_100_000, "Mon Mar 09 16:46:40 PDT 2026"),
        ] {
            assert_eq!(pacific(Timestamp::from_secs(secs)), text);
        }
    }

    #[test]
    fn mode_and_date_go_together() {
        let now = Timestamp::from_secs(1_000);
        let later = Some(Timestamp::from_secs(1_001));
        assert!(asked_lock(Some("GOVERNANCE"), later, Some("OFF"), now).is_ok());
        assert_eq!(asked_lock(None, None, None, now), Ok(Lock::default()));
        for (mode, until, hold) in [
            (Some("GOVERNANCE"), None, None),
            (None, later, None),
            (Some("governance"), later, None),
            (Some("COMPLIANCE"), Some(now), None),
            (None, None, Some("on")),
        ] {
            assert!(matches!(asked_lock(mode, until, hold, now), Err(Error::Argument { .. })));
        }
    }
}
