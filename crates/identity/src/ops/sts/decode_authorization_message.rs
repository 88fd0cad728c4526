//! DecodeAuthorizationMessage.

use crate::engine::error::{Error, Why};
use crate::ops::{Target, operation};
use crate::shapes::sts::{DecodeAuthorizationMessageRequest, DecodeAuthorizationMessageResponse};

operation! {
    /// Decodes what a denial hides. None of the services here hides anything in its denials, so nothing can be one of its messages.
    /// <https://docs.aws.amazon.com/STS/latest/APIReference/API_DecodeAuthorizationMessage.html>
    "sts" DecodeAuthorizationMessage(DecodeAuthorizationMessageRequest) -> DecodeAuthorizationMessageResponse,
    asks |_sts, _call, _input| Target::any(),
    does |_sts, _call, _input| {
        Err(Error::new(Why::InvalidMessage, "Message is not valid"))?
    },
}
