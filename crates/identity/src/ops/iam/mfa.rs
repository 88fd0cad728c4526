//! Virtual MFA devices.
//!
//! Differs: no picture of the seed is made (`QRCodePNG`). The root's device is enabled by the root itself, under the user name `root` (if no user has
//! it), because there is no console to do it in.

use bytes::Bytes;
use service::Call;
use wire::Need;

use super::shown::{about, about_user, listed_user, page, shown_tags, tag_list, tags};
use crate::engine::Identity;
use crate::engine::error::{Error, Why};
use crate::engine::mfa::Device;
use crate::ops::{Target, operation};
use crate::shapes::iam::*;
use crate::tables::{Kind, MfaHolder};

/// A device as the thing asked about.
fn by_serial(serial: Option<&String>) -> Target {
    Target::of(serial.cloned().unwrap_or_else(|| "*".to_owned()))
}

/// Whom a call means: the named user, or the caller.
async fn holder(iam: &Identity, call: &Call, name: Option<&str>) -> Result<MfaHolder, Error> {
    let by_root = call.caller().principal.kind == ports::PrincipalKind::Root;
    match name {
        None if by_root => Ok(MfaHolder::Root),
        None => {
            let name = super::shown::user_name(call, None)?;
            iam.holder_named(call.account(), &name, false).await
        }
        Some(name) => iam.holder_named(call.account(), name, by_root).await,
    }
}

operation! {
    /// Makes a device, and tells its seed once. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateVirtualMFADevice.html>
    "iam" CreateVirtualMFADevice(CreateVirtualMFADeviceRequest) -> CreateVirtualMFADeviceResponse,
    asks |_iam, call, input| {
        let (path, name) = (input.path.as_deref().unwrap_or("/"), input.virtual_mfa_device_name.as_deref());
        let serial = format!("arn:aws:iam::{}:mfa{path}{}", call.account(), name.unwrap_or_default());
        Target::of(serial).request_tags(input.tags.as_ref())
    },
    does |iam, call, input| {
        let (name, tags) = (input.virtual_mfa_device_name.need(), tags(input.tags)?);
        let shown = shown_tags(&tags);
        let device = iam.create_device(call.account(), input.path, name, tags).await?;
        CreateVirtualMFADeviceResponse {
            virtual_mfa_device: Some(VirtualMFADevice {
                serial_number: Some(device.serial),
                base32_string_seed: Some(Bytes::from(device.seed)),
                tags: shown,
                ..VirtualMFADevice::default()
            }),
        }
    },
}

operation! {
    /// Makes a device somebody's. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_EnableMFADevice.html>
    "iam" EnableMFADevice(EnableMFADeviceRequest) -> (),
    asks |iam, call, input| about(iam, call, Kind::User, input.user_name.as_deref()).await?,
    does |iam, call, input| {
        let holder = holder(iam, call, input.user_name.as_deref()).await?;
        let (one, two) = (input.authentication_code1.need(), input.authentication_code2.need());
        iam.enable_device(call.account(), &input.serial_number.need(), holder, [&one, &two]).await?
    },
}

operation! {
    /// Takes note of a device's clock. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ResyncMFADevice.html>
    "iam" ResyncMFADevice(ResyncMFADeviceRequest) -> (),
    asks |iam, call, input| about(iam, call, Kind::User, input.user_name.as_deref()).await?,
    does |iam, call, input| {
        let holder = holder(iam, call, input.user_name.as_deref()).await?;
        let (one, two) = (input.authentication_code1.need(), input.authentication_code2.need());
        iam.resync_device(call.account(), &input.serial_number.need(), &holder, [&one, &two]).await?
    },
}

operation! {
    /// Makes a device nobody's. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeactivateMFADevice.html>
    "iam" DeactivateMFADevice(DeactivateMFADeviceRequest) -> (),
    asks |iam, call, input| about_user(iam, call, input.user_name.as_ref()).await?,
    does |iam, call, input| {
        let holder = holder(iam, call, input.user_name.as_deref()).await?;
        iam.deactivate_device(call.account(), &input.serial_number.need(), &holder).await?
    },
}

operation! {
    /// Removes a device that is nobody's. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteVirtualMFADevice.html>
    "iam" DeleteVirtualMFADevice(DeleteVirtualMFADeviceRequest) -> (),
    asks |_iam, _call, input| by_serial(input.serial_number.as_ref()),
    does |iam, call, input| iam.delete_device(call.account(), &input.serial_number.need()).await?,
}

