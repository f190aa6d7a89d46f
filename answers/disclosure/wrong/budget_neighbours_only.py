# shows: Only rows of a table that stand next to each other are taken together.
# loses: [check_budget]
# teaches: A table that stands twice in the list is paid twice. The rows can be in any order.
# %% budget
from itertools import groupby


def budget(queries):
    if (queries["epsilon"] <= 0).any():
        raise ValueError("above 0")
    if queries["epsilon"].isna().any():
        return math.inf
    rows = zip(queries["table"], queries["epsilon"], strict=True)
    return float(sum(max(epsilon for _, epsilon in group) for _, group in groupby(rows, key=lambda row: row[0])))
