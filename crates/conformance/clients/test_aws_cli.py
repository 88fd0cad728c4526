"""The AWS CLI, as the README has it."""
import json
import os
import pathlib
import subprocess
import tempfile

from server import serving


def aws(*words, data=None):
    done = subprocess.run(["aws", "--output", "json", *words], input=data, stdout=subprocess.PIPE, check=True)
    return json.loads(done.stdout) if done.stdout.strip().startswith(b"{") else done.stdout


with serving() as server, tempfile.TemporaryDirectory() as folder:
    assert aws("sts", "get-caller-identity")["Account"] == "000000000000"
    aws("s3", "mb", "s3://bucket")
    large = pathlib.Path(folder, "large")
    large.write_bytes(os.urandom(20 << 20))
    aws("s3", "cp", str(large), "s3://bucket/dir/large", "--only-show-errors")
    aws("s3", "cp", "-", "s3://bucket/dir/small", data=b"from a pipe")
    assert aws("s3", "cp", "s3://bucket/dir/small", "-") == b"from a pipe"
    aws("s3", "sync", "s3://bucket/dir", folder + "/copy", "--only-show-errors")
    assert pathlib.Path(folder, "copy/large").read_bytes() == large.read_bytes()
    assert len(aws("s3", "ls", "--recursive", "s3://bucket").splitlines()) == 2

    aws("kinesis", "create-stream", "--stream-name", "stream", "--shard-count", "1")
    aws("kinesis", "wait", "stream-exists", "--stream-name", "stream")
    put = aws("kinesis", "put-record", "--stream-name", "stream", "--partition-key", "k", "--data", "hello")
    # Version 1 takes blobs as they are and shows them in base64.
    iterator = aws("kinesis", "get-shard-iterator", "--stream-name", "stream", "--shard-id", put["ShardId"],
                   "--shard-iterator-type", "TRIM_HORIZON")["ShardIterator"]
    records = aws("kinesis", "get-records", "--shard-iterator", iterator)["Records"]
    assert [record["Data"] for record in records] == ["aGVsbG8="], records

    aws("s3", "rb", "--force", "s3://bucket")
    assert aws("s3", "ls") == b""
