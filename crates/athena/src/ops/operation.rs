//! An operation in one piece: [`service::operation`] over this room's state.

/// Declares an operation of the room.
macro_rules! operation {
    ($($declared:tt)*) => {
        service::operation! { $crate::engine::Athena; $($declared)* }
    };
}

pub(crate) use operation;
