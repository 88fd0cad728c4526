//! Lists what lies under a path, and looks at the beginnings (and footers) of a few files.

use std::collections::BTreeMap;

use ports::ObjectRef;

use super::exclusions::Exclusions;
use super::{Crawl, Ended};
use crate::engine::crawler::classify::{Classified, HEAD_BYTES, Sample, classify, has_footer};
use crate::engine::crawler::headers::parquet_footer_bytes;
use crate::engine::crawler::kinds::union;
use crate::engine::crawler::layout::Leaf;

/// Folders of one crawl.
const FOLDERS_MAX: usize = 100_000;
/// Bytes of a footer that are read at first; most are shorter.
const FOOTER_BYTES: u64 = 64 << 10;
/// The longest footer that is read.
const FOOTER_MAX: u64 = 32 << 20;

/// Files of a folder.
#[derive(Default)]
pub(super) struct Folder {
    samples: Vec<(String, u64)>,
    objects: u64,
    bytes: u64,
}

impl Crawl<'_> {
    /// Folders with files, by their path from the prefix.
    pub(super) async fn folders(
        &self,
        bucket: &str,
        prefix: &str,
        excluded: &Exclusions,
        samples: usize,
    ) -> Result<BTreeMap<Vec<String>, Folder>, Ended> {
        let mut folders: BTreeMap<Vec<String>, Folder> = BTreeMap::new();
        let mut after: Option<String> = None;
        loop {
            self.go_on().await?;
            let page =
                self.glue.objects.list(&self.role, &self.region, bucket, prefix, after.as_deref()).await?;
            after = page.objects.last().map(|object| object.key.clone());
            for object in page.objects {
                let Some(below) = object.key.strip_prefix(prefix) else { continue };
                // `people` must not take in `people2`; a key that is the prefix is a file.
                let is_file = below.is_empty() && !object.key.ends_with('/');
                if !(is_file || prefix.is_empty() || prefix.ends_with('/') || below.starts_with('/')) {
                    continue;
                }
                let below = below.trim_start_matches('/');
                let mut parts: Vec<String> = below.split('/').map(str::to_owned).collect();
                let file = parts.pop().unwrap_or_default();
                let hidden = |name: &String| name.starts_with('_') || name.starts_with('.');
                let is_data = (is_file || !file.is_empty()) && object.bytes > 0;
                if !is_data || hidden(&file) || parts.iter().any(hidden) || excluded.takes(below) {
                    continue;
                }
                if folders.len() >= FOLDERS_MAX {
                    return Err(Ended::Failed(format!("More than {FOLDERS_MAX} folders.")));
                }
                let folder = folders.entry(parts).or_default();
                folder.objects += 1;
                folder.bytes += object.bytes;
                if folder.samples.len() < samples {
                    folder.samples.push((object.key, object.bytes));
                }
            }
            if !page.more {
                return Ok(folders);
            }
        }
    }

    /// What the files of each folder are; folders of files that nobody knows are left out.
    pub(super) async fn leaves(
        &self,
        bucket: &str,
        folders: BTreeMap<Vec<String>, Folder>,
    ) -> Result<Vec<Leaf>, Ended> {
        let mut leaves = Vec::new();
        for (path, folder) in folders {
            self.go_on().await?;
            let mut what: Option<Classified> = None;
            let looked_at = folder.samples.len() as u64;
            for (key, bytes) in &folder.samples {
                let Some(found) = self.look(bucket, key, *bytes).await? else { continue };
                what = Some(match what {
                    None => found,
                    Some(mut so_far) if so_far.is_like(&found, 0.0) => {
                        so_far.columns = union(so_far.columns, found.columns);
                        so_far.rows += found.rows;
                        so_far
                    }
                    Some(so_far) => so_far,
                });
            }
            if let Some(mut what) = what {
                // Rows of files that were not looked at are as many as in those that were.
                what.rows = what.rows * folder.objects / looked_at.max(1);
                leaves.push(Leaf { path, what, objects: folder.objects, bytes: folder.bytes });
            }
        }
        Ok(leaves)
    }

    /// What one file is.
    async fn look(&self, bucket: &str, key: &str, bytes: u64) -> Result<Option<Classified>, Ended> {
        let object = || ObjectRef { bucket: bucket.to_owned(), key: key.to_owned(), version: None };
        let objects = &self.glue.objects;
        let head = objects.read_range(&self.role, &self.region, object(), 0..HEAD_BYTES).await?;
        let mut tail = Vec::new();
        if has_footer(&head) {
            let mut from = bytes.saturating_sub(FOOTER_BYTES);
            tail = objects.read_range(&self.role, &self.region, object(), from..bytes).await?.to_vec();
            let wanted = parquet_footer_bytes(&tail).unwrap_or(FOOTER_BYTES).min(FOOTER_MAX);
            if wanted > tail.len() as u64 {
                from = bytes.saturating_sub(wanted);
                tail = objects.read_range(&self.role, &self.region, object(), from..bytes).await?.to_vec();
            }
        }
        let sample = Sample { whole: head.len() as u64 >= bytes, head: head.to_vec(), tail };
        let custom = self.plan.classifiers.clone();
        let judged = tokio::task::spawn_blocking(move || classify(&sample, &custom)).await;
        judged.map_err(|error| Ended::Failed(error.to_string()))
    }
}
