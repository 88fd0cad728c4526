//! Operations on user-defined functions.

use service::{Access, Call, Fault};
use wire::Need;

use super::access::{self, database_at};
use super::operation::operation;
use super::{pages, shown};
use crate::engine::names::{Pattern, fold};
use crate::engine::{Error, Glue};
use crate::shapes::*;
use crate::tables::{CatalogName, FunctionRow};

/// Functions of one answer.
const FUNCTIONS_MAX: usize = 100;
/// Databases of one look, where a call asks for the functions of all.
const DATABASES_PAGE: usize = 100;
/// Functions and databases that one call looks at before it answers with what it has and a token.
const LOOKS_MAX: usize = 10_000;

async fn on_function(
    glue: &Glue,
    call: &Call,
    action: &'static str,
    catalog: Option<&String>,
    database: Option<&String>,
    name: Option<&String>,
) -> Result<Vec<Access>, Error> {
    let at = database_at(call, catalog, database)?;
    let name = fold(name.map(String::as_str).unwrap_or_default());
    let resources = [format!("database/{}", at.name), format!("userDefinedFunction/{}/{name}", at.name)];
    access::within(glue, action, &at.catalog, &resources).await
}

fn function(at: &CatalogName, name: &str, row: &FunctionRow) -> Result<UserDefinedFunction, Fault> {
    let input: UserDefinedFunctionInput = shown::kept(&row.input)?;
    Ok(UserDefinedFunction {
        function_name: Some(name.to_owned()),
        database_name: Some(at.name.clone()),
        class_name: input.class_name,
        owner_name: input.owner_name,
        function_type: input.function_type,
        owner_type: input.owner_type,
        create_time: Some(shown::time(row.created_micros)),
        resource_uris: Some(input.resource_uris.unwrap_or_default()),
        artifact_location: input.artifact_location,
        governance_mode: input.governance_mode,
        catalog_id: Some(at.catalog.account.to_string()),
    })
}

operation! {
    /// Creates a function. <https://docs.aws.amazon.com/glue/latest/webapi/API_CreateUserDefinedFunction.html>
    CreateUserDefinedFunction(CreateUserDefinedFunctionRequest) -> CreateUserDefinedFunctionResponse;
    access(glue, call, input) {
        let name = input.function_input.as_ref().and_then(|input| input.function_name.as_ref());
        on_function(glue, call, "glue:CreateUserDefinedFunction", input.catalog_id.as_ref(), input.database_name.as_ref(), name).await?
    }
    run(glue, call, input) {
        let at = database_at(call, input.catalog_id.as_ref(), input.database_name.as_ref())?;
        let wanted = input.function_input.need();
        let name = wanted.function_name.as_deref().ok_or_else(|| Error::invalid("FunctionName cannot be null."))?;
        glue.create_function(&at, &fold(name), wire::keep(&wanted)).await?;
        Ok(CreateUserDefinedFunctionResponse::default())
    }
}

operation! {
    /// A function. <https://docs.aws.amazon.com/glue/latest/webapi/API_GetUserDefinedFunction.html>
    GetUserDefinedFunction(GetUserDefinedFunctionRequest) -> GetUserDefinedFunctionResponse;
    access(glue, call, input) {
        let name = input.function_name.as_ref();
        on_function(glue, call, "glue:GetUserDefinedFunction", input.catalog_id.as_ref(), input.database_name.as_ref(), name).await?
    }
    run(glue, call, input) {
        let at = database_at(call, input.catalog_id.as_ref(), input.database_name.as_ref())?;
        let name = fold(&input.function_name.need());
        let row = glue.function(&at, &name).await?;
        Ok(GetUserDefinedFunctionResponse { user_defined_function: Some(function(&at, &name, &row)?) })
    }
}

operation! {
    /// Replaces a function; another name renames it. <https://docs.aws.amazon.com/glue/latest/webapi/API_UpdateUserDefinedFunction.html>
    UpdateUserDefinedFunction(UpdateUserDefinedFunctionRequest) -> UpdateUserDefinedFunctionResponse;
    access(glue, call, input) {
        let name = input.function_name.as_ref();
        on_function(glue, call, "glue:UpdateUserDefinedFunction", input.catalog_id.as_ref(), input.database_name.as_ref(), name).await?
    }
    run(glue, call, input) {
        let at = database_at(call, input.catalog_id.as_ref(), input.database_name.as_ref())?;
        let name = fold(&input.function_name.need());
        let wanted = input.function_input.need();
        let to = wanted.function_name.as_deref().map_or_else(|| name.clone(), fold);
        glue.update_function(&at, &name, &to, wire::keep(&wanted)).await?;
        Ok(UpdateUserDefinedFunctionResponse::default())
    }
}

