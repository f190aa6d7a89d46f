# shows: The picture is shown and not returned.
# loses: [check_plot_excess]
# teaches: Nothing comes back from the function. The picture may be on your screen, but the code that asked for it does not have it.
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
    axes.legend()
    figure.autofmt_xdate()
    plt.show()
