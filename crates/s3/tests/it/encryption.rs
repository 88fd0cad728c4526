//! Encryption as clients see it: headers, keys, refusals; and what lies in the store.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use base::{AccountId, Arn, Clock, Random, Region, Secret};
use futures_util::FutureExt;
use futures_util::future::{BoxFuture, ready};
use ports::{DataKey, KeyError, KeyService, KeyUse};
use s3::Settings;
use storage::Model;

use crate::harness::{Answer, Request, START, World, world, world_with_keys};
use crate::objects::sample;

const ALGORITHM: &str = "x-amz-server-side-encryption-customer-algorithm";
const KEY: &str = "x-amz-server-side-encryption-customer-key";
const MD5: &str = "x-amz-server-side-encryption-customer-key-MD5";
const METHOD: &str = "x-amz-server-side-encryption";
const KMS_KEY: &str = "x-amz-server-side-encryption-aws-kms-key-id";
const CONTEXT: &str = "x-amz-server-side-encryption-context";
const BUCKET_KEY: &str = "x-amz-server-side-encryption-bucket-key-enabled";

fn base64(bytes: impl AsRef<[u8]>) -> String {
    base64_simd::STANDARD.encode_to_string(bytes)
}

impl Request<'_> {
    fn customer(self, key: &[u8]) -> Self {
        self.header(ALGORITHM, "AES256").header(KEY, &base64(key)).header(MD5, &base64(crypt::md5(key)))
    }

    fn source_customer(self, key: &[u8]) -> Self {
        self.header("x-amz-copy-source-server-side-encryption-customer-algorithm", "AES256")
            .header("x-amz-copy-source-server-side-encryption-customer-key", &base64(key))
            .header("x-amz-copy-source-server-side-encryption-customer-key-MD5", &base64(crypt::md5(key)))
    }
}

impl World {
    async fn rule(&self, bucket: &str, rule: &str) -> Answer {
        let document = format!(
            "<ServerSideEncryptionConfiguration><Rule>{rule}</Rule></ServerSideEncryptionConfiguration>"
        );
        self.put(&format!("/{bucket}?encryption"), document).await
    }

    async fn allow_customer_keys(&self, bucket: &str) {
        let types = "<BlockedEncryptionTypes><EncryptionType>NONE</EncryptionType></BlockedEncryptionTypes>";
        self.rule(bucket, types).await.is(200);
    }
}

/// Keys as KMS would keep them: opens what it made, for whoever shows the same context.
#[derive(Default)]
struct Keys {
    made: Mutex<HashMap<Vec<u8>, Made>>,
    state: Mutex<Option<KeyError>>,
    generated: Mutex<Vec<String>>,
}

struct Made {
    plaintext: Secret,
    context: Vec<(String, String)>,
}

fn arn(key: &str) -> Arn {
    let id = key.rsplit('/').next().unwrap_or_default();
    Arn::new("kms", &Region::us_east_1(), AccountId::DEFAULT, &format!("key/{id}"))
}

impl Keys {
    fn set(&self, state: Option<KeyError>) {
        *self.state.lock().unwrap() = state;
    }

    fn refusal(&self) -> Option<KeyError> {
        self.state.lock().unwrap().clone()
    }
}

