//! The words in which a value of the wrong type is refused (wire facts section 4). SerializationException carries them in `Message`.

use crate::error::DecodeError;

/// Whose words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Family {
    /// Coral's: Kinesis, Firehose and most others.
    Kinesis,
    /// DynamoDB's.
    DynamoDb,
}

/// What a value can be refused for not being.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Wanted {
    Bool,
    Integer,
    Long,
    Double,
    Text,
    Blob,
    Time,
    Structure,
    List,
    Map,
}

/// What was found instead.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Found {
    Text,
    True,
    False,
    Number,
    Null,
    /// CBOR alone.
    Bytes,
    List,
    Map,
}

/// The refusal.
pub(crate) fn wrong_type(family: Family, found: Found, wanted: Wanted) -> DecodeError {
    DecodeError::WrongType(match family {
        Family::Kinesis => coral(found, wanted),
        Family::DynamoDb => dynamodb(found, wanted),
    })
}

/// How Coral says it: the class of what it found and what that was to become.
fn coral(found: Found, wanted: Wanted) -> String {
    let class = match found {
        Found::List => return "Start of list found where not expected".to_owned(),
        Found::Map => return "Start of structure or map found where not expected.".to_owned(),
        Found::Text => "java.lang.String",
        Found::True | Found::False => "java.lang.Boolean",
        Found::Number => "com.amazon.coral.value.json.numbers.TruncatingBigNumber",
        Found::Bytes => "java.nio.HeapByteBuffer",
        Found::Null => "null",
    };
    let target = match wanted {
        Wanted::List => return "Expected list or null".to_owned(),
        Wanted::Map => return "Expected map or null".to_owned(),
        Wanted::Structure => return "Expected null".to_owned(),
        Wanted::Bool => "an Boolean",
        Wanted::Integer => "an Integer",
        Wanted::Long => "an Long",
        Wanted::Double => "an Double",
        Wanted::Text => "an String",
        Wanted::Blob => "a Blob",
        Wanted::Time => "milliseconds since epoch",
    };
    format!("class {class} can not be converted to {target}")
}

/// How DynamoDB says it: the token its parser found.
fn dynamodb(found: Found, wanted: Wanted) -> String {
    const UNEXPECTED: &str = "Unexpected token received from parser";
    let (token, class) = match found {
        Found::List | Found::Map => return UNEXPECTED.to_owned(),
        Found::Text => ("STRING_VALUE", "java.lang.String"),
        Found::True => ("TRUE_VALUE", "java.lang.Boolean"),
        Found::False => ("FALSE_VALUE", "java.lang.Boolean"),
        Found::Number => ("NUMBER_VALUE", "java.lang.Integer"),
        Found::Null => ("NULL_VALUE", "null"),
        Found::Bytes => ("BINARY_VALUE", "java.nio.HeapByteBuffer"),
    };
    let target = match wanted {
        Wanted::Structure => return UNEXPECTED.to_owned(),
        Wanted::List | Wanted::Map => return format!("Unrecognized collection type class {class}"),
        Wanted::Bool => "Boolean",
        Wanted::Integer => "Integer",
        Wanted::Long => "Long",
        Wanted::Double => "Double",
        Wanted::Text => "String",
        Wanted::Blob => "Blob",
        Wanted::Time => "Date",
    };
    format!("{token} cannot be converted to {target}")
}
