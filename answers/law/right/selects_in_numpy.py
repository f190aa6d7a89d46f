# shows: np.select and masks; the answers of binds come from a list of three-valued tests.
# %% classify
import numpy as np


def classify(dictionary, direct, indirect, sensitive):
    result = dictionary.copy()
    kind = result["kind"]
    result["identifies"] = np.select(
        [kind.isna(), kind.isin(direct), kind.isin(indirect)], ["not known", "directly", "with others"], "no"
    )
    if sensitive is None:
        result["sensitive"] = "not known"
    else:
        result["sensitive"] = np.where(kind.isna(), "not known", np.where(kind.isin(sensitive), "yes", "no"))
    return result
# %% in_force
import numpy as np


def in_force(facts, topic, on):
    day = np.datetime64(on)
    start = facts["from"].to_numpy()
    end = facts["to"].to_numpy()
    below = np.array([(text + ".").startswith(topic + ".") for text in facts["topic"]], dtype=bool)
    outside = (start > day) | (end < day)  # a comparison with a missing day is False
    return facts[below & ~outside].copy()
# %% usable
import numpy as np


def usable(facts):
    has = np.array([isinstance(text, str) and len(text.split()) > 0 for text in facts["citation"]], dtype=bool)
    sure = facts["certainty"].isin(list("AB")).to_numpy()
    good = np.logical_and(has, sure)
    return [facts.loc[good].reset_index(drop=True), facts.loc[~good].reset_index(drop=True)]
# %% needs_parent
import numpy as np


def needs_parent(birth_date, on, age_limit):
    if None in (birth_date, age_limit):
        return None
    born = birth_date.year * 10_000 + birth_date.month * 100 + birth_date.day
    then = on.year * 10_000 + on.month * 100 + on.day
    if then < born:
        raise ValueError("the day is before the birth")
    return np.bool_((then - born) // 10_000 < age_limit)
# %% binds
import numpy as np


def binds(body, scope):
    tests = []
    for name, words, number in scope["thresholds"]:
        value = np.nan if body[name] is None else body[name]
        tests.append(np.nan if np.isnan(value) else float(value > number or (value == number and words == "at least")))
    if scope["only_for_profit"] and not body["for_profit"]:
        return False
    if not tests or 1.0 in tests:
        return True
    return None if np.isnan(tests).any() else False
# %% still_needed
import numpy as np


def still_needed(conditions, has):
    if conditions is None:
        return None
    ways = conditions["any_of"]
    lacks = np.array([sum(each not in has for each in way) for way in ways])
    return tuple(each for each in ways[int(lacks.argmin())] if each not in has)
