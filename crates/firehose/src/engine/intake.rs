//! The way in of a stream that is not plain: what comes is worked on and laid into pipes (`engine/pipes.rs`).
//!
//! [`Intake::work`] takes a stretch of the source and says what becomes of each record; nothing is written here. `delivery/stage.rs` commits it,
//! together with the cursor. A record that fails becomes a line among the errors and holds nobody up; a function that fails as a whole is tried
//! again as often as it was configured.

mod function;
mod logs;
mod split;

use std::collections::BTreeMap;
use std::sync::Arc;

use base::{Arn, Clock, Region, Timestamp};
use bytes::{BufMut, Bytes, BytesMut};
use ports::{Functions, Principal};
use serde_json::Value;
use service::Timer;

use super::envelope::{Envelope, Failed};
use super::jq::{self, Query};
use super::kpl;
use super::pipes::{Note, Operation, Staged};
use super::processing::{FunctionStep, Steps};
use super::tell::Teller;

pub use function::Kinesis;

/// Parts a record may come apart into; one of more stays whole (Firehose facts section 2).
const PARTS_MAX: usize = 500;
/// Bytes of what a stretch of the source may become: one commit carries it.
pub const OUTPUT_BYTES_MAX: usize = 12 << 20;
/// What failures of processing are filed under.
pub const PROCESSING_FAILED: &str = "processing-failed";

/// What a query or a function may say of where a record goes among tables.
pub const ROUTE_KEYS: [&str; 3] = [DATABASE, TABLE, "operation"];
/// The table's database, and the table.
pub const DATABASE: &str = "destinationDatabaseName";
/// See [`DATABASE`].
pub const TABLE: &str = "destinationTableName";

/// Records go to tables.
#[derive(Clone, Debug, Default)]
pub struct Routes {
    /// The database and the table of records that name none.
    pub default: Option<(String, String)>,
}

/// How a stream's records are worked on.
pub struct Intake {
    /// What is done.
    pub steps: Steps,
    /// Expressions of partition keys in the prefix; `None` without partitions.
    pub partition_keys: Option<Vec<String>>,
    /// How they find their tables; `None` if they go to none.
    pub routes: Option<Routes>,
    /// Records may be aggregates of the Kinesis Producer Library.
    pub aggregates: bool,
    /// The delivery stream.
    pub stream_arn: Arn,
    /// Its region.
    pub region: Region,
    /// The Kinesis stream it reads.
    pub source_arn: Option<String>,
    /// On whose behalf functions are invoked.
    pub principal: Principal,
    /// Lambda.
    pub functions: Option<Arc<dyn Functions>>,
    /// Waits between tries.
    pub timer: Timer,
    /// Metrics and log lines.
    pub teller: Teller,
}

/// A record on its way in.
#[derive(Clone, Debug)]
pub struct Part {
    /// When its record arrived.
    pub arrival: Timestamp,
    /// Its bytes.
    pub data: Bytes,
    /// Where it stood, if in a Kinesis stream.
    pub kinesis: Option<Arc<Kinesis>>,
    /// Which part of its record.
    pub sub_sequence: Option<u64>,
    /// Keys a function gave it.
    pub keys: BTreeMap<String, String>,
    /// What a function said of its table.
    pub route: BTreeMap<String, String>,
}

/// What became of a stretch of the source.
#[derive(Debug, Default)]
pub struct Worked {
    /// Records, by the keys of their partition.
    pub records: Vec<(BTreeMap<String, String>, Staged)>,
    /// Failures, as lines.
    pub errors: Vec<(Timestamp, String)>,
}

impl Worked {
    /// Bytes of it all.
    pub fn bytes(&self) -> usize {
        let records: usize = self.records.iter().map(|(_, staged)| staged.data.len()).sum();
        records + self.errors.iter().map(|(_, line)| line.len()).sum::<usize>()
    }

    fn fail(&mut self, clock: &Clock, part: &Part, attempts: u32, code: &str, message: &str) {
        let failed =
            Failed { attempts, arrival: part.arrival, code, message, ended: clock.now(), data: &part.data };
        self.errors.push((part.arrival, Envelope::new(&failed).line()));
    }
}

impl Intake {
    /// Works on records, in order.
    pub async fn work(&self, records: Vec<Part>) -> Worked {
        let mut worked = Worked::default();
        let mut parts = Vec::with_capacity(records.len());
        for record in records {
            self.take_apart(record, &mut parts, &mut worked);
        }
        if let Some(function) = &self.steps.function {
            parts = self.transform(function, parts, &mut worked).await;
        }
        for part in parts {
            self.finish(part, &mut worked);
        }
        worked
    }

