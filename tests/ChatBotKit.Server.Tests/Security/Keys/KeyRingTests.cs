using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.Security;
using Microsoft.Extensions.DependencyInjection;

namespace ChatBotKit.Server.Tests.Security;

public sealed class KeyRingTests : IAsyncDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("chatbotkit-test-").FullName;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        Directory.Delete(_directory, recursive: true);
        await TestStore.DeleteDatabaseOfAsync(_directory);
    }

    [Fact]
    public async Task Key_SurvivesARestart()
    {
        string first;
        await using (var app = await ServerFactory.StartInAsync(_directory))
            first = (await app.Services.GetRequiredService<KeyRing>().CurrentAsync(Token)).Row.Id;

        await using var again = await ServerFactory.StartInAsync(_directory);

        Assert.Equal(first, (await again.Services.GetRequiredService<KeyRing>().CurrentAsync(Token)).Row.Id);
    }

    [Fact]
    public async Task KeysThatAreLost_MakeANewKeyAndTheOldOneVerifies()
    {
        var session = new SessionRow
        {
            Id = "session",
            AccountId = "account",
            ConversationId = "conversation",
            CreatedAt = 1,
            DurationInSeconds = 3600,
            ExpiresAt = TimeProvider.System.GetUtcNow().AddHours(1).ToUnixTimeMilliseconds(),
        };
        string token, first;
        await using (var app = await ServerFactory.StartInAsync(_directory))
        {
            token = await app.Services.GetRequiredService<SessionTokens>().MintAsync(session, Token);
            first = (await app.Services.GetRequiredService<KeyRing>().CurrentAsync(Token)).Row.Id;
        }
        await TestStore.DeleteKeysAsync(_directory);

        await using var again = await ServerFactory.StartInAsync(_directory);
        var ring = again.Services.GetRequiredService<KeyRing>();
        var tokens = again.Services.GetRequiredService<SessionTokens>();
        var renewed = await tokens.MintAsync(session, Token);
        var current = (await ring.CurrentAsync(Token)).Row.Id;

        Assert.NotEqual(first, current);
        Assert.Equal([current, first], (await ring.TrustedAsync(Token)).Select(key => key.Row.Id));
        Assert.Equal((first, current), ((await tokens.VerifyAsync(token, Token))!.KeyId, (await tokens.VerifyAsync(renewed, Token))!.KeyId));
    }

    [Fact]
    public async Task FirstUse_ByManyAtOnce_MakesOneKey()
    {
        await using var app = await ServerFactory.StartInAsync(_directory);
        var ring = app.Services.GetRequiredService<KeyRing>();

        var keys = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => ring.CurrentAsync(Token).AsTask()));

        Assert.Single(keys.Select(key => key.Row.Id).Distinct());
        Assert.Single(await ring.TrustedAsync(Token));
    }

    [Fact]
    public async Task PrivateKey_IsStoredEncryptedAndItsKeyIsForTheOwnerAlone()
    {
        await using var app = await ServerFactory.StartInAsync(_directory);
        var key = await app.Services.GetRequiredService<KeyRing>().CurrentAsync(Token);

        var plain = key.SecurityKey.ECDsa.ExportPkcs8PrivateKey();

        Assert.Equal(-1, key.Row.ProtectedPrivateKey.AsSpan().IndexOf(plain));
        Assert.DoesNotContain("\"d\"", key.Row.PublicJwk, StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows() && !TestStore.IsPostgres)
        {
            var mode = File.GetUnixFileMode(Path.Combine(_directory, "keys"));
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, mode);
        }
    }
}
