using System.Text;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Tests.Features;

namespace ChatBotKit.Server.Tests.Integrations;

public sealed class ServerMadeSecretTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("trigger", "secret")]
    [InlineData("whatsapp", "verifyToken")]
    [InlineData("messenger", "verifyToken")]
    [InlineData("instagram", "verifyToken")]
    [InlineData("mcpserver", "accessToken")]
    [InlineData("skillserver", "accessToken")]
    public async Task Secret_MadeByTheServer_IsShownToItsOwnerAndStoredEncrypted(string kind, string field)
    {
        await using var server = await FeatureServer.StartAsync();
        var id = ApiJson.Id(await server.PostAsync($"integration/{kind}/create", "{}"));
        var other = ApiJson.Id(await server.PostAsync($"integration/{kind}/create", "{}"));

        var secret = (await server.GetAsync($"integration/{kind}/{id}/fetch")).Text(field)!;
        Assert.Matches("^[0-9a-f]{64}$", secret);
        Assert.NotEqual(secret, (await server.GetAsync($"integration/{kind}/{other}/fetch")).Text(field));
        Assert.DoesNotContain(secret, await StoredSecrets.DataAsync(server, id), StringComparison.Ordinal);
        Assert.Equal(secret, await StoredSecrets.RevealAsync(server, id, field));

        await server.PostAsync($"integration/{kind}/{id}/update", """{"name":"renamed"}""");
        Assert.Equal([secret], (await server.GetAsync($"integration/{kind}/list?order=asc&take=1")).Items().Select(item => item.Text(field)));
        Assert.Contains(secret, await server.Owner.ReadTextAsync($"integration/{kind}/list", "application/jsonl"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Secret_WhoseKeyIsGone_StaysMaskedAndTheListCanBeRead()
    {
        await using var server = await FeatureServer.StartAsync();
        var lost = ApiJson.Id(await server.PostAsync("integration/trigger/create", "{}"));
        var kept = ApiJson.Id(await server.PostAsync("integration/trigger/create", "{}"));
        var row = await StoredSecrets.RowAsync(server, lost);
        await server.Server.Store.ChangeAsync(
            db => db.ExecuteAsync(
                ResourceTable.Change, row.Id, row.Version, row.Key, row.UpdatedAt, Encoding.UTF8.GetString(row.Data), """{"secret":"CfDJ8Nothing"}"""u8.ToArray()),
            Token);

        var items = (await server.GetAsync("integration/trigger/list?order=asc")).Items().ToList();
        Assert.Equal([lost, kept], items.Select(ApiJson.Id));
        Assert.Equal("********", items[0].Text("secret"));
        Assert.Equal(64, items[1].Text("secret")!.Length);
    }
}
