# Each target sets up what it needs; a second run costs nothing.
PYTHON ?= python3
VENV := .venv
RUN := $(VENV)/bin/python -m tools
PORT ?= 8000

.PHONY: help run build test lint types unit browser size bench line frames faults live screenshots wheels models detect new clean
help:
	@echo "make run          set up, build, serve, print the URL (PORT=$(PORT))"
	@echo "make test         set up, build, check style and types, run every test"
	@echo "make build        write the static site into dist/"
	@echo "make size         bytes by tier; reports/size.json"
	@echo "make bench        the engine beside others, the app by stage, in Chromium; reports/bench.json"
	@echo "make line         first detection over 1.6 Mbit/s: bytes, seconds; reports/line.json"
	@echo "make frames       10,000 frames through the engine: heap and objects; reports/frames.json"
	@echo "make faults       breaks line, host, browser and storage; what survived; reports/faults.json"
	@echo "make live         minutes of live camera: speed, latency, memory; reports/live.json (MINUTES=5)"
	@echo "make screenshots  phone and desktop, light and dark, ja and en; reports/screenshots/"
	@echo "make detect       what the app finds in pictures, in Chromium (IMAGES=FOLDER MODEL=ID BOTH=1)"
	@echo "make new          a project of your own from this one (DIR=FOLDER NAME='My app')"
	@echo "make models       says of every folder of models/ whether it keeps the contract"
	@echo "make wheels       builds numpy and OpenCV anew (Debian, root, an hour); see wheels/README.md"
	@echo "MEKIKI_MIRROR=DIR names a folder with model files for a machine without internet"
	@echo "MEKIKI_MODELS=all also takes models whose package is large (selfie: 145 MB)"

run: build
	$(RUN) serve --port $(PORT)

build: $(VENV)/ready node_modules/ready
	$(RUN) build

# Tests take every model that can be had, also those whose package is large.
test unit browser: export MEKIKI_MODELS ?= all
# Two at a time: much of a browser's test is waiting. Their dots mix; what fails is told at the end.
test: lint types build browsers tools/bench/node_modules/ready
	@$(MAKE) --no-print-directory --jobs 2 test-app test-more unit

lint: $(VENV)/ready
	$(VENV)/bin/ruff check
	$(VENV)/bin/ruff format --check

types: $(VENV)/ready node_modules/ready
	$(VENV)/bin/mypy
	node_modules/.bin/tsc -p tsconfig.json
	node_modules/.bin/tsc -p tsconfig.worker.json

unit: $(VENV)/ready node_modules/ready
	$(VENV)/bin/pytest tests --ignore tests/browser --ignore tests/opencv

# About half of the browser's tests by the clock: the engines and OpenCV's operators, and rooms.
MORE_TESTS := tests/opencv $(addprefix tests/browser/,numpy_suite engines own video faults demos lab play test_simd.py)
browser: build browsers tools/bench/node_modules/ready
	@$(MAKE) --no-print-directory --jobs 2 test-app test-more

# A browser that stalls on a busy machine fails any test: each may be run once more, and is told.
AGAIN := --reruns 1 -rR
.PHONY: test-app test-more
test-app:
	$(VENV)/bin/pytest $(AGAIN) tests/browser $(addprefix --ignore ,$(MORE_TESTS))
test-more:
	$(VENV)/bin/pytest $(AGAIN) $(MORE_TESTS)

size: build
	$(RUN) size

bench: build chromium tools/bench/node_modules/ready
	$(RUN) bench

line: build chromium
	$(RUN) line

frames: build chromium
	$(RUN) frames

faults: build chromium
	$(RUN) faults

MINUTES ?= 5
live: build chromium
	$(RUN) live --minutes $(MINUTES)

screenshots: build chromium
	$(RUN) screenshots

.PHONY: chromium browsers
chromium:
	@tools/install-chromium

browsers: chromium
	@tools/install-firefox
	@tools/install-webkit

models: $(VENV)/ready
	@$(RUN) models

IMAGES ?= app/samples
detect: build chromium
	@$(RUN) detect $(IMAGES) $(if $(MODEL),--model $(MODEL)) $(if $(BOTH),--both)

new: $(VENV)/ready
	$(if $(DIR),,$(error make new needs DIR=FOLDER))
	@$(RUN) new "$(DIR)" $(if $(NAME),--name "$(NAME)")

# CLEAN=1 compiles everything, with no cache of an earlier build.
wheels: $(VENV)/ready node_modules/ready
	$(if $(CLEAN),$(VENV)/bin/python -m wheels.recipe clean)
	$(VENV)/bin/python -m wheels.recipe $(if $(CLEAN),--no-ccache)

$(VENV)/ready: requirements.txt
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "mekiki needs Python 3.11 or newer")'
	$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); echo "mekiki: Debian keeps venv apart: apt-get install python3-venv" >&2; exit 1; }
	$(VENV)/bin/pip install --quiet --disable-pip-version-check -r requirements.txt
	touch $@

node_modules/ready: package.json package-lock.json
	npm ci --no-audit --no-fund --loglevel=error
	touch $@

# What the benchmark compares with is 33 MB that nobody else needs.
tools/bench/node_modules/ready: tools/bench/package.json tools/bench/package-lock.json
	npm ci --prefix tools/bench --no-audit --no-fund --loglevel=error
	touch $@

clean:
	rm -rf dist .cache reports
