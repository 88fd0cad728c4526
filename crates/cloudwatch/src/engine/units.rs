//! Units by number: what stands in keys.

/// CloudWatch's units, in the order of their numbers on disk; new ones come last.
pub const UNITS: [&str; 27] = [
    "None",
    "Count",
    "Seconds",
    "Microseconds",
    "Milliseconds",
    "Bytes",
    "Kilobytes",
    "Megabytes",
    "Gigabytes",
    "Terabytes",
    "Bits",
    "Kilobits",
    "Megabits",
    "Gigabits",
    "Terabits",
    "Percent",
    "Bytes/Second",
    "Kilobytes/Second",
    "Megabytes/Second",
    "Gigabytes/Second",
    "Terabytes/Second",
    "Bits/Second",
    "Kilobits/Second",
    "Megabits/Second",
    "Gigabits/Second",
    "Terabits/Second",
    "Count/Second",
];

/// The number of a unit; of `None` for one that is unknown.
pub fn number(unit: &str) -> u8 {
    UNITS.iter().position(|known| *known == unit).map_or(0, |at| u8::try_from(at).expect("27 of them"))
}

/// The unit of a number.
pub fn name(number: u8) -> &'static str {
    UNITS.get(usize::from(number)).copied().unwrap_or("None")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_unit_of_the_service_has_a_number() {
        for unit in crate::shapes::cloudwatch::STANDARD_UNIT {
            assert_eq!(name(number(unit)), *unit);
        }
        assert_eq!(UNITS.len(), crate::shapes::cloudwatch::STANDARD_UNIT.len());
    }
}
