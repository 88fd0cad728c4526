//! AddPermission, RemovePermission, GetPolicy.

use service::{Access, Call, Fault, Operation};
use wire::Need;

use super::{Lambda, fault, function_access, named};
use crate::engine::permissions::Permission;
use crate::shapes::{
    AddPermissionRequest, AddPermissionResponse, GetPolicyRequest, GetPolicyResponse, RemovePermissionRequest,
};

/// Lets somebody else use a function. <https://docs.aws.amazon.com/lambda/latest/api/API_AddPermission.html>
pub struct AddPermission;

impl Operation for AddPermission {
    type Service = Lambda;
    type Input = AddPermissionRequest;
    type Output = AddPermissionResponse;
    const NAME: &'static str = "AddPermission";

    async fn access(_: &Lambda, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        let name = input.function_name.as_ref();
        let mut access = function_access("lambda:AddPermission", call, name, input.qualifier.as_ref());
        if let Some(principal) = &input.principal {
            access = access.with("lambda:Principal", principal.clone());
        }
        if let Some(auth) = &input.function_url_auth_type {
            access = access.with("lambda:FunctionUrlAuthType", auth.clone());
        }
        Ok(vec![access])
    }

    async fn run(lambda: &Lambda, call: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        let named = named(call, &input.function_name.need(), input.qualifier.as_deref())?;
        let permission = Permission {
            id: input.statement_id.need(),
            action: input.action.need(),
            principal: input.principal.need(),
            source_arn: input.source_arn,
            source_account: input.source_account,
            token: input.event_source_token,
            organization: input.principal_org_id,
            url_auth: input.function_url_auth_type,
            via_url: input.invoked_via_function_url,
        };
        let added = lambda.engine.add_permission(&named, &permission, input.revision_id.as_deref()).await;
        Ok(AddPermissionResponse { statement: Some(added.map_err(fault::of)?) })
    }
}

/// Takes that away. <https://docs.aws.amazon.com/lambda/latest/api/API_RemovePermission.html>
pub struct RemovePermission;

impl Operation for RemovePermission {
    type Service = Lambda;
    type Input = RemovePermissionRequest;
    type Output = ();
    const NAME: &'static str = "RemovePermission";

    async fn access(_: &Lambda, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        let name = input.function_name.as_ref();
        Ok(vec![function_access("lambda:RemovePermission", call, name, input.qualifier.as_ref())])
    }

    async fn run(lambda: &Lambda, call: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        let named = named(call, &input.function_name.need(), input.qualifier.as_deref())?;
        let (id, revision) = (input.statement_id.need(), input.revision_id);
        lambda.engine.remove_permission(&named, &id, revision.as_deref()).await.map_err(fault::of)
    }
}

/// Shows a function's resource policy. <https://docs.aws.amazon.com/lambda/latest/api/API_GetPolicy.html>
pub struct GetPolicy;

impl Operation for GetPolicy {
    type Service = Lambda;
    type Input = GetPolicyRequest;
    type Output = GetPolicyResponse;
    const NAME: &'static str = "GetPolicy";

    async fn access(_: &Lambda, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        let name = input.function_name.as_ref();
        Ok(vec![function_access("lambda:GetPolicy", call, name, input.qualifier.as_ref())])
    }

    async fn run(lambda: &Lambda, call: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        let named = named(call, &input.function_name.need(), input.qualifier.as_deref())?;
        let policy = lambda.engine.policy(&named).await.map_err(fault::of)?;
        Ok(GetPolicyResponse { policy: Some(policy.document()), revision_id: Some(policy.revision) })
    }
}
