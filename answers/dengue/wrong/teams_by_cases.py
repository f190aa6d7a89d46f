# shows: "The teams go where most cases could be averted, however unlikely an outbreak is."
# loses: [check_assign_teams]
# teaches: "The teams go where most could be averted if there were an outbreak. How likely is it?"
# %% assign_teams
def assign_teams(df, teams, visit):
    gain = df["probability"] * df["averted"] - visit
    order = df.assign(gain=gain)[gain > 0].sort_values(["averted", "micro_code"], ascending=[False, True])
    return order["micro_code"].head(teams).tolist(), sorted(df.loc[gain.isna(), "micro_code"].tolist())
