# Linli's own commands. `make` alone lists them.
#
#   SIZE=S|M|L   size of the demo county      PORT=7600     first port of the demo
#   SEED=1       first storm of the simulator RUNS=300      how many
#   make fuzz SECONDS=60 WHAT=sync_request|picture
#   SKIP_DEPS=1  install no system packages
#   make bench:  ONLY= some parts, SYSTEMS= and STEPS= some of `sync`, CAP= seconds a step may take

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
# Recipes call cargo and npm, which use all cores themselves.
.NOTPARALLEL:

SIZE ?= S
PORT ?= 7600
CARGO ?= cargo

programs := linli-center linli-webhost linli-demo linli-rig
display := $(or $(DISPLAY),$(WAYLAND_DISPLAY))
say = @printf '\033[1m== %s\033[0m\n'

.PHONY: help
help: ## List the commands
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/make \1\t\2/' | expand -t 24

# --- the demo ---------------------------------------------------------------------------------

.PHONY: demo
demo: deps-demo build ## Build, make the fictional county, start center and three phones
	$(say) "starting the demo (Ctrl-C stops it)"
ifneq ($(display),)
	$(CARGO) build --quiet --workspace --bin linli-app --features tauri/custom-protocol
	exec target/debug/linli-rig demo --size $(SIZE) --port $(PORT) --window
else
	exec target/debug/linli-rig demo --size $(SIZE) --port $(PORT)
endif

.PHONY: demo-reset
demo-reset: ## Throw the demo's data away
	$(say) "removing var/demo"
	@if command -v flock >/dev/null && [[ -e var/demo.lock ]] && ! flock --nonblock var/demo.lock true; then \
	  echo "a demo is running: stop it first (Ctrl-C)" >&2; exit 1; fi
	rm -rf var/demo

.PHONY: deps-demo
deps-demo:
	@scripts/deps.sh build $(if $(display),shell)

# --- building ---------------------------------------------------------------------------------
# Always of the whole workspace, then only what is named: a package built alone asks its
# dependencies for fewer features, and all of them would be compiled once more.

.PHONY: build
build: ui ## Build the programs and the screens
	$(say) "building the programs"
	$(CARGO) build --workspace $(addprefix --bin ,$(programs))

.PHONY: ui
ui: ui/dist/field/index.html $(if $(wildcard ui/src/center/main.ts),ui/dist/center/index.html) ## Build the screens

ui_common := $(shell find ui/src/shared ui/src/backend ui/src/bindings ui/src/i18n ui/vite assets -type f 2>/dev/null) \
  ui/package.json ui/tsconfig.json

ui/dist/field/index.html: ui/node_modules/.ready $(ui_common) $(shell find ui/src/field ui/field -type f)
	$(say) "building the phone's screens"
	cd ui && npm run --silent build

ui/dist/center/index.html: ui/node_modules/.ready $(ui_common) $(shell find ui/src/center ui/center -type f)
	$(say) "building the console"
	cd ui && npm run --silent build:center

ui/node_modules/.ready: ui/package-lock.json
	@command -v npm >/dev/null || { echo "Node.js 20.19 or newer with npm is needed" >&2; exit 1; }
	$(say) "fetching the screens' packages"
	cd ui && npm ci --no-audit --no-fund
	@touch $@

.PHONY: bindings
bindings: ## Write the TypeScript types of commands and console API from the Rust types
	$(say) "writing ui/src/bindings"
	$(CARGO) build --quiet --workspace --example bindings
	target/debug/examples/bindings target/field.ts
	@cmp -s target/field.ts ui/src/bindings/field.ts || cp target/field.ts ui/src/bindings/field.ts
	LINLI_BINDINGS=write $(CARGO) test --quiet --workspace --test bindings

# --- tests ------------------------------------------------------------------------------------

.PHONY: test
test: deps-test build tus-clients target/tools/bin/s3s-fs ## Run every test
	$(say) "running all tests"
	@scripts/test.sh

.PHONY: deps-test
deps-test:
	@scripts/deps.sh build ui window clients

# Standard clients that upload photos to the center: tests/tus.
.PHONY: tus-clients
tus-clients: tests/tus/node_modules/.ready target/tools/tuspy/.ready

tests/tus/node_modules/.ready: tests/tus/package-lock.json
	$(say) "fetching tus-js-client"
	cd tests/tus && npm ci --no-audit --no-fund
	@touch $@

target/tools/tuspy/.ready: tests/tus/requirements.txt
	$(say) "fetching tuspy"
	python3 -m venv target/tools/tuspy
	target/tools/tuspy/bin/pip install --quiet --disable-pip-version-check --no-deps -r tests/tus/requirements.txt
	@touch $@

