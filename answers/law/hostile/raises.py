# shows: Every function raises an error of its own as soon as it is called.
# loses: [check_classify, check_in_force, check_usable, check_needs_parent, check_binds, check_still_needed]
# %% classify
def classify(dictionary, direct, indirect, sensitive):
    raise RuntimeError("not today")
# %% in_force
def in_force(facts, topic, on):
    return facts["no such column"]
# %% usable
def usable(facts):
    return 1 / 0
# %% needs_parent
def needs_parent(birth_date, on, age_limit):
    return undefined_name
# %% binds
def binds(body, scope):
    return binds(body, scope)
# %% still_needed
def still_needed(conditions, has):
    raise BaseException("not an Exception")