impl KeyService for Keys {
    fn generate<'a>(&'a self, key: &'a str, on: KeyUse<'a>) -> BoxFuture<'a, Result<DataKey, KeyError>> {
        assert_eq!((on.via, on.region.as_str()), ("s3", "us-east-1"));
        if let Some(error) = self.refusal() {
            return ready(Err(error)).boxed();
        }
        if key == "absent" {
            return ready(Err(KeyError::NotFound("Invalid keyId 'absent'".to_owned()))).boxed();
        }
        let mut made = self.made.lock().unwrap();
        let number = made.len() as u8;
        let plaintext = Secret::new([number.wrapping_add(100); 32]);
        let ciphertext = vec![b'c', number];
        made.insert(ciphertext.clone(), Made { plaintext: plaintext.clone(), context: on.context.to_vec() });
        self.generated.lock().unwrap().push(format!("{key} {:?}", on.context));
        ready(Ok(DataKey { plaintext, ciphertext, key: arn(key) })).boxed()
    }

    fn decrypt<'a>(
        &'a self,
        ciphertext: &'a [u8],
        on: KeyUse<'a>,
    ) -> BoxFuture<'a, Result<Secret, KeyError>> {
        let opened = match (self.refusal(), self.made.lock().unwrap().get(ciphertext)) {
            (Some(error), _) => Err(error),
            (None, Some(made)) if made.context == on.context => Ok(made.plaintext.clone()),
            (None, _) => Err(KeyError::InvalidCiphertext),
        };
        ready(opened).boxed()
    }

    fn resolve<'a>(&'a self, key: &'a str, _on: KeyUse<'a>) -> BoxFuture<'a, Result<Arn, KeyError>> {
        ready(Ok(arn(key))).boxed()
    }
}

fn world_of_keys() -> (World, Arc<Keys>) {
    let clock = Clock::manual(START);
    let model = Model::new(clock.clone(), Random::seeded(1));
    let keys = Arc::new(Keys::default());
    let settings = Settings { part_bytes_min: 1, ..Settings::default() };
    let mut world = world_with_keys(model.clone(), clock, settings, Some(keys.clone()));
    world.model = Some(model);
    (world, keys)
}

#[tokio::test]
async fn every_object_is_under_the_master_key() {
    let world = world();
    world.make("bucket").await;
    for size in [0, 10, 65_519, 65_520, 65_521, 65_536, 300_000] {
        let put = world.put(&format!("/bucket/{size}"), sample(size)).await.is(200);
        assert_eq!(put.header(METHOD), Some("AES256"));
        let got = world.get(&format!("/bucket/{size}")).await.is(200);
        assert_eq!(got.header(METHOD), Some("AES256"));
        assert!(got.bytes == sample(size), "{size}");
        world.request("HEAD", &format!("/bucket/{size}")).send().await.is(200);
    }
    let range = world.request("GET", "/bucket/300000").header("range", "bytes=65500-131100").send().await;
    assert!(range.is(206).bytes == sample(300_000)[65_500..131_101]);
    let asked = world.request("PUT", "/bucket/asked").header(METHOD, "AES256").body(sample(5)).send().await;
    assert_eq!(asked.is(200).header(METHOD), Some("AES256"));
    for (name, value) in [(METHOD, "aws:fsx"), (METHOD, ""), (KMS_KEY, "key"), (CONTEXT, "e30=")] {
        let refused =
            world.request("PUT", "/bucket/refused").header(name, value).body(sample(5)).send().await;
        refused.refused(400, "InvalidArgument").has("ArgumentName", METHOD);
    }
    for method in ["GET", "HEAD"] {
        let refused = world.request(method, "/bucket/10").header(METHOD, "AES256").send().await;
        assert_eq!(refused.status, 400);
    }
}

