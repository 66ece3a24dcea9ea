#!/usr/bin/env bash
# Fuzzes for SECONDS_OF_FUZZING seconds what WHAT names: `sync_request`, a phone's call of the
# center, or `picture`, files handed over as photos. The corpus goes on from run to run in
# fuzz/corpus; an input that shows a fault is kept in fuzz/artifacts.
set -euo pipefail
cd "$(dirname "$0")/.."
export PATH=$PWD/target/tools/bin:$PATH
# Coverage is all it needs of an unstable compiler.
export RUSTC_BOOTSTRAP=1

target=${WHAT:-sync_request}
corpus=fuzz/corpus/$target
case $target in
  sync_request) folder=fuzz length=16384 ;;
  picture) folder=fuzz/picture length=65536 ;;
  *) echo "WHAT=sync_request or WHAT=picture" >&2; exit 2 ;;
esac
build=(--fuzz-dir "$folder" --sanitizer none)

cargo fuzz build "${build[@]}" "$target"
host=$(rustc -vV | sed -n 's/^host: //p')
program=$folder/target/$host/release/$target
mkdir -p "$corpus" "fuzz/artifacts/$target"
case $target in
  # What honest phones send, and the released bytes.
  sync_request) LINLI_SEEDS=$corpus "$program" ;;
  # Pictures of every shape that is read, small.
  picture) cargo run --quiet --release --manifest-path $folder/Cargo.toml --example seeds -- "$corpus" ;;
esac
exec nice -n 19 "$program" "$corpus" \
  -max_total_time="${SECONDS_OF_FUZZING:-60}" -max_len=$length -timeout=30 -rss_limit_mb=2048 \
  -artifact_prefix="fuzz/artifacts/$target/" -print_final_stats=1
