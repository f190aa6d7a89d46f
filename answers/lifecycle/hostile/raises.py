# shows: Every function raises an error of its own as soon as it is called.
# loses: [check_data_licence, check_licence_allows, check_chain_allows, check_describe_column, check_describe, check_stage_gaps]
# %% data_licence
def data_licence(descriptor):
    raise SystemExit(0)
# %% licence_allows
def licence_allows(licence, use, rules):
    return rules["no such column"]
# %% chain_allows
def chain_allows(licences, use, rules):
    return 1 / 0
# %% describe_column
def describe_column(column, about):
    return undefined_name
# %% describe
def describe(df, about):
    return describe(df, about)
# %% stage_gaps
def stage_gaps(plan):
    raise BaseException("not an Exception")
