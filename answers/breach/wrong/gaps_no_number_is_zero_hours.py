# shows: Where the law gives no number, no hours of the partner are good enough.
# loses: [check_agreement_gaps]
# teaches: The law gives no number. Does that mean zero hours?
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
        elif part == "breach_hours" and (value <= 0 or value >= (authority_hours or 0)):
            gaps.append(part)
    return gaps
