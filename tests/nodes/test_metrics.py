"""The numbers of a node are in the form that Prometheus reads."""

from __future__ import annotations

import re

import pytest

from openmidas.nodes import metrics as module
from openmidas.nodes.doctor import Finding, Level
from openmidas.nodes.metrics import Metric, Sample, metrics, render

# https://prometheus.io/docs/instrumenting/exposition_formats/#text-format-details
NAME = r"[a-zA-Z_:][a-zA-Z0-9_:]*"
LABEL = r'[a-zA-Z_][a-zA-Z0-9_]*="(?:[^"\\\n]|\\\\|\\"|\\n)*"'
VALUE = r"(?:[+-]?\d+(?:\.\d+)?(?:e[+-]?\d+)?|NaN|[+-]Inf)"
SAMPLE = re.compile(rf"({NAME})(?:\{{({LABEL}(?:,{LABEL})*)\}})? ({VALUE})")
HELP = re.compile(rf"# HELP ({NAME}) (?:[^\\\n]|\\\\|\\n)*")
TYPE = re.compile(rf"# TYPE ({NAME}) gauge")


def read(text: str) -> dict[str, list[tuple[str, float]]]:
    """The samples by metric, by the grammar of the format; its help and type come first, once."""
    assert text.endswith("\n")
    found: dict[str, list[tuple[str, float]]] = {}
    lines = iter(text.splitlines())
    current = ""
    for line in lines:
        if told := HELP.fullmatch(line):
            current = told[1]
            assert current not in found
            found[current] = []
            kind = TYPE.fullmatch(next(lines))
            assert kind
            assert kind[1] == current
            continue
        sample = SAMPLE.fullmatch(line)
        assert sample, line
        assert sample[1] == current
        found[current].append((sample[2] or "", float(sample[3])))
    return found


@pytest.mark.parametrize("name", ['a "post"', "C:\\post", "two\nlines", "Labbézanga", "}, x="])
def test_what_a_label_says_cannot_break_out_of_it(name: str) -> None:
    text = render([Metric("midas_x", "Help\\ in\ntwo lines.", [Sample(1, {"peer": name})])])
    ((label, value),) = read(text)["midas_x"]
    said = label.removeprefix('peer="').removesuffix('"')
    back = re.sub(r"\\(.)", lambda found: {"n": "\n"}.get(found[1], found[1]), said)
    assert (back, value) == (name, 1)


@pytest.mark.parametrize("value", [0, -5, 1.5, 2**53, float("inf"), float("-inf"), 1e-7])
def test_numbers_come_back_as_they_were(value: float) -> None:
    assert read(render([Metric("midas_x", "X.", [Sample(value)])]))["midas_x"] == [("", value)]


def test_a_metric_without_samples_is_left_out() -> None:
    assert render([Metric("midas_x", "X.", [])]) == "\n"


@pytest.mark.django_db
@pytest.mark.usefixtures("own_journal")
def test_all_that_this_node_measures_can_be_read() -> None:
    findings = [Finding("disk.room", Level.OK), Finding("disk.room", Level.OK)]
    found = read(render(metrics(findings)))
    assert found["midas_check"] == [('code="disk.room",level="ok"', 1)]
    assert found["midas_journal_sequence"] == [('epoch="1"', 1)]
    assert found["midas_disk_free_bytes"][0][1] > 0


@pytest.mark.django_db
def test_what_cannot_be_measured_hides_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks() -> list[Metric]:
        raise OSError("no disk")

    monkeypatch.setattr(module, "_measures", [breaks, module.node])
    assert "midas_journal_unprojected" in read(render(metrics([])))
