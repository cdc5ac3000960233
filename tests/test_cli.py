"""The command line: the same catalogue, computations and batches without HTTP."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any, Self

import pytest
from click.testing import CliRunner, Result

from service import __version__, cli
from service.catalogue import METRICS
from service.configuration import configured

ROI = '{"id": "roi", "metric": "marketing_roi", "inputs": {"revenue": 5, "marketing_cost": 1}}'
FOLLOWS = '{"metric": "kpi_attainment", "inputs": {"actual": {"from": "roi"}, "target": 8}}'
BAD = '{"metric": "cpl", "inputs": {"campaign_costs": -1, "leads": 3}}'


def run(*arguments: str, given: str | bytes = "") -> Result:
    """Return how the command ended."""
    return CliRunner().invoke(cli.main, arguments, input=given)


def test_version() -> None:
    """--version tells which version it is."""
    assert f"kpi-service, version {__version__}\n" == run("--version").output


def test_metrics() -> None:
    """`metrics` lists all of them: id, name and unit, parted by tabs."""
    lines = run("metrics").output.splitlines()

    assert len(METRICS) == len(lines)
    assert "cost_per_lead\tCost per lead\tmoney/lead" in lines


def test_metrics_by_words() -> None:
    """`metrics WORDS` lists those that the words find, in any language."""
    for words in (["conversion", "rate"], ["ty", "le", "chuyen", "doi"], ["转化率"]):
        assert run("metrics", *words).output.startswith("conversion_rate\t")


def test_show(client: Any) -> None:
    """`show` prints the card that the service answers with."""
    card = client.get("/v1/metrics/cost_per_lead?lang=vi").json

    assert card == json.loads(run("show", "cpl", "--lang", "vi").output)


def test_compute(post: Any) -> None:
    """`compute` prints the answer of the service."""
    told = run("compute", "cpl", "campaign_costs[ads]=1", "campaign_costs[fairs]=2.5", "leads=7")

    assert 0 == told.exit_code
    assert post("cpl", {"campaign_costs": {"ads": 1, "fairs": 2.5}, "leads": 7}).json == json.loads(
        told.output
    )


def test_compute_the_value() -> None:
    """`compute --value` prints the exact number alone."""
    assert (
        "0.6666666666666666666666666667\n"
        == run("compute", "profit_margin", "profit=2", "revenue=3", "--value").output
    )


def test_compute_refuses() -> None:
    """Inputs that cannot be computed end with 1 and the problem on the error stream."""
    told = run("compute", "cpl", "campaign_costs=x", "leads=1")

    assert (1, "") == (told.exit_code, told.stdout)
    assert "wrong_type" == json.loads(told.stderr)["code"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["compute", "cpl", "leads"], "'leads' is not NAME=VALUE"),
        (["compute", "cpll"], "there is no metric cpll; did you mean"),
        (["show", "cpa"], "use one of"),
        (["show", "cpl", "--lang", "fr"], "'fr' is not one of"),
        (["batch", "no-such-file"], "No such file"),
    ],
)
def test_a_wrong_call(arguments: list[str], said: str) -> None:
    """A call that makes no sense ends with 2 and says why."""
    told = run(*arguments)

    assert 2 == told.exit_code
    assert said in told.stderr


@pytest.mark.parametrize(
    "text",
    [
        f'{{"items": [{ROI}, {FOLLOWS}]}}',
        f'{{"items": [\n{ROI},\n{FOLLOWS}\n]}}\n',
        f'{{\n"items": [{ROI}, {FOLLOWS}]}}',
        f"{ROI}\n{FOLLOWS}\n",
        f"{ROI}\n\n{FOLLOWS}",
        f"\n{ROI}\n{FOLLOWS}",
        f"\ufeff{ROI}\n{FOLLOWS}",
    ],
    ids=["document", "pretty", "brace first", "lines", "empty line", "empty first line", "mark"],
)
def test_batch(text: str) -> None:
    """`batch` reads a document or lines, and prints one result a line."""
    told = run("batch", "-", given=text.encode())

    assert 0 == told.exit_code
    assert [4, 0.5] == [json.loads(line)["value"] for line in told.stdout.splitlines()]


def test_batch_of_a_file(tmp_path: Path) -> None:
    """A file is read as its standard input would be, plainly where no terminal is."""
    path = tmp_path / "items.ndjson"
    path.write_text(f"{ROI}\n{FOLLOWS}\n", "utf-8")
    told = run("batch", str(path), "--value")

    assert "" == told.stderr
    assert {"index", "id", "metric", "status", "value", "value_text", "unit", "reason"} == (
        json.loads(told.stdout.splitlines()[0]).keys()
    )


def test_batch_with_a_bad_item() -> None:
    """One bad item spoils no other, and the command ends with 1."""
    told = run("batch", "-", given=f"{ROI}\n\n{BAD}\nnot json\n{FOLLOWS}\n")
    results = [json.loads(line) for line in told.stdout.splitlines()]

    assert 1 == told.exit_code
    assert ["ok", "error", "error", "ok"] == [one["status"] for one in results]
    assert [None, 3, 4, None] == [one.get("line") for one in results]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[1, 2]", 'the file has no list of "items"'),
        ('{"items": 5}', 'the file has no list of "items"'),
        ("{\nnothing", "the file is neither JSON nor lines of JSON"),
    ],
)
def test_no_batch(text: str, said: str) -> None:
    """A file that holds no items is a wrong call."""
    told = run("batch", "-", given=text)

    assert 2 == told.exit_code
    assert said in told.stderr


@pytest.mark.parametrize("text", ['{"items": []}', "", "\n"])
def test_no_items(text: str) -> None:
    """Without items there are no results."""
    told = run("batch", "-", given=text)

    assert (0, "") == (told.exit_code, told.output)


def test_a_progress_bar(monkeypatch: pytest.MonkeyPatch) -> None:
    """A bar counts the bytes of a file while results go to another file and errors to a screen."""
    shown: list[dict[str, Any]] = []
    read: list[int] = []
    monkeypatch.setattr(cli.click, "progressbar", lambda **more: shown.append(more) or Bar(read))
    text = f"{ROI}\n{FOLLOWS}\n"
    run("batch", "-", given=text)

    assert (len(text), True) == (shown[0]["length"], shown[0]["hidden"])
    assert len(text) == sum(read)


class Bar:
    """A progress bar that writes down what it is told."""

    def __init__(self, read: list[int]) -> None:
        self.update = read.append

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        pass


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """Return an environment of the command's own, which it may change."""
    own = dict(os.environ)
    monkeypatch.setattr(cli.os, "environ", own)
    monkeypatch.setattr(cli, "configured", lambda: configured(own))
    return own


