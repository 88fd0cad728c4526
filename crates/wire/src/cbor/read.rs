//! The CBOR reader.

use std::borrow::Cow;

use base::Timestamp;
use bytes::Bytes;

use super::{ARRAY, BYTES, DEPTH_MAX, MAP, NEGATIVE, SIMPLE, TAG, TAG_TIME, TEXT, Times, UNSIGNED};
use crate::error::DecodeError;
use crate::json::find;
use crate::schema::At;
use crate::shape::{Document, Fields, Source, Width};
use crate::time;
use crate::words::{Family, Found, Wanted, wrong_type};

type Result<T> = std::result::Result<T, DecodeError>;

const BROKEN: DecodeError = DecodeError::NotParsable;
/// What ends an item of indefinite length.
const BREAK: u8 = 0xff;

/// Reads a whole request body, which must be one map. No bytes at all are an empty map where nothing is required.
pub(crate) fn read_document(bytes: &Bytes, times: Times, into: &mut dyn Fields) -> Result<()> {
    if bytes.is_empty() {
        let wanting = into.schema().fields.iter().any(|field| field.required && field.at == At::Body);
        return if wanting { Err(BROKEN) } else { Ok(()) };
    }
    let mut reader = Reader { bytes, at: 0, depth: 0, times };
    reader.pass_tags()?;
    if reader.peek()? >> 5 != MAP {
        return Err(BROKEN);
    }
    reader.structure(into)?;
    if reader.at == bytes.len() { Ok(()) } else { Err(BROKEN) }
}

struct Reader<'a> {
    bytes: &'a Bytes,
    at: usize,
    depth: usize,
    times: Times,
}

/// The number in an item's head.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Length {
    Known(u64),
    /// Items follow until a break.
    Open,
}

/// A number of either kind.
enum Number {
    Whole(i128),
    Float(f64),
}

impl<'a> Reader<'a> {
    fn peek(&self) -> Result<u8> {
        self.bytes.get(self.at).copied().ok_or(BROKEN)
    }

