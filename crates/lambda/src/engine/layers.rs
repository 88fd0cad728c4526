//! Layers: content that functions share, in numbered versions that never change.

use std::collections::BTreeMap;

use base::{AccountId, Arn, Region};
use serde_json::{Value, json};
use service::{Access, Caller, ResourceSide};
use std::sync::Arc;
use store::{BlobRef, Check, key_after, settle};

use super::code::NewCode;
use super::error::{Error, Result, happened};
use super::functions::check_revision;
use super::{Engine, TRIES};
use crate::tables::{
    LAYER_VERSIONS, LAYERS, LayerKey, LayerRow, LayerUse, LayerVersionKey, LayerVersionRow, PolicyRow,
};

/// Layers of one function (facts section 4.2).
const LAYERS_MAX: usize = 5;

/// A layer version to be.
#[derive(Debug)]
pub struct NewLayer {
    /// The layer.
    pub key: LayerKey,
    /// Its content.
    pub content: NewCode,
    /// `Description`.
    pub description: String,
    /// `LicenseInfo`.
    pub license: Option<String>,
    /// `CompatibleRuntimes`.
    pub runtimes: Option<Vec<String>>,
    /// `CompatibleArchitectures`.
    pub architectures: Option<Vec<String>>,
}

/// What a listing of layers asks for.
#[derive(Clone, Debug, Default)]
pub struct LayerFilter {
    /// `CompatibleRuntime`.
    pub runtime: Option<String>,
    /// `CompatibleArchitecture`.
    pub architecture: Option<String>,
}

impl LayerFilter {
    fn takes(&self, row: &LayerVersionRow) -> bool {
        let fits = |wanted: &Option<String>, all: &Option<Vec<String>>| match (wanted, all) {
            (Some(wanted), Some(all)) => all.contains(wanted),
            (Some(_), None) => false,
            (None, _) => true,
        };
        fits(&self.runtime, &row.runtimes) && fits(&self.architecture, &row.architectures)
    }
}

/// The ARN of a layer.
pub fn layer_arn(key: &LayerKey) -> Arn {
    Arn::new("lambda", &key.region, key.account, &format!("layer:{}", key.name))
}

/// The ARN of a layer version.
pub fn version_arn(at: &LayerVersionKey) -> Arn {
    let LayerKey { account, region, name } = &at.layer;
    Arn::new("lambda", region, *account, &format!("layer:{name}:{}", at.number))
}

/// The layer that a name or an ARN means.
pub fn named_layer(text: &str, account: AccountId, region: &Region) -> LayerKey {
    let from_arn = text.parse::<Arn>().ok().and_then(|arn| {
        let name = arn.resource().strip_prefix("layer:")?.split(':').next()?.to_owned();
        Some(LayerKey { account: arn.account().parse().ok()?, region: Region::new(arn.region())?, name })
    });
    from_arn.unwrap_or_else(|| LayerKey { account, region: region.clone(), name: text.to_owned() })
}

/// The layer version that an ARN means.
pub fn named_version(text: &str) -> Option<LayerVersionKey> {
    let arn: Arn = text.parse().ok().filter(|arn: &Arn| arn.service() == "lambda")?;
    let (name, number) = arn.resource().strip_prefix("layer:")?.split_once(':')?;
    let layer = LayerKey {
        account: arn.account().parse().ok()?,
        region: Region::new(arn.region())?,
        name: name.to_owned(),
    };
    Some(LayerVersionKey { layer, number: number.parse().ok()? })
}

impl Engine {
    /// Publishes a version of a layer, the first makes the layer.
    pub async fn publish_layer(&self, new: NewLayer) -> Result<(LayerVersionKey, LayerVersionRow)> {
        for _ in 0..TRIES {
            let seen = LAYERS.get(&*self.store.snapshot(), &new.key).await?;
            let number = seen.as_ref().map_or(1, |row| row.value.next_version);
            let at = LayerVersionKey { layer: new.key.clone(), number };
            let row = LayerVersionRow {
                code: new.content.code.clone(),
                description: new.description.clone(),
                license: new.license.clone(),
                runtimes: new.runtimes.clone(),
                architectures: new.architectures.clone(),
                created_micros: self.clock.now().as_micros(),
                policy: None,
            };
            let mut commit = self.commit();
            commit.unchanged(LAYERS, &new.key, seen.as_ref());
            commit.put(LAYERS, &new.key, &LayerRow { next_version: number + 1 });
            new.content.count(&mut commit);
            commit.put(LAYER_VERSIONS, &at, &row);
            if happened(settle(&*self.store, commit).await)? {
                return Ok((at, row));
            }
        }
        Err(Error::contended())
    }

