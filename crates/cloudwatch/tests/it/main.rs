//! Both rooms through their one entrance, over the model of the store.

mod alarms;
mod dashboards;
mod harness;
mod logs;
mod metric_data;
mod metrics;
mod protocols;
mod subscriptions;
