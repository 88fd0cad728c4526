//! Where a blob's bytes are kept: on which volume, and whether compressed. Rooms name places; the store alone knows paths and files.

use std::fmt;
use std::str::FromStr;

use crate::{ReadError, Store};

/// The name of a volume besides the store's own: 1 to 24 letters, digits, `-` and `_`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Volume([u8; Volume::BYTES_MAX]);

impl Volume {
    /// Bytes of a name at the most.
    pub const BYTES_MAX: usize = 24;

    /// The name.
    pub fn name(&self) -> &str {
        let end = self.0.iter().position(|byte| *byte == 0).unwrap_or(Self::BYTES_MAX);
        std::str::from_utf8(&self.0[..end]).expect("a name is ASCII")
    }
}

/// A name that no volume can have.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("`{0}` is no name of a volume: 1 to 24 letters, digits, `-` and `_`")]
pub struct BadVolume(pub String);

impl FromStr for Volume {
    type Err = BadVolume;

    fn from_str(name: &str) -> Result<Self, BadVolume> {
        let is_fine = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
        if name.is_empty() || name.len() > Self::BYTES_MAX || !name.bytes().all(is_fine) {
            return Err(BadVolume(name.to_owned()));
        }
        let mut bytes = [0; Self::BYTES_MAX];
        bytes[..name.len()].copy_from_slice(name.as_bytes());
        Ok(Self(bytes))
    }
}

impl fmt::Display for Volume {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl fmt::Debug for Volume {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Volume({})", self.name())
    }
}

impl<C> minicbor::Encode<C> for Volume {
    fn encode<W: minicbor::encode::Write>(
        &self,
        encoder: &mut minicbor::Encoder<W>,
        _: &mut C,
    ) -> Result<(), minicbor::encode::Error<W::Error>> {
        encoder.str(self.name())?.ok()
    }
}

impl<'b, C> minicbor::Decode<'b, C> for Volume {
    fn decode(decoder: &mut minicbor::Decoder<'b>, _: &mut C) -> Result<Self, minicbor::decode::Error> {
        decoder.str()?.parse().map_err(|_| minicbor::decode::Error::message("no name of a volume"))
    }
}

/// Where a blob's bytes are kept. The default is where every blob begins: the store's own volume, as it came.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub struct Place {
    /// The volume; `None` is the store's own.
    pub volume: Option<Volume>,
    /// Compressed, in parts, so that a range is read without the rest.
    pub compressed: bool,
}

/// Why a blob was not placed elsewhere. It is where it was, whole.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum PlaceError {
    /// Its bytes cannot be read, or it does not exist.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// The store has no such volume.
    #[error("volume `{0}` is not configured")]
    NoVolume(Volume),
    /// Too little free space there.
    #[error("volume is full")]
    Full,
    /// It is being placed by another call.
    #[error("the blob is being placed already")]
    Busy,
    /// The disk failed.
    #[error("the disk failed: {0}")]
    Disk(String),
    /// The store is shutting down, or nobody knows whether the row was changed. To try again is fine.
    #[error("the blob's place could not be changed: {0}")]
    Commit(String),
}

/// What a store without volumes answers to [`Store::place_blob`].
pub(crate) fn without_volumes(place: Place) -> Result<(), PlaceError> {
    place.volume.map_or(Ok(()), |volume| Err(PlaceError::NoVolume(volume)))
}

impl dyn Store {
    /// Where bytes of this kind are to go: the volume, if there is one of this name, and the store's own otherwise.
    pub fn place_for(&self, name: &str, compressed: bool) -> Place {
        let volume = name.parse().ok().filter(|volume| self.has_volume(*volume));
        Place { volume, compressed }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn names_are_read_as_they_were_written(name in "[A-Za-z0-9_-]{1,24}") {
            let volume: Volume = name.parse().unwrap();
            prop_assert_eq!(volume.name(), &name);
            let bytes = minicbor::to_vec(volume).unwrap();
            prop_assert_eq!(minicbor::decode::<Volume>(&bytes).unwrap(), volume);
        }
    }

    #[test]
    fn what_could_be_a_path_is_no_name() {
        for name in ["", ".", "a/b", "a.b", "a b", "\u{e9}", "abcdefghijklmnopqrstuvwxy"] {
            assert_eq!(name.parse::<Volume>(), Err(BadVolume(name.to_owned())));
        }
    }
}
