#!/usr/bin/env bash
# The whole proof: set-up, types, lint, and every test from the purest to the slowest. Stops at the first stage that fails.
set -euo pipefail
cd "$(dirname "$0")/.."

bash tests/setup.sh
results=$(mktemp -d)
trap 'rm -rf "$results"' EXIT

stage() {
  echo
  echo "== $1"
  shift
  "$@"
}
project() {
  npx vitest run --project "$1" --reporter=default --reporter=json --outputFile="$results/$1.json"
}

status=0
stage 'types' npm run -s types || status=1
stage 'lint and format' npm run -s lint || status=1
stage 'pages' npm run -s build:pages || status=1
for name in unit int e2e; do
  stage "tests: $name" project "$name" || status=1
done

node -e '
const { readdirSync, readFileSync } = require("node:fs");
let passed = 0, failed = 0;
for (const file of readdirSync(process.argv[1])) {
  const result = JSON.parse(readFileSync(process.argv[1] + "/" + file, "utf8"));
  passed += result.numPassedTests;
  failed += result.numFailedTests;
}
console.log(`\n${passed} passed, ${failed} failed`);
process.exit(failed > 0 || passed === 0 ? 1 : 0);
' "$results" || status=1
exit $status
