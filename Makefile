# film and test do all the set-up they need; Python 3.11 or newer must be there.
PYTHON ?= python3
BIN := .venv/bin
IDEA ?= A lighthouse keeper finds a stranded whale on the winter shore
NAME ?= the_keeper_and_the_whale
COMFYUI ?= http://127.0.0.1:8188
TESTS := $(BIN)/python -m pytest -m "not soak"
# Modules are compiled once, also where a computer is set to keep no compiled ones: the tests start Python hundreds of times.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: setup film run test conformance soak bench lint lock

setup: .venv/ready

.venv/ready: requirements.lock pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $@

film: setup
	$(BIN)/studio film "$(IDEA)" --name "$(NAME)"

run: setup
	$(BIN)/studio serve

# What failed is tried once more, by itself: thousands of tests and a browser share the computer, and one may be late
# there. What is wrong fails twice; the first failure stays to be read.
test: setup
	$(TESTS) --numprocesses 3 --dist loadfile --no-loadscope-reorder tests || \
		$(TESTS) --last-failed --last-failed-no-failures none tests

# Against a ComfyUI server that runs there: make conformance COMFYUI=http://gpu2:8188
conformance: setup
	STUDIO_TEST_COMFYUI="$(COMFYUI)" $(BIN)/python -m pytest -rs tests/engines/test_comfyui_real.py

soak: setup
	$(BIN)/python -m pytest -m soak -o addopts="--strict-markers -v --disable-socket --allow-unix-socket" tests

bench: setup
	$(BIN)/python -m tests.bench

lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

# Everything with hashes, from whatever index pip is set to; the file names none.
lock:
	$(PYTHON) -m venv .venv-lock
	.venv-lock/bin/python -m pip install --quiet --upgrade pip pip-tools
	.venv-lock/bin/python scripts/dev_requirements.py > .venv-lock/dev.in
	.venv-lock/bin/pip-compile --quiet --generate-hashes --no-emit-index-url --no-emit-trusted-host --no-emit-find-links \
		--no-annotate --no-header --allow-unsafe --strip-extras --extra edge --extra kokoro --extra whisper --extra postgres --extra translate \
		--output-file requirements.lock pyproject.toml .venv-lock/dev.in
	rm -rf .venv-lock
