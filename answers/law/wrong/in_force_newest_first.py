# shows: The rows are sorted by their first day, the newest first.
# loses: [check_in_force]
# teaches: The right facts come in another order. Which order does the docstring ask for?
# %% in_force
def in_force(facts, topic, on):
    day = pd.Timestamp(on)
    on_topic = (facts["topic"] == topic) | facts["topic"].str.startswith(topic + ".")
    begun = facts["from"].isna() | (facts["from"] <= day)
    held = facts[on_topic & begun & (facts["to"].isna() | (facts["to"] >= day))]
    return held.sort_values("from", ascending=False)
