# shows: The last day is not looked at, so that old rules hold for ever.
# loses: [check_in_force]
# teaches: A rule that has ended still holds. Look at its last day too.
# %% in_force
def in_force(facts, topic, on):
    on_topic = (facts["topic"] == topic) | facts["topic"].str.startswith(topic + ".")
    return facts[on_topic & (facts["from"].isna() | (facts["from"] <= pd.Timestamp(on)))]
