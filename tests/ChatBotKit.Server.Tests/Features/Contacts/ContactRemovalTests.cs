using System.Text.Json;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Tests.ConversationEngine;
using ChatBotKit.Server.Tests.Security;

namespace ChatBotKit.Server.Tests.Features;

/// <summary>The effects of deleting a contact on everything that refers to it.</summary>
public sealed class ContactRemovalTests
{
    [Fact]
    public async Task Delete_LeavesConversationsAndRatings_WithoutTheContact()
    {
        await using var server = await FeatureServer.StartAsync();
        var (contact, other) = (await server.Server.AddContactAsync("Ada"), await server.Server.AddContactAsync("Eve"));
        var (own, neighbour) = (await ConversationAsync(server, contact), await ConversationAsync(server, other));
        await server.PostAsync($"conversation/{own}/upvote", """{"value":5}""");
        await server.PostAsync($"conversation/{neighbour}/upvote", "{}");

        Assert.Equal(contact, ApiJson.Id(await server.PostAsync($"contact/{contact}/delete", "{}")));

        Assert.Equal(JsonValueKind.Null, (await server.GetAsync($"conversation/{own}/fetch")).GetProperty("contactId").ValueKind);
        Assert.Equal(other, (await server.GetAsync($"conversation/{neighbour}/fetch")).Text("contactId"));
        var ratings = await server.Server.Store.ListAsync(RatingTable.Rows);
        Assert.Equal((null, 5), Assert.Single(ratings.Where(rating => rating.ConversationId == own).Select(rating => (rating.ContactId, rating.Value))));
        Assert.Single(ratings, rating => rating.ContactId == other);
        await server.Owner.AssertRefusedAsync("404 NOT_FOUND", HttpMethod.Post, $"contact/{contact}/delete", "{}");
    }

    [Fact]
    public async Task Delete_TakesMemoriesAndTasks_AndClearsSpaces()
    {
        await using var server = await FeatureServer.StartAsync();
        var contact = await server.Server.AddContactAsync("Ada");
        var memory = ApiJson.Id(await server.PostAsync("memory/create", $$"""{"text":"likes tea","contactId":"{{contact}}"}"""));
        var task = ApiJson.Id(await server.PostAsync("task/create", $$"""{"contactId":"{{contact}}"}"""));
        var space = ApiJson.Id(await server.PostAsync("space/create", $$"""{"contactId":"{{contact}}"}"""));

        await server.PostAsync($"contact/{contact}/delete", "{}");

        await server.Owner.AssertRefusedAsync("404 NOT_FOUND", HttpMethod.Get, $"memory/{memory}/fetch");
        await server.Owner.AssertRefusedAsync("404 NOT_FOUND", HttpMethod.Get, $"task/{task}/fetch");
        Assert.Equal(JsonValueKind.Null, (await server.GetAsync($"space/{space}/fetch")).GetProperty("contactId").ValueKind);
    }

    /// <summary>Eve's session lost access when the conversation became Ada's, and does not get it back.</summary>
    [Fact]
    public async Task Delete_EndsTheSessionsOfItsConversations_AndThoseThatActAsIt()
    {
        await using var server = await FeatureServer.StartAsync();
        var (ada, eve) = (await server.Server.AddContactAsync("Ada"), await server.Server.AddContactAsync("Eve"));
        var (own, free, neighbour) = (await server.CreateConversationAsync(), await server.CreateConversationAsync(), await ConversationAsync(server, eve));
        var unbound = await server.Server.MintAsync(own);
        var eves = await server.Server.MintAsync(own, $$"""{"contactId":"{{eve}}"}""");
        await server.PostAsync($"conversation/{own}/update", $$"""{"contactId":"{{ada}}"}""");
        var adas = await server.Server.MintAsync(own);
        var elsewhere = await server.Server.MintAsync(free, $$"""{"contactId":"{{ada}}"}""");
        var others = await server.Server.MintAsync(neighbour);
        Assert.Equal(
            ["200", "403 CONTACT_MISMATCH", "200", "200", "200"],
            [await unbound.LookAsync(), await eves.LookAsync(), await adas.LookAsync(), await elsewhere.LookAsync(), await others.LookAsync()]);

        await server.PostAsync($"contact/{ada}/delete", "{}");

        foreach (var session in new[] { unbound, eves, adas, elsewhere })
        {
            Assert.Equal("401 SESSION_REVOKED", await session.LookAsync());
            Assert.Equal(["mint", "revoke"], await session.AuditAsync());
        }

        Assert.Equal("200", await others.LookAsync());
        Assert.True((await server.GetAsync("session/audit/verify")).GetProperty("valid").GetBoolean());
    }

    [Fact]
    public async Task Conversation_OfADeletedContact_IsOpenToNewSessionsOfOthers()
    {
        await using var server = await FeatureServer.StartAsync();
        var (ada, eve) = (await server.Server.AddContactAsync("Ada"), await server.Server.AddContactAsync("Eve"));
        var id = await ConversationAsync(server, ada);
        Assert.Equal("200", await (await server.Server.MintAsync(id)).LookAsync());

        await server.PostAsync($"contact/{ada}/delete", "{}");

        var session = await server.Server.MintAsync(id, $$"""{"contactId":"{{eve}}"}""");
        Assert.Equal("200", await session.LookAsync());
    }

    [Fact]
    public async Task DeletedContact_CanNeitherBeNamedNorFound()
    {
        await using var server = await FeatureServer.StartAsync();
        var contact = ApiJson.Id(await server.PostAsync("contact/ensure", """{"fingerprint":"customer-0000-0001"}"""));
        var id = await server.CreateConversationAsync();
        await server.PostAsync($"contact/{contact}/delete", "{}");

        foreach (var path in new[] { "conversation/create", $"conversation/{id}/update", $"conversation/{id}/session/create", "memory/create", "task/create", "space/create" })
        {
            var text = path.StartsWith("memory", StringComparison.Ordinal) ? ""","text":"a" """ : "";
            await server.Owner.AssertRefusedAsync(
                "400 BAD_REQUEST: *\"contactId\" names no contact*", HttpMethod.Post, path, $$"""{"contactId":"{{contact}}"{{text}}}""");
        }

        Assert.NotEqual(contact, ApiJson.Id(await server.PostAsync("contact/ensure", """{"fingerprint":"customer-0000-0001"}""")));
        await server.Owner.AssertRefusedAsync("404 NOT_FOUND", HttpMethod.Post, $"contact/{contact}/session/revoke", "{}");
    }

    [Fact]
    public async Task Placeholders_AfterTheDeletion_TellNothingOfTheContact()
    {
        await using var server = await EngineServer.StartAsync();
        using var owner = server.Server.Client();
        var id = await server.AddConversationAsync(backstory: "You talk to ${CONTACT_NAME}.");
        var contact = await server.Server.AddContactAsync("Ada");
        await owner.ReadAsync(HttpMethod.Post, $"conversation/{id}/update", $$"""{"contactId":"{{contact}}"}""");
        await server.RunAsync($"/v1/conversation/{id}/complete", new { text = "Hello" });

        await owner.ReadAsync(HttpMethod.Post, $"contact/{contact}/delete", "{}");
        await server.RunAsync($"/v1/conversation/{id}/complete", new { text = "Hello again" });

        Assert.Equal(
            ["You talk to Ada.", "You talk to ${CONTACT_NAME}."], server.Model.Requests.Select(request => request.LastText("system")));
    }

    private static Task<string> ConversationAsync(FeatureServer server, string contactId) =>
        server.CreateConversationAsync($$"""{"contactId":"{{contactId}}"}""");
}
