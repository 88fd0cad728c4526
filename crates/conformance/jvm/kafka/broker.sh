#!/usr/bin/env bash
# One broker of Kafka (KRaft, no ZooKeeper) on loopback, in the foreground, until it is killed; and its command line tools.
# Needs Java 17 and Maven, and fetches the jars once into target/clients/kafka.
# usage: broker.sh serve PORT DIRECTORY | broker.sh topics … | broker.sh produce …
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../../../.." && pwd)
kit=${KAFKA_KIT:-$root/target/clients/kafka}
if [ ! -d "$kit/lib" ]; then
  mkdir -p "$kit"
  mvn -q -B -Dmaven.repo.local="$kit/m2" -f "$here/pom.xml" dependency:copy-dependencies -DoutputDirectory="$kit/lib.new"
  mv "$kit/lib.new" "$kit/lib"
fi
run() { java -Xmx512m -XX:+UseSerialGC -cp "$kit/lib/*" "$@"; }
command=$1
shift
case $command in
  serve)
    port=$1
    directory=$2
    mkdir -p "$directory"
    cat > "$directory/server.properties" <<CONFIG
process.roles=broker,controller
node.id=1
controller.quorum.voters=1@127.0.0.1:$((port + 1))
listeners=PLAINTEXT://127.0.0.1:$port,CONTROLLER://127.0.0.1:$((port + 1))
advertised.listeners=PLAINTEXT://127.0.0.1:$port
controller.listener.names=CONTROLLER
listener.security.protocol.map=CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT
log.dirs=$directory/log
offsets.topic.replication.factor=1
transaction.state.log.replication.factor=1
transaction.state.log.min.isr=1
CONFIG
    if [ ! -d "$directory/log" ]; then
      run kafka.tools.StorageTool format -t millrace0000000000000A -c "$directory/server.properties" > "$directory/format.out"
    fi
    exec java -Xmx512m -XX:+UseSerialGC -cp "$kit/lib/*" kafka.Kafka "$directory/server.properties"
    ;;
  topics) run org.apache.kafka.tools.TopicCommand "$@" ;;
  produce) run org.apache.kafka.tools.ConsoleProducer "$@" ;;
  *)
    echo "serve PORT DIRECTORY | topics … | produce …" >&2
    exit 1
    ;;
esac