#[tokio::test]
async fn a_bucket_says_how_its_objects_are_encrypted() {
    let world = world();
    world.make("bucket").await;
    let told = world.get("/bucket?encryption").await.is(200);
    told.has("SSEAlgorithm", "AES256");
    told.has("BucketKeyEnabled", "false");
    told.has("EncryptionType", "SSE-C");
    let kms = "<ApplyServerSideEncryptionByDefault><SSEAlgorithm>aws:kms</SSEAlgorithm>\
               <KMSMasterKeyID>any</KMSMasterKeyID></ApplyServerSideEncryptionByDefault>\
               <BucketKeyEnabled>true</BucketKeyEnabled>";
    world.rule("bucket", kms).await.is(200);
    let told = world.get("/bucket?encryption").await.is(200);
    told.has("KMSMasterKeyID", "any");
    told.has("BucketKeyEnabled", "true");
    told.has("EncryptionType", "SSE-C");
    world.allow_customer_keys("bucket").await;
    world.rule("bucket", kms).await.is(200);
    world.get("/bucket?encryption").await.is(200).has("EncryptionType", "NONE");
    world.delete("/bucket?encryption").await.is(204);
    let told = world.get("/bucket?encryption").await.is(200);
    told.has("SSEAlgorithm", "AES256");
    told.has("EncryptionType", "SSE-C");

    let wrong = "<ApplyServerSideEncryptionByDefault><SSEAlgorithm>AES256</SSEAlgorithm>\
                 <KMSMasterKeyID>any</KMSMasterKeyID></ApplyServerSideEncryptionByDefault>";
    let refused = world.rule("bucket", wrong).await.refused(400, "InvalidArgument");
    refused.has(
        "Message",
        "a KMSMasterKeyID is not applicable if the default sse algorithm is not aws:kms or aws:kms:dsse",
    );
    let none = "<ServerSideEncryptionConfiguration></ServerSideEncryptionConfiguration>".to_owned();
    world.put("/bucket?encryption", none.clone()).await.refused(400, "MalformedXML");
    let two = format!(
        "<ServerSideEncryptionConfiguration><Rule>{wrong}</Rule><Rule/></ServerSideEncryptionConfiguration>"
    );
    world.put("/bucket?encryption", two).await.refused(400, "MalformedXML");
    world.put("/nowhere?encryption", none).await.refused(404, "NoSuchBucket");
}

#[tokio::test]
async fn a_customer_s_key_opens_what_it_sealed_and_nothing_else_does() {
    let world = world();
    world.make("bucket").await;
    world.allow_customer_keys("bucket").await;
    let (key, other) = ([1; 32], [2; 32]);
    for size in [0, 1_000, 200_000] {
        let target = format!("/bucket/{size}");
        let put = world.request("PUT", &target).customer(&key).body(sample(size)).send().await.is(200);
        assert_eq!((put.header(ALGORITHM), put.header(METHOD)), (Some("AES256"), None));
        assert_eq!(put.header(MD5), Some(base64(crypt::md5(&key)).as_str()));
        assert_ne!(
            put.header("etag"),
            Some(format!("\"{}\"", base::hex(&crypt::md5(&sample(size)))).as_str())
        );
        let got = world.request("GET", &target).customer(&key).send().await.is(200);
        assert!(got.bytes == sample(size));
        assert_eq!(got.header(MD5), put.header(MD5));
        for method in ["GET", "HEAD"] {
            assert_eq!(world.request(method, &target).send().await.status, 400, "{method}");
            assert_eq!(world.request(method, &target).customer(&other).send().await.status, 403, "{method}");
        }
    }
    let missing = world.get("/bucket/1000").await.refused(400, "InvalidRequest");
    missing.has(
        "Message",
        "The object was stored using a form of Server Side Encryption. The correct parameters must be provided to retrieve the object.",
    );
    let attributes =
        || world.request("GET", "/bucket/1000?attributes").header("x-amz-object-attributes", "ETag");
    attributes().send().await.refused(400, "InvalidRequest");
    attributes().customer(&key).send().await.is(200);
    world.put("/bucket/plain", sample(9)).await.is(200);
    let needless = world.request("GET", "/bucket/plain").customer(&key).send().await;
    needless
        .refused(400, "InvalidRequest")
        .has("Message", "The encryption parameters are not applicable to this object.");
    world.delete("/bucket/1000").await.is(204);
}