    fn take(&mut self, count: usize) -> Result<&'a [u8]> {
        let end = self.at.checked_add(count).ok_or(BROKEN)?;
        let taken = self.bytes.get(self.at..end).ok_or(BROKEN)?;
        self.at = end;
        Ok(taken)
    }

    /// Takes an item's head: its major type, the low five bits, and its number.
    fn head(&mut self) -> Result<(u8, u8, Length)> {
        let first = self.take(1)?[0];
        let (major, info) = (first >> 5, first & 31);
        let number = match info {
            0..=23 => u64::from(info),
            24 => u64::from(self.take(1)?[0]),
            25 => u64::from(u16::from_be_bytes(self.array()?)),
            26 => u64::from(u32::from_be_bytes(self.array()?)),
            27 => u64::from_be_bytes(self.array()?),
            31 if matches!(major, BYTES | TEXT | ARRAY | MAP) => return Ok((major, info, Length::Open)),
            _ => return Err(BROKEN),
        };
        Ok((major, info, Length::Known(number)))
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N]> {
        self.take(N)?.try_into().map_err(|_| BROKEN)
    }

    /// Passes over tags, whatever they say of the item to come.
    fn pass_tags(&mut self) -> Result<()> {
        while self.peek()? >> 5 == TAG {
            self.head()?;
        }
        Ok(())
    }

    /// Takes null or undefined, if that is next.
    fn null(&mut self) -> Result<bool> {
        let absent = matches!(self.peek()?, 0xf6 | 0xf7);
        self.at += usize::from(absent);
        Ok(absent)
    }

    fn deeper(&mut self) -> Result<()> {
        self.depth += 1;
        if self.depth > DEPTH_MAX { Err(BROKEN) } else { Ok(()) }
    }

    /// Whether an array or map of this length goes on; counts down, or takes the break.
    fn more(&mut self, left: &mut Length) -> Result<bool> {
        let goes_on = match left {
            Length::Known(0) => false,
            Length::Known(count) => {
                *count -= 1;
                true
            }
            Length::Open if self.peek()? == BREAK => {
                self.at += 1;
                false
            }
            Length::Open => true,
        };
        if !goes_on {
            self.depth -= 1;
        }
        Ok(goes_on)
    }

    /// The bytes of a byte or text string; a slice of the body unless it comes in chunks.
    fn string(&mut self) -> Result<Cow<'a, [u8]>> {
        let (major, _, length) = self.head()?;
        match length {
            Length::Known(count) => {
                Ok(Cow::Borrowed(self.take(usize::try_from(count).map_err(|_| BROKEN)?)?))
            }
            Length::Open => {
                let mut all = Vec::new();
                while self.peek()? != BREAK {
                    match self.head()? {
                        (chunk, _, Length::Known(count)) if chunk == major => {
                            all.extend_from_slice(self.take(usize::try_from(count).map_err(|_| BROKEN)?)?);
                        }
                        _ => return Err(BROKEN),
                    }
                }
                self.at += 1;
                Ok(Cow::Owned(all))
            }
        }
    }

    fn utf8(&mut self) -> Result<Cow<'a, str>> {
        match self.string()? {
            Cow::Borrowed(bytes) => std::str::from_utf8(bytes).map(Cow::Borrowed).map_err(|_| BROKEN),
            Cow::Owned(bytes) => String::from_utf8(bytes).map(Cow::Owned).map_err(|_| BROKEN),
        }
    }

    fn key(&mut self) -> Result<Cow<'a, str>> {
        self.pass_tags()?;
        if self.peek()? >> 5 != TEXT {
            return Err(BROKEN);
        }
        self.utf8()
    }

    /// A number, if one is next.
    fn number(&mut self) -> Result<Option<Number>> {
        let first = self.peek()?;
        let (major, info) = (first >> 5, first & 31);
        if !(major == UNSIGNED || major == NEGATIVE || (major == SIMPLE && (25..=27).contains(&info))) {
            return Ok(None);
        }
        let (_, _, length) = self.head()?;
        let Length::Known(bits) = length else { return Err(BROKEN) };
        Ok(Some(match (major, info) {
            (UNSIGNED, _) => Number::Whole(i128::from(bits)),
            (NEGATIVE, _) => Number::Whole(-1 - i128::from(bits)),
            (_, 25) => Number::Float(half(bits as u16)),
            (_, 26) => Number::Float(f64::from(f32::from_bits(bits as u32))),
            _ => Number::Float(f64::from_bits(bits)),
        }))
    }

    /// Checks and passes over a value nobody wants.
    fn skip(&mut self) -> Result<()> {
        self.pass_tags()?;
        match self.peek()? >> 5 {
            BYTES => self.string().map(drop),
            TEXT => self.utf8().map(drop),
            major @ (ARRAY | MAP) => {
                let (_, _, mut length) = self.head()?;
                self.deeper()?;
                while self.more(&mut length)? {
                    if major == MAP {
                        self.skip()?;
                    }
                    self.skip()?;
                }
                Ok(())
            }
            _ => self.head().map(drop),
        }
    }

    /// The refusal of the value that is next, which is not `wanted`.
    fn wrong(&mut self, wanted: Wanted) -> DecodeError {
        let Ok(first) = self.peek() else { return BROKEN };
        if self.skip().is_err() {
            return BROKEN;
        }
        let found = match (first >> 5, first) {
            (BYTES, _) => Found::Bytes,
            (TEXT, _) => Found::Text,
            (ARRAY, _) => Found::List,
            (MAP, _) => Found::Map,
            (_, 0xf4) => Found::False,
            (_, 0xf5) => Found::True,
            (_, 0xf6 | 0xf7) => Found::Null,
            _ => Found::Number,
        };
        wrong_type(Family::Kinesis, found, wanted)
    }
}

/// A float of half width.
fn half(bits: u16) -> f64 {
    let sign = if bits >> 15 == 1 { -1.0 } else { 1.0 };
    let (exponent, fraction) = (i32::from(bits >> 10 & 31), f64::from(bits & 1_023));
    sign * match exponent {
        0 => fraction * 2_f64.powi(-24),
        31 if fraction == 0.0 => f64::INFINITY,
        31 => f64::NAN,
        _ => (1.0 + fraction / 1_024.0) * 2_f64.powi(exponent - 15),
    }
}

