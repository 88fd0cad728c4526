//! Statements that change the catalog.

use std::collections::{BTreeMap, BTreeSet};

use ports::{QueryStatement, ValueForm};
use serde_json::{Map, Value, json};

use super::Athena;
use super::answer::Question;
use super::catalog::{is_missing, is_there, list, text};
use super::error::Failure;
use super::queries::{bucket_and_key, folder};
use super::show::{about_database, about_table, database_of};
use super::sources::{is_view, view_text};
use super::statement::{Alteration, ColumnDef, NewTable, PartitionSpec, Statement, StoredAs, TableName};

/// The classes of a format: what reads, what writes, the serialization.
type Classes = (&'static str, &'static str, &'static str);

const TEXT: Classes = (
    "org.apache.hadoop.mapred.TextInputFormat",
    "org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat",
    "org.apache.hadoop.hive.serde2.lazy.LazySimpleSerDe",
);
const PARQUET: Classes = (
    "org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat",
    "org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat",
    "org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe",
);
const ORC: Classes = (
    "org.apache.hadoop.hive.ql.io.orc.OrcInputFormat",
    "org.apache.hadoop.hive.ql.io.orc.OrcOutputFormat",
    "org.apache.hadoop.hive.ql.io.orc.OrcSerde",
);
const JSON: Classes = (TEXT.0, TEXT.1, "org.openx.data.jsonserde.JsonSerDe");
const AVRO: Classes = (
    "org.apache.hadoop.hive.ql.io.avro.AvroContainerInputFormat",
    "org.apache.hadoop.hive.ql.io.avro.AvroContainerOutputFormat",
    "org.apache.hadoop.hive.serde2.avro.AvroSerDe",
);
const SEQUENCE: Classes = (
    "org.apache.hadoop.mapred.SequenceFileInputFormat",
    "org.apache.hadoop.hive.ql.io.HiveSequenceFileOutputFormat",
    TEXT.2,
);
const RC: Classes = (
    "org.apache.hadoop.hive.ql.io.RCFileInputFormat",
    "org.apache.hadoop.hive.ql.io.RCFileOutputFormat",
    "org.apache.hadoop.hive.serde2.columnar.LazyBinaryColumnarSerDe",
);

/// The classes of a word of STORED AS, or of `format`.
pub fn classes(format: &str) -> Option<Classes> {
    Some(match format.to_ascii_uppercase().as_str() {
        "TEXTFILE" => TEXT,
        "PARQUET" | "PARQUETFILE" => PARQUET,
        "ORC" | "ORCFILE" => ORC,
        "JSON" | "JSONFILE" => JSON,
        "AVRO" | "AVROFILE" => AVRO,
        "SEQUENCEFILE" => SEQUENCE,
        "RCFILE" => RC,
        _ => return None,
    })
}

/// Columns as the catalog takes them.
pub fn columns_json(columns: &[ColumnDef]) -> Value {
    let column = |column: &ColumnDef| {
        let mut all = json!({"Name": column.name, "Type": column.kind});
        if let Some(comment) = &column.comment {
            all["Comment"] = json!(comment);
        }
        all
    };
    columns.iter().map(column).collect()
}

/// A value as Hive writes it into a path.
pub fn escaped(value: &str) -> String {
    if value.is_empty() {
        return "__HIVE_DEFAULT_PARTITION__".to_owned();
    }
    let mut path = String::new();
    for character in value.chars() {
        if (character as u32) < 32 || "\"#%'*/:=?\\{[]^\u{7f}".contains(character) {
            path.push_str(&format!("%{:02X}", character as u32));
        } else {
            path.push(character);
        }
    }
    path
}

/// The value that a path's part says.
fn unescaped(part: &str) -> String {
    let bytes = part.as_bytes();
    let mut value = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let code = (bytes[at] == b'%').then(|| part.get(at + 1..at + 3)).flatten();
        match code.and_then(|code| u8::from_str_radix(code, 16).ok()) {
            Some(byte) => {
                value.push(byte);
                at += 3;
            }
            None => {
                value.push(bytes[at]);
                at += 1;
            }
        }
    }
    String::from_utf8_lossy(&value).into_owned()
}

