using System.Text.Json;
using ChatBotKit.Server.Changes;
using ChatBotKit.Server.Features.Contacts;
using ChatBotKit.Server.Tests.Changes;

namespace ChatBotKit.Server.Tests.Features;

/// <summary>The operations that only contacts have: finding and recognizing them.</summary>
public sealed class ContactOperationTests
{
    private const string Fingerprint = "customer-0000-0001";

    [Fact]
    public async Task Ensure_MakesAVerifiedContactOnce_AndChangesItNever()
    {
        await using var server = await FeatureServer.StartAsync();
        var id = await EnsureAsync(server, """{"fingerprint":"customer-0000-0001","name":"Ada","phone":"(650) 253-0000","preferences":"tea","meta":{"a":1.0}}""");
        var made = await server.GetAsync($"contact/{id}/fetch");

        Assert.Equal(id, await EnsureAsync(server, """{"fingerprint":"customer-0000-0001","name":"Eve","meta":{"b":2}}"""));

        Assert.Equal(made.GetRawText(), (await server.GetAsync($"contact/{id}/fetch")).GetRawText());
        Assert.Equal(("Ada", "+16502530000", "tea", """{"a":1.0}"""), (made.Text("name"), made.Text("phone"), made.Text("preferences"), made.GetProperty("meta").GetRawText()));
        Assert.Equal(made.GetProperty("createdAt").GetInt64(), made.GetProperty("verifiedAt").GetInt64());
        Assert.Equal([id], (await server.GetAsync("contact/list")).Ids());
    }

    [Fact]
    public async Task Ensure_AtTheSameTime_GivesOneContact()
    {
        await using var server = await FeatureServer.StartAsync();
        var told = new ToldChanges(server.Service<ChangeFeed>());

        var ids = await Task.WhenAll(Enumerable.Range(0, 24).Select(number =>
            EnsureAsync(server, $$"""{"fingerprint":"{{Fingerprint}}","name":"Number {{number}}"}""")));

        var id = Assert.Single(ids.Distinct());
        Assert.Equal([id], (await server.GetAsync("contact/list")).Ids());
        Assert.Equal((id, ChangeKind.Created), Assert.Single(
            told.All.Where(change => change.Kind == "contact").Select(change => (change.Id, change.What))));
    }

    [Fact]
    public async Task Ensure_OfAContactThatIsNotVerified_LeavesItSo()
    {
        await using var server = await FeatureServer.StartAsync();
        var id = await CreateContactAsync(server, $$"""{"fingerprint":"{{Fingerprint}}"}""");

        Assert.Equal(id, await EnsureAsync(server, $$"""{"fingerprint":"{{Fingerprint}}"}"""));

        Assert.Equal(JsonValueKind.Null, (await server.GetAsync($"contact/{id}/fetch")).GetProperty("verifiedAt").ValueKind);
    }

    [Fact]
    public async Task Ensure_ByAnotherAccount_GivesAContactOfItsOwn()
    {
        await using var server = await FeatureServer.StartAsync();
        using var stranger = await server.StrangerAsync();
        var id = await EnsureAsync(server, $$"""{"fingerprint":"{{Fingerprint}}"}""");

        Assert.NotEqual(id, ApiJson.Id(await stranger.ReadAsync(HttpMethod.Post, "contact/ensure", $$"""{"fingerprint":"{{Fingerprint}}"}""")));
    }

    [Fact]
    public async Task Ensure_RepeatedWithItsKey_IsAnsweredAsBefore()
    {
        await using var server = await FeatureServer.StartAsync();
        await EnsureAsync(server, $$"""{"fingerprint":"{{Fingerprint}}"}""");
        foreach (var (key, body) in new[] { ("found", Fingerprint), ("made", "customer-0000-0002") })
        {
            var json = $$"""{"fingerprint":"{{body}}"}""";
            using var first = await server.Owner.SendAsync(HttpMethod.Post, "contact/ensure", json, key: key);
            using var second = await server.Owner.SendAsync(HttpMethod.Post, "contact/ensure", json, key: key);

            Assert.Equal(await first.ReadTextAsync(), await second.ReadTextAsync());
            Assert.Equal("true", second.Header("Idempotent-Replayed"));
        }
    }

    [Theory]
    [InlineData("{}", "\"fingerprint\"")]
    [InlineData("""{"fingerprint":""}""", "\"fingerprint\"")]
    [InlineData("""{"fingerprint":"fifteen-letters"}""", "\"fingerprint\" must be at least 16 characters long")]
    [InlineData("""{"fingerprint":"0123456789abcdef","email":"nobody"}""", "\"email\" must be an e-mail address")]
    [InlineData("""{"fingerprint":"0123456789abcdef","email":"Ada <ada@example.com>"}""", "\"email\" must be an e-mail address")]
    [InlineData("""{"fingerprint":"0123456789abcdef","phone":"12"}""", "\"phone\" must be a phone number")]
    [InlineData("""{"fingerprint":"0123456789abcdef","meta":{"_a":1}}""", "meta._a")]
    public async Task Ensure_WithABadField_NamesIt(string body, string message)
    {
        await using var server = await FeatureServer.StartAsync();
        await server.Owner.AssertRefusedAsync($"400 BAD_REQUEST: *{message}*", HttpMethod.Post, "contact/ensure", body);
    }

