# shows: The threshold knows all years, also those to come.
# loses: [check_outbreaks]
# %% outbreaks
def outbreaks(df, last_year):
    rate = df["dengue_cases"] / df["population"]
    threshold = rate.groupby([df["micro_code"], df["month"]]).transform("quantile", 0.75)
    return (rate > threshold)[df["year"] > last_year]
