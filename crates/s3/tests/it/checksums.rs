//! Checksums and digests: declared, computed, compared.

use crypt::Algorithm;

use crate::harness::world;
use crate::objects::sample;

fn text(algorithm: Algorithm, bytes: &[u8]) -> String {
    base64_simd::STANDARD.encode_to_string(algorithm.of(bytes).as_bytes())
}

const HEADERS: [(Algorithm, &str); 10] = [
    (Algorithm::Crc32, "x-amz-checksum-crc32"),
    (Algorithm::Crc32c, "x-amz-checksum-crc32c"),
    (Algorithm::Crc64Nvme, "x-amz-checksum-crc64nvme"),
    (Algorithm::Sha1, "x-amz-checksum-sha1"),
    (Algorithm::Sha256, "x-amz-checksum-sha256"),
    (Algorithm::Sha512, "x-amz-checksum-sha512"),
    (Algorithm::Md5, "x-amz-checksum-md5"),
    (Algorithm::XxHash64, "x-amz-checksum-xxhash64"),
    (Algorithm::XxHash3, "x-amz-checksum-xxhash3"),
    (Algorithm::XxHash128, "x-amz-checksum-xxhash128"),
];

#[tokio::test]
async fn a_declared_checksum_is_verified_and_given_back() {
    let world = world();
    world.make("bucket").await;
    for len in [0, 10, 1 << 20] {
        let bytes = sample(len);
        for (algorithm, header) in HEADERS {
            let right = text(algorithm, &bytes);
            let put = world
                .request("PUT", "/bucket/key")
                .header(header, &right)
                .body(bytes.clone())
                .send()
                .await
                .is(200);
            assert_eq!(put.header(header), Some(right.as_str()));
            let got = world
                .request("GET", "/bucket/key")
                .header("x-amz-checksum-mode", "ENABLED")
                .send()
                .await
                .is(200);
            assert_eq!(got.header(header), Some(right.as_str()));
            let wrong = text(algorithm, b"other");
            let refused =
                world.request("PUT", "/bucket/wrong").header(header, &wrong).body(bytes.clone()).send().await;
            refused.refused(400, "BadDigest");
            let malformed =
                world.request("PUT", "/bucket/wrong").header(header, "abc").body(bytes.clone()).send().await;
            let malformed = malformed.refused(400, "InvalidRequest");
            malformed.has("Message", &format!("Value for {header} header is invalid."));
        }
    }
    world.get("/bucket/wrong").await.refused(404, "NoSuchKey");
}

#[tokio::test]
async fn a_checksum_may_come_in_the_trailer() {
    let world = world();
    world.make("bucket").await;
    for len in [10, 1 << 20] {
        let bytes = sample(len);
        let put = |value: &str| {
            world.request("PUT", "/bucket/key").trailing(bytes.clone(), "x-amz-checksum-crc32", value)
        };
        let right = text(Algorithm::Crc32, &bytes);
        let answer = put(&right).send().await.is(200);
        assert_eq!(answer.header("x-amz-checksum-crc32"), Some(right.as_str()));
        let refused = put(&text(Algorithm::Crc32, b"")).send().await.refused(400, "BadDigest");
        refused.has("Message", "The CRC32 you specified did not match the calculated checksum.");
        let refused = put("?").send().await.refused(400, "InvalidRequest");
        refused.has("Message", "Value for x-amz-checksum-crc32 trailing header is invalid.");
        let promised = world.request("PUT", "/bucket/key").header("x-amz-trailer", "x-amz-checksum-crc32");
        promised.body(bytes.clone()).send().await.refused(400, "MalformedTrailerError");
    }
}

#[tokio::test]
async fn every_algorithm_comes_in_trailers_and_makes_composites() {
    let world = world();
    world.make("bucket").await;
    for (algorithm, header) in HEADERS {
        let name = header.trim_start_matches("x-amz-checksum-").to_uppercase();
        let sum = text(algorithm, b"part");
        let put = world.request("PUT", "/bucket/key").trailing(b"part".to_vec(), header, &sum);
        assert_eq!(put.send().await.is(200).header(header), Some(sum.as_str()));
        let composite = !matches!(algorithm, Algorithm::Crc64Nvme);
        let create = world.request("POST", "/bucket/key?uploads").header("x-amz-checksum-algorithm", &name);
        let created = create.send().await.is(200);
        assert_eq!(created.header("x-amz-checksum-type") == Some("COMPOSITE"), composite, "{name}");
        let upload = created.element("UploadId").unwrap();
        let part = world.put(&format!("/bucket/key?partNumber=1&uploadId={upload}"), b"part".to_vec()).await;
        assert_eq!(part.header(header), Some(sum.as_str()));
        let etag = part.header("etag").unwrap().replace('"', "");
        let body = format!(
            "<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>{etag}</ETag><Checksum{name}>{sum}</Checksum{name}></Part>\
             </CompleteMultipartUpload>"
        );
        let complete = world.request("POST", &format!("/bucket/key?uploadId={upload}")).body(body);
        let completed = complete.send().await.is(200);
        let of_parts = text(algorithm, algorithm.of(b"part").as_bytes());
        let expected = if composite { format!("{of_parts}-1") } else { sum.clone() };
        completed.has(&format!("Checksum{name}"), &expected);
        let attributes = world
            .request("GET", "/bucket/key?attributes")
            .header("x-amz-object-attributes", "Checksum,ObjectParts")
            .send()
            .await
            .is(200);
        let shown = if composite { vec![of_parts, sum] } else { vec![sum] };
        assert_eq!(attributes.elements(&format!("Checksum{name}")), shown);
    }
}

#[tokio::test]
async fn one_checksum_is_taken_and_known_algorithms_only() {
    let world = world();
    world.make("bucket").await;
    let put = || world.request("PUT", "/bucket/key").body(b"abc".to_vec());
    let both = put()
        .header("x-amz-checksum-crc32", &text(Algorithm::Crc32, b"abc"))
        .header("x-amz-checksum-sha1", &text(Algorithm::Sha1, b"abc"));
    both.send().await.refused(400, "InvalidRequest");
    put().header("x-amz-sdk-checksum-algorithm", "TEST").send().await.refused(400, "InvalidRequest");
    put().header("x-amz-sdk-checksum-algorithm", "SHA256").send().await.is(200);
    put().header("content-md5", "kAFQmDzST7DWlj99KOF/cg==").send().await.is(200);
    put().header("content-md5", "x").send().await.refused(400, "InvalidDigest").has("Content-MD5", "x");
    let wrong =
        put().header("content-md5", "1B2M2Y8AsgTpgAmY7PhCfg==").send().await.refused(400, "BadDigest");
    wrong.has("CalculatedDigest", "kAFQmDzST7DWlj99KOF/cg==");
}
