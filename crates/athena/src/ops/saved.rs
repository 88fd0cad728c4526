//! Operations on named queries and prepared statements.

use base::Timestamp;
use wire::Need;

use super::access::{self, group_name, place};
use super::operation::operation;
use super::pages;
use crate::engine::Error;
use crate::shapes::*;
use crate::tables::{NamedRow, PreparedRow};

/// Items of one answer.
const PAGE_MAX: usize = 50;

operation! {
    /// Saves a query under a name. <https://docs.aws.amazon.com/athena/latest/APIReference/API_CreateNamedQuery.html>
    CreateNamedQuery(CreateNamedQueryInput) -> CreateNamedQueryOutput;
    access(_athena, call, input) {
        access::group(call, "athena:CreateNamedQuery", group_name(input.work_group.as_ref()))
    }
    run(athena, call, input) {
        let group = group_name(input.work_group.as_ref()).to_owned();
        athena.group(&place(call).named(&group)).await?;
        let row = NamedRow {
            group,
            name: input.name.need(),
            description: input.description,
            database: input.database.need(),
            sql: input.query_string.need(),
            token: input.client_request_token,
        };
        let id = athena.save_named(&place(call), &row).await?;
        Ok(CreateNamedQueryOutput { named_query_id: Some(id) })
    }
}

fn shown(id: String, row: NamedRow) -> NamedQuery {
    NamedQuery {
        name: Some(row.name),
        description: row.description,
        database: Some(row.database),
        query_string: Some(row.sql),
        named_query_id: Some(id),
        work_group: Some(row.group),
    }
}

operation! {
    /// A named query. <https://docs.aws.amazon.com/athena/latest/APIReference/API_GetNamedQuery.html>
    GetNamedQuery(GetNamedQueryInput) -> GetNamedQueryOutput;
    access(athena, call, input) {
        let ids: Vec<String> = input.named_query_id.clone().into_iter().collect();
        access::named(athena, call, "athena:GetNamedQuery", &ids).await?
    }
    run(athena, call, input) {
        let id = input.named_query_id.need();
        let row = athena.named(&place(call).named(&id)).await?;
        Ok(GetNamedQueryOutput { named_query: Some(shown(id, row)) })
    }
}

operation! {
    /// Named queries. <https://docs.aws.amazon.com/athena/latest/APIReference/API_BatchGetNamedQuery.html>
    BatchGetNamedQuery(BatchGetNamedQueryInput) -> BatchGetNamedQueryOutput;
    access(athena, call, input) {
        let ids = input.named_query_ids.clone().unwrap_or_default();
        access::named(athena, call, "athena:BatchGetNamedQuery", &ids).await?
    }
    run(athena, call, input) {
        let (mut found, mut missing) = (Vec::new(), Vec::new());
        for id in input.named_query_ids.need() {
            match athena.named(&place(call).named(&id)).await {
                Ok(row) => found.push(shown(id, row)),
                Err(Error::Invalid(text)) => missing.push(UnprocessedNamedQueryId {
                    named_query_id: Some(id),
                    error_code: Some("INVALID_INPUT".to_owned()),
                    error_message: Some(text),
                }),
                Err(error) => return Err(error.into()),
            }
        }
        Ok(BatchGetNamedQueryOutput { named_queries: Some(found), unprocessed_named_query_ids: Some(missing) })
    }
}

operation! {
    /// Ids of a group's named queries. <https://docs.aws.amazon.com/athena/latest/APIReference/API_ListNamedQueries.html>
    ListNamedQueries(ListNamedQueriesInput) -> ListNamedQueriesOutput;
    access(_athena, call, input) {
        access::group(call, "athena:ListNamedQueries", group_name(input.work_group.as_ref()))
    }
    run(athena, call, input) {
        let group = place(call).named(group_name(input.work_group.as_ref()));
        athena.group(&group).await?;
        let purpose = pages::purpose(call, "ListNamedQueries", &group.name);
        let after = pages::open(athena, &purpose, input.next_token.as_ref())?;
        let limit = pages::limit(input.max_results, PAGE_MAX);
        let page = athena.named_ids(&group, after.as_deref(), limit).await?;
        let next = page.items.last().filter(|_| page.more).map(|last| pages::seal(athena, &purpose, last));
        Ok(ListNamedQueriesOutput { named_query_ids: Some(page.items), next_token: next })
    }
}

