//! What the policies are asked (facts section 6): the work group for queries and what is saved, the data catalog for metadata. The catalog and the buckets
//! ask their own questions when they are reached.

use service::{Access, Call, Fault};

use crate::engine::groups::PRIMARY;
use crate::engine::{Athena, Error};
use crate::tables::{Place, QUERIES};

/// The account and region of a call.
pub(crate) fn place(call: &Call) -> Place {
    Place { account: call.account(), region: call.region().to_string() }
}

/// The group that a call names.
pub(crate) fn group_name(name: Option<&String>) -> &str {
    name.map_or(PRIMARY, String::as_str)
}

/// The question about a work group.
pub(crate) fn group(call: &Call, action: &'static str, name: &str) -> Vec<Access> {
    vec![Access::to(action, &call.arn("athena", &format!("workgroup/{name}")))]
}

/// The question about a data catalog.
pub(crate) fn catalog(call: &Call, action: &'static str, name: Option<&String>) -> Vec<Access> {
    let name = name.map_or("AwsDataCatalog", String::as_str);
    vec![Access::to(action, &call.arn("athena", &format!("datacatalog/{name}")))]
}

/// The question about the group of a query. One that there is not is of the first group, so that a stranger learns nothing.
pub(crate) async fn query(
    athena: &Athena,
    call: &Call,
    action: &'static str,
    ids: &[String],
) -> Result<Vec<Access>, Fault> {
    let snapshot = athena.snapshot();
    let mut asked: Vec<Access> = Vec::new();
    for id in ids {
        let row = QUERIES.get(&*snapshot, &place(call).named(id)).await.map_err(Error::from)?;
        let of = row.map_or_else(|| PRIMARY.to_owned(), |row| row.value.group);
        let question = group(call, action, &of);
        if !asked.contains(&question[0]) {
            asked.extend(question);
        }
    }
    Ok(asked)
}

/// The question about the group of a named query.
pub(crate) async fn named(
    athena: &Athena,
    call: &Call,
    action: &'static str,
    ids: &[String],
) -> Result<Vec<Access>, Fault> {
    let mut asked: Vec<Access> = Vec::new();
    for id in ids {
        let of = match athena.named(&place(call).named(id)).await {
            Ok(row) => row.group,
            Err(Error::Invalid(_)) => PRIMARY.to_owned(),
            Err(error) => return Err(error.into()),
        };
        let question = group(call, action, &of);
        if !asked.contains(&question[0]) {
            asked.extend(question);
        }
    }
    Ok(asked)
}
