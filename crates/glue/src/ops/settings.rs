//! Operations on what can be set of a catalog: its resource policy, its encryption, security configurations; and the catalog itself.

use service::Fault;
use wire::Need;

use super::access::{self, catalog};
use super::fault::invalid;
use super::operation::operation;
use super::{pages, shown};
use crate::engine::Error;
use crate::engine::policy::{PolicyCondition, ShownPolicy};
use crate::shapes::*;
use crate::tables::{CatalogRef, SECURITY, SecurityRow};

/// Security configurations of one answer.
const CONFIGURATIONS_MAX: usize = 1_000;

operation! {
    /// Puts the catalog's resource policy. <https://docs.aws.amazon.com/glue/latest/webapi/API_PutResourcePolicy.html>
    PutResourcePolicy(PutResourcePolicyRequest) -> PutResourcePolicyResponse;
    access(glue, call, _input) { access::within(glue, "glue:PutResourcePolicy", &catalog(call, None)?, &[]).await? }
    run(glue, call, input) {
        let exists = match input.policy_exists_condition.as_deref() {
            Some("MUST_EXIST") => Some(true),
            Some("NOT_EXIST") => Some(false),
            Some(_) | None => None,
        };
        let condition = PolicyCondition { hash: input.policy_hash_condition, exists };
        let hash = glue.put_policy(&own(&catalog(call, None)?, input.resource_arn.as_ref())?, &input.policy_in_json.need(), &condition).await?;
        Ok(PutResourcePolicyResponse { policy_hash: Some(hash) })
    }
}

/// The catalog whose policy is meant: the account's own is the only thing that has one.
fn own(own: &CatalogRef, arn: Option<&String>) -> Result<CatalogRef, Fault> {
    match arn {
        Some(arn) if *arn != own.arn("catalog") => Err(invalid("ResourceArn must be that of the catalog.")),
        Some(_) | None => Ok(own.clone()),
    }
}

operation! {
    /// The catalog's resource policy. <https://docs.aws.amazon.com/glue/latest/webapi/API_GetResourcePolicy.html>
    GetResourcePolicy(GetResourcePolicyRequest) -> GetResourcePolicyResponse;
    access(glue, call, _input) { access::within(glue, "glue:GetResourcePolicy", &catalog(call, None)?, &[]).await? }
    run(glue, call, input) {
        let ShownPolicy { text, row } = glue.shown_policy(&own(&catalog(call, None)?, input.resource_arn.as_ref())?).await?;
        Ok(GetResourcePolicyResponse {
            policy_in_json: Some(text),
            policy_hash: Some(row.hash),
            create_time: Some(shown::time(row.created_micros)),
            update_time: Some(shown::time(row.updated_micros)),
        })
    }
}

operation! {
    /// All resource policies of the account in the region: the catalog's, if it has one. <https://docs.aws.amazon.com/glue/latest/webapi/API_GetResourcePolicies.html>
    GetResourcePolicies(GetResourcePoliciesRequest) -> GetResourcePoliciesResponse;
    access(glue, call, _input) { access::within(glue, "glue:GetResourcePolicies", &catalog(call, None)?, &[]).await? }
    run(glue, call, _input) {
        let list = match glue.shown_policy(&catalog(call, None)?).await {
            Ok(ShownPolicy { text, row }) => vec![GluePolicy {
                policy_in_json: Some(text),
                policy_hash: Some(row.hash),
                create_time: Some(shown::time(row.created_micros)),
                update_time: Some(shown::time(row.updated_micros)),
            }],
            Err(Error::NotFound(_)) => Vec::new(),
            Err(error) => return Err(error.into()),
        };
        Ok(GetResourcePoliciesResponse { get_resource_policies_response_list: Some(list), next_token: None })
    }
}

operation! {
    /// Removes the catalog's resource policy. <https://docs.aws.amazon.com/glue/latest/webapi/API_DeleteResourcePolicy.html>
    DeleteResourcePolicy(DeleteResourcePolicyRequest) -> DeleteResourcePolicyResponse;
    access(glue, call, _input) { access::within(glue, "glue:DeleteResourcePolicy", &catalog(call, None)?, &[]).await? }
    run(glue, call, input) {
        let condition = PolicyCondition { hash: input.policy_hash_condition, exists: None };
        glue.delete_policy(&own(&catalog(call, None)?, input.resource_arn.as_ref())?, &condition).await?;
        Ok(DeleteResourcePolicyResponse::default())
    }
}

