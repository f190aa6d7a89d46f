# shows: The topic is not looked at.
# loses: [check_in_force]
# teaches: Facts on other topics come along. Where does your function look at the topic?
# %% in_force
def in_force(facts, topic, on):
    day = pd.Timestamp(on)
    begun = facts["from"].isna() | (facts["from"] <= day)
    return facts[begun & (facts["to"].isna() | (facts["to"] >= day))]
