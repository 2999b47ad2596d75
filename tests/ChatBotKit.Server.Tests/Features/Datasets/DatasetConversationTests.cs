using System.Text.Json;

namespace ChatBotKit.Server.Tests.Features;

/// <summary>Conversations that answer from a dataset.</summary>
public sealed class DatasetConversationTests : DatasetConversationTest
{
    [Fact]
    public async Task Answer_IsBasedOnTheFoundRecords_AndNamesThem()
    {
        var id = await Server.CreateRecordAsync(Dataset, "Orchids need water once a week.", "care.md", """{"title":"Orchids","date":"2026-01-02"}""");
        await Server.CreateRecordAsync(Dataset, "Roses are delivered on Mondays.");
        Model.Answer(script => script.Text("Once a week."));
        var conversation = await Server.CreateConversationAsync($$"""{"datasetId":"{{Dataset}}","backstory":"Be kind."}""");

        var events = await CompleteAsync(conversation, "How often do orchids need water?");

        var system = Model.Requests.Single().Messages[0].Text("content")!;
        Assert.StartsWith("Be kind.\n\n", system, StringComparison.Ordinal);
        Assert.EndsWith("Source: care.md\nTitle: Orchids\nDate: 2026-01-02\n\nOrchids need water once a week.", system, StringComparison.Ordinal);
        Assert.DoesNotContain("Roses", system, StringComparison.Ordinal);
        Assert.Equal(["query"], Model.Requests.Single().Body.GetProperty("tools").EnumerateArray().Select(tool => tool.GetProperty("function").Text("name")));
        var (begin, end) = (events.Single(line => line.Text("type") == "datasetSearchBegin"), events.Single(line => line.Text("type") == "datasetSearchEnd"));
        Assert.Equal("How often do orchids need water?", begin.GetProperty("data").Text("search"));
        Assert.Equal(begin.GetProperty("data").Id(), end.GetProperty("data").Id());
        Assert.Equal("""[{"source":"Orchids","text":"Orchids need water once a week."}]""", end.GetProperty("data").GetProperty("records").GetRawText());
        var message = (await Server.GetAsync($"conversation/{conversation}/message/list?order=desc")).Items().First();
        var meta = message.GetProperty("meta").GetProperty("dataset");
        Assert.Equal((Dataset, "query", "How often do orchids need water?"), (meta.Id(), meta.GetProperty("action").Text("name"), meta.GetProperty("action").GetProperty("input").Text("search")));
        var record = Assert.Single(meta.GetProperty("action").GetProperty("result").GetProperty("records").EnumerateArray());
        Assert.Equal((id, "Orchids"), (record.Id(), record.Text("source")));
        Assert.InRange(record.GetProperty("score").GetDouble(), 0.1, 1);
    }