/// A partition of a table: its values in the order of the keys, and where its files lie.
pub fn partition_input(table: &Value, values: &[String], location: Option<&str>) -> Value {
    let mut descriptor = table["StorageDescriptor"].clone();
    let keys = list(table, "PartitionKeys");
    let location = location.map(str::to_owned).unwrap_or_else(|| {
        let mut path = folder(text(&descriptor, "Location").unwrap_or_default());
        for (key, value) in keys.iter().zip(values) {
            path.push_str(&format!("{}={}/", text(key, "Name").unwrap_or_default(), escaped(value)));
        }
        path
    });
    descriptor["Location"] = json!(location);
    json!({"Values": values, "StorageDescriptor": descriptor})
}

/// The values of a partition, in the order of the table's keys.
fn values_of(table: &Value, spec: &PartitionSpec) -> Result<Vec<String>, Failure> {
    let keys = list(table, "PartitionKeys");
    let wrong = |key: &str| {
        Failure::ddl(format!(
            "SemanticException [Error 10098]: Non-Partition column appears in the partition specification: {key}"
        ))
    };
    if keys.len() != spec.values.len() {
        return Err(Failure::ddl(
            "SemanticException Partition spec does not hold a value for each partition column",
        ));
    }
    let value = |key: &Value| {
        let name = text(key, "Name").unwrap_or_default();
        let found = spec.values.iter().find(|(there, _, _)| there.eq_ignore_ascii_case(name));
        found.map(|(_, _, value)| value.clone()).ok_or_else(|| wrong(name))
    };
    keys.iter().map(value).collect()
}

impl Athena {
    /// Makes the change, and says what there is to say of it.
    pub(crate) async fn changed(
        &self,
        question: &Question<'_>,
        statement: Statement,
    ) -> Result<Vec<String>, Failure> {
        match statement {
            Statement::CreateDatabase { name, if_not_exists, comment, location, properties } => {
                let input = json!({"Name": name, "Description": comment, "LocationUri": location, "Parameters": properties});
                let input = json!({"DatabaseInput": without_nulls(input)});
                allowing(
                    question.asker.catalog.call("CreateDatabase", input).await,
                    if_not_exists,
                    is_there,
                )?;
            }
            Statement::DropDatabase { name, if_exists, cascade } => {
                self.drop_database(question, &name, if_exists, cascade).await?;
            }
            Statement::CreateTable { table, new } => self.create_table(question, &table, *new).await?,
            Statement::CreateView { view, replace, select } => {
                self.create_view(question, &view, replace, select).await?;
            }
            Statement::Drop { table, if_exists, view } => {
                self.drop_table(question, &table, if_exists, view).await?;
            }
            Statement::AlterTable { table, alteration } => {
                self.alter_table(question, &table, alteration).await?
            }
            Statement::Repair(table) => return self.repair(question, &table).await,
            Statement::Select(_)
            | Statement::Explain(_)
            | Statement::Insert { .. }
            | Statement::CreateTableAs { .. }
            | Statement::Unload { .. }
            | Statement::Execute { .. }
            | Statement::ShowTables { .. }
            | Statement::ShowDatabases { .. }
            | Statement::ShowColumns(_)
            | Statement::ShowPartitions(_)
            | Statement::ShowCreate { .. }
            | Statement::ShowProperties { .. }
            | Statement::Describe(_) => {
                return Err(Failure::system(
                    "GENERIC_INTERNAL_ERROR: not a statement that changes the catalog",
                ));
            }
        }
        Ok(Vec::new())
    }

    async fn drop_database(
        &self,
        question: &Question<'_>,
        name: &str,
        if_exists: bool,
        cascade: bool,
    ) -> Result<(), Failure> {
        let catalog = &question.asker.catalog;
        if !cascade {
            match catalog.tables(name, None).await {
                Ok(tables) if !tables.is_empty() => {
                    return Err(Failure::ddl(format!(
                        "Execution Error, return code 1 from org.apache.hadoop.hive.ql.exec.DDLTask. InvalidOperationException(message:Database {name} is not empty. One or more tables exist.)"
                    )));
                }
                Ok(_) => {}
                Err(refusal) if is_missing(&refusal) => {}
                Err(refusal) => return Err(refusal.into()),
            }
        }
        match catalog.call("DeleteDatabase", json!({"Name": name})).await {
            Ok(_) => Ok(()),
            Err(refusal) if if_exists && is_missing(&refusal) => Ok(()),
            Err(refusal) => Err(about_database(refusal, name)),
        }
    }

