#!/usr/bin/env bash
# Fuzzes `POST /v1/sync` for SECONDS_OF_FUZZING seconds. The corpus goes on from run to run in
# fuzz/corpus; an input that shows a fault is kept in fuzz/artifacts.
set -euo pipefail
cd "$(dirname "$0")/.."
export PATH=$PWD/target/tools/bin:$PATH
# Coverage is all it needs of an unstable compiler.
export RUSTC_BOOTSTRAP=1

target=sync_request
corpus=fuzz/corpus/$target
build=(--fuzz-dir fuzz --sanitizer none)

cargo fuzz build "${build[@]}" $target
host=$(rustc -vV | sed -n 's/^host: //p')
program=fuzz/target/$host/release/$target
mkdir -p "$corpus" "fuzz/artifacts/$target"
# What honest phones send, and the released bytes.
LINLI_SEEDS=$corpus "$program"
exec nice -n 19 "$program" "$corpus" \
  -max_total_time="${SECONDS_OF_FUZZING:-60}" -max_len=16384 -timeout=30 -rss_limit_mb=2048 \
  -artifact_prefix="fuzz/artifacts/$target/" -print_final_stats=1
