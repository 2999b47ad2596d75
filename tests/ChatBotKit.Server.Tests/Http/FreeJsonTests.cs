using System.Text;
using System.Text.Json;
using ChatBotKit.Server.Json;
using ChatBotKit.Server.Tests.ConversationEngine;
using ChatBotKit.Server.Tests.Features;

namespace ChatBotKit.Server.Tests.Http;

/// <summary>Free-form JSON: values that can't be stored are refused when they are received.</summary>
public sealed class FreeJsonTests
{
    private static readonly JsonSerializerOptions Deep = new() { MaxDepth = 200 };

    /// <summary>Every place of free-form JSON in a body; <c>@</c> marks it.</summary>
    public static TheoryData<string, string> Places => new()
    {
        { "conversation/create", """{"meta":@}""" },
        { "conversation/create", """{"contactId":{"name":"a","meta":@}}""" },
        { "conversation/create", """{"messages":[{"type":"user","text":"a","meta":@}]}""" },
        { "conversation/{id}/update", """{"meta":@}""" },
        { "conversation/{id}/message/create", """{"type":"user","text":"a","meta":@}""" },
        { "conversation/{id}/message/{message}/update", """{"meta":@}""" },
        { "conversation/{id}/message/{message}/update", """{"meta":{"$update":@}}""" },
        { "conversation/{id}/contact/upsert", """{"name":"a","meta":@}""" },
        { "conversation/{id}/session/create", """{"meta":@}""" },
        { "conversation/{id}/session/create", """{"limits":@}""" },
        { "conversation/complete", """{"messages":[{"type":"user","text":"a","meta":@}]}""" },
        { "conversation/complete", """{"messages":[{"type":"user","text":"a"}],"functions":[{"name":"f","description":"d","parameters":{"type":"object","x":@}}]}""" },
        { "conversation/complete", """{"messages":[{"type":"user","text":"a"}],"functions":[{"name":"f","description":"d","parameters":{},"result":{"data":@}}]}""" },
        { "conversation/complete", """{"messages":[{"type":"user","text":"a"}],"extensions":{"features":[{"name":"f","options":@}]}}""" },
        { "conversation/complete", """{"messages":[{"type":"user","text":"a"}],"extensions":{"datasets":[{"records":[{"text":"t","meta":@}]}]}}""" },
        { "conversation/complete", """{"messages":[{"type":"user","text":"a"}],"extensions":{"skillsets":[{"abilities":[{"name":"n","description":"d","instruction":"i","meta":@}]}]}}""" },
        { "channel/a-channel-of-the-tests/publish", """{"message":@}""" },
    };