operation! {
    /// How the catalog is encrypted: not under keys of its owner. <https://docs.aws.amazon.com/glue/latest/webapi/API_GetDataCatalogEncryptionSettings.html>
    GetDataCatalogEncryptionSettings(GetDataCatalogEncryptionSettingsRequest) -> GetDataCatalogEncryptionSettingsResponse;
    access(glue, call, input) {
        access::within(glue, "glue:GetDataCatalogEncryptionSettings", &catalog(call, input.catalog_id.as_ref())?, &[]).await?
    }
    run(_glue, _call, _input) {
        let settings = DataCatalogEncryptionSettings {
            encryption_at_rest: Some(EncryptionAtRest {
                catalog_encryption_mode: Some("DISABLED".to_owned()),
                ..EncryptionAtRest::default()
            }),
            connection_password_encryption: Some(ConnectionPasswordEncryption {
                return_connection_password_encrypted: Some(false),
                aws_kms_key_id: None,
            }),
        };
        Ok(GetDataCatalogEncryptionSettingsResponse { data_catalog_encryption_settings: Some(settings) })
    }
}

operation! {
    /// Sets how the catalog is encrypted. <https://docs.aws.amazon.com/glue/latest/webapi/API_PutDataCatalogEncryptionSettings.html>
    /// Differs: encryption under keys of KMS is refused, since it would not happen. Passwords are sealed on disk in any case.
    PutDataCatalogEncryptionSettings(PutDataCatalogEncryptionSettingsRequest) -> PutDataCatalogEncryptionSettingsResponse;
    access(glue, call, input) {
        access::within(glue, "glue:PutDataCatalogEncryptionSettings", &catalog(call, input.catalog_id.as_ref())?, &[]).await?
    }
    run(_glue, _call, input) {
        let settings = input.data_catalog_encryption_settings.need();
        let mode = settings.encryption_at_rest.and_then(|rest| rest.catalog_encryption_mode);
        if mode.is_some_and(|mode| mode != "DISABLED") {
            return Err(invalid("Encryption of the catalog under a key of KMS is not supported."));
        }
        let encrypted = settings.connection_password_encryption.and_then(|one| one.return_connection_password_encrypted);
        if encrypted == Some(true) {
            return Err(invalid("Encryption of connection passwords under a key of KMS is not supported."));
        }
        Ok(PutDataCatalogEncryptionSettingsResponse::default())
    }
}

fn configuration(name: &str, row: &SecurityRow) -> Result<SecurityConfiguration, Fault> {
    Ok(SecurityConfiguration {
        name: Some(name.to_owned()),
        created_time_stamp: Some(shown::time(row.created_micros)),
        encryption_configuration: Some(shown::kept(&row.encryption)?),
    })
}

fn no_configuration(name: &str) -> Error {
    Error::NotFound(format!("Security configuration {name} not found."))
}

operation! {
    /// Creates a security configuration. <https://docs.aws.amazon.com/glue/latest/webapi/API_CreateSecurityConfiguration.html>
    CreateSecurityConfiguration(CreateSecurityConfigurationRequest) -> CreateSecurityConfigurationResponse;
    access(_glue, call, _input) { access::other(call, "glue:CreateSecurityConfiguration", "*") }
    run(glue, call, input) {
        let at = catalog(call, None)?.named(&input.name.need());
        let created_micros = glue.now().as_micros();
        let row = SecurityRow { created_micros, encryption: wire::keep(&input.encryption_configuration.need()) };
        let exists = || Error::Exists(format!("Security configuration already exists with name {}", at.name));
        glue.create_named(SECURITY, &at, &row, exists, None).await?;
        Ok(CreateSecurityConfigurationResponse { name: Some(at.name.clone()), created_timestamp: Some(shown::time(created_micros)) })
    }
}

operation! {
    /// A security configuration. <https://docs.aws.amazon.com/glue/latest/webapi/API_GetSecurityConfiguration.html>
    GetSecurityConfiguration(GetSecurityConfigurationRequest) -> GetSecurityConfigurationResponse;
    access(_glue, call, _input) { access::other(call, "glue:GetSecurityConfiguration", "*") }
    run(glue, call, input) {
        let at = catalog(call, None)?.named(&input.name.need());
        let row = glue.named(SECURITY, &at, || no_configuration(&at.name)).await?;
        Ok(GetSecurityConfigurationResponse { security_configuration: Some(configuration(&at.name, &row.value)?) })
    }
}

