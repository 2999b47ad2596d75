using System.Text.Json;
using ChatBotKit.Server.Data;

namespace ChatBotKit.Server.Tests.Features;

/// <summary>The lists of resources that belong to a contact.</summary>
public sealed class ContactListTests
{
    public static TheoryData<string> Lists { get; } = ["conversation", "memory", "rating", "space", "task"];

    [Theory]
    [MemberData(nameof(Lists))]
    public async Task List_HoldsWhatBelongsToTheContact_InPages(string list)
    {
        await using var server = await FeatureServer.StartAsync();
        var (contact, other) = (await CreateResourceAsync(server, "contact", "{}"), await CreateResourceAsync(server, "contact", "{}"));
        var own = new List<string>();
        for (var count = 0; count < 3; count++)
        {
            own.Add(await AddAsync(server, list, contact));
            await AddAsync(server, list, other);
        }

        await AddAsync(server, list, contactId: null);
        var path = $"contact/{contact}/{list}/list";

        var all = await server.GetAsync(path);
        Assert.Equal(own.Order(), all.Ids().Order());
        Assert.Equal(all.Ids().Reverse(), (await server.GetAsync($"{path}?order=asc")).Ids());
        var first = await server.GetAsync($"{path}?take=2");
        Assert.Equal(all.Ids().Take(2), first.Ids());
        Assert.Equal(all.Ids().Skip(2), (await server.GetAsync($"{path}?take=2&cursor={first.Text("cursor")}")).Ids());
        Assert.Equal(
            string.Concat(all.Items().Select(item => $"{{\"type\":\"item\",\"data\":{item.GetRawText()}}}\n")),
            await server.Owner.ReadTextAsync(path, "application/jsonl"));
        await server.Owner.AssertRefusedAsync("400 BAD_REQUEST: *\"order\"*", HttpMethod.Get, $"{path}?order=up");
    }

    [Theory]
    [MemberData(nameof(Lists))]
    public async Task List_OfNobodyOrOfAForeignContact_IsNotFound(string list)
    {
        await using var server = await FeatureServer.StartAsync();
        using var stranger = await server.StrangerAsync();
        var contact = await CreateResourceAsync(server, "contact", "{}");

        Assert.Empty((await server.GetAsync($"contact/{contact}/{list}/list")).Ids());
        var foreign = await stranger.AssertRefusedAsync("404 NOT_FOUND", HttpMethod.Get, $"contact/{contact}/{list}/list");
        await server.Owner.AssertRefusedAsync($"404 NOT_FOUND: {foreign}", HttpMethod.Get, $"contact/cnothing/{list}/list");
        // A resource of another kind does not count as a contact.
        var bot = await CreateResourceAsync(server, "bot", "{}");
        await server.Owner.AssertRefusedAsync("404 NOT_FOUND", HttpMethod.Get, $"contact/{bot}/{list}/list");
    }

    [Theory]
    [InlineData("memory")]
    [InlineData("space")]
    [InlineData("task")]
    [InlineData("conversation")]
    public async Task Item_IsThatOfTheListOfAll(string list)
    {
        await using var server = await FeatureServer.StartAsync();
        var contact = await CreateResourceAsync(server, "contact", "{}");
        await AddAsync(server, list, contact);

        Assert.Equal(
            (await server.GetAsync($"{list}/list")).Items().Single().GetRawText(),
            (await server.GetAsync($"contact/{contact}/{list}/list")).Items().Single().GetRawText());
    }

    [Fact]
    public async Task Rating_TellsWhatWasRated()
    {
        await using var server = await FeatureServer.StartAsync();
        var contact = await CreateResourceAsync(server, "contact", "{}");
        var bot = await CreateResourceAsync(server, "bot", "{}");
        var conversation = await server.CreateConversationAsync($$"""{"contactId":"{{contact}}"}""");
        await server.Server.Store.ExecuteAsync("UPDATE \"Conversations\" SET \"BotId\" = $2 WHERE \"Id\" = $1", conversation, bot);
        var message = await server.CreateMessageAsync(conversation, "Hello", "bot");
        await server.PostAsync($"conversation/{conversation}/message/{message}/downvote", """{"value":-7,"reason":"wrong"}""");

        var rating = Assert.Single((await server.GetAsync($"contact/{contact}/rating/list")).Items());

        Assert.Equal((contact, bot, conversation, message), (rating.Text("contactId"), rating.Text("botId"), rating.Text("conversationId"), rating.Text("messageId")));
        Assert.Equal((-7, "wrong"), (rating.GetProperty("value").GetInt32(), rating.Text("reason")));
    }

    private static async Task<string> AddAsync(FeatureServer server, string list, string? contactId)
    {
        var link = contactId is null ? "null" : JsonSerializer.Serialize(contactId);
        if (list == "conversation")
            return await server.CreateConversationAsync($$"""{"contactId":{{link}}}""");
        if (list != "rating")
            return await CreateResourceAsync(server, list, $$"""{"contactId":{{link}}{{(list == "memory" ? ""","text":"likes tea" """ : "")}}}""");
        var conversation = await server.CreateConversationAsync($$"""{"contactId":{{link}}}""");
        await server.PostAsync($"conversation/{conversation}/upvote", "{}");
        return (await server.Server.Store.SingleAsync(RatingTable.Rows, "WHERE \"ConversationId\" = $1", conversation)).Id;
    }

    private static async Task<string> CreateResourceAsync(FeatureServer server, string kind, string body) =>
        ApiJson.Id(await server.PostAsync($"{kind}/create", body));
}