#[tokio::test]
async fn an_unsound_customer_s_key_is_refused() {
    let world = world();
    world.make("bucket").await;
    let key = [1; 32];
    let put = || world.request("PUT", "/bucket/key").body(sample(9));
    let blocked = put().header(ALGORITHM, "nonsense").send().await.refused(403, "AccessDenied");
    assert!(blocked.element("Message").unwrap().ends_with(
        "is not authorized to perform: s3:PutObject on resource: \"arn:aws:s3:::bucket/key\" because this bucket has blocked upload \
         requests that specify Server Side Encryption with Customer provided keys (SSE-C). Please specify a different server-side \
         encryption type"
    ));
    world.allow_customer_keys("bucket").await;
    let (encoded, sum) = (base64(key), base64(crypt::md5(&key)));
    put().customer(&key).header(METHOD, "AES256").send().await.refused(400, "InvalidArgument").has(
        "Message",
        "Server Side Encryption with Customer provided key is incompatible with the encryption method specified",
    );
    put()
        .header(ALGORITHM, "AES128")
        .header(KEY, &encoded)
        .header(MD5, &sum)
        .send()
        .await
        .refused(400, "InvalidEncryptionAlgorithmError");
    let texts = [
        (vec![(KEY, encoded.as_str()), (MD5, sum.as_str())], "must provide a valid encryption algorithm."),
        (vec![(ALGORITHM, "AES256")], "must provide an appropriate secret key."),
        (vec![(ALGORITHM, "AES256"), (KEY, &encoded)], "must provide an appropriate secret key."),
        (
            vec![(ALGORITHM, "AES256"), (KEY, "AAAA"), (MD5, &sum)],
            "The secret key was invalid for the specified algorithm.",
        ),
        (
            vec![(ALGORITHM, "AES256"), (KEY, "%"), (MD5, &sum)],
            "The secret key was invalid for the specified algorithm.",
        ),
        (
            vec![(ALGORITHM, "AES256"), (KEY, &encoded), (MD5, "AAAA")],
            "The calculated MD5 hash of the key did not match the hash that was provided.",
        ),
    ];
    for (headers, text) in texts {
        let request = headers.iter().fold(put(), |request, (name, value)| request.header(name, value));
        let refused = request.send().await.refused(400, "InvalidArgument");
        assert!(refused.element("Message").unwrap().ends_with(text), "{}", refused.text());
    }
    world.get("/bucket/key").await.refused(404, "NoSuchKey");
}

#[tokio::test]
async fn parts_are_under_the_key_the_upload_was_begun_with() {
    let (world, _) = world_of_keys();
    world.make("bucket").await;
    world.allow_customer_keys("bucket").await;
    let (key, other) = ([1; 32], [2; 32]);
    let begun = world.request("POST", "/bucket/key?uploads").customer(&key).send().await.is(200);
    let upload = begun.element("UploadId").unwrap();
    let part =
        |number: u32| world.request("PUT", &format!("/bucket/key?partNumber={number}&uploadId={upload}"));
    let text = "The multipart upload initiate requested encryption. Subsequent part requests must include the appropriate encryption \
                parameters.";
    part(1).body(sample(9)).send().await.refused(400, "InvalidRequest").has("Message", text);
    part(1)
        .customer(&other)
        .body(sample(9))
        .send()
        .await
        .refused(400, "InvalidRequest")
        .has("Message", "The provided encryption parameters did not match the ones used originally.");
    world.put("/bucket/source", sample(100_000)).await.is(200);
    let one = part(1).customer(&key).body(sample(70_000)).send().await.is(200);
    let two = part(2).customer(&key).header("x-amz-copy-source", "bucket/source").send().await.is(200);
    let document = format!(
        "<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>{}</ETag></Part><Part><PartNumber>2</PartNumber>\
         <ETag>{}</ETag></Part></CompleteMultipartUpload>",
        one.header("etag").unwrap(),
        two.element("ETag").unwrap()
    );
    world.request("POST", &format!("/bucket/key?uploadId={upload}")).body(document).send().await.is(200);
    let whole = [sample(70_000), sample(100_000)].concat();
    let got = world.request("GET", "/bucket/key").customer(&key).send().await.is(200);
    assert!(got.bytes == whole);
    let range =
        world.request("GET", "/bucket/key").customer(&key).header("range", "bytes=69990-70010").send().await;
    assert!(range.is(206).bytes == whole[69_990..70_011]);

    let plain = world.request("POST", "/bucket/plain?uploads").send().await.is(200);
    assert_eq!(plain.header(METHOD), Some("AES256"));
    let upload = plain.element("UploadId").unwrap();
    let put = world.request("PUT", &format!("/bucket/plain?partNumber=1&uploadId={upload}"));
    put.customer(&key).body(sample(9)).send().await.refused(400, "InvalidRequest").has("Message", text);
}

