# shows: "The teams go where an outbreak is most likely, however little can be averted there."
# loses: [check_assign_teams]
# teaches: "The teams go where an outbreak is most likely. What else decides how much good a visit does?"
# %% assign_teams
def assign_teams(df, teams, visit):
    gain = df["probability"] * df["averted"] - visit
    order = df.assign(gain=gain)[gain > 0].sort_values(["probability", "micro_code"], ascending=[False, True])
    return order["micro_code"].head(teams).tolist(), sorted(df.loc[gain.isna(), "micro_code"].tolist())
