# shows: A dictionary and two loops, without grouping, and an old name of pandas.
# %% weekly_visits
def weekly_visits(df):
    numbers = dict(zip(df["date"], df["visits"]))
    day = min(numbers)
    while day.dayofweek > 0:
        day -= pd.Timedelta(days=1)
    rows = []
    while day <= max(numbers):
        week = [numbers.get(day + pd.Timedelta(days=n)) for n in range(7)]
        week = [number for number in week if number is not None and number == number]
        rows.append({"monday": day, "days": len(week), "visits": sum(week) if len(week) == 7 else None})
        day += pd.Timedelta(days=7)
    table = pd.DataFrame(rows)
    table["visits"] = table["visits"].astype(float)
    return table
