using System.Text.Json.Nodes;
using ChatBotKit.Cli.Output;
using Spectre.Console;

namespace ChatBotKit.Cli.Tests.Output;

public sealed class TableTests : IDisposable
{
    private const string Id = "c0123456789abcdef01234567";
    private static readonly int[] Widths = [1, 20, 40, 59, 60, 80, 100, 120, 200];

    private readonly Terminal _terminal = new() { IsInteractive = true };

    public static TheoryData<int> AllWidths => [.. Widths];

    public void Dispose() => _terminal.Dispose();

    [Theory]
    [MemberData(nameof(AllWidths))]
    public async Task NoColumn_IsLeftOut(int width)
    {
        var text = await ShowAsync(width, Wide());

        Assert.All(Wide()[0]!.AsObject(), field => Assert.Contains(field.Key, text, StringComparison.Ordinal));
        Assert.Contains(Id, text, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(AllWidths))]
    public async Task Table_IsNotWiderThanTheTerminal(int width)
    {
        var text = await ShowAsync(width, Wide());

        if (width >= 60)
            Assert.All(text.Split('\n'), line => Assert.True(line.TrimEnd().GetCellWidth() <= width, line));
    }

    [Fact]
    public async Task WideTerminal_ShowsATable_NarrowOneRecords()
    {
        Assert.DoesNotContain("1 of 1", await ShowAsync(400, Wide()), StringComparison.Ordinal);
        Assert.Contains("1 of 1", await ShowAsync(60, Wide()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task IdsOfOtherThings_AreShortenedFirst_AndTheOwnOneNever()
    {
        var text = await ShowAsync(60, Rows($$"""{"id":"{{Id}}","botId":"b0123456789abcdef01234567","name":"Support"}"""));

        Assert.Contains(Id, text, StringComparison.Ordinal);
        Assert.Contains("b0123456…", text, StringComparison.Ordinal);
        Assert.Contains("Support", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"createdAt":1790000000000}""")]
    [InlineData("""{"createdAt":1790000000000.0}""")]
    [InlineData("""{"refreshableUntil":1.79e12}""")]
    [InlineData("""{"meta":{"orderedAt":1790000000000}}""")]
    [InlineData("""{"list":[{"date":1790000000000}]}""")]
    public async Task Times_AreReadable(string item)
    {
        Assert.Contains("2026-09-21 14:13:20Z", await ShowAsync(200, Rows(item)), StringComparison.Ordinal);
        Assert.Contains("2026-09-21 14:13:20Z", await ShowAsync(200, JsonNode.Parse(item)!), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"createdAt":1e300}""", "1e300")]
    [InlineData("""{"createdAt":-1e300}""", "-1e300")]
    [InlineData("""{"createdAt":99999999999999999999999}""", "99999999999999999999999")]
    [InlineData("""{"createdAt":0}""", "0")]
    [InlineData("""{"expiresAt":"never"}""", "never")]
    [InlineData("""{"maxTime":60000}""", "60000")]
    [InlineData("""{"count":1790000000000}""", "1790000000000")]
    public async Task WhatIsNoTime_StaysAsItIs(string item, string expected) =>
        Assert.Contains(expected, await ShowAsync(200, Rows(item)), StringComparison.Ordinal);

    [Fact]
    public async Task Json_KeepsMilliseconds()
    {
        await new ResultWriter(_terminal.Surroundings, OutputFormat.Json).WriteAsync(JsonNode.Parse("""{"createdAt":1790000000000}"""));

        Assert.Contains("1790000000000", _terminal.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WideCharacters_KeepTheColumnsInLine()
    {
        var text = await ShowAsync(80, Rows("""{"name":"日本語","to":"x"}""", """{"name":"abcdef","to":"x"}""", """{"name":"שלום","to":"x"}"""));

        var places = text.Split('\n').Where(line => line.Contains('x', StringComparison.Ordinal)).Select(line => line[..line.IndexOf('x', StringComparison.Ordinal)].GetCellWidth());
        Assert.Single(places.Distinct());
    }

    [Fact]
    public async Task ControlCharacters_DoNotReachTheTerminal()
    {
        var text = await ShowAsync(80, Rows("""{"name":"a\u001b[2Jb\u009bc\u202ed","text":"one\ntwo"}"""));

        Assert.DoesNotContain(text, character => character is '\e' or '\u009b' or '\u202e');
        Assert.Contains("one two", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task HugeValue_IsCut_AndTheTableSaysSo()
    {
        var item = new JsonObject { ["id"] = Id, ["text"] = new string('日', 3_000_000) };

        Assert.Contains("(3000000 characters", await ShowAsync(80, item), StringComparison.Ordinal);
        var list = await ShowAsync(80, new JsonArray(item.DeepClone()));
        Assert.InRange(list.Length, 100, 2_000);
        Assert.Contains("…", list, StringComparison.Ordinal);
    }

    [Fact]
    public async Task File_HasNoWidth()
    {
        _terminal.IsInteractive = false;

        var text = await ShowAsync(20, Wide());

        Assert.Contains("b0123456789abcdef01234567", text, StringComparison.Ordinal);
        Assert.DoesNotContain("1 of 1", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_OfNothing_SaysSo_AndOneOfTextsShowsThem()
    {
        Assert.Equal("(none)", (await ShowAsync(80, new JsonArray())).Trim());
        Assert.Contains("hello", await ShowAsync(80, new JsonArray("hello")), StringComparison.Ordinal);
    }

    private static JsonArray Rows(params string[] items) => new([.. items.Select(item => JsonNode.Parse(item))]);

    private static JsonArray Wide() => Rows($$$"""
        {"id":"{{{Id}}}","name":"Support of the shop","description":"Answers whatever people ask about orders, deliveries and roses",
         "botId":"b0123456789abcdef01234567","datasetId":"d0123456789abcdef01234567","skillsetId":"s0123456789abcdef01234567",
         "contactId":"p0123456789abcdef01234567","spaceId":"o0123456789abcdef01234567","model":"some-model/temperature=0.2",
         "meta":{"app":"shop"},"privacy":true,"createdAt":1790000000000,"updatedAt":1790000000000}
        """);

    private async Task<string> ShowAsync(int width, JsonNode value)
    {
        _terminal.Width = width;
        _terminal.Clear();
        var writer = new ResultWriter(_terminal.Surroundings, OutputFormat.Table);
        await (value is JsonArray items ? writer.WriteAsync(items.ToAsyncEnumerable()) : writer.WriteAsync(value));
        return _terminal.Out;
    }
}
