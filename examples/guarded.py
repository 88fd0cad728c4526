#!/usr/bin/env python3
"""The README's second tour: a bucket that is encrypted, versioned and guarded, and a year of its life in a minute.

    cargo run --release -- --movable-clock
    export AWS_ENDPOINT_URL=http://127.0.0.1:4566 AWS_ACCESS_KEY_ID=test AWS_SECRET_ACCESS_KEY=test AWS_DEFAULT_REGION=us-east-1
    pip install boto3 && python3 examples/guarded.py

All but `advance` is boto3 as one would use it on AWS.
"""
import json
import time
import urllib.request
import uuid

import boto3
import botocore.auth
import botocore.awsrequest
import botocore.exceptions

WAIT_S = 60


def advance(by):
    """Moves the server's clock: what takes AWS days takes this call."""
    session = boto3.Session()
    endpoint = boto3.client("sts").meta.endpoint_url
    request = botocore.awsrequest.AWSRequest("POST", f"{endpoint}/_millrace/clock", data=json.dumps({"advance": by}))
    botocore.auth.SigV4Auth(session.get_credentials(), "millrace", session.region_name).add_auth(request)
    prepared = request.prepare()
    sent = urllib.request.Request(prepared.url, prepared.body.encode(), dict(prepared.headers), method="POST")
    with urllib.request.urlopen(sent) as answer:
        print(f"  … {by} later it is {json.load(answer)['now'][:16]}")


def refused(call):
    """The refusal that the call must meet."""
    try:
        call()
    except botocore.exceptions.ClientError as error:
        return f"{error.response['Error']['Code']}: {error.response['Error']['Message']}"
    raise SystemExit("this should have been refused")


def until(what, wanted):
    """Background work is quick, but not instant."""
    for _ in range(WAIT_S * 5):
        if what() == wanted:
            return
        time.sleep(0.2)
    raise SystemExit(f"still {what()!r} instead of {wanted!r}")


def main():
    s3, iam, kms = boto3.client("s3"), boto3.client("iam"), boto3.client("kms")
    name = f"vault-{uuid.uuid4().hex[:8]}"

    print("a bucket: versions, a key of its own, archived after 30 days, gone after 365")
    key = kms.create_key(Description=name)["KeyMetadata"]["Arn"]
    s3.create_bucket(Bucket=name)
    s3.put_bucket_versioning(Bucket=name, VersioningConfiguration={"Status": "Enabled"})
    default = {"SSEAlgorithm": "aws:kms", "KMSMasterKeyID": key}
    rules = [{"ApplyServerSideEncryptionByDefault": default, "BucketKeyEnabled": True}]
    s3.put_bucket_encryption(Bucket=name, ServerSideEncryptionConfiguration={"Rules": rules})
    s3.put_bucket_lifecycle_configuration(Bucket=name, LifecycleConfiguration={"Rules": [{
        "ID": "archive", "Status": "Enabled", "Filter": {"Prefix": ""},
        "Transitions": [{"Days": 30, "StorageClass": "GLACIER"}], "Expiration": {"Days": 365},
    }]})

    print("a user who may write and read here, and nothing else")
    iam.create_user(UserName=name)
    iam.put_user_policy(UserName=name, PolicyName="vault", PolicyDocument=json.dumps({"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Action": ["s3:PutObject", "s3:GetObject"], "Resource": f"arn:aws:s3:::{name}/*"},
        {"Effect": "Allow", "Action": ["kms:GenerateDataKey", "kms:Decrypt"], "Resource": key},
    ]}))
    made = iam.create_access_key(UserName=name)["AccessKey"]
    user = boto3.client("s3", aws_access_key_id=made["AccessKeyId"], aws_secret_access_key=made["SecretAccessKey"])
    body = b"what only the user and the key may read\n" * 5_000
    put = user.put_object(Bucket=name, Key="ledger", Body=body)
    print(f"  put: {put['ServerSideEncryption']} under {put['SSEKMSKeyId'].rsplit('/')[-1]}, version {put['VersionId']}")
    print("  deleting is", refused(lambda: user.delete_object(Bucket=name, Key="ledger")))
    kms.disable_key(KeyId=key)
    print("  with the key disabled reading is", refused(lambda: user.get_object(Bucket=name, Key="ledger")["Body"].read()))
    kms.enable_key(KeyId=key)

    print("a year")
    storage_class = lambda: s3.head_object(Bucket=name, Key="ledger").get("StorageClass", "STANDARD")
    assert storage_class() == "STANDARD"
    advance("31d")
    until(storage_class, "GLACIER")
    print("  archived; reading is", refused(lambda: user.get_object(Bucket=name, Key="ledger")))
    s3.restore_object(Bucket=name, Key="ledger", RestoreRequest={"Days": 7, "GlacierJobParameters": {"Tier": "Standard"}})
    advance("5h")
    assert user.get_object(Bucket=name, Key="ledger")["Body"].read() == body
    print("  restored:", s3.head_object(Bucket=name, Key="ledger")["Restore"])
    advance("335d")
    until(lambda: [marker["Key"] for marker in s3.list_object_versions(Bucket=name).get("DeleteMarkers", [])], ["ledger"])
    print("  expired: a delete marker is the current version, the one before it is still there")


main()
