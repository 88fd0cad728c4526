//! Resource policies: who else may invoke a function. One for the function, and one for each version and alias that has any.

use std::sync::Arc;

use base::Arn;
use serde_json::{Value, json};
use service::{Access, ResourceSide};
use store::{Check, settle};

use super::error::{Error, Result, Why, happened};
use super::functions::check_revision;
use super::names::{LATEST, Named, arn, version_number};
use super::{Engine, TRIES};
use crate::tables::{ALIASES, FUNCTIONS, FunctionRow, POLICIES, PolicyRow, QualifierKey};

/// Bytes of a policy (AWS quota).
const POLICY_BYTES_MAX: usize = 20_480;

/// A permission to be given.
#[derive(Clone, Debug, Default)]
pub struct Permission {
    /// `StatementId`.
    pub id: String,
    /// `Action`.
    pub action: String,
    /// `Principal`.
    pub principal: String,
    /// `SourceArn`.
    pub source_arn: Option<String>,
    /// `SourceAccount`.
    pub source_account: Option<String>,
    /// `EventSourceToken`.
    pub token: Option<String>,
    /// `PrincipalOrgID`.
    pub organization: Option<String>,
    /// `FunctionUrlAuthType`.
    pub url_auth: Option<String>,
    /// `InvokedViaFunctionUrl`.
    pub via_url: Option<bool>,
}

impl Permission {
    /// The statement, as AWS writes it.
    pub fn statement(&self, resource: &str) -> Result<Value> {
        let mut conditions = serde_json::Map::new();
        let mut add = |operator: &str, key: &str, value: Value| {
            let entry = conditions.entry(operator.to_owned()).or_insert_with(|| json!({}));
            entry[key] = value;
        };
        let text = |text: &String| Value::from(text.clone());
        if let Some(account) = &self.source_account {
            add("StringEquals", "AWS:SourceAccount", text(account));
        }
        if let Some(token) = &self.token {
            add("StringEquals", "lambda:EventSourceToken", text(token));
        }
        if let Some(organization) = &self.organization {
            add("StringEquals", "aws:PrincipalOrgID", text(organization));
        }
        if let Some(auth) = &self.url_auth {
            add("StringEquals", "lambda:FunctionUrlAuthType", text(auth));
        }
        if let Some(via) = self.via_url {
            add("Bool", "lambda:InvokedViaFunctionUrl", Value::from(via.to_string()));
        }
        if let Some(source) = &self.source_arn {
            add("ArnLike", "AWS:SourceArn", text(source));
        }
        let mut statement = json!({
            "Sid": self.id,
            "Effect": "Allow",
            "Principal": principal(&self.principal)?,
            "Action": self.action,
            "Resource": resource,
        });
        if !conditions.is_empty() {
            statement["Condition"] = Value::Object(conditions);
        }
        Ok(statement)
    }
}

/// A principal as a policy names it: everybody, a service, an account, or an ARN of IAM.
fn principal(text: &str) -> Result<Value> {
    let invalid =
        || Error::invalid("The provided principal was invalid. Please check the principal and try again.");
    if text == "*" {
        return Ok(Value::from("*"));
    }
    if text.len() == 12 && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Ok(json!({ "AWS": format!("arn:aws:iam::{text}:root") }));
    }
    if let Ok(arn) = text.parse::<Arn>() {
        return if matches!(arn.service(), "iam" | "sts") {
            Ok(json!({ "AWS": text }))
        } else {
            Err(invalid())
        };
    }
    let is_service =
        text.split_once('.').is_some_and(|(_, rest)| rest.ends_with("amazonaws.com") || rest == "amazon.com");
    if is_service { Ok(json!({ "Service": text })) } else { Err(invalid()) }
}

impl PolicyRow {
    /// The document.
    pub fn document(&self) -> String {
        let statements: Vec<&str> = self.statements.iter().map(|(_, json)| json.as_str()).collect();
        format!("{{\"Version\":\"2012-10-17\",\"Id\":\"default\",\"Statement\":[{}]}}", statements.join(","))
    }
}

impl Engine {
    /// The question whether somebody may invoke a function. What is not there has no policy.
    pub async fn invoke_access(&self, named: &Named) -> Result<Access> {
        let access = Access::to("lambda:InvokeFunction", &named.arn());
        let snapshot = self.store.snapshot();
        let Some(row) = FUNCTIONS.get(&*snapshot, &named.key).await? else { return Ok(access) };
        let at = policy_key(&row.value, named.qualifier.as_deref());
        let Some(policy) = POLICIES.get(&*snapshot, &at).await? else { return Ok(access) };
        let document = ::policy::Document::parse(&policy.value.document(), ::policy::Kind::Resource);
        let document = document
            .map_err(|error| Error::unavailable(format!("a stored policy does not parse: {error}")))?;
        Ok(access.under(ResourceSide { policy: Some(Arc::new(document)), ..ResourceSide::default() }))
    }

