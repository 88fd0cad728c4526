//! The contents page of STS. What is missing answers "not implemented" by itself.

mod assume_role;
mod assume_role_with_web_identity;
mod decode_authorization_message;
mod get_access_key_info;
mod get_caller_identity;
mod get_federation_token;
mod get_session_token;
mod shown;

use std::sync::Arc;

use service::{Room, RoomParts};

use super::{BODY_BYTES_MAX, fault};
use crate::engine::Identity;
use crate::shapes::sts::STS;

pub(crate) fn room(identity: Arc<Identity>, parts: RoomParts) -> Room<Identity> {
    Room::new(&STS, fault::STYLE, identity, parts, |_| BODY_BYTES_MAX)
        .op::<assume_role::AssumeRole>()
        .op::<assume_role_with_web_identity::AssumeRoleWithWebIdentity>()
        .op::<decode_authorization_message::DecodeAuthorizationMessage>()
        .op::<get_access_key_info::GetAccessKeyInfo>()
        .op::<get_caller_identity::GetCallerIdentity>()
        .op::<get_federation_token::GetFederationToken>()
        .op::<get_session_token::GetSessionToken>()
}
