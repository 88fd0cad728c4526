//! What a table may be: quotas, and what its keys and indexes must have in common.

use base::{Tags, Timestamp};

use super::{Found, NewTable, Status, index_row};
use crate::engine::error::{Error, Invalid};
use crate::tables::{IndexRow, KeySchema, Projection};

/// Global secondary indexes of a table (AWS quota).
const GLOBAL_INDEXES_MAX: usize = 20;
/// Local secondary indexes of a table (AWS quota).
const LOCAL_INDEXES_MAX: usize = 5;
/// Attributes that all indexes of a table name together (AWS quota).
const PROJECTED_MAX: usize = 100;
/// Tags of a table (AWS quota).
const TAGS_MAX: usize = 50;

pub(super) fn check_changeable(found: &Found, now: Timestamp) -> Result<(), Error> {
    match found.status(now) {
        Some(Status::Creating) => Err(Error::BeingCreated(found.key.name.clone())),
        Some(Status::Deleting) => Err(Error::BeingDeleted(found.key.name.clone())),
        Some(Status::Active | Status::Updating) => Ok(()),
        None => Err(Error::NoTableNamed(found.key.name.clone())),
    }
}

pub(super) fn check_tags(tags: &Tags) -> Result<(), Error> {
    use base::TagSet;
    if tags.len() > TAGS_MAX {
        return Err(Invalid::new(format!("Too many tags: a table has at most {TAGS_MAX}")).into());
    }
    match tags.reserved_key() {
        Some(key) => Err(Invalid::new(format!("Tag keys beginning with aws: are reserved: {key}")).into()),
        None => Ok(()),
    }
}

pub(super) fn check_new(new: &NewTable) -> Result<(), Error> {
    check_tags(&new.tags)?;
    let rows: Vec<IndexRow> = new.indexes.iter().map(|index| index_row(index, 0, false)).collect();
    check_indexes(&new.schema, &rows)?;
    let used = new.schema.attributes().chain(rows.iter().flat_map(|index| index.schema.attributes()));
    let mut used: Vec<&str> = used.map(|attribute| attribute.name.as_str()).collect();
    used.sort_unstable();
    used.dedup();
    if used.len() != new.attributes.len() {
        return Err(Invalid::parameter(
            "Number of attributes in KeySchema does not exactly match number of attributes defined in AttributeDefinitions",
        )
        .into());
    }
    Ok(())
}

pub(super) fn check_indexes(schema: &KeySchema, indexes: &[IndexRow]) -> Result<(), Error> {
    for (at, index) in indexes.iter().enumerate() {
        let name = &index.name;
        if indexes[..at].iter().any(|other| other.name == *name) {
            return Err(Invalid::parameter(format!("Duplicate index name: {name}")).into());
        }
        if !index.is_local {
            continue;
        }
        if schema.range.is_none() {
            return Err(Invalid::parameter(
                "Table KeySchema does not have a range key, which is required when specifying a LocalSecondaryIndex",
            )
            .into());
        }
        if index.schema.range.is_none() {
            return Err(Invalid::parameter(format!(
                "Index KeySchema does not have a range key for index: {name}"
            ))
            .into());
        }
        if index.schema.hash != schema.hash {
            return Err(Invalid::parameter(format!(
                "Index KeySchema does not have the same leading hash key as table KeySchema for index: {name}. index hash key: \
                 {}, table hash key: {}",
                index.schema.hash.name, schema.hash.name
            ))
            .into());
        }
    }
    let locals = indexes.iter().filter(|index| index.is_local).count();
    if locals > LOCAL_INDEXES_MAX {
        return Err(Invalid::parameter(format!(
            "Number of LocalSecondaryIndexes exceeds per-table limit of {LOCAL_INDEXES_MAX}"
        ))
        .into());
    }
    if indexes.len() - locals > GLOBAL_INDEXES_MAX {
        return Err(Invalid::parameter(format!(
            "GlobalSecondaryIndex count exceeds the per-table limit of {GLOBAL_INDEXES_MAX}"
        ))
        .into());
    }
    let projected: usize = indexes
        .iter()
        .map(|index| match &index.projection {
            Projection::Include(names) => names.len(),
            Projection::All | Projection::KeysOnly => 0,
        })
        .sum();
    if projected > PROJECTED_MAX {
        return Err(Invalid::parameter(format!(
            "Number of attributes projected by all indexes exceeds the limit of {PROJECTED_MAX}"
        ))
        .into());
    }
    Ok(())
}