impl Source for Reader<'_> {
    fn bool(&mut self) -> Result<bool> {
        self.pass_tags()?;
        match self.peek()? {
            byte @ (0xf4 | 0xf5) => {
                self.at += 1;
                Ok(byte == 0xf5)
            }
            _ => Err(self.wrong(Wanted::Bool)),
        }
    }

    fn integer(&mut self, width: Width) -> Result<i64> {
        self.pass_tags()?;
        match self.number()? {
            Some(Number::Whole(value)) => Ok(value.clamp(i64::MIN.into(), i64::MAX.into()) as i64),
            Some(Number::Float(value)) => Ok(value.floor() as i64),
            None => Err(self.wrong(match width {
                Width::Integer => Wanted::Integer,
                Width::Long => Wanted::Long,
            })),
        }
    }

    fn double(&mut self) -> Result<f64> {
        self.pass_tags()?;
        match self.number()? {
            Some(Number::Whole(value)) => Ok(value as f64),
            Some(Number::Float(value)) => Ok(value),
            None => Err(self.wrong(Wanted::Double)),
        }
    }

    fn text(&mut self) -> Result<String> {
        self.pass_tags()?;
        if self.peek()? >> 5 != TEXT {
            return Err(self.wrong(Wanted::Text));
        }
        self.utf8().map(Cow::into_owned)
    }

    fn blob(&mut self) -> Result<Bytes> {
        self.pass_tags()?;
        if self.peek()? >> 5 != BYTES {
            return Err(self.wrong(Wanted::Blob));
        }
        match self.string()? {
            Cow::Borrowed(part) => Ok(self.bytes.slice_ref(part)),
            Cow::Owned(all) => Ok(all.into()),
        }
    }

    fn time(&mut self) -> Result<Timestamp> {
        if self.peek()? >> 5 == TAG {
            let (_, _, tag) = self.head()?;
            if tag != Length::Known(TAG_TIME) {
                return Err(self.wrong(Wanted::Time));
            }
        }
        match (self.number()?, self.times) {
            (Some(Number::Whole(value)), times) => {
                let value = value.clamp(i64::MIN.into(), i64::MAX.into()) as i64;
                Ok(match times {
                    Times::Millis => Timestamp::from_millis(value),
                    Times::Seconds => Timestamp::from_secs(value),
                })
            }
            (Some(Number::Float(value)), Times::Millis) => Ok(time::from_epoch(value / 1e3)),
            (Some(Number::Float(value)), Times::Seconds) => Ok(time::from_epoch(value)),
            (None, _) => Err(self.wrong(Wanted::Time)),
        }
    }

    fn document(&mut self) -> Result<Document> {
        self.text().map(Document)
    }

    fn structure(&mut self, into: &mut dyn Fields) -> Result<()> {
        self.pass_tags()?;
        if self.null()? {
            return Ok(());
        }
        if self.peek()? >> 5 != MAP {
            return Err(self.wrong(Wanted::Structure));
        }
        let (_, _, mut length) = self.head()?;
        self.deeper()?;
        let fields = into.schema().fields;
        let mut expected = 0;
        while self.more(&mut length)? {
            let key = self.key()?;
            match find(fields, expected, &key) {
                Some(index) if !self.null()? => {
                    expected = index + 1;
                    into.slot_mut(index).fill(self)?;
                }
                Some(_) => {}
                None => self.skip()?,
            }
        }
        Ok(())
    }

    fn list(&mut self, item: &mut dyn FnMut(&mut dyn Source) -> Result<()>) -> Result<()> {
        self.pass_tags()?;
        if self.peek()? >> 5 != ARRAY {
            return Err(self.wrong(Wanted::List));
        }
        let (_, _, mut length) = self.head()?;
        self.deeper()?;
        while self.more(&mut length)? {
            item(self)?;
        }
        Ok(())
    }

    fn map(&mut self, entry: &mut dyn FnMut(String, &mut dyn Source) -> Result<()>) -> Result<()> {
        self.pass_tags()?;
        if self.peek()? >> 5 != MAP {
            return Err(self.wrong(Wanted::Map));
        }
        let (_, _, mut length) = self.head()?;
        self.deeper()?;
        while self.more(&mut length)? {
            let key = self.key()?.into_owned();
            if !self.null()? {
                entry(key, self)?;
            }
        }
        Ok(())
    }
}
