# shows: A fact whose first day is not known is left out.
# loses: [check_in_force]
# teaches: Facts without a first day are gone. How does the docstring count them?
# %% in_force
def in_force(facts, topic, on):
    day = pd.Timestamp(on)
    on_topic = (facts["topic"] == topic) | facts["topic"].str.startswith(topic + ".")
    return facts[on_topic & (facts["from"] <= day) & (facts["to"].isna() | (facts["to"] >= day))]