operation! {
    /// Changes a named query. <https://docs.aws.amazon.com/athena/latest/APIReference/API_UpdateNamedQuery.html>
    UpdateNamedQuery(UpdateNamedQueryInput) -> UpdateNamedQueryOutput;
    access(athena, call, input) {
        let ids: Vec<String> = input.named_query_id.clone().into_iter().collect();
        access::named(athena, call, "athena:UpdateNamedQuery", &ids).await?
    }
    run(athena, call, input) {
        let at = place(call).named(&input.named_query_id.need());
        let (name, sql) = (input.name.need(), input.query_string.need());
        athena.change_named(&at, |row| {
            row.name.clone_from(&name);
            row.sql.clone_from(&sql);
            if input.description.is_some() {
                row.description.clone_from(&input.description);
            }
        }).await?;
        Ok(UpdateNamedQueryOutput::default())
    }
}

operation! {
    /// Deletes a named query. <https://docs.aws.amazon.com/athena/latest/APIReference/API_DeleteNamedQuery.html>
    DeleteNamedQuery(DeleteNamedQueryInput) -> DeleteNamedQueryOutput;
    access(athena, call, input) {
        let ids: Vec<String> = input.named_query_id.clone().into_iter().collect();
        access::named(athena, call, "athena:DeleteNamedQuery", &ids).await?
    }
    run(athena, call, input) {
        athena.delete_named(&place(call).named(&input.named_query_id.need())).await?;
        Ok(DeleteNamedQueryOutput::default())
    }
}

operation! {
    /// Prepares a statement. <https://docs.aws.amazon.com/athena/latest/APIReference/API_CreatePreparedStatement.html>
    CreatePreparedStatement(CreatePreparedStatementInput) -> CreatePreparedStatementOutput;
    access(_athena, call, input) {
        access::group(call, "athena:CreatePreparedStatement", group_name(input.work_group.as_ref()))
    }
    run(athena, call, input) {
        let group = input.work_group.need();
        athena.group(&place(call).named(&group)).await?;
        let row = PreparedRow {
            sql: input.query_statement.need(),
            description: input.description,
            updated_micros: athena.now().as_micros(),
        };
        athena.prepare(&place(call).member(&group, &input.statement_name.need()), &row).await?;
        Ok(CreatePreparedStatementOutput::default())
    }
}

operation! {
    /// Prepares another statement under a name that is there. <https://docs.aws.amazon.com/athena/latest/APIReference/API_UpdatePreparedStatement.html>
    UpdatePreparedStatement(UpdatePreparedStatementInput) -> UpdatePreparedStatementOutput;
    access(_athena, call, input) {
        access::group(call, "athena:UpdatePreparedStatement", group_name(input.work_group.as_ref()))
    }
    run(athena, call, input) {
        let row = PreparedRow {
            sql: input.query_statement.need(),
            description: input.description,
            updated_micros: athena.now().as_micros(),
        };
        let at = place(call).member(&input.work_group.need(), &input.statement_name.need());
        athena.prepare_anew(&at, &row).await?;
        Ok(UpdatePreparedStatementOutput::default())
    }
}

fn shown_prepared(group: &str, name: String, row: PreparedRow) -> PreparedStatement {
    PreparedStatement {
        statement_name: Some(name),
        query_statement: Some(row.sql),
        work_group_name: Some(group.to_owned()),
        description: row.description,
        last_modified_time: Some(Timestamp::from_micros(row.updated_micros).cut_to_millis()),
    }
}

