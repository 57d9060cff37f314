# Each target sets up what it needs; a second run costs nothing.
PYTHON ?= python3
VENV := .venv
RUN := $(VENV)/bin/python -m tools
PORT ?= 8000

.PHONY: help run build test lint types unit browser size bench screenshots clean
help:
	@echo "make run          set up, build, serve, print the URL (PORT=$(PORT))"
	@echo "make test         set up, build, check style and types, run every test"
	@echo "make build        write the static site into dist/"
	@echo "make size         bytes by tier; reports/size.json"
	@echo "make bench        milliseconds by stage in Chromium; reports/bench.json"
	@echo "make screenshots  phone and desktop, light and dark, ja and en; reports/screenshots/"
	@echo "MEKIKI_MIRROR=DIR names a folder with model files for a machine without internet"

run: build
	$(RUN) serve --port $(PORT)

build: $(VENV)/ready node_modules/ready
	$(RUN) build

test: lint types build unit browser

lint: $(VENV)/ready
	$(VENV)/bin/ruff check
	$(VENV)/bin/ruff format --check

types: $(VENV)/ready node_modules/ready
	$(VENV)/bin/mypy
	node_modules/.bin/tsc -p tsconfig.json
	node_modules/.bin/tsc -p tsconfig.worker.json

unit: $(VENV)/ready node_modules/ready
	$(VENV)/bin/pytest tests --ignore tests/browser

browser: build chromium
	$(VENV)/bin/pytest tests/browser

size: build
	$(RUN) size

bench: build chromium
	$(RUN) bench

screenshots: build chromium
	$(RUN) screenshots

.PHONY: chromium
chromium:
	@tools/install-chromium

$(VENV)/ready: requirements.txt
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "mekiki needs Python 3.11 or newer")'
	$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); echo "mekiki: Debian keeps venv apart: apt-get install python3-venv" >&2; exit 1; }
	$(VENV)/bin/pip install --quiet --disable-pip-version-check -r requirements.txt
	touch $@

node_modules/ready: package.json package-lock.json
	npm ci --no-audit --no-fund --loglevel=error
	touch $@

clean:
	rm -rf dist .cache reports
