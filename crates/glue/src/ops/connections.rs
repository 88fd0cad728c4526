//! Operations on connections. A password is sealed on disk, and apart from the rest: it is read only to be shown to who may see it.

use service::{Access, Call, Fault};
use wire::Need;

use super::access;
use super::fault::{self, invalid};
use super::operation::operation;
use super::{pages, shown};
use crate::engine::{Error, Glue};
use crate::shapes::*;
use crate::tables::{CONNECTIONS, CatalogName, ConnectionRow};

/// Connections of one answer.
const CONNECTIONS_MAX: usize = 1_000;
/// The property that is secret.
const PASSWORD: &str = "PASSWORD";

fn missing(name: &str) -> Error {
    Error::NotFound(format!("Connection {name} not found"))
}

fn exists(name: &str) -> Error {
    Error::Exists(format!("Connection {name} already exists"))
}

fn resource(name: &str) -> String {
    format!("connection/{name}")
}

fn connection_at(call: &Call, catalog: Option<&String>, name: Option<&String>) -> Result<CatalogName, Error> {
    Ok(access::catalog(call, catalog)?.named(name.map(String::as_str).unwrap_or_default()))
}

async fn on_connection(
    glue: &Glue,
    call: &Call,
    action: &'static str,
    catalog: Option<&String>,
    name: Option<&String>,
) -> Result<Vec<Access>, Error> {
    let at = connection_at(call, catalog, name)?;
    access::within(glue, action, &at.catalog, &[resource(&at.name)]).await
}

/// What is kept of an input: the document, and the password on its own.
fn kept_row(
    glue: &Glue,
    call: &Call,
    at: &CatalogName,
    mut input: ConnectionInput,
    created_micros: i64,
) -> Result<ConnectionRow, Fault> {
    if let Some(authentication) = &input.authentication_configuration
        && (authentication.basic_authentication_credentials.is_some()
            || authentication.custom_authentication_credentials.is_some()
            || authentication.o_auth2_properties.is_some())
    {
        return Err(invalid(
            "Credentials in AuthenticationConfiguration are not supported; name a SecretArn.",
        ));
    }
    let password = input.connection_properties.as_mut().and_then(|properties| properties.remove(PASSWORD));
    let seal =
        |password: String| glue.secrets.seal(&glue.random, context(at).as_bytes(), password.as_bytes());
    Ok(ConnectionRow {
        created_micros,
        updated_micros: glue.now().as_micros(),
        updated_by: call.caller().principal.arn().map(|arn| arn.to_string()),
        password: password.map(seal),
        input: wire::keep(&input),
    })
}

/// What a sealed password is tied to.
fn context(at: &CatalogName) -> String {
    at.catalog.arn(&resource(&at.name))
}

fn connection(glue: &Glue, at: &CatalogName, row: &ConnectionRow, hide: bool) -> Result<Connection, Fault> {
    let input: ConnectionInput = shown::kept(&row.input)?;
    let mut properties = input.connection_properties.unwrap_or_default();
    if let Some(sealed) = row.password.as_ref().filter(|_| !hide) {
        let opened = glue.secrets.open(context(at).as_bytes(), sealed).ok();
        let password =
            opened.and_then(|opened| String::from_utf8(opened).ok()).ok_or_else(fault::unreadable)?;
        properties.insert(PASSWORD.to_owned(), password);
    }
    let authentication = input.authentication_configuration.map(|given| AuthenticationConfiguration {
        authentication_type: given.authentication_type,
        secret_arn: given.secret_arn,
        kms_key_arn: given.kms_key_arn,
        o_auth2_properties: None,
    });
    Ok(Connection {
        name: Some(at.name.clone()),
        description: input.description,
        connection_type: input.connection_type,
        match_criteria: input.match_criteria,
        connection_properties: Some(properties),
        spark_properties: input.spark_properties,
        athena_properties: input.athena_properties,
        python_properties: input.python_properties,
        physical_connection_requirements: input.physical_connection_requirements,
        creation_time: Some(shown::time(row.created_micros)),
        last_updated_time: Some(shown::time(row.updated_micros)),
        last_updated_by: row.updated_by.clone(),
        status: Some("READY".to_owned()),
        authentication_configuration: authentication,
        connection_schema_version: Some(1),
        ..Connection::default()
    })
}

operation! {
    /// Creates a connection. <https://docs.aws.amazon.com/glue/latest/webapi/API_CreateConnection.html>
    /// Differs: nothing is connected to, so credentials are not tried out.
    CreateConnection(CreateConnectionRequest) -> CreateConnectionResponse;
    access(glue, call, input) {
        let name = input.connection_input.as_ref().and_then(|input| input.name.as_ref());
        on_connection(glue, call, "glue:CreateConnection", input.catalog_id.as_ref(), name).await?
    }
    run(glue, call, input) {
        let wanted = input.connection_input.need();
        let at = connection_at(call, input.catalog_id.as_ref(), wanted.name.as_ref())?;
        let row = kept_row(glue, call, &at, wanted, glue.now().as_micros())?;
        let tags = input.tags.unwrap_or_default();
        let resource = resource(&at.name);
        glue.create_named(CONNECTIONS, &at, &row, || exists(&at.name), Some((&resource, &tags))).await?;
        Ok(CreateConnectionResponse { create_connection_status: Some("READY".to_owned()) })
    }
}

