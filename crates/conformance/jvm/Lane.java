import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;

/** What the programs of the lane have in common: a stream, numbered records by key, a split in the middle, and the check of what was read. */
final class Lane {
    static final int KEYS = 20;
    static final String ENDPOINT = System.getenv("AWS_ENDPOINT_URL");

    final KinesisAsyncClient kinesis = KinesisAsyncClient.builder()
        .endpointOverride(URI.create(ENDPOINT)).region(Region.US_EAST_1)
        .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
        .build();
    final String stream;
    private int next;

    Lane(String name) {
        stream = "lane-" + name + "-" + System.currentTimeMillis();
        kinesis.createStream(r -> r.streamName(stream).shardCount(2)).join();
        kinesis.waiter().waitUntilStreamExists(r -> r.streamName(stream)).join();
    }

    String arn() {
        return kinesis.describeStreamSummary(r -> r.streamName(stream)).join().streamDescriptionSummary().streamARN();
    }

    /** Puts records that say their key and a number; numbers rise within a key. */
    void put(int count) {
        for (int from = 0; from < count; from += 100) {
            List<PutRecordsRequestEntry> entries = new ArrayList<>();
            for (int at = from; at < Math.min(count, from + 100); at++, next++) {
                String key = "k" + next % KEYS;
                entries.add(PutRecordsRequestEntry.builder().partitionKey(key)
                    .data(SdkBytes.fromUtf8String(key + " " + next)).build());
            }
            if (kinesis.putRecords(r -> r.streamName(stream).records(entries)).join().failedRecordCount() != 0) {
                throw new IllegalStateException("records were refused");
            }
        }
    }

    void split() {
        var shard = kinesis.listShards(r -> r.streamName(stream)).join().shards().get(0);
        var middle = new java.math.BigInteger(shard.hashKeyRange().endingHashKey()).shiftRight(1).toString();
        kinesis.splitShard(r -> r.streamName(stream).shardToSplit(shard.shardId()).newStartingHashKey(middle)).join();
    }

    /** Every record once, each key in its order; or the reason why not. */
    static String wrong(List<String> read, int expected) {
        if (read.size() != expected) {
            return read.size() + " records instead of " + expected;
        }
        Map<String, Integer> last = new HashMap<>();
        for (String record : read) {
            String key = record.substring(0, record.indexOf(' '));
            int number = Integer.parseInt(record.substring(key.length() + 1));
            if (last.getOrDefault(key, -1) >= number) {
                return key + ": " + number + " came after " + last.get(key);
            }
            last.put(key, number);
        }
        return null;
    }

    static void end(String name, String wrong, long beganMillis) {
        String secs = (System.currentTimeMillis() - beganMillis) / 1000 + " s";
        System.out.println(wrong == null ? "PASS " + name + " [" + secs + "]" : "FAIL " + name + ": " + wrong);
        System.exit(wrong == null ? 0 : 1);
    }
}
