//! `millrace tail STREAM`: prints a stream's records as they come.

use std::io::{self, Write};
use std::process::ExitCode;
use std::time::Duration;

use base::Timestamp;
use clap::{Arg, ArgAction, ArgMatches, Command};
use futures_util::future::BoxFuture;
use futures_util::stream::{FuturesUnordered, StreamExt};
use serde_json::{Value, json};
use service::Timer;

use super::call::{Error, Kinesis};
use super::filter::Filter;
use super::reader::{Page, Reader, Record};
use super::shards::{self, Family, From};
use super::{decode, interrupted, options};
use crate::Failure;

/// How long a shard is left alone that had nothing new: AWS answers five reads a second.
const IDLE: Duration = Duration::from_millis(300);

/// How records look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Text,
    Json,
    Data,
}

/// The command's description.
pub(super) fn command() -> Command {
    Command::new("tail")
        .about("Print the records of a Kinesis stream as they come; follows splits and merges")
        .after_help(options::CREDENTIALS_HELP)
        .arg(Arg::new("stream").value_name("STREAM").required(true).help("The stream's name or ARN"))
        .arg(
            Arg::new("from")
                .long("from")
                .value_name("trim|latest|TIME")
                .default_value("latest")
                .help("Where to begin: the oldest record, what comes from now on, or a time"),
        )
        .arg(
            Arg::new("shard")
                .long("shard")
                .value_name("ID")
                .action(ArgAction::Append)
                .help("Only this shard, to its end; may be given more than once"),
        )
        .arg(
            Arg::new("filter")
                .long("filter")
                .value_name("TEXT|PATH=VALUE")
                .action(ArgAction::Append)
                .help("Only records that hold the text, or JSON in which the path has the value, as .user.id=42; all of them must pass"),
        )
        .arg(
            Arg::new("output")
                .long("output")
                .value_name("text|json|data")
                .value_parser(["text", "json", "data"])
                .default_value("text")
                .help("How records look: time, shard, key and data; one JSON object each; or their data alone"),
        )
        .arg(
            Arg::new("limit")
                .long("limit")
                .value_name("N")
                .value_parser(clap::value_parser!(u64).range(1..))
                .help("Stop after so many records"),
        )
        .arg(
            Arg::new("no-follow")
                .long("no-follow")
                .action(ArgAction::SetTrue)
                .help("Stop when every shard was read to its tip"),
        )
        .args(options::shared())
}

/// Why the printing ended.
enum Stop {
    /// As many as were asked for, or nobody reads on.
    Enough,
    Failed(Failure),
}

struct Printer<W> {
    out: W,
    form: Form,
    filters: Vec<Filter>,
    left: u64,
}

/// Follows the stream.
pub(super) async fn run(matches: &ArgMatches, timer: &Timer) -> Result<ExitCode, Failure> {
    let kinesis = options::client(matches, timer)?;
    let text = |name: &str| matches.get_one::<String>(name).map(String::as_str).unwrap_or_default();
    let many = |name: &str| matches.get_many::<String>(name).into_iter().flatten().cloned();
    let printer = Printer {
        out: io::stdout(),
        form: match text("output") {
            "json" => Form::Json,
            "data" => Form::Data,
            _ => Form::Text,
        },
        filters: many("filter").map(|filter| Filter::parse(&filter)).collect::<Result<_, _>>()?,
        left: matches.get_one::<u64>("limit").copied().unwrap_or(u64::MAX),
    };
    let stream = stream_input(text("stream"));
    let from = options::from(text("from"), timer.clock().wall())?;
    let shards: Vec<String> = many("shard").map(|shard| normal(&shard)).collect();
    let follow = !matches.get_flag("no-follow");
    let work = follow_stream(&kinesis, (&stream, from, shards, follow), printer);
    tokio::select! {
        done = work => done.map(|()| ExitCode::SUCCESS),
        // Who tails a stream ends it so: nothing is missing then.
        () = interrupted() => Ok(ExitCode::SUCCESS),
    }
}

/// The members that name a stream: by ARN, or by name.
pub(super) fn stream_input(text: &str) -> Value {
    if text.starts_with("arn:") { json!({"StreamARN": text}) } else { json!({"StreamName": text}) }
}

/// A shard's id in full: `3` is `shardId-000000000003`.
fn normal(text: &str) -> String {
    match text.strip_prefix("shardId-").unwrap_or(text).parse::<u64>() {
        Ok(number) => format!("shardId-{number:012}"),
        Err(_) => text.to_owned(),
    }
}

async fn follow_stream<W: Write>(
    kinesis: &Kinesis,
    (stream, from, shards, follow): (&Value, From, Vec<String>, bool),
    mut printer: Printer<W>,
) -> Result<(), Failure> {
    // Whether it is there, and whether anybody answers, is told before anything else.
    kinesis.call("DescribeStreamSummary", stream).await?;
    let only = !shards.is_empty();
    let first = if only {
        shards.into_iter().map(|id| shards::Shard { id, parents: Vec::new() }).collect()
    } else {
        shards::first(kinesis, stream, from).await?
    };
    let mut family = Family::default();
    family.begin(&first);
    let mut pages: FuturesUnordered<BoxFuture<'_, (Reader, Result<Page, Error>)>> = FuturesUnordered::new();
    for shard in first {
        pages.push(Box::pin(next(kinesis, Reader::new(stream, shard.id, from), Duration::ZERO)));
    }
    while let Some((reader, page)) = pages.next().await {
        let page = match page {
            Ok(page) => page,
            // Expired and gone while it was waited for.
            Err(error) if error.is("ResourceNotFoundException") && !only => {
                kinesis.call("DescribeStreamSummary", stream).await?;
                continue;
            }
            Err(error) => return Err(error.into()),
        };
        match printer.print(&page.records) {
            Ok(()) => {}
            Err(Stop::Enough) => return Ok(()),
            Err(Stop::Failed(failure)) => return Err(failure),
        }
        match page.ended {
            Some(_) if only => {}
            Some(children) => {
                for id in family.ended(&reader.shard, children) {
                    pages.push(Box::pin(next(kinesis, Reader::new(stream, id, From::Trim), Duration::ZERO)));
                }
            }
            None if page.at_tip && !follow => {}
            None => {
                let pause = if page.at_tip { IDLE } else { Duration::ZERO };
                pages.push(Box::pin(next(kinesis, reader, pause)));
            }
        }
    }
    Ok(())
}

