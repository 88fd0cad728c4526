//! Markers of listings and grant tokens: opaque, and impossible to forge.

use base::Page;
use service::Fault;

use super::fault::violation;
use crate::engine::{Error, Kms};
use crate::tables::{GRANTS, GrantRef};

/// What grant tokens are sealed for.
const GRANT: &str = "kms.grant";

/// How many items an answer has: what was asked, within the operation's own bound.
pub(crate) fn limit(asked: Option<i32>, default: usize, max: usize) -> Result<usize, Fault> {
    let Some(asked) = asked else { return Ok(default) };
    let limit = usize::try_from(asked).unwrap_or(0);
    if limit <= max {
        return Ok(limit);
    }
    let constraint = format!("Member must have value less than or equal to {max}");
    Err(violation(Some(&asked.to_string()), "limit", &constraint))
}

/// After which item a listing goes on.
pub(crate) fn after(kms: &Kms, purpose: &str, marker: Option<&String>) -> Result<Option<String>, Fault> {
    let Some(marker) = marker else { return Ok(None) };
    let opened = kms.tokens().open(purpose, marker).map_err(|_| Error::InvalidMarker)?;
    let name = String::from_utf8(opened).map_err(|_| Error::InvalidMarker)?;
    Ok(Some(name))
}

/// The marker of what follows a page; `name` says what its last item is called.
pub(crate) fn next<T>(
    kms: &Kms,
    purpose: &str,
    page: &Page<T>,
    name: impl FnOnce(&T) -> String,
) -> Option<String> {
    let last = page.items.last().filter(|_| page.more)?;
    Some(kms.tokens().seal(purpose, name(last).as_bytes()))
}

/// The token of a grant.
pub(crate) fn seal_grant(kms: &Kms, grant: &GrantRef) -> String {
    kms.tokens().seal(GRANT, &GRANTS.key(grant))
}

/// The grant of a token.
pub(crate) fn open_grant(kms: &Kms, token: &str) -> Result<GrantRef, Fault> {
    let opened = kms.tokens().open(GRANT, token).map_err(|_| Error::InvalidGrantToken)?;
    Ok(GRANTS.read_key(&opened).map_err(|_| Error::InvalidGrantToken)?)
}
