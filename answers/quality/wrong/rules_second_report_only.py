# shows: Of two reports only the second breaks the rule.
# loses: [check_rules]
# teaches: Two rows contradict each other. How do you know that the first is the right one?
# %% rules
def rules():
    return pa.DataFrameSchema(
        {
            "cases": pa.Column(
                nullable=True,
                checks=[
                    pa.Check(lambda cases: cases >= 0, error="cases_not_negative"),
                    pa.Check(lambda cases: cases % 1 == 0, error="cases_whole"),
                ],
            ),
            "deaths": pa.Column(
                nullable=True, checks=pa.Check(lambda deaths: deaths >= 0, error="deaths_not_negative")
            ),
        },
        checks=[
            pa.Check(lambda df: ~(df["deaths"] > df["cases"]), error="deaths_le_cases"),
            pa.Check(lambda df: ~df.duplicated(["region", "date"]), error="one_report"),
        ],
    )
