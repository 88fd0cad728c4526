// aws-sdk-js v3: Kinesis over h2c with prior knowledge, which is its default, and S3 over HTTP/1.1.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";

// Modules ignore NODE_PATH; `require` does not.
const require = createRequire(import.meta.url);
const { KinesisClient, CreateStreamCommand, PutRecordsCommand, ListShardsCommand, GetShardIteratorCommand, GetRecordsCommand, PutRecordCommand } = require("@aws-sdk/client-kinesis");
const { S3Client, CreateBucketCommand, PutObjectCommand, GetObjectCommand } = require("@aws-sdk/client-s3");
const { FirehoseClient, ListDeliveryStreamsCommand } = require("@aws-sdk/client-firehose");

const folder = mkdtempSync(join(tmpdir(), "millrace-client-"));
const server = spawn(process.env.MILLRACE, ["--data", join(folder, "data"), "--listen", "127.0.0.1:0"], { cwd: folder, stdio: ["ignore", "pipe", "inherit"] });

async function address() {
  let found;
  for await (const line of createInterface({ input: server.stdout })) {
    found ??= line.match(/http:\/\/([^ /]+)/)?.[1];
    if (line === "Ready.") return found;
  }
  throw new Error("the server ended before it was ready");
}

try {
  process.env.AWS_ENDPOINT_URL = `http://${await address()}`;
  process.env.AWS_ACCESS_KEY_ID = process.env.AWS_SECRET_ACCESS_KEY = "test";
  process.env.AWS_REGION = "us-east-1";

  const kinesis = new KinesisClient({});
  await kinesis.send(new CreateStreamCommand({ StreamName: "stream", ShardCount: 1 }));
  const Records = ["one", "two"].map((text) => ({ Data: Buffer.from(text), PartitionKey: "k" }));
  assert.equal((await kinesis.send(new PutRecordsCommand({ StreamName: "stream", Records }))).FailedRecordCount, 0);
  const [{ ShardId }] = (await kinesis.send(new ListShardsCommand({ StreamName: "stream" }))).Shards;
  const { ShardIterator } = await kinesis.send(new GetShardIteratorCommand({ StreamName: "stream", ShardId, ShardIteratorType: "TRIM_HORIZON" }));
  const read = await kinesis.send(new GetRecordsCommand({ ShardIterator }));
  assert.deepEqual(read.Records.map((record) => Buffer.from(record.Data).toString()), ["one", "two"]);
  await assert.rejects(
    kinesis.send(new PutRecordCommand({ StreamName: "nowhere", Data: Buffer.from("x"), PartitionKey: "k" })),
    { name: "ResourceNotFoundException" },
  );

  // Virtual hosts are the default: BUCKET.127.0.0.1 is none, so a name that resolves here is needed for them.
  const s3 = new S3Client({ forcePathStyle: true });
  await s3.send(new CreateBucketCommand({ Bucket: "bucket" }));
  await s3.send(new PutObjectCommand({ Bucket: "bucket", Key: "key", Body: "hello" }));
  const object = await s3.send(new GetObjectCommand({ Bucket: "bucket", Key: "key" }));
  assert.equal(await object.Body.transformToString(), "hello");

  assert.deepEqual((await new FirehoseClient({}).send(new ListDeliveryStreamsCommand({}))).DeliveryStreamNames, []);
} finally {
  const ended = once(server, "exit");
  server.kill("SIGTERM");
  assert.equal((await ended)[0], 0);
  rmSync(folder, { recursive: true, force: true });
}
process.exit(0);
