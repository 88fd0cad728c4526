//! ORC files, written by our own hand: <https://orc.apache.org/specification/ORCv1/>.
//!
//! A file is stripes, then statistics of the stripes, a footer and a postscript. A stripe is the streams of its columns: which rows have a
//! value, the values, and an index of positions and statistics for every so many rows. Integers are run-length encoded by version 1, which every reader
//! of ORC knows; strings go into a dictionary where few of them are distinct.

mod column;
mod encode;
mod proto;
mod statistics;
mod stream;

use bytes::{BufMut, Bytes, BytesMut};
use ports::OrcCompression;

use self::column::{Encoded, encode};
use self::proto::Message;
use self::statistics::Statistics;
use self::stream::Codec;
use crate::column::{Column, Data};
use crate::kind::{IcebergKind, Kind};

const MAGIC: &[u8] = b"ORC";
/// Bytes that are compressed together.
pub const BLOCK: usize = 256 << 10;
/// Which writer this is, for readers that know of its errors: the first one without those that are known.
const WRITER_VERSION: u64 = 6;
/// `writer` of the footer: an unknown one.
const WRITER: u64 = 0x6d72;

/// What is set of a file.
#[derive(Debug, Clone)]
pub struct Settings {
    /// How streams are compressed.
    pub compression: OrcCompression,
    /// Rows between entries of the index; zero for none.
    pub stride: usize,
    /// Up to which share of distinct values strings go into a dictionary.
    pub dictionary_threshold: f64,
}

struct Stripe {
    offset: u64,
    index: u64,
    data: u64,
    footer: u64,
    rows: u64,
}

/// A file that is being written, in memory.
pub struct OrcFile {
    settings: Settings,
    codec: Codec,
    types: Vec<Message>,
    bytes: BytesMut,
    stripes: Vec<Stripe>,
    /// Of each stripe, by column.
    statistics: Vec<Vec<Statistics>>,
}

impl OrcFile {
    /// A file without rows.
    pub fn new(columns: &[(String, Kind)], settings: &Settings) -> Self {
        let mut types = Vec::new();
        types_of_struct(columns, &mut types);
        let mut bytes = BytesMut::new();
        bytes.put_slice(MAGIC);
        Self {
            codec: Codec::new(settings.compression),
            settings: settings.clone(),
            types,
            bytes,
            stripes: Vec::new(),
            statistics: Vec::new(),
        }
    }

    /// Bytes of the stripes so far.
    pub fn bytes(&self) -> usize {
        self.bytes.len()
    }

    /// Writes a stripe of so many rows.
    pub fn stripe(&mut self, columns: &[(String, Kind)], values: Vec<Column>, rows: usize) {
        let stride = self.settings.stride;
        let groups: Vec<usize> = if stride == 0 { vec![0] } else { (0..rows).step_by(stride).collect() };
        let kind = Kind::Struct(columns.to_vec());
        let root = Column { valid: vec![true; rows], data: Data::Struct(values) };
        let mut encoded = Vec::new();
        encode(&kind, &root, &groups, self.settings.dictionary_threshold, &mut encoded);

        let offset = self.bytes.len() as u64;
        let mut footer = Message::default();
        let mut data = BytesMut::new();
        let mut index = BytesMut::new();
        let mut streams = Vec::new();
        for (number, column) in encoded.iter().enumerate() {
            let mut packed = Vec::new();
            for stream in &column.streams {
                let blocks = self.codec.compress(&stream.bytes);
                streams.push((stream.kind, number, blocks.bytes.len()));
                data.put_slice(&blocks.bytes);
                packed.push(blocks);
            }
            if stride > 0 {
                let entries = row_index(column, &packed, &self.codec);
                let blocks = self.codec.compress(&entries);
                footer.message(1, stream_of(stream::ROW_INDEX, number, blocks.bytes.len()));
                index.put_slice(&blocks.bytes);
            }
        }
        for (kind, number, length) in streams {
            footer.message(1, stream_of(kind, number, length));
        }
        for column in &encoded {
            let mut encoding = Message::default();
            encoding.number(1, column.encoding);
            if let Some(size) = column.dictionary {
                encoding.number(2, size as u64);
            }
            footer.message(2, encoding);
        }
        footer.text(3, b"UTC");
        let footer = self.codec.compress(&footer.into_bytes()).bytes;
        self.bytes.put_slice(&index);
        self.bytes.put_slice(&data);
        self.bytes.put_slice(&footer);
        self.stripes.push(Stripe {
            offset,
            index: index.len() as u64,
            data: data.len() as u64,
            footer: footer.len() as u64,
            rows: rows as u64,
        });
        self.statistics.push(encoded.into_iter().map(|column| column.whole).collect());
    }

    /// The whole file.
    pub fn finish(mut self) -> Bytes {
        let content = self.bytes.len() as u64 - MAGIC.len() as u64;
        let mut metadata = Message::default();
        for columns in &self.statistics {
            let mut stripe = Message::default();
            columns.iter().for_each(|column| stripe.message(1, column.message()));
            metadata.message(1, stripe);
        }
        let metadata = self.codec.compress(&metadata.into_bytes()).bytes;
        let footer = self.footer(content);
        let footer = self.codec.compress(&footer).bytes;
        let mut script = Message::default();
        script.number(1, footer.len() as u64);
        script.number(2, self.codec.number());
        if self.codec.number() != 0 {
            script.number(3, BLOCK as u64);
        }
        script.packed(4, [0, 12].into_iter());
        script.number(5, metadata.len() as u64);
        script.number(6, WRITER_VERSION);
        script.text(8000, MAGIC);
        let script = script.into_bytes();
        self.bytes.put_slice(&metadata);
        self.bytes.put_slice(&footer);
        self.bytes.put_slice(&script);
        self.bytes.put_u8(u8::try_from(script.len()).expect("a postscript is a few numbers"));
        self.bytes.freeze()
    }

