#!/usr/bin/env bash
# The example as a stranger gets it: the package packed, installed in a folder of its own, its types resolved, its tests run,
# and its theorems verified with the verdicts that they must have. Needs a build (npm run build). Any failure ends it.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cp "$here"/*.ts "$here"/*.json "$folder"/
cd "$root"
# Built before; packing does not build again under the feet of others.
package=$(npm pack --silent --ignore-scripts --pack-destination "$folder" | tail -1)
cd "$folder"
npm install --silent --no-audit --no-fund --prefer-offline "./$package"
npx tsc --noEmit
npx vitest run

expect() { # exit code, command
  local wanted=$1 code=0
  shift
  "$@" || code=$?
  [ "$code" -eq "$wanted" ] || { echo "expected exit code $wanted, got $code: $*"; exit 1; }
}
expect 0 npx biasproof verify ./my-theorem.ts --cases 50 --seed 1 --report out
expect 0 npx biasproof recheck out/report.json
expect 1 npx biasproof verify ./kernel-3.ts --cases 20 --seed 1 --report refuted
expect 0 npx biasproof recheck refuted/report.json
expect 0 npx biasproof new theorem my-conjecture.ts
npx tsc --noEmit
expect 0 npx biasproof verify ./my-conjecture.ts --cases 50 --seed 1
echo "the example runs"
