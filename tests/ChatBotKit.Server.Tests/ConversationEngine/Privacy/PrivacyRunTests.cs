using System.Text.Json;
using System.Text.Json.Nodes;
using ChatBotKit.TestModels;

namespace ChatBotKit.Server.Tests.ConversationEngine;

/// <summary>Runs with <c>privacy</c>: the provider gets placeholders, and everybody else the data.</summary>
public sealed class PrivacyRunTests
{
    private const string Mail = "jane@example.com";
    private const string Card = "4111 1111 1111 1111";

    [Fact]
    public async Task Complete_Stateful_KeepsTheDataFromTheProviderAlone()
    {
        await using var server = await EngineServer.StartAsync();
        var id = await CreateAsync(server, new { privacy = true });
        server.Model.Answer(script => script.Text("I write to [EM", "AIL_1", "] about [", "CARD_1]. [x]"));

        var run = await server.CompleteAsync(id, new { text = $"I am {Mail}, card {Card}." });

        Assert.Equal("I am [EMAIL_1], card [CARD_1].", server.Model.Requests[0].LastText("user"));
        Assert.DoesNotContain("jane", server.Model.Requests[0].Body.GetRawText(), StringComparison.Ordinal);
        Assert.Equal($"I write to {Mail} about {Card}. [x]", run.Said);
        Assert.Equal(run.Said, run.Text);
        var messages = await server.MessagesAsync(id);
        Assert.Equal([$"I am {Mail}, card {Card}.", run.Said], messages.Select(message => message.Text));
    }

    [Fact]
    public async Task Complete_Stateful_StoresAndGivesTheEntities()
    {
        await using var server = await EngineServer.StartAsync();
        var id = await CreateAsync(server, new { privacy = true });
        server.Model.Answer(script => script.Text("To [EMAIL_1]."));

        var run = await server.CompleteAsync(id, new { text = $"😀 {Mail} or {Card}" });

        const string Expected = """
            [{"type":"email","begin":3,"end":19,"text":"jane@example.com","replacement":{"begin":3,"end":12,"text":"[EMAIL_1]"}},
            {"type":"card","begin":23,"end":42,"text":"4111 1111 1111 1111","replacement":{"begin":16,"end":24,"text":"[CARD_1]"}}]
            """;
        AssertJson(Expected, run.Data("sendResult").Single().GetProperty("entities"));
        var messages = await server.MessagesAsync(id);
        AssertJson(Expected, JsonDocument.Parse(messages[0].Entities!).RootElement);
        AssertJson(
            """[{"type":"email","begin":3,"end":19,"text":"jane@example.com","replacement":{"begin":3,"end":12,"text":"[EMAIL_1]"}}]""",
            JsonDocument.Parse(messages[1].Entities!).RootElement);
    }

    /// <summary>The texts that entities mark are searched in the whole conversation, and entities may overlap.</summary>
    [Theory]
    [InlineData(1, 1_001, "each")]
    [InlineData(100, 1_000, "in all")]
    public async Task Entities_ThatMarkTooMuch_AreRefused(int count, int length, string limit)
    {
        await using var server = await EngineServer.StartAsync();
        var id = await CreateAsync(server, new { privacy = true });
        var entities = Enumerable.Repeat(new { begin = 0, end = length }, count);

        await server.Http.AssertRefusedAsync(
            $"400 BAD_REQUEST: *{limit}", HttpMethod.Post, $"conversation/{id}/send", new { text = new string('a', 2_000), entities });
    }