def test_serve(monkeypatch: pytest.MonkeyPatch, environment: dict[str, str]) -> None:
    """`serve` becomes gunicorn, with what was asked for in the environment it starts with."""
    called: list[list[str]] = []
    monkeypatch.setattr(cli.os, "execv", lambda _, command: called.append(command))
    told = run("serve", "--bind", "0.0.0.0:80", "--workers", "3", "--no-auth")

    assert 0 == told.exit_code
    assert ["gunicorn", "--config", "python:service.serving", "service.app:create_app()"] == (
        called[0][2:]
    )
    assert ("0.0.0.0:80", "3") == (environment["KPI_BIND"], environment["KPI_WORKERS"])


@pytest.mark.usefixtures("environment")
def test_serve_refuses_the_world_without_keys() -> None:
    """An address that others reach needs keys, and the refusal shows both ways out."""
    told = run("serve", "--bind", "0.0.0.0:80")

    assert 2 == told.exit_code
    assert "kpi-service key" in told.stderr
    assert "--no-auth" in told.stderr


def test_config_hides_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    """`config` prints every setting, and secrets as hidden."""
    monkeypatch.setenv("KPI_REDIS_URL", "redis://:geheim@localhost")
    told = run("config")

    assert "KPI_REDIS_URL=(hidden)" in told.stdout
    assert "geheim" not in told.stdout


def test_key_prints_a_line_without_the_key() -> None:
    """`key` prints the hashed line; the key itself is told beside it, once."""
    told = run("key", "crm", "--scope", "hooks")
    token = told.stderr.split()[-1]

    assert told.stdout.startswith("crm sha256:")
    assert token not in told.stdout
    assert "hooks" == new_scopes(told.stdout)


def new_scopes(line: str) -> str:
    """Return the scopes of a line of the key file."""
    return line.rsplit(maxsplit=1)[-1]
