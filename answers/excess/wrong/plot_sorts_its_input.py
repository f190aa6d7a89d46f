# shows: The table is sorted in place before it is drawn, so the caller's rows are in another order afterwards.
# loses: [check_plot_excess]
# teaches: The table that came in is sorted in place, so its rows are in another order afterwards. Who else may use this table?
# %% plot_excess
def plot_excess(df, start, end, years):
    df.sort_values("date", inplace=True)
    window = pd.date_range(start, end)
    expected = baseline(df, years).reindex(zip(window.month, window.day, strict=True))
    number = excess(df, start, end, years)
    figure, axes = plt.subplots()
    axes.plot(window, df.set_index("date")["deaths"].reindex(window), label="observed")
    axes.plot(window, expected.to_numpy(), label="expected")
    axes.set_xlabel("Date")
    axes.set_ylabel("Deaths per day")
    axes.set_title(f"{abs(number):,.0f} {'more' if number >= 0 else 'fewer'} deaths than expected")
    axes.legend()
    return figure
