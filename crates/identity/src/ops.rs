//! The contents page of STS: one line an operation. The rest answers "not implemented" by itself.

mod fault;
mod get_access_key_info;
mod get_caller_identity;

use std::sync::Arc;

use ports::Principals;
use service::{Room, RoomParts};

/// The state of the room: the keys it can look up.
pub struct Sts {
    principals: Arc<dyn Principals>,
}

/// A form or query string is small; AWS takes presigned calls of about 16 KiB, and session policies are bounded by 2,048 characters.
const BODY_BYTES_MAX: u64 = 128 << 10;

/// The room of STS.
pub fn room(principals: Arc<dyn Principals>, parts: RoomParts) -> Room<Sts> {
    let state = Arc::new(Sts { principals });
    Room::new(&crate::shapes::sts::STS, fault::STYLE, state, parts, |_| BODY_BYTES_MAX)
        .op::<get_access_key_info::GetAccessKeyInfo>()
        .op::<get_caller_identity::GetCallerIdentity>()
}
