//! GetObjectAttributes.

use service::{Access, Call, Fault, Operation};
use wire::Need;

use super::encryption::{customer_headers, unlock};
use super::shared::{
    class_name, count, not_found, object_access, page_limit, seconds, show_checksum, size, version_text,
    wanted,
};
use crate::engine::checksum::text;
use crate::engine::sealing::customer::Names;
use crate::engine::{Error, S3};
use crate::shapes::{
    Checksum, GetObjectAttributesOutput, GetObjectAttributesParts, GetObjectAttributesRequest,
    OBJECT_ATTRIBUTES, ObjectPart,
};
use crate::tables::{ChecksumKind, Contents, Object, PARTS, PartKey};

/// Tells what is known of an object. <https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObjectAttributes.html>
pub struct GetObjectAttributes;

impl Operation for GetObjectAttributes {
    type Service = S3;
    type Input = GetObjectAttributesRequest;
    type Output = GetObjectAttributesOutput;
    const NAME: &'static str = "GetObjectAttributes";

    async fn access(s3: &S3, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        let actions: &[&'static str] = match input.version_id {
            None => &["s3:GetObject", "s3:GetObjectAttributes"],
            Some(_) => &["s3:GetObjectVersion", "s3:GetObjectVersionAttributes"],
        };
        let expected = input.expected_bucket_owner.as_ref();
        object_access(s3, call, input.bucket.as_ref(), input.key.as_ref(), expected, actions).await
    }

    async fn run(s3: &S3, call: &Call, mut input: Self::Input) -> Result<Self::Output, Fault> {
        let customer = customer_headers!(input).parse(call, Names::OBJECT)?;
        let asked = wanted(input.version_id.as_ref())?;
        let names = input.object_attributes.need();
        if names.is_empty() || names.iter().any(|name| !OBJECT_ATTRIBUTES.contains(&name.as_str())) {
            let text = "Invalid attribute name specified.";
            return Err(Error::argument("x-amz-object-attributes", names.join(","), text).into());
        }
        let wants = |name: &str| names.iter().any(|wanted| wanted == name);
        let (name, key) = (input.bucket.need(), input.key.need());
        let snapshot = s3.snapshot();
        let bucket = s3.find_bucket(&*snapshot, &name).await?.value;
        let object = match s3.find_version(&*snapshot, &bucket, &key, asked).await {
            Ok(found) => found.row.value,
            Err(error) => return Err(not_found(call, &name, bucket.owner, error).await),
        };
        if object.encryption.kms_key().is_none() {
            s3.opener(&object.encryption, &bucket.region, &unlock(call, customer.as_ref())).await?;
        }
        let parts = if wants("ObjectParts") {
            let limit = page_limit("max-parts", input.max_parts)?;
            parts(s3, &object, input.part_number_marker.unwrap_or(0), limit).await?
        } else {
            None
        };
        Ok(GetObjectAttributesOutput {
            last_modified: Some(seconds(object.modified)),
            etag: wants("ETag").then(|| object.etag.bare()),
            checksum: if wants("Checksum") { checksum(&object) } else { None },
            object_parts: parts,
            storage_class: wants("StorageClass").then(|| class_name(object.attributes.class).to_owned()),
            object_size: wants("ObjectSize").then_some(size(object.bytes)),
            version_id: version_text(&bucket, object.version),
            ..GetObjectAttributesOutput::default()
        })
    }
}

/// The checksum, here without the number of parts.
fn checksum(object: &Object) -> Option<Checksum> {
    let stored = object.checksum?;
    let mut shown = Checksum { checksum_type: Some(stored.kind.name().to_owned()), ..Checksum::default() };
    show_checksum!(shown, stored.sum.algorithm(), text(&stored.sum));
    Some(shown)
}

/// The parts: how many there are, and for composite checksums each of them.
async fn parts(
    s3: &S3,
    object: &Object,
    marker: i32,
    limit: usize,
) -> Result<Option<GetObjectAttributesParts>, Error> {
    let Some(total) = object.contents.part_count() else { return Ok(None) };
    let total_parts_count = i32::try_from(total).ok();
    let composite = object.checksum.is_some_and(|checksum| checksum.kind == ChecksumKind::Composite);
    let Contents::Parts { upload, .. } = &object.contents else { return Ok(None) };
    if !composite {
        return Ok(Some(GetObjectAttributesParts {
            total_parts_count,
            ..GetObjectAttributesParts::default()
        }));
    }
    let snapshot = s3.snapshot();
    let after = usize::try_from(marker).unwrap_or(0);
    let mut shown = Vec::new();
    for (index, (number, range)) in (1..).zip(object.contents.part_ranges()).skip(after).take(limit) {
        let row = PARTS.get(&*snapshot, &PartKey { upload: *upload, number }).await?;
        let mut part = ObjectPart {
            part_number: Some(index),
            size: Some(size(range.end - range.start)),
            ..ObjectPart::default()
        };
        if let Some(row) = row {
            show_checksum!(part, row.value.sum.algorithm(), text(&row.value.sum));
        }
        shown.push(part);
    }
    let last = shown.last().and_then(|part| part.part_number).unwrap_or(0);
    Ok(Some(GetObjectAttributesParts {
        total_parts_count,
        part_number_marker: Some(marker),
        next_part_number_marker: Some(last),
        max_parts: Some(count(limit)),
        is_truncated: Some(total_parts_count.is_some_and(|total| !shown.is_empty() && last < total)),
        parts: Some(shown).filter(|parts| !parts.is_empty()),
    }))
}
