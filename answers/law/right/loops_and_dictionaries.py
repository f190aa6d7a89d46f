# shows: Plain loops over the rows, and dictionaries in place of pandas.
# %% classify
def classify(dictionary, direct, indirect, sensitive):
    word = dict.fromkeys(indirect, "with others") | dict.fromkeys(direct, "directly")
    rows = []
    for row in dictionary.to_dict("records"):
        kind = row["kind"]
        missing = not isinstance(kind, str)
        row["identifies"] = "not known" if missing else word.get(kind, "no")
        if missing or sensitive is None:
            row["sensitive"] = "not known"
        elif kind in sensitive:
            row["sensitive"] = "yes"
        else:
            row["sensitive"] = "no"
        rows.append(row)
    return pd.DataFrame(rows)
# %% in_force
def in_force(facts, topic, on):
    day = pd.Timestamp(on)
    keep = []
    for number in range(len(facts)):
        row = facts.iloc[number]
        if row["topic"] != topic and not row["topic"].startswith(f"{topic}."):
            continue
        if pd.notna(row["from"]) and row["from"] > day:
            continue
        if pd.notna(row["to"]) and day > row["to"]:
            continue
        keep.append(number)
    return facts.iloc[keep]
# %% usable
def usable(facts):
    state, ask = [], []
    for number, (sure, citation) in enumerate(zip(facts["certainty"], facts["citation"])):
        good = sure in {"A", "B"} and isinstance(citation, str) and citation.strip() != ""
        (state if good else ask).append(number)
    return facts.iloc[state], facts.iloc[ask]
# %% needs_parent
def needs_parent(birth_date, on, age_limit):
    if birth_date is None:
        return None
    if age_limit is None:
        return None
    if birth_date > on:
        raise ValueError("not born yet")
    age = 0
    while (birth_date.year + age + 1, birth_date.month, birth_date.day) <= (on.year, on.month, on.day):
        age += 1
    return age < age_limit
# %% binds
def binds(body, scope):
    if scope["only_for_profit"]:
        if not body["for_profit"]:
            return False
    if len(scope["thresholds"]) == 0:
        return True
    unknown = False
    for name, words, number in scope["thresholds"]:
        if body[name] is None:
            unknown = True
        elif words == "more than" and body[name] > number:
            return True
        elif words == "at least" and body[name] >= number:
            return True
    if unknown:
        return None
    return False
# %% still_needed
def still_needed(conditions, has):
    if not conditions:
        return None
    best = None
    for way in conditions["any_of"]:
        missing = []
        for each in way:
            if each not in has:
                missing.append(each)
        if best is None or len(missing) < len(best):
            best = missing
    return best