#[tokio::test]
async fn copies_change_the_encryption() {
    let (world, keys) = world_of_keys();
    world.make("bucket").await;
    world.allow_customer_keys("bucket").await;
    let (key, other) = ([1; 32], [2; 32]);
    let bytes = sample(150_000);
    let md5 = format!("\"{}\"", base::hex(&crypt::md5(&bytes)));
    world.request("PUT", "/bucket/a").customer(&key).body(bytes.clone()).send().await.is(200);
    let copy = |from: &str, to: &str| {
        world.request("PUT", &format!("/bucket/{to}")).header("x-amz-copy-source", &format!("bucket/{from}"))
    };
    copy("a", "b").send().await.refused(400, "InvalidRequest");
    copy("a", "b").source_customer(&other).send().await.refused(403, "AccessDenied");
    let managed = copy("a", "b").source_customer(&key).send().await.is(200);
    managed.has("ETag", &md5);
    assert_eq!(managed.header(METHOD), Some("AES256"));
    assert!(world.get("/bucket/b").await.is(200).bytes == bytes);
    copy("b", "c").customer(&other).send().await.is(200);
    let kms = copy("c", "d").source_customer(&other).header(METHOD, "aws:kms").send().await.is(200);
    assert_eq!(kms.header(KMS_KEY), Some(arn("alias/aws/s3").to_string().as_str()));
    let got = world.get("/bucket/d").await.is(200);
    assert!(got.bytes == bytes);
    assert_ne!(got.header("etag"), Some(md5.as_str()));
    // In place: encryption is a change.
    copy("d", "d").header(METHOD, "AES256").send().await.is(200).has("ETag", &md5);
    assert!(world.get("/bucket/d").await.is(200).bytes == bytes);
    copy("d", "d").send().await.refused(400, "InvalidRequest");
    keys.set(Some(KeyError::Disabled("ARN is disabled.".to_owned())));
    assert!(world.get("/bucket/d").await.is(200).bytes == bytes);
}

#[tokio::test]
async fn kms_keeps_the_keys() {
    let (world, keys) = world_of_keys();
    world.make("bucket").await;
    let put = |key: &str| world.request("PUT", &format!("/bucket/{key}")).body(sample(100_000));
    let context = base64("{\"team\":\"blue\"}");
    let answer = put("a")
        .header(METHOD, "aws:kms")
        .header(KMS_KEY, "some")
        .header(CONTEXT, &context)
        .send()
        .await
        .is(200);
    assert_eq!(answer.header(METHOD), Some("aws:kms"));
    assert_eq!(answer.header(KMS_KEY), Some("arn:aws:kms:us-east-1:000000000000:key/some"));
    assert_eq!((answer.header(CONTEXT), answer.header(BUCKET_KEY)), (Some(context.as_str()), None));
    assert_eq!(
        *keys.generated.lock().unwrap(),
        ["some [(\"aws:s3:arn\", \"arn:aws:s3:::bucket/a\"), (\"team\", \"blue\")]"]
    );
    let got = world.get("/bucket/a").await.is(200);
    assert!(got.bytes == sample(100_000));
    assert_eq!((got.header(METHOD), got.header(CONTEXT)), (Some("aws:kms"), None));

    put("x")
        .header(METHOD, "aws:kms")
        .header(KMS_KEY, "absent")
        .send()
        .await
        .refused(400, "KMS.NotFoundException");
    let text = "The header 'x-amz-server-side-encryption-context' shall be Base64-encoded UTF-8 string holding JSON which represents a \
                string-string map";
    for context in ["%", "W10=", "eyJhIjoxfQ=="] {
        let refused = put("x").header(METHOD, "aws:kms").header(CONTEXT, context).send().await;
        refused.refused(400, "InvalidArgument").has("Message", text);
    }
    let v2 = put("x").header(METHOD, "aws:kms").auth(service::AuthSource::HeaderV2).send().await;
    v2.refused(400, "InvalidArgument").has("ArgumentName", "Authorization");

    let states = [
        (KeyError::Disabled("ARN is disabled.".to_owned()), 400, "KMS.DisabledException"),
        (KeyError::InvalidState("ARN is pending deletion.".to_owned()), 400, "KMS.KMSInvalidStateException"),
        (KeyError::NotFound("Key 'ARN' does not exist".to_owned()), 400, "KMS.NotFoundException"),
        (KeyError::Denied("no".to_owned()), 403, "AccessDenied"),
    ];
    for (state, status, code) in states {
        keys.set(Some(state.clone()));
        world.get("/bucket/a").await.refused(status, code).has("Message", &state.to_string());
        put("x").header(METHOD, "aws:kms").send().await.refused(status, code);
        world.request("HEAD", "/bucket/a").send().await.is(200);
        let head = world.request("HEAD", "/bucket/a").header("x-amz-checksum-mode", "ENABLED").send().await;
        assert_eq!(head.status, status);
    }
    keys.set(None);
    world.get("/bucket/x").await.refused(404, "NoSuchKey");
}

