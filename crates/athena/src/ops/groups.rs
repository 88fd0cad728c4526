//! Operations on work groups.

use base::Timestamp;
use service::Access;
use wire::Need;

use super::access::{self, place};
use super::operation::operation;
use super::pages;
use crate::engine::Error;
use crate::engine::groups::{ENGINE_VERSION, engine_version};
use crate::engine::tags::checked;
use crate::shapes::*;
use crate::tables::{GroupRow, TagsRow};

/// Groups of one answer.
const GROUPS_MAX: usize = 50;

operation! {
    /// Creates a work group. <https://docs.aws.amazon.com/athena/latest/APIReference/API_CreateWorkGroup.html>
    CreateWorkGroup(CreateWorkGroupInput) -> CreateWorkGroupOutput;
    access(_athena, call, input) {
        let name = input.name.clone().unwrap_or_default();
        let tags = super::tags::map(input.tags.as_deref());
        let asked = access::group(call, "athena:CreateWorkGroup", &name);
        asked.into_iter().map(|one: Access| one.tagging(&tags)).collect()
    }
    run(athena, call, input) {
        let mut configuration = input.configuration.unwrap_or_default();
        configuration.enforce_work_group_configuration.get_or_insert(true);
        configuration.publish_cloud_watch_metrics_enabled.get_or_insert(false);
        configuration.requester_pays_enabled.get_or_insert(false);
        configuration.enable_minimum_encryption_configuration.get_or_insert(false);
        configuration.result_configuration.get_or_insert_default();
        configuration.engine_version = Some(version(configuration.engine_version.as_ref())?);
        check_location(configuration.result_configuration.as_ref())?;
        let row = GroupRow {
            enabled: true,
            description: input.description,
            configuration: wire::keep(&configuration),
            created_micros: athena.now().as_micros(),
        };
        let tags = TagsRow { tags: checked(super::tags::map(input.tags.as_deref()))? };
        athena.create_group(&place(call).named(&input.name.need()), &row, tags).await?;
        Ok(CreateWorkGroupOutput::default())
    }
}

operation! {
    /// A work group. <https://docs.aws.amazon.com/athena/latest/APIReference/API_GetWorkGroup.html>
    GetWorkGroup(GetWorkGroupInput) -> GetWorkGroupOutput;
    access(_athena, call, input) {
        access::group(call, "athena:GetWorkGroup", input.work_group.as_deref().unwrap_or_default())
    }
    run(athena, call, input) {
        let name = input.work_group.need();
        let row = athena.group(&place(call).named(&name)).await?;
        let group = WorkGroup {
            name: Some(name),
            state: Some(state(&row)),
            configuration: Some(row.configuration()?),
            creation_time: created(&row),
            description: row.description,
            identity_center_application_arn: None,
        };
        Ok(GetWorkGroupOutput { work_group: Some(group) })
    }
}

operation! {
    /// Work groups. <https://docs.aws.amazon.com/athena/latest/APIReference/API_ListWorkGroups.html>
    ListWorkGroups(ListWorkGroupsInput) -> ListWorkGroupsOutput;
    access(_athena, call, _input) { vec![Access::any("athena:ListWorkGroups", call.caller())] }
    run(athena, call, input) {
        let purpose = pages::purpose(call, "ListWorkGroups", "");
        let after = pages::open(athena, &purpose, input.next_token.as_ref())?;
        let all = athena.groups(&place(call)).await?.into_iter();
        let rest = all.filter(|(name, _)| after.as_ref().is_none_or(|after| name > after));
        let page = base::Page::take(rest, pages::limit(input.max_results, GROUPS_MAX));
        let next = page.items.last().filter(|_| page.more).map(|(name, _)| pages::seal(athena, &purpose, name));
        let mut groups = Vec::with_capacity(page.items.len());
        for (name, row) in page.items {
            groups.push(WorkGroupSummary {
                name: Some(name),
                state: Some(state(&row)),
                creation_time: created(&row),
                engine_version: row.configuration()?.engine_version,
                description: row.description,
                identity_center_application_arn: None,
            });
        }
        Ok(ListWorkGroupsOutput { work_groups: Some(groups), next_token: next })
    }
}

operation! {
    /// Changes a work group. <https://docs.aws.amazon.com/athena/latest/APIReference/API_UpdateWorkGroup.html>
    UpdateWorkGroup(UpdateWorkGroupInput) -> UpdateWorkGroupOutput;
    access(_athena, call, input) {
        access::group(call, "athena:UpdateWorkGroup", input.work_group.as_deref().unwrap_or_default())
    }
    run(athena, call, input) {
        let name = input.work_group.clone().need();
        let change = |row: &mut GroupRow| {
            if let Some(description) = &input.description {
                row.description = Some(description.clone());
            }
            if let Some(state) = &input.state {
                row.enabled = state == "ENABLED";
            }
            if let Some(updates) = &input.configuration_updates {
                let mut configuration = row.configuration()?;
                // Shapes are not cloned, and a change may be decided more than once.
                let updates = wire::kept(&wire::keep(updates)).map_err(|_| Error::invalid("The updates cannot be read."))?;
                update(&mut configuration, updates)?;
                row.configuration = wire::keep(&configuration);
            }
            Ok(())
        };
        athena.change_group(&place(call).named(&name), change).await?;
        Ok(UpdateWorkGroupOutput::default())
    }
}

