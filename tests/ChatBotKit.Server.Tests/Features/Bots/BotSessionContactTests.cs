namespace ChatBotKit.Server.Tests.Features;

/// <summary>The contacts of sessions with bots, whose details nobody has verified.</summary>
public sealed class BotSessionContactTests
{
    [Fact]
    public async Task Create_WithTheDetailsOfAVisitor_LinksAnUnverifiedContact()
    {
        await using var server = await FeatureServer.StartAsync();
        var bot = await CreateBotAsync(server);

        var first = await server.PostAsync($"bot/{bot}/session/create", """{"contact":{"name":"Ann","email":"ann@shop.example"}}""");
        var second = await server.PostAsync($"bot/{bot}/session/create", """{"contact":{"name":"Ann","email":"ann@shop.example"}}""");

        var contact = (await server.GetAsync("contact/list")).Items().Single();
        Assert.Equal(System.Text.Json.JsonValueKind.Null, contact.GetProperty("verifiedAt").ValueKind);
        foreach (var session in new[] { first, second })
            Assert.Equal(contact.Id(), (await server.GetAsync($"conversation/{session.Text("conversationId")}/fetch")).Text("contactId"));
        var revoked = await server.PostAsync($"contact/{contact.Id()}/session/revoke", "{}");
        Assert.Equal(2, revoked.GetProperty("revoked").GetInt32());
    }

    [Fact]
    public async Task Create_WithANameAlone_LinksNoContact()
    {
        await using var server = await FeatureServer.StartAsync();
        var bot = await CreateBotAsync(server);

        await server.PostAsync($"bot/{bot}/session/create", """{"contact":{"name":"Ann"}}""");

        Assert.Empty((await server.GetAsync("contact/list")).Items());
    }

    [Fact]
    public async Task Session_OfAVisitor_ChangesNoContactThatWasThereBefore()
    {
        await using var server = await FeatureServer.StartAsync();
        var bot = await CreateBotAsync(server);
        var known = ApiJson.Id(await server.PostAsync("contact/create", """{"email":"ann@shop.example"}"""));
        var session = await server.PostAsync($"bot/{bot}/session/create", """{"contact":{"email":"ann@shop.example"}}""");
        using var holder = server.Server.Client(session.Text("token"));

        await holder.ReadAsync(
            HttpMethod.Post, $"conversation/{session.Text("conversationId")}/contact/upsert", """{"email":"ann@shop.example","description":"changed"}""");

        var contact = await server.GetAsync($"contact/{known}/fetch");
        Assert.Equal("", contact.Text("description"));
        Assert.Equal(known, (await server.GetAsync($"conversation/{session.Text("conversationId")}/fetch")).Text("contactId"));
    }

    [Fact]
    public async Task Create_WithTheDetailsOfAVerifiedContact_IsAConflictAndStoresNothing()
    {
        await using var server = await FeatureServer.StartAsync();
        var bot = await CreateBotAsync(server);
        await server.PostAsync("contact/create", """{"email":"ann@shop.example","verifiedAt":1700000000000}""");

        await server.Owner.AssertRefusedAsync(
            "409 CONFLICT", HttpMethod.Post, $"bot/{bot}/session/create", """{"contact":{"email":"ann@shop.example"}}""");

        Assert.Empty((await server.GetAsync("conversation/list")).Items());
    }

    private static async Task<string> CreateBotAsync(FeatureServer server) =>
        ApiJson.Id(await server.PostAsync("bot/create", """{"visibility":"public"}"""));
}
