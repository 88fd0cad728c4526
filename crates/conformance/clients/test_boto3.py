"""boto3: every step of the first pipeline, before and after a crash."""
import gzip
import io
import time

import boto3
import botocore.exceptions

from server import serving


def refused(code, call, **arguments):
    try:
        call(**arguments)
    except botocore.exceptions.ClientError as error:
        assert error.response["Error"]["Code"] == code, error
    else:
        raise AssertionError(f"{code} was expected")


def check_identity():
    identity = boto3.client("sts").get_caller_identity()
    assert identity["Arn"] == "arn:aws:iam::000000000000:root", identity


def check_objects():
    s3 = boto3.client("s3")
    s3.create_bucket(Bucket="objects")
    body = bytes(range(256)) * 64
    put = s3.put_object(Bucket="objects", Key="a/b c+ü", Body=body, Metadata={"made": "here"})
    got = s3.get_object(Bucket="objects", Key="a/b c+ü")
    assert got["Body"].read() == body and got["ETag"] == put["ETag"] and got["Metadata"] == {"made": "here"}
    part = s3.get_object(Bucket="objects", Key="a/b c+ü", Range="bytes=10-19")
    assert part["Body"].read() == body[10:20] and part["ContentRange"] == f"bytes 10-19/{len(body)}"
    assert s3.head_object(Bucket="objects", Key="a/b c+ü")["ContentLength"] == len(body)
    s3.copy_object(Bucket="objects", Key="copy", CopySource={"Bucket": "objects", "Key": "a/b c+ü"})
    listed = s3.list_objects_v2(Bucket="objects", Delimiter="/")
    assert [entry["Key"] for entry in listed["Contents"]] == ["copy"], listed
    assert [entry["Prefix"] for entry in listed["CommonPrefixes"]] == ["a/"], listed
    # The transfer manager uploads in parts from 8 MiB on.
    large = io.BytesIO(body * 1_000)
    s3.upload_fileobj(large, "objects", "large")
    into = io.BytesIO()
    s3.download_fileobj("objects", "large", into)
    assert into.getvalue() == body * 1_000
    s3.delete_object(Bucket="objects", Key="large")
    refused("NoSuchKey", s3.get_object, Bucket="objects", Key="large")
    refused("NoSuchBucket", s3.list_objects_v2, Bucket="nowhere")
    refused("BucketNotEmpty", s3.delete_bucket, Bucket="objects")


def shard_records(kinesis, stream, **start):
    shard = kinesis.list_shards(StreamName=stream)["Shards"][0]["ShardId"]
    iterator = kinesis.get_shard_iterator(StreamName=stream, ShardId=shard, **start)["ShardIterator"]
    return kinesis.get_records(ShardIterator=iterator)["Records"]


def check_stream():
    kinesis = boto3.client("kinesis")
    kinesis.create_stream(StreamName="stream", ShardCount=1)
    kinesis.get_waiter("stream_exists").wait(StreamName="stream")
    first = kinesis.put_record(StreamName="stream", Data=b"one", PartitionKey="a")
    batch = [{"Data": data, "PartitionKey": "a"} for data in (b"two", b"three")]
    assert kinesis.put_records(StreamName="stream", Records=batch)["FailedRecordCount"] == 0
    number = first["SequenceNumber"]
    all_three = [b"one", b"two", b"three"]
    for start, want in [
        (dict(ShardIteratorType="TRIM_HORIZON"), all_three),
        (dict(ShardIteratorType="LATEST"), []),
        (dict(ShardIteratorType="AT_SEQUENCE_NUMBER", StartingSequenceNumber=number), all_three),
        (dict(ShardIteratorType="AFTER_SEQUENCE_NUMBER", StartingSequenceNumber=number), all_three[1:]),
        (dict(ShardIteratorType="AT_TIMESTAMP", Timestamp=0), all_three),
    ]:
        got = [record["Data"] for record in shard_records(kinesis, "stream", **start)]
        assert got == want, (start, got)
    refused("ResourceNotFoundException", kinesis.put_record, StreamName="nowhere", Data=b"", PartitionKey="a")


def check_delivery(server):
    s3, firehose = boto3.client("s3"), boto3.client("firehose")
    s3.create_bucket(Bucket="delivered")
    firehose.create_delivery_stream(
        DeliveryStreamName="direct",
        ExtendedS3DestinationConfiguration={
            "BucketARN": "arn:aws:s3:::delivered",
            "RoleARN": "arn:aws:iam::000000000000:role/firehose",
            "BufferingHints": {"SizeInMBs": 1, "IntervalInSeconds": 1},
            "CompressionFormat": "GZIP",
            "Prefix": "year=!{timestamp:yyyy}/",
            "ErrorOutputPrefix": "errors/!{firehose:error-output-type}/",
        },
    )
    records = [{"Data": b"%d\n" % number} for number in range(400)]
    assert firehose.put_record_batch(DeliveryStreamName="direct", Records=records)["FailedPutCount"] == 0
    server.kill()
    server.start()
    deadline = time.monotonic() + 60
    lines = []
    while len(lines) < 400 and time.monotonic() < deadline:
        lines = []
        for entry in s3.list_objects_v2(Bucket="delivered").get("Contents", ()):
            assert entry["Key"].startswith("year=20"), entry
            lines += gzip.decompress(s3.get_object(Bucket="delivered", Key=entry["Key"])["Body"].read()).splitlines()
    assert [int(line) for line in lines] == list(range(400)), len(lines)


def check_everything_is_still_there():
    assert [bucket["Name"] for bucket in boto3.client("s3").list_buckets()["Buckets"]] == ["delivered", "objects"]
    data = [record["Data"] for record in shard_records(boto3.client("kinesis"), "stream", ShardIteratorType="TRIM_HORIZON")]
    assert data == [b"one", b"two", b"three"]


with serving() as server:
    check_identity()
    check_objects()
    check_stream()
    check_delivery(server)
    check_everything_is_still_there()
