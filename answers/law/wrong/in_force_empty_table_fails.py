# shows: Where nothing holds, an error is raised, because the first row is looked at.
# loses: [check_in_force]
# teaches: There is an error where nothing holds. May a table be empty?
# %% in_force
def in_force(facts, topic, on):
    day = pd.Timestamp(on)
    on_topic = (facts["topic"] == topic) | facts["topic"].str.startswith(topic + ".")
    begun = facts["from"].isna() | (facts["from"] <= day)
    held = facts[on_topic & begun & (facts["to"].isna() | (facts["to"] >= day))]
    print("holding first:", held.iloc[0]["id"])
    return held
