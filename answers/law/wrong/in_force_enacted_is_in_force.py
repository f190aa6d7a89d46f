# shows: Whatever has not ended is taken as in force, though it begins later.
# loses: [check_in_force]
# teaches: A rule holds before its first day. From which day does it hold?
# %% in_force
def in_force(facts, topic, on):
    on_topic = (facts["topic"] == topic) | facts["topic"].str.startswith(topic + ".")
    return facts[on_topic & (facts["to"].isna() | (facts["to"] >= pd.Timestamp(on)))]
