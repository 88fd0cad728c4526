//! Why bytes could not become an input.

/// What a decoder found wrong. `service` turns it into the protocol's own error.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DecodeError {
    /// Not JSON, not CBOR, not an object, too deep, or nothing at all: SerializationException without a text.
    #[error("not parsable")]
    NotParsable,
    /// Well-formed, but of the wrong type: SerializationException with this text in `Message` (wire facts section 4).
    #[error("{0}")]
    WrongType(String),
    /// REST-XML: MalformedXML.
    #[error("malformed XML")]
    MalformedXml,
    /// A header, query parameter, label or form value that is not of its member's type.
    #[error("`{value}` is no value for `{name}`")]
    BadValue {
        /// The header, query key, label or form key.
        name: String,
        /// What was sent.
        value: String,
    },
    /// A body beyond what the protocol takes.
    #[error("too large")]
    TooLarge,
}