    async fn create_table(
        &self,
        question: &Question<'_>,
        table: &TableName,
        new: NewTable,
    ) -> Result<(), Failure> {
        if new.parameters.get("table_type").is_some_and(|kind| kind.eq_ignore_ascii_case("iceberg")) {
            return Err(Failure::argument("NOT_SUPPORTED: Iceberg tables are not created here"));
        }
        if !new.external {
            return Err(Failure::ddl(
                "SemanticException Only external tables can be created: CREATE EXTERNAL TABLE",
            ));
        }
        let location = new.location.clone().filter(|location| bucket_and_key(location).is_some());
        let location = location.ok_or_else(|| {
            Failure::location("FAILED: SemanticException table is not a Hive table without an S3 location. Please provide a valid LOCATION")
        })?;
        let (default_input, default_output, default_serde) = match &new.stored_as {
            None => TEXT,
            Some(StoredAs::Classes { .. }) => TEXT,
            Some(StoredAs::Format(format)) => {
                let unknown = || {
                    Failure::ddl(format!(
                        "SemanticException Unrecognized file format in STORED AS clause: '{format}'"
                    ))
                };
                classes(format).ok_or_else(unknown)?
            }
        };
        let (input, output) = match &new.stored_as {
            Some(StoredAs::Classes { input, output }) => (input.as_str(), output.as_str()),
            Some(StoredAs::Format(_)) | None => (default_input, default_output),
        };
        let mut parameters = new.parameters.clone();
        parameters.insert("EXTERNAL".to_owned(), "TRUE".to_owned());
        parameters.insert("transient_lastDdlTime".to_owned(), self.now().as_secs().to_string());
        let mut serde_parameters = new.serde_parameters.clone();
        serde_parameters.entry("serialization.format".to_owned()).or_insert_with(|| "1".to_owned());
        let (bucket_columns, buckets) = new.buckets.clone().unwrap_or((Vec::new(), -1));
        let input = json!({
            "Name": table.name,
            "Description": new.comment,
            "Owner": "hadoop",
            "TableType": "EXTERNAL_TABLE",
            "PartitionKeys": columns_json(&new.keys),
            "Parameters": parameters,
            "StorageDescriptor": {
                "Columns": columns_json(&new.columns),
                "Location": location,
                "InputFormat": input,
                "OutputFormat": output,
                "NumberOfBuckets": buckets,
                "BucketColumns": bucket_columns,
                "SerdeInfo": {
                    "SerializationLibrary": new.serde.as_deref().unwrap_or(default_serde),
                    "Parameters": serde_parameters,
                },
            },
        });
        let database = database_of(question, table);
        let input = json!({"DatabaseName": database, "TableInput": without_nulls(input)});
        match question.asker.catalog.call("CreateTable", input).await {
            Ok(_) => Ok(()),
            Err(refusal) if new.if_not_exists && is_there(&refusal) => Ok(()),
            Err(refusal) => Err(about_database(refusal, database)),
        }
    }

