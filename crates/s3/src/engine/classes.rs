//! Storage classes: their names, which may follow which, and what they make of small objects.
//!
//! A class is a word in the object's row. What it means to readers is told by [`super::restore`]: the two archive classes, and the archive
//! tiers of `INTELLIGENT_TIERING`, are not read before they were restored.

use crate::tables::StorageClass;

/// Objects below this size are not worth moving: by default no transition takes them, and `INTELLIGENT_TIERING` never moves them
/// (S3 user guide, "Transitioning objects").
pub const SMALL_BYTES: u64 = 128 << 10;

impl StorageClass {
    /// Every class.
    pub const ALL: [Self; 8] = [
        Self::Standard,
        Self::ReducedRedundancy,
        Self::StandardIa,
        Self::OnezoneIa,
        Self::IntelligentTiering,
        Self::GlacierIr,
        Self::Glacier,
        Self::DeepArchive,
    ];

    /// AWS's name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Standard => "STANDARD",
            Self::ReducedRedundancy => "REDUCED_REDUNDANCY",
            Self::StandardIa => "STANDARD_IA",
            Self::OnezoneIa => "ONEZONE_IA",
            Self::IntelligentTiering => "INTELLIGENT_TIERING",
            Self::GlacierIr => "GLACIER_IR",
            Self::Glacier => "GLACIER",
            Self::DeepArchive => "DEEP_ARCHIVE",
        }
    }

    /// The class of that name.
    pub fn of_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|class| class.name() == name)
    }

    /// Whether its objects are not read before they were restored.
    pub const fn is_archive(self) -> bool {
        match self {
            Self::Glacier | Self::DeepArchive => true,
            Self::Standard
            | Self::ReducedRedundancy
            | Self::StandardIa
            | Self::OnezoneIa
            | Self::IntelligentTiering
            | Self::GlacierIr => false,
        }
    }

    /// Whether a lifecycle may move an object from this class to the other: down the ladder, never up.
    pub const fn may_move_to(self, to: Self) -> bool {
        match self {
            Self::Standard | Self::ReducedRedundancy => match to {
                Self::StandardIa
                | Self::OnezoneIa
                | Self::IntelligentTiering
                | Self::GlacierIr
                | Self::Glacier
                | Self::DeepArchive => true,
                Self::Standard | Self::ReducedRedundancy => false,
            },
            Self::StandardIa => match to {
                Self::IntelligentTiering
                | Self::OnezoneIa
                | Self::GlacierIr
                | Self::Glacier
                | Self::DeepArchive => true,
                Self::Standard | Self::ReducedRedundancy | Self::StandardIa => false,
            },
            Self::IntelligentTiering => match to {
                Self::OnezoneIa | Self::GlacierIr | Self::Glacier | Self::DeepArchive => true,
                Self::Standard | Self::ReducedRedundancy | Self::StandardIa | Self::IntelligentTiering => {
                    false
                }
            },
            Self::OnezoneIa | Self::GlacierIr => to.is_archive(),
            Self::Glacier => matches!(to, Self::DeepArchive),
            Self::DeepArchive => false,
        }
    }

    /// Which of several transitions due on one day is carried out: the greatest. `GLACIER` over the infrequent classes, `INTELLIGENT_TIERING`
    /// over all but the archives (S3 user guide, "Conflicting lifecycle actions").
    pub const fn preference(self) -> u8 {
        match self {
            Self::Standard | Self::ReducedRedundancy => 0,
            Self::StandardIa => 1,
            Self::OnezoneIa => 2,
            Self::GlacierIr => 3,
            Self::IntelligentTiering => 4,
            Self::Glacier => 5,
            Self::DeepArchive => 6,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_told_apart() {
        for class in StorageClass::ALL {
            assert_eq!(StorageClass::of_name(class.name()), Some(class));
        }
        for unknown in ["OUTPOSTS", "EXPRESS_ONEZONE", "SNOW", "standard", ""] {
            assert_eq!(StorageClass::of_name(unknown), None);
        }
    }

    #[test]
    fn nothing_moves_up_and_nothing_stays_in_a_circle() {
        for from in StorageClass::ALL {
            assert!(!from.may_move_to(from));
            assert!(!from.may_move_to(StorageClass::Standard));
            assert!(!from.may_move_to(StorageClass::ReducedRedundancy));
            for to in StorageClass::ALL {
                assert!(!(from.may_move_to(to) && to.may_move_to(from)), "{from:?} {to:?}");
            }
        }
        assert!(StorageClass::StandardIa.may_move_to(StorageClass::IntelligentTiering));
        assert!(!StorageClass::OnezoneIa.may_move_to(StorageClass::GlacierIr));
        assert!(StorageClass::Glacier.may_move_to(StorageClass::DeepArchive));
    }
}
