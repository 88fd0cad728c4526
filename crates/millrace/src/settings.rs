//! What can be set, and where each value came from.
//!
//! One table, [`ALL`], is the only list of settings: the command line, the environment and `millrace.toml` are all read by it, under one
//! name (`--log-level`, `MILLRACE_LOG_LEVEL`, `log-level = …`). A flag wins over the environment, that over the file, that over the
//! default; the winner's [`Origin`] is kept, so that `millrace config show --origin` can say it and every complaint can name the place to
//! mend. [`layers`] gathers texts, [`Settings`] turns them into types once; nothing looks at a text afterwards.
//! LocalStack's best-known variables are read too, below our own ([`localstack`]).

pub(crate) mod layers;
mod localstack;
#[cfg(test)]
mod tests;

use std::fmt;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::time::Duration;

use base::{AccountId, Region, Secret};

use layers::Gathered;

/// One setting, as it can be given.
pub(crate) struct Setting {
    /// Its name: `--NAME`, `MILLRACE_NAME`, `NAME = …`.
    pub name: &'static str,
    /// What stands for its value in the help; `None` for a switch.
    pub value: Option<&'static str>,
    /// The value when nobody gave one; empty for none.
    pub default: &'static str,
    /// Never shown.
    pub secret: bool,
    /// May be given several times: `KEY=VALUE` each, a table in the file. As one text they are separated by commas.
    pub many: bool,
    /// One line of help.
    pub help: &'static str,
}

const fn value(
    name: &'static str,
    value: &'static str,
    default: &'static str,
    help: &'static str,
) -> Setting {
    Setting { name, value: Some(value), default, secret: false, many: false, help }
}

const fn switch(name: &'static str, help: &'static str) -> Setting {
    Setting { name, value: None, default: "false", secret: false, many: false, help }
}

/// Every setting, in the order in which the help shows them.
pub(crate) const ALL: &[Setting] = &[
    value("data", "DIR", "./millrace-data", "Where everything is kept"),
    value("listen", "ADDR:PORT", "127.0.0.1:4566", "Where to listen, for everything"),
    switch("ephemeral", "Keep nothing: use a temporary directory and remove it at the end"),
    switch("movable-clock", "Let POST /_millrace/clock move the clock forward"),
    value("limits", "strict|off", "off", "Enforce AWS's throughput quotas and account limits"),
    switch("transitions", "Take AWS's time in CREATING, UPDATING and DELETING, instead of settling at once"),
    value(
        "bucket-defaults",
        "aws|legacy",
        "aws",
        "How new buckets are: as on AWS, or as before 2023 (ACLs on, public access open, SSE-C allowed)",
    ),
    value("lifecycle-day", "DURATION", "24h", "How long a day of S3's lifecycle lasts; suites use `10s`"),
    Setting {
        name: "class-volume",
        value: Some("CLASS=DIR"),
        default: "",
        secret: false,
        many: true,
        help: "Keep the bytes of a storage class (GLACIER, …) or archive tier in this directory; once a class, and from then on always",
    },
    value(
        "functions",
        "sandboxed|trusted|off",
        "sandboxed",
        "How Lambda's functions run: in sandboxes, as processes with this server's own view of the machine, or not at all",
    ),
    value(
        "outbound-allow",
        "NETWORKS",
        "",
        "Private networks that may be asked besides public ones, like `10.1.0.0/16,192.168.7.7`",
    ),
    value("outbound-ca", "FILE", "", "Certificates (PEM) of authorities to believe besides the public ones"),
    value("log", "text|json", "text", "How log lines look; they go to standard error"),
    // Without access lines: one a request is what a busy server spends on them, and rarely read.
    value(
        "log-level",
        "LEVEL",
        "info,access=warn",
        "What is logged: error, warn, info (every request too), debug, trace, or a filter like `door=debug`",
    ),
    value(
        "tls-cert",
        "FILE",
        "",
        "A certificate chain (PEM) for TLS, instead of the one made at first start",
    ),
    value("tls-key", "FILE", "", "The certificate's private key (PEM)"),
    value("root-access-key-id", "ID", "", "The account root's access key id, instead of `test`"),
    Setting {
        name: "root-secret-access-key",
        value: Some("SECRET"),
        default: "",
        secret: true,
        many: false,
        help: "The account root's secret access key; better given by the environment",
    },
    value("account", "ID", "000000000000", "The account that the root credentials stand for"),
    value("region", "NAME", "us-east-1", "The region of requests that name none"),
];

/// The setting of this name.
pub(crate) fn find(name: &str) -> Option<&'static Setting> {
    ALL.iter().find(|setting| setting.name == name)
}

/// The environment variable of a setting.
pub(crate) fn variable(name: &str) -> String {
    format!("MILLRACE_{}", name.replace('-', "_").to_uppercase())
}

