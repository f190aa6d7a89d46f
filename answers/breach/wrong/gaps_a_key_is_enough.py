# shows: A part that is there passes, whatever it holds.
# loses: [check_agreement_gaps]
# teaches: A form with empty lines is no agreement. Look at what the parts hold.
# %% agreement_gaps
def agreement_gaps(agreement, authority_hours):
    gaps = []
    for part in PARTS:
        value = agreement.get(part)
        if part not in agreement:
            gaps.append(part)
        elif part == "legal_basis" and value and not any(sign.isdigit() for sign in value):
            gaps.append(part)
        elif part == "deleted_on" and not isinstance(value, date):
            gaps.append(part)
        elif part == "breach_hours" and value is not None and (value <= 0 or authority_hours is not None and value >= authority_hours):
            gaps.append(part)
    return gaps
