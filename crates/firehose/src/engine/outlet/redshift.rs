//! Amazon Redshift: objects staged in a bucket, then `COPY` (Firehose facts section 6).

use super::{Failure, Load, Shop};
use crate::tables::RedshiftDestination;

impl Shop {
    pub(super) async fn to_redshift(
        &self,
        load: Load,
        redshift: &RedshiftDestination,
    ) -> Result<(), Failure> {
        self.to_bucket(load, &redshift.remote.s3).await
    }
}