    async fn create_view(
        &self,
        question: &Question<'_>,
        view: &TableName,
        replace: bool,
        select: String,
    ) -> Result<(), Failure> {
        let statement = QueryStatement {
            sql: select.clone(),
            parameters: Vec::new(),
            database: question.database.clone(),
            form: ValueForm::Text,
        };
        // Planned for its columns; to drop the run is to cancel it.
        let run = self.engine()?.run(statement, self.sources(question)).await?;
        let columns: Vec<ColumnDef> = run
            .columns
            .iter()
            .map(|column| ColumnDef {
                name: column.name.to_lowercase(),
                kind: column.hive.clone(),
                comment: None,
            })
            .collect();
        let kinds: Vec<(String, String)> = columns
            .iter()
            .map(|column| (column.name.clone(), super::sources::trino_kind(&column.kind)))
            .collect();
        let database = database_of(question, view);
        let table = json!({
            "Name": view.name,
            "TableType": "VIRTUAL_VIEW",
            "ViewOriginalText": view_text(&select, &question.database, &kinds),
            "ViewExpandedText": "/* Presto View */",
            "Parameters": {"presto_view": "true", "comment": "Presto View"},
            "PartitionKeys": [],
            "StorageDescriptor": {"Columns": columns_json(&columns), "Location": "", "SerdeInfo": {}},
        });
        let catalog = &question.asker.catalog;
        let there = catalog.find_table(database, &view.name).await?;
        match there {
            Some(there) if replace && is_view(&there) => Ok(catalog.replace_table(database, &table).await?),
            Some(_) => Err(Failure::argument(format!(
                "ALREADY_EXISTS: View already exists: awsdatacatalog.{database}.{}",
                view.name
            ))),
            None => {
                let input = json!({"DatabaseName": database, "TableInput": table});
                let made = catalog.call("CreateTable", input).await;
                made.map(|_| ()).map_err(|refusal| about_database(refusal, database))
            }
        }
    }

    async fn drop_table(
        &self,
        question: &Question<'_>,
        table: &TableName,
        if_exists: bool,
        view: bool,
    ) -> Result<(), Failure> {
        let catalog = &question.asker.catalog;
        let database = database_of(question, table);
        if view {
            match catalog.find_table(database, &table.name).await? {
                Some(there) if !is_view(&there) => {
                    return Err(Failure::ddl(format!("SemanticException {} is not a view", table.name)));
                }
                Some(_) | None => {}
            }
        }
        match catalog.call("DeleteTable", json!({"DatabaseName": database, "Name": table.name})).await {
            Ok(_) => Ok(()),
            Err(refusal) if if_exists && is_missing(&refusal) => Ok(()),
            Err(refusal) => Err(about_table(refusal, table)),
        }
    }

    async fn alter_table(
        &self,
        question: &Question<'_>,
        name: &TableName,
        alteration: Alteration,
    ) -> Result<(), Failure> {
        let catalog = &question.asker.catalog;
        let database = database_of(question, name);
        let mut table = self.table(question, name).await?;
        match alteration {
            Alteration::AddPartitions { if_not_exists, partitions } => {
                let input = |spec: &PartitionSpec| {
                    Ok(partition_input(&table, &values_of(&table, spec)?, spec.location.as_deref()))
                };
                let inputs = partitions.iter().map(input).collect::<Result<Vec<Value>, Failure>>()?;
                return Ok(catalog.add_partitions(database, &name.name, &inputs, if_not_exists).await?);
            }
            Alteration::DropPartitions { if_exists, partitions } => {
                return self.drop_partitions(question, name, &table, if_exists, &partitions).await;
            }
            Alteration::RenamePartition { from, to } => {
                let (from, to) = (values_of(&table, &from)?, values_of(&table, &to)?);
                return self.change_partition(question, name, &from, &to, None).await;
            }
            Alteration::SetLocation { partition: Some(partition), location } => {
                let values = values_of(&table, &partition)?;
                return self.change_partition(question, name, &values, &values, Some(&location)).await;
            }
            Alteration::SetLocation { partition: None, location } => {
                table["StorageDescriptor"]["Location"] = json!(location);
            }
            Alteration::SetProperties(properties) => {
                if !table["Parameters"].is_object() {
                    table["Parameters"] = json!({});
                }
                for (key, value) in properties {
                    table["Parameters"][key] = json!(value);
                }
            }
            Alteration::AddColumns(columns) => {
                let mut all = list(&table["StorageDescriptor"], "Columns").to_vec();
                all.extend(list(&json!({"Columns": columns_json(&columns)}), "Columns").iter().cloned());
                table["StorageDescriptor"]["Columns"] = Value::Array(all);
            }
            Alteration::ReplaceColumns(columns) => {
                table["StorageDescriptor"]["Columns"] = columns_json(&columns);
            }
            Alteration::ChangeColumn { from, to } => {
                let columns = table["StorageDescriptor"]["Columns"].as_array_mut();
                let column = columns
                    .into_iter()
                    .flatten()
                    .find(|column| text(column, "Name").is_some_and(|name| name.eq_ignore_ascii_case(&from)));
                let missing = || {
                    Failure::ddl(format!("SemanticException [Error 10002]: Invalid column reference {from}"))
                };
                *column.ok_or_else(missing)? = columns_json(&[to])[0].clone();
            }
        }
        Ok(catalog.replace_table(database, &table).await?)
    }

