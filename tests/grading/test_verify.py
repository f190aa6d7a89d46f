"""Verify: what counts as a difference, what is masked, and that a wrong score is found."""

from __future__ import annotations

import base64
import io
import socket
from pathlib import Path

import pytest
from nbformat.v4 import new_code_cell, new_notebook, new_output
from nbgrader.api import Gradebook
from PIL import Image

from cohort import answers
from cohort.errors import CourseError
from cohort.grading import engine
from cohort.grading.plain import plainly
from cohort.grading.verify import differences, masked, normalised, verify
from cohort.notebooks import read_notebook, write_notebook


def outputs(*found):
    notebook = new_notebook(cells=[new_code_cell("x", id="x", outputs=list(found), execution_count=1)])
    return normalised(notebook)[0]["outputs"]


def stream(name, text):
    return new_output("stream", name=name, text=text)


def error(name, traceback):
    return new_output("error", ename=name, evalue="", traceback=[traceback])


def picture(colour, level):
    content = io.BytesIO()
    Image.new("RGB", (4, 4), colour).save(content, "png", compress_level=level)
    return new_output("display_data", data={"image/png": base64.b64encode(content.getvalue()).decode()})


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("<object at 0x7f00aa10>", "<object at 0x7f00bb20>"),
        ("/tmp/ipykernel_12/345.py:1: UserWarning", "/var/tmp/ipykernel_99/345.py:1: UserWarning"),
        ("open('/tmp/tmpab12_x9z/f')", "open('/run/cohort/3/tmp/tmpzz12_x9z/f')"),
        ("/a/b/autograded/ada/excess/f.csv", "/run/cohort/12/work/f.csv"),
        ("CPU times: user 1 s\nWall time: 2 s", "CPU times: user 3 s\nWall time: 9 s"),
        ("7 ns ± 0 ns per loop (mean)", "9 ns ± 1 ns per loop (mean)"),
        ("IPY_MODEL_cec6e6169d2f4e4d9ac5a6bc8768ea87", "IPY_MODEL_9f810652a54140acb5eac4dab6e9d773"),
        ("similar frames: f at line 2 (2970 times)", "similar frames: f at line 2 (2951 times)"),
    ],
)
def test_what_is_chance_is_masked(one, other):
    assert masked(one) == masked(other)


@pytest.mark.parametrize("text", ["842 deaths", "/usr/lib/python3/os.py", "[1, 2]", "0x1", "rapid 3", "tmp"])
def test_what_is_no_chance_is_not_masked(text):
    assert masked(text) == text


def test_streams_that_timers_cut_are_equal_and_other_text_is_not():
    whole = outputs(stream("stdout", "one\ntwo\n"), stream("stderr", "bad\n"))
    assert outputs(stream("stdout", "one\n"), stream("stderr", "bad\n"), stream("stdout", "two\n")) == whole
    assert outputs(stream("stdout", "two\none\n"), stream("stderr", "bad\n")) != whole


def test_a_display_between_two_prints_keeps_its_place():
    shown = new_output("display_data", data={"text/plain": "shown"})
    assert outputs(stream("stdout", "a"), shown, stream("stdout", "b")) != outputs(stream("stdout", "ab"), shown)


def test_pictures_are_compared_by_their_pixels():
    assert outputs(picture("red", 0)) == outputs(picture("red", 9))
    assert outputs(picture("red", 0)) != outputs(picture("blue", 0))


def test_only_an_interrupt_may_show_another_place():
    assert outputs(error("KeyboardInterrupt", "line 1")) == outputs(error("KeyboardInterrupt", "line 2"))
    assert outputs(error("ValueError", "line 1")) != outputs(error("ValueError", "line 2"))


def test_differences_name_the_cell_and_show_where_the_texts_part(tmp_path):
    for name, text in {"ours": "x" * 1000 + "1", "plain": "x" * 1000 + "2"}.items():
        cell = new_code_cell("x", id="x", outputs=[stream("stdout", text)], metadata={"nbgrader": {"grade_id": "add"}})
        (tmp_path / name).mkdir()
        write_notebook(new_notebook(cells=[cell]), tmp_path / name / "tiny.ipynb")
    (tmp_path / "ours" / "left.txt").write_text("left")
    (tmp_path / "ours" / "link").symlink_to("/etc/passwd")
    rows = {"score": 1.0, "notebooks": {"tiny": {"grades": {"check_add": {"auto_score": 1.0}}}}}
    other = {"score": 1.0, "notebooks": {"tiny": {"grades": {"check_add": {"auto_score": 0.0}}}}}
    file, output, row = differences(tmp_path / "ours", tmp_path / "plain", rows, other, "ada")
    assert (file.where, file.plain) == ("file left.txt", "no such file")
    assert (output.notebook, output.where) == ("tiny", "add output 1")
    assert output.ours.endswith("x1'}") and output.plain.endswith("x2'}") and len(output.ours) < 200
    assert (row.where, row.ours, row.plain) == ("check_add: auto_score", "1.0", "0.0")


