"""The lesson and the pages of the module deidentification: their numbers, figures, exercises and shape."""

from __future__ import annotations

import json
import re
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace

import nbformat
import papermill
import pytest
from nbformat.v4 import new_code_cell

from cohort import tree
from cohort.course import load_course
from cohort.places import codes, load_place

LESSON = tree.lesson("deidentification")
BOOK = LESSON.parents[2] / "book"
SOLUTION = re.compile(r"<summary>Show one solution</summary>\n\n```python\n(.*?)```", re.DOTALL)
HEADING = re.compile(r"^(#+) (.+)$", re.MULTILINE)

# What a learner would see of each variable: the names in the lesson, as one JSON object.
NUMBERS = """
import json

def removed_by(qi, k):
    sizes = class_sizes(peru, qi)
    return sizes[sizes < k].sum()

serious = lambda data: 100 * (data["enfermedad"] != "DENGUE SIN SENALES DE ALARMA").mean()
print(json.dumps({
    "people": len(peru), "no_place": peru["departamento"].isna().sum(), "k": by_department.min(),
    "risks": risks.to_dict("index"), "ladder": ladder.to_dict("index"), "removed": removed,
    "given": summary(given, plan), "l": forms["nunique"].min(), "same": len(same), "classes": len(forms), "told": told,
    "ancash": was["Ancash"], "lost": lost["removed (%)"].to_dict(), "plans": plans.to_dict("index"), "best": best,
    "province": removed_by(["provincia", "quarter", "age10", "sexo"], 5),
    "year": removed_by(["departamento", "age10", "sexo"], 5),
    "ten": [removed_by(plan, 10), removed_by(["departamento", "quarter", "sexo"], 10)],
    "steps": {name: 100 * value for name, value in unique.items()},
    "serious": [serious(peru), serious(given), serious(diverse)], "diverse": len(diverse),
    "age5": [summary(age5, [*area, "quarter", "age5", "sexo"])["alone (%)"] for area in (["departamento"], [])],
    "child": {"removed": len(peru) - kept_child.sum(), "risk": 100 * len(kept_child) / kept_child.sum()},
    "left": left.tolist(), "synthetic": people.attrs["synthetic"],
}, default=float))
"""


def run(path: Path, place: str, folder: Path) -> nbformat.NotebookNode:
    """The notebook as papermill leaves it for a place."""
    out = folder / f"{path.stem}-{place}.ipynb"
    return papermill.execute_notebook(
        path, out, {"place": place}, kernel_name="python3", progress_bar=False, request_save_on_cell_execute=False
    )


@pytest.fixture(scope="module")
def lesson() -> nbformat.NotebookNode:
    return nbformat.read(LESSON, as_version=4)


@pytest.fixture(scope="module")
def executed(lesson: nbformat.NotebookNode, tmp_path_factory: pytest.TempPathFactory) -> SimpleNamespace:
    """The lesson run for Nigeria, each folded solution run right after its exercise, then the numbers."""
    folder = tmp_path_factory.mktemp("lesson")
    cells = []
    for cell in lesson.cells:
        cells.append(cell)
        if cell.cell_type == "markdown":
            for code in SOLUTION.findall(cell.source):
                # The last exercise has a `kept` of its own.
                kept = "\nkept_child = kept" if "child" in code else ""
                cells.append(new_code_cell(code + kept, id=f"solution-{cell.id}"))
    cells.append(new_code_cell(NUMBERS, id="numbers"))
    path = folder / "with-solutions.ipynb"
    nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata=lesson.metadata), path)
    notebook = run(path, "NG", folder)
    return SimpleNamespace(cells=notebook.cells, numbers=json.loads(notebook.cells[-1].outputs[0].text))


def outputs(cells: list) -> list:
    return [output for cell in cells if cell.cell_type == "code" for output in cell.outputs]


