using System.Text.RegularExpressions;
using ChatBotKit.Server.Data;

namespace ChatBotKit.Server.Tests.Data;

public sealed partial class IdsTests
{
    [Fact]
    public void New_Is_ALetterAndTwentyThreeLettersOrDigits() =>
        Assert.All(Enumerable.Range(0, 1_000).Select(_ => Ids.New()), id => Assert.Matches(Shape(), id));

    [Fact]
    public void New_MadeTwice_DiffersInItsRandomPart()
    {
        var ends = Enumerable.Range(0, 10_000).Select(_ => Ids.New()[9..]).ToHashSet();

        Assert.Equal(10_000, ends.Count);
    }

    [Fact]
    public void New_IsRandom_InEachOfItsLastDigits()
    {
        var ends = Enumerable.Range(0, 5_000).Select(_ => Ids.New()[9..]).ToList();

        for (var place = 0; place < 15; place++)
        {
            Assert.Equal(36, ends.Select(end => end[place]).Distinct().Count());
            for (var other = 0; other < place; other++)
                Assert.Contains(ends, end => end[place] != end[other]);
        }
    }

    [Fact]
    public void Short_Is_EightLettersOrDigitsThatDiffer()
    {
        var ids = Enumerable.Range(0, 1_000).Select(_ => Ids.Short()).ToHashSet();

        Assert.Equal(1_000, ids.Count);
        Assert.All(ids, id => Assert.Matches("^[0-9a-z]{8}$", id));
    }

    [Fact]
    public void New_BeginsWith_TheTimeInTheOrderOfTheDatabase()
    {
        var before = Prefix(TimeProvider.System.GetUtcNow());
        var id = Ids.New();
        var after = Prefix(TimeProvider.System.GetUtcNow());

        Assert.InRange(id[1..9], before, after, StringComparer.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1_795_891_727_456)]
    public void TimeOf_AnId_IsTheTimeThatItWasMadeWith(long milliseconds) =>
        Assert.Equal(milliseconds, Ids.TimeOf(Ids.New(milliseconds)));

    [Theory]
    [InlineData("")]
    [InlineData("nothing")]
    [InlineData("dmx0rkdi87o7l64fd0tt7241")]
    [InlineData("cMX0RKDI87O7L64FD0TT7241")]
    [InlineData("cmx0rkdi87o7l64fd0tt724")]
    [InlineData("cmx0rkdi8-o7l64fd0tt7241")]
    public void TimeOf_SomethingElse_IsNothing(string text) => Assert.Null(Ids.TimeOf(text));

    [Theory]
    [InlineData(1)]
    [InlineData(1_795_891_727_456)]
    public void Before_ATime_IsBehindAllEarlierIds_AndInFrontOfAllOthers(long milliseconds)
    {
        Assert.True(string.CompareOrdinal(Ids.New(milliseconds - 1), Ids.Before(milliseconds)) < 0);
        Assert.True(string.CompareOrdinal(Ids.Before(milliseconds), Ids.New(milliseconds)) < 0);
        Assert.True(string.CompareOrdinal(Ids.Before(-5), Ids.New(0)) < 0);
    }

    /// <summary>Returns the milliseconds as eight digits in base 36.</summary>
    private static string Prefix(DateTimeOffset moment)
    {
        var digits = "";
        for (var rest = moment.ToUnixTimeMilliseconds(); rest > 0; rest /= 36)
            digits = "0123456789abcdefghijklmnopqrstuvwxyz"[(int)(rest % 36)] + digits;
        return digits.PadLeft(8, '0');
    }

    [GeneratedRegex("^[a-z][0-9a-z]{23}$")]
    private static partial Regex Shape();
}
