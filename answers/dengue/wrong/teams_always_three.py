# shows: "Three microregions are always named, however many teams there are."
# loses: [check_assign_teams]
# teaches: "Three microregions are named, whatever the budget. What is teams for?"
# %% assign_teams
def assign_teams(df, teams, visit):
    gain = df["probability"] * df["averted"] - visit
    order = df.assign(gain=gain)[gain > 0].sort_values(["gain", "micro_code"], ascending=[False, True])
    return order["micro_code"].head(3).tolist(), sorted(df.loc[gain.isna(), "micro_code"].tolist())
