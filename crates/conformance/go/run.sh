#!/usr/bin/env bash
# A lane apart from the everyday tests: consumers with the Go SDK, unmodified, against a server of this build. Needs Go 1.23.
# usage: MILLRACE=target/debug/millrace crates/conformance/go/run.sh
set -u
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../../.." && pwd)
kit=${GO_KIT:-$root/target/clients/go}
binary=${MILLRACE:-$root/target/debug/millrace}
mkdir -p "$kit"
(cd "$here" && GOFLAGS=-mod=mod GOMODCACHE="$kit/mod" GOCACHE="$kit/cache" go build -o "$kit/lane" .) || exit 1
data=$(mktemp -d)
"$binary" serve --data "$data/data" --listen 127.0.0.1:0 > "$data/out" 2> "$data/err" &
server=$!
trap 'kill $server; wait $server; rm -rf "$data"' EXIT
until grep -q '^Ready' "$data/out"; do kill -0 $server 2>/dev/null || { cat "$data/err"; exit 1; }; sleep 0.1; done
AWS_ENDPOINT_URL=$(grep -o 'http://[0-9.:]*' "$data/out" | head -1) timeout 120 "$kit/lane"
