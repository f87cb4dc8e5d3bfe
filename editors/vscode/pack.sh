#!/usr/bin/env bash
# Packs the extension: kupuya.vsix in this folder. Needs node 20 and a package registry.
set -euo pipefail
cd "$(dirname "$0")"
npm install --omit=dev --no-audit --no-fund --silent
npx --yes @vscode/vsce@3.2.1 package --out kupuya.vsix --skip-license
