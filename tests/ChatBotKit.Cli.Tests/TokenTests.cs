using System.Text.Json.Nodes;
using ChatBotKit.Server.Tests;

namespace ChatBotKit.Cli.Tests;

public sealed class TokenTests : IAsyncLifetime
{
    private ServerFactory _server = null!;
    private Terminal _terminal = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = await ServerFactory.StartAsync();
        _terminal = Terminal.SignedInTo(_server);
    }

    public async ValueTask DisposeAsync()
    {
        _terminal.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task Create_List_Revoke_WorkTogether()
    {
        Assert.Equal(ExitCodes.Success, await _terminal.RunAsync("token", "create", "backend", "--expires", "2999-01-31"));
        var made = JsonNode.Parse(_terminal.Out)!;

        Assert.Equal(ExitCodes.Success, await _terminal.RunAsync("token", "list"));
        Assert.Contains((string)made["id"]!, _terminal.Out, StringComparison.Ordinal);
        Assert.DoesNotContain((string)made["token"]!, _terminal.Out, StringComparison.Ordinal);

        Assert.Equal(ExitCodes.Success, await _terminal.RunAsync("token", "revoke", (string)made["id"]!));
        using var client = _server.Client((string)made["token"]!);
        await client.AssertRefusedAsync("401 NOT_AUTHENTICATED", HttpMethod.Get, "conversation/list");
        Assert.Equal(new DateTimeOffset(2999, 1, 31, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds(), (long)made["expiresAt"]!);
    }

    [Fact]
    public async Task Create_TokenOnly_WritesNothingElse()
    {
        Assert.Equal(ExitCodes.Success, await _terminal.RunAsync("token", "create", "backend", "--token-only"));
        Assert.Matches(@"^sk-[0-9a-f]{64}\r?\n$", _terminal.Out);
    }

    [Fact]
    public async Task Create_WithATimeThatIsNone_SaysSo()
    {
        Assert.NotEqual(ExitCodes.Success, await _terminal.RunAsync("token", "create", "backend", "--expires", "soon"));
        Assert.Contains("'soon' is neither a date", _terminal.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Revoke_OfTheLastOne_SaysWhyNot()
    {
        Assert.Equal(ExitCodes.Failure, await _terminal.RunAsync("token", "revoke", "configured"));
        Assert.Contains("No other API token is valid", _terminal.Error, StringComparison.Ordinal);
    }
}
