# shows: A missing number of cases or deaths breaks the rule on deaths.
# loses: [check_rules]
# teaches: "Compare a number with a missing one in pandas: what comes out, and is it what you want to say?"
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
            pa.Check(lambda df: df["deaths"] <= df["cases"], error="deaths_le_cases"),
            pa.Check(lambda df: ~df.duplicated(["region", "date"], keep=False), error="one_report"),
        ],
    )
