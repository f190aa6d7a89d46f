"""course.yml and cohort.yml: what is wrong is said with file, line and mend."""

from __future__ import annotations

import pytest

from cohort.course import load_cohort, load_course
from cohort.errors import CourseError


def write(path, *changes):
    text = path.read_text()
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    path.write_text(text)


def test_the_course_of_this_repository_is_valid():
    course = load_course()
    module = course.module("excess")
    assert (module.code, module.track) == ("B1", "B")
    assert load_cohort().id == "demo"


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("assignment: 5}", "assignment: soon}", r"course.yml:11: modules.0.minutes.assignment: .*not 'soon'"),
        ("    title: A tiny module\n", "", r"course.yml:7: modules.0.title: is missing: add it"),
        ("    question:", "    questoin:", r"questoin: is not a known key: remove it or mend its spelling"),
        ("    datasets: []", "    datasets: [moon]", r"there is no dataset moon: choose from california_counties"),
        ("    prerequisites: []", "    prerequisites: [law]", r"course.yml:14: the module tiny needs law: list law"),
        ("    code: B1", "    code: Z1", r"course.yml:8: the module tiny .* there is no track Z"),
        ("language: en", "title: again", r"course.yml:2: the key 'title' stands twice: keep one"),
        ("tracks:", "tracks: [", r"course.yml:\d+: not valid YAML"),
    ],
)
def test_a_fault_is_named_with_file_line_and_mend(tiny, old, new, message):
    write(tiny / "course.yml", (old, new))
    with pytest.raises(CourseError, match=message):
        load_course()


def test_a_repeated_module_is_an_error(tiny):
    text = (tiny / "course.yml").read_text()
    (tiny / "course.yml").write_text(text + text[text.index("  - name: tiny") :])
    with pytest.raises(CourseError, match=r"course.yml:16: the module tiny stands twice"):
        load_course()


def test_a_cohort_whose_id_is_not_its_folder_is_refused(tiny):
    (tiny / "cohorts/lagos").mkdir(parents=True)
    (tiny / "cohorts/lagos/cohort.yml").write_text((tiny / "cohort.yml").read_text())
    with pytest.raises(CourseError, match="its id is demo, but its folder stands for lagos"):
        load_cohort("lagos")


def test_several_faults_are_all_listed(tiny):
    write(tiny / "course.yml", ("lesson: 5", "lesson: 0"), ("    title: A tiny module\n", ""))
    with pytest.raises(CourseError) as caught:
        load_course()
    assert len(str(caught.value).splitlines()) == 2


def test_a_file_that_is_not_utf_8_is_an_error(tiny):
    (tiny / "course.yml").write_bytes(b"title: Caf\xe9")
    with pytest.raises(CourseError, match=r"course.yml: not UTF-8 text: save the file as UTF-8"):
        load_course()


def test_outside_a_course_the_checkout_that_the_package_runs_from_is_found(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert load_course().title == "Common Ground"