    /// A layer version.
    pub async fn layer_version(&self, at: &LayerVersionKey) -> Result<LayerVersionRow> {
        let found = LAYER_VERSIONS.get(&*self.store.snapshot(), at).await?;
        found.map(|row| row.value).ok_or_else(|| no_version(at))
    }

    /// Removes a layer version; fine if there is none. Functions that use it go on.
    pub async fn delete_layer_version(&self, at: &LayerVersionKey) -> Result<()> {
        let Some(seen) = LAYER_VERSIONS.get(&*self.store.snapshot(), at).await? else { return Ok(()) };
        let mut commit = self.commit();
        commit.unchanged(LAYER_VERSIONS, at, Some(&seen)).delete(LAYER_VERSIONS, at);
        commit.count_blob(BlobRef(seen.value.code.blob), -1);
        happened(settle(&*self.store, commit).await)?;
        Ok(())
    }

    /// Versions of a layer, newest first, before this number; and whether more follow.
    pub async fn layer_versions(
        &self,
        key: &LayerKey,
        filter: &LayerFilter,
        before: Option<u64>,
        limit: usize,
    ) -> Result<(Vec<(LayerVersionKey, LayerVersionRow)>, bool)> {
        let snapshot = self.store.snapshot();
        let (start, end) = LAYER_VERSIONS.prefix(|writer| {
            writer.u64(key.account.as_u64()).text(key.region.as_str()).text(&key.name);
        });
        let end = match before {
            Some(number) => LAYER_VERSIONS.key(&LayerVersionKey { layer: key.clone(), number }),
            None => end,
        };
        let rows = LAYER_VERSIONS.scan_back(&*snapshot, (start, end), store::Bounds::ENTRIES).await?;
        let taken = rows.into_iter().map(|(at, row)| (at, row.value)).filter(|(_, row)| filter.takes(row));
        let mut found: Vec<_> = taken.take(limit.saturating_add(1)).collect();
        let more = found.len() > limit;
        found.truncate(limit);
        Ok((found, more))
    }

    /// Layers in the order of their names, each with its newest version; and whether more follow.
    pub async fn layers(
        &self,
        account: AccountId,
        region: &Region,
        filter: &LayerFilter,
        after: Option<&str>,
        limit: usize,
    ) -> Result<(Vec<(LayerVersionKey, LayerVersionRow)>, bool)> {
        let snapshot = self.store.snapshot();
        let (start, end) = LAYERS.prefix(|writer| {
            writer.u64(account.as_u64()).text(region.as_str());
        });
        let start = match after {
            Some(name) => {
                let key = LayerKey { account, region: region.clone(), name: name.to_owned() };
                key_after(&LAYERS.key(&key))
            }
            None => start,
        };
        let mut found = Vec::new();
        for (key, _) in LAYERS.scan(&*snapshot, (start, end), store::Bounds::ENTRIES).await? {
            let (newest, _) = self.layer_versions(&key, filter, None, 1).await?;
            found.extend(newest);
            if found.len() > limit {
                found.truncate(limit);
                return Ok((found, true));
            }
        }
        Ok((found, false))
    }

    /// What a function may use of what it names, as its caller.
    pub async fn layer_uses(&self, caller: &Caller, arns: &[String]) -> Result<Vec<LayerUse>> {
        if arns.len() > LAYERS_MAX {
            return Err(Error::invalid(format!("Cannot reference more than {LAYERS_MAX} layers.")));
        }
        let mut seen: BTreeMap<String, String> = BTreeMap::new();
        let mut uses = Vec::with_capacity(arns.len());
        for arn in arns {
            let at = named_version(arn).ok_or_else(|| no_use(arn))?;
            if let Some(other) = seen.insert(layer_arn(&at.layer).to_string(), arn.clone()) {
                return Err(Error::invalid(format!(
                    "Two different versions of the same layer are not allowed to be referenced in the same function. {other} and {arn} \
                     are versions of the same layer."
                )));
            }
            let found = LAYER_VERSIONS.get(&*self.store.snapshot(), &at).await?;
            let row = found.ok_or_else(|| no_use(arn))?.value;
            let access = layer_access("lambda:GetLayerVersion", &at, Some(&row))?;
            self.allow(&caller.principal, &caller.region, &access).await?;
            uses.push(LayerUse { arn: arn.clone(), code: row.code });
        }
        Ok(uses)
    }

