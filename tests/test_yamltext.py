"""An item put into a YAML text: the rest stays as it is, to the letter."""

from __future__ import annotations

import pytest

from cohort.yamltext import insert

TEXT = """\
# On top.
fruit:
  - name: fig   # sweet
    from: >-
      a tree
      # not a comment

  # Sour.
  - name: plum
more: {apple: red}
"""


def test_the_last_item_comes_before_the_next_key():
    assert insert(TEXT, ["fruit"], "- name: pear\n") == TEXT.replace("more:", "  - name: pear\nmore:")


def test_an_item_in_between_leaves_the_comment_with_what_follows():
    made = insert(TEXT, ["fruit"], "- name: pear\n  from: a tree\n", 1)
    assert made == TEXT.replace("\n  # Sour.", "  - name: pear\n    from: a tree\n\n  # Sour.")


def test_a_key_is_added_to_a_mapping_within():
    assert insert(TEXT, ["fruit", 1], "from: a garden\n") == TEXT.replace("plum\n", "plum\n    from: a garden\n")


def test_a_text_without_a_last_line_break_gets_one():
    assert insert("- a", [], "- b\n") == "- a\n- b\n"


@pytest.mark.parametrize(
    ("keys", "item"), [(["more"], "pear: green\n"), (["none"], "- a\n"), (["fruit", 0, "name"], "- a\n")]
)
def test_what_is_laid_out_otherwise_is_refused(keys, item):
    with pytest.raises(ValueError):
        insert(TEXT, keys, item)
