#!/usr/bin/env bash
# run.sh SERVICE BUNDLE: requests made from the service's own OpenAPI document, good ones and bad ones, and whether each answer is
# one that the document allows. Needs python3 and a package registry.
set -euo pipefail
service=$(realpath "$1")
bundle=$(realpath "$2")
here=$(realpath "$(dirname "$0")")
room=$(mktemp -d)
cd "$room"
trap 'kill %1 2> /dev/null || true; rm -rf "$room"' EXIT
if ! { python3 -m venv "$room/venv" && "$room/venv/bin/pip" install -q -r "$here/requirements.txt"; } > "$room/log" 2>&1; then
  echo "left out: no python3 with venv, or no package registry"
  exit 0
fi
"$service" --listen 127.0.0.1:0 --bundle "$bundle" --log off 2> "$room/told" &
for _ in $(seq 100); do
  address=$(sed -n 's/.*listening on //p' "$room/told")
  [ -n "$address" ] && break
  sleep 0.1
done
[ -n "$address" ] || { cat "$room/told"; exit 1; }
"$room/venv/bin/schemathesis" --config-file "$here/schemathesis.toml" run "$address/openapi.json" --phases coverage,fuzzing \
  --max-examples "${EXAMPLES:-50}" --seed 1 --continue-on-failure --suppress-health-check all --no-color
