//! The rooms' tables. They name nothing but this crate, so they can be included here, below their floor.

#[path = "../../../firehose/src/shapes/firehose.rs"]
pub mod firehose;
#[path = "../../../kinesis/src/shapes/kinesis.rs"]
pub mod kinesis;
#[path = "../../../s3/src/shapes/s3.rs"]
pub mod s3;
#[path = "../../../identity/src/shapes/sts.rs"]
pub mod sts;

use crate::{Kind, Service, Structure};

/// The services.
pub const ALL: [&Service; 4] = [&firehose::FIREHOSE, &kinesis::KINESIS, &s3::S3, &sts::STS];

/// Every structure that the operations of these services reach.
pub fn structures() -> Vec<&'static Structure> {
    let mut found: Vec<&'static Structure> = Vec::new();
    let mut open: Vec<&'static Structure> = Vec::new();
    for operation in ALL.iter().flat_map(|service| service.operations) {
        open.extend([operation.input, operation.output]);
    }
    while let Some(next) = open.pop() {
        if found.iter().any(|known| std::ptr::eq(*known, next)) {
            continue;
        }
        found.push(next);
        open.extend(next.fields.iter().filter_map(|field| held(field.kind)));
    }
    found
}

fn held(kind: Kind) -> Option<&'static Structure> {
    match kind {
        Kind::Structure(schema) => Some(schema()),
        Kind::List(inner) | Kind::Map(inner) => held(*inner),
        _ => None,
    }
}
