//! Texts that are shown to nobody: access keys, tokens, passwords. In rows they are sealed under a data key of the stream's.
//!
//! ```text
//! text                        plain: as requests bring it, and as rows had it before they were sealed
//! [number of the data key, bytes]     sealed: nonce, ciphertext and tag (service::vault)
//! ```

use minicbor::data::Type;
use minicbor::decode::Error as DecodeError;
use minicbor::encode::{Error as EncodeError, Write};
use minicbor::{Decode, Decoder, Encode, Encoder};

/// A text that is shown to nobody.
#[derive(Clone, PartialEq, Eq)]
pub enum Hidden {
    /// As it is.
    Plain(String),
    /// For the rows.
    Sealed {
        /// The number of the data key.
        data_key: u64,
        /// Nonce, ciphertext and tag.
        bytes: Vec<u8>,
    },
}

impl Default for Hidden {
    fn default() -> Self {
        Self::Plain(String::new())
    }
}

impl Hidden {
    /// The text; nothing of one that is sealed.
    pub fn text(&self) -> &str {
        match self {
            Self::Plain(text) => text,
            Self::Sealed { .. } => "",
        }
    }
}

impl std::fmt::Debug for Hidden {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Hidden(..)")
    }
}

impl<C> Encode<C> for Hidden {
    fn encode<W: Write>(&self, encoder: &mut Encoder<W>, _: &mut C) -> Result<(), EncodeError<W::Error>> {
        match self {
            Self::Plain(text) => encoder.str(text)?,
            Self::Sealed { data_key, bytes } => encoder.array(2)?.u64(*data_key)?.bytes(bytes)?,
        };
        Ok(())
    }
}

impl<'b, C> Decode<'b, C> for Hidden {
    fn decode(decoder: &mut Decoder<'b>, _: &mut C) -> Result<Self, DecodeError> {
        if decoder.datatype()? == Type::String {
            return Ok(Self::Plain(decoder.str()?.to_owned()));
        }
        match decoder.array()? {
            Some(2) => Ok(Self::Sealed { data_key: decoder.u64()?, bytes: decoder.bytes()?.to_vec() }),
            Some(_) | None => Err(DecodeError::message("a hidden text is malformed")),
        }
    }
}