def shown(cells: list) -> str:
    """All that the outputs say, as text."""
    texts = []
    for output in outputs(cells):
        if output.output_type == "stream":
            texts.append(output.text)
        else:
            texts += [text for kind, text in output.get("data", {}).items() if kind.startswith("text/")]
    return "\n".join(texts)


def prose(path: Path) -> str:
    return " ".join(path.read_text(encoding="utf-8").split())


def test_k_and_uniqueness_of_peru_have_their_reference_numbers(executed: SimpleNamespace) -> None:
    numbers = executed.numbers
    assert (numbers["people"], numbers["k"]) == (15_311, 9)
    alone = [reader["alone (%)"] for reader in numbers["risks"].values()]
    assert alone == pytest.approx([0, 9.07, 18.22, 69.69], abs=0.005)


def test_the_plan_removes_772_people_and_leaves_k_5_and_l_1(executed: SimpleNamespace) -> None:
    numbers = executed.numbers
    assert (numbers["removed"], numbers["given"]["k"], numbers["l"]) == (772, 5, 1)
    assert (numbers["province"], numbers["year"]) == (1_804, 244)


def test_learner_sees_the_reference_numbers(executed: SimpleNamespace) -> None:
    [table] = [cell for cell in executed.cells if cell.id == "deidentification-key-numbers"]
    text = shown([table])
    for number in ("15,311", "69.69 %", "772 (5.04 %)", "2.54 %", "118 of 370"):
        assert number in text


def test_no_row_of_a_real_person_is_shown(executed: SimpleNamespace) -> None:
    """A table with rows of the list would have its sensitive column beside district, age and sex."""
    assert executed.numbers["synthetic"]
    for output in outputs(executed.cells):
        text = output.get("data", {}).get("text/html", "")
        heads = set(re.findall(r"<th[^>]*>(\w+)</th>", text))
        assert not {"enfermedad", "edad"} <= heads and not {"distrito", "sexo"} <= heads


def test_suppression_takes_more_where_fewer_were_ill(executed: SimpleNamespace) -> None:
    lost = executed.numbers["lost"]
    assert lost["Ancash"] == 100 and lost["not known"] == 100
    assert lost["Madre de Dios"] < 1


def test_best_level_is_below_the_limit_and_the_finest_keeps_least(executed: SimpleNamespace) -> None:
    plans, best = executed.numbers["plans"], str(int(executed.numbers["best"]))
    assert best == "3" and plans[best]["average risk (%)"] < 3
    assert min(plans.values(), key=lambda plan: plan["detail kept (%)"]) == plans["0"]


def test_a_few_facts_find_one_synthetic_person(executed: SimpleNamespace) -> None:
    left = executed.numbers["left"]
    assert all(fewer <= more for more, fewer in pairwise(left))
    assert (left[0], left[-1]) == (300, 1)


def test_every_figure_has_alternative_text_with_numbers_and_a_table(executed: SimpleNamespace) -> None:
    figures = [output for output in outputs(executed.cells) if "image/png" in output.get("data", {})]
    assert len(figures) == 6
    for figure in figures:
        alt = figure.metadata["image/png"]["alt"]
        assert len(re.findall(r"\d[\d,.]*", alt)) >= 2
        assert "nan" not in alt
    assert shown(executed.cells).count("<summary>The table behind this figure</summary>") == len(figures)


def test_the_slider_is_followed_by_a_figure_that_needs_no_script(lesson: nbformat.NotebookNode) -> None:
    ids = [cell.id for cell in lesson.cells]
    [slider] = [cell for cell in lesson.cells if "IntSlider(" in cell.source]
    assert slider.metadata.tags == ["remove-output"]
    assert ids[ids.index(slider.id) + 1] == "deidentification-levels-figure"


def test_nothing_is_written_to_stderr(executed: SimpleNamespace) -> None:
    streams = [output for output in outputs(executed.cells) if output.output_type == "stream"]
    assert [output.text for output in streams if output.name == "stderr"] == []


