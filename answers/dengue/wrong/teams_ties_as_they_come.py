# shows: "Of equal gains the larger code comes first."
# loses: [check_assign_teams]
# teaches: "Of equal gains the larger code comes first. What does the docstring say?"
# %% assign_teams
def assign_teams(df, teams, visit):
    gain = df["probability"] * df["averted"] - visit
    order = df.assign(gain=gain)[gain > 0].sort_values(["gain", "micro_code"], ascending=[False, False])
    return order["micro_code"].head(teams).tolist(), sorted(df.loc[gain.isna(), "micro_code"].tolist())
