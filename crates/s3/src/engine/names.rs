//! What a bucket and a key may be called, and where a bucket may be.
//!
//! Source: S3 user guide, "Bucket naming rules" and "Creating object key names"; the refusals are recorded (facts sections 2 and 13).

use base::Region;

use super::Error;

/// Bytes of a key.
pub const KEY_BYTES_MAX: usize = 1_024;
/// Characters of a bucket's name.
const NAME_LEN: std::ops::RangeInclusive<usize> = 3..=63;
/// AWS keeps these for itself.
const RESERVED_PREFIXES: [&str; 3] = ["xn--", "sthree-", "amzn-s3-demo-"];
/// AWS keeps these for access points, directory and table buckets.
const RESERVED_SUFFIXES: [&str; 5] = ["-s3alias", "--ol-s3", ".mrap", "--x-s3", "--table-s3"];
/// The word `EU` stands for this region, and is given back as it was sent.
const EU: (&str, &str) = ("EU", "eu-west-1");
/// The regions a bucket may be sent to from us-east-1, whose endpoint is that of them all (AWS general reference, S3 endpoints).
const LOCATIONS: [&str; 34] = [
    "af-south-1",
    "ap-east-1",
    "ap-east-2",
    "ap-northeast-1",
    "ap-northeast-2",
    "ap-northeast-3",
    "ap-south-1",
    "ap-south-2",
    "ap-southeast-1",
    "ap-southeast-2",
    "ap-southeast-3",
    "ap-southeast-4",
    "ap-southeast-5",
    "ap-southeast-6",
    "ap-southeast-7",
    "ca-central-1",
    "ca-west-1",
    "eu-central-1",
    "eu-central-2",
    "eu-north-1",
    "eu-south-1",
    "eu-south-2",
    "eu-west-1",
    "eu-west-2",
    "eu-west-3",
    "il-central-1",
    "me-central-1",
    "me-south-1",
    "mx-central-1",
    "sa-east-1",
    "us-east-2",
    "us-gov-west-1",
    "us-west-1",
    "us-west-2",
];

/// Where a new bucket goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Location {
    /// The region.
    pub region: Region,
    /// The constraint as it was sent, where it is another word than the region.
    pub constraint: Option<String>,
}

/// Refuses what no bucket can be called.
pub fn check_bucket_name(name: &str) -> Result<(), Error> {
    let ends = |byte: Option<u8>| byte.is_some_and(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit());
    let fits = NAME_LEN.contains(&name.len())
        && name
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'.' | b'-'))
        && ends(name.bytes().next())
        && ends(name.bytes().last())
        && !["..", ".-", "-."].iter().any(|pair| name.contains(pair))
        && !is_ip_address(name);
    if fits { Ok(()) } else { Err(Error::InvalidBucketName(name.to_owned())) }
}

/// Refuses what a new bucket cannot be called.
pub fn check_new_bucket_name(name: &str) -> Result<(), Error> {
    check_bucket_name(name)?;
    let reserved = RESERVED_PREFIXES.iter().any(|prefix| name.starts_with(prefix))
        || RESERVED_SUFFIXES.iter().any(|suffix| name.ends_with(suffix));
    if reserved { Err(Error::InvalidBucketName(name.to_owned())) } else { Ok(()) }
}

fn is_ip_address(name: &str) -> bool {
    let mut parts = 0;
    name.split('.').all(|part| {
        parts += 1;
        (1..=3).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit())
    }) && parts == 4
}

/// Refuses a key that is too long.
pub fn check_key(key: &str) -> Result<(), Error> {
    if key.len() > KEY_BYTES_MAX { Err(Error::KeyTooLong(key.len())) } else { Ok(()) }
}

/// Whether AWS has a region of this name.
pub fn is_region(name: &str) -> bool {
    name == "us-east-1" || LOCATIONS.contains(&name)
}

/// Where a bucket with this location constraint goes, asked for in `region`. Refuses a constraint that does not go with the region.
pub fn locate(constraint: Option<&str>, region: &Region) -> Result<Location, Error> {
    let from_east = region.as_str() == "us-east-1";
    let here = Location { region: region.clone(), constraint: None };
    match constraint.filter(|named| !named.is_empty()) {
        None if from_east => Ok(here),
        None => Err(Error::IllegalLocation("unspecified".to_owned())),
        Some(named) if named == EU.0 && (from_east || region.as_str() == EU.1) => {
            let region = Region::new(EU.1).expect("it is a region's name");
            Ok(Location { region, constraint: Some(named.to_owned()) })
        }
        Some(named) if from_east && LOCATIONS.contains(&named) => {
            let region = Region::new(named).expect("it is a region's name");
            Ok(Location { region, constraint: None })
        }
        Some(named) if from_east => Err(Error::InvalidLocation(named.to_owned())),
        Some(named) if named == region.as_str() => Ok(here),
        Some(named) => Err(Error::IllegalLocation(named.to_owned())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_follow_the_rules() {
        for name in ["abc", "a.b", "my-bucket.2026", "1.2.3", "1.2.3.4567", &"x".repeat(63)] {
            assert!(check_new_bucket_name(name).is_ok(), "{name}");
        }
        let long = "x".repeat(64);
        for name in [
            "ab",
            "",
            "Abc",
            "a_b",
            "-abc",
            "abc-",
            ".abc",
            "a..b",
            "a.-b",
            "a-.b",
            "192.168.0.1",
            "a b",
            "aé",
            &long,
        ] {
            assert_eq!(check_bucket_name(name), Err(Error::InvalidBucketName(name.to_owned())), "{name}");
        }
        for name in
            ["xn--abc", "sthree-abc", "amzn-s3-demo-x", "abc-s3alias", "abc--ol-s3", "abc.mrap", "abc--x-s3"]
        {
            assert!(check_bucket_name(name).is_ok() && check_new_bucket_name(name).is_err(), "{name}");
        }
    }

    #[test]
    fn a_location_goes_with_its_region() {
        let (east, ireland) = (Region::us_east_1(), Region::new("eu-west-1").unwrap());
        let place = |region: &Region, word: Option<&str>| {
            Ok(Location { region: region.clone(), constraint: word.map(str::to_owned) })
        };
        assert_eq!(locate(None, &east), place(&east, None));
        for named in ["us-east-1", "aws-global", "nowhere"] {
            assert_eq!(locate(Some(named), &east), Err(Error::InvalidLocation(named.to_owned())));
        }
        assert_eq!(locate(Some("eu-west-1"), &east), place(&ireland, None));
        assert_eq!(locate(Some("EU"), &east), place(&ireland, Some("EU")));
        assert_eq!(locate(Some("eu-west-1"), &ireland), place(&ireland, None));
        assert_eq!(locate(Some("EU"), &ireland), place(&ireland, Some("EU")));
        assert_eq!(locate(None, &ireland), Err(Error::IllegalLocation("unspecified".to_owned())));
        assert_eq!(locate(Some("us-west-2"), &ireland), Err(Error::IllegalLocation("us-west-2".to_owned())));
    }

    #[test]
    fn a_key_of_1024_bytes_is_the_longest() {
        assert_eq!(check_key(&"é".repeat(512)), Ok(()));
        assert_eq!(check_key(&"x".repeat(1_025)), Err(Error::KeyTooLong(1_025)));
    }
}
