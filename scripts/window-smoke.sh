#!/usr/bin/env bash
# Runs a command where a real Tauri window can open: a virtual display, a session bus, no GPU.
#
#   scripts/window-smoke.sh              the window tests of the app shell
#   scripts/window-smoke.sh COMMAND …    any other command that opens windows
set -euo pipefail
cd "$(dirname "$0")/.."

need() {
  command -v "$1" >/dev/null || missing+=("$2")
}
missing=()
need xvfb-run xvfb
need xauth xauth
need dbus-run-session dbus
need WebKitWebDriver webkit2gtk-driver
if ((${#missing[@]})); then
  echo "window-smoke: missing Debian packages: ${missing[*]} (apt-get install ${missing[*]})" >&2
  exit 1
fi

if (($# == 0)); then
  if [[ ! -e ui/dist/field/index.html ]]; then
    echo "window-smoke: ui/dist/field is missing: build the UI first (npm run build in ui/)" >&2
    exit 1
  fi
  cargo build --quiet --workspace --bin linli-app --features tauri/custom-protocol
  # One window at a time: two cores draw two of them too slowly to be patient with.
  set -- cargo test --quiet --workspace --test window -- --ignored --test-threads=1 --show-output
fi

# Without compositing WebKit draws on the CPU, which is all there is under Xvfb.
export WEBKIT_DISABLE_COMPOSITING_MODE=1
exec xvfb-run --auto-servernum --server-args="-screen 0 1280x1024x24" \
  dbus-run-session -- "$@"
