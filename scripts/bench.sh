#!/usr/bin/env bash
# Measures Linli, and others on the same work. `make bench` builds everything first.
#
#   ONLY="county figures gate photo sync report load"   some parts only; load only when named
#   SYSTEMS="linli pouchdb …"  STEPS="first_2k …"  CAP=600   some of the part `sync`
#
# Results go to target/bench; the part `report` puts them into docs/BENCHMARKS.md.
set -euo pipefail
cd "$(dirname "$0")/.."

bin=target/release
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
bundle=$folder/county.bundle

wants() { [[ " ${ONLY:-county figures gate photo sync report} " == *" $1 "* ]]; }

timed() {
  local what=$1 start end
  shift
  start=$(date +%s%N)
  "$@" >"$folder/out" 2>"$folder/err" || { cat "$folder/err" >&2; exit 1; }
  end=$(date +%s%N)
  printf '%-44s %8d ms\n' "$what" $(((end - start) / 1000000))
}

bench() { $bin/linli-bench --county "$bundle" --folder "$folder/$1" "$@"; }

timed "making the county" $bin/linli-demo write --size M --seed 1 --today 2026-11-23 --out "$bundle"
if wants county; then
  center=$folder/center
  printf '%-44s %8d KB\n' "bundle" "$(($(stat -c %s "$bundle") / 1024))"
  timed "a new center" $bin/linli-center init --data "$center" --name 栖云县 --address 127.0.0.1:7643
  timed "loading the county" $bin/linli-center load --data "$center" "$bundle"
  printf '%-44s %8d KB\n' "the center's folder" "$(du -sk "$center" | cut -f1)"
fi
if wants figures; then bench figures; fi
if wants gate; then bench gate; fi
if wants photo; then bench photo; fi
if wants sync; then
  bench sync ${SYSTEMS:+--systems "$SYSTEMS"} ${STEPS:+--steps "$STEPS"} --cap "${CAP:-600}"
fi
if wants load; then
  # A thousand phones are as many connections.
  ulimit -n 8192
  bench load
fi
if wants report; then bench report; fi
