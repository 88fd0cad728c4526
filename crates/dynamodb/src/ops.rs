//! The contents page: one line an operation. What is not here answers "unknown operation" by itself.
//!
//! Helpers beside the operations: `fault` words refusals, `target` finds out which table a call is about, `values` checks attribute values and shows
//! them, `request` reads parameters that several operations share, `definition` those that define tables, `shown` shows tables.

mod batch_get_item;
mod batch_write_item;
mod continuous_backups;
mod create_table;
mod definition;
mod delete_item;
mod delete_table;
mod describe_endpoints;
mod describe_limits;
mod describe_table;
pub(crate) mod fault;
mod get_item;
mod list_tables;
mod list_tags_of_resource;
mod page;
mod put_item;
mod query;
mod request;
mod scan;
mod shown;
mod single_write;
mod tag_resource;
mod target;
mod time_to_live;
mod transact_get_items;
mod transact_write_items;
mod untag_resource;
mod update_item;
mod update_table;
mod values;

use std::sync::Arc;

use service::{Room, RoomParts};

use crate::engine::DynamoDb;
use crate::shapes::DYNAMODB;

/// The largest body (AWS quota): 16 MiB of a batch, and what JSON adds to it.
const BODY_BYTES_MAX: u64 = 25 << 20;

/// The room over its state.
pub(crate) fn room(state: Arc<DynamoDb>, parts: RoomParts) -> Room<DynamoDb> {
    Room::new(&DYNAMODB, fault::STYLE, state, parts, |_| BODY_BYTES_MAX)
        .op::<batch_get_item::BatchGetItem>()
        .op::<batch_write_item::BatchWriteItem>()
        .op::<create_table::CreateTable>()
        .op::<delete_item::DeleteItem>()
        .op::<delete_table::DeleteTable>()
        .op::<continuous_backups::DescribeContinuousBackups>()
        .op::<describe_endpoints::DescribeEndpoints>()
        .op::<describe_limits::DescribeLimits>()
        .op::<describe_table::DescribeTable>()
        .op::<time_to_live::DescribeTimeToLive>()
        .op::<get_item::GetItem>()
        .op::<list_tables::ListTables>()
        .op::<list_tags_of_resource::ListTagsOfResource>()
        .op::<put_item::PutItem>()
        .op::<query::Query>()
        .op::<scan::Scan>()
        .op::<tag_resource::TagResource>()
        .op::<transact_get_items::TransactGetItems>()
        .op::<transact_write_items::TransactWriteItems>()
        .op::<untag_resource::UntagResource>()
        .op::<continuous_backups::UpdateContinuousBackups>()
        .op::<update_item::UpdateItem>()
        .op::<update_table::UpdateTable>()
        .op::<time_to_live::UpdateTimeToLive>()
}
