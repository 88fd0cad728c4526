//! Operations on partition indexes.

use wire::Need;

use super::access::{self, table_at};
use super::operation::operation;
use super::tables::new_index;
use crate::shapes::*;
use crate::tables::{IndexRow, TableRow};

operation! {
    /// Makes an index, which is filled behind the call. <https://docs.aws.amazon.com/glue/latest/webapi/API_CreatePartitionIndex.html>
    CreatePartitionIndex(CreatePartitionIndexRequest) -> CreatePartitionIndexResponse;
    access(glue, call, input) {
        let at = table_at(call, input.catalog_id.as_ref(), input.database_name.as_ref(), input.table_name.as_ref())?;
        access::table(glue, "glue:CreatePartitionIndex", &at).await?
    }
    run(glue, call, input) {
        let at = table_at(call, input.catalog_id.as_ref(), input.database_name.as_ref(), input.table_name.as_ref())?;
        glue.create_index(&at, &new_index(input.partition_index.need())).await?;
        Ok(CreatePartitionIndexResponse::default())
    }
}

operation! {
    /// Removes an index, which is emptied behind the call. <https://docs.aws.amazon.com/glue/latest/webapi/API_DeletePartitionIndex.html>
    DeletePartitionIndex(DeletePartitionIndexRequest) -> DeletePartitionIndexResponse;
    access(glue, call, input) {
        let at = table_at(call, input.catalog_id.as_ref(), input.database_name.as_ref(), input.table_name.as_ref())?;
        access::table(glue, "glue:DeletePartitionIndex", &at).await?
    }
    run(glue, call, input) {
        let at = table_at(call, input.catalog_id.as_ref(), input.database_name.as_ref(), input.table_name.as_ref())?;
        glue.delete_index(&at, &input.index_name.need()).await?;
        Ok(DeletePartitionIndexResponse::default())
    }
}

operation! {
    /// The indexes of a table. <https://docs.aws.amazon.com/glue/latest/webapi/API_GetPartitionIndexes.html>
    GetPartitionIndexes(GetPartitionIndexesRequest) -> GetPartitionIndexesResponse;
    access(glue, call, input) {
        let at = table_at(call, input.catalog_id.as_ref(), input.database_name.as_ref(), input.table_name.as_ref())?;
        access::table(glue, "glue:GetPartitionIndexes", &at).await?
    }
    run(glue, call, input) {
        let at = table_at(call, input.catalog_id.as_ref(), input.database_name.as_ref(), input.table_name.as_ref())?;
        let row = glue.table_row(&at).await?;
        let list = row.indexes.iter().map(|index| descriptor(&row, index)).collect();
        Ok(GetPartitionIndexesResponse { partition_index_descriptor_list: Some(list), next_token: None })
    }
}

fn descriptor(row: &TableRow, index: &IndexRow) -> PartitionIndexDescriptor {
    let keys = index.columns.iter().filter_map(|column| row.state.keys.get(*column as usize));
    let key = |key: &crate::tables::KeyColumn| KeySchemaElement {
        name: Some(key.name.clone()),
        r#type: Some(key.kind.clone().unwrap_or_default()),
    };
    PartitionIndexDescriptor {
        index_name: Some(index.name.clone()),
        keys: Some(keys.map(key).collect()),
        index_status: Some(index.status.name().to_owned()),
        backfill_errors: None,
    }
}
