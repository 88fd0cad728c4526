//! What would be allowed.

use std::collections::BTreeMap;

use wire::Need;

use super::shown::{in_order, page};
use crate::engine::Identity;
use crate::engine::error::{Error, Why};
use crate::engine::simulate::{Matched, Outcome, Simulation};
use crate::ops::{Target, operation};
use crate::shapes::iam::*;
use service::Fault;

operation! {
    /// Simulates what a user, group or role may do. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulatePrincipalPolicy.html>
    "iam" SimulatePrincipalPolicy(SimulatePrincipalPolicyRequest) -> SimulatePolicyResponse,
    asks |_iam, _call, input| Target::of(input.policy_source_arn.clone().unwrap_or_default()),
    does |iam, call, input| {
        let simulation = Simulation {
            documents: input.policy_input_list.unwrap_or_default(),
            boundary: boundary(input.permissions_boundary_policy_input_list)?,
            actions: input.action_names.need(),
            resources: input.resource_arns.unwrap_or_default(),
            resource_policy: input.resource_policy,
            resource_owner: input.resource_owner,
            caller: input.caller_arn,
            context: context(input.context_entries),
        };
        let outcomes = iam.simulate_principal(call.account(), &input.policy_source_arn.need(), &simulation).await?;
        answer(iam, outcomes, input.marker, input.max_items)?
    },
}

operation! {
    /// Simulates what policies would allow. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulateCustomPolicy.html>
    "iam" SimulateCustomPolicy(SimulateCustomPolicyRequest) -> SimulatePolicyResponse,
    asks |_iam, _call, _input| Target::any(),
    does |iam, call, input| {
        let simulation = Simulation {
            documents: input.policy_input_list.need(),
            boundary: boundary(input.permissions_boundary_policy_input_list)?,
            actions: input.action_names.need(),
            resources: input.resource_arns.unwrap_or_default(),
            resource_policy: input.resource_policy,
            resource_owner: input.resource_owner,
            caller: input.caller_arn,
            context: context(input.context_entries),
        };
        let outcomes = iam.simulate_custom(call.account(), &simulation)?;
        answer(iam, outcomes, input.marker, input.max_items)?
    },
}

operation! {
    /// Tells which condition keys policies ask for. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetContextKeysForCustomPolicy.html>
    "iam" GetContextKeysForCustomPolicy(GetContextKeysForCustomPolicyRequest) -> GetContextKeysForPolicyResponse,
    asks |_iam, _call, _input| Target::any(),
    does |iam, _call, input| {
        let names = iam.context_keys(&input.policy_input_list.need())?;
        GetContextKeysForPolicyResponse { context_key_names: Some(names) }
    },
}

operation! {
    /// Tells which condition keys a principal's policies ask for.
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetContextKeysForPrincipalPolicy.html>
    "iam" GetContextKeysForPrincipalPolicy(GetContextKeysForPrincipalPolicyRequest) -> GetContextKeysForPolicyResponse,
    asks |_iam, _call, input| Target::of(input.policy_source_arn.clone().unwrap_or_default()),
    does |iam, call, input| {
        let (rights, ..) = iam.simulated(call.account(), &input.policy_source_arn.need()).await?;
        let mut texts = input.policy_input_list.unwrap_or_default();
        texts.extend(rights.identity.iter().map(|held| held.document.text().to_owned()));
        GetContextKeysForPolicyResponse { context_key_names: Some(iam.context_keys(&texts)?) }
    },
}

fn boundary(given: Option<Vec<String>>) -> Result<Option<String>, Fault> {
    let mut given = given.unwrap_or_default();
    if given.len() > 1 {
        let text = "You can specify only one permissions boundary.";
        return Err(Error::new(Why::InvalidInput, text).into());
    }
    Ok(given.pop())
}

fn context(given: Option<Vec<ContextEntry>>) -> Vec<(String, Vec<String>)> {
    let pair = |entry: ContextEntry| {
        (entry.context_key_name.unwrap_or_default(), entry.context_key_values.unwrap_or_default())
    };
    given.unwrap_or_default().into_iter().map(pair).collect()
}

fn answer(
    iam: &Identity,
    outcomes: Vec<Outcome>,
    marker: Option<String>,
    items_max: Option<i32>,
) -> Result<SimulatePolicyResponse, Fault> {
    let cut = page(iam, "simulation", in_order(outcomes), marker.as_deref(), items_max)?;
    let results = cut.items.into_iter().map(result).collect();
    Ok(SimulatePolicyResponse {
        evaluation_results: Some(results),
        is_truncated: cut.is_truncated,
        marker: cut.marker,
    })
}

fn result(outcome: Outcome) -> EvaluationResult {
    EvaluationResult {
        eval_action_name: Some(outcome.action),
        eval_resource_name: Some(outcome.resource),
        eval_decision: Some(outcome.decision.to_owned()),
        matched_statements: Some(outcome.matched.into_iter().map(statement).collect()),
        missing_context_values: Some(outcome.missing),
        permissions_boundary_decision_detail: outcome.boundary_allows.map(|allows| {
            PermissionsBoundaryDecisionDetail { allowed_by_permissions_boundary: Some(allows) }
        }),
        eval_decision_details: Some(BTreeMap::new()),
        ..EvaluationResult::default()
    }
}

fn statement(matched: Matched) -> Statement {
    let [start, end] = matched.place.map(|(line, column)| Position {
        line: i32::try_from(line).ok(),
        column: i32::try_from(column).ok(),
    });
    let kind = if matched.of_resource { "Resource Policy" } else { "IAM Policy" };
    Statement {
        source_policy_id: Some(if matched.of_resource {
            "ResourcePolicy".to_owned()
        } else {
            matched.policy
        }),
        source_policy_type: Some(kind.to_owned()),
        start_position: Some(start),
        end_position: Some(end),
    }
}