#[tokio::test]
async fn a_bucket_key_serves_many_objects_for_a_while() {
    let (world, keys) = world_of_keys();
    world.make("bucket").await;
    let rule = "<ApplyServerSideEncryptionByDefault><SSEAlgorithm>aws:kms</SSEAlgorithm></ApplyServerSideEncryptionByDefault>\
                <BucketKeyEnabled>true</BucketKeyEnabled>";
    world.rule("bucket", rule).await.is(200);
    for key in ["a", "b", "c"] {
        let put = world.put(&format!("/bucket/{key}"), sample(1_000)).await.is(200);
        assert_eq!((put.header(METHOD), put.header(BUCKET_KEY)), (Some("aws:kms"), Some("true")));
    }
    assert_eq!(*keys.generated.lock().unwrap(), ["alias/aws/s3 [(\"aws:s3:arn\", \"arn:aws:s3:::bucket\")]"]);
    let without =
        world.request("PUT", "/bucket/d").header(BUCKET_KEY, "false").body(sample(1_000)).send().await;
    assert_eq!(without.is(200).header(BUCKET_KEY), None);
    world.clock.advance(std::time::Duration::from_secs(61));
    world.put("/bucket/e", sample(1_000)).await.is(200);
    assert_eq!(keys.generated.lock().unwrap().len(), 3);
    for key in ["a", "b", "c", "d", "e"] {
        assert!(world.get(&format!("/bucket/{key}")).await.is(200).bytes == sample(1_000), "{key}");
    }
    keys.set(Some(KeyError::Disabled("ARN is disabled.".to_owned())));
    world.get("/bucket/a").await.refused(400, "KMS.DisabledException");
}

#[tokio::test]
async fn two_layers_and_uploads_under_kms() {
    let (world, keys) = world_of_keys();
    world.make("bucket").await;
    let put = world.request("PUT", "/bucket/a").header(METHOD, "aws:kms:dsse").header(BUCKET_KEY, "true");
    let put = put.body(sample(200_000)).send().await.is(200);
    assert_eq!((put.header(METHOD), put.header(BUCKET_KEY)), (Some("aws:kms:dsse"), None));
    let range = world.request("GET", "/bucket/a").header("range", "bytes=65503-65505").send().await.is(206);
    assert!(range.bytes == sample(200_000)[65_503..65_506]);

    let begun = world.request("POST", "/bucket/b?uploads").header(METHOD, "aws:kms").send().await.is(200);
    assert_eq!(begun.header(METHOD), Some("aws:kms"));
    let upload = begun.element("UploadId").unwrap();
    let target = format!("/bucket/b?partNumber=1&uploadId={upload}");
    let part = world.put(&target, sample(70_000)).await.is(200);
    assert_eq!(part.header(METHOD), Some("aws:kms"));
    let document = format!(
        "<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>{}</ETag></Part></CompleteMultipartUpload>",
        part.header("etag").unwrap()
    );
    let done =
        world.request("POST", &format!("/bucket/b?uploadId={upload}")).body(document).send().await.is(200);
    assert_eq!((done.header(METHOD), done.header(KMS_KEY).is_some()), (Some("aws:kms"), true));
    assert!(world.get("/bucket/b").await.is(200).bytes == sample(70_000));
    keys.set(Some(KeyError::Denied("no".to_owned())));
    world.get("/bucket/b").await.refused(403, "AccessDenied");
    world.get("/bucket/a").await.refused(403, "AccessDenied");
    world.put(&target, sample(9)).await.refused(404, "NoSuchUpload");
}

