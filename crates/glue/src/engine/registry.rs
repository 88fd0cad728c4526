//! The Schema Registry: registries, schemas in them, versions of schemas.
//!
//! ```text
//! definition ─ format: is it one? ─ canonical text ─ known already? ─► its version
//!                                         └ compatibility with the checkpoint, or with every version ─► AVAILABLE | FAILURE
//!
//! avro · json_schema · proto     what a definition says, and whether one can read what another wrote (pure)
//! versions                       registered, found, noted about, deleted        diff   two texts, line by line (pure)
//! ```
//! An incompatible definition is no error: it becomes a version that has failed (facts section 2), which clients that wait for their version see.

pub mod avro;
pub mod diff;
pub mod json_schema;
pub mod proto;
pub mod versions;

use base::{Page, Tags};
use store::{Check, Commit, Row, Snapshot, key_after};

use super::{ATTEMPTS, Error, Glue};
use crate::tables::registry::{
    Compatibility, DEFINITIONS, DataFormat, DefinitionRef, NUMBERS, REGISTRIES, RegistryRow, SCHEMA_VERSIONS,
    SCHEMAS, SchemaRow, VersionId,
};
use crate::tables::{CatalogName, CatalogRef, LEFTOVERS, Leftover, LeftoverRef, MemberName};

/// The registry of schemas that name none.
pub const DEFAULT_REGISTRY: &str = "default-registry";
/// Versions of a schema (facts section 2).
pub const VERSIONS_MAX: usize = 1_000;

/// How a registry is named.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SchemaAt {
    /// The catalog.
    pub catalog: CatalogRef,
    /// The registry's name.
    pub registry: String,
    /// The schema's name.
    pub schema: String,
    /// The ARN it was named by, if it was.
    pub arn: Option<String>,
}

impl SchemaAt {
    /// Its ARN.
    pub fn arn(&self) -> String {
        self.catalog.arn(&format!("schema/{}/{}", self.registry, self.schema))
    }

    /// Its registry's ARN.
    pub fn registry_arn(&self) -> String {
        self.catalog.arn(&format!("registry/{}", self.registry))
    }

    /// What it is called in refusals.
    pub(super) fn called(&self) -> String {
        match &self.arn {
            Some(arn) => format!("RegistryName: null, SchemaName: null, SchemaArn: {arn}"),
            None => format!("RegistryName: {}, SchemaName: {}, SchemaArn: null", self.registry, self.schema),
        }
    }

    fn missing(&self) -> Error {
        Error::NotFound(format!("Schema is not found. {}", self.called()))
    }
}

/// A schema that was found.
pub struct FoundSchema {
    /// Where it is kept.
    pub at: MemberName,
    /// Its row.
    pub row: Row<SchemaRow>,
}

/// A schema that is to be.
#[derive(Clone, Debug)]
pub struct NewSchema {
    /// What its definitions are written in.
    pub format: DataFormat,
    /// What new versions must be.
    pub compatibility: Compatibility,
    /// Its description.
    pub description: Option<String>,
    /// Its tags.
    pub tags: Tags,
    /// Its first definition.
    pub definition: Option<String>,
}

/// How a schema changes.
#[derive(Clone, Debug, Default)]
pub struct SchemaUpdate {
    /// The new description.
    pub description: Option<String>,
    /// The new compatibility.
    pub compatibility: Option<Compatibility>,
    /// The new checkpoint: a number, or the latest.
    pub checkpoint: Option<versions::Number>,
}

impl DataFormat {
    /// By its name on the wire.
    pub fn named(name: &str) -> Option<Self> {
        [Self::Avro, Self::Json, Self::Protobuf].into_iter().find(|format| format.name() == name)
    }

