//! [`ports::Converter`]: a schema and a format, understood once; then files.

use std::sync::Arc;

use bytes::Bytes;
use parquet::schema::types::TypePtr;
use ports::{
    ColumnFormat, CompiledConversion, CompiledTable, Conversion, ConvertedFile, Converter, NotConverted,
    TableRows,
};

use crate::column::Column;
use crate::kind::Kind;
use crate::orc::{self, OrcFile};
use crate::parquet_file::{self, ParquetFile};
use crate::read::{Document, Fields, Rules};
use crate::table;
use crate::tape::{Node, Tape};

/// So many rows come before it is looked again how large a block has become.
const LOOK: usize = 256;

/// Converts JSON to column files.
#[derive(Debug, Clone, Copy, Default)]
pub struct Columnar;

impl Converter for Columnar {
    fn compile(&self, conversion: &Conversion) -> Result<Arc<dyn CompiledConversion>, NotConverted> {
        let mut columns = Vec::with_capacity(conversion.columns.len());
        for column in &conversion.columns {
            let kind = column.kind.as_deref().unwrap_or_default();
            let kind = Kind::parse(kind).map_err(|error| {
                invalid(format!("The type of column {} cannot be converted: {error}", column.name))
            })?;
            columns.push((column.name.clone(), kind));
        }
        if columns.is_empty() {
            return Err(invalid("The table has no columns".to_owned()));
        }
        let rules = Rules::new(&conversion.reader)
            .map_err(|format| invalid(format!("The timestamp format {format} is not a pattern")))?;
        let fields = Fields::new(&columns, &conversion.reader);
        let plan = Plan::new(&columns, &conversion.format)?;
        let words = Words::Conversion;
        Ok(Arc::new(Compiled { shared: Arc::new(Shared { columns, fields, rules, plan, words }) }))
    }

    fn compile_table(&self, rows: &TableRows) -> Result<Arc<dyn CompiledTable>, NotConverted> {
        table::compile(rows)
    }
}

fn invalid(message: String) -> NotConverted {
    NotConverted { code: "DataFormatConversion.InvalidSchema", message }
}

/// How refusals are worded.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Words {
    /// As of format conversion.
    Conversion,
    /// As of tables of Iceberg.
    Iceberg,
}

impl Words {
    fn malformed(self, what: impl std::fmt::Display) -> NotConverted {
        let code = match self {
            Words::Conversion => "DataFormatConversion.ParseError",
            Words::Iceberg => "Iceberg.ParseError",
        };
        NotConverted { code, message: format!("Encountered malformed JSON. {what}") }
    }

    fn misfit(self, what: &str, lacks: bool) -> NotConverted {
        let code = match self {
            Words::Conversion => "DataFormatConversion.MalformedData",
            Words::Iceberg if lacks => "Iceberg.MissingColumnWithinRecord",
            Words::Iceberg => "Iceberg.SchemaTypeMismatch",
        };
        NotConverted { code, message: format!("Data does not match the schema. {what}") }
    }
}

pub(crate) fn unwritten(error: impl std::fmt::Display) -> NotConverted {
    NotConverted { code: "DataFormatConversion.InternalError", message: error.to_string() }
}

/// What is written, and how.
pub(crate) enum Plan {
    Parquet { schema: TypePtr, settings: parquet_file::Settings, block: usize },
    Orc { settings: orc::Settings, block: usize },
}

impl Plan {
    fn new(columns: &[(String, Kind)], format: &ColumnFormat) -> Result<Self, NotConverted> {
        match format {
            ColumnFormat::Parquet { compression, v2, dictionary, block_bytes, page_bytes } => {
                Ok(Plan::Parquet {
                    schema: parquet_file::schema(columns).map_err(|error| invalid(error.to_string()))?,
                    settings: parquet_file::Settings {
                        compression: *compression,
                        v2: *v2,
                        dictionary: *dictionary,
                        page_bytes: *page_bytes,
                    },
                    block: usize::try_from(*block_bytes).unwrap_or(usize::MAX),
                })
            }
            ColumnFormat::Orc {
                compression,
                stripe_bytes,
                row_index_stride,
                bloom: _,
                dictionary_threshold,
            } => Ok(Plan::Orc {
                settings: orc::Settings {
                    compression: *compression,
                    stride: *row_index_stride as usize,
                    dictionary_threshold: *dictionary_threshold,
                },
                block: usize::try_from(*stripe_bytes).unwrap_or(usize::MAX),
            }),
        }
    }

    fn block(&self) -> usize {
        match self {
            Plan::Parquet { block, .. } | Plan::Orc { block, .. } => *block,
        }
    }
}

/// What all files of a schema share.
pub(crate) struct Shared {
    pub columns: Vec<(String, Kind)>,
    pub fields: Fields,
    pub rules: Rules,
    pub plan: Plan,
    pub words: Words,
}

struct Compiled {
    shared: Arc<Shared>,
}

impl CompiledConversion for Compiled {
    fn begin(&self) -> Box<dyn ConvertedFile> {
        Box::new(File::new(self.shared.clone()))
    }
}