def test_every_exercise_has_one_solution_that_runs(executed: SimpleNamespace, lesson: nbformat.NotebookNode) -> None:
    exercises = [cell for cell in lesson.cells if cell.source.startswith("### Try it")]
    assert len(exercises) == 8
    solutions = [cell for cell in executed.cells if cell.id.startswith("solution-")]
    assert [cell.id for cell in solutions] == [f"solution-{cell.id}" for cell in exercises]
    assert all(cell.outputs for cell in solutions)


# The data are the same at every place: one more place shows that scenario and facts change, --all tries the others.
OTHERS = [pytest.param(code, marks=[] if code == "KE" else [pytest.mark.matrix]) for code in codes() if code != "NG"]


@pytest.mark.parametrize("place", OTHERS)
def test_lesson_runs_for_every_other_place(place: str, tmp_path: Path) -> None:
    text = shown(run(LESSON, place, tmp_path).cells)
    assert "772 (5.04 %)" in text
    assert "Nigeria" not in text
    here = load_place(place)
    assert "  >  ".join(here.geography) in text
    facts = here.about("law.deidentification")
    assert all(" ".join(fact.text.split()) in " ".join(text.split()) for fact in facts)
    assert ("no fact on **when data are no longer personal**" in text) == (not facts)


def test_lesson_has_the_anatomy_of_a_lesson(lesson: nbformat.NotebookNode) -> None:
    text = "\n\n".join(cell.source for cell in lesson.cells if cell.cell_type == "markdown")
    headings = HEADING.findall(re.sub(r"```.*?```", "", text, flags=re.DOTALL))
    module = load_course().module("deidentification")
    assert [title for level, title in headings if level == "#"] == [module.title]
    sections = [title for level, title in headings if level == "##"]
    assert all(title[0].isdigit() for title in sections[:7])
    assert sections[7:] == ["In your place", "Check yourself", "Key points", "Go further", "Credits and review"]
    depths = [len(level) for level, _ in headings]
    assert all(deeper - shallower <= 1 for shallower, deeper in pairwise(depths))
    [overview] = [cell.source for cell in lesson.cells if cell.id == "deidentification-overview"]
    for part in ("**Questions**", "**Objectives.**", "**Minutes.**", "**You need**", "**Real people.**"):
        assert part in overview
    assert [line[2:] for line in overview.splitlines() if line[2:] in module.objectives] == module.objectives
    assert f"**Minutes.** {module.minutes.lesson} alone" in overview
    assert module.question in overview


def test_every_quiz_option_has_feedback_and_one_is_right(lesson: nbformat.NotebookNode) -> None:
    questions = [cell.source for cell in lesson.cells if cell.source.startswith("### Question")]
    assert len(questions) == 5
    for source in questions:
        feedback = re.findall(r"<summary>[A-D]\. .+?</summary>\n\n(.+?)\n\n</details>", source)
        assert len(feedback) == source.count("<summary>") >= 3
        assert sum("Right" in answer for answer in feedback) == 1


def test_lesson_takes_its_place_from_the_pack_and_is_kept_without_outputs(lesson: nbformat.NotebookNode) -> None:
    [parameters] = [cell for cell in lesson.cells if "parameters" in cell.metadata.get("tags", [])]
    assert re.fullmatch(r'# .+\nplace = "NG"\nseed = 1995', parameters.source)
    assert not any("Nigeria" in cell.source for cell in lesson.cells)
    code = [cell for cell in lesson.cells if cell.cell_type == "code"]
    assert not any(cell.outputs or cell.execution_count for cell in code)
    ids = [cell.id for cell in lesson.cells]
    assert len(set(ids)) == len(ids) and all(id.startswith("deidentification-") for id in ids)


