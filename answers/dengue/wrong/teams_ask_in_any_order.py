# shows: "Those to ask stand in the order of the table."
# loses: [check_assign_teams]
# teaches: "Those to ask stand in the order of the table. Which order does the docstring want?"
# %% assign_teams
def assign_teams(df, teams, visit):
    gain = df["probability"] * df["averted"] - visit
    order = df.assign(gain=gain)[gain > 0].sort_values(["gain", "micro_code"], ascending=[False, True])
    return order["micro_code"].head(teams).tolist(), df.loc[gain.isna(), "micro_code"].tolist()
