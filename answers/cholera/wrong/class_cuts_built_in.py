# shows: The cuts are built in.
# loses: [check_map_class]
# teaches: Change the cuts. Do your classes change?
# %% map_class
def map_class(rates, countries, cuts):
    def name(rate):
        if pd.isna(rate):
            return "no data"
        if rate == 0:
            return "none reported"
        return "under 2.5" if rate < 2.5 else "2.5 to under 10" if rate < 10 else "10 and more"
    return rates.reindex(countries).map(name)
