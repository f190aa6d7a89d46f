# shows: "All teams are sent, also where a visit costs more than it averts."
# loses: [check_assign_teams]
# teaches: "All teams are sent, whatever a visit costs. Where does a team do more good elsewhere?"
# %% assign_teams
def assign_teams(df, teams, visit):
    gain = df["probability"] * df["averted"] - visit
    order = df.assign(gain=gain)[gain.notna()].sort_values(["gain", "micro_code"], ascending=[False, True])
    return order["micro_code"].head(teams).tolist(), sorted(df.loc[gain.isna(), "micro_code"].tolist())
