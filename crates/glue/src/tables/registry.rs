//! What the Schema Registry keeps.
//!
//! | number | table | key | value | changed by |
//! |---|---|---|---|---|
//! | 0x0910 | registries | account, region, name | [`RegistryRow`] | every change of a registry |
//! | 0x0911 | schemas | registry id, name | [`SchemaRow`] | every change of a schema, a new version included |
//! | 0x0912 | numbers | schema id, version number, version id | [`NumberRow`] | versions come and go |
//! | 0x0913 | schema versions | version id | [`SchemaVersionRow`] | with their numbers, and their metadata |
//! | 0x0914 | definitions | schema id, SHA-256 of the canonical text | [`DefinitionRow`] | with their versions |
//!
//! A version that was refused as incompatible has an id and the number that it would have had; the next one may get the same number, so a number
//! does not name a row by itself.

use minicbor::{Decode, Encode};
use store::{KeyReader, KeyWriter, ReadError, Table, TableKey, TableNumber};

use super::{CatalogName, CatalogRef, MemberName};

/// Registries. Owner: `engine/registry.rs`.
pub const REGISTRIES: Table<CatalogName, RegistryRow> = Table::new(TableNumber(0x0910), "glue.registries");
/// Schemas, by their registry's id. Owner: `engine/registry.rs`.
pub const SCHEMAS: Table<MemberName, SchemaRow> = Table::new(TableNumber(0x0911), "glue.schemas");
/// Versions by number. Owner: `engine/registry/versions.rs`.
pub const NUMBERS: Table<NumberRef, NumberRow> = Table::new(TableNumber(0x0912), "glue.numbers");
/// Versions by id. Owner: `engine/registry/versions.rs`.
pub const SCHEMA_VERSIONS: Table<VersionId, SchemaVersionRow> =
    Table::new(TableNumber(0x0913), "glue.schema_versions");
/// Versions by what they say. Owner: `engine/registry/versions.rs`.
pub const DEFINITIONS: Table<DefinitionRef, DefinitionRow> =
    Table::new(TableNumber(0x0914), "glue.definitions");

/// A version's id: a UUID.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct VersionId(pub u128);

/// A version by its number.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct NumberRef {
    /// The schema's id.
    pub schema: u128,
    /// The number, counted from 1.
    pub number: u64,
    /// The version's id.
    pub version: u128,
}

/// A definition.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct DefinitionRef {
    /// The schema's id.
    pub schema: u128,
    /// The digest of its canonical text.
    pub digest: [u8; 32],
}

/// A registry.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub struct RegistryRow {
    /// Its id.
    #[n(0)]
    pub id: u128,
    /// Its description.
    #[n(1)]
    pub description: Option<String>,
    /// When it was created.
    #[n(2)]
    pub created_micros: i64,
    /// When it was changed.
    #[n(3)]
    pub updated_micros: i64,
}

/// A schema.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub struct SchemaRow {
    /// Its id.
    #[n(0)]
    pub id: u128,
    /// Its description.
    #[n(1)]
    pub description: Option<String>,
    /// When it was created.
    #[n(2)]
    pub created_micros: i64,
    /// When it was changed.
    #[n(3)]
    pub updated_micros: i64,
    /// What its definitions are written in.
    #[n(4)]
    pub format: DataFormat,
    /// What new versions must be.
    #[n(5)]
    pub compatibility: Compatibility,
    /// The version that new ones are compared with; 0 until there is one.
    #[n(6)]
    pub checkpoint: u64,
    /// The newest version that is available; 0 until there is one.
    #[n(7)]
    pub latest: u64,
    /// The number of the next version.
    #[n(8)]
    pub next: u64,
}

/// What definitions are written in.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode)]
#[cbor(index_only)]
pub enum DataFormat {
    /// Apache Avro.
    #[n(0)]
    Avro,
    /// JSON Schema.
    #[n(1)]
    Json,
    /// Protocol Buffers.
    #[n(2)]
    Protobuf,
}

/// What new versions must be.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode)]
#[cbor(index_only)]
pub enum Compatibility {
    /// Anything.
    #[n(0)]
    None,
    /// There are no new versions.
    #[n(1)]
    Disabled,
    /// Able to read what the checkpoint wrote.
    #[n(2)]
    Backward,
    /// Able to read what every version wrote.
    #[n(3)]
    BackwardAll,
    /// Readable by the checkpoint.
    #[n(4)]
    Forward,
    /// Readable by every version.
    #[n(5)]
    ForwardAll,
    /// Both ways with the checkpoint.
    #[n(6)]
    Full,
    /// Both ways with every version.
    #[n(7)]
    FullAll,
}

/// A version, as far as listings show it.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub struct NumberRow {
    /// Whether it is available; refused otherwise.
    #[n(0)]
    pub available: bool,
    /// When it was registered.
    #[n(1)]
    pub created_micros: i64,
}

