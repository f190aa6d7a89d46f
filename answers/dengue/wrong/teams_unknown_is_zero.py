# shows: "A number that is not known counts as 0, so nobody asks there."
# loses: [check_assign_teams]
# teaches: "A number that is not known counts as 0. Is a microregion safe because it is silent?"
# %% assign_teams
def assign_teams(df, teams, visit):
    known = df.fillna({"probability": 0, "averted": 0})
    gain = known["probability"] * known["averted"] - visit
    order = known.assign(gain=gain)[gain > 0].sort_values(["gain", "micro_code"], ascending=[False, True])
    return order["micro_code"].head(teams).tolist(), []