def test_a_submission_that_only_one_side_graded_differs(tmp_path):
    (only,) = differences(tmp_path, tmp_path / "none", {}, {}, "ada", "DeadKernelError: Kernel died")
    assert (only.where, only.ours) == ("state", "graded")
    assert only.plain == "not graded (DeadKernelError: Kernel died)"


def test_verify_finds_equal_grading_equal_and_a_changed_score_and_output(released):
    bank = {each.name: each for each in answers.read_bank("tiny")}
    notebook = read_notebook(released / "release/tiny/tiny.ipynb")
    for student, answer in {"ada": "other_order", "bo": "product"}.items():
        text = answers.answered(notebook, bank[answer], answers.reference("tiny"))
        write_notebook(text, released / "submitted" / student / "tiny/tiny.ipynb")
    assert {outcome.state for outcome in engine.autograde("tiny")} == {"graded"}
    with Gradebook(f"sqlite:///{released / 'gradebook.db'}", "demo") as gradebook:
        grade = gradebook.find_grade("why", "tiny", "tiny", "ada")
        grade.manual_score, grade.needs_manual_grade = 2, False
        gradebook.find_grade("check_add", "tiny", "tiny", "bo").auto_score = 3
        gradebook.db.commit()
    path = released / "autograded/bo/tiny/tiny.ipynb"
    path.chmod(0o644)
    changed = read_notebook(path)
    changed.cells[1].outputs = [stream("stdout", "forged")]
    write_notebook(changed, path)
    before = path.read_bytes()
    found = dict(verify("tiny", 5))
    assert list(found) == ["ada", "bo"]
    assert found["ada"] == []
    wheres = {each.where: (each.ours, each.plain) for each in found["bo"]}
    assert wheres.pop("check_add: auto_score") == ("3.0", "0.0")
    assert "forged" in wheres.pop("parameters output 1")[0]
    assert set(wheres) == {"score"}
    assert path.read_bytes() == before


PRIES = """
import os, pathlib, socket, subprocess
def tried(attempt):
    try:
        return attempt()
    except OSError:
        return None
print("gradebook:", tried(lambda: open({gradebook!r}, "rb").read(6)))
print("others:", tried(lambda: os.listdir({submitted!r})))
print("network:", tried(lambda: socket.create_connection(("127.0.0.1", {port}), 3) and "reached"))
print("abstract:", tried(lambda: socket.socket(socket.AF_UNIX).connect({abstract!r}) or "reached"))
environments = [tried(path.read_bytes) or b"" for path in pathlib.Path("/proc").glob("[0-9]*/environ")]
print("secret:", any(b"hunter2" in each for each in environments))
print("written:", tried(lambda: open({written!r}, "w").write("x")))
print("processes:", len(list(pathlib.Path("/proc").glob("[0-9]*"))) < 20)
print("user:", os.getuid() != 0)
subprocess.Popen(["sleep", "98761"], start_new_session=True)
"""


def test_plain_nbgraders_kernel_reaches_nothing_but_its_own_submission(released, tmp_path_factory, monkeypatch):
    monkeypatch.setenv("PASSWORD", "hunter2")
    notebook = read_notebook(released / "release/tiny/tiny.ipynb")
    abstract = f"\0{released.name}"
    with socket.create_server(("127.0.0.1", 0)) as server, socket.socket(socket.AF_UNIX) as local:
        local.bind(abstract)
        local.listen()
        pries = PRIES.format(
            gradebook=str(released / "gradebook.db"),
            submitted=str(released / "submitted"),
            port=server.getsockname()[1],
            abstract=abstract,
            written=str(released / "written"),
        )
        notebook.cells.append(new_code_cell(pries, id="pries"))
        write_notebook(notebook, released / "submitted/eve/tiny/tiny.ipynb")
        (plain,) = plainly("tiny", ["eve"], tmp_path_factory.mktemp("p"))
    said = read_notebook(plain.folder / "tiny.ipynb").cells[-1].outputs[0].text
    assert said.splitlines() == [
        "gradebook: None",
        "others: None",
        "network: None",
        "abstract: None",
        "secret: False",
        "written: None",
        "processes: True",
        "user: True",
    ]
    assert not [path for path in Path("/proc").glob("[0-9]*/cmdline") if b"98761" in path.read_bytes()]


def test_the_sample_is_drawn_from_the_seed_and_stays_the_same(released, monkeypatch):
    students = [f"student-{n:02}" for n in range(30)]
    monkeypatch.setattr("cohort.grading.verify.scored", lambda module: set(students))
    monkeypatch.setattr("cohort.grading.verify.submissions", lambda module: students)
    asked = []
    monkeypatch.setattr("cohort.grading.verify.plainly", lambda module, drawn, into: asked.append(drawn) or ())
    for seed in (None, None, 1, 2):
        list(verify("tiny", 5, seed))
    assert asked[0] == asked[1] == sorted(asked[0])
    assert len({tuple(drawn) for drawn in asked}) == 3


def test_verifying_what_was_never_graded_says_so(released):
    with pytest.raises(CourseError, match="no submission of tiny was graded: run `cohort grade tiny` first"):
        list(verify("tiny", 5))
