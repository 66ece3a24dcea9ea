#!/usr/bin/env bash
# Says which system packages are missing for what is asked, and installs them.
#
#   scripts/deps.sh build            to compile the programs
#   scripts/deps.sh ui               to run the screens' tests in a browser
#   scripts/deps.sh window           to build the app's window and click in it
#   scripts/deps.sh clients          to run the standard clients that upload photos, and ExifTool
#   scripts/deps.sh android          to type-check the app for Android
#
# Several may be named. SKIP_DEPS=1 installs nothing and only names what is missing. Where there
# is no apt, the missing packages are named (as Debian calls them) and the script stops.
set -euo pipefail
cd "$(dirname "$0")/.."

(($#)) || set -- build
missing=()

# package NAME [ALTERNATIVE-COMMAND]: missing unless installed, or the command is there anyway.
package() {
  if [[ -n ${2-} ]] && command -v "$2" >/dev/null; then return; fi
  if command -v dpkg-query >/dev/null; then
    [[ $(dpkg-query -Wf '${db:Status-Status}' "$1" 2>/dev/null) == installed ]] && return
  fi
  missing+=("$1")
}

for what in "$@"; do
  case $what in
    build)
      package gcc cc
      package pkg-config pkg-config
      # SQLCipher's cryptography.
      package libssl-dev
      ;;
    ui)
      package chromium chromium
      package fonts-noto-cjk
      ;;
    window)
      package libwebkit2gtk-4.1-dev
      package webkit2gtk-driver WebKitWebDriver
      package xvfb xvfb-run
      package xauth xauth
      package dbus dbus-run-session
      package fonts-noto-cjk
      ;;
    shell)
      # The window alone, for who has a display.
      package libwebkit2gtk-4.1-dev
      ;;
    clients)
      # Python alone isn't enough: Debian keeps the making of environments apart.
      python3 -c 'import ensurepip, venv' 2>/dev/null || missing+=(python3-venv)
      package libimage-exiftool-perl exiftool
      ;;
    android)
      package rustc-web
      package cargo-web
      package rust-web-src
      package gcc-aarch64-linux-gnu aarch64-linux-gnu-gcc
      package g++-aarch64-linux-gnu aarch64-linux-gnu-g++
      package libssl-dev
      ;;
    *)
      echo "deps: unknown: $what (build, ui, shell, window, clients, android)" >&2
      exit 2
      ;;
  esac
done

if ((${#missing[@]} == 0)); then exit 0; fi
mapfile -t missing < <(printf '%s\n' "${missing[@]}" | sort -u)
echo "deps: missing for $*: ${missing[*]}"

if [[ ${SKIP_DEPS-} == 1 ]]; then
  echo "deps: SKIP_DEPS=1, so nothing is installed"
  exit 0
fi
if ! command -v apt-get >/dev/null; then
  echo "deps: please install what these are called on your system, then set SKIP_DEPS=1" >&2
  exit 1
fi

as_root=()
if ((EUID != 0)); then
  command -v sudo >/dev/null || {
    echo "deps: neither root nor sudo: please run apt-get install ${missing[*]}" >&2
    exit 1
  }
  as_root=(sudo)
fi
export DEBIAN_FRONTEND=noninteractive
install=("${as_root[@]}" apt-get install --yes --no-install-recommends "${missing[@]}")
echo "deps: ${install[*]}"
# A list that is too old names files that are gone: fetch it and try once more.
"${install[@]}" </dev/null || {
  "${as_root[@]}" apt-get update </dev/null
  "${install[@]}" </dev/null
}
