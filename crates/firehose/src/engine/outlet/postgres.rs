//! As much of PostgreSQL's protocol (version 3) as `COPY` needs: TLS, passwords in all three forms, a simple query, `COPY … FROM STDIN`.
//!
//! ```text
//! message   type (1 byte; none in the first) | length, itself included (i32 BE) | …
//! ```

use std::time::Duration;

use base::Random;
use bytes::{Buf, BufMut, Bytes, BytesMut};
use outbound::{Client, Connection, Endpoint, Error};
use serde_json::Value;
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use crate::tables::Hidden;

/// For connecting, and for each step of the dialogue.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(15);
const STEP_TIMEOUT: Duration = Duration::from_secs(300);
/// Bytes of a message.
const MESSAGE_BYTES_MAX: usize = 1 << 20;
/// Rounds of a password's hash that a server may ask for.
const ROUNDS_MAX: u32 = 1_000_000;
/// Columns of a table.
const COLUMNS_MAX: usize = 1_600;

/// Where to, and as whom.
#[derive(Debug)]
pub(super) struct Target {
    pub host: String,
    pub port: u16,
    pub database: String,
    pub user: String,
    pub password: Hidden,
}

/// Why the database did not take something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Refused {
    /// `Redshift.TableNotFound`.
    pub code: &'static str,
    /// In words.
    pub message: String,
}

impl Refused {
    pub(super) fn new(code: &'static str, message: impl Into<String>) -> Self {
        Self { code, message: message.into() }
    }
}

fn lost(error: &std::io::Error) -> Refused {
    Refused::new("Redshift.ConnectionFailed", format!("The connection to the database was lost: {error}"))
}

fn broken(what: &str) -> Refused {
    Refused::new(
        "Redshift.ConnectionFailed",
        format!("The database does not speak PostgreSQL's protocol: {what}"),
    )
}

fn unreached(error: Error) -> Refused {
    Refused::new("Redshift.ConnectionFailed", error.to_string())
}

/// A dialogue with a database.
pub(super) struct Session {
    connection: Connection,
}

impl Session {
    /// Connects and signs in.
    pub(super) async fn open(client: &Client, random: &Random, target: &Target) -> Result<Self, Refused> {
        let opening = async {
            let endpoint = Endpoint {
                host: target.host.clone(),
                port: target.port,
                tls: false,
                timeout: CONNECT_TIMEOUT,
            };
            let mut connection = client.connect(&endpoint).await.map_err(unreached)?;
            connection.write_all(&SSL_REQUEST).await.map_err(|error| lost(&error))?;
            let connection = match connection.read_u8().await.map_err(|error| lost(&error))? {
                b'S' => client.upgrade(connection, &target.host, CONNECT_TIMEOUT).await.map_err(unreached)?,
                b'N' => connection,
                _ => return Err(broken("no answer about TLS")),
            };
            let mut session = Self { connection };
            session.sign_in(random, target).await?;
            Ok(session)
        };
        within(STEP_TIMEOUT, opening).await
    }

