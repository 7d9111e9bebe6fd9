# Two commands: `make run` and `make test`. Everything lives in .venv; a second run skips what is done.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8000
HOST ?= 127.0.0.1
STAMP := $(VENV)/.installed
TEST_STAMP := $(VENV)/.installed-tests
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

.PHONY: test-stores test-replicas run setup components test test-setup browser lint types bench fuzz fuzz-http test-clients conformance wheel docs pictures clean

run: setup  ## load the shipped data that the store does not hold yet, and serve
	$(BIN)/planwerk serve --host $(HOST) --port $(PORT) --load data/aachen --load data/duties-nrw

setup: $(STAMP) components  ## virtual environment, packages and, where there is npm, the components of the pages

components: $(STAMP)  ## what the pages take from the KERN design system; without npm one sentence says that they do without
	@$(BIN)/python -m api.assets.components

$(STAMP): pyproject.toml constraints.txt
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(PIP) install --constraint constraints.txt --editable '.[print]'
	@touch $@

$(TEST_STAMP): $(STAMP)
	$(PIP) install --constraint constraints.txt --editable '.[test]'
	@touch $@

test-setup: $(TEST_STAMP) components browser

browser:  ## Debian's Chromium, whole and without its window, where it is missing and apt is at hand
	@command -v chromium >/dev/null && command -v chromium-headless-shell >/dev/null || { \
	  echo 'Chromium fehlt und wird mit apt installiert. / Installing Chromium with apt.'; \
	  SUDO=$$( [ "$$(id -u)" = 0 ] || command -v sudo ); \
	  $$SUDO apt-get update -qq && \
	  export DEBIAN_FRONTEND=noninteractive && \
	  $$SUDO apt-get install -y -qq --no-install-recommends chromium fonts-dejavu-core && \
	  { $$SUDO apt-get install -y -qq --no-install-recommends chromium-headless-shell || \
	    echo 'Ohne chromium-headless-shell: die Tests dauern länger. / Without it the tests take longer.'; }; }

test: test-setup lint types  ## all checks and tests
	$(BIN)/python -m pytest -n auto --dist loadgroup

lint: $(TEST_STAMP)
	$(BIN)/ruff check .
	$(BIN)/lint-imports

types: $(TEST_STAMP)
	$(BIN)/mypy

bench: $(TEST_STAMP)  ## ratios in one run
	$(BIN)/python -m benchmarks

test-replicas: $(TEST_STAMP)  ## two replicas behind nginx (or a small balancer), switched and restarted under load: no request may fail
	$(BIN)/python -m benchmarks.replicas 60 1000

STORE_TESTS := tests/intake/test_intake.py tests/questions/test_questions.py tests/findings/test_findings.py tests/model/test_duties.py tests/findings/test_decisions.py \
  tests/output/test_walks.py tests/pages/test_app_pages.py tests/pages/test_pages_findings.py tests/protocol/test_sparql_http.py tests/output/workbook/test_workbook_export.py

test-stores: $(TEST_STAMP)  ## the same tests on the Oxigraph server and on Virtuoso 7, which apt installs where it is missing
	@command -v virtuoso-t >/dev/null || { \
	  echo 'Virtuoso fehlt und wird mit apt installiert. / Installing Virtuoso with apt.'; \
	  SUDO=$$( [ "$$(id -u)" = 0 ] || command -v sudo ); \
	  $$SUDO apt-get update -qq && \
	  DEBIAN_FRONTEND=noninteractive $$SUDO apt-get install -y -qq --no-install-recommends virtuoso-opensource-7; }
	PLANWERK_TEST_STORE=oxigraph $(BIN)/python -m pytest -n auto --dist loadfile $(STORE_TESTS)
	PLANWERK_TEST_STORE=virtuoso $(BIN)/python -m pytest -n auto --dist loadfile $(STORE_TESTS) tests/stores/beside_virtuoso.py

fuzz: $(TEST_STAMP)  ## 2,000 broken workbooks and CSV files: each accepted or clearly refused
	$(BIN)/python -m tests.sheets.fuzz --mutants 2000 --jobs 2

fuzz-http: $(TEST_STAMP)  ## requests made from our own description of the interface: none may meet a defect
	PLANWERK_FUZZ_REQUESTS=300 $(BIN)/python -m pytest -n auto --dist loadgroup tests/protocol/test_fuzz_http.py

test-clients: $(TEST_STAMP)  ## other people's tools against our service: rdflib, LibreOffice where there is one, and Comunica by npm
	npm install --prefix tests/clients --no-package-lock --no-audit --no-fund --silent
	PLANWERK_COMUNICA=$(CURDIR)/tests/clients/node_modules/.bin/comunica-sparql \
	  $(BIN)/python -m pytest -n 0 tests/protocol/test_protocol_clients.py

conformance: $(TEST_STAMP)  ## the W3C's tests of SPARQL, RDF and SHACL, held against the list of known differences
	$(BIN)/python -m tests.conformance

wheel: $(TEST_STAMP) components  ## the wheel carries ontology, data, templates and static files
	$(BIN)/python -m build --wheel --outdir dist .

docs: $(TEST_STAMP)  ## the reference, written from the program
	$(BIN)/python -m api.reference > docs/reference.md

pictures: test-setup  ## the pictures of the documents, taken from the running product
	$(BIN)/python docs/make_pictures.py

clean:
	rm -rf $(VENV) node_modules api/static/vendor dist build .pytest_cache .mypy_cache .ruff_cache
