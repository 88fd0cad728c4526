// Consumers with the Go SDK, unmodified: GetRecords and SubscribeToShard over a split, every record once and each key in its order.
package main

import (
	"context"
	"fmt"
	"math/big"
	"os"
	"strconv"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/aws-sdk-go-v2/service/kinesis"
	"github.com/aws/aws-sdk-go-v2/service/kinesis/types"
)

const keys = 20

var (
	ctx    = context.Background()
	client = kinesis.New(kinesis.Options{
		Region:       "us-east-1",
		Credentials:  credentials.NewStaticCredentialsProvider("test", "test", ""),
		BaseEndpoint: aws.String(os.Getenv("AWS_ENDPOINT_URL")),
	})
)

func must[T any](value T, err error) T {
	if err != nil {
		fmt.Println("FAIL go:", err)
		os.Exit(1)
	}
	return value
}

// A stream of two shards with a thousand numbered records, and a split in their middle.
func stream(name string) (string, string) {
	name = fmt.Sprintf("go-%s-%d", name, time.Now().UnixMilli())
	must(client.CreateStream(ctx, &kinesis.CreateStreamInput{StreamName: &name, ShardCount: aws.Int32(2)}))
	waiter := kinesis.NewStreamExistsWaiter(client)
	must(0, waiter.Wait(ctx, &kinesis.DescribeStreamInput{StreamName: &name}, time.Minute))
	next := 0
	put := func() {
		for batch := 0; batch < 5; batch++ {
			var records []types.PutRecordsRequestEntry
			for at := 0; at < 100; at++ {
				key := fmt.Sprintf("k%d", next%keys)
				records = append(records, types.PutRecordsRequestEntry{PartitionKey: &key, Data: []byte(fmt.Sprintf("%s %d", key, next))})
				next++
			}
			answer := must(client.PutRecords(ctx, &kinesis.PutRecordsInput{StreamName: &name, Records: records}))
			if *answer.FailedRecordCount != 0 {
				must(0, fmt.Errorf("records were refused"))
			}
		}
	}
	put()
	shard := must(client.ListShards(ctx, &kinesis.ListShardsInput{StreamName: &name})).Shards[0]
	end, _ := new(big.Int).SetString(*shard.HashKeyRange.EndingHashKey, 10)
	middle := end.Rsh(end, 1).String()
	must(client.SplitShard(ctx, &kinesis.SplitShardInput{StreamName: &name, ShardToSplit: shard.ShardId, NewStartingHashKey: &middle}))
	put()
	summary := must(client.DescribeStreamSummary(ctx, &kinesis.DescribeStreamSummaryInput{StreamName: &name}))
	return name, *summary.StreamDescriptionSummary.StreamARN
}

func check(name string, began time.Time, read []string) {
	last := map[string]int{}
	for _, record := range read {
		key, number, _ := strings.Cut(record, " ")
		value := must(strconv.Atoi(number))
		if before, known := last[key]; known && before >= value {
			must(0, fmt.Errorf("%s: %s: %d came after %d", name, key, value, before))
		}
		last[key] = value
	}
	if len(read) != 1000 {
		must(0, fmt.Errorf("%s: %d records instead of 1000", name, len(read)))
	}
	fmt.Printf("PASS go %s [%.1f s]\n", name, time.Since(began).Seconds())
}

// Reads every shard to its end or tip, children after their parents.
func overShards(read func(shard string) []types.ChildShard) {
	open := []string{"shardId-000000000000", "shardId-000000000001"}
	seen := map[string]bool{}
	for len(open) > 0 {
		shard := open[0]
		open = open[1:]
		if !seen[shard] {
			seen[shard] = true
			for _, child := range read(shard) {
				open = append(open, *child.ShardId)
			}
		}
	}
}

func polling() {
	began := time.Now()
	name, _ := stream("polling")
	var read []string
	overShards(func(shard string) []types.ChildShard {
		start := &kinesis.GetShardIteratorInput{StreamName: &name, ShardId: &shard, ShardIteratorType: types.ShardIteratorTypeTrimHorizon}
		iterator := must(client.GetShardIterator(ctx, start)).ShardIterator
		for {
			page := must(client.GetRecords(ctx, &kinesis.GetRecordsInput{ShardIterator: iterator, Limit: aws.Int32(70)}))
			for _, record := range page.Records {
				read = append(read, string(record.Data))
			}
			iterator = page.NextShardIterator
			if iterator == nil || (*page.MillisBehindLatest == 0 && len(page.Records) == 0) {
				return page.ChildShards
			}
		}
	})
	check("polling", began, read)
}

func subscribing() {
	began := time.Now()
	_, arn := stream("subscribing")
	consumer := must(client.RegisterStreamConsumer(ctx, &kinesis.RegisterStreamConsumerInput{StreamARN: &arn, ConsumerName: aws.String("go")})).Consumer
	for {
		about := must(client.DescribeStreamConsumer(ctx, &kinesis.DescribeStreamConsumerInput{ConsumerARN: consumer.ConsumerARN}))
		if about.ConsumerDescription.ConsumerStatus == types.ConsumerStatusActive {
			break
		}
		time.Sleep(200 * time.Millisecond)
	}
	var read []string
	overShards(func(shard string) []types.ChildShard {
		answer := must(client.SubscribeToShard(ctx, &kinesis.SubscribeToShardInput{
			ConsumerARN: consumer.ConsumerARN, ShardId: &shard,
			StartingPosition: &types.StartingPosition{Type: types.ShardIteratorTypeTrimHorizon},
		}))
		events := answer.GetStream()
		defer events.Close()
		for {
			select {
			case event, more := <-events.Events():
				if !more {
					must(0, events.Err())
					return nil
				}
				if one, ok := event.(*types.SubscribeToShardEventStreamMemberSubscribeToShardEvent); ok {
					for _, record := range one.Value.Records {
						read = append(read, string(record.Data))
					}
					if len(one.Value.ChildShards) > 0 {
						return one.Value.ChildShards
					}
				}
			case <-time.After(2 * time.Second):
				return nil // An open shard that has been silent.
			}
		}
	})
	check("subscribing", began, read)
}

func main() {
	polling()
	subscribing()
}