    /// Lets others use a layer version. Returns the statement and the new revision.
    pub async fn add_layer_permission(
        &self,
        at: &LayerVersionKey,
        id: &str,
        action: &str,
        principal: &str,
        organization: Option<&str>,
        revision: Option<&str>,
    ) -> Result<(String, String)> {
        let who = match principal {
            "*" => Value::from("*"),
            account if account.len() == 12 => json!({ "AWS": format!("arn:aws:iam::{account}:root") }),
            arn => json!({ "AWS": arn }),
        };
        let mut statement = json!({
            "Sid": id, "Effect": "Allow", "Principal": who, "Action": action, "Resource": version_arn(at).as_str(),
        });
        if let Some(organization) = organization {
            statement["Condition"] = json!({ "StringEquals": { "aws:PrincipalOrgID": organization } });
        }
        let statement = statement.to_string();
        let revision = self
            .change_layer_policy(at, revision, |policy| {
                if policy.statements.iter().any(|(there, _)| there == id) {
                    return Err(Error::conflict(format!(
                        "The statement id ({id}) provided already exists. Please provide a new statement id, or remove the existing statement."
                    )));
                }
                policy.statements.push((id.to_owned(), statement.clone()));
                Ok(())
            })
            .await?;
        Ok((statement, revision))
    }

    /// Takes that away.
    pub async fn remove_layer_permission(
        &self,
        at: &LayerVersionKey,
        id: &str,
        revision: Option<&str>,
    ) -> Result<()> {
        self.change_layer_policy(at, revision, |policy| {
            let before = policy.statements.len();
            policy.statements.retain(|(there, _)| there != id);
            if policy.statements.len() == before {
                return Err(Error::not_found(format!("Statement {id} is not found in resource policy.")));
            }
            Ok(())
        })
        .await?;
        Ok(())
    }

    async fn change_layer_policy(
        &self,
        at: &LayerVersionKey,
        revision: Option<&str>,
        edit: impl Fn(&mut PolicyRow) -> Result<()>,
    ) -> Result<String> {
        for _ in 0..TRIES {
            let found = LAYER_VERSIONS.get(&*self.store.snapshot(), at).await?;
            let seen = found.ok_or_else(|| no_version(at))?;
            let mut row = seen.value.clone();
            let mut policy =
                row.policy.take().unwrap_or(PolicyRow { statements: Vec::new(), revision: String::new() });
            if !policy.revision.is_empty() {
                check_revision(revision, &policy.revision).map_err(|error| Error {
                    message: error.message.replace("GetFunction/GetAlias", "GetLayerPolicy"),
                    ..error
                })?;
            }
            edit(&mut policy)?;
            policy.revision = self.random.uuid();
            let revision = policy.revision.clone();
            row.policy = Some(policy).filter(|policy| !policy.statements.is_empty());
            let mut commit = self.commit();
            commit.unchanged(LAYER_VERSIONS, at, Some(&seen)).put(LAYER_VERSIONS, at, &row);
            commit.check(Check::Present(LAYERS.key(&at.layer)));
            if happened(settle(&*self.store, commit).await)? {
                return Ok(revision);
            }
        }
        Err(Error::contended())
    }

    /// The policy of a layer version.
    pub async fn layer_policy(&self, at: &LayerVersionKey) -> Result<PolicyRow> {
        let none = || Error::not_found("No policy is associated with the given resource.");
        self.layer_version(at).await?.policy.ok_or_else(none)
    }
}

/// The question about a layer version, with what its policy says.
pub fn layer_access(
    action: &'static str,
    at: &LayerVersionKey,
    row: Option<&LayerVersionRow>,
) -> Result<Access> {
    let access = Access::to(action, &version_arn(at));
    let Some(policy) = row.and_then(|row| row.policy.as_ref()) else { return Ok(access) };
    let document = ::policy::Document::parse(&policy.document(), ::policy::Kind::Resource);
    let document =
        document.map_err(|error| Error::unavailable(format!("a stored policy does not parse: {error}")))?;
    Ok(access.under(ResourceSide { policy: Some(Arc::new(document)), ..ResourceSide::default() }))
}

fn no_version(at: &LayerVersionKey) -> Error {
    Error::not_found(format!("Layer version {} does not exist.", version_arn(at)))
}

fn no_use(arn: &str) -> Error {
    Error::invalid(format!("Layer version {arn} does not exist."))
}
