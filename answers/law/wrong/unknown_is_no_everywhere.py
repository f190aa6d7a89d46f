# shows: 'In every task what is not known is read as no: no list, no limit, no number, no conditions.'
# loses: [check_classify, check_needs_parent, check_binds, check_still_needed]
# teaches: In each task what is not known has become no. Which of your answers does nobody know?
# %% classify
import numpy as np


def classify(dictionary, direct, indirect, sensitive):
    kinds = dictionary["kind"]
    find = np.select([kinds.isin(direct), kinds.isin(indirect)], ["directly", "with others"], "no")
    return dictionary.assign(identifies=find, sensitive=np.where(kinds.isin(sensitive or []), "yes", "no"))
# %% needs_parent
def needs_parent(birth_date, on, age_limit):
    if birth_date is None or age_limit is None:
        return False
    if on < birth_date:
        raise ValueError("before the birth")
    return on.year - birth_date.year - ((on.month, on.day) < (birth_date.month, birth_date.day)) < age_limit
# %% binds
def binds(body, scope):
    if scope["only_for_profit"] and not body["for_profit"]:
        return False
    if not scope["thresholds"]:
        return True
    return any(
        (body[name] or 0) > number or (words == "at least" and (body[name] or 0) == number)
        for name, words, number in scope["thresholds"]
    )
# %% still_needed
def still_needed(conditions, has):
    if conditions is None:
        return []
    return min(([each for each in way if each not in has] for way in conditions["any_of"]), key=len)
