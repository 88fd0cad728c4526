//! Page tokens: where a listing goes on, sealed for the listing it came from.

use service::{Call, Fault};

use crate::engine::{Athena, Error};

/// How many items an answer has: what was asked, or the most there may be.
pub(crate) fn limit(asked: Option<i32>, max: usize) -> usize {
    asked
        .and_then(|asked| usize::try_from(asked).ok())
        .filter(|asked| *asked > 0)
        .map_or(max, |asked| asked.min(max))
}

/// What a token is good for.
pub(crate) fn purpose(call: &Call, operation: &str, of: &str) -> String {
    format!("athena.{operation}/{}/{}/{of}", call.account(), call.region())
}

/// After what a listing goes on.
pub(crate) fn open(athena: &Athena, purpose: &str, token: Option<&String>) -> Result<Option<String>, Fault> {
    let Some(token) = token.filter(|token| !token.is_empty()) else { return Ok(None) };
    let wrong = || Fault::from(Error::invalid("Invalid NextToken."));
    let opened = athena.tokens.open(purpose, token).map_err(|_| wrong())?;
    String::from_utf8(opened).map(Some).map_err(|_| wrong())
}

/// A token that goes on after this.
pub(crate) fn seal(athena: &Athena, purpose: &str, last: &str) -> String {
    athena.tokens.seal(purpose, last.as_bytes())
}