    /// Drops those that a specification names whole; one that compares or names some keys drops all that it meets.
    async fn drop_partitions(
        &self,
        question: &Question<'_>,
        name: &TableName,
        table: &Value,
        if_exists: bool,
        specs: &[PartitionSpec],
    ) -> Result<(), Failure> {
        let catalog = &question.asker.catalog;
        let database = database_of(question, name);
        let keys = list(table, "PartitionKeys");
        for spec in specs {
            let condition = |(key, comparison, value): &(String, String, String)| {
                let comparison = if comparison == "!=" { "<>" } else { comparison };
                let declared = keys
                    .iter()
                    .find(|there| text(there, "Name").is_some_and(|name| name.eq_ignore_ascii_case(key)));
                let kind = declared.and_then(|key| text(key, "Type")).unwrap_or("string");
                match kind {
                    "tinyint" | "smallint" | "int" | "bigint" => format!("{key} {comparison} {value}"),
                    _ => format!("{key} {comparison} '{}'", value.replace('\'', "''")),
                }
            };
            let condition: Vec<String> = spec.values.iter().map(condition).collect();
            let found = catalog.partitions(database, &name.name, Some(&condition.join(" AND "))).await?;
            if found.is_empty() && !if_exists {
                return Err(Failure::ddl(format!(
                    "SemanticException [Error 10006]: Partition not found ({})",
                    condition.join(" AND ")
                )));
            }
            for some in found.chunks(25) {
                let which: Vec<Value> = some.iter().map(|one| json!({"Values": one["Values"]})).collect();
                let input =
                    json!({"DatabaseName": database, "TableName": name.name, "PartitionsToDelete": which});
                catalog.call("BatchDeletePartition", input).await?;
            }
        }
        Ok(())
    }

    async fn change_partition(
        &self,
        question: &Question<'_>,
        name: &TableName,
        from: &[String],
        to: &[String],
        location: Option<&str>,
    ) -> Result<(), Failure> {
        let catalog = &question.asker.catalog;
        let at = json!({"DatabaseName": database_of(question, name), "TableName": name.name});
        let mut input = at.clone();
        input["PartitionValues"] = json!(from);
        let found = catalog.call("GetPartition", input).await?;
        let partition = &found["Partition"];
        let mut descriptor = partition["StorageDescriptor"].clone();
        if let Some(location) = location {
            descriptor["Location"] = json!(location);
        }
        let mut input = at;
        input["PartitionValueList"] = json!(from);
        input["PartitionInput"] = without_nulls(
            json!({"Values": to, "StorageDescriptor": descriptor, "Parameters": partition["Parameters"]}),
        );
        catalog.call("UpdatePartition", input).await?;
        Ok(())
    }

    /// Adds the partitions whose folders are there; removes none (facts section 5).
    async fn repair(&self, question: &Question<'_>, name: &TableName) -> Result<Vec<String>, Failure> {
        let table = self.table(question, name).await?;
        let keys: Vec<&str> =
            list(&table, "PartitionKeys").iter().filter_map(|key| text(key, "Name")).collect();
        if keys.is_empty() {
            return Ok(Vec::new());
        }
        let catalog = &question.asker.catalog;
        let database = database_of(question, name);
        let there = catalog.partitions(database, &name.name, None).await?;
        let there: BTreeSet<Vec<&str>> = there
            .iter()
            .map(|one| list(one, "Values").iter().map(|value| value.as_str().unwrap_or_default()).collect())
            .collect();
        let location = folder(text(&table["StorageDescriptor"], "Location").unwrap_or_default());
        let folders = self.partition_folders(question, &location, &keys).await?;
        let new: Vec<(&String, &Vec<String>)> = folders
            .iter()
            .filter(|(_, values)| !there.contains(&values.iter().map(String::as_str).collect::<Vec<_>>()))
            .collect();
        let input = |(path, values): &(&String, &Vec<String>)| {
            partition_input(&table, values, Some(&format!("{location}{path}")))
        };
        let inputs: Vec<Value> = new.iter().map(input).collect();
        catalog.add_partitions(database, &name.name, &inputs, true).await?;
        if new.is_empty() {
            return Ok(Vec::new());
        }
        let named = |path: &str| format!("{}:{}", name.name, path.trim_end_matches('/'));
        let missing: Vec<String> = new.iter().map(|(path, _)| named(path)).collect();
        let mut lines = vec![format!("Partitions not in metastore:\t{}", missing.join("\t"))];
        lines.extend(missing.iter().map(|path| format!("Repair: Added partition to metastore {path}")));
        Ok(lines)
    }