/// Where a value came from.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Origin {
    /// The command line.
    Flag,
    /// This environment variable.
    Environment(String),
    /// This file.
    File(PathBuf),
    /// Nobody gave one.
    Default,
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Origin::Flag => f.write_str("command line"),
            Origin::Environment(name) => write!(f, "environment variable {name}"),
            Origin::File(path) => write!(f, "file {}", path.display()),
            Origin::Default => f.write_str("default"),
        }
    }
}

/// Why settings could not be understood. One line, for whoever wrote them.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum SettingsError {
    /// A value is not of its kind.
    #[error("`{name}`: `{text}` is not {wanted} ({origin})")]
    Value {
        /// The setting.
        name: &'static str,
        /// What was given.
        text: String,
        /// What would have been understood.
        wanted: &'static str,
        /// Where it was given.
        origin: Origin,
    },
    /// The file holds a key that is no setting.
    #[error("unknown setting `{key}` in {}; `millrace config show` lists them all", path.display())]
    Unknown {
        /// The key.
        key: String,
        /// The file.
        path: PathBuf,
    },
    /// The file cannot be read or is not TOML.
    #[error("cannot read the settings file {}: {why}", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// Why.
        why: String,
    },
    /// One of two that belong together is missing.
    #[error("`{given}` is given ({origin}) but `{missing}` is not; they belong together")]
    Half {
        /// The one given.
        given: &'static str,
        /// Where.
        origin: Origin,
        /// The other.
        missing: &'static str,
    },
}

/// Whether AWS's quotas are enforced.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Limits {
    /// As on AWS.
    Strict,
    /// Not: one's own machine is the limit.
    Off,
}

/// How log lines look.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum LogFormat {
    /// For people.
    Text,
    /// One JSON object a line.
    Json,
}

/// An access key id and its secret.
#[derive(Clone, Debug)]
pub(crate) struct Credentials {
    /// The access key id.
    pub access_key_id: String,
    /// The secret access key.
    pub secret_access_key: Secret,
}

/// A certificate chain and its key, both PEM files.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct TlsFiles {
    /// The chain.
    pub cert: PathBuf,
    /// The private key.
    pub key: PathBuf,
}

/// Everything that can be set, understood.
#[derive(Clone, Debug)]
pub(crate) struct Settings {
    /// Where everything is kept.
    pub data: PathBuf,
    /// Where to listen.
    pub listen: SocketAddr,
    /// Whether nothing is kept.
    pub ephemeral: bool,
    /// Whether the clock may be moved.
    pub movable_clock: bool,
    /// Whether AWS's quotas are enforced.
    pub limits: Limits,
    /// Whether states take AWS's time.
    pub transitions: bool,
    /// How new buckets are.
    pub bucket_defaults: s3::BucketDefaults,
    /// How long a day of S3's lifecycle lasts.
    pub lifecycle_day: Duration,
    /// Where the bytes of storage classes are kept that are not kept with all others.
    pub class_volumes: Vec<(String, PathBuf)>,
    /// How Lambda's functions run.
    pub functions: lambda::runtimes::Mode,
    /// Which addresses may be asked from here, and whom to believe there; loopback goes by `listen`.
    pub outbound: outbound::Rules,
    /// How log lines look.
    pub log: LogFormat,
    /// What is logged: a level, or a filter of `tracing`.
    pub log_level: String,
    /// The certificate to serve, instead of one of our own.
    pub tls: Option<TlsFiles>,
    /// The root's credentials, instead of the conventional ones.
    pub root: Option<Credentials>,
    /// The account they stand for.
    pub account: AccountId,
    /// The region of requests that name none.
    pub region: Region,
}

