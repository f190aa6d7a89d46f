# shows: The checks have no names, so nobody can tell which rule was broken.
# loses: [check_rules]
# teaches: pandera gives each check a name of its own if you give none. Where does yours go?
# %% rules
def rules():
    return pa.DataFrameSchema(
        {
            "cases": pa.Column(
                nullable=True,
                checks=[
                    pa.Check.ge(0),
                    pa.Check(lambda cases: cases % 1 == 0, error="cases_whole"),
                ],
            ),
            "deaths": pa.Column(
                nullable=True, checks=pa.Check(lambda deaths: deaths >= 0, error="deaths_not_negative")
            ),
        },
        checks=[
            pa.Check(lambda df: ~(df["deaths"] > df["cases"]), error="deaths_le_cases"),
            pa.Check(lambda df: ~df.duplicated(["region", "date"], keep=False), error="one_report"),
        ],
    )