#[tokio::test]
async fn objects_are_put_under_other_keys() {
    let (world, keys) = world_of_keys();
    world.make("bucket").await;
    let update = |target: &str, key: &str, bucket_key: bool| {
        let document = format!(
            "<ObjectEncryption><SSE-KMS><BucketKeyEnabled>{bucket_key}</BucketKeyEnabled><KMSKeyArn>{}</KMSKeyArn></SSE-KMS>\
             </ObjectEncryption>",
            arn(key)
        );
        let sum = base64(crypt::md5(document.as_bytes()));
        world.request("PUT", &format!("{target}?encryption")).header("content-md5", &sum).body(document)
    };
    let md5 = |bytes: &[u8]| format!("\"{}\"", base::hex(&crypt::md5(bytes)));
    for size in [0, 100, 200_000] {
        let target = format!("/bucket/{size}");
        world.put(&target, sample(size)).await.is(200);
        update(&target, "first", false).send().await.is(200);
        let got = world.get(&target).await.is(200);
        assert!(got.bytes == sample(size));
        assert_eq!(got.header("etag"), Some(md5(&sample(size)).as_str()));
        assert_eq!(got.header(KMS_KEY), Some(arn("first").to_string().as_str()));
        update(&target, "second", true).send().await.is(200);
        let got = world.get(&target).await.is(200);
        assert!(got.bytes == sample(size));
        assert_eq!(got.header(KMS_KEY), Some(arn("second").to_string().as_str()));
        assert_eq!(got.header(BUCKET_KEY), Some("true"));
    }
    let blobs = world.model.as_ref().unwrap().blob_count();
    assert_eq!(blobs, 2, "what was written before has gone");

    let upload =
        world.request("POST", "/bucket/parts?uploads").send().await.is(200).element("UploadId").unwrap();
    let mut document = "<CompleteMultipartUpload>".to_owned();
    for (number, size) in [(2, 70_000), (5, 10)] {
        let part = world
            .put(&format!("/bucket/parts?partNumber={number}&uploadId={upload}"), sample(size))
            .await
            .is(200);
        let etag = part.header("etag").unwrap();
        document += &format!("<Part><PartNumber>{number}</PartNumber><ETag>{etag}</ETag></Part>");
    }
    document += "</CompleteMultipartUpload>";
    world.request("POST", &format!("/bucket/parts?uploadId={upload}")).body(document).send().await.is(200);
    let before = world.get("/bucket/parts").await.is(200);
    update("/bucket/parts", "first", false).send().await.is(200);
    let after = world.get("/bucket/parts").await.is(200);
    assert!(after.bytes == before.bytes && after.header("etag") == before.header("etag"));
    let second = world.get("/bucket/parts?partNumber=2").await.is(206);
    assert!(second.bytes == sample(10));
    assert_eq!(world.model.as_ref().unwrap().blob_count(), blobs + 2);

    keys.set(Some(KeyError::Disabled("ARN is disabled.".to_owned())));
    update("/bucket/parts", "second", false).send().await.refused(400, "KMS.DisabledException");
    keys.set(None);
    world.request("PUT", "/bucket/dual").header(METHOD, "aws:kms:dsse").body(sample(5)).send().await.is(200);
    update("/bucket/dual", "first", false).send().await.refused(400, "InvalidRequest");
    update("/bucket/absent", "first", false).send().await.refused(404, "NoSuchKey");
}
