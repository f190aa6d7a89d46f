# shows: "Months as periods, lambda and crosstab; results as whole numbers where they are whole."
# %% rolling_split
def rolling_split(dates, first_year, delay):
    assert_delay = delay >= 0
    if not assert_delay:
        raise ValueError
    months = dates.dt.to_period("M")
    groups = months.groupby(months.dt.year).groups
    out = []
    for year, labels in sorted(groups.items()):
        if year < first_year:
            continue
        end = pd.Period(f"{year}-01", "M") - delay
        train = months[months < end].index.tolist()
        if not train:
            raise ValueError(f"{year}")
        out.append((train, labels.tolist()))
    return out
# %% make_lags
def make_lags(df, by, columns, k):
    if not k >= 1:
        raise ValueError
    month = df["date"].dt.to_period("M")
    index = pd.MultiIndex.from_arrays([df[by], month])
    if index.has_duplicates:
        raise ValueError
    table = df[columns].set_axis(index)
    wanted = pd.MultiIndex.from_arrays([df[by], month - k])
    earlier = table.reindex(wanted)
    return df.assign(**{f"{column}_lag{k}": earlier[column].to_numpy() for column in columns})
# %% score
def score(happened, rang):
    table = pd.crosstab(happened, rang)
    at = lambda a, b: int(table.at[a, b]) if a in table.index and b in table.columns else 0
    hits, missed, false_alarms, quiet = at(1, 1), at(1, 0), at(0, 1), at(0, 0)
    share = lambda part, whole: part / whole if whole else None
    return {
        "hits": hits, "missed": missed, "false_alarms": false_alarms, "quiet": quiet,
        "sensitivity": share(hits, hits + missed), "ppv": share(hits, hits + false_alarms),
    }
# %% assign_teams
def assign_teams(df, teams, visit):
    table = df.assign(gain=df["probability"] * df["averted"] - visit).sort_values("micro_code")
    ask = [int(code) for code in table.loc[table["gain"].isna(), "micro_code"]]
    worth = table.query("gain > 0").sort_values("gain", ascending=False, kind="mergesort")
    return [int(code) for code in worth["micro_code"]][:teams], ask
