# shows: DataFrame.query, apply, sets, and an age by dateutil.
# %% classify
def classify(dictionary, direct, indirect, sensitive):
    def words(row):
        if pd.isnull(row["kind"]):
            return pd.Series({"identifies": "not known", "sensitive": "not known"})
        finds = "directly" if row["kind"] in set(direct) else "with others" if row["kind"] in set(indirect) else "no"
        law = "not known" if sensitive is None else "yes" if row["kind"] in set(sensitive) else "no"
        return pd.Series({"identifies": finds, "sensitive": law})

    return pd.concat([dictionary[["column", "kind"]], dictionary.apply(words, axis=1)], axis=1)
# %% in_force
import re


def in_force(facts, topic, on):
    day = pd.to_datetime(on)
    on_topic = facts[facts["topic"].str.fullmatch(re.escape(topic) + r"(\..+)?")]
    begun = on_topic.query("not (`from` > @day)")
    return begun.query("not (to < @day)")
# %% usable
def usable(facts):
    good = facts.apply(
        lambda row: str(row["certainty"]) in "AB" and not pd.isna(row["citation"]) and bool(row["citation"].strip()),
        axis=1,
        result_type="reduce",
    )
    good = good.astype(bool) if len(facts) else pd.Series(False, index=facts.index, dtype=bool)
    return facts[good], facts[~good]
# %% needs_parent
from dateutil.relativedelta import relativedelta


def needs_parent(birth_date, on, age_limit):
    if birth_date is None or age_limit is None:
        return None
    if (on - birth_date).days < 0:
        raise ValueError("check the dates")
    # relativedelta takes 28 February in a year without 29 February.
    if (birth_date.month, birth_date.day) == (2, 29):
        birth_date = birth_date + datetime.timedelta(days=1)
        if (on.month, on.day) == (2, 29):
            on = on + datetime.timedelta(days=1)
    return relativedelta(on, birth_date).years < age_limit
# %% binds
def binds(body, scope):
    if scope["only_for_profit"] and body["for_profit"] is False:
        return False
    thresholds = scope["thresholds"]
    known = [(body[name], words, number) for name, words, number in thresholds if body[name] is not None]
    passed = [value > number if words == "more than" else value >= number for value, words, number in known]
    match (len(thresholds), any(passed), len(known) == len(thresholds)):
        case (0, _, _) | (_, True, _):
            return True
        case (_, _, True):
            return False
    return None
# %% still_needed
def still_needed(conditions, has):
    if conditions is None:
        return None
    ways = [list(dict.fromkeys(way)) for way in conditions["any_of"]]
    lacks = [set(way) - set(has) for way in ways]
    index = min(range(len(ways)), key=lambda number: (len(lacks[number]), number))
    return [each for each in ways[index] if each in lacks[index]]