/// A version.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub struct SchemaVersionRow {
    /// The account it belongs to.
    #[n(0)]
    pub account: u64,
    /// The region it is in.
    #[n(1)]
    pub region: String,
    /// Its registry's name.
    #[n(2)]
    pub registry: String,
    /// Its schema's name.
    #[n(3)]
    pub schema: String,
    /// Its schema's id.
    #[n(4)]
    pub schema_id: u128,
    /// Its number.
    #[n(5)]
    pub number: u64,
    /// Whether it is available; refused otherwise.
    #[n(6)]
    pub available: bool,
    /// When it was registered.
    #[n(7)]
    pub created_micros: i64,
    /// What it says, as it was given.
    #[n(8)]
    pub definition: String,
    /// What is noted about it, oldest first.
    #[n(9)]
    pub metadata: Vec<MetadataRow>,
}

/// A note about a version.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub struct MetadataRow {
    /// The key.
    #[n(0)]
    pub key: String,
    /// The value.
    #[n(1)]
    pub value: String,
    /// When it was made.
    #[n(2)]
    pub created_micros: i64,
}

/// Which version says something.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub struct DefinitionRow {
    /// Its id.
    #[n(0)]
    pub version: u128,
}

impl SchemaVersionRow {
    /// The catalog it is in.
    pub fn catalog(&self) -> Result<CatalogRef, ReadError> {
        let account = base::AccountId::from_u64(self.account)
            .map_err(|_| ReadError::Decode("account has more than twelve digits".to_owned()))?;
        Ok(CatalogRef { account, region: self.region.clone() })
    }
}

impl TableKey for VersionId {
    fn write(&self, key: &mut KeyWriter) {
        key.u128(self.0);
    }

    fn read(key: &mut KeyReader<'_>) -> Result<Self, ReadError> {
        Ok(Self(key.u128()?))
    }
}

impl TableKey for NumberRef {
    fn write(&self, key: &mut KeyWriter) {
        key.u128(self.schema).u64(self.number).u128(self.version);
    }

    fn read(key: &mut KeyReader<'_>) -> Result<Self, ReadError> {
        Ok(Self { schema: key.u128()?, number: key.u64()?, version: key.u128()? })
    }
}

impl TableKey for DefinitionRef {
    fn write(&self, key: &mut KeyWriter) {
        key.u128(self.schema).tail(&self.digest);
    }

    fn read(key: &mut KeyReader<'_>) -> Result<Self, ReadError> {
        let schema = key.u128()?;
        let digest = key.tail().try_into();
        Ok(Self {
            schema,
            digest: digest.map_err(|_| ReadError::Decode("a digest has 32 bytes".to_owned()))?,
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::option;
    use proptest::prelude::*;
    use store::TableValue;

    use super::*;

    proptest! {
        #[test]
        fn keys_and_values_round_trip(
            (schema, version, number) in any::<(u128, u128, u64)>(), digest: [u8; 32],
            (created_micros, updated_micros, available) in any::<(i64, i64, bool)>(),
            description in option::of("\\PC{0,8}"), name in "\\PC{0,8}",
            format in proptest::sample::select(vec![DataFormat::Avro, DataFormat::Json, DataFormat::Protobuf]),
            compatibility in proptest::sample::select(vec![Compatibility::None, Compatibility::Disabled, Compatibility::FullAll]),
        ) {
            let at = NumberRef { schema, number, version };
            prop_assert_eq!(NUMBERS.read_key(&NUMBERS.key(&at)).unwrap(), at);
            let at = DefinitionRef { schema, digest };
            prop_assert_eq!(DEFINITIONS.read_key(&DEFINITIONS.key(&at)).unwrap(), at);
            let at = VersionId(version);
            prop_assert_eq!(SCHEMA_VERSIONS.read_key(&SCHEMA_VERSIONS.key(&at)).unwrap(), at);
            let row = RegistryRow { id: schema, description: description.clone(), created_micros, updated_micros };
            prop_assert_eq!(RegistryRow::from_bytes(&row.to_bytes()).unwrap(), row);
            let row = SchemaRow {
                id: schema, description, created_micros, updated_micros, format, compatibility, checkpoint: number,
                latest: number, next: number,
            };
            prop_assert_eq!(SchemaRow::from_bytes(&row.to_bytes()).unwrap(), row);
            let row = NumberRow { available, created_micros };
            prop_assert_eq!(NumberRow::from_bytes(&row.to_bytes()).unwrap(), row);
            let note = MetadataRow { key: name.clone(), value: name.clone(), created_micros };
            let row = SchemaVersionRow {
                account: number, region: name.clone(), registry: name.clone(), schema: name.clone(), schema_id: schema,
                number, available, created_micros, definition: name, metadata: vec![note],
            };
            prop_assert_eq!(SchemaVersionRow::from_bytes(&row.to_bytes()).unwrap(), row);
            let row = DefinitionRow { version };
            prop_assert_eq!(DefinitionRow::from_bytes(&row.to_bytes()).unwrap(), row);
        }
    }
}
