using System.Text.Json;

namespace ChatBotKit.Server.Tests.Features;

/// <summary>The sources in the <c>meta</c> of an answer that is based on records.</summary>
public sealed class AnswerSourceTests : DatasetConversationTest
{
    [Theory]
    [InlineData("scripted")]
    [InlineData("extractive")]
    public async Task Answer_NamesItsSources_StreamedAndStoredAlike(string model)
    {
        var id = await Server.CreateRecordAsync(Dataset, "Orchids need water once a week.", "https://care.example/orchids", """{"title":"Orchids","page":7}""");
        var other = await Server.CreateRecordAsync(Dataset, "Never give orchids ice.");
        Model.Answer(script => script.Text("Once a week."));
        var conversation = await ConversationAsync(model);

        var streamed = MetaOf(await CompleteAsync(Server.Owner, conversation, "How often do orchids need water?"));

        var sources = streamed.GetProperty("sources").EnumerateArray().ToList();
        Assert.Equal([id, other], sources.Select(source => source.Text("recordId")));
        Assert.All(sources, source => Assert.Equal(Dataset, source.Text("datasetId")));
        Assert.InRange(sources[0].GetProperty("score").GetDouble(), sources[1].GetProperty("score").GetDouble(), 1);
        Assert.Equal(("https://care.example/orchids", "Orchids", 7), (sources[0].Text("source"), sources[0].Text("title"), sources[0].GetProperty("page").GetInt32()));
        // A record that says nothing about itself is from the dataset.
        Assert.Equal("Care", sources[1].Text("title"));
        Assert.False(sources[1].TryGetProperty("source", out _));
        Assert.Equal(streamed.GetRawText(), (await StoredAsync(Server.Owner, conversation)).GetRawText());
    }

    [Fact]
    public async Task EndUser_SeesWhereTheAnswerIsFrom_AndNoIds()
    {
        await Server.CreateRecordAsync(Dataset, "Orchids need water once a week.", "https://care.example/orchids", """{"title":"Orchids","page":7}""");
        await Server.CreateRecordAsync(Dataset, "Water orchids by hand.", "file:///f1", """{"title":"guide.pdf"}""");
        Model.Answer(script => script.Text("Once a week."));
        var conversation = await ConversationAsync("scripted");
        using var visitor = await Server.SessionAsync(conversation);
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
        var id = await Server.CreateRecordAsync(Dataset, "Orchids need water once a week.");
        Model.Answer(script => script.Text("Once a week."));
        var conversation = await ConversationAsync("scripted");
        var session = await Server.PostAsync(
            $"conversation/{conversation}/session/create", """{"permissions":["complete","messages:read","tools:read"]}""");
        using var visitor = Server.Server.Client(session.Text("token"));

        var streamed = MetaOf(await CompleteAsync(visitor, conversation, "How often do orchids need water?"));

        Assert.Equal(id, streamed.GetProperty("sources")[0].Text("recordId"));
        Assert.Equal(id, (await StoredAsync(visitor, conversation)).GetProperty("sources")[0].Text("recordId"));
    }

    [Fact]
    public async Task Search_OfTheModel_AddsItsRecords_EachOnce()
    {
        var first = await Server.CreateRecordAsync(Dataset, "Tulips are planted in October.");
        var second = await Server.CreateRecordAsync(Dataset, "Roses are cut in March.");
        Model.Answer(script => script.ToolCall("call-1", "query", """{"search":"roses and tulips"}"""));
        Model.Answer(script => script.Text("In October and March."));
        var conversation = await ConversationAsync("scripted");

        var meta = MetaOf(await CompleteAsync(Server.Owner, conversation, "When are tulips planted?"));

        Assert.Equal(
            [.. new[] { first, second }.Order()], meta.GetProperty("sources").EnumerateArray().Select(source => source.Text("recordId")).Order());
    }

    [Fact]
    public async Task Answer_WithoutRecords_HasNoSources()
    {
        await Server.CreateRecordAsync(Dataset, "Tulips are planted in October.");
        Model.Answer(script => script.Text("I do not know."));
        var conversation = await ConversationAsync("scripted");

        var meta = MetaOf(await CompleteAsync(Server.Owner, conversation, "How much is a car?"));

        Assert.False(meta.TryGetProperty("sources", out _));
        Assert.Equal(Dataset, meta.GetProperty("dataset").Id());
    }

    [Fact]
    public async Task ManyLongSources_AreLimited()
    {
        await Server.PostAsync($"dataset/{Dataset}/update", """{"searchMaxRecords":100}""");
        for (var i = 0; i < 25; i++)
            await Server.CreateRecordAsync(Dataset, $"Tulips {i}", "a.md", $$"""{"title":"{{new string('t', 299)}}🌷"}""");
        Model.Answer(script => script.Text("Tulips."));
        var conversation = await ConversationAsync("scripted");

        var sources = MetaOf(await CompleteAsync(Server.Owner, conversation, "What about tulips?")).GetProperty("sources");

        Assert.Equal(20, sources.GetArrayLength());
        Assert.Equal(new string('t', 299), sources[0].Text("title"));
    }

    private Task<string> ConversationAsync(string model) =>
        Server.CreateConversationAsync($$"""{"datasetId":"{{Dataset}}","model":"{{model}}"}""");

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
