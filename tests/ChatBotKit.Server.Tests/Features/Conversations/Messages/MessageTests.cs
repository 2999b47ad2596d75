using System.Text.Json;

namespace ChatBotKit.Server.Tests.Features;

public sealed class MessageTests
{
    [Fact]
    public async Task Create_StoresTheMessageAndEchoesTheEntities()
    {
        await using var server = await FeatureServer.StartAsync();
        var id = await server.CreateConversationAsync();
        var answer = await server.PostAsync($"conversation/{id}/message/create", """
            {"type":"user","text":"I am Ada","name":"n","description":"d","meta":{"a":[1,"ü"]},"entities":[{"type":"name","begin":5,"end":8}]}
            """);
        Assert.Equal("name", answer.GetProperty("entities")[0].Text("type"));

        var item = await server.GetAsync($"conversation/{id}/message/{ApiJson.Id(answer)}/fetch");
        Assert.Equal("I am Ada", item.Text("text"));
        Assert.Equal("n", item.Text("name"));
        Assert.Equal("d", item.Text("description"));
        Assert.Equal("""{"a":[1,"ü"]}""", item.GetProperty("meta").GetRawText());
    }

    [Fact]
    public async Task Create_WithBadFields_NamesAllOfThem()
    {
        await using var server = await FeatureServer.StartAsync();
        var id = await server.CreateConversationAsync();
        var message = await server.Owner.AssertRefusedAsync("400 BAD_REQUEST", HttpMethod.Post, $"conversation/{id}/message/create", $$$"""
            {"type":"shout","text":"{{{new string('x', 65_536)}}}","meta":{"_a":1}}
            """);
        foreach (var field in new[] { "\"type\"", "\"text\"", "meta._a" })
            Assert.Contains(field, message, StringComparison.Ordinal);
        Assert.Empty((await server.GetAsync($"conversation/{id}/message/list")).Ids());
    }

    [Fact]
    public async Task Create_WithTextOfExactlyTheLimit_KeepsAllOfIt()
    {
        await using var server = await FeatureServer.StartAsync();
        var id = await server.CreateConversationAsync();
        var text = new string('€', 21_845);
        var message = await server.CreateMessageAsync(id, text);
        Assert.Equal(text, (await server.GetAsync($"conversation/{id}/message/{message}/fetch")).Text("text"));
    }

    [Fact]
    public async Task Create_WithTheSameIdempotencyKey_StoresOnce()
    {
        await using var server = await FeatureServer.StartAsync();
        var id = await server.CreateConversationAsync();
        var path = $"conversation/{id}/message/create";
        var first = await server.Owner.ReadAsync(HttpMethod.Post, path, """{"type":"user","text":"a"}""", key: "m1");
        var second = await server.Owner.ReadAsync(HttpMethod.Post, path, """{"type":"user","text":"a"}""", key: "m1");
        Assert.Equal(first.GetRawText(), second.GetRawText());
        Assert.Single((await server.GetAsync($"conversation/{id}/message/list")).Ids());
    }

    [Fact]
    public async Task Create_InForeignConversation_IsNotFound()
    {
        await using var server = await FeatureServer.StartAsync();
        var id = await server.CreateConversationAsync();
        var stranger = await server.StrangerAsync();
        foreach (var path in new[] { $"conversation/{id}/message/create", "conversation/none/message/create" })
        {
            await stranger.AssertRefusedAsync(
                "404 NOT_FOUND: Conversation not found", HttpMethod.Post, path, """{"type":"user","text":"a"}""");
        }
    }

    [Theory]
    [InlineData("asc")]
    [InlineData("desc")]
    public async Task List_PageByPage_GivesEachOnceInOrder(string order)
    {
        await using var server = await FeatureServer.StartAsync();
        var id = await server.CreateConversationAsync();
        var made = new List<string>();
        for (var i = 0; i < 5; i++)
            made.Add(await server.CreateMessageAsync(id, $"{i}"));
        if (order == "desc")
            made.Reverse();

        var first = await server.GetAsync($"conversation/{id}/message/list?order={order}&take=3");
        var second = await server.GetAsync($"conversation/{id}/message/list?order={order}&take=3&cursor={first.Text("cursor")}");
        var third = await server.GetAsync($"conversation/{id}/message/list?order={order}&take=3&cursor={second.Text("cursor")}");
        Assert.Equal(made, first.Ids().Concat(second.Ids()));
        Assert.Equal("""{"items":[]}""", third.GetRawText());
    }

