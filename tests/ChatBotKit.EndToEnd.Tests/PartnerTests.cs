using System.Text.Json.Nodes;
using ChatBotKit.Server.Tests;

namespace ChatBotKit.EndToEnd.Tests;

/// <summary>A partner and its user, with the SDK and the server.</summary>
public sealed class PartnerTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task User_LivesInAnAccountOfItsOwn_UntilItIsDeleted()
    {
        await using var server = await ServerFactory.StartAsync();
        var options = new ChatBotKitClientOptions { Secret = ServerFactory.OwnerSecret, BaseUrl = server.Address };
        var users = new ChatBotKitApi(options).Partner.User;
        var user = (await users.CreateAsync(new PartnerUserCreateRequest { Alias = "ada", Name = "Ada", Email = "ada@example.com" }, Token)).Id;
        await users.UpdateAsync(user, new PartnerUserUpdateRequest { Meta = new JsonObject { ["plan"] = "gold" } }, Token);
        var context = await users.Context.CreateAsync(user, new PartnerUserContextCreateRequest { Name = "Cart", Payload = new JsonObject { ["items"] = 2 } }, Token);
        var token = await users.Token.CreateAsync(user, new PartnerUserTokenCreateRequest { Name = "backend" }, Token);
        var session = await users.Session.CreateAsync(user, new PartnerUserSessionCreateRequest { DurationInSeconds = 60 }, Token);

        var bot = await new ChatBotKitApi(options with { Secret = token.Token }).Bot.CreateAsync(new BotCreateRequest { Name = "Helper" }, Token);

        ChatBotKitClientOptions[] ways =
        [
            options with { Secret = token.Token }, options with { Secret = session.Token },
            options with { RunAsUserId = user }, options with { RunAsChildUserEmail = "ada@example.com" },
        ];
        foreach (var way in ways)
            Assert.Equal(bot.Id, Assert.Single((await new ChatBotKitApi(way).Bot.ListAsync(cancellationToken: Token)).Items).Id);
        Assert.Empty((await new ChatBotKitApi(options).Bot.ListAsync(cancellationToken: Token)).Items);
        Assert.Equal(("Ada", "gold"), (await users.FetchAsync("@ada", Token)) is var found ? (found.Name, (string?)found.Meta!["plan"]) : default);
        Assert.Equal(2, (int?)(await users.Context.FetchAsync(user, context.Id, Token)).Payload!["items"]);
        Assert.Equal("backend", Assert.Single((await users.Token.ListAsync(user, cancellationToken: Token)).Items).Name);

        await users.DeleteAsync(user, Token);

        Assert.Empty((await users.ListAsync(cancellationToken: Token)).Items);
        foreach (var way in ways)
        {
            var refused = await Assert.ThrowsAsync<ChatBotKitException>(async () => await new ChatBotKitApi(way).Bot.ListAsync(cancellationToken: Token));
            Assert.Equal(ErrorCodes.NotAuthenticated, refused.Code);
        }
    }
}
