//! MFA delete: what may be done only by somebody who shows that they have a device.
//!
//! The devices are identity's; here is what a header says, and what the bucket asks. Where it is on, no version goes for good and the state of versioning
//! does not change without a code; versions that the lifecycle would end are kept from it, so that the two exclude each other.

use ports::{PortError, Principal};

use super::{Error, S3};
use crate::tables::{Bucket, MfaDelete};

impl Bucket {
    /// Whether deleting a version for good takes a code.
    pub fn wants_mfa(&self) -> bool {
        self.mfa_delete == MfaDelete::Enabled
    }
}

/// What `x-amz-mfa` says: a serial number, a blank, a code.
pub fn parse(header: &str) -> Result<(&str, &str), Error> {
    let text = "Mfa header is invalid -- the header should be formatted as {serialNumber}(space){tokenCode}";
    let invalid = || Error::argument("x-amz-mfa", header, text);
    let (serial, code) = header.trim().split_once(' ').ok_or_else(invalid)?;
    let is_code = !code.is_empty() && code.bytes().all(|byte| byte.is_ascii_digit());
    if serial.is_empty() || !is_code { Err(invalid()) } else { Ok((serial, code)) }
}

impl S3 {
    /// Refuses who does not show a code that counts now, of a device of their own. A code counts once.
    pub async fn check_mfa(&self, principal: &Principal, header: Option<&str>) -> Result<(), Error> {
        let Some(header) = header else {
            return Err(Error::Denied("Mfa Authentication must be used for this request".to_owned()));
        };
        let (serial, code) = parse(header)?;
        let taken = match &self.principals {
            Some(principals) => principals.take_code(principal, serial, code).await,
            None => Ok(false),
        };
        match taken {
            Ok(true) => Ok(()),
            Ok(false) => {
                let text = "MultiFactorAuthentication failed with invalid MFA one time pass code.";
                Err(Error::Denied(text.to_owned()))
            }
            Err(error) => Err(unavailable(&error)),
        }
    }
}

fn unavailable(error: &PortError) -> Error {
    Error::Unavailable(error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_header_is_a_serial_number_and_a_code() {
        let serial = "arn:aws:iam::000000000000:mfa/root";
        assert_eq!(parse(&format!("{serial} 123456")), Ok((serial, "123456")));
        for wrong in ["", "123456", " 123456", "serial ", "serial 12x456", "serial 123 456"] {
            assert!(matches!(parse(wrong), Err(Error::Argument { name: "x-amz-mfa", .. })), "`{wrong}`");
        }
    }
}
