//! Page tokens: the last name that was returned, sealed for the listing it came from.

use base::Page;
use service::{Call, Fault};

use crate::engine::{Error, Glue};

/// How many items an answer has: what was asked, or the most there may be (facts section 1.1).
pub(crate) fn limit(asked: Option<i32>, max: usize) -> usize {
    asked.and_then(|asked| usize::try_from(asked).ok()).map_or(max, |asked| asked.clamp(1, max))
}

/// What a token is good for: one listing of one account in one region.
pub(crate) fn purpose(call: &Call, operation: &str, of: &str) -> String {
    format!("glue.{operation}/{}/{}/{of}", call.account(), call.region())
}

/// After what a listing goes on. An empty token is none, as clients send it.
pub(crate) fn open(glue: &Glue, purpose: &str, token: Option<&String>) -> Result<Option<Vec<u8>>, Fault> {
    let Some(token) = token.filter(|token| !token.is_empty()) else { return Ok(None) };
    let opened = glue.tokens().open(purpose, token);
    opened.map(Some).map_err(|_| Error::invalid("Invalid NextToken.").into())
}

/// After which name a listing goes on.
pub(crate) fn after(glue: &Glue, purpose: &str, token: Option<&String>) -> Result<Option<String>, Fault> {
    let Some(opened) = open(glue, purpose, token)? else { return Ok(None) };
    let name = String::from_utf8(opened).map_err(|_| Error::invalid("Invalid NextToken."))?;
    Ok(Some(name))
}

/// A token that goes on after this.
pub(crate) fn seal(glue: &Glue, purpose: &str, last: &[u8]) -> String {
    glue.tokens().seal(purpose, last)
}

/// The token of what follows a page; `name` says what its last item is called.
pub(crate) fn next<T>(
    glue: &Glue,
    purpose: &str,
    page: &Page<T>,
    name: impl FnOnce(&T) -> String,
) -> Option<String> {
    let last = page.items.last().filter(|_| page.more)?;
    Some(seal(glue, purpose, name(last).as_bytes()))
}
