#!/usr/bin/env bash
# run.sh SERVICE BUNDLE: service/examples/envoy.yaml in Envoy, before the service with the bundle of README's policy. Needs python3
# and a package registry.
set -euo pipefail
service=$(realpath "$1")
bundle=$(realpath "$2")
here=$(realpath "$(dirname "$0")")
room=$(mktemp -d)
trap 'kill $(jobs -p) 2> /dev/null || true; rm -rf "$room"' EXIT
if ! { python3 -m venv "$room/venv" &&
  "$room/venv/bin/pip" install -q --require-hashes -r "$here/requirements.txt"; } > "$room/log" 2>&1; then
  echo "left out: no python3 with venv, no package registry, or no Envoy for this machine"
  exit 0
fi
envoy=$("$room/venv/bin/python" -c 'import envoy, pathlib; print(pathlib.Path(envoy.__file__).parent / "_bin" / "envoy")')

free_port() { python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }
front=$(free_port) asked=$(free_port) behind=$(free_port)
# The service behind tells what it was told.
cat > "$room/behind.py" << 'END'
import http.server, sys
class Behind(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
        self.wfile.write(f"an offer, obligations: {self.headers.get_all('x-kupuya-obligations')}\n".encode())
http.server.ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Behind).serve_forever()
END
python3 "$room/behind.py" "$behind" > /dev/null 2>&1 &

# begin NAME: Envoy with the sample's ports changed, and what stands in the file NAME.sed besides.
begin() {
  sed -e "s/port_value: 8080/port_value: $front/; s/5878/$asked/; s/port_value: 8000/port_value: $behind/" \
    -e "$1" "$here/../../examples/envoy.yaml" > "$room/envoy.yaml"
  "$envoy" -c "$room/envoy.yaml" --log-level error --concurrency 1 --base-id "$RANDOM" > "$room/envoy.log" 2>&1 &
  proxy=$!
}

# expect STATUS PATH [CURL'S OPTIONS]: what a client is told, once Envoy listens.
expect() {
  local status=$1 path=$2 told
  shift 2
  told=$(curl -s -o "$room/body" -w '%{http_code}' --retry 20 --retry-connrefused --retry-delay 1 "$@" "http://127.0.0.1:$front$path")
  [ "$told" = "$status" ] || { echo "$path $*: $told instead of $status"; cat "$room/body" "$room/envoy.log"; exit 1; }
  echo "$status $path $*"
}

echo "the service is not there: nothing passes"
begin ""
expect 403 /offers
"$service" --listen "127.0.0.1:$asked" --bundle "$bundle" --log off 2> "$room/told" &
until grep -q "listening on" "$room/told"; do sleep 0.1; done

echo "as the sample stands, consent is not known"
expect 403 /offers
echo "a route that says nothing lets nobody through, and what a client says counts for nothing"
expect 400 /
allowed='{"action": "use", "data": ["contacts.phone_no"], "purpose": ["marketing"], "about": ["buyer"], "given": ["agreed"]}'
expect 403 /offers -H "x-kupuya-request: $allowed"
expect 400 / -H "x-kupuya-request: $allowed"
kill "$proxy" && wait "$proxy" || true

echo "with the consent, it passes"
begin 's/"about": \["buyer"\]}/"about": ["buyer"], "given": ["agreed"]}/'
expect 200 /offers
grep -q "an offer" "$room/body"
expect 200 /offers -H "x-kupuya-request: {}"
expect 400 /
echo "what a client says of obligations reaches nobody"
expect 200 /offers -H "x-kupuya-obligations: forged" -H "x-kupuya-supported-obligations: custom"
grep -q "obligations: None" "$room/body"
kill "$proxy" && wait "$proxy" || true

echo "a route that adopts obligations is told them"
begin 's/"about": \["buyer"\]}/"about": ["buyer"], "given": ["agreed"]}/
/- append:$/i\                                  - append: { append_action: OVERWRITE_IF_EXISTS_OR_ADD, header: { key: x-kupuya-supported-obligations, value: notification } }'
expect 200 /offers -H "x-kupuya-obligations: forged"
grep -qF "obligations: ['[]']" "$room/body"
