#!/usr/bin/env bash
# Writes src/parser.c anew from grammar.js and words.json. Needs tree-sitter (cargo install tree-sitter-cli --version 0.27.1
# --locked) and node.
set -euo pipefail
cd "$(dirname "$0")"
tree-sitter generate
sha256sum grammar.js words.json > src/made-from.sha256
