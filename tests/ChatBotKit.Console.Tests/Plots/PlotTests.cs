using ChatBotKit.AdminConsole.Plots;

namespace ChatBotKit.AdminConsole.Tests.Plots;

/// <summary>The sentence and the picture of a plot, for the numbers that break plots.</summary>
public sealed class PlotTests
{
    [Theory]
    [InlineData(new long[] { 0, 0, 0 }, "Messages: none in 3 days.", 0)]
    [InlineData(new long[] { 0, 7, 0 }, "Messages: 7 in 3 days, the most on 2026-03-29 with 7.", 1)]
    [InlineData(new long[] { 1, long.MaxValue, long.MaxValue }, "Messages: 18,446,744,073,709,551,615 in 3 days, the most on 2026-03-29 with 9,223,372,036,854,775,807.", 3)]
    public void Bars_StayInThePicture_AndTheSentenceIsRight(long[] values, string sentence, int bars)
    {
        var plot = Of("Messages", values);
        var drawn = new PlotShape(plot).BarsOf(0).ToList();

        Assert.Equal((sentence, bars), (plot.Sentence, drawn.Count));
        Assert.All(drawn, bar =>
        {
            Assert.InRange(Number(bar.Y), 0, PlotShape.Height);
            Assert.InRange(Number(bar.Height), 1, PlotShape.Height - Number(bar.Y) + 0.1);
            Assert.InRange(Number(bar.X), 0, PlotShape.Width - Number(bar.Width));
        });
    }

    [Fact]
    public void Stack_IsAsHighAsItsSum_AndItsPartsDoNotOverlap()
    {
        var plot = new Plot("Messages", Days(2), [new("a", [30, 0]), new("b", [10, 0]), new("c", [null, 80])]);
        var shape = new PlotShape(plot);

        Assert.Equal(80, plot.Top);
        var (lower, upper) = (Assert.Single(shape.BarsOf(0)), Assert.Single(shape.BarsOf(1)));
        Assert.Equal(Number(lower.Y), Number(upper.Y) + Number(upper.Height), 0.11);
        Assert.Equal(3.0, Number(lower.Height) / Number(upper.Height), 0.1);
        Assert.Equal("8", Assert.Single(shape.BarsOf(2)).Y);
        Assert.Equal("Messages in 2 days: a 30, the most on 2026-03-28 (30); b 10, the most on 2026-03-28 (10); c 80, the most on 2026-03-29 (80).", plot.Sentence);
    }

    [Fact]
    public void Line_HasAGapWhereThereIsNoValue_AndOnePointIsSeen()
    {
        var plot = new Plot("Times", Days(4), [new("half", [100, null, 50, 100])]) { HasLines = true, AddsUp = false, Unit = "ms" };
        var shape = new PlotShape(plot);

        Assert.Equal(["M80 8", "M400 84L560 8"], shape.LineOf(0).Split('M', StringSplitOptions.RemoveEmptyEntries).Select(part => "M" + part));
        Assert.Equal([0, 2, 3], shape.MarksOf(0).Select(mark => mark.Day));
        Assert.Equal("Times: at most 100 ms in 4 days, on 2026-03-28.", plot.Sentence);
        var none = new Plot("Times", Days(1), [new("half", [null])]) { HasLines = true, AddsUp = false, Unit = "ms" };
        Assert.Equal(("Times: none in 1 days.", ""), (none.Sentence, new PlotShape(none).LineOf(0)));
    }

    [Fact]
    public void Hours_AreNamedInTheSentence()
    {
        var start = new DateTimeOffset(2026, 3, 28, 23, 0, 0, TimeSpan.Zero);
        var plot = new Plot("Messages", PlotTimes.Of([start, start.AddHours(1)]), [new("all", [1, 3])]);

        Assert.Equal("Messages: 4 in 2 hours, the most at 2026-03-29 00:00 with 3.", plot.Sentence);
        Assert.Equal("Hour (UTC)", plot.Times.Heading);
    }

    [Fact]
    public void Marks_OfSeriesNextToEachOther_DifferInForm() =>
        Assert.Equal(4, Enumerable.Range(0, 4).Select(PlotShape.FormOf).Distinct(StringComparer.Ordinal).Count());

    private static Plot Of(string name, IEnumerable<long> values)
    {
        PlotSeries series = new(name, [.. values.Select(value => (long?)value)]);
        return new(name, Days(series.Values.Count), [series]);
    }

    private static IReadOnlyList<DateOnly> Days(int count) => [.. Enumerable.Range(0, count).Select(new DateOnly(2026, 3, 28).AddDays)];

    private static double Number(string text) => double.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