    [Fact]
    public async Task List_ByDefault_BeginsWithTheOldestAndHasTheFieldsOfTheWire()
    {
        await using var server = await FeatureServer.StartAsync();
        var id = await server.CreateConversationAsync();
        await server.CreateMessageAsync(id, "one", meta: """{"k":"v"}""");
        await server.CreateMessageAsync(id, "two");
        var items = (await server.GetAsync($"conversation/{id}/message/list")).Items().ToList();
        Assert.Equal(["one", "two"], items.Select(item => item.Text("text")));
        Assert.All(items, item => Assert.Equal(
            ["id", "type", "text", "meta", "createdAt", "updatedAt"], item.EnumerateObject().Select(member => member.Name)));
        Assert.Equal("v", items[0].GetProperty("meta").Text("k"));
        Assert.Equal(JsonValueKind.Null, items[1].GetProperty("meta").ValueKind);
    }

    [Fact]
    public async Task List_AsJsonLines_HoldsTheSameItems()
    {
        await using var server = await FeatureServer.StartAsync();
        var id = await server.CreateConversationAsync();
        await server.CreateMessageAsync(id, "one", meta: """{"k":"v"}""");
        await server.CreateMessageAsync(id, "two");
        var page = await server.GetAsync($"conversation/{id}/message/list");
        var lines = await server.Owner.ReadTextAsync($"conversation/{id}/message/list", "application/jsonl");
        Assert.Equal(
            page.Items().Select(item => item.GetRawText()),
            lines.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonElement.Parse(line).GetProperty("data").GetRawText()));
    }

    [Fact]
    public async Task List_OfUnknownOrForeignConversation_IsNotFound()
    {
        await using var server = await FeatureServer.StartAsync();
        var id = await server.CreateConversationAsync();
        await server.CreateMessageAsync(id, "a");
        var stranger = await server.StrangerAsync();
        foreach (var path in new[] { $"conversation/{id}/message/list", "conversation/none/message/list" })
            await stranger.AssertRefusedAsync("404 NOT_FOUND: Conversation not found", HttpMethod.Get, path);
    }

    [Fact]
    public async Task Update_ChangesWhatIsNamed()
    {
        await using var server = await FeatureServer.StartAsync();
        var id = await server.CreateConversationAsync();
        var message = await server.CreateMessageAsync(id, "a", meta: """{"x":1}""");
        await server.PostAsync($"conversation/{id}/message/{message}/update", """{"text":"b","meta":{"$update":{"y":2}}}""");
        var item = await server.GetAsync($"conversation/{id}/message/{message}/fetch");
        Assert.Equal("b", item.Text("text"));
        Assert.Equal("user", item.Text("type"));
        Assert.Equal("""{"x":1,"y":2}""", item.GetProperty("meta").GetRawText());
    }

    [Theory]
    [InlineData("""{"type":"shout"}""", "\"type\"")]
    [InlineData("""{"type":null}""", "\"type\"")]
    [InlineData("""{"meta":{"_y":2}}""", "meta._y")]
    public async Task Update_WithBadField_NamesIt(string body, string field)
    {
        await using var server = await FeatureServer.StartAsync();
        var id = await server.CreateConversationAsync();
        var message = await server.CreateMessageAsync(id, "a");
        await server.Owner.AssertRefusedAsync($"400 BAD_REQUEST: *{field}*", HttpMethod.Post, $"conversation/{id}/message/{message}/update", body);
    }

    [Fact]
    public async Task Delete_RemovesTheMessageAndTheNextOneStillHasItsPlace()
    {
        await using var server = await FeatureServer.StartAsync();
        var id = await server.CreateConversationAsync();
        await server.CreateMessageAsync(id, "a");
        var message = await server.CreateMessageAsync(id, "b");
        await server.PostAsync($"conversation/{id}/message/{message}/delete", "{}");
        await server.Owner.AssertRefusedAsync("404 NOT_FOUND", HttpMethod.Post, $"conversation/{id}/message/{message}/delete", "{}");
        await server.CreateMessageAsync(id, "c");
        var items = (await server.GetAsync($"conversation/{id}/message/list")).Items();
        Assert.Equal(["a", "c"], items.Select(item => item.Text("text")));
    }

    [Theory]
    [InlineData("fetch")]
    [InlineData("update")]
    [InlineData("delete")]
    [InlineData("upvote")]
    [InlineData("synthesize")]
    public async Task Route_WithForeignMessage_IsNotFound(string route)
    {
        await using var server = await FeatureServer.StartAsync();
        var id = await server.CreateConversationAsync();
        var message = await server.CreateMessageAsync(id, "a");
        var (method, body) = route == "fetch" ? (HttpMethod.Get, null) : (HttpMethod.Post, "{}");
        var stranger = await server.StrangerAsync();
        await stranger.AssertRefusedAsync("404 NOT_FOUND", method, $"conversation/{id}/message/{message}/{route}", body);
        var other = await server.CreateConversationAsync();
        await server.Owner.AssertRefusedAsync("404 NOT_FOUND", method, $"conversation/{other}/message/{message}/{route}", body);
    }
}
