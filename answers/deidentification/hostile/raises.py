# shows: Every function raises an error of its own as soon as it is called.
# loses: [check_equivalence_classes, check_k_anonymity, check_uniqueness, check_average_risk, check_l_diversity, check_generalise, check_suppress_below, check_utility_loss]
# %% equivalence_classes
def equivalence_classes(df, qi):
    raise RuntimeError('not today')
# %% k_anonymity
def k_anonymity(df, qi):
    raise RuntimeError('not today')
# %% uniqueness
def uniqueness(df, qi):
    raise RuntimeError('not today')
# %% average_risk
def average_risk(df, qi):
    raise RuntimeError('not today')
# %% l_diversity
def l_diversity(df, qi, sensitive):
    raise RuntimeError('not today')
# %% generalise
def generalise(df, plan):
    raise RuntimeError('not today')
# %% suppress_below
def suppress_below(df, qi, k):
    raise RuntimeError('not today')
# %% utility_loss
def utility_loss(before, after, by):
    raise RuntimeError('not today')