/// A file and the rows that are not in it yet.
pub(crate) struct File {
    shared: Arc<Shared>,
    writing: Option<Writing>,
    columns: Vec<Column>,
    rows: usize,
    /// Rows when it was last looked how large the block is.
    looked: usize,
    written: u64,
    tape: Tape,
    roots: Vec<usize>,
    slots: Vec<u32>,
}

enum Writing {
    Parquet(ParquetFile),
    Orc(OrcFile),
}

impl Writing {
    fn bytes(&self) -> usize {
        match self {
            Writing::Parquet(file) => file.bytes(),
            Writing::Orc(file) => file.bytes(),
        }
    }
}

impl File {
    pub(crate) fn new(shared: Arc<Shared>) -> Self {
        let columns = fresh(&shared);
        Self {
            shared,
            writing: None,
            columns,
            rows: 0,
            looked: 0,
            written: 0,
            tape: Tape::default(),
            roots: Vec::new(),
            slots: Vec::new(),
        }
    }

    fn block_bytes(&self) -> usize {
        self.columns.iter().map(Column::bytes).sum()
    }

    /// Writes the rows that are there as a block.
    fn block(&mut self) -> Result<(), NotConverted> {
        let Self { shared, writing, .. } = self;
        let writing = match writing {
            Some(writing) => writing,
            None => writing.insert(match &shared.plan {
                Plan::Parquet { schema, settings, .. } => {
                    Writing::Parquet(ParquetFile::new(schema, settings).map_err(unwritten)?)
                }
                Plan::Orc { settings, .. } => Writing::Orc(OrcFile::new(&shared.columns, settings)),
            }),
        };
        if self.rows == 0 {
            return Ok(());
        }
        let columns = std::mem::replace(&mut self.columns, fresh(shared));
        match writing {
            Writing::Parquet(file) => file.group(&shared.columns, columns).map_err(unwritten)?,
            Writing::Orc(file) => file.stripe(&shared.columns, columns, self.rows),
        }
        self.written += self.rows as u64;
        (self.rows, self.looked) = (0, 0);
        Ok(())
    }

    /// Adds the rows of a record to the columns.
    pub(crate) fn read(&mut self, record: &[u8]) -> Result<(), NotConverted> {
        let text = std::str::from_utf8(record).map_err(|what| self.shared.words.malformed(what))?;
        self.documents(text)
    }

    /// What was read since the last block.
    pub(crate) fn unwritten(&mut self) -> (&mut [Column], usize) {
        (&mut self.columns, self.rows)
    }

    /// Takes back what was read since the last block.
    pub(crate) fn forget(&mut self) {
        self.columns.iter_mut().for_each(|column| column.truncate(0));
        (self.rows, self.looked) = (0, 0);
    }

    /// The whole file, if it is of Parquet, before its footer is written.
    pub(crate) fn into_parquet(mut self) -> Result<Option<ParquetFile>, NotConverted> {
        self.block()?;
        Ok(match self.writing.take() {
            Some(Writing::Parquet(file)) => Some(file),
            Some(Writing::Orc(_)) | None => None,
        })
    }

    fn documents(&mut self, text: &str) -> Result<(), NotConverted> {
        self.tape.parse(text, &mut self.roots).map_err(|what| self.shared.words.malformed(what))?;
        let rows = self.rows;
        for root in &self.roots {
            let mut document = Document {
                text,
                tape: &self.tape,
                rules: &self.shared.rules,
                slots: &mut self.slots,
                lacks: false,
            };
            let result = match self.tape.node(*root) {
                Node::Object { .. } => {
                    let row = document.row(&self.shared.fields, *root, &mut self.columns);
                    row.map_err(|what| self.shared.words.misfit(&what, document.lacks))
                }
                Node::Array { .. } | Node::Null | Node::Bool(_) | Node::Number { .. } | Node::Text { .. } => {
                    let what = "A record is a JSON object, or several one after another";
                    Err(self.shared.words.malformed(what))
                }
            };
            if let Err(error) = result {
                self.columns.iter_mut().for_each(|column| column.truncate(rows));
                self.slots.clear();
                self.rows = rows;
                return Err(error);
            }
            self.rows += 1;
        }
        Ok(())
    }
}

fn fresh(shared: &Shared) -> Vec<Column> {
    shared.columns.iter().map(|(_, kind)| Column::new(kind)).collect()
}

impl ConvertedFile for File {
    fn push(&mut self, record: &[u8]) -> Result<(), NotConverted> {
        self.read(record)?;
        if self.rows - self.looked >= LOOK {
            self.looked = self.rows;
            if self.block_bytes() >= self.shared.plan.block() {
                self.block()?;
            }
        }
        Ok(())
    }

    fn rows(&self) -> u64 {
        self.written + self.rows as u64
    }

    fn buffered(&self) -> usize {
        self.block_bytes() + self.writing.as_ref().map_or(0, Writing::bytes)
    }

    fn finish(mut self: Box<Self>) -> Result<Vec<Bytes>, NotConverted> {
        self.block()?;
        match self.writing.take() {
            Some(Writing::Parquet(file)) => Ok(vec![file.finish().map_err(unwritten)?]),
            Some(Writing::Orc(file)) => Ok(vec![file.finish()]),
            None => Ok(Vec::new()),
        }
    }
}