    [Theory]
    [MemberData(nameof(Places))]
    public async Task KeyThatIsThereTwice_IsABadRequest(string path, string body)
    {
        await using var server = await FeatureServer.StartAsync();
        var id = await server.CreateConversationAsync();
        var message = await server.CreateMessageAsync(id, "a");
        path = path.Replace("{id}", id, StringComparison.Ordinal).Replace("{message}", message, StringComparison.Ordinal);

        foreach (var value in (string[])["""{"a":1,"a":2}""", """{"a":1,"\u0061":2}""", """{"b":[{"c":{"a":1,"a":1}}]}"""])
        {
            var told = await server.Owner.AssertRefusedAsync(
                "400 BAD_REQUEST", HttpMethod.Post, path, body.Replace("@", value, StringComparison.Ordinal));
            Assert.Contains("a\" is given twice", told, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("1e400")]
    [InlineData("-1E309")]
    [InlineData("0e99999999999999999999")]
    public async Task NumberThatNothingHolds_IsABadRequest(string number)
    {
        await using var server = await FeatureServer.StartAsync();
        await server.Owner.AssertRefusedAsync(
            "400 BAD_REQUEST: The request body holds a number that is out of range", HttpMethod.Post, "conversation/create", """{"meta":{"a":@}}""".Replace("@", number, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("NaN")]
    [InlineData("Infinity")]
    [InlineData("'a'")]
    public async Task ValueThatIsNoJson_IsABadRequest(string value)
    {
        await using var server = await FeatureServer.StartAsync();
        await server.Owner.AssertRefusedAsync("400 BAD_REQUEST", HttpMethod.Post, "conversation/create", """{"meta":{"a":@}}""".Replace("@", value, StringComparison.Ordinal));
    }

    [Fact]
    public void Numbers_OfThousandsOfDigits_AreRefusedAndLongOnesAreKept()
    {
        Assert.NotNull(JsonRules.FindBadValue(Encoding.UTF8.GetBytes(new string('9', 5000)), JsonRules.MaxDepth));
        Assert.NotNull(JsonRules.FindBadValue(Encoding.UTF8.GetBytes("0." + new string('9', 5000)), JsonRules.MaxDepth));
        Assert.Null(JsonRules.FindBadValue(Encoding.UTF8.GetBytes(new string('9', 300)), JsonRules.MaxDepth));
        Assert.Null(JsonRules.FindBadValue("[1.7976931348623157e308,5e-324,-0.0]"u8, JsonRules.MaxDepth));
    }

    [Fact]
    public void KeysWithHalfACharacter_AreRefused() =>
        Assert.NotNull(JsonRules.FindBadValue("""{"a\ud800":1}"""u8, JsonRules.MaxDepth));

    [Fact]
    public async Task WhatIsAsDeepAsItMayBe_CanBeReadBackInEveryForm()
    {
        await using var server = await FeatureServer.StartAsync();
        var meta = Nested(JsonRules.MaxDepth - 1);
        var id = await server.CreateConversationAsync($$"""{"meta":{{meta}}}""");
        var message = ApiJson.Id(await server.PostAsync($"conversation/{id}/message/create", $$"""{"type":"user","text":"a","meta":{{meta}}}"""));

        Assert.Equal(meta, (await server.GetAsync($"conversation/{id}/message/{message}/fetch")).GetProperty("meta").GetRawText());
        foreach (var accept in (string[])["application/json", "application/jsonl", "text/event-stream", "text/csv"])
        {
            await server.Owner.ReadTextAsync($"conversation/{id}/message/list", accept);
            await server.Owner.ReadTextAsync("conversation/list", accept);
            // .NET clients read JSON of at most 64 levels.
            var export = await server.Owner.ReadTextAsync("conversation/export", accept);
            if (accept == "application/json")
                JsonDocument.Parse(export).Dispose();
        }

        await server.Owner.AssertRefusedAsync(
            "400 BAD_REQUEST: *48 levels*", HttpMethod.Post, "conversation/create", $$"""{"meta":{{Nested(JsonRules.MaxDepth)}}}""");
    }

    [Theory]
    [InlineData(60)]
    [InlineData(64)]
    [InlineData(1000)]
    public async Task Arguments_OfACallThatAreTooDeep_AreToldToTheModel(int depth)
    {
        await using var server = await EngineServer.StartAsync();
        var id = await server.AddConversationAsync();
        server.Model.Answer(script => script.ToolCall("c1", "weather", Nested(depth))).Answer(script => script.Text("Oh."));

        var run = await server.CompleteAsync(id, new { text = "Weather?", functions = Functions.WithData("weather", 1) });

        Assert.Equal("Oh.", run.Text);
        Assert.Contains("not a JSON object", server.Model.Requests[1].LastText("tool"), StringComparison.Ordinal);
        await server.Http.ReadAsync(HttpMethod.Get, $"conversation/{id}/message/list");
    }

    [Theory]
    [InlineData("""{"a":1,"a":2}""")]
    [InlineData("""{"a":1e999}""")]
    public async Task Arguments_OfACallThatCantBeKept_AreToldToTheModel(string arguments)
    {
        await using var server = await EngineServer.StartAsync();
        server.Model.Answer(script => script.ToolCall("c1", "weather", arguments)).Answer(script => script.Text("Oh."));
        var run = await server.AskAsync(functions: Functions.WithData("weather", 1));
        Assert.Equal("Oh.", run.Text);
        Assert.Contains("not a JSON object", server.Model.Requests[1].LastText("tool"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Arguments_AsDeepAsTheyMayBe_CanBeSentBack()
    {
        await using var server = await EngineServer.StartAsync();
        var id = await server.AddConversationAsync();
        server.Model.Answer(script => script.ToolCall("c1", "lookup", Nested(JsonRules.MaxArgumentsDepth))).Answer(script => script.Text("Oh."));
        await server.CompleteAsync(id, new { text = "Find", functions = Functions.AnsweredByCaller("lookup") });
        var list = await server.Http.ReadAsync(HttpMethod.Get, $"conversation/{id}/message/list");
        var meta = list.Items().Last().GetProperty("meta").GetRawText();

        await server.Http.ReadAsync(HttpMethod.Post, "conversation/complete", $$"""{"messages":[{"type":"activity","text":"","meta":{{meta}}},{"type":"user","text":"a"}]}""");
    }

    [Fact]
    public async Task StoredDataOfAnOlderVersion_IsReadHoweverDeep()
    {
        await using var server = await EngineServer.StartAsync();
        var id = await server.AddConversationAsync();
        var message = await server.AddMessageAsync(id, "activity", "", JsonSerializer.Deserialize<System.Text.Json.Nodes.JsonNode>(
            """{"activity":{"type":"request","function":{"name":"f","arguments":@}}}""".Replace("@", Nested(90), StringComparison.Ordinal), Deep));
        using var holder = (await Security.SessionCalls.MintAsync(server.Server, id)).Holder;

        foreach (var client in (HttpClient[])[server.Http, holder])
        {
            await client.ReadTextAsync($"conversation/{id}/message/{message}/fetch", "application/json");
            await client.ReadTextAsync($"conversation/{id}/message/list", "application/json");
            await client.ReadTextAsync($"conversation/{id}/message/list", "application/jsonl");
        }
    }

    private static string Nested(int depth) =>
        string.Concat(Enumerable.Repeat("""{"a":""", depth - 1)) + "{}" + new string('}', depth - 1);
}
