"""`midas screen run` and `compare`: one answer a line, whatever the line."""

from __future__ import annotations

import gzip
import io
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from openmidas.cli import main
from openmidas.screening.commands.spreading import FEW

SMALL = Path(__file__).parents[1] / "data" / "un-small.xml"
SAGNON = {"surname": "SAGNON", "given_names": "BOUREIMA N'GUESSAN"}

Answers = list[dict[str, Any]]


@pytest.fixture
def asked(tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> Any:
    """Run a command on lines (objects, or bytes as they stand) and give its answers."""

    def ask(command: str, *lines: object, more: tuple[str, ...] = ()) -> Answers:
        path = tmp_path / "asked.jsonl"
        texts = [one if isinstance(one, bytes) else json.dumps(one).encode() for one in lines]
        path.write_bytes(b"\n".join(texts))
        assert main(["screen", command, str(path), *more, "--json", "--lang", "en"]) == 0
        return [json.loads(line) for line in capfdbinary.readouterr().out.splitlines()]

    return ask


@pytest.fixture
def run(asked: Any) -> Any:
    """Ask the small list."""
    return lambda *lines: asked("run", *lines, more=("--list", f"un:{SMALL}"))


@pytest.fixture
def compare(asked: Any) -> Any:
    """Compare pairs."""
    return lambda *lines: asked("compare", *lines)


class TestRun:
    def test_a_hit_says_which_listing_how_sure_and_why(self, run: Any) -> None:
        (answer,) = run({"id": 7, **SAGNON, "birth": "1976", "sex": "M", "nationality": "Mali"})
        (hit,) = answer["hits"]
        assert (answer["id"], hit["list"], hit["listing"]) == (7, "un", "TSi.001")
        assert hit["class"] == "strong"
        evidence = hit["explanation"]["evidence"]
        assert [one["field"] for one in evidence] == [
            "name", "birth", "sex", "nationality", "number",
        ]  # fmt: skip
        assert hit["score"] == pytest.approx(sum(one["weight"] for one in evidence), abs=0.1)
        assert hit["explanation"]["sentence"].startswith("Very likely the same person.")
        assert evidence[3]["ours"] == "MLI"

    def test_a_name_in_one_piece_and_a_number_alone_will_do(self, run: Any) -> None:
        whole, number, nobody = run(
            {"id": "a", "name": "Boureima Sagnon N'Guessan", "birth": "1971-03-14"},
            {"id": "b", "number": "B/011-7641", "number_issuer": "ml"},
            {"id": "c", "name": "Ingrid Svensson", "birth": "1980"},
        )
        assert [hit["listing"] for hit in whole["hits"]] == ["TSi.001"]
        assert [hit["class"] for hit in number["hits"]] == ["strong"]
        assert nobody == {"id": "c", "hits": []}

    @pytest.mark.parametrize(
        ("line", "said"),
        [
            (b"oops", "no JSON"),
            (b"[1]", "no JSON object"),
            (b'{"id": 1}', "neither a name nor"),
            (b'{"id": 1, "name": {"first": "A"}}', "no text"),
            (b'{"id": 1, "name": "\xff\xfe"}', "no JSON"),
            (b"[" * 100_000, "no JSON"),
            (b'{"id": 1, "name": "' + b"A" * 5_000_000 + b'"}', "no JSON"),
            (b'{"id": 1, "name": "' + b"A" * 9_000 + b'"}', "too long"),
        ],
    )
    def test_a_bad_line_is_answered_and_the_next_is_asked(
        self, run: Any, line: bytes, said: str
    ) -> None:
        bad, good = run(line, {"id": 2, **SAGNON, "birth": "1976"})
        assert said in bad["error"]
        assert bad["line"] == 1
        assert (good["id"], len(good["hits"])) == (2, 1)

    def test_a_field_that_is_not_understood_is_named_and_the_rest_is_asked(self, run: Any) -> None:
        (answer,) = run({"id": 1, **SAGNON, "birth": "soon", "nationality": "Nowhere", "x": 1})
        assert "no date: “soon”" in answer["error"]
        assert answer["not_understood"] == ["x: 1", "nationality: Nowhere"]
        assert len(answer["hits"]) == 1

    def test_several_lists_are_asked_together(self, asked: Any, tmp_path: Path) -> None:
        table = tmp_path / "own.csv"
        table.write_text("Référence,Nom,Né le\nP1,SAGNON BOUREIMA N'GUESSAN,1976\n", "utf-8")
        more = ("--list", f"un:{SMALL}", "--list", f"national:{table}")
        (answer,) = asked("run", {**SAGNON, "birth": "1976"}, more=more)
        assert {hit["list"] for hit in answer["hits"]} == {"un", "national"}

    def test_the_questions_may_stand_behind_the_list(
        self, tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
    ) -> None:
        path = tmp_path / "asked.jsonl.gz"
        path.write_bytes(gzip.compress(json.dumps(SAGNON).encode()))
        assert main(["screen", "run", "--json", "--list", f"un:{SMALL}", str(path)]) == 0
        assert b"TSi.001" in capfdbinary.readouterr().out

    @pytest.mark.parametrize(
        ("more", "said"),
        [
            ([], "--list KIND:FILE"),
            (["--list", "nothing.xml"], "names no kind of list"),
            (["--list", "un:nothing.xml"], "There is no file"),
            (["--list", f"eu:{SMALL}"], "begins with “CONSOLIDATED_LIST”"),
            (["--list", f"eu:{SMALL}"], "[not_this_list]"),
            (["--list", f"swiss:{SMALL}"], "un, ofac, eu, uk, ftm, national, lost"),
            (["--list", "lost:nothing.csv"], "There is no file"),
            (["--list", f"lost:{SMALL.parent}"], "is a folder"),
            (["--list", f"lost:{SMALL}"], "number, type, issuer, date, reason"),
            (["--list", "national:/dev/null"], "it is empty"),
            (["--list", "lost:/dev/null"], "it is empty"),
        ],
    )
    def test_what_cannot_be_asked_is_told_in_a_sentence(
        self, more: list[str], said: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert main(["screen", "run", str(SMALL), *more, "--lang", "en"]) == 1
        assert said in capsys.readouterr().err

    @pytest.mark.parametrize("kind", ["national", "lost"])
    def test_an_encoding_is_named_for_every_table_and_never_guessed(
        self, kind: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        table, questions = tmp_path / "list.csv", tmp_path / "asked.jsonl"
        text = "Numéro;Pays émetteur;Motif;Nom\nA1234567;Guinée;volé;KONÉ\n"
        table.write_bytes(text.encode("cp1252"))
        questions.write_text(json.dumps({"number": "A1234567", "number_issuer": "GIN"}))
        asked = ["screen", "run", str(questions), "--list", f"{kind}:{table}", "--lang", "en"]
        assert main([*asked, "--json"]) == 1
        said = capsys.readouterr().err
        assert "not in UTF-8" in said
        assert "--encoding cp1252" in said
        assert main([*asked, "--json", "--encoding", "cp1252"]) == 0

    def test_a_long_file_is_shared_among_processes_and_answered_in_order(self, run: Any) -> None:
        known = {**SAGNON, "birth": "1976"}
        lines = [{"id": at, **(known if at % 3 else {"x": 1})} for at in range(2 * FEW)]
        answers = run(*lines)
        assert [one["id"] for one in answers] == list(range(2 * FEW))
        assert [one.get("line") for one in answers[:3]] == [1, None, None]
        assert answers[-1]["hits"][0]["listing"] == "TSi.001"

    def test_a_table_is_for_people(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        path = tmp_path / "asked.jsonl"
        path.write_text(json.dumps({"id": 1, **SAGNON, "birth": "1976"}) + "\noops\n")
        assert main(["screen", "run", str(path), "--list", f"un:{SMALL}", "--lang", "fr"]) == 0
        shown = capsys.readouterr()
        assert "TSi.001" in shown.out
        assert "11 éléments non compris" in shown.err


class TestLostDocuments:
    """A list of documents is asked by number; what is told has the form of any other hit."""

    @pytest.fixture
    def look(self, asked: Any, tmp_path: Path) -> Any:
        table = tmp_path / "stolen.csv"
        table.write_text(
            "number,type,issuer,date,reason\n"
            "O0456789,P,GIN,2019-03-12,stolen\nAA123456,ID,MLI,,lost\nAA123456,P,SEN,,lost\n"
        )
        return lambda *lines: asked("run", *lines, more=("--list", f"lost:{table}"))

    def test_number_and_issuer_are_a_hit_whose_sentence_tells_why(self, look: Any) -> None:
        (answer,) = look({"id": 1, "number": "O 0456789", "number_issuer": "Guinea"})
        (hit,) = answer["hits"]
        assert (hit["list"], hit["listing"]) == ("lost", "GIN passport O0456789")
        assert (hit["class"], hit["ambiguous"]) == ("strong", False)
        assert "stolen, reported in 2019-03" in hit["explanation"]["sentence"]
        (evidence,) = hit["explanation"]["evidence"]
        assert (evidence["field"], evidence["weight"]) == ("number", hit["score"])

    def test_another_way_of_writing_it_is_no_more_than_possible(self, look: Any) -> None:
        (answer,) = look({"number": "0AA123456".replace("0", "", 1), "number_issuer": "MLI"})
        assert answer["hits"][0]["class"] == "strong"
        (answer,) = look({"number": "AAI23456", "number_issuer": "MLI"})
        (hit,) = answer["hits"]
        assert hit["class"] == "possible"
        assert "compare O and 0" in hit["explanation"]["sentence"]

    def test_without_its_issuer_a_number_is_ambiguous_and_weak(self, look: Any) -> None:
        (answer,) = look({"id": 3, "number": "AA123456"})
        assert [(hit["listing"], hit["class"]) for hit in answer["hits"]] == [
            ("MLI identity AA123456", "weak"), ("SEN passport AA123456", "weak"),
        ]  # fmt: skip
        assert all(hit["ambiguous"] for hit in answer["hits"])
        assert "Ambiguous" in answer["hits"][0]["explanation"]["sentence"]

    def test_what_cannot_be_looked_up_is_not_called_clear(self, look: Any) -> None:
        name, short, other = look(
            {"id": 1, "name": "Awa Koné"},
            {"id": 2, "number": "12", "number_issuer": "MLI"},
            {"id": 3, "number": "ZZ999999", "number_issuer": "MLI"},
        )
        for answer in (name, short):
            assert answer["hits"] == []
            assert "was not asked" in answer["note"]
        assert other == {"id": 3, "hits": []}

    def test_persons_and_documents_are_asked_together(self, asked: Any, tmp_path: Path) -> None:
        table = tmp_path / "stolen.csv"
        table.write_text("number,issuer\nB/011-7641,MLI\n")
        more = ("--list", f"un:{SMALL}", f"lost:{table}")
        question = {**SAGNON, "birth": "1976", "number": "B0117641", "number_issuer": "MLI"}
        (answer,) = asked("run", question, more=more)
        assert {hit["list"] for hit in answer["hits"]} == {"un", "lost"}


class TestCompare:
    def test_every_pair_has_a_score_and_a_class_or_none(self, compare: Any) -> None:
        same, other = compare(
            {"id": 1, "a": {"name": "Awa Koné", "birth": "1974-08-12"},
             "b": {"surname": "KONE", "given_names": "AWA", "birth": "1974-08-12"}},
            {"id": 2, "a": {"name": "Awa Koné"}, "b": {"name": "John Smith"}},
        )  # fmt: skip
        assert (same["id"], same["class"]) == (1, "strong")
        assert other["class"] is None
        assert same["score"] > 10 > 0 > other["score"]
        assert other["explanation"]["sentence"].startswith("Little speaks")

    def test_in_brief_the_explanation_is_left_out_and_nothing_else(self, asked: Any) -> None:
        pair = {"id": 1, "a": {"name": "Awa Koné"}, "b": {"name": "KONE Awa", "birth": "soon"}}
        (whole,), (brief,) = (asked("compare", pair, more=more) for more in ((), ("--brief",)))
        assert whole.pop("explanation")
        assert whole == brief
        assert "soon" in brief["error"]

    def test_the_best_of_several_names_counts_on_both_sides(self, compare: Any) -> None:
        names = ["Tireur Zanko", "Mamadou Diallo"]
        (alone,) = compare({"a": {"name": names[1]}, "b": {"name": "Mamadou Diallo"}})
        (left,) = compare({"a": {"names": names}, "b": {"name": "Mamadou Diallo"}})
        (right,) = compare({"a": {"name": "Mamadou Diallo"}, "b": {"names": names}})
        assert alone["score"] == left["score"] == right["score"]

    @pytest.mark.parametrize("line", [{"a": {"name": "x"}}, {"a": 1, "b": 2}, {"a": {}, "b": {}}])
    def test_half_a_pair_is_answered(self, compare: Any, line: object) -> None:
        bad, good = compare(line, {"a": {"name": "Awa"}, "b": {"name": "Awa"}})
        assert "error" in bad
        assert "score" in good


def test_answers_come_over_a_pipe_one_by_one_and_without_django() -> None:
    """Who asks a second question waits for the first answer: nothing may be held back."""
    code = (
        "import sys; from openmidas.cli import main; code = main(sys.argv[1:]);"
        "assert 'django' not in sys.modules; sys.exit(code)"
    )
    command = [sys.executable, "-c", code, "screen", "compare", "-", "--json"]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, cwd=Path(__file__).parents[3]) as run:
        assert run.stdin is not None
        assert run.stdout is not None
        for name in ("Awa Koné", "Mamadou Diallo"):
            line = json.dumps({"id": name, "a": {"name": name}, "b": {"name": name}})
            run.stdin.write(line.encode() + b"\n")
            run.stdin.flush()
            assert json.loads(run.stdout.readline())["id"] == name
        run.stdin.close()
        assert run.wait(60) == 0


def test_standard_input_is_read(monkeypatch: pytest.MonkeyPatch, capfdbinary: Any) -> None:
    line = json.dumps({"a": {"name": "Awa"}, "b": {"name": "Awa"}}).encode()
    stdin = io.TextIOWrapper(io.BytesIO(b"\xef\xbb\xbf" + line))
    monkeypatch.setattr("sys.stdin", stdin)
    assert main(["screen", "compare", "-", "--json"]) == 0
    assert b'"score"' in capfdbinary.readouterr().out