    /// Unpacks a record and takes it apart.
    fn take_apart(&self, record: Part, parts: &mut Vec<Part>, worked: &mut Worked) {
        let aggregate = self.aggregates.then(|| kpl::de_aggregate(record.data.clone()));
        let whole = match aggregate {
            Some(all) if all.len() != 1 || all[0].len() != record.data.len() => {
                let part = |(at, data)| Part { data, sub_sequence: Some(at as u64), ..record.clone() };
                all.into_iter().enumerate().map(part).collect()
            }
            Some(_) | None => vec![record],
        };
        for part in whole {
            let unpacked = if self.steps.decompress {
                match logs::unpack(&part.data, self.steps.messages) {
                    Ok(Some(data)) => Part { data, ..part },
                    // A control message says nothing.
                    Ok(None) => continue,
                    Err(why) => {
                        worked.fail(self.timer.clock(), &part, 1, "InvalidSourceException", &why);
                        continue;
                    }
                }
            } else {
                part
            };
            match &self.steps.split {
                Some(by) => match split::split(&unpacked.data, by, PARTS_MAX) {
                    Some(all) => parts.extend(all.into_iter().enumerate().map(|(at, data)| Part {
                        data,
                        sub_sequence: Some(at as u64),
                        ..unpacked.clone()
                    })),
                    None => parts.push(unpacked),
                },
                None => parts.push(unpacked),
            }
        }
    }

    /// Finds a record's partition and writes it down.
    fn finish(&self, part: Part, worked: &mut Worked) {
        let found = match &self.routes {
            Some(routes) => {
                self.route(routes, &part).map_err(|why| ("Iceberg.InvalidRoutingInformation", why))
            }
            None => {
                let code = "DynamicPartitioning.MetadataExtractionFailed";
                self.partition(&part).map(|keys| (keys, None)).map_err(|why| (code, why))
            }
        };
        let (keys, operation) = match found {
            Ok(found) => found,
            Err((code, why)) => {
                self.teller.failed(code, &why, Some("MetadataExtraction"));
                worked.fail(self.timer.clock(), &part, 1, code, &why);
                return;
            }
        };
        let data = if self.steps.delimit {
            let mut data = BytesMut::with_capacity(part.data.len() + 1);
            data.put_slice(&part.data);
            data.put_u8(b'\n');
            data.freeze()
        } else {
            part.data
        };
        let note = Note {
            sequence_number: part.kinesis.as_ref().map(|kinesis| kinesis.sequence_number.clone()),
            sub_sequence: part.sub_sequence,
            operation,
        };
        worked.records.push((keys, Staged { arrival: part.arrival, note, data }));
    }

    /// The table of a record, as the keys of its pipe, and what is done with it there.
    fn route(
        &self,
        routes: &Routes,
        part: &Part,
    ) -> Result<(BTreeMap<String, String>, Option<Operation>), String> {
        let given = match &self.steps.query {
            _ if !part.route.is_empty() => part.route.clone(),
            Some(query) => extract(query, &part.data)?,
            None => BTreeMap::new(),
        };
        let default = routes.default.as_ref();
        let mut keys = BTreeMap::new();
        for (key, default) in
            [(DATABASE, default.map(|(database, _)| database)), (TABLE, default.map(|(_, table)| table))]
        {
            let name = given.get(key).or(default).filter(|name| !name.is_empty());
            let name = name.ok_or_else(|| format!("The record does not say its {key}"))?;
            // As the catalog folds names.
            keys.insert(key.to_owned(), name.to_lowercase());
        }
        let operation = match given.get("operation").map(|operation| operation.to_lowercase()).as_deref() {
            None | Some("" | "insert") => None,
            Some("update") => Some(Operation::Update),
            Some("delete") => Some(Operation::Delete),
            Some(other) => return Err(format!("The operation {other} is none of insert, update and delete")),
        };
        Ok((keys, operation))
    }

    fn partition(&self, part: &Part) -> Result<BTreeMap<String, String>, String> {
        let Some(wanted) = &self.partition_keys else { return Ok(BTreeMap::new()) };
        let extracted = match &self.steps.query {
            Some(query) => extract(query, &part.data)?,
            None => BTreeMap::new(),
        };
        let mut keys = BTreeMap::new();
        for expression in wanted {
            let value = match expression.split_once(':') {
                Some(("partitionKeyFromQuery", name)) => extracted.get(name),
                Some(("partitionKeyFromLambda", name)) => part.keys.get(name),
                Some(_) | None => None,
            };
            match value {
                Some(value) if !value.is_empty() => keys.insert(expression.clone(), value.clone()),
                Some(_) | None => {
                    let name = expression.split_once(':').map_or(expression.as_str(), |(_, name)| name);
                    return Err(format!("Partition key {name} is missing or empty in the record"));
                }
            };
        }
        Ok(keys)
    }
}

/// The keys a query finds in a record.
fn extract(query: &Query, data: &[u8]) -> Result<BTreeMap<String, String>, String> {
    let record: Value =
        serde_json::from_slice(data).map_err(|error| format!("Non JSON record provided. {error}"))?;
    if let Some(paths) = query.plain_paths() {
        let mut keys = BTreeMap::new();
        for (key, path) in paths {
            let mut found = &record;
            for name in path {
                found = match found {
                    Value::Object(members) => members.get(name).unwrap_or(&Value::Null),
                    Value::Null => &Value::Null,
                    Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_) => {
                        return Err(format!("The record has no field {}", path.join(".")));
                    }
                };
            }
            if let Some(text) = jq::key_text(found) {
                keys.insert(key.clone(), text);
            }
        }
        return Ok(keys);
    }
    match query.first(&record) {
        Ok(Value::Object(members)) => {
            Ok(members.iter().filter_map(|(key, value)| Some((key.clone(), jq::key_text(value)?))).collect())
        }
        Ok(_) => Err("The query does not make an object".to_owned()),
        Err(error) => Err(error.to_string()),
    }
}
