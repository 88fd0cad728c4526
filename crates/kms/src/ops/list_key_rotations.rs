//! ListKeyRotations.

use service::{Access, Call, Fault, Operation};

use super::{pages, shown, target};
use crate::engine::keys::Key;
use crate::engine::{Error, Kms};
use crate::shapes::RotationsListEntry;
use crate::shapes::{ListKeyRotationsRequest, ListKeyRotationsResponse};
use crate::tables::{MaterialRow, Origin, Spec};
use base::Page;

/// Lists a key's rotations, or all its material.
/// <https://docs.aws.amazon.com/kms/latest/APIReference/API_ListKeyRotations.html>
pub(crate) struct ListKeyRotations;

impl Operation for ListKeyRotations {
    type Service = Kms;
    type Input = ListKeyRotationsRequest;
    type Output = ListKeyRotationsResponse;
    const NAME: &'static str = "ListKeyRotations";

    async fn access(kms: &Kms, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        target::own_key(kms, call, input.key_id.as_ref(), "kms:ListKeyRotations").await
    }

    async fn run(kms: &Kms, call: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        let key = target::kept(call)?.key;
        if key.row.spec != Spec::Symmetric {
            return Err(Error::NotSymmetric(key.at.clone()).into());
        }
        let all = input.include_key_material.as_deref() == Some("ALL_KEY_MATERIAL");
        let purpose = format!("kms.ListKeyRotations/{}/{all}", key.arn());
        let after = pages::after(kms, &purpose, input.marker.as_ref())?;
        let after: u32 = after.and_then(|after| after.parse().ok()).unwrap_or(0);
        let limit = pages::limit(input.limit, ROTATIONS_DEFAULT, ROTATIONS_MAX)?;
        let materials = key.row.materials.iter().filter(|material| material.number > after);
        let page = Page::take(materials.filter(|material| all || material.rotated.is_some()), limit);
        let next_marker = pages::next(kms, &purpose, &page, |material| material.number.to_string());
        Ok(ListKeyRotationsResponse {
            rotations: Some(page.items.into_iter().map(|material| entry(&key, material, all)).collect()),
            next_marker,
            truncated: Some(page.more),
        })
    }
}

/// Rotations of one answer, unless the caller says otherwise, and at most (facts section 9.1).
const ROTATIONS_DEFAULT: usize = 100;
const ROTATIONS_MAX: usize = 1_000;

fn entry(key: &Key, material: &MaterialRow, all: bool) -> RotationsListEntry {
    let imported = key.row.origin == Origin::External;
    let there = material.sealed.is_some();
    let state = match key.row.current {
        Some(current) if material.number > current => "PENDING_ROTATION",
        Some(current) if material.number == current => "CURRENT",
        Some(_) | None => "NON_CURRENT",
    };
    let import_state = if there { "IMPORTED" } else { "PENDING_IMPORT" };
    let rotation = |on_demand: bool| if on_demand { "ON_DEMAND" } else { "AUTOMATIC" };
    RotationsListEntry {
        key_id: Some(key.arn()),
        key_material_id: Some(material.shown_id()),
        key_material_description: material.description.clone(),
        import_state: imported.then(|| import_state.to_owned()),
        key_material_state: all.then(|| state.to_owned()),
        expiration_model: (imported && there).then(|| shown::expiration_model(material)),
        valid_to: shown::expires(material),
        rotation_date: material.rotated.map(|rotated| shown::rotation_date(rotated.at_micros)),
        rotation_type: material.rotated.map(|rotated| rotation(rotated.on_demand).to_owned()),
    }
}