    [Fact]
    public async Task Fingerprint_IsFrom16CharactersTo191()
    {
        await using var server = await FeatureServer.StartAsync();
        foreach (var length in new[] { 16, 191 })
        {
            var fingerprint = new string('f', length);
            var id = await CreateContactAsync(server, $$"""{"fingerprint":"{{fingerprint}}"}""");
            Assert.Equal(id, await EnsureAsync(server, $$"""{"fingerprint":"{{fingerprint}}"}"""));
        }

        foreach (var length in new[] { 15, 192 })
        {
            var body = $$"""{"fingerprint":"{{new string('f', length)}}"}""";
            foreach (var path in new[] { "contact/create", "contact/ensure" })
                await server.Owner.AssertRefusedAsync("400 BAD_REQUEST: *\"fingerprint\"*", HttpMethod.Post, path, body);
        }
    }

    [Fact]
    public async Task Fingerprint_OfAnother_IsAConflict()
    {
        await using var server = await FeatureServer.StartAsync();
        await CreateContactAsync(server, $$"""{"fingerprint":"{{Fingerprint}}"}""");
        var other = await CreateContactAsync(server, "{}");

        var message = await server.Owner.AssertRefusedAsync("409 CONFLICT", HttpMethod.Post, "contact/create", $$"""{"fingerprint":"{{Fingerprint}}"}""");
        await server.Owner.AssertRefusedAsync("409 CONFLICT", HttpMethod.Post, $"contact/{other}/update", $$"""{"fingerprint":"{{Fingerprint}}"}""");

        Assert.Contains("fingerprint", message, StringComparison.Ordinal);
    }

    /// <summary>A visitor who gives the same details again is recognized.</summary>
    [Fact]
    public async Task Fingerprint_ThatIsNotGiven_FollowsFromTheDetails()
    {
        await using var server = await FeatureServer.StartAsync();
        var id = await CreateContactAsync(server, """{"name":"Ada","phone":"(650) 253-0000"}""");
        var conversation = await server.CreateConversationAsync();
        using var visitor = await server.SessionAsync(conversation);

        var upserted = await visitor.ReadAsync(HttpMethod.Post, $"conversation/{conversation}/contact/upsert", """{"name":"Ada","phone":"+1 650 253 0000"}""");

        Assert.Equal(id, ApiJson.Id(upserted));
        Assert.Equal(ContactRules.DerivedKey("Ada", "+16502530000"), (await server.GetAsync($"contact/{id}/fetch")).Text("fingerprint"));
    }

    [Fact]
    public async Task Fingerprint_ThatIsCleared_IsMadeAnew()
    {
        await using var server = await FeatureServer.StartAsync();
        var id = await CreateContactAsync(server, $$"""{"fingerprint":"{{Fingerprint}}","email":"ada@example.com"}""");

        await server.PostAsync($"contact/{id}/update", """{"fingerprint":null}""");

        Assert.Equal(ContactRules.DerivedKey("ada@example.com"), (await server.GetAsync($"contact/{id}/fetch")).Text("fingerprint"));
        Assert.NotEqual(id, await EnsureAsync(server, $$"""{"fingerprint":"{{Fingerprint}}"}"""));
    }

    [Fact]
    public async Task Update_OfWhatAnUpsertStored_KeepsTheRest()
    {
        await using var server = await FeatureServer.StartAsync();
        var conversation = await server.CreateConversationAsync();
        var id = ApiJson.Id(await server.PostAsync(
            $"conversation/{conversation}/contact/upsert", """{"fingerprint":"customer-0000-0001","name":"Ada","email":"ada@example.com","meta":{"a":1}}"""));
        var before = await server.GetAsync($"contact/{id}/fetch");

        await server.PostAsync($"contact/{id}/update", """{"preferences":"tea","meta":{"$update":{"b":2}}}""");
        await server.PostAsync($"conversation/{conversation}/contact/upsert", """{"nick":"Countess"}""");

        var after = await server.GetAsync($"contact/{id}/fetch");
        Assert.Equal(("tea", "Countess", "Ada", "ada@example.com"), (after.Text("preferences"), after.Text("nick"), after.Text("name"), after.Text("email")));
        Assert.Equal("""{"a":1,"b":2}""", after.GetProperty("meta").GetRawText());
        Assert.Equal(before.GetProperty("verifiedAt").GetInt64(), after.GetProperty("verifiedAt").GetInt64());
        Assert.Equal(before.EnumerateObject().Select(member => member.Name), after.EnumerateObject().Select(member => member.Name));
    }

    [Fact]
    public async Task Upsert_IsAnnounced()
    {
        await using var server = await FeatureServer.StartAsync();
        var conversation = await server.CreateConversationAsync();
        var told = new ToldChanges(server.Service<ChangeFeed>());
        var id = ApiJson.Id(await server.PostAsync($"conversation/{conversation}/contact/upsert", """{"name":"Ada"}"""));
        await server.PostAsync($"conversation/{conversation}/contact/upsert", """{"nick":"Countess"}""");

        Assert.Equal([ChangeKind.Created, ChangeKind.Updated], told.All.Where(change => change.Id == id).Select(change => change.What));
    }

    private static async Task<string> EnsureAsync(FeatureServer server, string body) => ApiJson.Id(await server.PostAsync("contact/ensure", body));

    private static async Task<string> CreateContactAsync(FeatureServer server, string body) => ApiJson.Id(await server.PostAsync("contact/create", body));
}
