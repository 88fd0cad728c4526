//! The bytes of an item; [`ItemRow`] draws them.

use std::collections::{BTreeMap, BTreeSet};

use bytes::Bytes;
use minicbor::data::{Tag, Type as CborType};
use minicbor::{Decoder, Encoder};
use store::{ReadError, TableValue};

use super::ItemRow;
use crate::engine::number::Number;
use crate::engine::value::{Attr, Item};

/// The tag of a decimal fraction (RFC 8949).
const DECIMAL: Tag = Tag::new(4);
/// The tag of a set (IANA registry of CBOR tags).
const SET: Tag = Tag::new(258);
/// Stored values lie in each other no deeper: items are bounded to 32 levels when written.
const DEPTH_MAX: usize = 64;

impl TableValue for ItemRow {
    fn to_bytes(&self) -> Bytes {
        let mut encoder = Encoder::new(Vec::with_capacity(256));
        write_map(&mut encoder, &self.0).expect("encoding into memory cannot fail");
        encoder.into_writer().into()
    }

    fn from_bytes(bytes: &[u8]) -> Result<Self, ReadError> {
        let mut decoder = Decoder::new(bytes);
        let item = read_map(&mut decoder, DEPTH_MAX)?;
        if decoder.position() != bytes.len() {
            return Err(ReadError::Decode("an item has bytes left over".to_owned()));
        }
        Ok(Self(item))
    }
}

type Writing = Result<(), minicbor::encode::Error<std::convert::Infallible>>;

fn write_map(encoder: &mut Encoder<Vec<u8>>, map: &Item) -> Writing {
    encoder.map(map.len() as u64)?;
    for (name, value) in map {
        encoder.str(name)?;
        write_attr(encoder, value)?;
    }
    Ok(())
}

fn write_attr(encoder: &mut Encoder<Vec<u8>>, value: &Attr) -> Writing {
    match value {
        Attr::S(text) => encoder.str(text).map(drop),
        Attr::N(number) => write_number(encoder, *number),
        Attr::B(bytes) => encoder.bytes(bytes).map(drop),
        Attr::Bool(truth) => encoder.bool(*truth).map(drop),
        Attr::Null => encoder.null().map(drop),
        Attr::Ss(set) => {
            encoder.tag(SET)?.array(set.len() as u64)?;
            set.iter().try_for_each(|text| encoder.str(text).map(drop))
        }
        Attr::Ns(set) => {
            encoder.tag(SET)?.array(set.len() as u64)?;
            set.iter().try_for_each(|number| write_number(encoder, *number))
        }
        Attr::Bs(set) => {
            encoder.tag(SET)?.array(set.len() as u64)?;
            set.iter().try_for_each(|bytes| encoder.bytes(bytes).map(drop))
        }
        Attr::L(list) => {
            encoder.array(list.len() as u64)?;
            list.iter().try_for_each(|value| write_attr(encoder, value))
        }
        Attr::M(map) => write_map(encoder, map),
    }
}

fn write_number(encoder: &mut Encoder<Vec<u8>>, number: Number) -> Writing {
    let (negative, coefficient, exponent) = number.parts();
    encoder.tag(DECIMAL)?.array(3)?.i32(exponent)?.bool(negative)?;
    match u64::try_from(coefficient) {
        Ok(small) => encoder.u64(small)?,
        Err(_) => encoder.bytes(&coefficient.to_be_bytes())?,
    };
    Ok(())
}

fn bad(what: &str) -> ReadError {
    ReadError::Decode(format!("an item holds {what}"))
}

fn count(length: Option<u64>) -> Result<u64, ReadError> {
    length.ok_or_else(|| bad("something without a length"))
}

fn read_map(decoder: &mut Decoder<'_>, depth: usize) -> Result<Item, ReadError> {
    let mut map = BTreeMap::new();
    for _ in 0..count(decoder.map()?)? {
        let name = decoder.str()?.to_owned();
        map.insert(name, read_attr(decoder, depth)?);
    }
    Ok(map)
}

fn read_attr(decoder: &mut Decoder<'_>, depth: usize) -> Result<Attr, ReadError> {
    let deeper = depth.checked_sub(1).ok_or_else(|| bad("values nested too deep"))?;
    Ok(match decoder.datatype()? {
        CborType::String => Attr::S(decoder.str()?.to_owned()),
        CborType::Bytes => Attr::B(Bytes::copy_from_slice(decoder.bytes()?)),
        CborType::Bool => Attr::Bool(decoder.bool()?),
        CborType::Null => {
            decoder.null()?;
            Attr::Null
        }
        CborType::Array => {
            let mut list = Vec::new();
            for _ in 0..count(decoder.array()?)? {
                list.push(read_attr(decoder, deeper)?);
            }
            Attr::L(list)
        }
        CborType::Map => Attr::M(read_map(decoder, deeper)?),
        CborType::Tag => match decoder.tag()? {
            DECIMAL => Attr::N(read_number(decoder)?),
            SET => read_set(decoder)?,
            _ => return Err(bad("an unknown tag")),
        },
        _ => return Err(bad("an unknown type")),
    })
}

/// The three parts after the tag.
fn read_number(decoder: &mut Decoder<'_>) -> Result<Number, ReadError> {
    if count(decoder.array()?)? != 3 {
        return Err(bad("a number of other than three parts"));
    }
    let exponent = decoder.i32()?;
    let negative = decoder.bool()?;
    let coefficient = if decoder.datatype()? == CborType::Bytes {
        let bytes: [u8; 16] =
            decoder.bytes()?.try_into().map_err(|_| bad("a coefficient of other than 16 bytes"))?;
        u128::from_be_bytes(bytes)
    } else {
        u128::from(decoder.u64()?)
    };
    Number::from_parts(negative, coefficient, exponent).ok_or_else(|| bad("a number out of form"))
}

fn read_set(decoder: &mut Decoder<'_>) -> Result<Attr, ReadError> {
    let length = count(decoder.array()?)?;
    match decoder.datatype()? {
        CborType::String => {
            let mut set = BTreeSet::new();
            for _ in 0..length {
                set.insert(decoder.str()?.to_owned());
            }
            Ok(Attr::Ss(set))
        }
        CborType::Bytes => {
            let mut set = BTreeSet::new();
            for _ in 0..length {
                set.insert(Bytes::copy_from_slice(decoder.bytes()?));
            }
            Ok(Attr::Bs(set))
        }
        CborType::Tag => {
            let mut set = BTreeSet::new();
            for _ in 0..length {
                if decoder.tag()? != DECIMAL {
                    return Err(bad("an unknown tag in a set"));
                }
                set.insert(read_number(decoder)?);
            }
            Ok(Attr::Ns(set))
        }
        _ => Err(bad("a set of an unknown type")),
    }
}
