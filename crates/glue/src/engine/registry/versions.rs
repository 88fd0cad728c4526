//! Versions of schemas.

use base::Page;
use store::{Check, Commit, Row, Snapshot};

use super::{FoundSchema, SchemaAt, VERSIONS_MAX};
use crate::engine::{ATTEMPTS, Error, Glue};
use crate::tables::registry::{
    Compatibility, DEFINITIONS, DataFormat, DefinitionRef, DefinitionRow, MetadataRow, NUMBERS, NumberRef,
    NumberRow, SCHEMA_VERSIONS, SCHEMAS, SchemaRow, SchemaVersionRow, VersionId,
};

/// Notes about a version (facts section 2).
const METADATA_MAX: usize = 10;
/// Numbers of one scan.
const PAGE: usize = 500;
/// The longest range of versions that one call deletes.
const RANGE_MAX: u64 = 1_000;

/// Which version of a schema.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Number {
    /// The newest that is available.
    Latest,
    /// The one with this number.
    Is(u64),
}

/// Which version.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum VersionAt {
    /// By its id.
    Id(VersionId),
    /// By schema and number.
    Of(SchemaAt, Number),
}

impl VersionId {
    /// From a UUID's text.
    pub fn parse(text: &str) -> Option<Self> {
        let digits: String = text.chars().filter(|c| *c != '-').collect();
        u128::from_str_radix(&digits, 16).ok().filter(|_| digits.len() == 32).map(Self)
    }

    /// As a UUID's text.
    pub fn text(self) -> String {
        let digits = format!("{:032x}", self.0);
        let part = |from: usize, to: usize| &digits[from..to];
        format!("{}-{}-{}-{}-{}", part(0, 8), part(8, 12), part(12, 16), part(16, 20), part(20, 32))
    }
}

/// The canonical text of a definition, or the refusal of what is none.
pub(super) fn canonical(format: DataFormat, definition: &str) -> Result<String, Error> {
    format.canonical(definition).map_err(|why| {
        Error::Invalid(format!("Schema definition of {} data format is invalid: {why}", format.name()))
    })
}

fn digest(schema: u128, canonical: &str) -> DefinitionRef {
    DefinitionRef { schema, digest: crypt::sha256(canonical.as_bytes()) }
}

fn unknown_id(id: VersionId) -> Error {
    Error::NotFound(format!("Schema version is not found. SchemaVersionId: {}", id.text()))
}

fn unknown_number(at: &SchemaAt, number: Number) -> Error {
    let (number, latest) = match number {
        Number::Latest => ("null".to_owned(), true),
        Number::Is(number) => (number.to_string(), false),
    };
    Error::NotFound(format!(
        "Schema version is not found. {}, VersionNumber: {number}, isLatestVersion: {latest}",
        at.called()
    ))
}

impl Glue {
    /// Puts a version into a commit, and moves its schema on if it is available.
    pub(super) fn add_version(
        &self,
        commit: &mut Commit,
        at: &SchemaAt,
        schema: &mut SchemaRow,
        definition: &str,
        canonical: &str,
        available: bool,
    ) -> VersionId {
        let id = VersionId::parse(&self.random.uuid()).expect("a UUID is one");
        let now = self.now().as_micros();
        let row = SchemaVersionRow {
            account: at.catalog.account.as_u64(),
            region: at.catalog.region.clone(),
            registry: at.registry.clone(),
            schema: at.schema.clone(),
            schema_id: schema.id,
            number: schema.next,
            available,
            created_micros: now,
            definition: definition.to_owned(),
            metadata: Vec::new(),
        };
        let number = NumberRef { schema: schema.id, number: schema.next, version: id.0 };
        commit.put(NUMBERS, &number, &NumberRow { available, created_micros: now });
        commit.put(SCHEMA_VERSIONS, &id, &row);
        commit.put(DEFINITIONS, &digest(schema.id, canonical), &DefinitionRow { version: id.0 });
        if available {
            schema.latest = schema.next;
            schema.next += 1;
            if schema.checkpoint == 0 {
                schema.checkpoint = schema.latest;
            }
        }
        schema.updated_micros = now;
        id
    }

