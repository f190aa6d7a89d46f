# shows: "The title says what is drawn and not what is found: the number is missing."
# loses: [check_plot_excess]
# teaches: The title says what is drawn and not what you found. Which number would you tell first?
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
    axes.set_title("Observed and expected deaths per day")
    axes.legend()
    figure.autofmt_xdate()
    return figure
