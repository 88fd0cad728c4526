//! What would be allowed: IAM's simulation, over the policies of a principal or over documents given for it.

use std::sync::Arc;

use base::{AccountId, Arn};
use policy::{
    Attached, Context, Document, Explanation, Kin, Kind as DocumentKind, Question, Rule, Who, explain,
};

use super::actors::{Held, Rights};
use super::error::{Error, Result, Why};
use super::{Identity, entities, naming};
use crate::tables::Kind;

/// What to simulate.
#[derive(Clone, Debug, Default)]
pub struct Simulation {
    /// Documents beside those of the principal.
    pub documents: Vec<String>,
    /// A boundary instead of the principal's.
    pub boundary: Option<String>,
    /// The actions.
    pub actions: Vec<String>,
    /// The resources; `*` if none is named.
    pub resources: Vec<String>,
    /// The resource's own policy.
    pub resource_policy: Option<String>,
    /// The account that owns the resources, as an ARN or number.
    pub resource_owner: Option<String>,
    /// Who would call.
    pub caller: Option<String>,
    /// Condition keys and their values.
    pub context: Vec<(String, Vec<String>)>,
}

/// The answer to one action on one resource.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// The action.
    pub action: String,
    /// The resource.
    pub resource: String,
    /// `allowed`, `implicitDeny`, `explicitDeny`.
    pub decision: &'static str,
    /// The statements that decided.
    pub matched: Vec<Matched>,
    /// Condition keys that policies ask for and the simulation does not give.
    pub missing: Vec<String>,
    /// Whether the boundary allows it, if there is one.
    pub boundary_allows: Option<bool>,
}

/// A statement that decided.
#[derive(Clone, Debug)]
pub struct Matched {
    /// Its policy.
    pub policy: String,
    /// Whether the policy is the resource's.
    pub of_resource: bool,
    /// Where it begins and ends: line and column.
    pub place: [(usize, usize); 2],
}

impl Identity {
    /// The policies of a user, group or role, for a simulation, and who it would be.
    pub async fn simulated(&self, account: AccountId, source: &str) -> Result<(Rights, Kind, Arn, String)> {
        let invalid = || {
            Error::new(
                Why::InvalidInput,
                format!("Invalid Entity Arn: {source} does not clearly define entity type and name."),
            )
        };
        let (owner, kind, name) = naming::named_entity(source).ok_or_else(invalid)?;
        let snapshot = self.store.snapshot();
        let row = entities::find(&*snapshot, owner, kind, name).await?;
        let row = row.filter(|row| owner == account && entities::arn(owner, kind, row).as_str() == source);
        let row = row.ok_or_else(|| entities::no_entity(kind, name))?;
        let rights = self.rights_of(&*snapshot, owner, &row).await?;
        Ok((rights, kind, entities::arn(owner, kind, &row), row.id))
    }

    /// Simulates with the policies of a principal.
    pub async fn simulate_principal(
        &self,
        account: AccountId,
        source: &str,
        simulation: &Simulation,
    ) -> Result<Vec<Outcome>> {
        let (rights, kind, arn, id) = self.simulated(account, source).await?;
        let as_role = kind == Kind::Role && simulation.caller.is_none();
        self.simulate(account, rights, (arn, id, as_role), simulation)
    }

    /// Simulates with the given documents alone.
    pub fn simulate_custom(&self, account: AccountId, simulation: &Simulation) -> Result<Vec<Outcome>> {
        let nobody = naming::entity_arn(account, Kind::User, "/", "simulated");
        self.simulate(account, Rights::default(), (nobody, String::new(), false), simulation)
    }

    fn simulate(
        &self,
        account: AccountId,
        mut rights: Rights,
        (arn, id, as_role): (Arn, String, bool),
        simulation: &Simulation,
    ) -> Result<Vec<Outcome>> {
        for (place, text) in simulation.documents.iter().enumerate() {
            let document = parsed(text, DocumentKind::Identity)?;
            rights.identity.push(Held {
                name: format!("PolicyInputList.{}", place + 1),
                arn: None,
                document,
            });
        }
        if let Some(text) = &simulation.boundary {
            let document = parsed(text, DocumentKind::Boundary)?;
            let name = "PermissionsBoundaryPolicyInputList.1".to_owned();
            rights.boundary = Some(Held { name, arn: None, document });
        }
        let resource_policy = match &simulation.resource_policy {
            Some(text) => Some(parsed(text, DocumentKind::Resource)?),
            None => None,
        };
        let caller: Option<Arn> = simulation.caller.as_deref().and_then(|caller| caller.parse().ok());
        let arn = caller.unwrap_or(arn);
        let kind = match as_role {
            true => Kin::Role { role: &arn, id: Some(&id), session: "simulated" },
            false => Kin::User { arn: &arn, id: &id },
        };
        let who = Who { account: arn.account().parse().unwrap_or(account), kind, canonical: None };
        let mut context = Context::new().at(self.clock.now());
        for (key, values) in &simulation.context {
            for value in values {
                context = context.with(key.as_str(), value.as_str());
            }
        }
        let identity: Vec<Attached<'_>> = rights.identity.iter().map(Held::attached).collect();
        let everything = ["*".to_owned()];
        let resources = if simulation.resources.is_empty() { &everything[..] } else { &simulation.resources };
        let mut outcomes = Vec::new();
        for action in &simulation.actions {
            for resource in resources {
                let question = Question {
                    who,
                    action,
                    resource,
                    owner: owner_of(simulation.resource_owner.as_deref(), resource, who.account),
                    context: &context,
                    identity: &identity,
                    boundary: rights.boundary.as_ref().map(Held::attached),
                    session: None,
                    resource_policy: resource_policy.as_deref(),
                    granted: false,
                    rule: Rule::Usual,
                };
                outcomes.push(outcome(action, resource, &explain(&question)));
            }
        }
        Ok(outcomes)
    }

    /// The condition keys that documents mention.
    pub fn context_keys(&self, texts: &[String]) -> Result<Vec<String>> {
        let mut keys: Vec<String> = Vec::new();
        for text in texts {
            for key in parsed(text, DocumentKind::Identity)?.context_keys() {
                if !keys.iter().any(|known| known.eq_ignore_ascii_case(&key)) {
                    keys.push(key);
                }
            }
        }
        Ok(keys)
    }
}

fn parsed(text: &str, kind: DocumentKind) -> Result<Arc<Document>> {
    let document = Document::parse(text, kind);
    document.map(Arc::new).map_err(|malformed| Error::new(Why::InvalidInput, malformed.to_string()))
}

fn owner_of(given: Option<&str>, resource: &str, own: AccountId) -> AccountId {
    let number = |text: &str| text.parse::<AccountId>().ok();
    let of_arn = |text: &str| text.parse::<Arn>().ok().and_then(|arn| number(arn.account()));
    given
        .and_then(|given| number(given).or_else(|| of_arn(given)))
        .or_else(|| of_arn(resource))
        .unwrap_or(own)
}

fn outcome(action: &str, resource: &str, explanation: &Explanation<'_>) -> Outcome {
    let place = |position: policy::Position| (position.line, position.column);
    let matched = explanation.matched.iter().map(|found| Matched {
        policy: found.name.to_owned(),
        of_resource: found.layer == policy::Layer::Resource,
        place: [place(found.statement.start()), place(found.statement.end())],
    });
    Outcome {
        action: action.to_owned(),
        resource: resource.to_owned(),
        decision: explanation.verdict.as_str(),
        matched: matched.collect(),
        missing: explanation.missing.clone(),
        boundary_allows: explanation.boundary_allows,
    }
}
