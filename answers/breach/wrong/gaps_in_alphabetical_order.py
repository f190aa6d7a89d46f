# shows: The gaps are sorted by the alphabet.
# loses: [check_agreement_gaps]
# teaches: In which order does the docstring want the names?
# %% agreement_gaps
def agreement_gaps(agreement, authority_hours):
    gaps = []
    for part in PARTS:
        value = agreement.get(part)
        if value is None or value == [] or isinstance(value, str) and value.strip() == "":
            gaps.append(part)
        elif part == "legal_basis" and not any(sign.isdigit() for sign in value):
            gaps.append(part)
        elif part == "deleted_on" and not isinstance(value, date):
            gaps.append(part)
        elif part == "breach_hours" and (value <= 0 or authority_hours is not None and value >= authority_hours):
            gaps.append(part)
    return sorted(gaps)
