# shows: Missing days are filled in the table that was given.
# loses: [check_in_force]
# teaches: The table that came in has days afterwards that nobody knows. Work on a copy.
# %% in_force
def in_force(facts, topic, on):
    day = pd.Timestamp(on)
    facts["from"] = facts["from"].fillna(pd.Timestamp("1900-01-01"))
    facts["to"] = facts["to"].fillna(pd.Timestamp("2200-01-01"))
    on_topic = (facts["topic"] == topic) | facts["topic"].str.startswith(topic + ".")
    return facts[on_topic & (facts["from"] <= day) & (facts["to"] >= day)]