# A real S3-compatible server: crates/center/tests/content. Optimised it would take minutes to build.
target/tools/bin/s3s-fs:
	$(say) "building s3s-fs, once"
	CARGO_TARGET_DIR=target/tools/build $(CARGO) install --quiet --locked --debug --root target/tools s3s-fs@0.14.1 --features binary
	rm -rf target/tools/build

SEED ?= 1
RUNS ?= 300

.PHONY: sim
sim: build ## Storms of the simulator: SEED= the first, RUNS= how many
	$(say) "building the simulator"
	$(CARGO) build --workspace --bin linli-sim
	target/debug/linli-sim --seed $(SEED) --runs $(RUNS)

.PHONY: mutants
mutants: build ## Would the simulator notice? Deliberate faults, one after the other
	$(say) "building the simulator with deliberate faults"
	$(CARGO) build -p linli-tests --features mutants --bin linli-mutants
	@scripts/mutants.sh

SECONDS ?= 60
WHAT ?= sync_request
# Bash counts in a variable of this name.
unexport SECONDS

.PHONY: fuzz
fuzz: target/tools/bin/cargo-fuzz ## Fuzz the center's sync call, or WHAT=picture: SECONDS= how long
	$(say) "building what is to be fuzzed"
	@SECONDS_OF_FUZZING=$(SECONDS) WHAT=$(WHAT) scripts/fuzz.sh

target/tools/bin/cargo-fuzz:
	$(say) "building cargo-fuzz, once"
	CARGO_TARGET_DIR=target/tools/build $(CARGO) install --quiet --locked --debug --root target/tools cargo-fuzz@0.13.2
	rm -rf target/tools/build

.PHONY: pictures
pictures: deps-test build ## Make docs/pictures from the demo county
	$(say) "taking pictures of every screen"
	cd ui && npx playwright test --config e2e/playwright.config.ts --project pictures

.PHONY: bench
bench: bench-peers bench-build ## Measure county M, then sync beside PouchDB, automerge-repo and Yjs: ONLY="county figures gate sync report"
	@scripts/bench.sh

.PHONY: load
load: bench-build ## Measure a center with 1,000 first syncs at once and 20,000 phones at rest
	@ONLY=load scripts/bench.sh

.PHONY: bench-build
bench-build:
	$(say) "building for speed"
	$(CARGO) build --release --workspace $(addprefix --bin ,linli-center linli-webhost linli-demo linli-bench)

.PHONY: bench-peers
bench-peers: $(if $(findstring sync,$(or $(ONLY),sync)),tests/bench/peers/node_modules/.ready)

tests/bench/peers/node_modules/.ready: tests/bench/peers/package-lock.json
	$(say) "fetching the other systems' packages"
	# Not `npm ci`: it insists on optional native parts that the lock file can't name where a
	# registry doesn't have them. The versions are the lock file's all the same.
	cd tests/bench/peers && npm install --no-save --no-audit --no-fund
	@touch $@

# --- static checks ----------------------------------------------------------------------------

.PHONY: check
check: deps-check check-licences check-rust check-ui check-bindings ## Format, lints, types, bindings, licences

.PHONY: deps-check
deps-check:
	@scripts/deps.sh build shell

.PHONY: check-rust
check-rust: ui
	$(say) "format and lints of Rust"
	$(CARGO) fmt --all --check
	$(CARGO) clippy --quiet --workspace --all-targets -- -D warnings

.PHONY: check-ui
check-ui: ui/node_modules/.ready
	$(say) "types and lints of the screens"
	cd ui && npm run --silent check && npx vue-tsc --noEmit -p e2e

.PHONY: check-bindings
check-bindings: bindings
	$(say) "bindings are those of the Rust types"
	git diff --exit-code -- ui/src/bindings

.PHONY: check-licences
check-licences: target/tools/bin/cargo-deny
	$(say) "licences, bans and sources"
	PATH="$$PWD/target/tools/bin:$$PATH" $(CARGO) deny --locked check licenses bans sources

# Unoptimised: it runs for a second, and compiling it for speed takes minutes.
target/tools/bin/cargo-deny:
	$(say) "building cargo-deny, once"
	CARGO_TARGET_DIR=target/tools/build $(CARGO) install --quiet --locked --debug --root target/tools cargo-deny@0.20.2
	rm -rf target/tools/build

.PHONY: check-android
check-android: ui ## Type-check the whole app for Android
	$(say) "type-checking for aarch64-linux-android"
	@scripts/deps.sh android
	scripts/check-android.sh