    /// Its name on the wire.
    pub fn name(self) -> &'static str {
        match self {
            Self::Avro => "AVRO",
            Self::Json => "JSON",
            Self::Protobuf => "PROTOBUF",
        }
    }

    /// The canonical text of a definition; refuses what is none, and says why.
    pub fn canonical(self, definition: &str) -> Result<String, String> {
        match self {
            Self::Avro => avro::Avro::parse(definition).map(|_| json_schema::canonical(definition)),
            Self::Json => json_schema::check(definition).map(|()| json_schema::canonical(definition)),
            Self::Protobuf => proto::Proto::parse(definition).map(|proto| proto.canonical),
        }
    }

    /// Whether data written by `writer` can be read by `reader`, of two definitions that are ones.
    fn can_read(self, reader: &str, writer: &str) -> bool {
        match self {
            Self::Avro => match (avro::Avro::parse(reader), avro::Avro::parse(writer)) {
                (Ok(reader), Ok(writer)) => reader.can_read(&writer),
                (Err(_), _) | (_, Err(_)) => false,
            },
            // AWS enforces nothing for JSON (facts section 2).
            Self::Json => true,
            Self::Protobuf => match (proto::Proto::parse(reader), proto::Proto::parse(writer)) {
                (Ok(reader), Ok(writer)) => reader.can_read(&writer),
                (Err(_), _) | (_, Err(_)) => false,
            },
        }
    }
}

impl Compatibility {
    const ALL: [Self; 8] = [
        Self::None,
        Self::Disabled,
        Self::Backward,
        Self::BackwardAll,
        Self::Forward,
        Self::ForwardAll,
        Self::Full,
        Self::FullAll,
    ];

    /// By its name on the wire.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.name() == name)
    }

    /// Its name on the wire.
    pub fn name(self) -> &'static str {
        match self {
            Self::None => "NONE",
            Self::Disabled => "DISABLED",
            Self::Backward => "BACKWARD",
            Self::BackwardAll => "BACKWARD_ALL",
            Self::Forward => "FORWARD",
            Self::ForwardAll => "FORWARD_ALL",
            Self::Full => "FULL",
            Self::FullAll => "FULL_ALL",
        }
    }

    /// Whether every version counts, not the checkpoint alone.
    fn is_transitive(self) -> bool {
        match self {
            Self::BackwardAll | Self::ForwardAll | Self::FullAll => true,
            Self::None | Self::Disabled | Self::Backward | Self::Forward | Self::Full => false,
        }
    }

    /// Whether a new definition may follow an old one.
    fn admits(self, format: DataFormat, new: &str, old: &str) -> bool {
        match self {
            Self::None | Self::Disabled => true,
            Self::Backward | Self::BackwardAll => format.can_read(new, old),
            Self::Forward | Self::ForwardAll => format.can_read(old, new),
            Self::Full | Self::FullAll => format.can_read(new, old) && format.can_read(old, new),
        }
    }
}

fn no_registry(name: &str) -> Error {
    Error::NotFound(format!("Registry is not found. RegistryName: {name}"))
}

impl Glue {
    /// Creates a registry.
    pub async fn create_registry(
        &self,
        at: &CatalogName,
        description: Option<String>,
        tags: &Tags,
    ) -> Result<(), Error> {
        let now = self.now().as_micros();
        let row =
            RegistryRow { id: self.random.u128(), description, created_micros: now, updated_micros: now };
        let exists = || Error::Exists(format!("Registry already exists. RegistryName: {}", at.name));
        let resource = format!("registry/{}", at.name);
        self.create_named(REGISTRIES, at, &row, exists, Some((&resource, tags))).await
    }

    /// A registry.
    pub async fn registry(&self, at: &CatalogName) -> Result<RegistryRow, Error> {
        Ok(self.named(REGISTRIES, at, || no_registry(&at.name)).await?.value)
    }

    /// Changes a registry's description.
    pub async fn update_registry(&self, at: &CatalogName, description: &str) -> Result<(), Error> {
        let now = self.now().as_micros();
        let change = |row: &mut RegistryRow, _: &mut Commit| {
            row.description = Some(description.to_owned());
            row.updated_micros = now;
            Ok(())
        };
        self.change_named(REGISTRIES, at, || no_registry(&at.name), change).await
    }

