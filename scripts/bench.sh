#!/usr/bin/env bash
# Measures what a county of size M costs: making it, loading it into a center, starting on it.
set -euo pipefail
cd "$(dirname "$0")/.."

bin=target/release
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

timed() {
  local what=$1 start end
  shift
  start=$(date +%s%N)
  "$@" >"$folder/out" 2>"$folder/err" || { cat "$folder/err" >&2; exit 1; }
  end=$(date +%s%N)
  printf '%-44s %8d ms\n' "$what" $(((end - start) / 1000000))
}

bundle=$folder/county.bundle
center=$folder/center
timed "making the county" $bin/linli-demo write --size M --seed 1 --today 2026-11-23 --out "$bundle"
printf '%-44s %8d KB\n' "bundle" "$(($(stat -c %s "$bundle") / 1024))"
timed "a new center" $bin/linli-center init --data "$center" --name 栖云县 --address 127.0.0.1:7643
timed "loading the county" $bin/linli-center load --data "$center" "$bundle"
printf '%-44s %8d KB\n' "the center's folder" "$(du -sk "$center" | cut -f1)"
