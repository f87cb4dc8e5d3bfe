#!/usr/bin/env bash
# run.sh PROGRAM: the server as Visual Studio Code, Neovim and Emacs would meet it. Needs python3 and a package registry.
set -euo pipefail
program=$(realpath "$1")
cd "$(dirname "$0")"
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
if ! { python3 -m venv "$room/venv" && "$room/venv/bin/pip" install -q -r requirements.txt; } > "$room/log" 2>&1; then
  echo "left out: no python3 with venv, or no package registry"
  exit 0
fi
KUPUYA_LSP=$program "$room/venv/bin/python" -m pytest -q -p no:cacheprovider -o asyncio_mode=auto -o asyncio_default_fixture_loop_scope=function \
  -W error::pytest_lsp.LspSpecificationWarning test_clients.py
