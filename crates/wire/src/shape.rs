//! Values: how a codec reads and writes a typed structure without knowing its type.
//!
//! The idea is one pair of visitors behind `dyn`: a [`Sink`] takes a value apart, a [`Source`] fills one. A structure gives its
//! members as [`Slot`]s by index, so that the generated code of a structure is two jump tables and a constant, compiled once,
//! whatever the number of codecs. The [`shape!`](crate::shape!) macro writes them.
//!
//! Every member is an `Option`: absent is absent. A room takes the required ones by [`Need::need`], after
//! [`violations`](crate::violations) found none missing.

use std::collections::BTreeMap;
use std::fmt;

use base::Timestamp;
use body::{Body, Events};
use bytes::Bytes;

use crate::error::DecodeError;
use crate::schema::{Kind, Structure, UNIT};

/// A structure of the wire, described by its table.
pub trait Shape: Member + Fields + Default + fmt::Debug + Send + Sync {
    /// The table.
    const SCHEMA: &'static Structure;
}

/// A structure whose type is not known: its schema, and its members by index.
pub trait Fields {
    /// The table.
    fn schema(&self) -> &'static Structure;
    /// The member at `index`, which is below the number of the schema's fields.
    fn slot(&self, index: usize) -> &dyn Slot;
    /// The member at `index`, to fill.
    fn slot_mut(&mut self, index: usize) -> &mut dyn Slot;
}

/// A member that may be absent.
pub trait Slot {
    /// Its value, if present.
    fn value(&self) -> Option<&dyn Value>;
    /// Reads it from `source`.
    fn fill(&mut self, source: &mut dyn Source) -> Result<(), DecodeError>;
    /// Takes the bytes out, if it is a stream.
    fn take_body(&mut self) -> Option<Body>;
}

/// A value that can be written.
pub trait Value {
    /// Calls the one method of `sink` that fits.
    fn write(&self, sink: &mut dyn Sink);
}

/// A type that a member, an item or a map's value may have.
pub trait Member: Value + Sized + 'static {
    /// What the table says of it.
    const KIND: Kind;
    /// Reads one from `source`.
    fn read(source: &mut dyn Source) -> Result<Self, DecodeError>;
    /// Reads one into its place. Lists and maps go on where they were when the source says so (flattened XML).
    fn fill(slot: &mut Option<Self>, source: &mut dyn Source) -> Result<(), DecodeError> {
        *slot = Some(Self::read(source)?);
        Ok(())
    }
    /// Takes the bytes out, if this is a stream.
    fn take_body(_slot: &mut Option<Self>) -> Option<Body> {
        None
    }
}

impl<T: Member> Slot for Option<T> {
    fn value(&self) -> Option<&dyn Value> {
        self.as_ref().map(|value| value as &dyn Value)
    }

    fn fill(&mut self, source: &mut dyn Source) -> Result<(), DecodeError> {
        T::fill(self, source)
    }

    fn take_body(&mut self) -> Option<Body> {
        T::take_body(self)
    }
}

/// A list whose type is not known.
pub trait Items {
    /// How many.
    fn len(&self) -> usize;
    /// Whether there are none.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }
    /// The item at `index`, which is below [`Items::len`].
    fn item(&self, index: usize) -> &dyn Value;
}

/// A map whose type is not known.
pub trait Entries {
    /// How many.
    fn len(&self) -> usize;
    /// Whether there are none.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }
    /// Calls `visit` with every key and value, in order of the keys.
    fn each(&self, visit: &mut dyn FnMut(&str, &dyn Value));
}

/// What takes a value apart: an encoder, a check, a printer. A method that is left out passes over such values.
pub trait Sink {
    /// A truth value.
    fn bool(&mut self, _value: bool) {}
    /// A whole number.
    fn integer(&mut self, _value: i64) {}
    /// A number with single precision.
    fn float(&mut self, _value: f32) {}
    /// A number with double precision.
    fn double(&mut self, _value: f64) {}
    /// A string.
    fn text(&mut self, _value: &str) {}
    /// Bytes.
    fn blob(&mut self, _value: &Bytes) {}
    /// A point in time.
    fn time(&mut self, _value: Timestamp) {}
    /// A JSON value without a schema, as its text.
    fn document(&mut self, _json: &Document) {}
    /// A structure.
    fn structure(&mut self, _value: &dyn Fields) {}
    /// A list.
    fn list(&mut self, _value: &dyn Items) {}
    /// A map.
    fn map(&mut self, _value: &dyn Entries) {}
    /// A stream, whose bytes do not pass through here.
    fn stream(&mut self) {}
}

/// How wide a whole number is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Width {
    /// 32 bits.
    Integer,
    /// 64 bits.
    Long,
}

