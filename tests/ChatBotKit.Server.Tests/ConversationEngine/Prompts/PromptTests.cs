using System.Globalization;
using Microsoft.Extensions.Time.Testing;

namespace ChatBotKit.Server.Tests.ConversationEngine;

public sealed class PromptTests
{
    [Fact]
    public async Task Messages_Stored_ReachTheModelInOrder()
    {
        await using var server = await EngineServer.StartAsync();
        var id = await server.AddConversationAsync(backstory: "You are kind.");
        await server.AddMessageAsync(id, "user", "Hello");
        await server.AddMessageAsync(id, "user", "Hello");
        await server.AddMessageAsync(id, "bot", "Hi");
        await server.AddMessageAsync(id, "reasoning", "I greeted.");
        await server.AddMessageAsync(id, "context", "It rains.");

        await server.CompleteAsync(id, new { text = "And now?" });

        Assert.Equal(
            ["system: You are kind.", "user: Hello", "user: Hello", "assistant: Hi", "system: It rains.", "user: And now?"], Sent(server));
    }

    [Fact]
    public async Task Messages_BackstoryAndCheckpoint_ReplaceWhatWasBefore()
    {
        await using var server = await EngineServer.StartAsync();
        var id = await server.AddConversationAsync(backstory: "You are kind.");
        await server.AddMessageAsync(id, "user", "Old");
        await server.AddMessageAsync(id, "backstory", "You are strict.");
        await server.AddMessageAsync(id, "checkpoint", "They said old things.");

        await server.CompleteAsync(id, new { text = "New" });

        Assert.Equal(
            ["system: You are strict.", "system: Summary of the conversation so far:\nThey said old things.", "user: New"], Sent(server));
    }

    [Fact]
    public async Task Backstory_DateAndTime_AreTheCallers()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.Parse("2026-03-01T22:30:00Z", CultureInfo.InvariantCulture));
        await using var server = await EngineServer.StartAsync(clock);
        var id = await server.AddConversationAsync(backstory: "${EARTH_DATE}, ${EARTH_TIME}, ${UNHEARD_OF}");
        server.Http.DefaultRequestHeaders.Add("X-Timezone", "Europe/Sofia");

        await server.CompleteAsync(id, new { text = "Hello" });

        Assert.Equal("system: Monday, 2 March 2026, 00:30 Europe/Sofia, ${UNHEARD_OF}", Sent(server)[0]);
    }

    [Fact]
    public async Task Extensions_OfTheOwner_AddBackstoryPassagesAndFunctions()
    {
        await using var server = await EngineServer.StartAsync();
        server.Model
            .Answer(script => script.ToolCall("c1", "query", """{"search":"penguins"}"""))
            .Answer(script => script.Text("Fish."));

        var run = await server.AskAsync("When do you open?", extensions: Extensions(), backstory: "You are kind.");

        var system = Sent(server)[0];
        Assert.Contains("You are kind.\n\nYou work in a zoo.", system, StringComparison.Ordinal);
        Assert.Contains("We open at nine.", system, StringComparison.Ordinal);
        Assert.DoesNotContain("penguins", system, StringComparison.Ordinal);
        Assert.Equal(["query", "sell_a_ticket"], ToolsOf(server));
        var found = run.Data("datasetSearchEnd").Single();
        Assert.Equal("penguins", found.GetProperty("search").GetString());
        Assert.Equal("The penguins eat fish.", found.GetProperty("records")[0].GetProperty("text").GetString());
        Assert.Contains("The penguins eat fish.", server.Model.Requests[1].LastText("tool"), StringComparison.Ordinal);
        Assert.DoesNotContain("nine", server.Model.Requests[1].LastText("tool"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Extensions_OfASession_AreLeftOut()
    {
        await using var server = await EngineServer.StartAsync();
        var id = await server.AddConversationAsync();
        using var session = await Sessions.ClientAsync(server, id);

        await server.RunAsync($"/v1/conversation/{id}/complete", new { text = "When do you open?", extensions = Extensions() }, http: session);

        Assert.Equal(["user: When do you open?"], Sent(server));
        Assert.Empty(ToolsOf(server));
    }

    [Fact]
    public async Task Compact_Stored_SumsUpAndStandsInForTheMessages()
    {
        await using var server = await EngineServer.StartAsync();
        var id = await server.AddConversationAsync();
        await server.AddMessageAsync(id, "user", "My name is Ada.");
        server.Model.Answer(script => script.Text("The user is Ada.").Usage(7, 4));

        var answer = await server.Http.ReadAsync(HttpMethod.Post, $"conversation/{id}/compact", "{}");
        Assert.Equal(("The user is Ada.", 11L), (answer.Text("text"), answer.GetProperty("usage").GetProperty("token").GetInt64()));
        Assert.Equal(answer.Text("id"), (await server.MessagesAsync(id))[^1].Id);

        await server.CompleteAsync(id, new { text = "Who am I?" });
        Assert.Equal(["system: Summary of the conversation so far:\nThe user is Ada.", "user: Who am I?"], Sent(server));
    }

    [Fact]
    public async Task Compact_RepeatedWithItsKey_SumsUpOnce()
    {
        await using var server = await EngineServer.StartAsync();
        var id = await server.AddConversationAsync();
        await server.AddMessageAsync(id, "user", "My name is Ada.");
        server.Model.Answer(script => script.Text("The user is Ada."));

        var first = await server.Http.ReadAsync(HttpMethod.Post, $"conversation/{id}/compact", "{}", key: "sum-1");
        var second = await server.Http.ReadAsync(HttpMethod.Post, $"conversation/{id}/compact", "{}", key: "sum-1");

        Assert.Equal((first.Text("id"), "The user is Ada."), (second.Text("id"), second.Text("text")));
        Assert.Equal(["user", "checkpoint"], (await server.MessagesAsync(id)).Select(message => message.Type));
        Assert.Single(server.Model.Requests);
    }

    private static object Extensions() => new
    {
        backstory = "You work in a zoo.",
        datasets = new[] { new { name = "zoo", records = new[] { new { text = "We open at nine." }, new { text = "The penguins eat fish." } } } },
        skillsets = new[] { new { abilities = new[] { new { name = "sell a ticket", description = "Sells.", instruction = "Sell." } } } },
    };

    private static List<string> Sent(EngineServer server) =>
        [.. server.Model.Requests[^1].Messages.Select(message => $"{message.GetProperty("role").GetString()}: {message.GetProperty("content").GetString()}")];

    private static List<string?> ToolsOf(EngineServer server) =>
        server.Model.Requests[0].Body.TryGetProperty("tools", out var tools)
            ? [.. tools.EnumerateArray().Select(tool => tool.GetProperty("function").GetProperty("name").GetString())]
            : [];
}