    fn footer(&mut self, content: u64) -> Vec<u8> {
        let mut footer = Message::default();
        footer.number(1, MAGIC.len() as u64);
        footer.number(2, content);
        for stripe in &self.stripes {
            let mut message = Message::default();
            message.number(1, stripe.offset);
            message.number(2, stripe.index);
            message.number(3, stripe.data);
            message.number(4, stripe.footer);
            message.number(5, stripe.rows);
            footer.message(3, message);
        }
        let columns = self.types.len();
        for message in std::mem::take(&mut self.types) {
            footer.message(4, message);
        }
        footer.number(6, self.stripes.iter().map(|stripe| stripe.rows).sum());
        for number in 0..columns {
            let stripes = self.statistics.iter().map(|columns| &columns[number]);
            let whole = stripes.fold(Statistics::default(), |whole, stripe| whole.and(stripe));
            footer.message(7, whole.message());
        }
        footer.number(8, self.settings.stride as u64);
        footer.number(9, WRITER);
        footer.into_bytes()
    }
}

fn stream_of(kind: u64, column: usize, length: usize) -> Message {
    let mut message = Message::default();
    message.number(1, kind);
    message.number(2, column as u64);
    message.number(3, length as u64);
    message
}

/// Positions and statistics of each group of rows.
fn row_index(column: &Encoded, packed: &[stream::Blocks], codec: &Codec) -> Vec<u8> {
    let mut index = Message::default();
    for (group, statistics) in column.groups.iter().enumerate() {
        let mut positions = Vec::new();
        for (stream, blocks) in column.streams.iter().zip(packed) {
            // Of a dictionary there is no position in the middle.
            if let Some(mark) = stream.marks.get(group) {
                blocks.position(mark.offset, codec, &mut positions);
                // Nothing of the run that begins there.
                positions.extend(std::iter::repeat_n(0, stream.runs));
                positions.extend(mark.bits);
            }
        }
        let mut entry = Message::default();
        entry.packed(1, positions.into_iter());
        entry.message(2, statistics.message());
        index.message(1, entry);
    }
    index.into_bytes()
}

/// Adds the types of a struct and all below it; the index of the first.
fn types_of_struct(fields: &[(String, Kind)], types: &mut Vec<Message>) -> u64 {
    let at = types.len();
    types.push(Message::default());
    let below: Vec<u64> = fields.iter().map(|(_, kind)| types_of(kind, types)).collect();
    let mut message = Message::default();
    message.number(1, 12);
    message.packed(2, below.into_iter());
    fields.iter().for_each(|(name, _)| message.text(3, name.as_bytes()));
    types[at] = message;
    at as u64
}

fn types_of(kind: &Kind, types: &mut Vec<Message>) -> u64 {
    let at = types.len();
    let mut message = Message::default();
    let (number, below) = match kind {
        Kind::Boolean => (0, Vec::new()),
        Kind::TinyInt => (1, Vec::new()),
        Kind::SmallInt => (2, Vec::new()),
        Kind::Int => (3, Vec::new()),
        Kind::BigInt => (4, Vec::new()),
        Kind::Iceberg(IcebergKind::Micros { .. } | IcebergKind::Time) => (4, Vec::new()),
        Kind::Iceberg(IcebergKind::Uuid | IcebergKind::Fixed(_)) => (8, Vec::new()),
        Kind::Float => (5, Vec::new()),
        Kind::Double => (6, Vec::new()),
        Kind::String => (7, Vec::new()),
        Kind::Binary => (8, Vec::new()),
        Kind::Timestamp => (9, Vec::new()),
        Kind::Decimal(..) => (14, Vec::new()),
        Kind::Date => (15, Vec::new()),
        Kind::Varchar(_) => (16, Vec::new()),
        Kind::Char(_) => (17, Vec::new()),
        Kind::Array(element) => {
            types.push(Message::default());
            (10, vec![types_of(element, types)])
        }
        Kind::Map(key, value) => {
            types.push(Message::default());
            (11, vec![types_of(key, types), types_of(value, types)])
        }
        Kind::Struct(fields) => return types_of_struct(fields, types),
    };
    message.number(1, number);
    if !below.is_empty() {
        message.packed(2, below.into_iter());
    }
    match kind {
        Kind::Varchar(length) | Kind::Char(length) => message.number(4, u64::from(*length)),
        Kind::Decimal(precision, scale) => {
            message.number(5, u64::from(*precision));
            message.number(6, u64::from(*scale));
        }
        Kind::Boolean
        | Kind::TinyInt
        | Kind::SmallInt
        | Kind::Int
        | Kind::BigInt
        | Kind::Float
        | Kind::Double
        | Kind::String
        | Kind::Binary
        | Kind::Timestamp
        | Kind::Date
        | Kind::Array(_)
        | Kind::Map(..)
        | Kind::Struct(_)
        | Kind::Iceberg(_) => {}
    }
    match types.get_mut(at) {
        Some(place) => *place = message,
        None => types.push(message),
    }
    at as u64
}
