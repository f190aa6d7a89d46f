# shows: "The cost of a visit is not taken off."
# loses: [check_assign_teams]
# teaches: "The cost of a visit is nowhere. When is a visit not worth it?"
# %% assign_teams
def assign_teams(df, teams, visit):
    gain = df["probability"] * df["averted"]
    order = df.assign(gain=gain)[gain > 0].sort_values(["gain", "micro_code"], ascending=[False, True])
    return order["micro_code"].head(teams).tolist(), sorted(df.loc[gain.isna(), "micro_code"].tolist())
