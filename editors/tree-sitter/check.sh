#!/usr/bin/env bash
# check.sh CORPUS: compares what tree-sitter reads with what the compiler reads, file by file. The corpus is written by
# `cargo test -p kupuya-lsp --test it treesitter` to target/tmp/corpus.txt. Needs cc, python3 and a package registry.
set -euo pipefail
corpus=$(realpath "$1")
cd "$(dirname "$0")"
sha256sum --check --quiet src/made-from.sha256 || { echo "run generate.sh"; exit 1; }
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
if ! { python3 -m venv "$room/venv" && "$room/venv/bin/pip" install -q -r requirements.txt && command -v cc; } > "$room/log" 2>&1; then
  echo "left out: no cc, no python3 with venv, or no package registry"
  exit 0
fi
cc -O1 -shared -fPIC -Wall -Werror -I src src/parser.c src/scanner.c -o "$room/kupuya.so"
"$room/venv/bin/python" check.py "$room/kupuya.so" "$corpus"