    async fn sign_in(&mut self, random: &Random, target: &Target) -> Result<(), Refused> {
        let mut startup = BytesMut::new();
        startup.put_i32(PROTOCOL);
        for (name, value) in [
            ("user", target.user.as_str()),
            ("database", &target.database),
            ("client_encoding", "UTF8"),
            ("application_name", "millrace-firehose"),
        ] {
            startup.put_slice(name.as_bytes());
            startup.put_u8(0);
            startup.put_slice(value.as_bytes());
            startup.put_u8(0);
        }
        startup.put_u8(0);
        self.send(None, &startup).await?;
        let mut scram: Option<Scram> = None;
        loop {
            let (kind, mut message) = self.receive().await?;
            match kind {
                b'R' if message.len() >= 4 => match message.get_i32() {
                    0 => {}
                    3 => self.send(Some(b'p'), &text(target.password.text())).await?,
                    5 => {
                        let salt: [u8; 4] = message
                            .get(..4)
                            .and_then(|salt| salt.try_into().ok())
                            .ok_or_else(|| broken("no salt"))?;
                        self.send(Some(b'p'), &text(&md5_password(target, salt))).await?;
                    }
                    10 => {
                        let begun = Scram::begin(random);
                        let first = begun.first();
                        let mut reply = BytesMut::new();
                        reply.put_slice(b"SCRAM-SHA-256\0");
                        reply.put_i32(i32::try_from(first.len()).map_err(|_| broken("too long"))?);
                        reply.put_slice(first.as_bytes());
                        self.send(Some(b'p'), &reply).await?;
                        scram = Some(begun);
                    }
                    11 => {
                        let scram =
                            scram.as_mut().ok_or_else(|| broken("a challenge that was not asked for"))?;
                        let reply = scram.answer(&message, target.password.text())?;
                        self.send(Some(b'p'), reply.as_bytes()).await?;
                    }
                    12 => scram
                        .as_ref()
                        .ok_or_else(|| broken("a signature that was not asked for"))?
                        .check(&message)?,
                    _ => {
                        return Err(Refused::new(
                            "Redshift.AuthenticationFailed",
                            "The database asks for a kind of authentication that is not supported.",
                        ));
                    }
                },
                b'E' => return Err(refused(&message)),
                b'Z' => return Ok(()),
                _ => {}
            }
        }
    }

    async fn send(&mut self, kind: Option<u8>, body: &[u8]) -> Result<(), Refused> {
        let mut message = BytesMut::with_capacity(body.len() + 5);
        if let Some(kind) = kind {
            message.put_u8(kind);
        }
        message.put_i32(i32::try_from(body.len() + 4).map_err(|_| broken("too long"))?);
        message.put_slice(body);
        self.connection.write_all(&message).await.map_err(|error| lost(&error))?;
        self.connection.flush().await.map_err(|error| lost(&error))
    }

    async fn receive(&mut self) -> Result<(u8, Bytes), Refused> {
        let kind = self.connection.read_u8().await.map_err(|error| lost(&error))?;
        let length = self.connection.read_i32().await.map_err(|error| lost(&error))?;
        let length = usize::try_from(length).ok().and_then(|length| length.checked_sub(4));
        let length = length
            .filter(|length| *length <= MESSAGE_BYTES_MAX)
            .ok_or_else(|| broken("a message too long"))?;
        let mut body = vec![0; length];
        self.connection.read_exact(&mut body).await.map_err(|error| lost(&error))?;
        Ok((kind, body.into()))
    }

    /// Runs a statement.
    pub(super) async fn execute(&mut self, sql: &str) -> Result<(), Refused> {
        within(STEP_TIMEOUT, async {
            self.send(Some(b'Q'), &text(sql)).await?;
            self.until_ready(|_| {}).await
        })
        .await
    }

    /// Reads until the database is ready again; an error on the way is the outcome.
    async fn until_ready(&mut self, mut row: impl FnMut(Bytes)) -> Result<(), Refused> {
        let mut outcome = Ok(());
        loop {
            match self.receive().await? {
                (b'E', message) => outcome = Err(refused(&message)),
                (b'D', message) => row(message),
                (b'Z', _) => return outcome,
                _ => {}
            }
        }
    }

    /// The columns of a table, in order.
    pub(super) async fn columns(&mut self, table: &str) -> Result<Vec<String>, Refused> {
        let sql = format!(
            "SELECT attname FROM pg_attribute WHERE attrelid = '{}'::regclass AND attnum > 0 AND NOT attisdropped ORDER BY attnum",
            table.replace('\'', "''"),
        );
        within(STEP_TIMEOUT, async {
            self.send(Some(b'Q'), &text(&sql)).await?;
            let mut columns = Vec::new();
            self.until_ready(|mut row| {
                // One column: its count, its length, its text.
                if columns.len() < COLUMNS_MAX && row.len() >= 6 {
                    row.advance(6);
                    columns.push(String::from_utf8_lossy(&row).into_owned());
                }
            })
            .await?;
            Ok(columns)
        })
        .await
    }

