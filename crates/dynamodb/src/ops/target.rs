//! Which table a call is about, and what the policies are asked.
//!
//! A table is named by its name, or by its ARN, which may be another account's. The policies learn the hash keys of the items a call touches
//! (`dynamodb:LeadingKeys`) and the attributes it names (`dynamodb:Attributes`), as on AWS.

use base::Arn;
use service::{Access, Call, Fault};

use crate::engine::table::arn;
use crate::engine::value::{Attr, Item};
use crate::engine::{DynamoDb, Error, Invalid};
use crate::tables::NameKey;

/// The shortest and the longest name of a table or an index.
const NAME_LEN: std::ops::RangeInclusive<usize> = 3..=255;

/// The table that a name or an ARN means.
pub(crate) fn table(call: &Call, name: &str) -> Result<NameKey, Invalid> {
    if name.starts_with("arn:") {
        return of_arn(name).ok_or_else(|| {
            Invalid::new(
                "Invalid table ARN: it must be of the form arn:aws:dynamodb:REGION:ACCOUNT:table/NAME",
            )
        });
    }
    if !NAME_LEN.contains(&name.len()) {
        return Err(Invalid::new(
            "TableName must be at least 3 characters long and at most 255 characters long",
        ));
    }
    if !is_name(name) {
        return Err(Invalid::new(format!(
            "1 validation error detected: Value '{name}' at 'tableName' failed to satisfy constraint: Member must satisfy regular \
             expression pattern: [a-zA-Z0-9_.-]+"
        )));
    }
    Ok(named(call, name))
}

fn is_name(name: &str) -> bool {
    name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.' | b'-'))
}

/// Something of that name in the caller's account and region.
pub(crate) fn named(call: &Call, name: &str) -> NameKey {
    NameKey { account: call.account(), region: call.region().to_string(), name: name.to_owned() }
}

/// The table an ARN names.
pub(crate) fn of_arn(text: &str) -> Option<NameKey> {
    let arn: Arn = text.parse().ok()?;
    let name = arn.resource().strip_prefix("table/")?;
    let account = arn.account().parse().ok()?;
    base::Region::new(arn.region())?;
    let fits = arn.service() == "dynamodb" && NAME_LEN.contains(&name.len()) && is_name(name);
    fits.then(|| NameKey { account, region: arn.region().to_owned(), name: name.to_owned() })
}

/// The table that a tag call's ARN means.
pub(crate) fn tagged(text: &str) -> Result<NameKey, Fault> {
    of_arn(text).ok_or_else(|| Error::NoResource(text.to_owned()).into())
}

/// What a call touches of a table, as far as the policies want to know.
#[derive(Default)]
pub(crate) struct Touched<'i> {
    /// The keys or items it is about.
    pub items: Vec<&'i Item>,
    /// Attributes it names otherwise.
    pub attributes: Vec<String>,
    /// The index it reads.
    pub index: Option<&'i str>,
}

/// What the policies are asked about a table. A call that names none, or wrongly, is about nothing in particular: it will be refused.
pub(crate) async fn access(
    db: &DynamoDb,
    call: &Call,
    action: &'static str,
    name: Option<&String>,
) -> Vec<Access> {
    vec![access_items(db, call, action, name, Touched::default()).await]
}

/// As [`access`], with what is touched of it.
pub(crate) async fn access_items(
    db: &DynamoDb,
    call: &Call,
    action: &'static str,
    name: Option<&String>,
    touched: Touched<'_>,
) -> Access {
    let key = name.and_then(|name| table(call, name).ok());
    let Some(key) = key else { return Access::any(action, call.caller()) };
    let resource = match touched.index {
        Some(index) => format!("{}/index/{index}", arn(&key)),
        None => arn(&key).to_string(),
    };
    let mut access = Access::owned(action, resource, key.account);
    for name in touched.items.iter().flat_map(|item| item.keys()).chain(&touched.attributes) {
        access = access.with("dynamodb:Attributes", name.clone());
    }
    // That it is not there is told to those who may do this.
    let Ok(Some(found)) = db.table(&key).await else { return access };
    let schema = match touched.index {
        Some(index) => found.index(index).map_or(&found.row.value.schema, |index| &index.schema),
        None => &found.row.value.schema,
    };
    for item in &touched.items {
        if let Some(value) = item.get(&schema.hash.name) {
            access = access.with("dynamodb:LeadingKeys", key_text(value));
        }
    }
    access.tagged(&found.row.value.tags)
}

/// A hash key as policies have it.
fn key_text(value: &Attr) -> String {
    match value {
        Attr::S(text) => text.clone(),
        Attr::N(number) => number.to_string(),
        Attr::B(bytes) => base64_simd::STANDARD.encode_to_string(bytes),
        Attr::Bool(_) | Attr::Null | Attr::Ss(_) | Attr::Ns(_) | Attr::Bs(_) | Attr::L(_) | Attr::M(_) => {
            String::new()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arns_name_tables() {
        let key = of_arn("arn:aws:dynamodb:eu-west-1:000000000042:table/leases").unwrap();
        assert_eq!(
            (key.region.as_str(), key.name.as_str(), key.account.as_u64()),
            ("eu-west-1", "leases", 42)
        );
        for text in [
            "leases",
            "arn:aws:kinesis:eu-west-1:000000000042:table/leases",
            "arn:aws:dynamodb:eu-west-1:000000000042:leases",
            "arn:aws:dynamodb:eu-west-1:42:table/leases",
            "arn:aws:dynamodb::000000000042:table/leases",
            "arn:aws:dynamodb:eu-west-1:000000000042:table/leases/index/i",
        ] {
            assert_eq!(of_arn(text), None, "{text}");
        }
    }
}