operation! {
    /// A connection. <https://docs.aws.amazon.com/glue/latest/webapi/API_GetConnection.html>
    GetConnection(GetConnectionRequest) -> GetConnectionResponse;
    access(glue, call, input) {
        on_connection(glue, call, "glue:GetConnection", input.catalog_id.as_ref(), input.name.as_ref()).await?
    }
    run(glue, call, input) {
        let at = connection_at(call, input.catalog_id.as_ref(), input.name.as_ref())?;
        let row = glue.named(CONNECTIONS, &at, || missing(&at.name)).await?;
        let hide = input.hide_password == Some(true);
        Ok(GetConnectionResponse { connection: Some(connection(glue, &at, &row.value, hide)?) })
    }
}

operation! {
    /// Connections by name. <https://docs.aws.amazon.com/glue/latest/webapi/API_GetConnections.html>
    GetConnections(GetConnectionsRequest) -> GetConnectionsResponse;
    access(glue, call, input) {
        on_connection(glue, call, "glue:GetConnections", input.catalog_id.as_ref(), Some(&"*".to_owned())).await?
    }
    run(glue, call, input) {
        let catalog = access::catalog(call, input.catalog_id.as_ref())?;
        let purpose = pages::purpose(call, "GetConnections", &catalog.account.to_string());
        let after = pages::after(glue, &purpose, input.next_token.as_ref())?;
        let limit = pages::limit(input.max_results, CONNECTIONS_MAX);
        let page = glue.all_named(CONNECTIONS, &catalog, after.as_deref(), limit).await?;
        let next_token = pages::next(glue, &purpose, &page, |(name, _)| name.clone());
        let filter = input.filter.unwrap_or_default();
        let mut list = Vec::new();
        for (name, row) in &page.items {
            let shown = connection(glue, &catalog.named(name), row, input.hide_password == Some(true))?;
            let of_type = filter.connection_type.is_none() || filter.connection_type == shown.connection_type;
            let criteria = shown.match_criteria.clone().unwrap_or_default();
            if of_type && filter.match_criteria.iter().flatten().all(|wanted| criteria.contains(wanted)) {
                list.push(shown);
            }
        }
        Ok(GetConnectionsResponse { connection_list: Some(list), next_token })
    }
}

operation! {
    /// Replaces a connection. <https://docs.aws.amazon.com/glue/latest/webapi/API_UpdateConnection.html>
    UpdateConnection(UpdateConnectionRequest) -> UpdateConnectionResponse;
    access(glue, call, input) {
        on_connection(glue, call, "glue:UpdateConnection", input.catalog_id.as_ref(), input.name.as_ref()).await?
    }
    run(glue, call, input) {
        let at = connection_at(call, input.catalog_id.as_ref(), input.name.as_ref())?;
        let wanted = input.connection_input.need();
        if wanted.name.as_ref() != Some(&at.name) {
            return Err(invalid("A connection cannot be renamed."));
        }
        let changed = kept_row(glue, call, &at, wanted, 0)?;
        let change = |row: &mut ConnectionRow, _: &mut store::Commit| {
            *row = ConnectionRow { created_micros: row.created_micros, ..changed.clone() };
            Ok(())
        };
        glue.change_named(CONNECTIONS, &at, || missing(&at.name), change).await?;
        Ok(UpdateConnectionResponse::default())
    }
}

operation! {
    /// Deletes a connection. <https://docs.aws.amazon.com/glue/latest/webapi/API_DeleteConnection.html>
    DeleteConnection(DeleteConnectionRequest) -> DeleteConnectionResponse;
    access(glue, call, input) {
        on_connection(glue, call, "glue:DeleteConnection", input.catalog_id.as_ref(), input.connection_name.as_ref()).await?
    }
    run(glue, call, input) {
        let at = connection_at(call, input.catalog_id.as_ref(), input.connection_name.as_ref())?;
        remove(glue, &at).await?;
        Ok(DeleteConnectionResponse::default())
    }
}

async fn remove(glue: &Glue, at: &CatalogName) -> Result<(), Error> {
    glue.delete_named(CONNECTIONS, at, || missing(&at.name), Some(&resource(&at.name)), |_, _| Ok(())).await
}

operation! {
    /// Deletes connections. <https://docs.aws.amazon.com/glue/latest/webapi/API_BatchDeleteConnection.html>
    BatchDeleteConnection(BatchDeleteConnectionRequest) -> BatchDeleteConnectionResponse;
    access(glue, call, input) {
        let catalog = access::catalog(call, input.catalog_id.as_ref())?;
        let resources: Vec<String> = input.connection_name_list.iter().flatten().map(|name| resource(name)).collect();
        access::within(glue, "glue:BatchDeleteConnection", &catalog, &resources).await?
    }
    run(glue, call, input) {
        let catalog = access::catalog(call, input.catalog_id.as_ref())?;
        let mut answer = BatchDeleteConnectionResponse { succeeded: Some(Vec::new()), errors: Some(Default::default()) };
        for name in input.connection_name_list.need() {
            match remove(glue, &catalog.named(&name)).await {
                Ok(()) => answer.succeeded.get_or_insert_default().push(name),
                Err(error @ Error::NotFound(_)) => {
                    answer.errors.get_or_insert_default().insert(name, fault::detail(&error));
                }
                Err(error) => return Err(error.into()),
            }
        }
        Ok(answer)
    }
}
