//! What the sweep does, slice by slice.

use store::Snapshot;

use super::contents::drop_extents;
use super::multipart::COMPLETED_KEPT;
use super::{Error, S3};
use crate::tables::{COMPLETED, DROPS, Drop, Id, LAYOUTS, PARTS, SETTINGS, UPLOADS};

/// Rows of one slice.
const SLICE: usize = 500;
/// References of one slice.
const SLICE_REFERENCES: usize = 10_000;

impl S3 {
    /// Takes apart what was left to the sweep and is not being read. What fails does not keep the rest from it; the first error is returned at
    /// the end.
    pub(crate) async fn sweep_drops(&self) -> Result<(), Error> {
        let mut first_error = None;
        let (mut start, end) = DROPS.prefix(|_| {});
        loop {
            let page = DROPS.scan(&*self.snapshot(), (start, end.clone()), SLICE).await?;
            let Some((last, _)) = page.last() else { return first_error.map_or(Ok(()), Err) };
            start = store::key_after(&DROPS.key(last));
            for (id, row) in page {
                // Whoever still reads it wakes the sweep again when done.
                let Some(held) = self.pins.claim(id) else { continue };
                if let Err(error) = self.take_apart(id, row.value).await {
                    first_error.get_or_insert(error);
                }
                drop(held);
            }
        }
    }

    async fn take_apart(&self, id: Id, what: Drop) -> Result<(), Error> {
        match what {
            Drop::Parts => while self.drop_some_parts(id).await? {},
            Drop::Layout => self.drop_layout(id).await?,
            Drop::Bucket => while self.drop_some_of_bucket(id).await? {},
        }
        Ok(())
    }

    /// A slice of an upload's parts; at the end the row that says so. True while there is more.
    async fn drop_some_parts(&self, upload: Id) -> Result<bool, Error> {
        let snapshot = self.snapshot();
        let mut draft = self.draft();
        let more = self.draft_drop_of_parts(&*snapshot, &mut draft, upload).await?;
        if !more {
            draft.commit.delete(DROPS, &upload);
        }
        self.settle(draft).await?;
        Ok(more)
    }

    async fn draft_drop_of_parts(
        &self,
        snapshot: &dyn Snapshot,
        draft: &mut super::Draft,
        upload: Id,
    ) -> Result<bool, Error> {
        let range = PARTS.prefix(|key| _ = key.u128(upload.0));
        let rows = PARTS.scan(snapshot, range, SLICE).await?;
        let full_page = rows.len() == SLICE;
        for (key, row) in rows {
            if draft.commit.counts.len() > SLICE_REFERENCES {
                return Ok(true);
            }
            drop_extents(draft, &row.value.extents);
            draft.commit.delete(PARTS, &key);
        }
        Ok(full_page)
    }

    async fn drop_layout(&self, id: Id) -> Result<(), Error> {
        let snapshot = self.snapshot();
        let mut draft = self.draft();
        if let Some(layout) = LAYOUTS.get(&*snapshot, &id).await? {
            drop_extents(&mut draft, &layout.value.extents);
            draft.commit.delete(LAYOUTS, &id);
        }
        draft.commit.delete(DROPS, &id);
        self.settle(draft).await?;
        Ok(())
    }

    /// A slice of a deleted bucket's uploads, then of its settings. True while there is more.
    async fn drop_some_of_bucket(&self, bucket: Id) -> Result<bool, Error> {
        let snapshot = self.snapshot();
        let range = UPLOADS.prefix(|key| _ = key.u128(bucket.0));
        let uploads = UPLOADS.scan(&*snapshot, range, 1).await?;
        let mut draft = self.draft();
        let more = match uploads.first() {
            Some((key, _)) => {
                let parts_left = self.draft_drop_of_parts(&*snapshot, &mut draft, key.upload).await?;
                if !parts_left {
                    draft.commit.delete(UPLOADS, key);
                }
                true
            }
            None => {
                let range = SETTINGS.prefix(|key| _ = key.u128(bucket.0));
                let settings = SETTINGS.scan(&*snapshot, range, SLICE).await?;
                for (key, _) in &settings {
                    draft.commit.delete(SETTINGS, key);
                }
                if settings.is_empty() {
                    draft.commit.delete(DROPS, &bucket);
                }
                !settings.is_empty()
            }
        };
        self.settle(draft).await?;
        Ok(more)
    }

    /// Forgets uploads that were completed more than a day ago.
    pub(crate) async fn forget_completed(&self) -> Result<(), Error> {
        let now = self.now();
        let (mut start, end) = COMPLETED.prefix(|_| {});
        loop {
            let page = COMPLETED.scan(&*self.snapshot(), (start, end.clone()), SLICE).await?;
            let Some((last, _)) = page.last() else { return Ok(()) };
            start = store::key_after(&COMPLETED.key(last));
            let mut draft = self.draft();
            for (id, row) in &page {
                if now.since(row.value.time) > COMPLETED_KEPT {
                    draft.commit.delete(COMPLETED, id);
                }
            }
            if !draft.commit.writes.is_empty() {
                self.settle(draft).await?;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use base::{Clock, Random, Timestamp};
    use storage::Model;

    use super::super::objects::{Claims, Place};
    use super::super::testing::room_over;
    use crate::tables::{Attributes, Lock};

    #[tokio::test]
    async fn the_uploads_of_a_deleted_bucket_go() {
        let store = Model::new(Clock::manual(Timestamp::EPOCH), Random::seeded(1));
        let s3 = room_over(&store);
        s3.make("bucket").await;
        for key in ["a", "b"] {
            let place = Place { bucket: "bucket", key };
            let (upload, _) = s3
                .create_upload(
                    place,
                    &Attributes::default(),
                    None,
                    None,
                    Lock::default(),
                    &s3.managed().encryption,
                )
                .await
                .unwrap();
            let received = s3.receive(vec![1].into(), &Claims::default(), &s3.managed()).await.unwrap();
            s3.put_part(place, &upload, 1, &received).await.unwrap();
        }
        s3.delete_bucket("bucket").await.unwrap();
        assert_eq!(store.blob_count(), 2);
        s3.sweep_drops().await.unwrap();
        assert_eq!(store.blob_count(), 0);
    }
}
