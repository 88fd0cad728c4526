//! What buckets say to scripts of other origins: [`ports::Origins`].

use futures_util::future::BoxFuture;
use ports::{CrossOrigin, OriginAllowed, OriginAnswer, Origins};

use crate::engine::{Error, S3, cors};

impl Origins for S3 {
    fn judge<'a>(&'a self, asked: CrossOrigin<'a>) -> BoxFuture<'a, OriginAnswer> {
        Box::pin(async move {
            match self.judge_origin(asked).await {
                Ok(answer) => answer,
                Err(Error::NoSuchBucket(_) | Error::InvalidBucketName(_)) => OriginAnswer::NoBucket,
                Err(error) => {
                    tracing::warn!(%error, "the rules of a bucket cannot be read");
                    OriginAnswer::NoRules
                }
            }
        })
    }
}

impl S3 {
    async fn judge_origin(&self, asked: CrossOrigin<'_>) -> Result<OriginAnswer, Error> {
        let bucket = self.find_bucket(&*self.snapshot(), asked.bucket).await?;
        let settings = self.settings_of(&bucket).await?;
        let Some(rules) = &settings.cors else { return Ok(OriginAnswer::NoRules) };
        let Some(rule) = cors::choose(rules, asked.origin, asked.method, asked.headers) else {
            return Ok(OriginAnswer::Refused);
        };
        Ok(OriginAnswer::Allowed(OriginAllowed {
            any_origin: rule.origins.iter().any(|origin| origin == "*"),
            methods: rule.methods.join(", "),
            exposed: rule.exposed.as_ref().map(|exposed| exposed.join(", ")),
            seconds_max: rule.seconds_max,
        }))
    }
}
