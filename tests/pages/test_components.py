"""What the pages take from the design system: only what they use, nothing from elsewhere, and never a broken set-up."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from api.assets import components
from api.assets.bundling import EDITOR, LICENCES
from api.assets.components import STAMP, STYLESHEET, classes_in, stylesheet_from, take, used_rules
from api.pages.frame.site import has_components
from tests.product.test_architecture import committed

ROOT = Path(__file__).parents[2]
LOCK = json.loads((ROOT / "package-lock.json").read_text("utf-8"))
PACKAGES = {name: entry for name, entry in LOCK["packages"].items() if name}
USED = frozenset({"kern-btn", "kern-btn--primary"})


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A package made like the real one, with a rule for each case."""
    folder = tmp_path / "native"
    fonts = folder / "dist" / "fonts" / "fira-sans"
    fonts.mkdir(parents=True)
    for file, _, _ in components.FONTS:
        (fonts / file).write_bytes(file.encode())
    (folder / "package.json").write_text('{"version": "1.2.3"}', "utf-8")
    (folder / "LICENSE.md").write_text("EUPL-1.2", "utf-8")
    (folder / "dist" / "kern.css").write_text(
        '@charset "UTF-8";\n/* a { } */\n:root {\n  --kern-a: 1;\n}\nimg, svg {\n  display: block;\n}\n'
        ".kern-btn, .kern-card {\n  color: red;\n}\n.kern-btn:not(.kern-card, .x) {\n  color: blue;\n}\n"
        "@media (forced-colors: active) {\n  .kern-btn--primary {\n    border: 0;\n  }\n  .kern-card {\n    border: 1px;\n  }\n}\n",
        "utf-8",
    )
    return folder


def test_only_tokens_and_used_components_are_taken(package: Path) -> None:
    sheet = stylesheet_from(package, USED)
    rules = sheet.partition("@layer kern{\n")[2]
    assert rules.splitlines() == [
        ":root{--kern-a: 1}",
        ".kern-btn{color: red}",
        "@media (forced-colors: active){.kern-btn--primary{border: 0}}",
        "}",
    ]


def test_the_cut_says_what_it_is_from_and_under_which_licence(package: Path, tmp_path: Path) -> None:
    take(package, tmp_path / "taken", USED)
    assert (
        (tmp_path / "taken" / STYLESHEET).read_text("utf-8").startswith("/* A cut of @kern-ux/native 1.2.3")
    )
    assert (tmp_path / "taken" / "LICENSE-kern.md").read_text("utf-8") == "EUPL-1.2"
    assert {path.name for path in (tmp_path / "taken").glob("*.woff2")} == {
        name for name, _, _ in components.FONTS
    }


def test_a_stylesheet_that_names_another_host_is_refused(package: Path) -> None:
    sheet = package / "dist" / "kern.css"
    sheet.write_text(".kern-btn { background: url(https://example.org/a.png) }", "utf-8")
    with pytest.raises(ValueError, match=r"https://example\.org/a\.png"):
        stylesheet_from(package, USED)


def test_what_no_page_uses_leaves_nothing_behind() -> None:
    assert list(used_rules(".kern-card{a:b}@media print{.kern-card{a:b}}body{c:d}", frozenset())) == []


def test_without_npm_one_sentence_says_so_and_nothing_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(components, "TAKEN", tmp_path / "taken")
    monkeypatch.setattr(components, "PACKAGE", tmp_path / "node_modules" / "@kern-ux" / "native")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert components.main() == 0
    assert capsys.readouterr().err == components.WITHOUT_NPM + "\n"
    assert not (tmp_path / "taken").exists()


def test_an_npm_that_reaches_no_registry_is_no_failure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    npm = tmp_path / "npm"
    npm.write_text("#!/bin/sh\nexit 1\n", "utf-8")
    npm.chmod(0o755)
    monkeypatch.setattr(components, "TAKEN", tmp_path / "taken")
    monkeypatch.setattr(components, "PACKAGE", tmp_path / "node_modules" / "@kern-ux" / "native")
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin:/usr/bin")
    assert components.main() == 0
    assert capsys.readouterr().err == components.NOT_FETCHED + "\n"