    /// Begins `COPY … FROM STDIN`.
    pub(super) async fn begin_copy(&mut self, sql: &str) -> Result<(), Refused> {
        within(STEP_TIMEOUT, async {
            self.send(Some(b'Q'), &text(sql)).await?;
            loop {
                match self.receive().await? {
                    (b'G', _) => return Ok(()),
                    (b'E', message) => return Err(refused(&message)),
                    (b'Z', _) => return Err(broken("COPY was not begun")),
                    _ => {}
                }
            }
        })
        .await
    }

    /// Sends rows.
    pub(super) async fn send_copy(&mut self, rows: &[u8]) -> Result<(), Refused> {
        within(STEP_TIMEOUT, self.send(Some(b'd'), rows)).await
    }

    /// Ends it, and waits until the rows are there.
    pub(super) async fn end_copy(&mut self) -> Result<(), Refused> {
        within(STEP_TIMEOUT, async {
            self.send(Some(b'c'), &[]).await?;
            self.until_ready(|_| {}).await
        })
        .await
    }
}

const SSL_REQUEST: [u8; 8] = [0, 0, 0, 8, 0x04, 0xd2, 0x16, 0x2f];
const PROTOCOL: i32 = 196_608;

async fn within<T>(timeout: Duration, step: impl Future<Output = Result<T, Refused>>) -> Result<T, Refused> {
    match tokio::time::timeout(timeout, step).await {
        Ok(outcome) => outcome,
        Err(_) => Err(Refused::new("Redshift.ConnectionFailed", "The database did not answer in time.")),
    }
}

fn text(text: &str) -> Vec<u8> {
    // A zero within would end it early; no statement and no password has one.
    let mut bytes: Vec<u8> = text.bytes().filter(|byte| *byte != 0).collect();
    bytes.push(0);
    bytes
}