    [Fact]
    public async Task Complete_Again_UsesThePlaceholdersOfTheFirstTime()
    {
        await using var server = await EngineServer.StartAsync();
        var id = await CreateAsync(server, new { privacy = true, backstory = "The office is office@example.com." });
        server.Model.Otherwise(_ => new ModelScript().Text("Ok, [EMAIL_1]."));

        await server.CompleteAsync(id, new { text = $"I am {Mail}." });
        await server.CompleteAsync(id, new { text = "Not old@example.com." });
        await server.CompleteAsync(id, new { text = $"But {Mail} and office@example.com." });

        Assert.Equal(
            ["I am [EMAIL_1].", "Ok, [EMAIL_1].", "Not [EMAIL_2].", "Ok, [EMAIL_1].", "But [EMAIL_1] and [EMAIL_3]."],
            Texts(server.Model.Requests[2]).Skip(1));
        Assert.StartsWith("The office is [EMAIL_3].", Texts(server.Model.Requests[2])[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Complete_Json_GivesTheSameText()
    {
        await using var server = await EngineServer.StartAsync();
        server.Model.Answer(script => script.Text("To [EMAIL_", "1]"));

        var answer = await server.Http.ReadAsync(HttpMethod.Post, "conversation/complete", new
        {
            privacy = true,
            messages = new[] { new { type = "user", text = $"I am {Mail}." } },
        });

        Assert.Equal($"To {Mail}", answer.Text("text"));
    }

    [Fact]
    public async Task Complete_Stateless_ReplacesInAllMessagesAndContext()
    {
        await using var server = await EngineServer.StartAsync();
        server.Model.Answer(script => script.Reasoning("For [EMAIL_1", "]").Text("Hi [EMAIL_2]"));

        var run = await server.RunAsync("/v1/conversation/complete", new
        {
            privacy = true,
            messages = new[]
            {
                new { type = "user", text = $"I am {Mail}." },
                new { type = "context", text = "The agent is agent@example.com." },
                new { type = "bot", text = $"Hello {Mail}" },
                new { type = "user", text = "And agent@example.com?" },
            },
        });

        Assert.Equal(
            ["I am [EMAIL_1].", "The agent is [EMAIL_2].", "Hello [EMAIL_1]", "And [EMAIL_2]?"], Texts(server.Model.Requests[0]).Skip(1));
        Assert.Equal("Hi agent@example.com", run.Text);
        Assert.Equal($"For {Mail}", run.Data("message")[0].Text("text"));
        Assert.Equal("email", run.Data("sendResult").Single().GetProperty("entities")[0].Text("type"));
    }

    [Fact]
    public async Task Complete_WithAFunction_PutsTheDataIntoItsArgumentsAndKeepsThatOfItsResult()
    {
        await using var server = await EngineServer.StartAsync();
        var id = await CreateAsync(server, new { privacy = true });
        server.Model.Answer(script => script.ToolCall("c1", "look", """{"to":"[EMA""", """IL_1]","n":1}"""));
        server.Model.Answer(script => script.Text("[CARD_1] of [EMAIL_2]"));
        var data = new JsonObject { ["mail"] = "o\"neil@example.com other@example.com", ["card"] = 4111111111111111 };

        var run = await server.CompleteAsync(id, new { text = $"I am {Mail}.", functions = Functions.WithData("look", data) });

        Assert.Equal(Mail, run.Activities("request").Single().GetProperty("arguments").Text("to"));
        Assert.Equal(Mail, run.Data("operationBegin").Single().GetProperty("action").GetProperty("input").Text("to"));
        var second = server.Model.Requests[1];
        Assert.Equal("""{"mail":"o\"[EMAIL_2] [EMAIL_3]","card":"[CARD_1]"}""", second.LastText("tool"));
        Assert.Equal("""{"to":"[EMAIL_1]","n":1}""", second.Messages.Single(message => message.Text("role") == "assistant")
            .GetProperty("tool_calls")[0].GetProperty("function").Text("arguments"));
        Assert.Equal("4111111111111111 of neil@example.com", run.Text);
    }

    [Fact]
    public async Task Complete_ADataWithQuotes_IsEscapedInArguments()
    {
        await using var server = await EngineServer.StartAsync();
        var id = await CreateAsync(server, new { privacy = true });
        server.Model.Answer(script => script.ToolCall("c1", "look", """{"name":"[NAME_1]"}"""));

        var run = await server.CompleteAsync(id, new
        {
            text = """I am Ann "A" Lee.""",
            entities = new[] { new { type = "name", begin = 5, end = 16 } },
            functions = Functions.AnsweredByCaller("look"),
        });

        Assert.Equal("I am [NAME_1].", server.Model.Requests[0].LastText("user"));
        Assert.Equal("""Ann "A" Lee""", run.Activities("request").Single().GetProperty("arguments").Text("name"));
    }

    [Fact]
    public async Task Complete_EntitiesOfTheCaller_AreReplacedInLaterMessagesToo()
    {
        await using var server = await EngineServer.StartAsync();
        var id = await CreateAsync(server, new { privacy = true });

        await server.CompleteAsync(id, new { text = "I am Ann.", entities = new[] { new { begin = 5, end = 8 } } });
        var run = await server.CompleteAsync(id, new
        {
            text = "Ann again",
            entities = new object[] { new { begin = 4, end = 99 }, new { begin = 0, end = 3, type = "x", text = "?", replacement = new { begin = 0, end = 1, text = "[DATA_1]" } } },
        });

        Assert.Equal("I am [DATA_1].", server.Model.Requests[0].LastText("user"));
        Assert.Equal("[DATA_1] again", server.Model.Requests[1].LastText("user"));
        Assert.Equal("Ann", run.Data("sendResult").Single().GetProperty("entities")[0].Text("text"));
    }

    [Fact]
    public async Task Complete_OfABotWithPrivacy_KeepsTheDataFromTheProvider()
    {
        await using var server = await EngineServer.StartAsync();
        var bot = (await server.Http.ReadAsync(HttpMethod.Post, "bot/create", new { privacy = true })).Text("id")!;
        var id = await CreateAsync(server, new { botId = bot });
        await server.CompleteAsync(id, new { text = Mail });

        await server.Http.ReadAsync(HttpMethod.Post, $"bot/{bot}/update", new { privacy = false });
        await server.CompleteAsync(id, new { text = Mail });

        Assert.Equal(["[EMAIL_1]", Mail], server.Model.Requests.Select(request => request.LastText("user")));
    }

    [Fact]
    public async Task Complete_TheModelFailsWithinAPlaceholder_KeepsWhatWasSaid()
    {
        await using var server = await EngineServer.StartAsync();
        var id = await CreateAsync(server, new { privacy = true });
        server.Model.Answer(script => script.Text("To [EMAIL").ErrorInStream("Overloaded", "server_error"));

        var run = await server.CompleteAsync(id, new { text = Mail });

        Assert.Equal("To [EMAIL", run.Said);
        Assert.Equal("error", run.EndReason);
    }

    [Fact]
    public async Task Send_MarksTheMessageAndIsRepeatedAsItWas()
    {
        await using var server = await EngineServer.StartAsync();
        var id = await CreateAsync(server, new { privacy = true });

        var first = await server.Http.ReadAsync(HttpMethod.Post, $"conversation/{id}/send", new { text = $"I am {Mail}" }, key: "k");
        var second = await server.Http.ReadAsync(HttpMethod.Post, $"conversation/{id}/send", new { text = $"I am {Mail}" }, key: "k");
        await server.RunAsync($"/v1/conversation/{id}/receive", new { });

        Assert.Equal("[EMAIL_1]", first.GetProperty("entities")[0].GetProperty("replacement").Text("text"));
        AssertJson(first.GetRawText(), second);
        Assert.Equal("I am [EMAIL_1]", server.Model.Requests[0].LastText("user"));
    }

    [Fact]
    public async Task Compact_KeepsTheDataFromTheProvider()
    {
        await using var server = await EngineServer.StartAsync();
        var id = await CreateAsync(server, new { privacy = true });
        await server.AddMessageAsync(id, "user", $"I am {Mail}");
        server.Model.Otherwise(_ => new ModelScript().Text("The user is [EMAIL_1]."));

        var stored = await server.Http.ReadAsync(HttpMethod.Post, $"conversation/{id}/compact", new { });
        var stateless = await server.Http.ReadAsync(HttpMethod.Post, "conversation/compact", new
        {
            privacy = true,
            messages = new[] { new { type = "user", text = $"I am {Mail}" } },
        });

        Assert.Equal([$"The user is {Mail}.", $"The user is {Mail}."], [stored.Text("text")!, stateless.Text("text")!]);
        Assert.All(server.Model.Requests, request => Assert.Equal("user: I am [EMAIL_1]", request.LastText("user")));
    }

    [Fact]
    public async Task Complete_WithTheBuiltInModel_QuotesTheData()
    {
        await using var server = await EngineServer.StartAsync();

        var run = await server.RunAsync("/v1/conversation/complete", new
        {
            privacy = true,
            model = "extractive",
            backstory = $"Write to {Mail} for refunds.",
            messages = new[] { new { type = "user", text = "Where do I get refunds?" } },
        });

        Assert.Contains(Mail, run.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Complete_WithoutPrivacy_SendsTheData()
    {
        await using var server = await EngineServer.StartAsync();
        var id = await CreateAsync(server, new { });
        server.Model.Answer(script => script.Text("[EMAIL_1]"));

        var run = await server.CompleteAsync(id, new { text = Mail });

        Assert.Equal(Mail, server.Model.Requests[0].LastText("user"));
        Assert.Equal("[EMAIL_1]", run.Text);
        Assert.Null((await server.MessagesAsync(id))[0].Entities);
    }

    private static List<string> Texts(ScriptedRequest request) =>
        [.. request.Messages.Select(message => message.Text("content")!)];

    private static async Task<string> CreateAsync(EngineServer server, object body) =>
        (await server.Http.ReadAsync(HttpMethod.Post, "conversation/create", body)).Text("id")!;

    private static void AssertJson(string expected, JsonElement actual) =>
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), JsonNode.Parse(actual.GetRawText())), actual.GetRawText());
}
