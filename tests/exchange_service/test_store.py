"""The store with PostgreSQL, where several threads of the service write at once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from cohort.errors import CourseError
from cohort.exchange_service.store import Refusal, Store, Upload

pytest_plugins = ["postgres"]


def upload(store: Store, sender: str, content: str = "1") -> Upload:
    """A package as the service hands it to the store."""
    path = store.incoming()
    path.write_text(content)
    return Upload(path, content * 8, len(content), {"ps.ipynb": content * 8}, sender)


def test_postgresql_keeps_one_of_many_equal_attempts_and_no_other_file(database, tmp_path):
    store = Store(tmp_path / "exchange", database)
    store.release("c1", "ps", upload(store, "irene"), replace=False)
    with ThreadPoolExecutor(8) as pool:
        kept = list(pool.map(lambda _: store.submit("c1", "ps", "k" * 16, upload(store, "ada")), range(24)))
    assert len({one.id for one in kept}) == 1
    ((attempt, feedback),) = store.submissions("c1")
    assert (attempt.sender, feedback) == ("ada", None)
    assert len(list((tmp_path / "exchange" / "files").iterdir())) == 2
    store.give_feedback(attempt.id, upload(store, "irene", "first"))
    store.give_feedback(attempt.id, upload(store, "irene", "second"))
    ((_, feedback),) = store.submissions("c1", "ada")
    assert store.file(feedback).read_text() == "second"
    store.remove(attempt.id)
    assert store.submissions("c1") == []
    assert len(list((tmp_path / "exchange" / "files").iterdir())) == 1


def test_release_sent_twice_is_one_and_another_is_refused(tmp_path):
    store = Store(tmp_path / "exchange")
    for _ in range(2):
        store.release("c1", "ps", upload(store, "irene", "same"), replace=False)
    with pytest.raises(Refusal, match="released ps already"):
        store.release("c1", "ps", upload(store, "irene", "other"), replace=False)
    store.release("c1", "ps", upload(store, "irene", "other"), replace=True)
    assert [path.read_text() for path in (tmp_path / "exchange" / "files").iterdir()] == ["other"]


@pytest.mark.parametrize("url", ["nonsense", "postgresql+psycopg://x@127.0.0.1:9/x"])
def test_database_that_cannot_be_used_is_one_line(url, tmp_path):
    with pytest.raises(CourseError, match="the exchange's database cannot be used: ") as error:
        Store(tmp_path / "exchange", url)
    assert "\n" not in str(error.value)
