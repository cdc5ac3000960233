"""What is shipped: the wheel, the hashed requirements, the image, and nothing of this machine."""

from __future__ import annotations

import ast
import json
import re
import shutil
import subprocess
import sys
import sysconfig
import tomllib
import venv
import zipfile
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from dockerfile import health_command, instructions, start_command
from serving import ROOT, free_port, get, run, serving

REQUIREMENTS = sorted(ROOT.glob("requirements*.txt"))
COPIED = shutil.ignore_patterns(".*", "__pycache__", "mutants", "node_modules", "dist")

MACHINE = re.compile(r"(?<![\w.:/-])/(?:root|home|Users|work|tmp|mnt)/\w")
INDEX = re.compile(
    r"https?://[^\s'\"]*/simple\b|^\s*--?(?:extra-)?(?:index-url|find-links)", re.MULTILINE
)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the wheel that hatchling builds from a copy of the repository."""
    folder = tmp_path_factory.mktemp("wheel")
    shutil.copytree(ROOT, folder / "copy", ignore=COPIED)
    run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", "..", at=folder / "copy")
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a fresh environment with the wheel, which borrows the packages it depends on."""
    folder = tmp_path_factory.mktemp("installed")
    venv.create(folder)
    install = ("install", "--no-deps", "--no-index", wheel)
    run(sys.executable, "-m", "pip", "--python", folder / "bin" / "python", *install, at=folder)
    (packages,) = folder.glob("lib/python*/site-packages")
    (packages / "borrowed.pth").write_text(sysconfig.get_path("purelib"))
    return folder


def test_the_wheel_is_complete(wheel: Path) -> None:
    """Modules, translations, the page and the document are inside; tests are not."""
    inside = set(zipfile.ZipFile(wheel).namelist())
    needed = {
        str(path.relative_to(ROOT))
        for path in (ROOT / "service").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    others = {name for name in inside - needed if ".dist-info/" not in name}

    assert set() == needed - inside
    assert {"service/openapi.yaml"} == others
    assert any(name.endswith("licenses/LICENSE") for name in inside)


@pytest.fixture(scope="module")
def address(installed: Path) -> Iterator[str]:
    """Return where the installed wheel is served, by the image's own command."""
    port = free_port()
    program, *arguments = start_command()
    shutil.copy(ROOT / "gunicorn.conf.py", installed)
    command = [str(installed / "bin" / "python"), "-m", program, *arguments]
    with serving(command, installed, port) as url:
        yield url


def test_the_installed_wheel_serves_its_document(address: str) -> None:
    """The document comes from the wheel: there is no repository beside it."""
    assert (ROOT / "openapi.yaml").read_bytes() == get(f"{address}/openapi.yaml")


@pytest.mark.parametrize("path", ["/docs", "/docs/start.js", "/docs/swagger-ui.css"])
def test_the_installed_wheel_serves_its_page(address: str, path: str) -> None:
    """The page and what it is made of are served without another network."""
    assert get(address + path)


def test_the_installed_wheel_speaks_every_language(address: str) -> None:
    """The translations are in the wheel."""
    assert "每条线索成本" == json.loads(get(f"{address}/v1/metrics/cpl?lang=zh"))["name"]


def test_the_health_check_passes(address: str) -> None:
    """The image's health check succeeds on a service that runs, and fails on none."""
    port = int(address.rpartition(":")[2])

    assert 0 == _status(health_command(port))
    assert 0 != _status(health_command(free_port()))


def test_the_command_is_installed(installed: Path) -> None:
    """kpi-service computes without the repository."""
    command = (installed / "bin" / "kpi-service", "compute", "cpl", "campaign_costs=9", "leads=3")

    assert "3\n" == run(*command, "--value", at=installed)


@pytest.mark.parametrize("path", REQUIREMENTS, ids=lambda path: path.name)
def test_requirements_are_pinned_and_hashed(path: Path) -> None:
    """Each requirement is one version with its hashes, for every platform, from any index."""
    text = path.read_text("utf-8").replace("\\\n", " ")
    lines = [
        line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")
    ]

    assert lines
    for line in lines:
        assert re.match(r"[a-z0-9-]+==\S+ .*--hash=sha256:[0-9a-f]{64}", line), line


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("requirements.txt", ["dependencies"]),
        ("requirements-dev.txt", ["dependencies", "dev"]),
        ("requirements-build.txt", ["build-system"]),
    ],
)
def test_requirements_hold_what_is_declared(name: str, wanted: list[str]) -> None:
    """A dependency that was declared and not compiled is noticed; `make lock` compiles it."""
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    lists = {
        "dependencies": declared["project"]["dependencies"],
        "dev": declared["project"]["optional-dependencies"]["dev"],
        "build-system": declared["build-system"]["requires"],
    }
    pinned = set(re.findall(r"^([a-z0-9-]+)==", (ROOT / name).read_text("utf-8"), re.MULTILINE))

    for one in (requirement for kind in wanted for requirement in lists[kind]):
        assert re.match(r"[\w-]+", one)[0] in pinned, "run: make lock"  # type: ignore[index]


