//! What the four operations that make data keys have in common.

use service::Fault;

use super::fault::validation;
use crate::engine::Error;
use crate::engine::cipher::unsupported_pair;
use crate::tables::Spec;

/// Bytes of a data key: by its spec or by their number.
pub(crate) fn length(spec: Option<&String>, bytes: Option<i32>) -> Result<usize, Fault> {
    match (spec.map(String::as_str), bytes) {
        (Some("AES_128"), None) => Ok(16),
        (Some(_), None) => Ok(32),
        (None, Some(bytes)) => Ok(usize::try_from(bytes).unwrap_or(0)),
        (Some(_), Some(_)) | (None, None) => {
            Err(validation("Please specify either number of bytes or key spec."))
        }
    }
}

/// The spec of a pair.
pub(crate) fn pair_spec(name: &str) -> Result<Spec, Fault> {
    let spec = Spec::named(name).filter(|spec| spec.pair().is_some());
    spec.ok_or_else(|| Error::Unsupported(unsupported_pair(name)).into())
}
