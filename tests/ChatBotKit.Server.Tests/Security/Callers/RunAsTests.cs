using System.Net;
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

        var who = await GetAsync(server, ServerFactory.OwnerSecret, header, header.EndsWith("email", StringComparison.Ordinal) ? child.Email! : child.Id);

        Assert.Equal($"{child.Id} {(await server.FindTokenAsync(ServerFactory.OwnerSecret)).Id}/{child.Id}", await who.Content.ReadAsStringAsync(Token));
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

        using var answer = await GetAsync(server, secret, header, value);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
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

        using var answer = await client.GetAsync("/v1/who", Token);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    private static async Task<HttpResponseMessage> GetAsync(ServerFactory server, string secret, string header, string value)
    {
        using var client = server.Client(secret);
        client.DefaultRequestHeaders.Add(header, value);
        return await client.GetAsync("/v1/who", Token);
    }

    private static void MapWho(WebApplication app) =>
        app.MapApi(api => api.MapGet("/who", (Caller caller) => $"{caller.AccountId} {caller.ScopeId}"));
}