/// An error message: fields of a letter and a text.
fn refused(message: &[u8]) -> Refused {
    let (mut state, mut said) = (String::new(), String::new());
    for field in message.split(|byte| *byte == 0) {
        let Some((letter, value)) = field.split_first() else { continue };
        match letter {
            b'C' => state = String::from_utf8_lossy(value).into_owned(),
            b'M' => said = String::from_utf8_lossy(value).into_owned(),
            _ => {}
        }
    }
    let code = match state.as_str() {
        "42P01" => "Redshift.TableNotFound",
        "42703" => "Redshift.ColumnNotFound",
        "42601" => "Redshift.SyntaxError",
        "3D000" => "Redshift.DatabaseNotFound",
        "53100" => "Redshift.DiskFull",
        state if state.starts_with("28") => "Redshift.AuthenticationFailed",
        state if state.starts_with("08") => "Redshift.ConnectionFailed",
        state if state.starts_with("42501") => "Redshift.AccessDenied",
        _ => "Redshift.DataLoadFailed",
    };
    Refused::new(code, format!("{said} ({state})"))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn md5_password(target: &Target, salt: [u8; 4]) -> String {
    let inner = hex(&crypt::md5(format!("{}{}", target.password.text(), target.user).as_bytes()));
    format!("md5{}", hex(&crypt::md5(&[inner.as_bytes(), &salt].concat())))
}

/// SCRAM-SHA-256 (RFC 5802, 7677), without channel binding.
struct Scram {
    nonce: String,
    server_signature: [u8; 32],
}

impl Scram {
    fn begin(random: &Random) -> Self {
        Self { nonce: format!("{:032x}", random.u128()), server_signature: [0; 32] }
    }

    fn bare(&self) -> String {
        format!("n=,r={}", self.nonce)
    }

    fn first(&self) -> String {
        format!("n,,{}", self.bare())
    }

    fn answer(&mut self, challenge: &[u8], password: &str) -> Result<String, Refused> {
        let challenge = std::str::from_utf8(challenge).map_err(|_| broken("a challenge that is no text"))?;
        let part = |name: &str| challenge.split(',').find_map(|part| part.strip_prefix(name));
        let (Some(nonce), Some(salt), Some(rounds)) = (part("r="), part("s="), part("i=")) else {
            return Err(broken("a challenge without its parts"));
        };
        if !nonce.starts_with(&self.nonce) {
            return Err(broken("a challenge for another"));
        }
        let salt =
            base64_simd::STANDARD.decode_to_vec(salt).map_err(|_| broken("a salt that is no base64"))?;
        let rounds: u32 = rounds
            .parse()
            .ok()
            .filter(|rounds| (1..=ROUNDS_MAX).contains(rounds))
            .ok_or_else(|| broken("rounds"))?;
        let salted = salted_password(password, &salt, rounds);
        let client_key = crypt::hmac_sha256(&salted, b"Client Key");
        let ending = format!("c=biws,r={nonce}");
        let all = format!("{},{challenge},{ending}", self.bare());
        let signature = crypt::hmac_sha256(&crypt::sha256(&client_key), all.as_bytes());
        let proof: Vec<u8> = client_key.iter().zip(signature).map(|(key, sign)| key ^ sign).collect();
        self.server_signature =
            crypt::hmac_sha256(&crypt::hmac_sha256(&salted, b"Server Key"), all.as_bytes());
        Ok(format!("{ending},p={}", base64_simd::STANDARD.encode_to_string(proof)))
    }

    fn check(&self, answer: &[u8]) -> Result<(), Refused> {
        let signature =
            answer.strip_prefix(b"v=").and_then(|text| base64_simd::STANDARD.decode_to_vec(text).ok());
        match signature {
            Some(signature) if crypt::same(&signature, &self.server_signature) => Ok(()),
            _ => Err(Refused::new(
                "Redshift.AuthenticationFailed",
                "The database does not know the password either.",
            )),
        }
    }
}

/// PBKDF2 with one block.
fn salted_password(password: &str, salt: &[u8], rounds: u32) -> [u8; 32] {
    let mut last = crypt::hmac_sha256(password.as_bytes(), &[salt, &[0, 0, 0, 1]].concat());
    let mut sum = last;
    for _ in 1..rounds {
        last = crypt::hmac_sha256(password.as_bytes(), &last);
        sum.iter_mut().zip(last).for_each(|(sum, byte)| *sum ^= byte);
    }
    sum
}

/// How records become rows, by Redshift's options.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// `json 'auto'`: a document a row.
    Json {
        /// Keys and columns are compared without case.
        ignore_case: bool,
    },
    /// `csv`.
    Csv,
    /// Lines, by this delimiter.
    Lines(char),
}

impl Form {
    pub(super) fn of(options: &str) -> Self {
        let lower = options.to_ascii_lowercase();
        if lower.contains("json") {
            return Self::Json { ignore_case: lower.contains("ignorecase") };
        }
        if lower.split(|c: char| !c.is_ascii_alphanumeric()).any(|word| word == "csv") {
            return Self::Csv;
        }
        let delimiter = lower.find("delimiter").and_then(|at| {
            let mut quoted = options[at..].split('\'');
            quoted.nth(1).map(|text| if text == "\\t" { '\t' } else { text.chars().next().unwrap_or('|') })
        });
        // Redshift's own default.
        Self::Lines(delimiter.unwrap_or('|'))
    }

    pub(super) fn is_json(&self) -> bool {
        matches!(self, Self::Json { .. })
    }

    /// The options of `COPY … FROM STDIN`.
    pub(super) fn options(&self) -> String {
        match self {
            Self::Json { .. } => "FORMAT text".to_owned(),
            Self::Csv => "FORMAT csv".to_owned(),
            Self::Lines(delimiter) => format!("FORMAT text, DELIMITER E'\\x{:02x}'", u32::from(*delimiter)),
        }
    }