operation! {
    /// A prepared statement. <https://docs.aws.amazon.com/athena/latest/APIReference/API_GetPreparedStatement.html>
    GetPreparedStatement(GetPreparedStatementInput) -> GetPreparedStatementOutput;
    access(_athena, call, input) {
        access::group(call, "athena:GetPreparedStatement", group_name(input.work_group.as_ref()))
    }
    run(athena, call, input) {
        let (group, name) = (input.work_group.need(), input.statement_name.need());
        let row = athena.prepared(&place(call).member(&group, &name)).await?;
        Ok(GetPreparedStatementOutput { prepared_statement: Some(shown_prepared(&group, name, row)) })
    }
}

operation! {
    /// Prepared statements. <https://docs.aws.amazon.com/athena/latest/APIReference/API_BatchGetPreparedStatement.html>
    BatchGetPreparedStatement(BatchGetPreparedStatementInput) -> BatchGetPreparedStatementOutput;
    access(_athena, call, input) {
        access::group(call, "athena:BatchGetPreparedStatement", group_name(input.work_group.as_ref()))
    }
    run(athena, call, input) {
        let group = input.work_group.need();
        let (mut found, mut missing) = (Vec::new(), Vec::new());
        for name in input.prepared_statement_names.need() {
            match athena.prepared(&place(call).member(&group, &name)).await {
                Ok(row) => found.push(shown_prepared(&group, name, row)),
                Err(Error::NotFound { message, .. }) => missing.push(UnprocessedPreparedStatementName {
                    statement_name: Some(name),
                    error_code: Some("STATEMENT_NOT_FOUND".to_owned()),
                    error_message: Some(message),
                }),
                Err(error) => return Err(error.into()),
            }
        }
        Ok(BatchGetPreparedStatementOutput {
            prepared_statements: Some(found),
            unprocessed_prepared_statement_names: Some(missing),
        })
    }
}

operation! {
    /// A group's prepared statements. <https://docs.aws.amazon.com/athena/latest/APIReference/API_ListPreparedStatements.html>
    ListPreparedStatements(ListPreparedStatementsInput) -> ListPreparedStatementsOutput;
    access(_athena, call, input) {
        access::group(call, "athena:ListPreparedStatements", group_name(input.work_group.as_ref()))
    }
    run(athena, call, input) {
        let group = place(call).named(&input.work_group.need());
        athena.group(&group).await?;
        let purpose = pages::purpose(call, "ListPreparedStatements", &group.name);
        let after = pages::open(athena, &purpose, input.next_token.as_ref())?;
        let limit = pages::limit(input.max_results, PAGE_MAX);
        let page = athena.prepared_page(&group, after.as_deref(), limit).await?;
        let next = page.items.last().filter(|_| page.more).map(|(name, _)| pages::seal(athena, &purpose, name));
        let summary = |(name, row): (String, PreparedRow)| PreparedStatementSummary {
            statement_name: Some(name),
            last_modified_time: Some(Timestamp::from_micros(row.updated_micros).cut_to_millis()),
        };
        let statements = page.items.into_iter().map(summary).collect();
        Ok(ListPreparedStatementsOutput { prepared_statements: Some(statements), next_token: next })
    }
}

operation! {
    /// Forgets a prepared statement. <https://docs.aws.amazon.com/athena/latest/APIReference/API_DeletePreparedStatement.html>
    DeletePreparedStatement(DeletePreparedStatementInput) -> DeletePreparedStatementOutput;
    access(_athena, call, input) {
        access::group(call, "athena:DeletePreparedStatement", group_name(input.work_group.as_ref()))
    }
    run(athena, call, input) {
        let at = place(call).member(&input.work_group.need(), &input.statement_name.need());
        athena.delete_prepared(&at).await?;
        Ok(DeletePreparedStatementOutput::default())
    }
}
