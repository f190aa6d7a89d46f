# shows: A missing last day is read as ended, because a comparison with a missing day is False.
# loses: [check_in_force]
# teaches: Rules without a last day are gone. What does a comparison with a missing day give?
# %% in_force
def in_force(facts, topic, on):
    day = pd.Timestamp(on)
    on_topic = (facts["topic"] == topic) | facts["topic"].str.startswith(topic + ".")
    return facts[on_topic & (facts["from"].isna() | (facts["from"] <= day)) & (facts["to"] >= day)]
