#!/bin/sh
# Asks the decision service with curl. Usage: ask.sh URL; a token in KUPUYA_TOKEN is shown.
# Exit code 0: allowed, 3: denied, another: not answered; then nothing may be done either.
set -eu
url=${1:-http://127.0.0.1:5878}

answer=$(curl --silent --show-error --fail-with-body --max-time 5 "$url/v1/decide" \
  ${KUPUYA_TOKEN:+--header "Authorization: Bearer $KUPUYA_TOKEN"} \
  --header 'Content-Type: application/json' \
  --data '{"action": "use", "data": ["contacts.phone_no"], "purpose": ["marketing"], "about": ["buyer"],
           "given": ["agreed"], "time": "2025-10-02"}')

echo "$answer"
# The answer begins with its verdict, and ends: one that breaks off is none.
case $answer in
  '{"verdict":"allow","decision":true,'*'}') exit 0 ;;
  *) exit 3 ;;
esac