operation! {
    /// Deletes a work group. <https://docs.aws.amazon.com/athena/latest/APIReference/API_DeleteWorkGroup.html>
    DeleteWorkGroup(DeleteWorkGroupInput) -> DeleteWorkGroupOutput;
    access(_athena, call, input) {
        access::group(call, "athena:DeleteWorkGroup", input.work_group.as_deref().unwrap_or_default())
    }
    run(athena, call, input) {
        let recursive = input.recursive_delete_option == Some(true);
        athena.delete_group(&place(call).named(&input.work_group.need()), recursive).await?;
        Ok(DeleteWorkGroupOutput::default())
    }
}

operation! {
    /// Versions of the engine: there is one. <https://docs.aws.amazon.com/athena/latest/APIReference/API_ListEngineVersions.html>
    ListEngineVersions(ListEngineVersionsInput) -> ListEngineVersionsOutput;
    access(_athena, call, _input) { vec![Access::any("athena:ListEngineVersions", call.caller())] }
    run(_athena, _call, _input) {
        let versions = vec![engine_version(None), engine_version(Some(ENGINE_VERSION))];
        Ok(ListEngineVersionsOutput { engine_versions: Some(versions), next_token: None })
    }
}

fn state(row: &GroupRow) -> String {
    if row.enabled { "ENABLED" } else { "DISABLED" }.to_owned()
}

fn created(row: &GroupRow) -> Option<Timestamp> {
    (row.created_micros != 0).then(|| Timestamp::from_micros(row.created_micros).cut_to_millis())
}

/// The version that is asked for.
fn version(asked: Option<&EngineVersion>) -> Result<EngineVersion, Error> {
    let selected = asked.and_then(|asked| asked.selected_engine_version.as_deref());
    match selected {
        None | Some("AUTO" | ENGINE_VERSION) => Ok(engine_version(selected)),
        Some(other) => Err(Error::invalid(format!("Engine version {other} is not supported here."))),
    }
}

fn check_location(configuration: Option<&ResultConfiguration>) -> Result<(), Error> {
    let location = configuration.and_then(|configuration| configuration.output_location.as_deref());
    match location {
        Some(location) if crate::engine::queries::bucket_and_key(location).is_none() => {
            Err(Error::invalid("outputLocation is not a valid S3 path."))
        }
        Some(_) | None => Ok(()),
    }
}

/// Lays changes over a configuration: what is not named stays.
fn update(of: &mut WorkGroupConfiguration, updates: WorkGroupConfigurationUpdates) -> Result<(), Error> {
    fn set<T>(member: &mut Option<T>, update: Option<T>) {
        if update.is_some() {
            *member = update;
        }
    }
    set(&mut of.enforce_work_group_configuration, updates.enforce_work_group_configuration);
    set(&mut of.publish_cloud_watch_metrics_enabled, updates.publish_cloud_watch_metrics_enabled);
    set(&mut of.requester_pays_enabled, updates.requester_pays_enabled);
    set(&mut of.bytes_scanned_cutoff_per_query, updates.bytes_scanned_cutoff_per_query);
    if updates.remove_bytes_scanned_cutoff_per_query == Some(true) {
        of.bytes_scanned_cutoff_per_query = None;
    }
    set(&mut of.additional_configuration, updates.additional_configuration);
    set(&mut of.execution_role, updates.execution_role);
    set(&mut of.enable_minimum_encryption_configuration, updates.enable_minimum_encryption_configuration);
    if let Some(asked) = &updates.engine_version {
        of.engine_version = Some(version(Some(asked))?);
    }
    if let Some(changes) = updates.result_configuration_updates {
        let result = of.result_configuration.get_or_insert_default();
        let removed = |flag: Option<bool>| flag == Some(true);
        if removed(changes.remove_output_location) {
            result.output_location = None;
        }
        if removed(changes.remove_encryption_configuration) {
            result.encryption_configuration = None;
        }
        if removed(changes.remove_expected_bucket_owner) {
            result.expected_bucket_owner = None;
        }
        if removed(changes.remove_acl_configuration) {
            result.acl_configuration = None;
        }
        set(&mut result.output_location, changes.output_location);
        set(&mut result.encryption_configuration, changes.encryption_configuration);
        set(&mut result.expected_bucket_owner, changes.expected_bucket_owner);
        set(&mut result.acl_configuration, changes.acl_configuration);
    }
    check_location(of.result_configuration.as_ref())
}
