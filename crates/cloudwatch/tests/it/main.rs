//! Both rooms through their one entrance, over the model of the store.

mod harness;
mod logs;
mod metrics;
mod protocols;