def test_what_is_imported_to_start_is_required() -> None:
    """Every package that a module needs at once is installed to run, not only for the checks."""
    text = (ROOT / "requirements.txt").read_text("utf-8")
    required = set(re.findall(r"^([a-z0-9-]+)==", text, re.MULTILINE))
    owners = packages_distributions()
    imported = {
        name.partition(".")[0]
        for path in (ROOT / "service").rglob("*.py")
        for node in ast.parse(path.read_text("utf-8")).body
        for name in _imported(node)
    }

    for root in imported - {"service"} - sys.stdlib_module_names:
        assert {re.sub(r"[._]", "-", one).lower() for one in owners[root]} & required, root


def test_files_name_no_machine_and_no_index() -> None:
    """No committed file holds a path of somebody's machine or the address of a package index."""
    listed = run("git", "ls-files", "-z", at=ROOT).split("\0")
    for path in (ROOT / name for name in listed if name):
        if not path.is_file():
            continue
        text = path.read_text("utf-8")

        assert not MACHINE.search(text), path
        assert not INDEX.search(text), path


def test_hadolint_accepts_the_dockerfile() -> None:
    """The linter for Dockerfiles finds nothing."""
    hadolint = shutil.which("hadolint", path=sysconfig.get_path("scripts"))
    if hadolint is None:
        pytest.skip("hadolint has no build for this platform")

    assert "" == run(hadolint, "Dockerfile", at=ROOT)


def test_the_base_is_pinned() -> None:
    """Every stage starts from the same release of Python on the same release of Debian."""
    bases = {rest.split()[0] for word, rest in instructions() if word == "FROM"}
    (base,) = bases

    assert re.fullmatch(r"python:3\.\d+-slim-[a-z]+", base)


def test_the_image_runs_as_nobody_special() -> None:
    """The user is a number, so that an orchestrator can see that it is not root."""
    words = [word for word, _ in instructions()]
    user = dict(instructions())["USER"]

    assert int(user) > 0
    assert "USER" in words[len(words) - words[::-1].index("FROM") :]


def test_the_image_says_whether_it_is_healthy() -> None:
    """HEALTHCHECK and CMD are lists: no shell stands between the signal and the server."""
    told = dict(instructions())

    assert told["CMD"].startswith("[")
    assert "CMD [" in told["HEALTHCHECK"]
    assert "ADD" not in told


def test_the_image_copies_only_what_is_let_through() -> None:
    """.dockerignore shuts everything out but the sources of COPY."""
    lines = (ROOT / ".dockerignore").read_text("utf-8").splitlines()
    copied = {
        source
        for word, rest in instructions()
        if word == "COPY" and not rest.startswith("--from=")
        for source in rest.split()[:-1]
    }

    assert "*" in lines
    assert copied == {line[1:] for line in lines if line.startswith("!")}


def test_the_image_installs_hashed_packages_only() -> None:
    """What pip installs is pinned by hash, or is the wheel that was just built."""
    installs = [
        command
        for word, rest in instructions()
        if word == "RUN"
        for command in rest.split("&&")
        if "pip install" in command
    ]

    assert installs
    for command in installs:
        assert "--require-hashes -r " in command or "--no-deps --no-index" in command


def _imported(node: ast.stmt) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    return [node.module or "service"] if isinstance(node, ast.ImportFrom) else []


def _status(command: list[str]) -> int:
    done = subprocess.run(command, check=False, timeout=30, capture_output=True)  # noqa: S603  the image's own
    return done.returncode
