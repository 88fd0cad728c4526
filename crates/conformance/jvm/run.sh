#!/usr/bin/env bash
# A lane apart from the everyday tests: consumers on the JVM, unmodified, against a server of this build.
# Needs Java 17 and Maven, and fetches the SDK once into target/clients/jvm.
# usage: MILLRACE=target/debug/millrace crates/conformance/jvm/run.sh [subscribe]
set -u
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../../.." && pwd)
kit=${JVM_KIT:-$root/target/clients/jvm}
binary=${MILLRACE:-$root/target/debug/millrace}
if [ ! -d "$kit/classes" ]; then
  mkdir -p "$kit/lib" "$kit/classes.new"
  mvn -q -B -Dmaven.repo.local="$kit/m2" -f "$here/pom.xml" dependency:copy-dependencies -DincludeScope=runtime -DoutputDirectory="$kit/lib" || exit 1
  javac -nowarn -proc:none -encoding UTF-8 -d "$kit/classes.new" -cp "$kit/lib/*" "$here"/*.java || exit 1
  mv "$kit/classes.new" "$kit/classes"
fi
data=$(mktemp -d)
"$binary" serve --data "$data/data" --listen 127.0.0.1:0 > "$data/out" 2> "$data/err" &
server=$!
trap 'kill $server; wait $server; rm -rf "$data"' EXIT
until grep -q '^Ready' "$data/out"; do kill -0 $server 2>/dev/null || { cat "$data/err"; exit 1; }; sleep 0.1; done
AWS_ENDPOINT_URL=$(grep -o 'http://[0-9.:]*' "$data/out" | head -1)
export AWS_ENDPOINT_URL AWS_ACCESS_KEY_ID=test AWS_SECRET_ACCESS_KEY=test AWS_REGION=us-east-1
program() {
  timeout 240 java -Xmx768m -XX:+UseSerialGC -Dorg.slf4j.simpleLogger.defaultLogLevel=error \
    -cp "$kit/classes:$kit/lib/*" "$@"
}
failed=0
for name in ${*:-subscribe}; do
  case $name in
    subscribe) program SdkSubscribes ;;
    *) echo "FAIL $name: no such program"; false ;;
  esac || failed=1
done
exit $failed