    /// Deletes a registry and its schemas, which are swept away behind it.
    pub async fn delete_registry(&self, at: &CatalogName) -> Result<(), Error> {
        let resource = format!("registry/{}", at.name);
        let leave = |row: &RegistryRow, commit: &mut Commit| {
            commit.put(LEFTOVERS, &LeftoverRef(row.id), &Leftover::Registry);
            Ok(())
        };
        self.delete_named(REGISTRIES, at, || no_registry(&at.name), Some(&resource), leave).await?;
        self.chores.notify_one();
        Ok(())
    }

    /// A schema, as this snapshot has it.
    pub async fn find_schema(&self, snapshot: &dyn Snapshot, at: &SchemaAt) -> Result<FoundSchema, Error> {
        let registry = REGISTRIES.get(snapshot, &at.catalog.named(&at.registry)).await?;
        let registry = registry.ok_or_else(|| at.missing())?.value;
        let key = MemberName { database: registry.id, name: at.schema.clone() };
        let row = SCHEMAS.get(snapshot, &key).await?.ok_or_else(|| at.missing())?;
        Ok(FoundSchema { at: key, row })
    }

    /// A schema.
    pub async fn schema(&self, at: &SchemaAt) -> Result<SchemaRow, Error> {
        Ok(self.find_schema(&*self.snapshot(), at).await?.row.value)
    }

    /// Creates a schema, with its first version if it has a definition. Makes the default registry if that is where it goes.
    pub async fn create_schema(
        &self,
        at: &SchemaAt,
        new: &NewSchema,
    ) -> Result<(SchemaRow, Option<VersionId>), Error> {
        let registry_at = at.catalog.named(&at.registry);
        for _ in 0..ATTEMPTS {
            let snapshot = self.snapshot();
            let now = self.now().as_micros();
            let mut commit = self.begin();
            let registry = match REGISTRIES.get(&*snapshot, &registry_at).await? {
                Some(row) => {
                    commit.check(Check::VersionIs(REGISTRIES.key(&registry_at), row.version));
                    row.value
                }
                None if at.registry == DEFAULT_REGISTRY => {
                    let id = self.random.u128();
                    let row = RegistryRow { id, description: None, created_micros: now, updated_micros: now };
                    commit.check(Check::Absent(REGISTRIES.key(&registry_at)));
                    commit.put(REGISTRIES, &registry_at, &row);
                    row
                }
                None => return Err(no_registry(&at.registry)),
            };
            let key = MemberName { database: registry.id, name: at.schema.clone() };
            if SCHEMAS.get(&*snapshot, &key).await?.is_some() {
                return Err(Error::Exists(format!("Schema already exists. SchemaName: {}", at.schema)));
            }
            let mut row = SchemaRow {
                id: self.random.u128(),
                description: new.description.clone(),
                created_micros: now,
                updated_micros: now,
                format: new.format,
                compatibility: new.compatibility,
                checkpoint: 0,
                latest: 0,
                next: 1,
            };
            let version = match &new.definition {
                None => None,
                Some(definition) => {
                    let canonical = versions::canonical(new.format, definition)?;
                    Some(self.add_version(&mut commit, at, &mut row, definition, &canonical, true))
                }
            };
            commit.check(Check::Absent(SCHEMAS.key(&key)));
            commit.put(SCHEMAS, &key, &row);
            let resource = format!("schema/{}/{}", at.registry, at.schema);
            self.write_tags(&mut commit, &at.catalog, &resource, &new.tags)?;
            if self.done(commit).await? {
                return Ok((row, version));
            }
        }
        Err(Error::Conflict)
    }

