#!/usr/bin/env bash
# Runs every test, one runner after the other, and ends with one line of sums.
# `make test` builds everything first. ONLY="rust sim screens stories window" chooses some.
set -uo pipefail
cd "$(dirname "$0")/.."
export NO_COLOR=1

logs=target/test-logs
mkdir -p "$logs"
passed=0 failed=0

# count FILE WORD: sum of the numbers before WORD in the runner's summary lines.
count() {
  grep -E '^ *(Summary |Tests +|test result: |[0-9]+ (passed|failed))' "$1" |
    grep -oE "[0-9]+ $2" | awk '{sum += $1} END {print sum + 0}'
}

# stage NAME COMMAND…: runs it, shows it, adds up what it says.
stage() {
  local name=$1 log=$logs/$1.log status
  shift
  [[ " ${ONLY-rust sim screens stories window} " == *" $name "* ]] || return 0
  printf '== %s: %s\n' "$name" "$*"
  "$@" 2>&1 </dev/null | tee "$log"
  status=${PIPESTATUS[0]}
  local good bad
  good=$(count "$log" passed)
  bad=$(count "$log" failed)
  # A runner that fails without a count didn't even start.
  ((status != 0 && bad == 0)) && bad=1
  passed=$((passed + good))
  failed=$((failed + bad))
}

rust_tests() {
  if cargo nextest --version >/dev/null 2>&1; then
    cargo nextest run --workspace --no-fail-fast --status-level fail --final-status-level fail
  else
    cargo test --workspace --no-fail-fast --quiet
  fi
}
# Built as the Rust tests are, so that it costs nothing; 300 storms take two cores four minutes.
storms() {
  cargo test --quiet --workspace --no-run && target/debug/linli-sim --seed "${SEED:-1}" --runs "${RUNS:-300}"
}
screen_tests() { (cd ui && npx vitest run); }
story_tests() { (cd ui && npx playwright test --config e2e/playwright.config.ts --project stories); }

stage rust rust_tests
stage sim storms
stage screens screen_tests
stage stories story_tests
stage window scripts/window-smoke.sh

echo
echo "$passed passed, $failed failed"
((failed == 0))