/// What fills a value: a decoder that stands before it. Each method reads one value of that type or says why it is none.
pub trait Source {
    /// A truth value.
    fn bool(&mut self) -> Result<bool, DecodeError>;
    /// A whole number; one out of the width's range becomes the nearest in it.
    fn integer(&mut self, width: Width) -> Result<i64, DecodeError>;
    /// A number.
    fn double(&mut self) -> Result<f64, DecodeError>;
    /// A string.
    fn text(&mut self) -> Result<String, DecodeError>;
    /// Bytes.
    fn blob(&mut self) -> Result<Bytes, DecodeError>;
    /// A point in time.
    fn time(&mut self) -> Result<Timestamp, DecodeError>;
    /// A JSON value without a schema.
    fn document(&mut self) -> Result<Document, DecodeError>;
    /// A structure: fills the slots it finds.
    fn structure(&mut self, into: &mut dyn Fields) -> Result<(), DecodeError>;
    /// A list: calls `item` before each item, with a source that stands before it.
    fn list(
        &mut self,
        item: &mut dyn FnMut(&mut dyn Source) -> Result<(), DecodeError>,
    ) -> Result<(), DecodeError>;
    /// A map: calls `entry` with each key and a source that stands before its value.
    fn map(
        &mut self,
        entry: &mut dyn FnMut(String, &mut dyn Source) -> Result<(), DecodeError>,
    ) -> Result<(), DecodeError>;
    /// Whether a list or map met again goes on (flattened XML) rather than replaces the earlier one.
    fn appends(&self) -> bool {
        false
    }
    /// The streaming body of the request.
    fn stream(&mut self) -> Result<Body, DecodeError> {
        Err(DecodeError::NotParsable)
    }
}

/// Takes what constraints have made certain.
pub trait Need<T> {
    /// The value of a member that the model requires.
    ///
    /// # Panics
    /// If it is absent: `violations` refuses such an input before the operation runs.
    fn need(self) -> T;
}

impl<T> Need<T> for Option<T> {
    #[track_caller]
    fn need(self) -> T {
        self.expect("required members are checked before the operation runs")
    }
}

/// A JSON value without a schema, kept as its text (Glue).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Document(pub String);

/// Implements [`Member`] and [`Value`] for a type that is one call of either visitor.
macro_rules! member {
    ($type:ty, $kind:ident, $self:ident, $sink:ident => $write:expr, $source:ident => $read:expr) => {
        impl Value for $type {
            fn write(&$self, $sink: &mut dyn Sink) {
                $write
            }
        }
        impl Member for $type {
            const KIND: Kind = Kind::$kind;
            fn read($source: &mut dyn Source) -> Result<Self, DecodeError> {
                $read
            }
        }
    };
}

member!(bool, Bool, self, sink => sink.bool(*self), source => source.bool());
member!(i32, Integer, self, sink => sink.integer(i64::from(*self)), source => {
    let value = source.integer(Width::Integer)?;
    Ok(i32::try_from(value).unwrap_or(if value < 0 { i32::MIN } else { i32::MAX }))
});
member!(i64, Long, self, sink => sink.integer(*self), source => source.integer(Width::Long));
member!(f32, Float, self, sink => sink.float(*self), source => Ok(source.double()? as f32));
member!(f64, Double, self, sink => sink.double(*self), source => source.double());
member!(String, Text, self, sink => sink.text(self), source => source.text());
member!(Bytes, Blob, self, sink => sink.blob(self), source => source.blob());
member!(Timestamp, Time, self, sink => sink.time(*self), source => source.time());
member!(Document, Document, self, sink => sink.document(self), source => source.document());

impl<T: Member> Value for Box<T> {
    fn write(&self, sink: &mut dyn Sink) {
        (**self).write(sink);
    }
}

impl<T: Member> Member for Box<T> {
    const KIND: Kind = T::KIND;
    fn read(source: &mut dyn Source) -> Result<Self, DecodeError> {
        Ok(Box::new(T::read(source)?))
    }
}

impl<T: Member> Value for Vec<T> {
    fn write(&self, sink: &mut dyn Sink) {
        sink.list(self);
    }
}

impl<T: Member> Items for Vec<T> {
    fn len(&self) -> usize {
        self.len()
    }

    fn item(&self, index: usize) -> &dyn Value {
        &self[index]
    }
}

impl<T: Member> Member for Vec<T> {
    const KIND: Kind = Kind::List(&T::KIND);

    fn read(source: &mut dyn Source) -> Result<Self, DecodeError> {
        let mut all = Vec::new();
        source.list(&mut |source| {
            all.push(T::read(source)?);
            Ok(())
        })?;
        Ok(all)
    }

    fn fill(slot: &mut Option<Self>, source: &mut dyn Source) -> Result<(), DecodeError> {
        let mut more = Self::read(source)?;
        match slot {
            Some(all) if source.appends() => all.append(&mut more),
            Some(_) | None => *slot = Some(more),
        }
        Ok(())
    }
}

impl<T: Member> Value for BTreeMap<String, T> {
    fn write(&self, sink: &mut dyn Sink) {
        sink.map(self);
    }
}

impl<T: Member> Entries for BTreeMap<String, T> {
    fn len(&self) -> usize {
        self.len()
    }

    fn each(&self, visit: &mut dyn FnMut(&str, &dyn Value)) {
        for (key, value) in self {
            visit(key, value);
        }
    }
}

