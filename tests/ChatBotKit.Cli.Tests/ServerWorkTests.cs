using System.Text.Json.Nodes;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.Tests;

namespace ChatBotKit.Cli.Tests;

public sealed class ServerWorkTests : IAsyncLifetime
{
    private ServerFactory _server = null!;
    private Terminal _terminal = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await ServerFactory.StartAsync();
        _terminal = Terminal.SignedInTo(_server);
        // Of a kind that this server does not do, so that it stays as it is.
        var now = TimeProvider.System.GetUtcNow();
        await _server.Store.InsertAsync(
            DueWorkTable.Rows, DueWorkRow.New("mail", "m1", now, now) with { DueAt = null, Attempt = 10, LastError = "No receiver." });
    }

    public async ValueTask DisposeAsync()
    {
        _terminal.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task List_Fetch_Retry_Drop_WorkTogether()
    {
        Assert.Equal(ExitCodes.Success, await _terminal.RunAsync("server", "work", "list", "--state", "dead"));
        Assert.Contains("mail.m1", _terminal.Out, StringComparison.Ordinal);
        Assert.Equal(ExitCodes.Success, await _terminal.RunAsync("server", "work", "fetch", "mail.m1"));
        Assert.Equal("No receiver.", (string)JsonNode.Parse(_terminal.Out)!["lastError"]!);

        Assert.Equal(ExitCodes.Success, await _terminal.RunAsync("server", "work", "retry", "mail.m1"));
        Assert.Equal(ExitCodes.Success, await _terminal.RunAsync("server", "work", "list", "--state", "waiting", "--kind", "mail"));
        Assert.Contains("mail.m1", _terminal.Out, StringComparison.Ordinal);

        Assert.Equal(ExitCodes.Success, await _terminal.RunAsync("server", "work", "drop", "mail.m1"));
        Assert.Equal(ExitCodes.Failure, await _terminal.RunAsync("server", "work", "fetch", "mail.m1"));
    }

    [Fact]
    public async Task Drop_OfWhatTheServerCannotGoWithout_SaysWhyNot()
    {
        Assert.Equal(ExitCodes.Failure, await _terminal.RunAsync("server", "work", "drop", "retention.server"));
        Assert.Contains("can't go without it", _terminal.Error, StringComparison.Ordinal);
    }
}
