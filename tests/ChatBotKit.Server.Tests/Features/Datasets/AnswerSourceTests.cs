using System.Text.Json;
using ChatBotKit.TestModels;

namespace ChatBotKit.Server.Tests.Features;

/// <summary>The sources in the <c>meta</c> of an answer that is based on records.</summary>
public sealed class AnswerSourceTests : IAsyncLifetime
{
    private ScriptedModelServer _model = null!;
    private FeatureServer _server = null!;
    private string _dataset = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _model = await ScriptedModelServer.StartAsync(Token);
        _server = await FeatureServer.StartAsync(settings: new Dictionary<string, string?>
        {
            ["OPENAI_BASE_URL"] = _model.BaseUrl.AbsoluteUri,
            ["OPENAI_MODELS"] = "scripted",
        });
        _dataset = await _server.CreateDatasetAsync("""{"name":"Care"}""");
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await _model.DisposeAsync();
    }

    [Theory]
    [InlineData("scripted")]
    [InlineData("extractive")]
    public async Task Answer_NamesItsSources_StreamedAndStoredAlike(string model)
    {
        var id = await _server.CreateRecordAsync(_dataset, "Orchids need water once a week.", "https://care.example/orchids", """{"title":"Orchids","page":7}""");
        var other = await _server.CreateRecordAsync(_dataset, "Never give orchids ice.");
        _model.Answer(script => script.Text("Once a week."));
        var conversation = await ConversationAsync(model);

        var streamed = MetaOf(await CompleteAsync(_server.Owner, conversation, "How often do orchids need water?"));

        var sources = streamed.GetProperty("sources").EnumerateArray().ToList();
        Assert.Equal([id, other], sources.Select(source => source.Text("recordId")));
        Assert.All(sources, source => Assert.Equal(_dataset, source.Text("datasetId")));
        Assert.InRange(sources[0].GetProperty("score").GetDouble(), sources[1].GetProperty("score").GetDouble(), 1);
        Assert.Equal(("https://care.example/orchids", "Orchids", 7), (sources[0].Text("source"), sources[0].Text("title"), sources[0].GetProperty("page").GetInt32()));
        // A record that says nothing about itself is from the dataset.
        Assert.Equal("Care", sources[1].Text("title"));
        Assert.False(sources[1].TryGetProperty("source", out _));
        Assert.Equal(streamed.GetRawText(), (await StoredAsync(_server.Owner, conversation)).GetRawText());
    }

    [Fact]
    public async Task EndUser_SeesWhereTheAnswerIsFrom_AndNoIds()
    {
        await _server.CreateRecordAsync(_dataset, "Orchids need water once a week.", "https://care.example/orchids", """{"title":"Orchids","page":7}""");
        await _server.CreateRecordAsync(_dataset, "Water orchids by hand.", "file:///f1", """{"title":"guide.pdf"}""");
        _model.Answer(script => script.Text("Once a week."));
        var conversation = await ConversationAsync("scripted");
        using var visitor = await _server.SessionAsync(conversation);
        const string Expected = """[{"source":"https://care.example/orchids","title":"Orchids","page":7},{"title":"guide.pdf"}]""";

        var streamed = MetaOf(await CompleteAsync(visitor, conversation, "How often do orchids need water?"));

        Assert.Equal(Expected, streamed.GetProperty("sources").GetRawText());
        var stored = await StoredAsync(visitor, conversation);
        Assert.Equal(Expected, stored.GetProperty("sources").GetRawText());
        var message = (await visitor.ReadAsync(HttpMethod.Get, $"conversation/{conversation}/message/list?order=desc")).Items().First();
        var fetched = await visitor.ReadAsync(HttpMethod.Get, $"conversation/{conversation}/message/{message.Id()}/fetch");
        Assert.Equal(Expected, fetched.GetProperty("meta").GetProperty("sources").GetRawText());
    }

    [Fact]
    public async Task EndUser_WithThePermissionForTools_SeesTheWholeSources()
    {
        var id = await _server.CreateRecordAsync(_dataset, "Orchids need water once a week.");
        _model.Answer(script => script.Text("Once a week."));
        var conversation = await ConversationAsync("scripted");
        var session = await _server.PostAsync(
            $"conversation/{conversation}/session/create", """{"permissions":["complete","messages:read","tools:read"]}""");
        using var visitor = _server.Server.Client(session.Text("token"));

        var streamed = MetaOf(await CompleteAsync(visitor, conversation, "How often do orchids need water?"));

        Assert.Equal(id, streamed.GetProperty("sources")[0].Text("recordId"));
        Assert.Equal(id, (await StoredAsync(visitor, conversation)).GetProperty("sources")[0].Text("recordId"));
    }

    [Fact]
    public async Task Search_OfTheModel_AddsItsRecords_EachOnce()
    {
        var first = await _server.CreateRecordAsync(_dataset, "Tulips are planted in October.");
        var second = await _server.CreateRecordAsync(_dataset, "Roses are cut in March.");
        _model.Answer(script => script.ToolCall("call-1", "query", """{"search":"roses and tulips"}"""));
        _model.Answer(script => script.Text("In October and March."));
        var conversation = await ConversationAsync("scripted");

        var meta = MetaOf(await CompleteAsync(_server.Owner, conversation, "When are tulips planted?"));

        Assert.Equal(
            [.. new[] { first, second }.Order()], meta.GetProperty("sources").EnumerateArray().Select(source => source.Text("recordId")).Order());
    }

    [Fact]
    public async Task Answer_WithoutRecords_HasNoSources()
    {
        await _server.CreateRecordAsync(_dataset, "Tulips are planted in October.");
        _model.Answer(script => script.Text("I do not know."));
        var conversation = await ConversationAsync("scripted");

        var meta = MetaOf(await CompleteAsync(_server.Owner, conversation, "How much is a car?"));

        Assert.False(meta.TryGetProperty("sources", out _));
        Assert.Equal(_dataset, meta.GetProperty("dataset").Id());
    }

    [Fact]
    public async Task ManyLongSources_AreLimited()
    {
        await _server.PostAsync($"dataset/{_dataset}/update", """{"searchMaxRecords":100}""");
        for (var i = 0; i < 25; i++)
            await _server.CreateRecordAsync(_dataset, $"Tulips {i}", "a.md", $$"""{"title":"{{new string('t', 299)}}🌷"}""");
        _model.Answer(script => script.Text("Tulips."));
        var conversation = await ConversationAsync("scripted");

        var sources = MetaOf(await CompleteAsync(_server.Owner, conversation, "What about tulips?")).GetProperty("sources");

        Assert.Equal(20, sources.GetArrayLength());
        Assert.Equal(new string('t', 299), sources[0].Text("title"));
    }

    private Task<string> ConversationAsync(string model) =>
        _server.CreateConversationAsync($$"""{"datasetId":"{{_dataset}}","model":"{{model}}"}""");

    private static async Task<JsonElement> StoredAsync(HttpClient client, string conversation) =>
        (await client.ReadAsync(HttpMethod.Get, $"conversation/{conversation}/message/list?order=desc")).Items().First().GetProperty("meta");

    private static JsonElement MetaOf(string events) => events.Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .Select(line => JsonElement.Parse(line))
        .Where(line => line.Text("type") == "message" && line.GetProperty("data").Text("type") == "bot")
        .Select(line => line.GetProperty("data").GetProperty("meta"))
        .Last();

    private static async Task<string> CompleteAsync(HttpClient client, string conversation, string text)
    {
        using var answer = await client.SendAsync(HttpMethod.Post, $"conversation/{conversation}/complete", new { text }, accept: "application/jsonl");
        return await answer.ReadTextAsync();
    }
}
