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
python3 - "$here/../static" <<'PYTHON'
import hashlib, json, pathlib, sys
static = pathlib.Path(sys.argv[1])
manifest = static / "vendor" / "manifest.json"
entries = json.loads(manifest.read_text(encoding="utf-8"))
for entry in entries:
    entry["sha256"] = hashlib.sha256((static / entry["file"]).read_bytes()).hexdigest()
manifest.write_text(json.dumps(entries, indent=2) + "\n", encoding="utf-8")
PYTHON
ls -l "$here/../static/web/yingshang.css"
