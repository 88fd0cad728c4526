//! Access keys of users and of the root.

use base::Timestamp;
use wire::Need;

use super::shown::{about, about_user, in_order, key_owner, page};
use crate::engine::error::{Error, Why};
use crate::ops::{Target, operation};
use crate::shapes::iam::*;
use crate::tables::{KeyStatus, Kind};

operation! {
    /// Makes an access key; the only time that its secret is told.
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateAccessKey.html>
    "iam" CreateAccessKey(CreateAccessKeyRequest) -> CreateAccessKeyResponse,
    asks |iam, call, input| about_user(iam, call, input.user_name.as_ref()).await?,
    does |iam, call, input| {
        let owner = key_owner(call, input.user_name)?;
        let key = iam.create_key(call.account(), owner.as_deref()).await?;
        CreateAccessKeyResponse {
            access_key: Some(AccessKey {
                user_name: Some(key.user.unwrap_or_else(|| "root".to_owned())),
                access_key_id: Some(key.id),
                status: Some(KeyStatus::Active.name().to_owned()),
                secret_access_key: Some(String::from_utf8_lossy(key.secret.expose()).into_owned()),
                create_date: Some(key.created),
            }),
        }
    },
}

operation! {
    /// Lists access keys. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListAccessKeys.html>
    "iam" ListAccessKeys(ListAccessKeysRequest) -> ListAccessKeysResponse,
    asks |iam, call, input| about_user(iam, call, input.user_name.as_ref()).await?,
    does |iam, call, input| {
        let owner = key_owner(call, input.user_name)?;
        let keys = iam.keys(call.account(), owner.as_deref()).await?;
        let name = owner.unwrap_or_else(|| "root".to_owned());
        let shown = page(iam, "access keys", in_order(keys), input.marker.as_deref(), input.max_items)?;
        let metadata = shown.items.into_iter().map(|key| AccessKeyMetadata {
            user_name: Some(name.clone()),
            access_key_id: Some(key.id),
            status: Some(key.status.name().to_owned()),
            create_date: Some(key.created),
        });
        ListAccessKeysResponse {
            access_key_metadata: Some(metadata.collect()),
            is_truncated: shown.is_truncated,
            marker: shown.marker,
        }
    },
}

operation! {
    /// Switches an access key on or off. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateAccessKey.html>
    "iam" UpdateAccessKey(UpdateAccessKeyRequest) -> (),
    asks |iam, call, input| about_user(iam, call, input.user_name.as_ref()).await?,
    does |iam, call, input| {
        let owner = key_owner(call, input.user_name)?;
        let name = input.status.need();
        let status = KeyStatus::ALL.into_iter().find(|status| status.name() == name);
        let status = status.ok_or_else(|| Error::new(Why::Invalid, format!("Invalid status: {name}")))?;
        iam.set_key_status(call.account(), owner.as_deref(), &input.access_key_id.need(), status).await?
    },
}

operation! {
    /// Removes an access key. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteAccessKey.html>
    "iam" DeleteAccessKey(DeleteAccessKeyRequest) -> (),
    asks |iam, call, input| about_user(iam, call, input.user_name.as_ref()).await?,
    does |iam, call, input| {
        let owner = key_owner(call, input.user_name)?;
        iam.delete_key(call.account(), owner.as_deref(), &input.access_key_id.need()).await?
    },
}

operation! {
    /// Tells when an access key was last used. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccessKeyLastUsed.html>
    /// Differs: noted once a minute, and what the last five minutes held is lost when the process is killed.
    "iam" GetAccessKeyLastUsed(GetAccessKeyLastUsedRequest) -> GetAccessKeyLastUsedResponse,
    asks |iam, call, input| {
        let id = input.access_key_id.clone().unwrap_or_default();
        match iam.key_owner(&id).await? {
            Some((account, Some(user))) if account == call.account() => {
                about(iam, call, Kind::User, Some(&user.name)).await?
            }
            Some(_) | None => Target::any(),
        }
    },
    does |iam, call, input| {
        let id = input.access_key_id.need();
        let owner = iam.key_owner(&id).await?.filter(|(account, _)| *account == call.account());
        let Some((_, user)) = owner else {
            let text = format!("The Access Key with id {id} cannot be found.");
            return Err(Error::new(Why::NoSuchEntity, text).into());
        };
        let none = || Some("N/A".to_owned());
        let used = match iam.last_use(&id).await? {
            Some(used) => AccessKeyLastUsed {
                last_used_date: Some(Timestamp::from_micros(used.used_micros).cut_to_secs()),
                service_name: Some(used.service),
                region: Some(used.region),
            },
            None => AccessKeyLastUsed { last_used_date: None, service_name: none(), region: none() },
        };
        GetAccessKeyLastUsedResponse {
            user_name: user.map(|user| user.name),
            access_key_last_used: Some(used),
        }
    },
}
