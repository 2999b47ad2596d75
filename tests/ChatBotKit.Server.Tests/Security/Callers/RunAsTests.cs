using ChatBotKit.Server.Http;
using ChatBotKit.Server.Security;
using Microsoft.AspNetCore.Builder;

namespace ChatBotKit.Server.Tests.Security;

public sealed class RunAsTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("x-runas-user-id")]
    [InlineData("x-runas-userid")]
    [InlineData("x-runas-child-user-email")]
    public async Task Parent_MayActForItsChild(string header)
    {
        await using var server = await ServerFactory.StartAsync(MapWho);
        var child = await server.AddChildAccountAsync("child@example.com");

        var who = await WhoAsync(server, ServerFactory.OwnerSecret, header, header.EndsWith("email", StringComparison.Ordinal) ? child.Email! : child.Id);

        Assert.Equal($"{child.Id} {(await server.FindTokenAsync(ServerFactory.OwnerSecret)).Id}/{child.Id}", await who.ReadTextAsync());
    }

    [Theory]
    [InlineData("itself")]
    [InlineData("stranger")]
    [InlineData("grandchild")]
    [InlineData("nobody")]
    [InlineData("sibling by a child")]
    [InlineData("email of a stranger")]
    public async Task AnyoneElse_Is401(string target)
    {
        await using var server = await ServerFactory.StartAsync(MapWho);
        var child = await server.AddChildAccountAsync("child@example.com");
        var stranger = await server.AddAccountAsync(parentId: null, "stranger@example.com");
        var byChild = target == "sibling by a child";
        var secret = byChild ? await server.CreateApiTokenAsync(child.Id) : ServerFactory.OwnerSecret;
        var value = target switch
        {
            "itself" => await server.OwnerAccountIdAsync(),
            "stranger" => stranger.Id,
            "grandchild" => (await server.AddChildAccountAsync(parentId: child.Id)).Id,
            "sibling by a child" => (await server.AddChildAccountAsync("sibling@example.com")).Id,
            "email of a stranger" => "stranger@example.com",
            _ => "nobody",
        };
        var header = target.StartsWith("email", StringComparison.Ordinal) ? "x-runas-child-user-email" : "x-runas-user-id";

        using var answer = await WhoAsync(server, secret, header, value);

        await answer.AssertRefusedAsync("401 NOT_AUTHENTICATED");
    }

    [Fact]
    public async Task IdAndEmail_OfDifferentChildren_Are401()
    {
        await using var server = await ServerFactory.StartAsync(MapWho);
        var first = await server.AddChildAccountAsync("first@example.com");
        await server.AddChildAccountAsync("second@example.com");
        using var client = server.Client();
        client.DefaultRequestHeaders.Add("x-runas-user-id", first.Id);
        client.DefaultRequestHeaders.Add("x-runas-child-user-email", "second@example.com");

        await client.AssertRefusedAsync("401 NOT_AUTHENTICATED", HttpMethod.Get, "/v1/who");
    }

    private static async Task<HttpResponseMessage> WhoAsync(ServerFactory server, string secret, string header, string value)
    {
        using var client = server.Client(secret);
        return await client.SendAsync(HttpMethod.Get, "who", headers: (header, value));
    }

    private static void MapWho(WebApplication app) =>
        app.MapApi(api => api.MapGet("/who", (Caller caller) => $"{caller.AccountId} {caller.ScopeId}"));
}