    /// Registers a definition: the version that says the same, or a new one, which has failed if it is incompatible.
    pub async fn register_version(
        &self,
        at: &SchemaAt,
        definition: &str,
    ) -> Result<(VersionId, SchemaVersionRow), Error> {
        for _ in 0..ATTEMPTS {
            let snapshot = self.snapshot();
            let found = self.find_schema(&*snapshot, at).await?;
            let mut schema = found.row.value.clone();
            let canonical = canonical(schema.format, definition)?;
            if let Some(there) = self.by_definition(&*snapshot, &schema, &canonical).await? {
                return Ok(there);
            }
            if schema.compatibility == Compatibility::Disabled && schema.latest != 0 {
                return Err(Error::Invalid(format!(
                    "Compatibility DISABLED does not allow versioning. SchemaId: SchemaId(schemaArn={}, schemaName={}, registryName={})",
                    at.arn.as_deref().unwrap_or("null"),
                    if at.arn.is_some() { "null" } else { &at.schema },
                    if at.arn.is_some() { "null" } else { &at.registry },
                )));
            }
            if self.numbers(&*snapshot, schema.id, 0, VERSIONS_MAX).await?.len() >= VERSIONS_MAX {
                let text = "Your resource limits for Schema Version have been exceeded.";
                return Err(Error::Quota(text.to_owned()));
            }
            let available = self.is_compatible(&*snapshot, &schema, definition).await?;
            let mut commit = self.begin();
            commit.check(Check::VersionIs(SCHEMAS.key(&found.at), found.row.version));
            let id = self.add_version(&mut commit, at, &mut schema, definition, &canonical, available);
            commit.check(Check::Absent(DEFINITIONS.key(&digest(schema.id, &canonical))));
            commit.put(SCHEMAS, &found.at, &schema);
            if self.done(commit).await? {
                return self.version_by_id(&*self.snapshot(), id).await.map(|row| (id, row.value));
            }
        }
        Err(Error::Conflict)
    }

    async fn by_definition(
        &self,
        snapshot: &dyn Snapshot,
        schema: &SchemaRow,
        canonical: &str,
    ) -> Result<Option<(VersionId, SchemaVersionRow)>, Error> {
        let Some(row) = DEFINITIONS.get(snapshot, &digest(schema.id, canonical)).await? else {
            return Ok(None);
        };
        let id = VersionId(row.value.version);
        Ok(SCHEMA_VERSIONS.get(snapshot, &id).await?.map(|row| (id, row.value)))
    }

    /// The version of a schema that says this.
    pub async fn version_by_definition(
        &self,
        at: &SchemaAt,
        definition: &str,
    ) -> Result<(VersionId, SchemaVersionRow), Error> {
        let snapshot = self.snapshot();
        let schema = self.find_schema(&*snapshot, at).await?.row.value;
        let canonical = canonical(schema.format, definition)?;
        let found = self.by_definition(&*snapshot, &schema, &canonical).await?;
        found.ok_or_else(|| Error::NotFound(format!("Schema version is not found. {}", at.called())))
    }

    /// Numbers of a schema's versions from after `after` on.
    async fn numbers(
        &self,
        snapshot: &dyn Snapshot,
        schema: u128,
        after: u64,
        limit: usize,
    ) -> Result<Vec<(NumberRef, NumberRow)>, Error> {
        let (_, end) = NUMBERS.prefix(|key| {
            key.u128(schema);
        });
        let start = NUMBERS.key(&NumberRef { schema, number: after.saturating_add(1), version: 0 });
        let rows = NUMBERS.scan(snapshot, (start, end), limit).await?;
        Ok(rows.into_iter().map(|(at, row)| (at, row.value)).collect())
    }

