#!/usr/bin/env bash
# Compile the style sheet. Needs Node 20 and the network; running and testing the platform needs neither.
# Usage: build.sh [FOLDER]   FOLDER keeps the two npm packages, outside the repository.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
kept=${1:-${TMPDIR:-/tmp}/yingshang-theme}
mkdir -p "$kept" && cd "$kept"
[ -d node_modules/govuk-frontend ] || npm install --no-save --silent sass@1.108.2 govuk-frontend@6.6.0
npx --no-install sass --no-source-map --style=compressed --quiet-deps --load-path=node_modules \
  "$here/yingshang.scss" "$here/../static/web/yingshang.css"
ls -l "$here/../static/web/yingshang.css"
