# shows: The columns may not have missing numbers, so that pandera adds a rule of its own.
# loses: [check_rules]
# teaches: pandera complains of missing numbers by itself, if it is not told otherwise. Which setting of a column tells it?
# %% rules
def rules():
    return pa.DataFrameSchema(
        {
            "cases": pa.Column(
                checks=[
                    pa.Check(lambda cases: cases >= 0, error="cases_not_negative"),
                    pa.Check(lambda cases: cases % 1 == 0, error="cases_whole"),
                ],
            ),
            "deaths": pa.Column(
                checks=pa.Check(lambda deaths: deaths >= 0, error="deaths_not_negative")
            ),
        },
        checks=[
            pa.Check(lambda df: ~(df["deaths"] > df["cases"]), error="deaths_le_cases"),
            pa.Check(lambda df: ~df.duplicated(["region", "date"], keep=False), error="one_report"),
        ],
    )
