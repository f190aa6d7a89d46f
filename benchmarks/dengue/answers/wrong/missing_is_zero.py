# shows: The year without counts becomes zero.
# loses: [check_yearly_cases]
# %% yearly_cases
def yearly_cases(df):
    return df.groupby("year")["dengue_cases"].sum()
