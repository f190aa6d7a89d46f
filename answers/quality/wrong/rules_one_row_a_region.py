# shows: Each region may be there once only.
# loses: [check_rules]
# teaches: A region reports every month. Which two things together must not come twice?
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
            pa.Check(lambda df: ~df.duplicated(["region"], keep=False), error="one_report"),
        ],
    )
