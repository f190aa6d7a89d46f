# shows: Two lines, and nothing says which is observed and which is expected.
# loses: [check_plot_excess]
# teaches: Nothing says which line is which. How can a reader tell them apart without colours?
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
    axes.set_ylabel("Deaths per day")
    axes.set_title(f"{abs(number):,.0f} {'more' if number >= 0 else 'fewer'} deaths than expected")
    figure.autofmt_xdate()
    return figure
