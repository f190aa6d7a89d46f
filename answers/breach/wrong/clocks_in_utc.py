# shows: The deadlines of the table are given in UTC.
# loses: [check_clocks]
# teaches: Somebody at the place reads your table beside a clock there. In which time zone are the deadlines?
# %% clocks
def clocks(duties, starts, zone, days_off):
    today = starts["aware"].astimezone(ZoneInfo(zone)).date()
    rows = []
    for duty in duties:
        if duty["from"] and today < duty["from"] or duty["to"] and today > duty["to"]:
            continue
        begun = starts.get(duty["starts"])
        end = deadline(duty["period"], begun, zone, days_off) if begun else None
        rows.append([duty["id"], duty["whom"], end])
    table = pd.DataFrame(rows, columns=["id", "whom", "deadline"])
    table["deadline"] = pd.to_datetime(table["deadline"], utc=True)
    return table.sort_values(["deadline", "id"]).reset_index(drop=True)