    /// Whether a definition may follow the checkpoint, or every version that is available.
    async fn is_compatible(
        &self,
        snapshot: &dyn Snapshot,
        schema: &SchemaRow,
        definition: &str,
    ) -> Result<bool, Error> {
        let transitive = schema.compatibility.is_transitive();
        let mut after = 0;
        loop {
            let numbers = self.numbers(snapshot, schema.id, after, PAGE).await?;
            let Some((last, _)) = numbers.last() else { return Ok(true) };
            after = last.number;
            for (number, row) in numbers {
                if !row.available || !(transitive || number.number == schema.checkpoint) {
                    continue;
                }
                let there = self.version_by_id(snapshot, VersionId(number.version)).await?.value;
                if !schema.compatibility.admits(schema.format, definition, &there.definition) {
                    return Ok(false);
                }
            }
        }
    }

    async fn version_by_id(
        &self,
        snapshot: &dyn Snapshot,
        id: VersionId,
    ) -> Result<Row<SchemaVersionRow>, Error> {
        SCHEMA_VERSIONS.get(snapshot, &id).await?.ok_or_else(|| unknown_id(id))
    }

    /// The version of a schema with a number.
    pub(super) async fn numbered(
        &self,
        snapshot: &dyn Snapshot,
        at: &SchemaAt,
        schema: &SchemaRow,
        number: Number,
    ) -> Result<(VersionId, Row<SchemaVersionRow>), Error> {
        let wanted = match number {
            Number::Latest => schema.latest,
            Number::Is(number) => number,
        };
        let missing = || unknown_number(at, number);
        if wanted == 0 {
            return Err(missing());
        }
        let rows = self.numbers(snapshot, schema.id, wanted - 1, PAGE).await?;
        let with_number = rows.iter().filter(|(at, _)| at.number == wanted);
        // A version that has failed may have the number that the next one got.
        let best = with_number.max_by_key(|(_, row)| (row.available, row.created_micros));
        let id = VersionId(best.ok_or_else(missing)?.0.version);
        Ok((id, self.version_by_id(snapshot, id).await?))
    }

    /// A version; and its schema must still be there.
    pub async fn find_version(
        &self,
        snapshot: &dyn Snapshot,
        at: &VersionAt,
    ) -> Result<(VersionId, Row<SchemaVersionRow>, SchemaAt, FoundSchema), Error> {
        match at {
            VersionAt::Of(schema_at, number) => {
                let schema = self.find_schema(snapshot, schema_at).await?;
                let (id, row) = self.numbered(snapshot, schema_at, &schema.row.value, *number).await?;
                Ok((id, row, schema_at.clone(), schema))
            }
            VersionAt::Id(id) => {
                let row = self.version_by_id(snapshot, *id).await?;
                let schema_at = SchemaAt {
                    catalog: row.value.catalog()?,
                    registry: row.value.registry.clone(),
                    schema: row.value.schema.clone(),
                    arn: None,
                };
                // A registry may be gone with all its schemas before they are swept.
                let schema = self.find_schema(snapshot, &schema_at).await;
                let schema = schema.ok().filter(|schema| schema.row.value.id == row.value.schema_id);
                Ok((*id, row, schema_at, schema.ok_or_else(|| unknown_id(*id))?))
            }
        }
    }

    /// Versions of a schema, oldest first.
    pub async fn versions(
        &self,
        at: &SchemaAt,
        after: Option<(u64, u128)>,
        limit: usize,
    ) -> Result<Page<(NumberRef, NumberRow)>, Error> {
        let snapshot = self.snapshot();
        let schema = self.find_schema(&*snapshot, at).await?.row.value;
        let from = after.map_or(0, |(number, _)| number.saturating_sub(1));
        let rows = self.numbers(&*snapshot, schema.id, from, limit + PAGE).await?;
        let beyond = |at: &NumberRef| after.is_none_or(|after| (at.number, at.version) > after);
        Ok(Page::take(rows.into_iter().filter(|(at, _)| beyond(at)), limit))
    }

