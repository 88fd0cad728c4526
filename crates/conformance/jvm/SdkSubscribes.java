import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;
import software.amazon.awssdk.services.kinesis.model.SubscribeToShardEvent;
import software.amazon.awssdk.services.kinesis.model.SubscribeToShardResponseHandler;

/** The Java SDK by itself, over HTTP/2 and CBOR: SubscribeToShard from shard to shard, children after their parents. */
public final class SdkSubscribes {
    public static void main(String[] arguments) throws Exception {
        long began = System.currentTimeMillis();
        Lane lane = new Lane("sdk");
        lane.put(500);
        lane.split();
        lane.put(500);
        String arn = lane.arn();
        String consumer = lane.kinesis.registerStreamConsumer(r -> r.streamARN(arn).consumerName("sdk")).join().consumer().consumerARN();
        while (!lane.kinesis.describeStreamConsumer(r -> r.consumerARN(consumer)).join().consumerDescription().consumerStatusAsString().equals("ACTIVE")) {
            Thread.sleep(200);
        }
        List<String> read = Collections.synchronizedList(new ArrayList<>());
        ArrayDeque<String> open = new ArrayDeque<>(List.of("shardId-000000000000", "shardId-000000000001"));
        Set<String> done = new HashSet<>();
        while (read.size() < 1000 && !open.isEmpty()) {
            String shard = open.poll();
            if (!done.add(shard)) {
                continue;
            }
            List<String> children = Collections.synchronizedList(new ArrayList<>());
            int before = read.size();
            var handler = SubscribeToShardResponseHandler.builder().subscriber(event -> {
                if (event instanceof SubscribeToShardEvent) {
                    var one = (SubscribeToShardEvent) event;
                    one.records().forEach(record -> read.add(record.data().asUtf8String()));
                    one.childShards().forEach(child -> children.add(child.shardId()));
                }
            }).build();
            var call = lane.kinesis.subscribeToShard(r -> r.consumerARN(consumer).shardId(shard)
                .startingPosition(p -> p.type(ShardIteratorType.TRIM_HORIZON)), handler);
            // A closed shard ends by itself; an open one is left when it has been silent.
            for (int quiet = 0, seen = before; quiet < 20 && !call.isDone(); quiet++) {
                Thread.sleep(100);
                if (read.size() > seen) {
                    seen = read.size();
                    quiet = 0;
                }
            }
            call.cancel(true);
            open.addAll(children);
        }
        Lane.end("sdk subscribe", Lane.wrong(read, 1000), began);
    }
}
