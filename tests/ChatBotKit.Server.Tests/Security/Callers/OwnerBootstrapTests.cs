using System.Net;
using ChatBotKit.Server.Configuration;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Hosting;
using ChatBotKit.Server.Http;
using ChatBotKit.Server.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace ChatBotKit.Server.Tests.Security;

public sealed class OwnerBootstrapTests : IAsyncDisposable
{
    private const string FirstSecret = "chosen-by-the-owner-1";
    private const string SecondSecret = "chosen-by-the-owner-2";

    private readonly string _directory = Directory.CreateTempSubdirectory("chatbotkit-test-").FullName;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        Directory.Delete(_directory, recursive: true);
        await TestStore.DeleteDatabaseOfAsync(_directory);
    }

    [Fact]
    public async Task FirstStart_WithoutASecret_MakesOneThatWorksAndShowsItOnce()
    {
        string secret;
        await using (var app = await StartAsync(secret: null))
        {
            secret = ChatBotKitServer.NewApiSecret(app)!;
            Assert.Equal("200", await TryAsync(app, secret));
        }

        await using var again = await StartAsync(secret: null);
        Assert.Null(ChatBotKitServer.NewApiSecret(again));
        Assert.Equal("200", await TryAsync(again, secret));
    }

    [Fact]
    public async Task ConfiguredSecret_IsAcceptedAndNotShown()
    {
        await using var app = await StartAsync(FirstSecret);

        Assert.Null(ChatBotKitServer.NewApiSecret(app));
        Assert.Equal("200", await TryAsync(app, FirstSecret));
    }

    [Fact]
    public async Task ChangedSecret_ReplacesTheConfiguredOne()
    {
        await using (await StartAsync(FirstSecret))
        {
        }

        await using var app = await StartAsync(SecondSecret);
        Assert.Equal("200", await TryAsync(app, SecondSecret));
        Assert.Equal("401 NOT_AUTHENTICATED", await TryAsync(app, FirstSecret));
    }

    [Fact]
    public async Task LaterSecret_OpensTheSameAccountBesideTheMadeOne()
    {
        string made;
        await using (var first = await StartAsync(secret: null))
            made = ChatBotKitServer.NewApiSecret(first)!;

        await using var app = await StartAsync(FirstSecret);
        Assert.Equal(await AccountAsync(app, made), await AccountAsync(app, FirstSecret));
    }

    [Fact]
    public async Task RemovedSetting_EndsTheSecretAndMakesATokenWhenThereIsNone()
    {
        await using (await StartAsync(FirstSecret))
        {
        }

        await using var app = await StartAsync(secret: null);
        var made = ChatBotKitServer.NewApiSecret(app)!;
        Assert.Equal("200", await TryAsync(app, made));
        Assert.Equal("401 NOT_AUTHENTICATED", await TryAsync(app, FirstSecret));
    }

    [Fact]
    public async Task RemovedSetting_BesideAGoodToken_MakesNone()
    {
        string made;
        await using (var first = await StartAsync(secret: null))
            made = ChatBotKitServer.NewApiSecret(first)!;
        await using (await StartAsync(FirstSecret))
        {
        }

        await using var app = await StartAsync(secret: null);
        Assert.Null(ChatBotKitServer.NewApiSecret(app));
        Assert.Equal("200", await TryAsync(app, made));
        Assert.Equal("401 NOT_AUTHENTICATED", await TryAsync(app, FirstSecret));
    }

    [Fact]
    public async Task SettingThatNamesTheMadeToken_LeavesItToBeOne()
    {
        string made;
        await using (var first = await StartAsync(secret: null))
            made = ChatBotKitServer.NewApiSecret(first)!;
        await using (var second = await StartAsync(made))
            Assert.Equal("200", await TryAsync(second, made));

        await using var app = await StartAsync(secret: null);
        Assert.Equal("200", await TryAsync(app, made));
        Assert.Single(await app.Services.GetRequiredService<IStore>().ListApiTokensAsync(Token));
    }

    [Fact]
    public async Task RevokedSecret_StaysRefusedHoweverOftenItIsConfigured()
    {
        await using (var first = await StartAsync(FirstSecret))
            await RevokeAsync(first, OwnerBootstrap.ConfiguredTokenId);

        string made;
        await using (var second = await StartAsync(FirstSecret))
        {
            Assert.Equal("401 NOT_AUTHENTICATED", await TryAsync(second, FirstSecret));
            made = ChatBotKitServer.NewApiSecret(second)!;
        }

        await using (var third = await StartAsync(SecondSecret))
            Assert.Equal("200", await TryAsync(third, SecondSecret));

        await using var app = await StartAsync(FirstSecret);
        Assert.Equal("401 NOT_AUTHENTICATED", await TryAsync(app, FirstSecret));
        Assert.Equal("401 NOT_AUTHENTICATED", await TryAsync(app, SecondSecret));
        Assert.Equal("200", await TryAsync(app, made));
    }

    [Fact]
    public async Task PlainHash_OfAnOlderVersion_IsTakenOver()
    {
        string made;
        await using (var first = await StartAsync(secret: null))
        {
            made = ChatBotKitServer.NewApiSecret(first)!;
            var id = Assert.Single(await first.Services.GetRequiredService<IStore>().ListApiTokensAsync(Token)).Id;
            await SetRowAsync(first, id, Digest.Of(made).ToArray(), keyId: null);
        }

        await using var app = await StartAsync(secret: null);

        Assert.Equal("200", await TryAsync(app, made));
        var row = Assert.Single(await app.Services.GetRequiredService<IStore>().ListApiTokensAsync(Token));
        Assert.Equal(app.Services.GetRequiredService<ApiTokenKey>().Id, row.KeyId);
        Assert.NotEqual(Digest.Of(made).ToArray(), row.Hash);
    }

    [Fact]
    public async Task LostKeys_EndTheTokensAndMakeANewOne()
    {
        string made;
        await using (var first = await StartAsync(secret: null))
            made = ChatBotKitServer.NewApiSecret(first)!;
        await TestStore.DeleteKeysAsync(_directory);

        await using var app = await StartAsync(secret: null);

        Assert.Equal("401 NOT_AUTHENTICATED", await TryAsync(app, made));
        Assert.Equal("200", await TryAsync(app, ChatBotKitServer.NewApiSecret(app)!));
    }

    [Fact]
    public async Task FirstStart_ThatCannotListen_DoesNotSwallowTheToken()
    {
        using var taken = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;

        var refusal = await Assert.ThrowsAsync<StartupException>(() => StartAsync(secret: null, $"http://127.0.0.1:{port}"));

        Assert.Contains($"port {port}", refusal.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(_directory, "chatbotkit.db")));
        await using var app = await StartAsync(secret: null);
        Assert.Equal("200", await TryAsync(app, ChatBotKitServer.NewApiSecret(app)!));
    }

    private static async Task RevokeAsync(WebApplication app, string id) => await app.Services.GetRequiredService<IStore>()
        .ExecuteAsync("""UPDATE "ApiTokens" SET "RevokedAt" = 5 WHERE "Id" = $1""", id);

    private static async Task SetRowAsync(WebApplication app, string id, byte[] hash, string? keyId) => await app.Services.GetRequiredService<IStore>()
        .ExecuteAsync("""UPDATE "ApiTokens" SET "Hash" = $2, "KeyId" = $3 WHERE "Id" = $1""", id, hash, keyId);

    private Task<WebApplication> StartAsync(string? secret, string url = "http://127.0.0.1:0") => ServerFactory.StartInAsync(
        _directory,
        app => app.MapApi(api => api.MapGet("/who", (Caller caller) => caller.AccountId)),
        settings: new Dictionary<string, string?> { ["CHATBOTKIT_API_SECRET"] = secret, ["urls"] = url });

    /// <summary>200 when the secret is good.</summary>
    private static async Task<string> TryAsync(WebApplication app, string secret)
    {
        using var client = ServerFactory.ClientOf(app, secret);
        return await client.CodeAsync(HttpMethod.Get, "who");
    }

    private static async Task<string> AccountAsync(WebApplication app, string secret)
    {
        using var client = ServerFactory.ClientOf(app, secret);
        return await client.ReadTextAsync("who");
    }
}