def test_a_second_run_makes_nothing_anew(
    package: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(components, "TAKEN", tmp_path / "taken")
    monkeypatch.setattr(components, "PACKAGE", package)
    monkeypatch.setattr(components, "_are_pinned_versions", lambda _: True)
    monkeypatch.setattr(components, "bundle", lambda _, target: target.write_text("editor", "utf-8"))
    components.main()
    made = (tmp_path / "taken" / STYLESHEET).stat().st_mtime_ns
    components.main()
    assert (tmp_path / "taken" / STYLESHEET).stat().st_mtime_ns == made
    assert (tmp_path / "taken" / STAMP).read_text("utf-8") == components.fingerprint()


def test_an_esbuild_that_does_not_run_leaves_the_plain_field_and_is_said(
    package: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(components, "TAKEN", tmp_path / "taken")
    monkeypatch.setattr(components, "PACKAGE", package)
    monkeypatch.setattr(components, "_are_pinned_versions", lambda _: True)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert components.main() == 0
    assert capsys.readouterr().err == components.NOT_BUNDLED + "\n"
    assert (tmp_path / "taken" / STYLESHEET).exists()
    assert not (tmp_path / "taken" / EDITOR).exists()


def test_other_versions_than_the_pinned_ones_are_fetched_anew(tmp_path: Path) -> None:
    held = tmp_path / "node_modules" / ".package-lock.json"
    held.parent.mkdir()
    entries = {name: dict(entry) for name, entry in PACKAGES.items() if not entry.get("optional")}
    held.write_text(json.dumps({"packages": entries}), "utf-8")
    package = held.parent / "@kern-ux" / "native"
    assert components._are_pinned_versions(package)
    entries["node_modules/crelt"]["integrity"] = "sha512-other"
    held.write_text(json.dumps({"packages": entries}), "utf-8")
    assert not components._are_pinned_versions(package)


def test_the_lock_file_pins_every_package_by_its_hash_and_names_no_registry() -> None:
    assert all(entry["integrity"].startswith("sha512-") for entry in PACKAGES.values())
    assert not any("resolved" in entry for entry in PACKAGES.values())
    assert not re.search(r"https?://", json.dumps(LOCK))


def test_the_packages_that_reach_the_pages_are_few_and_free() -> None:
    shipped = {name: entry for name, entry in PACKAGES.items() if not entry.get("dev")}
    assert {entry["license"] for entry in shipped.values()} == {"MIT", "EUPL-1.2"}
    assert {name.split("/")[1] for name in shipped} == {
        *("@codemirror", "@kern-ux", "@lezer", "@marijn", "crelt", "style-mod", "w3c-keyname")
    }


def test_the_bundle_names_no_other_host_and_carries_the_licences_of_its_packages() -> None:
    if not has_components():
        pytest.skip("no npm here, or no registry: there is no bundle to look at")
    script = (components.TAKEN / EDITOR).read_text("utf-8")
    assert set(re.findall(r"https?://[^\s\"'`)]+", script)) == {"http://www.w3.org/2000/svg"}
    licences = (components.TAKEN / LICENCES).read_text("utf-8")
    assert [name for name in ("@codemirror/view", "@lezer/common", "style-mod") if name not in licences] == []


def test_nothing_that_npm_brought_is_committed() -> None:
    assert [path for path in committed() if "vendor" in path.parts or path.suffix == ".woff2"] == []


def test_every_component_class_of_the_templates_is_one_of_the_package() -> None:
    if not has_components():
        pytest.skip("no npm here, or no registry: there is nothing to compare with")
    named = classes_in(path.read_text("utf-8") for path in components.TEMPLATES.glob("*.html"))
    known = (components.PACKAGE / "dist" / "kern.css").read_text("utf-8")
    unknown = {name for name in named if not re.search(rf"\.{name}\b(?!-)", known)}
    assert unknown <= {"kern-table__body", "kern-table__row", "kern-table__head"}
