# shows: classify is a join with a table of words; the other functions are as short as their author could make them.
# %% classify
def classify(dictionary, direct, indirect, sensitive):
    words = pd.concat(
        [
            pd.DataFrame({"kind": direct, "identifies": "directly"}),
            pd.DataFrame({"kind": indirect, "identifies": "with others"}),
        ]
    ).drop_duplicates("kind")
    joined = dictionary.merge(words, on="kind", how="left")
    joined["identifies"] = joined["identifies"].fillna("no").mask(joined["kind"].isna(), "not known")
    law = joined["kind"].isin(sensitive or []).map({True: "yes", False: "no"})
    joined["sensitive"] = law.mask(joined["kind"].isna() | (sensitive is None), "not known")
    return joined
# %% in_force
def in_force(facts, topic, on):
    topics = facts["topic"].str.cat(["."] * len(facts)).str.startswith(f"{topic}.")
    return facts[topics & ~(facts["from"] > on) & ~(facts["to"] < on)]
# %% usable
def usable(facts):
    state = facts[facts["certainty"].isin(["A", "B"]) & facts["citation"].str.contains(r"\S", na=False)]
    rest = [number for number, id in enumerate(facts["id"]) if id not in set(state["id"])]
    return state, facts.iloc[rest]
# %% needs_parent
def needs_parent(birth_date, on, age_limit):
    if birth_date is None or age_limit is None:
        return None
    if f"{on}" < f"{birth_date}":
        raise ValueError("before the birth")
    return on.year - birth_date.year - (f"{on:%m%d}" < f"{birth_date:%m%d}") < age_limit
# %% binds
def binds(body, scope):
    if scope["only_for_profit"] and not body["for_profit"]:
        return False
    found = [(body[name], words == "at least", number) for name, words, number in scope["thresholds"]]
    if not found or any(value is not None and (value - number > 0 or (value == number and or_more)) for value, or_more, number in found):
        return True
    return None if any(value is None for value, _, _ in found) else False
# %% still_needed
def still_needed(conditions, has):
    return None if conditions is None else min(([x for x in way if x not in has] for way in conditions["any_of"]), key=len)