    /// Writes the rows of a record.
    pub(super) fn write(&self, record: &[u8], columns: &[String], rows: &mut Vec<u8>) -> Result<(), Refused> {
        match self {
            Self::Csv | Self::Lines(_) => {
                rows.extend_from_slice(record);
                if !record.ends_with(b"\n") {
                    rows.push(b'\n');
                }
            }
            Self::Json { ignore_case } => {
                for document in serde_json::Deserializer::from_slice(record).into_iter::<Value>() {
                    let document = document.map_err(|error| {
                        Refused::new("Redshift.DataLoadFailed", format!("A record is not JSON: {error}"))
                    })?;
                    row(&document, columns, *ignore_case, rows);
                }
            }
        }
        Ok(())
    }
}

fn row(document: &Value, columns: &[String], ignore_case: bool, rows: &mut Vec<u8>) {
    for (at, column) in columns.iter().enumerate() {
        if at > 0 {
            rows.push(b'\t');
        }
        let name = column.trim_matches('"');
        let exact = document.get(name);
        let value = exact.or_else(|| {
            let members = document.as_object().filter(|_| ignore_case)?;
            members.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value)
        });
        match value {
            None | Some(Value::Null) => rows.extend_from_slice(b"\\N"),
            Some(Value::String(text)) => escape(text, rows),
            Some(other) => escape(&other.to_string(), rows),
        }
    }
    rows.push(b'\n');
}

fn escape(text: &str, rows: &mut Vec<u8>) {
    for byte in text.bytes() {
        match byte {
            b'\\' => rows.extend_from_slice(b"\\\\"),
            b'\n' => rows.extend_from_slice(b"\\n"),
            b'\r' => rows.extend_from_slice(b"\\r"),
            b'\t' => rows.extend_from_slice(b"\\t"),
            0 => {}
            other => rows.push(other),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scram_proves_the_password_and_has_the_server_prove_it_too() {
        // The exchange of RFC 7677, section 3.
        let mut scram = Scram { nonce: "rOprNGfwEbeRWgbNEkqO".to_owned(), server_signature: [0; 32] };
        let challenge =
            b"r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096";
        // The RFC names the user in its messages, PostgreSQL leaves it out; so only the form is compared here.
        let answer = scram.answer(challenge, "pencil").unwrap();
        assert!(answer.starts_with("c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,p="));
        let right = format!("v={}", base64_simd::STANDARD.encode_to_string(scram.server_signature));
        assert_eq!(scram.check(right.as_bytes()), Ok(()));
        assert!(scram.check(b"v=AAAA").is_err());
        assert!(scram.answer(b"r=other,s=AAAA,i=1", "x").is_err());
    }

    #[test]
    fn redshifts_options_say_how_records_become_rows() {
        assert_eq!(Form::of("json 'auto'"), Form::Json { ignore_case: false });
        assert_eq!(Form::of("FORMAT CSV"), Form::Csv);
        assert_eq!(Form::of("delimiter ','"), Form::Lines(','));
        assert_eq!(Form::of("DELIMITER '\\t'"), Form::Lines('\t'));
        assert_eq!(Form::of(""), Form::Lines('|'));
        assert_eq!(Form::Lines('|').options(), "FORMAT text, DELIMITER E'\\x7c'");
    }

    #[test]
    fn documents_become_rows_in_the_order_of_the_columns() {
        let columns = ["a", "b", "\"c\"", "d"].map(str::to_owned);
        let mut rows = Vec::new();
        let form = Form::Json { ignore_case: false };
        form.write(
            b"{\"b\":\"x\\ty\\\\\",\"a\":1,\"c\":{\"k\":[1]}}{\"d\":null,\"a\":true}",
            &columns,
            &mut rows,
        )
        .unwrap();
        assert_eq!(rows, b"1\tx\\ty\\\\\t{\"k\":[1]}\t\\N\ntrue\t\\N\t\\N\t\\N\n");
        assert!(form.write(b"oops", &columns, &mut rows).is_err());
    }

    #[test]
    fn errors_are_named_as_the_service_names_them() {
        let error = refused(b"SERROR\0C42P01\0Mrelation \"t\" does not exist\0\0");
        assert_eq!(error, Refused::new("Redshift.TableNotFound", "relation \"t\" does not exist (42P01)"));
    }
}