operation! {
    /// Tells of a device. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetMFADevice.html>
    "iam" GetMFADevice(GetMFADeviceRequest) -> GetMFADeviceResponse,
    asks |iam, call, input| about_user(iam, call, input.user_name.as_ref()).await?,
    does |iam, call, input| {
        let serial = input.serial_number.need();
        let device = iam.device(call.account(), &serial).await?;
        if let Some(name) = &input.user_name
            && device.user_name().is_none_or(|user| !user.eq_ignore_ascii_case(name))
        {
            return Err(Error::new(Why::NoSuchEntity, "MFA Device invalid for user.").into());
        }
        GetMFADeviceResponse {
            user_name: device.user_name(),
            enable_date: device.enabled(),
            serial_number: Some(device.serial),
            certifications: None,
        }
    },
}

operation! {
    /// Lists a user's devices. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListMFADevices.html>
    "iam" ListMFADevices(ListMFADevicesRequest) -> ListMFADevicesResponse,
    asks |iam, call, input| about_user(iam, call, input.user_name.as_ref()).await?,
    does |iam, call, input| {
        let holder = holder(iam, call, input.user_name.as_deref()).await?;
        let devices = iam.devices_of(call.account(), &holder).await?;
        let all = devices.into_iter().map(|device| (device.serial.clone(), device));
        let cut = page(iam, "mfa devices", all, input.marker.as_deref(), input.max_items)?;
        let shown = |device: Device| MFADevice {
            user_name: device.user_name(),
            enable_date: device.enabled(),
            serial_number: Some(device.serial),
        };
        ListMFADevicesResponse {
            mfa_devices: Some(cut.items.into_iter().map(shown).collect()),
            is_truncated: cut.is_truncated,
            marker: cut.marker,
        }
    },
}

operation! {
    /// Lists the account's devices. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListVirtualMFADevices.html>
    "iam" ListVirtualMFADevices(ListVirtualMFADevicesRequest) -> ListVirtualMFADevicesResponse,
    asks |_iam, _call, _input| Target::any(),
    does |iam, call, input| {
        let status = input.assignment_status.as_deref();
        let wanted = |device: &Device| match status {
            Some("Assigned") => device.row.holder.is_some(),
            Some("Unassigned") => device.row.holder.is_none(),
            Some(_) | None => true,
        };
        let devices = iam.devices(call.account()).await?.into_iter().filter(wanted);
        let all = devices.map(|device| (device.serial.clone(), device));
        let cut = page(iam, "virtual mfa devices", all, input.marker.as_deref(), input.max_items)?;
        let shown = |device: Device| VirtualMFADevice {
            user: match (&device.user, &device.row.holder) {
                (Some(user), _) => Some(listed_user(call.account(), user)),
                (None, Some(MfaHolder::Root)) => Some(User {
                    user_id: Some(call.account().to_string()),
                    arn: Some(format!("arn:aws:iam::{}:root", call.account())),
                    ..User::default()
                }),
                (None, Some(MfaHolder::User(_)) | None) => None,
            },
            enable_date: device.enabled(),
            serial_number: Some(device.serial),
            ..VirtualMFADevice::default()
        };
        ListVirtualMFADevicesResponse {
            virtual_mfa_devices: Some(cut.items.into_iter().map(shown).collect()),
            is_truncated: cut.is_truncated,
            marker: cut.marker,
        }
    },
}

operation! {
    /// Adds tags to a device. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_TagMFADevice.html>
    "iam" TagMFADevice(TagMFADeviceRequest) -> (),
    asks |_iam, _call, input| by_serial(input.serial_number.as_ref()).request_tags(input.tags.as_ref()),
    does |iam, call, input| {
        iam.tag_device(call.account(), &input.serial_number.need(), tags(input.tags)?).await?
    },
}

operation! {
    /// Takes tags from a device. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_UntagMFADevice.html>
    "iam" UntagMFADevice(UntagMFADeviceRequest) -> (),
    asks |_iam, _call, input| by_serial(input.serial_number.as_ref()).tag_keys(input.tag_keys.as_ref()),
    does |iam, call, input| {
        iam.untag_device(call.account(), &input.serial_number.need(), &input.tag_keys.need()).await?
    },
}

operation! {
    /// Lists a device's tags. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListMFADeviceTags.html>
    "iam" ListMFADeviceTags(ListMFADeviceTagsRequest) -> ListMFADeviceTagsResponse,
    asks |_iam, _call, input| by_serial(input.serial_number.as_ref()),
    does |iam, call, input| {
        let row = iam.device(call.account(), &input.serial_number.need()).await?.row;
        let all = row.tags.keys().cloned().zip(tag_list(&row.tags));
        let cut = page(iam, "mfa device tags", all, input.marker.as_deref(), input.max_items)?;
        ListMFADeviceTagsResponse { tags: Some(cut.items), is_truncated: cut.is_truncated, marker: cut.marker }
    },
}