impl<T: Member> Member for BTreeMap<String, T> {
    const KIND: Kind = Kind::Map(&T::KIND);

    fn read(source: &mut dyn Source) -> Result<Self, DecodeError> {
        let mut all = BTreeMap::new();
        source.map(&mut |key, source| {
            all.insert(key, T::read(source)?);
            Ok(())
        })?;
        Ok(all)
    }

    fn fill(slot: &mut Option<Self>, source: &mut dyn Source) -> Result<(), DecodeError> {
        let mut more = Self::read(source)?;
        match slot {
            Some(all) if source.appends() => all.append(&mut more),
            Some(_) | None => *slot = Some(more),
        }
        Ok(())
    }
}

impl Value for Body {
    fn write(&self, sink: &mut dyn Sink) {
        sink.stream();
    }
}

impl Member for Body {
    const KIND: Kind = Kind::Body;

    fn read(source: &mut dyn Source) -> Result<Self, DecodeError> {
        source.stream()
    }

    fn take_body(slot: &mut Option<Self>) -> Option<Body> {
        slot.take()
    }
}

impl Value for Events {
    fn write(&self, sink: &mut dyn Sink) {
        sink.stream();
    }
}

impl Member for Events {
    const KIND: Kind = Kind::Events;

    fn read(_source: &mut dyn Source) -> Result<Self, DecodeError> {
        Err(DecodeError::NotParsable)
    }

    fn take_body(slot: &mut Option<Self>) -> Option<Body> {
        slot.take().map(Events::into_body)
    }
}

impl Value for () {
    fn write(&self, sink: &mut dyn Sink) {
        sink.structure(self);
    }
}

impl Member for () {
    const KIND: Kind = Kind::Structure(|| <() as Shape>::SCHEMA);
    fn read(source: &mut dyn Source) -> Result<Self, DecodeError> {
        source.structure(&mut ())
    }
}

impl Fields for () {
    fn schema(&self) -> &'static Structure {
        <() as Shape>::SCHEMA
    }

    fn slot(&self, index: usize) -> &dyn Slot {
        no_slot(index)
    }

    fn slot_mut(&mut self, index: usize) -> &mut dyn Slot {
        no_slot(index)
    }
}

impl Shape for () {
    const SCHEMA: &'static Structure = &Structure::new(UNIT, &[]);
}

/// Where the jump tables of [`shape!`](crate::shape!) end.
#[doc(hidden)]
pub fn no_slot(index: usize) -> ! {
    unreachable!("codecs ask for the fields of the schema only, not for `{index}`")
}

/// Declares a structure of the wire: the type, its table, and its two jump tables.
///
/// ```
/// wire::shape! { PutRecordsRequestEntry
///     0 "Data"         data: bytes::Bytes    [required len(0, 10485760)];
///     1 "PartitionKey" partition_key: String [required len(1, 256)];
/// }
/// let entry = PutRecordsRequestEntry { partition_key: Some("a".into()), ..Default::default() };
/// assert!(wire::violations(&entry).is_some_and(|text| text.contains("'data'")));
/// ```
#[macro_export]
macro_rules! shape {
    ($name:ident $([$($mark:ident)*])?
        $($index:literal $member:literal $field:ident : $type:ty $([$($word:ident $(($($arg:tt)*))?)*])? ;)*
    ) => {
        #[doc = concat!("`", stringify!($name), "` of the model.")]
        #[derive(Default)]
        pub struct $name {
            $(#[doc = concat!("`", $member, "`.")] pub $field: ::core::option::Option<$type>,)*
        }
        impl $crate::Shape for $name {
            const SCHEMA: &'static $crate::Structure = &$crate::Structure::new(stringify!($name), &[
                $($crate::Field::new($member, <$type as $crate::Member>::KIND)
                    $($(.$word($($($arg)*)?))*)?,)*
            ])$($(.$mark())*)?;
        }
        impl $crate::Fields for $name {
            fn schema(&self) -> &'static $crate::Structure {
                <$name as $crate::Shape>::SCHEMA
            }
            fn slot(&self, index: usize) -> &dyn $crate::Slot {
                match index {
                    $($index => &self.$field,)*
                    other => $crate::no_slot(other),
                }
            }
            fn slot_mut(&mut self, index: usize) -> &mut dyn $crate::Slot {
                match index {
                    $($index => &mut self.$field,)*
                    other => $crate::no_slot(other),
                }
            }
        }
        impl $crate::Value for $name {
            fn write(&self, sink: &mut dyn $crate::Sink) {
                sink.structure(self);
            }
        }
        impl $crate::Member for $name {
            const KIND: $crate::Kind = $crate::Kind::Structure(|| <$name as $crate::Shape>::SCHEMA);
            fn read(
                source: &mut dyn $crate::Source,
            ) -> ::core::result::Result<Self, $crate::DecodeError> {
                let mut value = <$name as ::core::default::Default>::default();
                source.structure(&mut value)?;
                ::core::result::Result::Ok(value)
            }
        }
        impl ::core::fmt::Debug for $name {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                $crate::show(self, f)
            }
        }
    };
}
