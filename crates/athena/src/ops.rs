//! The contents page: one line an operation. What is not here answers "not supported" by itself.
//!
//! Operations on one kind of thing share a file. Helpers beside them: `operation` declares one, `access` says what the policies are asked, `pages` makes
//! page tokens, `fault` words refusals.

mod access;
pub(crate) mod fault;
mod groups;
mod metadata;
mod operation;
mod pages;
mod queries;
mod saved;
mod tags;

use std::sync::Arc;

use service::{Room, RoomParts};

use crate::engine::Athena;
use crate::shapes::ATHENA;

/// The largest body: a statement of 262,144 bytes, escaped, and its parameters.
const BODY_BYTES_MAX: u64 = 4 << 20;

/// The room over its state.
pub(crate) fn room(state: Arc<Athena>, parts: RoomParts) -> Room<Athena> {
    let room = Room::new(&ATHENA, fault::STYLE, state, parts, |_| BODY_BYTES_MAX);
    let room = room
        .op::<queries::BatchGetQueryExecution>()
        .op::<queries::GetQueryExecution>()
        .op::<queries::GetQueryResults>()
        .op::<queries::GetQueryRuntimeStatistics>()
        .op::<queries::ListQueryExecutions>()
        .op::<queries::StartQueryExecution>()
        .op::<queries::StopQueryExecution>();
    let room = room
        .op::<groups::CreateWorkGroup>()
        .op::<groups::DeleteWorkGroup>()
        .op::<groups::GetWorkGroup>()
        .op::<groups::ListEngineVersions>()
        .op::<groups::ListWorkGroups>()
        .op::<groups::UpdateWorkGroup>();
    let room = room
        .op::<metadata::GetDataCatalog>()
        .op::<metadata::GetDatabase>()
        .op::<metadata::GetTableMetadata>()
        .op::<metadata::ListDataCatalogs>()
        .op::<metadata::ListDatabases>()
        .op::<metadata::ListTableMetadata>();
    room.op::<saved::BatchGetNamedQuery>()
        .op::<saved::BatchGetPreparedStatement>()
        .op::<saved::CreateNamedQuery>()
        .op::<saved::CreatePreparedStatement>()
        .op::<saved::DeleteNamedQuery>()
        .op::<saved::DeletePreparedStatement>()
        .op::<saved::GetNamedQuery>()
        .op::<saved::GetPreparedStatement>()
        .op::<saved::ListNamedQueries>()
        .op::<saved::ListPreparedStatements>()
        .op::<saved::UpdateNamedQuery>()
        .op::<saved::UpdatePreparedStatement>()
        .op::<tags::ListTagsForResource>()
        .op::<tags::TagResource>()
        .op::<tags::UntagResource>()
}
