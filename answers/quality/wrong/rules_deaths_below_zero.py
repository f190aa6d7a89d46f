# shows: Nothing is said about deaths below zero.
# loses: [check_rules]
# teaches: One rule of the table in the task is never broken in your answer, even where it should be. Which?
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
                nullable=True, checks=pa.Check(lambda deaths: deaths > -100, error="deaths_not_negative")
            ),
        },
        checks=[
            pa.Check(lambda df: ~(df["deaths"] > df["cases"]), error="deaths_le_cases"),
            pa.Check(lambda df: ~df.duplicated(["region", "date"], keep=False), error="one_report"),
        ],
    )
