#!/usr/bin/env bash
# Type-checks the whole app for a 64-bit Android phone, without SDK and NDK.
#
# Rust's own Android target isn't needed: Debian's compiler builds the standard library from
# source. What this cannot show is linking, Kotlin and Gradle, and that it runs: see
# docs/DEVICE-CHECKLIST.md.
set -euo pipefail
cd "$(dirname "$0")/.."
root=$PWD

target=aarch64-linux-android
out=$root/target/android

# One line for whatever is missing, with the package that has it.
need() {
  [[ -e $1 ]] || missing+=("$2")
}
missing=()
need /usr/bin/rustc rustc-web
need /usr/bin/cargo cargo-web
need "/usr/lib/rustlib/src/rust/library/std/Cargo.toml" rust-web-src
need /usr/bin/aarch64-linux-gnu-gcc gcc-aarch64-linux-gnu
need /usr/bin/aarch64-linux-gnu-g++ g++-aarch64-linux-gnu
need /usr/include/openssl/crypto.h libssl-dev
if ((${#missing[@]})); then
  echo "check-android: missing Debian packages: ${missing[*]} (apt-get install ${missing[*]})" >&2
  exit 1
fi

# SQLCipher wants OpenSSL's headers, and only those: the host's other headers are not Android's.
include=$out/include
mkdir -p "$include/openssl" "$out/kotlin" "$out/lib"
cp -u /usr/include/openssl/*.h "/usr/include/$(gcc -dumpmachine)/openssl/"*.h "$include/openssl/"

export RUSTC=/usr/bin/rustc RUSTC_BOOTSTRAP=1 CARGO_TARGET_DIR=$out
export CC_aarch64_linux_android=aarch64-linux-gnu-gcc
export CXX_aarch64_linux_android=aarch64-linux-gnu-g++
export AR_aarch64_linux_android=aarch64-linux-gnu-ar
export CFLAGS_aarch64_linux_android=-D_GNU_SOURCE
export OPENSSL_LIB_DIR=$out/lib OPENSSL_INCLUDE_DIR=$include
export WRY_ANDROID_PACKAGE=cn.linli.field
export WRY_ANDROID_LIBRARY=linli_app_lib
export WRY_ANDROID_KOTLIN_FILES_OUT_DIR=$out/kotlin
unset RUSTUP_TOOLCHAIN RUSTFLAGS CARGO_ENCODED_RUSTFLAGS

# From the shell's own folder, as Tauri's tools do, so that its .cargo/config.toml counts.
# Nothing is going to run, so nothing needs to be optimised.
cd src-tauri
/usr/bin/cargo check --quiet --package linli-app --lib --target "$target" \
  -Zbuild-std=std,panic_abort --config 'profile.dev.package."*".opt-level=0'

grep -q RendererGone "$out/kotlin/RustWebViewClient.kt" || {
  echo "check-android: the WebView client lacks the handler from src-tauri/.cargo/config.toml" >&2
  exit 1
}
echo "check-android: the app type-checks for $target"
