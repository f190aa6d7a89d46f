# shows: Another note, in whole ISO weeks and with another proposal; the functions are those of the reference.
# %% [markdown] note_for_the_meeting
# Dear colleague, these are reports for ISO weeks 1 to 39 of 2025, from the open MOSAIC table, and WHO's counts as a newspaper printed them.
#
# Angola 29,289 cases (WHO 29,347), 28 deaths in 1,000 cases (26 to 30). DR Congo 56,292 (WHO 56,696), 31 in 1,000 (29 to 32).
# Nigeria is 20,408 or 10,353; I cannot say which. Ghana has 2,662 at WHO only. From Kenya nobody has a number, so I know nothing.
#
# Please telephone Nigeria, Ghana and Kenya before Friday: how many people were treated in the last four weeks, suspected or tested? Until then send each a basic
# stock, and the rest to Angola and DR Congo. The numbers do not say why people fell ill. Each is somebody's child, mother or father.
# %% coverage
def coverage(df):
    names = sorted(set(df["country"]))
    heard = [name for name in names if df.loc[df["country"] == name, "cases"].notna().any()]
    return {"with": heard, "without": [name for name in names if name not in heard], "missing": df["cases"].isna().sum() / len(df)}