operation! {
    /// Deletes a function. <https://docs.aws.amazon.com/glue/latest/webapi/API_DeleteUserDefinedFunction.html>
    DeleteUserDefinedFunction(DeleteUserDefinedFunctionRequest) -> DeleteUserDefinedFunctionResponse;
    access(glue, call, input) {
        let name = input.function_name.as_ref();
        on_function(glue, call, "glue:DeleteUserDefinedFunction", input.catalog_id.as_ref(), input.database_name.as_ref(), name).await?
    }
    run(glue, call, input) {
        let at = database_at(call, input.catalog_id.as_ref(), input.database_name.as_ref())?;
        glue.delete_function(&at, &fold(&input.function_name.need())).await?;
        Ok(DeleteUserDefinedFunctionResponse::default())
    }
}

operation! {
    /// Functions by a pattern, of one database or of all. <https://docs.aws.amazon.com/glue/latest/webapi/API_GetUserDefinedFunctions.html>
    GetUserDefinedFunctions(GetUserDefinedFunctionsRequest) -> GetUserDefinedFunctionsResponse;
    access(glue, call, input) {
        let all = "*".to_owned();
        let database = input.database_name.as_ref().or(Some(&all));
        on_function(glue, call, "glue:GetUserDefinedFunctions", input.catalog_id.as_ref(), database, Some(&all)).await?
    }
    run(glue, call, input) {
        let catalog = access::catalog(call, input.catalog_id.as_ref())?;
        let text = input.pattern.as_deref().unwrap_or(".*");
        let pattern = Pattern::new(text)?;
        let one = input.database_name.as_deref().map(fold);
        let of = format!("{}/{}/{text}/{:?}", catalog.account, one.as_deref().unwrap_or_default(), input.function_type);
        let purpose = pages::purpose(call, "GetUserDefinedFunctions", &of);
        let limit = pages::limit(input.max_results, FUNCTIONS_MAX);
        // A token says which database, and after which of its functions.
        let token = pages::after(glue, &purpose, input.next_token.as_ref())?;
        let (mut database, mut after) = match token.as_deref().and_then(|token| token.split_once('\u{0}')) {
            Some((database, after)) => (Some(database.to_owned()), Some(after.to_owned())),
            None => (None, None),
        };
        let mut list = Vec::new();
        let mut looks = 0;
        let names = database_names(glue, &catalog.named(one.as_deref().unwrap_or_default()), database.as_deref()).await?;
        for name in names {
            let at = catalog.named(&name);
            if database.as_ref() != Some(&name) {
                after = None;
            }
            database = Some(name);
            loop {
                let page = glue.functions(&at, after.as_deref(), FUNCTIONS_MAX).await?;
                for (name, row) in &page.items {
                    let shown = function(&at, name, row)?;
                    let of_type = input.function_type.is_none() || shown.function_type == input.function_type;
                    if pattern.takes(name) && of_type {
                        if list.len() >= limit {
                            let last = format!("{}\u{0}{}", at.name, after.unwrap_or_default());
                            let next_token = Some(pages::seal(glue, &purpose, last.as_bytes()));
                            return Ok(GetUserDefinedFunctionsResponse { user_defined_functions: Some(list), next_token });
                        }
                        list.push(shown);
                    }
                    after = Some(name.clone());
                    looks += 1;
                }
                if !page.more {
                    break;
                }
                if looks >= LOOKS_MAX {
                    let last = format!("{}\u{0}{}", at.name, after.unwrap_or_default());
                    let next_token = Some(pages::seal(glue, &purpose, last.as_bytes()));
                    return Ok(GetUserDefinedFunctionsResponse { user_defined_functions: Some(list), next_token });
                }
            }
        }
        Ok(GetUserDefinedFunctionsResponse { user_defined_functions: Some(list), next_token: None })
    }
}

/// The one database of this name, or, if it has none, all of its catalog from `from` on.
async fn database_names(glue: &Glue, at: &CatalogName, from: Option<&str>) -> Result<Vec<String>, Error> {
    if !at.name.is_empty() {
        glue.database(at).await?;
        return Ok(vec![at.name.clone()]);
    }
    let mut names: Vec<String> = Vec::new();
    loop {
        let after = names.last().cloned();
        let page = glue.databases(&at.catalog, after.as_deref(), DATABASES_PAGE).await?;
        names.extend(page.items.into_iter().map(|(at, _)| at.name));
        if !page.more {
            break;
        }
    }
    names.retain(|name| from.is_none_or(|from| name.as_str() >= from));
    Ok(names)
}
