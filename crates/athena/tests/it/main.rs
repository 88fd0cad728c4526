//! The room through its one entrance, over the model of the store.

mod catalog;
mod groups;
mod harness;
mod queries;