def statements(numbers: dict) -> list[str]:
    """What the chapter says was computed in the lesson, written from the lesson's own numbers."""
    alone = [reader["alone (%)"] for reader in numbers["risks"].values()]
    people = numbers["people"]
    return [
        f"a public list of {people:,} people who were notified with dengue in Peru in 2019",
        f"With department and sex alone, k is {numbers['k']:.0f}",
        f"{alone[1]:.1f} % are alone by province, age and sex, {alone[2]:.1f} % by district, age and sex, and "
        f"{alone[3]:.1f} % when the week",
        f"{numbers['no_place']:.0f} people have no place",
        f"has {alone[3]:.1f} % alone; with department, quarter, ten-year age and sex it is "
        f"{numbers['ladder']['+ age in tens']['alone (%)']:.1f} %",
        f"{numbers['removed']} people must go, or {100 * numbers['removed'] / people:.1f} %",
        f"The average risk of what is left is {numbers['given']['average risk (%)']:.1f} %",
        f"with province in place of department, {100 * numbers['province'] / people:.1f} % would go",
        f"Ancash, with {numbers['ancash']:.0f} people in the list, everybody was removed; in the largest one "
        f"{numbers['lost']['Madre de Dios']:.1f} % was",
        f"in {numbers['same']} of {numbers['classes']} classes all people have the same form of the disease",
        f"Then {numbers['serious'][2]:.1f} % of the people who are left have warning signs or severe dengue, in place "
        f"of {numbers['serious'][0]:.1f} %",
    ]


def test_chapter_says_what_the_lesson_computes(executed: SimpleNamespace) -> None:
    chapter = prose(BOOK / "deidentification" / "chapter.md")
    said = statements(executed.numbers)
    assert [statement for statement in said if statement not in chapter] == []
    assert chapter.count("(computed in the lesson)") == len(said)


def test_facilitator_notes_give_the_answers_of_the_solutions(executed: SimpleNamespace) -> None:
    notes, numbers = prose(BOOK / "deidentification" / "facilitator.md"), executed.numbers
    steps, child, ten = numbers["steps"], numbers["child"], numbers["ten"]
    answers = [
        f"Without the age {steps['no age']:.1f} % are alone, without the week {steps['no week']:.1f} %, with province "
        f"instead of district {steps['province instead of district']:.1f} %, without the sex {steps['no sex']:.1f} %",
        f"five-year age and sex {numbers['age5'][0]:.1f} % are alone; without the area {numbers['age5'][1]:.2f} %",
        f"{ten[0]:,.0f} people ({100 * ten[0] / numbers['people']:.1f} %) for k = 10; {ten[1]:.0f} people "
        f"({100 * ten[1] / numbers['people']:.1f} %)",
        f"{numbers['told']:,.0f} people more have to go",
        "from {:.1f} % in the full list over {:.1f} % to {:.1f} %".format(*numbers["serious"]),
        f"{child['removed']:.0f} people removed, average risk {child['risk']:.2f} %",
        f"Uniqueness of {numbers['risks']['district, week, age, sex']['average risk (%)']:.1f} %",
    ]
    assert [answer for answer in answers if answer not in notes] == []


def test_every_citation_and_term_of_the_pages_exists(lesson: nbformat.NotebookNode) -> None:
    bib = (BOOK / "references.bib").read_text(encoding="utf-8")
    keys = set(re.findall(r"^@\w+\{(\w+),", bib, re.MULTILINE))
    terms = set(re.findall(r"^(\S.*)\n  \S", (BOOK / "glossary.md").read_text(encoding="utf-8"), re.MULTILINE))
    for page in ("chapter.md", "facilitator.md"):
        text = (BOOK / "deidentification" / page).read_text(encoding="utf-8")
        assert {key for group in re.findall(r"\{cite\}`([^`]+)`", text) for key in group.split(",")} <= keys
        assert {term.lower() for term in re.findall(r"\{term\}`([^`]+)`", text)} <= {term.lower() for term in terms}
    [further] = [cell.source for cell in lesson.cells if cell.id == "deidentification-go-further"]
    cited = {doi.lower() for doi in re.findall(r"\[doi:(.+?)\]\(https", further)}
    assert cited and cited <= {doi.lower() for doi in re.findall(r"doi\s+= \{(.+)\},", bib)}
