//! Whom to ask, and as whom: options first, then the variables that AWS's tools read, then this machine's server.

use std::time::Duration;

use base::{Secret, Timestamp};
use clap::{Arg, ArgMatches};
use outbound::Rules;

use super::call::Kinesis;
use super::shards::From;
use super::sign::Credentials;
use crate::Failure;

/// Where a server of ours listens, unless it was told otherwise.
const ENDPOINT_DEFAULT: &str = "http://127.0.0.1:4566";
const REGION_DEFAULT: &str = "us-east-1";

/// The options both commands have.
pub(super) fn shared() -> [Arg; 2] {
    [
        Arg::new("endpoint").long("endpoint").value_name("URL").help(
            "Whom to ask [default: AWS_ENDPOINT_URL_KINESIS, AWS_ENDPOINT_URL, else http://127.0.0.1:4566]",
        ),
        Arg::new("ca-bundle")
            .long("ca-bundle")
            .value_name("FILE")
            .help("Certificates (PEM) to believe as well, such as the server's own [default: AWS_CA_BUNDLE]"),
    ]
}

/// What stands below each command's options.
pub(super) const CREDENTIALS_HELP: &str = "Credentials come from AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN, else from \
     --root-access-key-id and --root-secret-access-key, else they are `test` and `test`. The region comes from --region, AWS_REGION or \
     AWS_DEFAULT_REGION, else it is us-east-1. TIME is an RFC 3339 time (2026-11-26T12:00:00Z), seconds since 1970, or how long ago \
     (90s, 15m, 2h, 3d).";

/// A client for what the options say.
pub(super) fn client(matches: &ArgMatches, timer: &service::Timer) -> Result<Kinesis, Failure> {
    let option = |name: &str| matches.get_one::<String>(name).cloned();
    let variable = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
    let endpoint = option("endpoint")
        .or_else(|| variable("AWS_ENDPOINT_URL_KINESIS"))
        .or_else(|| variable("AWS_ENDPOINT_URL"))
        .unwrap_or_else(|| ENDPOINT_DEFAULT.to_owned());
    let region = option("region")
        .or_else(|| variable("AWS_REGION"))
        .or_else(|| variable("AWS_DEFAULT_REGION"))
        .unwrap_or_else(|| REGION_DEFAULT.to_owned());
    let own = |name: &str, ours: &str, default: &str| {
        variable(name).or_else(|| option(ours)).unwrap_or_else(|| default.to_owned())
    };
    let credentials = Credentials {
        id: own("AWS_ACCESS_KEY_ID", "root-access-key-id", "test"),
        secret: Secret::new(own("AWS_SECRET_ACCESS_KEY", "root-secret-access-key", "test")),
        token: variable("AWS_SESSION_TOKEN"),
    };
    // The user may ask whom they like: nobody else chooses the address.
    let everywhere = ["0.0.0.0/0", "::/0"].map(|network| network.parse().expect("the network is a constant"));
    let mut rules = Rules::public().with_loopback(true).with_allowed(everywhere);
    if let Some(file) = option("ca-bundle").or_else(|| variable("AWS_CA_BUNDLE")) {
        let pem = std::fs::read(&file).map_err(|error| format!("cannot read `{file}`: {error}"))?;
        rules = rules.with_authorities(&pem)?;
    }
    Kinesis::new(&endpoint, region, credentials, rules, timer.clone())
}

/// Where to begin: `trim`, `latest` or a time.
pub(super) fn from(text: &str, now: Timestamp) -> Result<From, String> {
    match text {
        "trim" => Ok(From::Trim),
        "latest" => Ok(From::Latest),
        other => time(other, now).map(From::Time),
    }
}

/// A point in time: RFC 3339, seconds since the epoch, or how long ago.
pub(super) fn time(text: &str, now: Timestamp) -> Result<Timestamp, String> {
    if text == "now" {
        return Ok(now);
    }
    if let Ok(time) = text.parse::<jiff::Timestamp>() {
        return Ok(Timestamp::from_millis(time.as_millisecond()));
    }
    if let Ok(secs) = text.parse::<f64>()
        && secs.is_finite()
        && (0.0..1e11).contains(&secs)
    {
        return Ok(Timestamp::from_millis((secs * 1_000.0) as i64));
    }
    let ago = text.strip_suffix(" ago").unwrap_or(text);
    let unit = |suffix: &str, secs: u64| {
        ago.strip_suffix(suffix)?.parse::<u64>().ok()?.checked_mul(secs).map(Duration::from_secs)
    };
    let units = [("s", 1), ("m", 60), ("h", 3_600), ("d", 86_400)];
    let ago = units.into_iter().find_map(|(suffix, secs)| unit(suffix, secs));
    ago.map(|ago| now.minus(ago)).ok_or_else(|| {
        format!("`{text}` is no time: give an RFC 3339 time, seconds since 1970, or how long ago, as 15m")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_told_in_three_ways() {
        let now = Timestamp::from_secs(1_800_000_000);
        assert_eq!(time("2027-01-15T08:00:00Z", now), Ok(now));
        assert_eq!(time("2027-01-15T09:00:00+01:00", now), Ok(now));
        assert_eq!(time("1800000000", now), Ok(now));
        assert_eq!(time("1799999999.5", now), Ok(Timestamp::from_millis(1_799_999_999_500)));
        for (ago, secs) in [("90s", 90), ("15m", 900), ("2h", 7_200), ("3d ago", 259_200), ("now", 0)] {
            assert_eq!(time(ago, now), Ok(Timestamp::from_secs(1_800_000_000 - secs)), "{ago}");
        }
        for wrong in ["", "yesterday", "-5", "15 minutes", "99999999999999999999d", "inf"] {
            assert!(time(wrong, now).is_err(), "{wrong}");
        }
        assert_eq!(from("trim", now), Ok(From::Trim));
        assert_eq!(from("latest", now), Ok(From::Latest));
    }
}