    /// Gives a permission. Returns the statement.
    pub async fn add_permission(
        &self,
        named: &Named,
        permission: &Permission,
        revision: Option<&str>,
    ) -> Result<String> {
        let statement = permission.statement(named.arn().as_str())?.to_string();
        self.change_policy(named, revision, |policy| {
            if policy.statements.iter().any(|(id, _)| *id == permission.id) {
                return Err(Error::conflict(format!(
                    "The statement id ({}) provided already exists. Please provide a new statement id, or remove the existing statement.",
                    permission.id
                )));
            }
            policy.statements.push((permission.id.clone(), statement.clone()));
            let bytes = policy.document().len();
            if bytes > POLICY_BYTES_MAX {
                let text = format!("The final policy size ({bytes}) is bigger than the limit ({POLICY_BYTES_MAX}).");
                return Err(Error::new(Why::PolicyTooLong, text));
            }
            Ok(())
        })
        .await?;
        Ok(statement)
    }

    /// Takes a permission away.
    pub async fn remove_permission(&self, named: &Named, id: &str, revision: Option<&str>) -> Result<()> {
        self.change_policy(named, revision, |policy| {
            if policy.statements.is_empty() {
                return Err(Error::not_found("No policy is associated with the given resource."));
            }
            let before = policy.statements.len();
            policy.statements.retain(|(there, _)| there != id);
            if policy.statements.len() == before {
                return Err(Error::not_found(format!("Statement {id} is not found in resource policy.")));
            }
            Ok(())
        })
        .await
    }

    /// The policy of a function, version or alias.
    pub async fn policy(&self, named: &Named) -> Result<PolicyRow> {
        let row = self.function(&named.key).await?.value;
        self.check_qualifier(named, &row).await?;
        let found =
            POLICIES.get(&*self.store.snapshot(), &policy_key(&row, named.qualifier.as_deref())).await?;
        let none = || Error::not_found("No policy is associated with the given resource.");
        found.map(|row| row.value).ok_or_else(none)
    }

    async fn check_qualifier(&self, named: &Named, row: &FunctionRow) -> Result<()> {
        let Some(qualifier) = named.qualifier.as_deref() else { return Ok(()) };
        if qualifier == LATEST {
            return Ok(());
        }
        if version_number(qualifier).is_some() {
            return self.version(&named.key, Some(qualifier)).await.map(|_| ());
        }
        let at = QualifierKey { function: row.id, qualifier: qualifier.to_owned() };
        let missing = || Error::not_found(format!("Cannot find alias arn: {}", named.arn()));
        ALIASES.get(&*self.store.snapshot(), &at).await?.map(|_| ()).ok_or_else(missing)
    }

    async fn change_policy(
        &self,
        named: &Named,
        revision: Option<&str>,
        edit: impl Fn(&mut PolicyRow) -> Result<()>,
    ) -> Result<()> {
        if named.qualifier.as_deref() == Some(LATEST) {
            return Err(Error::invalid("We currently do not support adding policies for $LATEST."));
        }
        for _ in 0..TRIES {
            let function = self.function(&named.key).await?.value;
            self.check_qualifier(named, &function).await?;
            let key = policy_key(&function, named.qualifier.as_deref());
            let seen = POLICIES.get(&*self.store.snapshot(), &key).await?;
            let empty = PolicyRow { statements: Vec::new(), revision: String::new() };
            let mut policy = seen.as_ref().map_or(empty, |row| row.value.clone());
            if !policy.statements.is_empty() {
                check_revision(revision, &policy.revision).map_err(|error| Error {
                    message: error.message.replace("GetFunction/GetAlias", "GetPolicy"),
                    ..error
                })?;
            }
            edit(&mut policy)?;
            policy.revision = self.random.uuid();
            let mut commit = self.commit();
            commit.check(Check::Present(FUNCTIONS.key(&named.key)));
            commit.unchanged(POLICIES, &key, seen.as_ref());
            if policy.statements.is_empty() {
                commit.delete(POLICIES, &key);
            } else {
                commit.put(POLICIES, &key, &policy);
            }
            if happened(settle(&*self.store, commit).await)? {
                return Ok(());
            }
        }
        Err(Error::contended())
    }

    /// The ARN that a policy's statements name: the function's, for listings.
    pub fn policy_resource(named: &Named) -> String {
        arn(&named.key).to_string()
    }
}

fn policy_key(row: &FunctionRow, qualifier: Option<&str>) -> QualifierKey {
    let qualifier = qualifier.filter(|qualifier| *qualifier != LATEST).unwrap_or_default();
    QualifierKey { function: row.id, qualifier: qualifier.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statements_look_like_the_services_own() {
        let permission = Permission {
            id: "s3".to_owned(),
            action: "lambda:InvokeFunction".to_owned(),
            principal: "s3.amazonaws.com".to_owned(),
            source_arn: Some("arn:aws:s3:::b".to_owned()),
            source_account: Some("000000000000".to_owned()),
            ..Permission::default()
        };
        let statement = permission.statement("arn:aws:lambda:us-east-1:000000000000:function:f").unwrap();
        assert_eq!(statement["Principal"], json!({ "Service": "s3.amazonaws.com" }));
        assert_eq!(
            statement["Condition"],
            json!({ "StringEquals": { "AWS:SourceAccount": "000000000000" }, "ArnLike": { "AWS:SourceArn": "arn:aws:s3:::b" } })
        );
        assert!(
            Permission { principal: "nobody".to_owned(), ..Permission::default() }.statement("x").is_err()
        );
    }
}
