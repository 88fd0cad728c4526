//! What the service floor keeps, over a store.

mod metering;
