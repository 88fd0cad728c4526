//! What generated tables name. Nothing else imports it.

pub use std::collections::BTreeMap;

pub use base::Timestamp;
pub use body::{Body, Events};
pub use bytes::Bytes;

pub use crate::schema::ITEM;
pub use crate::shape::Document;
