# shows: Missing days are filled with days far away, and the 18th birthday is looked for as a date.
# %% classify
def classify(dictionary, direct, indirect, sensitive):
    finds = {**{kind: "with others" for kind in indirect}, **{kind: "directly" for kind in direct}}
    kinds = dictionary["kind"].astype(object).where(dictionary["kind"].notna(), None)
    identifies = ["not known" if kind is None else finds.get(kind, "no") for kind in kinds]
    law = ["not known" if kind is None or sensitive is None else ["no", "yes"][kind in sensitive] for kind in kinds]
    return pd.DataFrame(
        {"sensitive": law, "identifies": identifies, "kind": list(kinds), "column": dictionary["column"].to_list()}
    )
# %% in_force
def in_force(facts, topic, on):
    start = facts["from"].fillna(pd.Timestamp("1000-01-01"))
    end = facts["to"].fillna(pd.Timestamp("9000-01-01"))
    levels = topic.split(".")
    below = facts["topic"].map(lambda text: text.split(".")[: len(levels)] == levels).astype(bool)
    return facts.loc[below & (start <= on) & (on <= end)]
# %% usable
def usable(facts):
    citation = facts["citation"].astype("string").str.strip().replace("", pd.NA)
    good = citation.notna() & facts["certainty"].isin({"B", "A"})
    return facts.loc[good], facts.loc[~good]
# %% needs_parent
def needs_parent(birth_date, on, age_limit):
    if age_limit is None or birth_date is None:
        return None
    if on < birth_date:
        raise ValueError(f"born on {birth_date}, so not yet there on {on}")
    year = birth_date.year + age_limit
    try:
        grown = birth_date.replace(year=year)
    except ValueError:
        grown = datetime.date(year, 3, 1)
    return on < grown
# %% binds
def binds(body, scope):
    tests = {"more than": lambda value, number: value > number, "at least": lambda value, number: value >= number}
    if scope["only_for_profit"] > body["for_profit"]:
        return False
    results = [
        None if body[name] is None else tests[words](body[name], number) for name, words, number in scope["thresholds"]
    ]
    if any(results) or results == []:
        return True
    return None if None in results else False
# %% still_needed
def still_needed(conditions, has):
    return conditions and sorted(
        ([each for each in way if not set([each]) & set(has)] for way in conditions["any_of"]), key=len
    )[0]