    /// Changes a schema.
    pub async fn update_schema(&self, at: &SchemaAt, update: &SchemaUpdate) -> Result<(), Error> {
        for _ in 0..ATTEMPTS {
            let snapshot = self.snapshot();
            let found = self.find_schema(&*snapshot, at).await?;
            let mut row = found.row.value.clone();
            if let Some(number) = update.checkpoint {
                let (_, version) = self.numbered(&*snapshot, at, &row, number).await?;
                row.checkpoint = version.value.number;
            }
            row.compatibility = update.compatibility.unwrap_or(row.compatibility);
            row.description = update.description.clone().or(row.description);
            row.updated_micros = self.now().as_micros();
            let mut commit = self.begin();
            commit.check(Check::VersionIs(SCHEMAS.key(&found.at), found.row.version));
            commit.put(SCHEMAS, &found.at, &row);
            if self.done(commit).await? {
                return Ok(());
            }
        }
        Err(Error::Conflict)
    }

    /// Deletes a schema and its versions.
    pub async fn delete_schema(&self, at: &SchemaAt) -> Result<(), Error> {
        for _ in 0..ATTEMPTS {
            let snapshot = self.snapshot();
            let found = self.find_schema(&*snapshot, at).await?;
            let mut commit = self.begin();
            self.drop_schema(&*snapshot, &mut commit, &found.at, &found.row).await?;
            let resource = format!("schema/{}/{}", at.registry, at.schema);
            self.forget_tags(&mut commit, &at.catalog, &resource);
            if self.done(commit).await? {
                return Ok(());
            }
        }
        Err(Error::Conflict)
    }

    async fn drop_schema(
        &self,
        snapshot: &dyn Snapshot,
        commit: &mut Commit,
        at: &MemberName,
        row: &Row<SchemaRow>,
    ) -> Result<(), Error> {
        commit.check(Check::VersionIs(SCHEMAS.key(at), row.version));
        commit.delete(SCHEMAS, at);
        let numbers = NUMBERS.prefix(|key| {
            key.u128(row.value.id);
        });
        // Refused versions do not count against the quota; what is beyond is reached by nothing and names nothing.
        for (number, _) in NUMBERS.scan(snapshot, numbers, 4 * VERSIONS_MAX).await? {
            commit.delete(SCHEMA_VERSIONS, &VersionId(number.version));
            commit.delete(NUMBERS, &number);
        }
        let definitions = DEFINITIONS.prefix(|key| {
            key.u128(row.value.id);
        });
        for (definition, _) in DEFINITIONS.scan(snapshot, definitions, 4 * VERSIONS_MAX).await? {
            let definition: DefinitionRef = definition;
            commit.delete(DEFINITIONS, &definition);
        }
        Ok(())
    }

    pub(super) async fn sweep_registry(&self, id: u128) -> Result<(), Error> {
        loop {
            let snapshot = self.snapshot();
            let of_registry = SCHEMAS.prefix(|key| {
                key.u128(id);
            });
            let Some((at, row)) = SCHEMAS.scan(&*snapshot, of_registry, 1).await?.into_iter().next() else {
                return Ok(());
            };
            let mut commit = self.begin();
            self.drop_schema(&*snapshot, &mut commit, &at, &row).await?;
            self.done(commit).await?;
        }
    }

    /// Registries by name.
    pub async fn registries(
        &self,
        catalog: &CatalogRef,
        after: Option<&str>,
        limit: usize,
    ) -> Result<Page<(String, RegistryRow)>, Error> {
        self.all_named(REGISTRIES, catalog, after, limit).await
    }

    /// Schemas of a registry by name.
    pub async fn schemas(
        &self,
        registry: &CatalogName,
        after: Option<&str>,
        limit: usize,
    ) -> Result<Page<(String, SchemaRow)>, Error> {
        let snapshot = self.snapshot();
        let row = REGISTRIES.get(&*snapshot, registry).await?;
        let id = row.ok_or_else(|| no_registry(&registry.name))?.value.id;
        let (mut start, end) = SCHEMAS.prefix(|key| {
            key.u128(id);
        });
        if let Some(after) = after {
            start = key_after(&SCHEMAS.key(&MemberName { database: id, name: after.to_owned() }));
        }
        let rows = SCHEMAS.scan(&*snapshot, (start, end), limit + 1).await?;
        Ok(Page::take(rows.into_iter().map(|(at, row)| (at.name, row.value)), limit))
    }
}