operation! {
    /// Security configurations by name. <https://docs.aws.amazon.com/glue/latest/webapi/API_GetSecurityConfigurations.html>
    GetSecurityConfigurations(GetSecurityConfigurationsRequest) -> GetSecurityConfigurationsResponse;
    access(_glue, call, _input) { access::other(call, "glue:GetSecurityConfigurations", "*") }
    run(glue, call, input) {
        let at = catalog(call, None)?;
        let purpose = pages::purpose(call, "GetSecurityConfigurations", "");
        let after = pages::after(glue, &purpose, input.next_token.as_ref())?;
        let limit = pages::limit(input.max_results, CONFIGURATIONS_MAX);
        let page = glue.all_named(SECURITY, &at, after.as_deref(), limit).await?;
        let next_token = pages::next(glue, &purpose, &page, |(name, _)| name.clone());
        let list: Result<Vec<_>, Fault> = page.items.iter().map(|(name, row)| configuration(name, row)).collect();
        Ok(GetSecurityConfigurationsResponse { security_configurations: Some(list?), next_token })
    }
}

operation! {
    /// Deletes a security configuration. <https://docs.aws.amazon.com/glue/latest/webapi/API_DeleteSecurityConfiguration.html>
    DeleteSecurityConfiguration(DeleteSecurityConfigurationRequest) -> DeleteSecurityConfigurationResponse;
    access(_glue, call, _input) { access::other(call, "glue:DeleteSecurityConfiguration", "*") }
    run(glue, call, input) {
        let at = catalog(call, None)?.named(&input.name.need());
        glue.delete_named(SECURITY, &at, || no_configuration(&at.name), None, |_, _| Ok(())).await?;
        Ok(DeleteSecurityConfigurationResponse::default())
    }
}

/// The account's own catalog.
fn root_catalog(at: &CatalogRef) -> Catalog {
    let everybody = || Some(shown::everybody());
    Catalog {
        catalog_id: Some(at.account.to_string()),
        name: Some(at.account.to_string()),
        resource_arn: Some(at.arn("catalog")),
        parameters: Some(Default::default()),
        create_table_default_permissions: everybody(),
        create_database_default_permissions: everybody(),
        ..Catalog::default()
    }
}

operation! {
    /// A catalog: there is one, the account's own. <https://docs.aws.amazon.com/glue/latest/webapi/API_GetCatalog.html>
    GetCatalog(GetCatalogRequest) -> GetCatalogResponse;
    access(glue, call, input) { access::within(glue, "glue:GetCatalog", &catalog(call, input.catalog_id.as_ref())?, &[]).await? }
    run(_glue, call, input) {
        let at = catalog(call, input.catalog_id.as_ref())?;
        Ok(GetCatalogResponse { catalog: Some(root_catalog(&at)) })
    }
}

operation! {
    /// The catalogs below one: none; and the account's own, if it is asked for. <https://docs.aws.amazon.com/glue/latest/webapi/API_GetCatalogs.html>
    GetCatalogs(GetCatalogsRequest) -> GetCatalogsResponse;
    access(glue, call, input) { access::within(glue, "glue:GetCatalogs", &catalog(call, input.parent_catalog_id.as_ref())?, &[]).await? }
    run(_glue, call, input) {
        let at = catalog(call, input.parent_catalog_id.as_ref())?;
        let list = if input.include_root == Some(true) { vec![root_catalog(&at)] } else { Vec::new() };
        Ok(GetCatalogsResponse { catalog_list: Some(list), next_token: None })
    }
}

operation! {
    /// Whether Athena's old catalog was imported: there never was one. <https://docs.aws.amazon.com/glue/latest/webapi/API_GetCatalogImportStatus.html>
    GetCatalogImportStatus(GetCatalogImportStatusRequest) -> GetCatalogImportStatusResponse;
    access(glue, call, input) { access::within(glue, "glue:GetCatalogImportStatus", &catalog(call, input.catalog_id.as_ref())?, &[]).await? }
    run(_glue, _call, _input) {
        let status = CatalogImportStatus { import_completed: Some(true), ..CatalogImportStatus::default() };
        Ok(GetCatalogImportStatusResponse { import_status: Some(status) })
    }
}

operation! {
    /// Imports Athena's old catalog, which is empty. <https://docs.aws.amazon.com/glue/latest/webapi/API_ImportCatalogToGlue.html>
    ImportCatalogToGlue(ImportCatalogToGlueRequest) -> ImportCatalogToGlueResponse;
    access(glue, call, input) { access::within(glue, "glue:ImportCatalogToGlue", &catalog(call, input.catalog_id.as_ref())?, &[]).await? }
    run(_glue, _call, _input) { Ok(ImportCatalogToGlueResponse::default()) }
}