impl Settings {
    /// Understands what was gathered. Fails on the first value that is not of its kind.
    pub fn new(given: &Gathered) -> Result<Self, SettingsError> {
        let text = |name| given.text(name).to_owned();
        Ok(Self {
            data: text("data").into(),
            listen: given.parse("listen", "an address and a port, like `127.0.0.1:4566`", listen_address)?,
            ephemeral: given.switch("ephemeral")?,
            movable_clock: given.switch("movable-clock")?,
            limits: given.parse("limits", "`strict` or `off`", |text| match text {
                "strict" => Some(Limits::Strict),
                "off" => Some(Limits::Off),
                _ => None,
            })?,
            transitions: given.switch("transitions")?,
            bucket_defaults: given.parse("bucket-defaults", "`aws` or `legacy`", |text| match text {
                "aws" => Some(s3::BucketDefaults::Aws),
                "legacy" => Some(s3::BucketDefaults::Legacy),
                _ => None,
            })?,
            lifecycle_day: given.parse(
                "lifecycle-day",
                "a duration of a second to a day, like `10s`",
                day,
            )?,
            class_volumes: given.parse(
                "class-volume",
                "a class or tier of S3's (`GLACIER=/slow/disk`; not STANDARD), each once",
                class_volumes,
            )?,
            functions: given.parse("functions", "`sandboxed`, `trusted` or `off`", |text| match text {
                "sandboxed" => Some(lambda::runtimes::Mode::Sandboxed),
                "trusted" => Some(lambda::runtimes::Mode::Trusted),
                "off" => Some(lambda::runtimes::Mode::Off),
                _ => None,
            })?,
            outbound: outbound_rules(given)?,
            log: given.parse("log", "`text` or `json`", |text| match text {
                "text" => Some(LogFormat::Text),
                "json" => Some(LogFormat::Json),
                _ => None,
            })?,
            log_level: given.parse("log-level", "a level or a filter of levels", log_level)?,
            tls: given
                .pair("tls-cert", "tls-key")?
                .map(|(cert, key)| TlsFiles { cert: cert.into(), key: key.into() }),
            root: root_credentials(given)?,
            account: given.parse("account", "twelve digits", |text| text.parse().ok())?,
            region: given.parse("region", "a region's name, like `us-east-1`", Region::new)?,
        })
    }

    /// Whether only this machine can reach the server: then the conventional credentials are good enough.
    pub fn is_loopback(&self) -> bool {
        self.listen.ip().to_canonical().is_loopback()
    }
}

/// What lies outside.
fn outbound_rules(given: &Gathered) -> Result<outbound::Rules, SettingsError> {
    let networks =
        given.parse("outbound-allow", "networks like `10.1.0.0/16`, separated by commas", |text| {
            let networks = text.split(',').map(str::trim).filter(|network| !network.is_empty());
            networks.map(|network| network.parse().ok()).collect::<Option<Vec<outbound::Network>>>()
        })?;
    let rules = outbound::Rules::public().with_allowed(networks);
    given.parse("outbound-ca", "a file of certificates in PEM", |path| {
        if path.is_empty() {
            return Some(rules.clone());
        }
        rules.clone().with_authorities(&std::fs::read(path).ok()?).ok()
    })
}

/// `10s`, `5m`, `24h`: at least a second, at most a day.
fn day(text: &str) -> Option<Duration> {
    const DAY_SECS: u64 = 86_400;
    let (number, unit) = text.split_at_checked(text.len().checked_sub(1)?)?;
    let unit_secs = match unit {
        "s" => 1,
        "m" => 60,
        "h" => 3_600,
        "d" => DAY_SECS,
        _ => return None,
    };
    let secs = number.parse::<u64>().ok()?.checked_mul(unit_secs)?;
    (1..=DAY_SECS).contains(&secs).then(|| Duration::from_secs(secs))
}

/// `CLASS=DIR`, separated by commas.
fn class_volumes(text: &str) -> Option<Vec<(String, PathBuf)>> {
    let mut volumes: Vec<(String, PathBuf)> = Vec::new();
    for pair in text.split(',').filter(|pair| !pair.is_empty()) {
        let (class, dir) = pair.split_once('=')?;
        let is_known = s3::Home::OTHERS.iter().any(|home| home.name() == class);
        if !is_known || dir.is_empty() || volumes.iter().any(|(other, _)| other == class) {
            return None;
        }
        volumes.push((class.to_owned(), dir.into()));
    }
    Some(volumes)
}

/// `ADDR:PORT`; `localhost` is this machine, and port 0 lets the system choose.
fn listen_address(text: &str) -> Option<SocketAddr> {
    match text.strip_prefix("localhost:") {
        Some(port) => Some(SocketAddr::new(Ipv4Addr::LOCALHOST.into(), port.parse().ok()?)),
        None => text.parse().ok(),
    }
}

fn log_level(text: &str) -> Option<String> {
    tracing_subscriber::EnvFilter::builder().parse(text).ok().map(|_| text.to_owned())
}

/// Lengths of the model of IAM: an id has 16 to 128 characters of `\w`. Here also shorter ones, since people choose them by hand.
fn root_credentials(given: &Gathered) -> Result<Option<Credentials>, SettingsError> {
    const ID_CHARS_MAX: usize = 128;
    let Some((id, secret)) = given.pair("root-access-key-id", "root-secret-access-key")? else {
        return Ok(None);
    };
    let well_formed = id.len() <= ID_CHARS_MAX && id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
    if !well_formed {
        return Err(given.wrong("root-access-key-id", "1 to 128 letters, digits and `_`"));
    }
    Ok(Some(Credentials { access_key_id: id.to_owned(), secret_access_key: Secret::new(secret) }))
}
