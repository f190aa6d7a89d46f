# shows: 'Topics are compared by their first letters: law.child has law.children below it.'
# loses: [check_in_force]
# teaches: Another topic with the same first letters comes along. What parts the levels of a topic?
# %% in_force
def in_force(facts, topic, on):
    day = pd.Timestamp(on)
    begun = facts["from"].isna() | (facts["from"] <= day)
    return facts[facts["topic"].str.startswith(topic) & begun & (facts["to"].isna() | (facts["to"] >= day))]
