# shows: Only the topic itself is found, and none of those below it.
# loses: [check_in_force]
# teaches: The topics below the one asked for are missing. What lies below law?
# %% in_force
def in_force(facts, topic, on):
    day = pd.Timestamp(on)
    begun = facts["from"].isna() | (facts["from"] <= day)
    return facts[(facts["topic"] == topic) & begun & (facts["to"].isna() | (facts["to"] >= day))]