    /// Deletes versions, `from` to `to`. For each that stays, why.
    pub async fn delete_schema_versions(
        &self,
        at: &SchemaAt,
        from: u64,
        to: u64,
    ) -> Result<Vec<(u64, Error)>, Error> {
        if to < from || to - from >= RANGE_MAX {
            return Err(Error::invalid("The range of versions is not valid."));
        }
        for _ in 0..ATTEMPTS {
            let snapshot = self.snapshot();
            let found = self.find_schema(&*snapshot, at).await?;
            let mut schema = found.row.value.clone();
            let mut commit = self.begin();
            let mut errors = Vec::new();
            let numbers = self.numbers(&*snapshot, schema.id, 0, 4 * VERSIONS_MAX).await?;
            let mut left = 0;
            let mut gone = Vec::new();
            for (number, row) in &numbers {
                let wanted = (from..=to).contains(&number.number);
                let kept = number.number == 1 || number.number == schema.checkpoint;
                if wanted && kept && row.available {
                    let text = "The first version and the checkpoint of a schema cannot be deleted.";
                    errors.push((number.number, Error::invalid(text)));
                }
                if wanted && !kept {
                    gone.push(*number);
                } else if row.available {
                    left = left.max(number.number);
                }
            }
            if from == to && !numbers.iter().any(|(number, _)| number.number == from) {
                errors.push((from, unknown_number(at, Number::Is(from))));
            }
            if gone.is_empty() {
                return Ok(errors);
            }
            for number in gone {
                let id = VersionId(number.version);
                let row = self.version_by_id(&*snapshot, id).await?;
                commit.check(Check::VersionIs(SCHEMA_VERSIONS.key(&id), row.version));
                commit.delete(SCHEMA_VERSIONS, &id);
                commit.delete(NUMBERS, &number);
                if let Ok(canonical) = canonical(schema.format, &row.value.definition) {
                    commit.delete(DEFINITIONS, &digest(schema.id, &canonical));
                }
            }
            schema.latest = left;
            commit.check(Check::VersionIs(SCHEMAS.key(&found.at), found.row.version));
            commit.put(SCHEMAS, &found.at, &schema);
            if self.done(commit).await? {
                return Ok(errors);
            }
        }
        Err(Error::Conflict)
    }

    /// Notes something about a version, or forgets a note.
    pub async fn note(
        &self,
        at: &VersionAt,
        key: &str,
        value: &str,
        add: bool,
    ) -> Result<(VersionId, SchemaVersionRow, SchemaAt, SchemaRow), Error> {
        for _ in 0..ATTEMPTS {
            let snapshot = self.snapshot();
            let (id, row, schema_at, schema) = self.find_version(&*snapshot, at).await?;
            let mut changed = row.value;
            let there = changed.metadata.iter().position(|note| note.key == key && note.value == value);
            match (add, there) {
                (true, Some(_)) => {
                    return Err(Error::Exists(format!(
                        "Resource already exist for schema version id: {}, metadata key: {key}, metadata value: {value}",
                        id.text()
                    )));
                }
                (true, None) if changed.metadata.len() >= METADATA_MAX => {
                    let text = "Your resource limits for Schema Version Metadata have been exceeded.";
                    return Err(Error::Quota(text.to_owned()));
                }
                (true, None) => changed.metadata.push(MetadataRow {
                    key: key.to_owned(),
                    value: value.to_owned(),
                    created_micros: self.now().as_micros(),
                }),
                (false, Some(place)) => {
                    changed.metadata.remove(place);
                }
                (false, None) => {
                    return Err(Error::NotFound(format!(
                        "Resource is not found for schema version id: {}, metadata key: {key}, metadata value: {value}",
                        id.text()
                    )));
                }
            }
            let mut commit = self.begin();
            commit.check(Check::VersionIs(SCHEMA_VERSIONS.key(&id), row.version));
            commit.put(SCHEMA_VERSIONS, &id, &changed);
            if self.done(commit).await? {
                return Ok((id, changed, schema_at, schema.row.value));
            }
        }
        Err(Error::Conflict)
    }
}
