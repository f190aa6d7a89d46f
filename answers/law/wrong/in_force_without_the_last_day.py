# shows: The last day is not counted.
# loses: [check_in_force]
# teaches: A rule ends one day too early. Does its last day belong to it?
# %% in_force
def in_force(facts, topic, on):
    day = pd.Timestamp(on)
    on_topic = (facts["topic"] == topic) | facts["topic"].str.startswith(topic + ".")
    begun = facts["from"].isna() | (facts["from"] <= day)
    return facts[on_topic & begun & (facts["to"].isna() | (facts["to"] > day))]