async fn next(kinesis: &Kinesis, mut reader: Reader, pause: Duration) -> (Reader, Result<Page, Error>) {
    if !pause.is_zero() {
        kinesis.timer().sleep(pause).await;
    }
    let page = reader.page(kinesis).await;
    (reader, page)
}

impl<W: Write> Printer<W> {
    fn print(&mut self, records: &[Record]) -> Result<(), Stop> {
        for record in records {
            for part in decode::parts(&record.data) {
                if !self.filters.iter().all(|filter| filter.passes(&part.data)) {
                    continue;
                }
                let key = part.key.as_deref().or(record.key.as_deref());
                let line = line(self.form, record, key, &part.data);
                written(self.out.write_all(&line))?;
                self.left -= 1;
                if self.left == 0 {
                    written(self.out.flush())?;
                    return Err(Stop::Enough);
                }
            }
        }
        written(self.out.flush())
    }
}

/// A reader that went away is an end like another.
fn written(result: io::Result<()>) -> Result<(), Stop> {
    result.map_err(|error| match error.kind() {
        io::ErrorKind::BrokenPipe => Stop::Enough,
        _ => Stop::Failed(error.into()),
    })
}

fn line(form: Form, record: &Record, key: Option<&str>, data: &[u8]) -> Vec<u8> {
    match form {
        Form::Data => [data.strip_suffix(b"\n").unwrap_or(data), b"\n"].concat(),
        Form::Text => {
            let shard = record.shard.strip_prefix("shardId-").unwrap_or(&record.shard);
            let shard = shard.trim_start_matches('0');
            let shard = if shard.is_empty() { "0" } else { shard };
            let (time, key, data) = (shown_time(record.arrival), key.unwrap_or("-"), decode::shown(data));
            format!("{time} {shard} {key} {data}\n").into_bytes()
        }
        Form::Json => {
            let data = match serde_json::from_slice::<Value>(data) {
                Ok(value) => value,
                Err(_) => Value::String(decode::shown(data)),
            };
            let shown = json!({
                "shardId": record.shard, "sequenceNumber": record.sequence, "partitionKey": key,
                "time": shown_time(record.arrival), "data": data,
            });
            format!("{shown}\n").into_bytes()
        }
    }
}

fn shown_time(time: Timestamp) -> String {
    let time = jiff::Timestamp::from_millisecond(time.as_millis()).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
    time.strftime("%Y-%m-%dT%H:%M:%S.%3fZ").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(data: &[u8]) -> Record {
        Record {
            shard: "shardId-000000000010".to_owned(),
            sequence: "77".to_owned(),
            key: Some("k".to_owned()),
            arrival: Timestamp::from_millis(1_800_000_000_123),
            data: data.to_vec(),
        }
    }

    fn printed(form: Form, filters: &[&str], left: u64, records: &[Record]) -> (String, bool) {
        let filters = filters.iter().map(|filter| Filter::parse(filter).unwrap()).collect();
        let mut printer = Printer { out: Vec::new(), form, filters, left };
        let ended = printer.print(records).is_err();
        (String::from_utf8(printer.out).unwrap(), ended)
    }

    #[test]
    fn a_record_is_a_line() {
        let records = [record(b"{\"a\": 1}\n"), record(b"\xff")];
        let (text, _) = printed(Form::Text, &[], 9, &records);
        assert_eq!(
            text,
            "2027-01-15T08:00:00.123Z 10 k {\"a\": 1}\n2027-01-15T08:00:00.123Z 10 k base64:/w==\n"
        );
        let (text, _) = printed(Form::Json, &[], 9, &records[..1]);
        let line: Value = serde_json::from_str(&text).unwrap();
        assert_eq!((&line["data"], &line["sequenceNumber"]), (&json!({"a": 1}), &json!("77")));
        assert_eq!(printed(Form::Data, &[], 9, &records[..1]).0, "{\"a\": 1}\n");
    }

    #[test]
    fn filters_and_the_limit_count_what_is_printed() {
        let records =
            [record(b"{\"a\":1}"), record(b"{\"a\":2}"), record(b"{\"a\":2}"), record(b"{\"a\":2}")];
        assert_eq!(printed(Form::Data, &[".a=2"], 2, &records), ("{\"a\":2}\n{\"a\":2}\n".to_owned(), true));
        assert_eq!(printed(Form::Data, &[".a=2", "1"], 2, &records), (String::new(), false));
    }

    #[test]
    fn shards_may_be_named_by_number() {
        assert_eq!(normal("3"), "shardId-000000000003");
        assert_eq!(normal("shardId-000000000003"), "shardId-000000000003");
        assert_eq!(normal("odd"), "odd");
    }
}
