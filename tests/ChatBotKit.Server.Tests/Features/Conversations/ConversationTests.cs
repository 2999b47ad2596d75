using System.Text.Json;

namespace ChatBotKit.Server.Tests.Features;

public sealed class ConversationTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Create_WithMessages_StoresThemInOrderAndAnswersTheirIds()
    {
        await using var server = await FeatureServer.StartAsync();
        var answer = await server.PostAsync("conversation/create", """
            {"name":"Help","meta":{"plan":"pro"},"messages":[
              {"type":"user","text":"one"},{"type":"bot","text":"two","meta":{"a":1}},{"type":"user","text":"three"}]}
            """);

        var id = ApiJson.Id(answer);
        Assert.Matches("^[a-z][a-z0-9]{23}$", id);
        var listed = await server.GetAsync($"conversation/{id}/message/list");
        Assert.Equal(["one", "two", "three"], listed.Items().Select(item => item.Text("text")));
        Assert.Equal(listed.Ids(), answer.GetProperty("messages").EnumerateArray().Select(ApiJson.Id));
        Assert.Equal(1, listed.Items().ElementAt(1).GetProperty("meta").GetProperty("a").GetInt32());
    }

    [Fact]
    public async Task Create_WithoutMessages_AnswersTheIdAlone()
    {
        await using var server = await FeatureServer.StartAsync();
        var answer = await server.PostAsync("conversation/create", "{}");
        Assert.Equal(["id"], answer.EnumerateObject().Select(member => member.Name));
    }

    [Fact]
    public async Task Create_WithBadFields_NamesAllOfThem()
    {
        await using var server = await FeatureServer.StartAsync();
        var message = await server.Owner.AssertRefusedAsync("400 BAD_REQUEST", HttpMethod.Post, "conversation/create", $$"""
            {"name":"{{new string('ä', 96)}}","botId":"b1","meta":{"_x":1},"model":"no-such-model",
             "messages":[{"type":"shout","text":"a"},{"type":"user","text":"a","meta":{"_y":1} } ] }
            """);
        foreach (var field in new[] { "\"name\"", "\"botId\"", "meta._x", "\"model\"", "messages[0].type", "messages[1].meta._y" })
            Assert.Contains(field, message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Create_WithUnknownModel_NamesTheServedOnes()
    {
        await using var server = await FeatureServer.StartAsync();
        var message = await server.Owner.AssertRefusedAsync(
            "400 BAD_REQUEST", HttpMethod.Post, "conversation/create", """{"model":"gpt-0"}""");
        Assert.Contains("extractive", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Create_WithTheSameIdempotencyKey_MakesOneConversation()
    {
        await using var server = await FeatureServer.StartAsync();
        var first = await server.Owner.ReadAsync(HttpMethod.Post, "conversation/create", """{"name":"a"}""", key: "k1");
        var second = await server.Owner.ReadAsync(HttpMethod.Post, "conversation/create", """{"name":"a"}""", key: "k1");
        Assert.Equal(ApiJson.Id(first), ApiJson.Id(second));
        Assert.Single((await server.GetAsync("conversation/list")).Ids());
    }

    [Fact]
    public async Task Create_WithContactReferences_LinksKnownOnesAndRefusesOthers()
    {
        await using var server = await FeatureServer.StartAsync();
        var made = await server.CreateConversationAsync("""{"contactId":{"fingerprint":"0123456789abcdef","name":"Ada"}}""");
        var contactId = (await server.GetAsync($"conversation/{made}/fetch")).Text("contactId");
        Assert.NotNull(contactId);

        var linked = await server.CreateConversationAsync($$"""{"contactId":"{{contactId}}"}""");
        Assert.Equal(contactId, (await server.GetAsync($"conversation/{linked}/fetch")).Text("contactId"));

        var stranger = await server.StrangerAsync();
        var message = await stranger.AssertRefusedAsync(
            "400 BAD_REQUEST", HttpMethod.Post, "conversation/create", $$"""{"contactId":"{{contactId}}"}""");
        Assert.Contains("contactId", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fetch_AfterCreate_ShowsUnsetFieldsAsNull()
    {
        await using var server = await FeatureServer.StartAsync();
        var id = await server.CreateConversationAsync("""{"backstory":"Be kind.","expiresAt":4102444800000,"privacy":true}""");
        var item = await server.GetAsync($"conversation/{id}/fetch");
        Assert.Equal("Be kind.", item.Text("backstory"));
        Assert.Equal(4102444800000, item.GetProperty("expiresAt").GetInt64());
        Assert.True(item.GetProperty("privacy").GetBoolean());
        Assert.Equal("", item.Text("name"));
        foreach (var field in new[] { "botId", "contactId", "model", "meta", "moderation" })
            Assert.Equal(JsonValueKind.Null, item.GetProperty(field).ValueKind);
    }

    [Theory]
    [InlineData("GET", "fetch")]
    [InlineData("POST", "update")]
    [InlineData("POST", "delete")]
    public async Task Route_WithUnknownOrForeignId_AnswersTheSame404(string verb, string route)
    {
        await using var server = await FeatureServer.StartAsync();
        var id = await server.CreateConversationAsync();
        var stranger = await server.StrangerAsync();
        var method = new HttpMethod(verb);
        var body = verb == "POST" ? "{}" : null;
        var foreign = await stranger.AssertRefusedAsync("404 NOT_FOUND", method, $"conversation/{id}/{route}", body);
        var unknown = await stranger.AssertRefusedAsync("404 NOT_FOUND", method, $"conversation/anything/{route}", body);
        Assert.Equal(unknown, foreign);
    }

    [Theory]
    [InlineData("GET", "fetch")]
    [InlineData("POST", "update")]
    [InlineData("POST", "delete")]
    [InlineData("POST", "upvote")]
    public async Task Route_WithSessionToken_IsRefused(string verb, string route)
    {
        await using var server = await FeatureServer.StartAsync();
        var id = await server.CreateConversationAsync();
        var session = await server.SessionAsync(id);
        await session.AssertRefusedAsync(
            "401 NOT_AUTHENTICATED", new HttpMethod(verb), $"conversation/{id}/{route}", verb == "POST" ? "{}" : null);
    }

    [Fact]
    public async Task Update_ChangesWhatIsNamedAndClearsWhatIsNull()
    {
        await using var server = await FeatureServer.StartAsync();
        var id = await server.CreateConversationAsync("""
            {"name":"a","backstory":"b","model":"extractive","privacy":true,"expiresAt":4102444800000,"meta":{"x":1}}
            """);
        await server.PostAsync($"conversation/{id}/update", """{"name":"c","model":null,"privacy":null,"botId":null,"expiresAt":null}""");
        var item = await server.GetAsync($"conversation/{id}/fetch");
        Assert.Equal("c", item.Text("name"));
        Assert.Equal("b", item.Text("backstory"));
        foreach (var field in new[] { "model", "privacy", "botId", "expiresAt" })
            Assert.Equal(JsonValueKind.Null, item.GetProperty(field).ValueKind);
        Assert.Equal(1, item.GetProperty("meta").GetProperty("x").GetInt32());
    }

    [Fact]
    public async Task Update_OfMeta_ReplacesOrMerges()
    {
        await using var server = await FeatureServer.StartAsync();
        var id = await server.CreateConversationAsync("""{"meta":{"a":1,"b":1}}""");
        await server.PostAsync($"conversation/{id}/update", """{"meta":{"$update":{"b":2,"c":3}}}""");
        Assert.Equal("""{"a":1,"b":2,"c":3}""", (await server.GetAsync($"conversation/{id}/fetch")).GetProperty("meta").GetRawText());
        await server.PostAsync($"conversation/{id}/update", """{"meta":{"d":4}}""");
        Assert.Equal("""{"d":4}""", (await server.GetAsync($"conversation/{id}/fetch")).GetProperty("meta").GetRawText());

        var message = await server.Owner.AssertRefusedAsync(
            "400 BAD_REQUEST", HttpMethod.Post, $"conversation/{id}/update", """{"meta":{"$update":{"_b":2}}}""");
        Assert.Contains("meta._b", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Update_OfTheModel_ReachesTheConversationThatIsHeld()
    {
        await using var server = await FeatureServer.StartAsync();
        var id = await server.CreateConversationAsync("""{"backstory":"The first answer is apples."}""");
        await server.PostAsync($"conversation/{id}/complete", """{"text":"What is the answer?"}""");
        await server.PostAsync($"conversation/{id}/update", """{"backstory":"The second answer is pears."}""");
        var answer = await server.PostAsync($"conversation/{id}/complete", """{"text":"What is the answer?"}""");
        Assert.Contains("pears", answer.Text("text"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Delete_TakesEverythingAlongAndWorksOnce()
    {
        await using var server = await FeatureServer.StartAsync();
        var id = await server.CreateConversationAsync("""{"messages":[{"type":"user","text":"a"}]}""");
        var session = await server.SessionAsync(id);
        await session.ReadAsync(HttpMethod.Get, $"conversation/{id}/message/list");

        await server.PostAsync($"conversation/{id}/delete", "{}");
        await server.Owner.AssertRefusedAsync("404 NOT_FOUND", HttpMethod.Post, $"conversation/{id}/delete", "{}");
        await server.Owner.AssertRefusedAsync("404 NOT_FOUND", HttpMethod.Get, $"conversation/{id}/message/list");
        await session.AssertRefusedAsync("401 NOT_AUTHENTICATED", HttpMethod.Get, $"conversation/{id}/message/list");
        await server.Owner.AssertRefusedAsync(
            "404 NOT_FOUND", HttpMethod.Post, $"conversation/{id}/message/create", """{"type":"user","text":"b"}""");
        Assert.Empty(await server.Server.Store.ListMessagesAsync(id, null, false, 10, int.MaxValue, Token));
    }

    [Fact]
    public async Task Delete_WithTheSameIdempotencyKey_AnswersTheSame()
    {
        await using var server = await FeatureServer.StartAsync();
        var id = await server.CreateConversationAsync();
        var first = await server.Owner.ReadAsync(HttpMethod.Post, $"conversation/{id}/delete", "{}", key: "d1");
        var second = await server.Owner.ReadAsync(HttpMethod.Post, $"conversation/{id}/delete", "{}", key: "d1");
        Assert.Equal(ApiJson.Id(first), ApiJson.Id(second));
    }
}