    [Fact]
    public async Task Dataset_OfABot_IsSearched_AsSoonAsTheRecordIsStored()
    {
        var bot = ApiJson.Id(await Server.PostAsync("bot/create", $$"""{"datasetId":"{{Dataset}}","model":"extractive"}"""));
        var conversation = await Server.CreateConversationAsync($$"""{"botId":"{{bot}}"}""");
        await Server.CreateRecordAsync(Dataset, "Tulips are planted in October.", "planting.md");

        var answer = await Server.PostAsync($"conversation/{conversation}/complete", """{"text":"When are tulips planted?"}""");

        Assert.Contains("From \"planting.md\": Tulips are planted in October.", answer.Text("text"), StringComparison.Ordinal);
        await Server.PostAsync($"dataset/{Dataset}/delete", "{}");
        answer = await Server.PostAsync($"conversation/{conversation}/complete", """{"text":"When are tulips planted?"}""");
        Assert.DoesNotContain("October", answer.Text("text"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task StatelessRun_SearchesItsDataset()
    {
        await Server.CreateRecordAsync(Dataset, "Tulips are planted in October.", "file:///f1");

        var answer = await Server.PostAsync(
            "conversation/complete", $$"""{"model":"extractive","datasetId":"{{Dataset}}","messages":[{"type":"user","text":"When are tulips planted?"}]}""");

        Assert.Contains("From \"Care\": Tulips are planted in October.", answer.Text("text"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"matchInstruction":"Answer {search} from this:"}""", "tulips?", "Answer tulips? from this:\n\nSource: planting.md\n\nTulips are planted in October.")]
    [InlineData("""{"matchInstruction":"-"}""", "tulips?", "Source: planting.md\n\nTulips are planted in October.")]
    [InlineData("""{"mismatchInstruction":"Nothing about {search}."}""", "bananas?", "Nothing about bananas?.")]
    [InlineData("""{"mismatchInstruction":"-"}""", "bananas?", null)]
    [InlineData("""{"searchMaxTokens":3,"matchInstruction":"-"}""", "tulips?", "Source: planting.md\n\nTulips are p")]
    [InlineData("""{"searchMinScore":0.9,"mismatchInstruction":"None."}""", "tulips bananas pears?", "None.")]
    public async Task Settings_OfTheDataset_MakeTheContext(string settings, string question, string? expected)
    {
        await Server.PostAsync($"dataset/{Dataset}/update", settings);
        await Server.CreateRecordAsync(Dataset, "Tulips are planted in October.", "planting.md");
        Model.Answer(script => script.Text("Yes."));
        var conversation = await Server.CreateConversationAsync($$"""{"datasetId":"{{Dataset}}"}""");

        await CompleteAsync(conversation, question);

        var first = Model.Requests.Single().Messages[0];
        Assert.Equal(expected ?? question, first.Text("content"));
        Assert.Equal(expected is null ? "user" : "system", first.Text("role"));
    }

    [Theory]
    [InlineData("Hi")]
    [InlineData("  a  ")]
    public async Task ShortMessage_IsNotSearchedFor(string text)
    {
        await Server.CreateRecordAsync(Dataset, "Hi a");
        Model.Answer(script => script.Text("Hello."));
        var conversation = await Server.CreateConversationAsync($$"""{"datasetId":"{{Dataset}}"}""");

        var events = await CompleteAsync(conversation, text);

        Assert.DoesNotContain(events, line => line.Text("type")!.StartsWith("datasetSearch", StringComparison.Ordinal));
        Assert.Equal("user", Model.Requests.Single().Messages[0].Text("role"));
    }

    [Fact]
    public async Task LongMessage_IsSearchedFor_AndTruncatedInTheMeta()
    {
        var id = await Server.CreateRecordAsync(Dataset, "Tulips are planted in October.");
        Model.Answer(script => script.Text("In October."));
        var conversation = await Server.CreateConversationAsync($$"""{"datasetId":"{{Dataset}}"}""");

        await CompleteAsync(conversation, $"{new string('x', 1_999)}🌷{new string('y', 55_000)} tulips");

        var action = (await Server.GetAsync($"conversation/{conversation}/message/list?order=desc")).Items().First().GetProperty("meta").GetProperty("dataset").GetProperty("action");
        Assert.Equal(new string('x', 1_999), action.GetProperty("input").Text("search"));
        Assert.Equal(id, action.GetProperty("result").GetProperty("records")[0].Id());
    }

    [Fact]
    public async Task Model_CanSearchWithOtherWords()
    {
        await Server.CreateRecordAsync(Dataset, "Tulips are planted in October.", "planting.md");
        Model.Answer(script => script.ToolCall("call-1", "query", """{"search":"planting tulips"}"""));
        Model.Answer(script => script.Text("In October."));
        var conversation = await Server.CreateConversationAsync($$"""{"datasetId":"{{Dataset}}"}""");

        var events = await CompleteAsync(conversation, "When do those flowers go into the ground?");

        var result = Model.Requests[1].Messages[^1];
        Assert.Equal("""{"records":[{"source":"planting.md","text":"Tulips are planted in October."}]}""", result.Text("content"));
        Assert.Equal(2, events.Count(line => line.Text("type") == "datasetSearchEnd"));
    }

    [Fact]
    public async Task LongRecord_IsGivenByItsPartsThatMatch()
    {
        var filler = string.Concat(Enumerable.Repeat("The weather in the valley changes with the seasons of the year. ", 60));
        await Server.CreateRecordAsync(Dataset, $"{filler}\n\nThe secret fountain is behind the mill.\n\n{filler}", "long.md");
        Model.Answer(script => script.Text("Behind the mill."));
        var conversation = await Server.CreateConversationAsync($$"""{"datasetId":"{{Dataset}}"}""");

        await CompleteAsync(conversation, "Where is the secret fountain?");

        var system = Model.Requests.Single().Messages[0].Text("content")!;
        Assert.Contains("The secret fountain is behind the mill.", system, StringComparison.Ordinal);
        Assert.InRange(system.Length, 100, 4000);
    }

    [Fact]
    public async Task Dataset_ThatMayNotBeUsedAnyMore_IsNotSearched()
    {
        using var stranger = await Server.StrangerAsync();
        await Server.CreateRecordAsync(Dataset, "Tulips are planted in October.");
        await Server.PostAsync($"dataset/{Dataset}/update", """{"visibility":"public"}""");
        var conversation = ApiJson.Id(await stranger.ReadAsync(HttpMethod.Post, "conversation/create", $$"""{"datasetId":"{{Dataset}}","model":"extractive"}"""));
        var answer = await stranger.ReadAsync(HttpMethod.Post, $"conversation/{conversation}/complete", """{"text":"When are tulips planted?"}""");
        Assert.Contains("October", answer.Text("text"), StringComparison.Ordinal);

        await Server.PostAsync($"dataset/{Dataset}/update", """{"visibility":"private"}""");
        answer = await stranger.ReadAsync(HttpMethod.Post, $"conversation/{conversation}/complete", """{"text":"And when are tulips planted?"}""");

        Assert.DoesNotContain("October", answer.Text("text"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task EndUser_SeesTheSearch_WithoutItsTexts()
    {
        await Server.CreateRecordAsync(Dataset, "Tulips are planted in October.", "planting.md");
        Model.Answer(script => script.Text("In autumn."));
        var conversation = await Server.CreateConversationAsync($$"""{"datasetId":"{{Dataset}}"}""");
        using var visitor = await Server.SessionAsync(conversation);

        using var answer = await visitor.SendAsync(
            HttpMethod.Post, $"conversation/{conversation}/complete", new { text = "When are tulips planted?" }, accept: "application/jsonl");
        var text = await answer.ReadTextAsync();

        Assert.Contains("datasetSearchEnd", text, StringComparison.Ordinal);
        Assert.DoesNotContain("October", text, StringComparison.Ordinal);
    }

    private async Task<List<JsonElement>> CompleteAsync(string conversation, string text)
    {
        using var answer = await Server.Owner.SendAsync(HttpMethod.Post, $"conversation/{conversation}/complete", new { text }, accept: "application/jsonl");
        return [.. (await answer.ReadTextAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonElement.Parse(line))];
    }
}
