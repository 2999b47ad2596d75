using ChatBotKit.Server.Features;

namespace ChatBotKit.Server.Tests.Features;

public sealed class ContactTests
{
    [Fact]
    public void NameBasedGuid_OfTheExampleInTheRfc_IsTheSame() =>
        Assert.Equal(
            new Guid("2ed6657d-e927-568b-95e1-2665a8aea6a2"),
            NameBasedGuid.Create(new Guid("6ba7b810-9dad-11d1-80b4-00c04fd430c8"), "www.example.com"));

    [Fact]
    public async Task Upsert_MakesAContactAndLinksIt()
    {
        await using var server = await FeatureServer.StartAsync();
        var id = await server.CreateConversationAsync();
        var contactId = ApiJson.Id(await server.PostAsync(
            $"conversation/{id}/contact/upsert",
            """{"fingerprint":"0123456789abcdef","name":"Ada","phone":"(650) 253-0000","meta":{"vip":true}}"""));
        Assert.Equal(contactId, (await server.GetAsync($"conversation/{id}/fetch")).Text("contactId"));
        var contact = await ContactAsync(server, contactId);
        Assert.Equal(("Ada", "+16502530000", true), (contact.Name, contact.Phone, contact.VerifiedAt is not null));
        Assert.Empty((await server.GetAsync($"conversation/{id}/message/list")).Ids());
    }

    [Fact]
    public async Task Upsert_ByTheOwnerAgain_UpdatesWhatIsGiven()
    {
        await using var server = await FeatureServer.StartAsync();
        var (first, second) = (await server.CreateConversationAsync(), await server.CreateConversationAsync());
        const string Body = """{"fingerprint":"0123456789abcdef","name":"Ada","email":"ada@example.com"}""";
        var contactId = ApiJson.Id(await server.PostAsync($"conversation/{first}/contact/upsert", Body));
        var again = await server.PostAsync($"conversation/{second}/contact/upsert", """{"fingerprint":"0123456789abcdef","name":"Ada L.","email":""}""");
        Assert.Equal(contactId, ApiJson.Id(again));
        var contact = await ContactAsync(server, contactId);
        Assert.Equal(("Ada L.", "ada@example.com"), (contact.Name, contact.Email));

        await server.PostAsync($"conversation/{second}/contact/upsert", """{"nick":"al"}""");
        Assert.Equal("al", (await ContactAsync(server, contactId)).Nick);
    }

    [Theory]
    [InlineData("""{"b":3}""", """{"b":3}""")]
    [InlineData("""{"$update":{"b":3}}""", """{"a":1,"b":3}""")]
    [InlineData("null", """{"a":1,"b":2}""")]
    public async Task Upsert_WithMeta_ReplacesItOrMergesIt(string given, string expected)
    {
        await using var server = await FeatureServer.StartAsync();
        var (first, second) = (await server.CreateConversationAsync(), await server.CreateConversationAsync());
        string Body(string meta) => $$"""{"fingerprint":"0123456789abcdef","meta":{{meta}}}""";
        var contactId = ApiJson.Id(await server.PostAsync($"conversation/{first}/contact/upsert", Body("""{"$update":{"a":1,"b":2}}""")));

        await server.PostAsync($"conversation/{second}/contact/upsert", Body(given));

        Assert.Equal(expected, (await ContactAsync(server, contactId)).Meta?.ToJsonString());
    }

    [Fact]
    public async Task Upsert_OnAConversationWithAnotherContact_KeepsThatOne()
    {
        await using var server = await FeatureServer.StartAsync();
        var id = await server.CreateConversationAsync();
        var first = await server.PostAsync($"conversation/{id}/contact/upsert", """{"fingerprint":"first-fingerprint","name":"A"}""");
        var second = await server.PostAsync($"conversation/{id}/contact/upsert", """{"fingerprint":"second-fingerprint","name":"B"}""");
        Assert.Equal(ApiJson.Id(first), ApiJson.Id(second));
        Assert.Equal("A", (await ContactAsync(server, ApiJson.Id(first))).Name);
    }

    [Fact]
    public async Task Upsert_BySession_KnowsVisitorsByWhatTheyTypedAndChangesNobody()
    {
        await using var server = await FeatureServer.StartAsync();
        var (first, second) = (await server.CreateConversationAsync(), await server.CreateConversationAsync());
        var (one, two) = (await server.SessionAsync(first), await server.SessionAsync(second));
        var made = await one.ReadAsync(HttpMethod.Post, $"conversation/{first}/contact/upsert", """{"name":"Ada","email":"a@b.c","description":"x"}""");
        var same = await two.ReadAsync(HttpMethod.Post, $"conversation/{second}/contact/upsert", """{"email":"a@b.c","name":"Ada","description":"y"}""");
        Assert.Equal(ApiJson.Id(made), ApiJson.Id(same));
        var switched = await one.ReadAsync(HttpMethod.Post, $"conversation/{first}/contact/upsert", """{"name":"Eve"}""");
        Assert.Equal(ApiJson.Id(made), ApiJson.Id(switched));

        var contact = await ContactAsync(server, ApiJson.Id(made));
        Assert.Equal(("Ada", "x", false), (contact.Name, contact.Description, contact.VerifiedAt is not null));
        Assert.Equal(NameBasedGuid.Create(new Guid("83eac369-0401-4a2c-992f-dd9b914420af"), "Ada;a@b.c").ToString(), contact.Fingerprint);
    }

    [Fact]
    public async Task Upsert_BySessionWithFingerprint_IsRefused()
    {
        await using var server = await FeatureServer.StartAsync();
        var id = await server.CreateConversationAsync();
        var session = await server.SessionAsync(id);
        await session.AssertRefusedAsync(
            "400 BAD_REQUEST: *\"fingerprint\"*", HttpMethod.Post, $"conversation/{id}/contact/upsert", """{"fingerprint":"0123456789abcdef"}""");
    }

    [Theory]
    [InlineData("""{"fingerprint":"too-short"}""", "\"fingerprint\"")]
    [InlineData("""{"name":"a","phone":"banana"}""", "\"phone\"")]
    [InlineData("""{"name":"a","phone":"12"}""", "\"phone\"")]
    [InlineData("""{"name":"a","email":"nobody"}""", "\"email\"")]
    [InlineData("""{"name":"a\u0000b"}""", "\"name\"")]
    [InlineData("""{"name":"a","meta":{"a":"\u0000"}}""", "\"meta\"")]
    [InlineData("""{"name":"a","meta":{"_x":1}}""", "meta._x")]
    [InlineData("{}", "\"name\"")]
    public async Task Upsert_WithBadField_NamesIt(string body, string field)
    {
        await using var server = await FeatureServer.StartAsync();
        var id = await server.CreateConversationAsync();
        await server.Owner.AssertRefusedAsync(
            $"400 BAD_REQUEST: *{field}*", HttpMethod.Post, $"conversation/{id}/contact/upsert", body);
    }

    [Fact]
    public async Task Upsert_OnForeignConversation_IsNotFound()
    {
        await using var server = await FeatureServer.StartAsync();
        var id = await server.CreateConversationAsync();
        var stranger = await server.StrangerAsync();
        await stranger.AssertRefusedAsync("404 NOT_FOUND", HttpMethod.Post, $"conversation/{id}/contact/upsert", """{"name":"a"}""");
    }

    private static Task<ContactItem> ContactAsync(FeatureServer server, string id) => server.Server.Store.ContactAsync(id);
}