    /// Folders `key=value/…` under a location, by their paths.
    async fn partition_folders(
        &self,
        question: &Question<'_>,
        location: &str,
        keys: &[&str],
    ) -> Result<BTreeMap<String, Vec<String>>, Failure> {
        let wrong = || Failure::location(format!("Invalid S3 location: {location}"));
        let (bucket, prefix) = bucket_and_key(location).ok_or_else(wrong)?;
        let asker = question.asker;
        let mut folders = BTreeMap::new();
        let mut after: Option<String> = None;
        loop {
            let page =
                self.objects.list(&asker.principal, &asker.region, bucket, prefix, after.as_deref()).await;
            let page = page.map_err(|error| Failure::not_writable(&error))?;
            after = page.objects.last().map(|object| object.key.clone());
            for object in &page.objects {
                let Some((path, values)) = folder_of(&object.key[prefix.len()..], keys) else { continue };
                if let Some(last) = &mut after {
                    // The rest of this folder is passed over.
                    let beyond = format!("{prefix}{path}\u{10ffff}");
                    if beyond > *last {
                        *last = beyond;
                    }
                }
                folders.insert(path, values);
            }
            if !page.more || after.is_none() {
                return Ok(folders);
            }
        }
    }
}

/// The folder of a path that has a part for each key, and their values.
fn folder_of(path: &str, keys: &[&str]) -> Option<(String, Vec<String>)> {
    let mut parts = path.split('/');
    let (mut folder, mut values) = (String::new(), Vec::new());
    for key in keys {
        let part = parts.next()?;
        let (name, value) = part.split_once('=')?;
        // Names in capitals are not found, as on AWS.
        if name != *key {
            return None;
        }
        values.push(unescaped(value));
        folder.push_str(part);
        folder.push('/');
    }
    // A file of this name is no folder.
    parts.next()?;
    Some((folder, values))
}

fn allowing(
    outcome: Result<Value, ports::CatalogRefusal>,
    allowed: bool,
    is: fn(&ports::CatalogRefusal) -> bool,
) -> Result<(), Failure> {
    match outcome {
        Ok(_) => Ok(()),
        Err(refusal) if allowed && is(&refusal) => Ok(()),
        Err(refusal) => Err(refusal.into()),
    }
}

/// A document without members that say nothing.
pub fn without_nulls(value: Value) -> Value {
    match value {
        Value::Object(all) => {
            let kept: Map<String, Value> = all
                .into_iter()
                .filter(|(_, value)| !value.is_null())
                .map(|(name, value)| (name, without_nulls(value)))
                .collect();
            Value::Object(kept)
        }
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_are_partitions_if_they_have_all_keys() {
        let found = folder_of("y=2024/m=a%3Ab/f.json", &["y", "m"]);
        assert_eq!(found, Some(("y=2024/m=a%3Ab/".to_owned(), vec!["2024".to_owned(), "a:b".to_owned()])));
        assert_eq!(folder_of("y=2024/f.json", &["y", "m"]), None);
        assert_eq!(folder_of("Y=2024/f.json", &["y"]), None);
        assert_eq!(folder_of("y=2024", &["y"]), None);
    }

    proptest::proptest! {
        #[test]
        fn values_come_back_out_of_paths(value in "\\PC{1,12}") {
            assert_eq!(unescaped(&escaped(&value)), value);
        }
    }
}
