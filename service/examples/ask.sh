#!/bin/sh
# Asks the decision service with curl, and reads the answer with jq. Usage: ask.sh URL; a token in KUPUYA_TOKEN is shown.
# Exit code 0: allowed, 3: denied, another: not answered; then nothing may be done either.
set -eu
url=${1:-http://127.0.0.1:5878}

answer=$(curl --silent --show-error --max-time 5 --write-out '\n%{http_code}' "$url/v1/decide" \
  ${KUPUYA_TOKEN:+--header "Authorization: Bearer $KUPUYA_TOKEN"} \
  --header 'Content-Type: application/json' \
  --data '{"action": "use", "data": ["contacts.phone_no"], "purpose": ["marketing"], "about": ["buyer"],
           "given": ["agreed"], "time": "2025-10-02"}')
status=${answer##*
}
answer=${answer%?"$status"}

printf '%s\n' "$answer"
[ "$status" = 200 ] || exit 4
# One JSON object, whole, that allows. Nobody here does what an obligation asks for: what has one is a no.
printf '%s' "$answer" | jq --slurp --exit-status '
  length == 1 and (.[0] | .decision == true and .verdict == "allow" and (.items | type == "array")
    and all(.items[]; (.obligations // []) == []))' > /dev/null || exit 3
