//! What CreateGrant is asked for, as a row and as condition keys.

use base::AccountId;
use service::Fault;

use super::fault::validation;
use crate::engine::Error;
use crate::engine::access::Conditions;
use crate::engine::grant::{GrantOperation, bits, root_arn};
use crate::shapes::CreateGrantRequest;
use crate::tables::{ContextConstraint, GrantRow, Party};

/// The grant; when it is made is filled in later.
pub(crate) fn row(account: AccountId, input: &CreateGrantRequest) -> Result<GrantRow, Fault> {
    let grantee =
        party("Grantee", input.grantee_principal.as_ref(), input.grantee_service_principal.as_ref())?;
    let grantee = grantee.ok_or_else(|| {
        validation("Exactly one of GranteePrincipal and GranteeServicePrincipal must be specified.")
    })?;
    let retirer =
        party("Retiring", input.retiring_principal.as_ref(), input.retiring_service_principal.as_ref())?;
    let mut operations = Vec::new();
    for name in input.operations.iter().flatten() {
        let operation = GrantOperation::named(name)
            .ok_or_else(|| Error::Unsupported(format!("Grant operation {name} is not supported.")))?;
        operations.push(operation);
    }
    let (context, source_arn) = match &input.constraints {
        Some(constraints) => {
            let equals = constraints.encryption_context_equals.as_ref();
            let subset = constraints.encryption_context_subset.as_ref();
            let context = match (equals, subset) {
                (Some(_), Some(_)) => {
                    return Err(validation(
                        "Only one of EncryptionContextEquals and EncryptionContextSubset can be specified.",
                    ));
                }
                (Some(pairs), None) => Some(ContextConstraint { exact: true, pairs: pairs.clone() }),
                (None, Some(pairs)) => Some(ContextConstraint { exact: false, pairs: pairs.clone() }),
                (None, None) => None,
            };
            (context, constraints.source_arn.clone())
        }
        None => (None, None),
    };
    Ok(GrantRow {
        name: input.name.clone(),
        created_micros: 0,
        grantee,
        retirer,
        issuer: root_arn(account),
        operations: bits(&operations),
        context,
        source_arn,
    })
}

fn party(what: &str, principal: Option<&String>, service: Option<&String>) -> Result<Option<Party>, Fault> {
    match (principal, service) {
        (Some(_), Some(_)) => Err(validation(format!(
            "Only one of {what}Principal and {what}ServicePrincipal can be specified."
        ))),
        (Some(arn), None) if !is_principal(arn) => Err(Error::InvalidArn(arn.clone()).into()),
        (Some(arn), None) => Ok(Some(Party::Principal(arn.clone()))),
        (None, Some(name)) => Ok(Some(Party::Service(name.clone()))),
        (None, None) => Ok(None),
    }
}

/// Whether the text is the ARN of a user, a role, a session or an account.
fn is_principal(text: &str) -> bool {
    let Ok(arn) = text.parse::<base::Arn>() else { return false };
    let resource = arn.resource();
    let fits = match arn.service() {
        "iam" => resource == "root" || resource.starts_with("user/") || resource.starts_with("role/"),
        "sts" => resource.starts_with("assumed-role/") || resource.starts_with("federated-user/"),
        _ => false,
    };
    fits && arn.account().parse::<AccountId>().is_ok()
}

/// Condition keys of the call.
pub(crate) fn conditions(input: &CreateGrantRequest) -> Conditions {
    let mut conditions = Conditions::new();
    for operation in input.operations.iter().flatten() {
        conditions.push(("kms:GrantOperations".into(), operation.clone()));
    }
    if let Some(principal) = &input.grantee_principal {
        conditions.push(("kms:GranteePrincipal".into(), principal.clone()));
    }
    if let Some(principal) = &input.retiring_principal {
        conditions.push(("kms:RetiringPrincipal".into(), principal.clone()));
    }
    conditions.push(("kms:GrantIsForAWSResource".into(), "false".to_owned()));
    let Some(constraints) = &input.constraints else { return conditions };
    let kinds = [
        ("EncryptionContextEquals", constraints.encryption_context_equals.as_ref()),
        ("EncryptionContextSubset", constraints.encryption_context_subset.as_ref()),
    ];
    for (kind, pairs) in kinds {
        let Some(pairs) = pairs else { continue };
        conditions.push(("kms:GrantConstraintType".into(), kind.to_owned()));
        for (name, value) in pairs {
            conditions.push(("kms:EncryptionContextKeys".into(), name.clone()));
            conditions.push((format!("kms:EncryptionContext:{name}").into(), value.clone()));
        }
    }
    conditions
}
