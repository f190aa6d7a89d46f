# shows: The y axis says deaths but not in which time, so a reader cannot tell a day from a week.
# loses: [check_plot_excess]
# teaches: "The y axis says what is counted. In which time: a day, a week or a year?"
# %% plot_excess
def plot_excess(df, start, end, years):
    window = pd.date_range(start, end)
    observed = df.set_index("date")["deaths"].reindex(window)
    expected = baseline(df, years).reindex(zip(window.month, window.day))
    number = excess(df, start, end, years)
    figure, axes = plt.subplots()
    axes.plot(window, observed, marker="o", label="observed")
    axes.plot(window, expected.to_numpy(), linestyle="--", label="expected")
    axes.set_ylim(bottom=0)
    axes.set_xlabel("Date")
    axes.set_ylabel("Deaths")
    axes.set_title(f"{abs(number):,.0f} {'more' if number >= 0 else 'fewer'} deaths than expected")
    axes.legend()
    figure.autofmt_xdate()
    return figure
