# shows: The columns must be of type int, which a column with a missing number never is.
# loses: [check_rules]
# teaches: You ask for a type. Which type does a column have in which one number is missing?
# %% rules
def rules():
    return pa.DataFrameSchema(
        {
            "cases": pa.Column(
                int,
                nullable=True,
                checks=[
                    pa.Check(lambda cases: cases >= 0, error="cases_not_negative"),
                    pa.Check(lambda cases: cases % 1 == 0, error="cases_whole"),
                ],
            ),
            "deaths": pa.Column(
                int,
                nullable=True, checks=pa.Check(lambda deaths: deaths >= 0, error="deaths_not_negative")
            ),
        },
        checks=[
            pa.Check(lambda df: ~(df["deaths"] > df["cases"]), error="deaths_le_cases"),
            pa.Check(lambda df: ~df.duplicated(["region", "date"], keep=False), error="one_report"),
        ],
    )
