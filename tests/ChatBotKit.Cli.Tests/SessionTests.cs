using System.Text.Json.Nodes;
using ChatBotKit.Server.Tests;

namespace ChatBotKit.Cli.Tests;

public sealed class SessionTests : IAsyncLifetime
{
    private ServerFactory _server = null!;
    private Terminal _terminal = null!;
    private string _conversation = "";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = await ServerFactory.StartAsync();
        _terminal = Terminal.SignedInTo(_server);
        _conversation = await _server.AddConversationAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _terminal.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task Mint_TakesEveryTerm()
    {
        var session = await MintAsync(
            "--duration", "1800", "--refreshable", "--lifetime", "7200", "--permission", "complete", "--permission", "messages:read",
            "--origin", "https://shop.example", "--max-messages", "5", "--max-tokens", "1000", "--requests-per-minute", "30",
            "--max-streams", "2", "--max-attachment-bytes", "4096");

        var item = await ApiOf().Conversation.Session.FetchAsync(_conversation, (string)session["sessionId"]!, Token);
        Assert.True(item.Refreshable);
        Assert.Equal(["complete", "messages:read"], item.Permissions.Select(permission => permission.Value));
        Assert.Equal(["https://shop.example"], item.Origins!);
        Assert.Equal((5, 1000L, 30, 2, 4096L), (item.Limits!.Messages, item.Limits.Tokens, item.Limits.RequestsPerMinute, item.Limits.Streams, item.Limits.AttachmentBytes));
    }

    [Fact]
    public async Task Mint_TokenOnly_WritesNothingElse()
    {
        Assert.Equal(ExitCodes.Success, await _terminal.RunAsync("session", "mint", _conversation, "--token-only"));

        Assert.Equal(3, _terminal.Out.TrimEnd('\n').Split('.').Length);
    }

    [Fact]
    public async Task Mint_WithATermThatIsRefused_SaysWhy()
    {
        Assert.Equal(ExitCodes.Failure, await _terminal.RunAsync("session", "mint", _conversation, "--permission", "fly"));
        Assert.Contains("fly", _terminal.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_ShowsStatesAndNoTokens()
    {
        var session = await MintAsync();

        await _terminal.RunAsync("session", "list", "--jsonl", "--conversation", _conversation);

        var item = JsonNode.Parse(_terminal.Out)!;
        Assert.Equal(((string?)session["sessionId"], "active"), ((string?)item["id"], (string?)item["status"]));
        Assert.Null(item["token"]);
    }

    [Fact]
    public async Task Refresh_GivesANewToken()
    {
        var session = await MintAsync();

        Assert.Equal(ExitCodes.Success, await _terminal.RunAsync("session", "refresh", _conversation, (string)session["sessionId"]!));
        Assert.NotEqual((string?)session["token"], (string?)JsonNode.Parse(_terminal.Out)!["token"]);
    }

    [Fact]
    public async Task Revoke_EndsOneOrAll()
    {
        var one = await MintAsync();
        await MintAsync();
        await MintAsync();

        Assert.Equal(ExitCodes.Success, await _terminal.RunAsync("session", "revoke", _conversation, (string)one["sessionId"]!));
        Assert.Contains("Revoked 1 session.", _terminal.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCodes.Success, await _terminal.RunAsync("session", "revoke", _conversation));
        Assert.Contains("Revoked 2 sessions.", _terminal.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCodes.Success, await _terminal.RunAsync("session", "revoke", "--all", "--reason", "check"));
        Assert.Contains("Revoked 0 sessions.", _terminal.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("session", "revoke")]
    [InlineData("session", "revoke", "c1", "--all")]
    [InlineData("session", "revoke", "--all", "--contact", "p1")]
    public async Task Revoke_ThatDoesNotSayWhat_IsAMistakeOfUsage(params string[] args) =>
        Assert.Equal(ExitCodes.Usage, await _terminal.RunAsync(args));

    [Fact]
    public async Task Audit_IsVerifiedWithoutTrustingTheServer()
    {
        await MintAsync();

        Assert.Equal(ExitCodes.Success, await _terminal.RunAsync("audit", "verify"));
        var head = _terminal.Out.Trim();
        Assert.Equal(64, head.Length);
        await MintAsync();
        Assert.Equal(ExitCodes.Success, await _terminal.RunAsync("audit", "verify", "--head", head));
        Assert.Equal(ExitCodes.Success, await _terminal.RunAsync("audit", "list", "--type", "mint", "--jsonl"));
        Assert.Equal(2, _terminal.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
    }

    [Fact]
    public async Task Audit_ThatWasChanged_IsFoundOut()
    {
        await MintAsync();
        await MintAsync();
        await _server.Store.ExecuteAsync("""UPDATE "AuditRecords" SET "Code" = 'other' WHERE "Number" = 2""");

        Assert.Equal(ExitCodes.Failure, await _terminal.RunAsync("audit", "verify"));
        Assert.Contains("record 2", _terminal.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Audit_ThatWasCutOff_IsFoundOutByTheHead()
    {
        await MintAsync();
        await MintAsync();
        await _terminal.RunAsync("audit", "verify");
        var head = _terminal.Out.Trim();
        await _server.Store.ExecuteAsync("""DELETE FROM "AuditRecords" WHERE "Number" = 2""");

        Assert.Equal(ExitCodes.Success, await _terminal.RunAsync("audit", "verify"));
        Assert.Equal(ExitCodes.Failure, await _terminal.RunAsync("audit", "verify", "--head", head));
    }

    [Fact]
    public async Task Keys_AreListedRotatedAndRevoked()
    {
        var session = await MintAsync();
        Assert.Equal(ExitCodes.Success, await _terminal.RunAsync("key", "rotate"));
        var newKey = _terminal.Out.Trim();
        Assert.Equal(ExitCodes.Success, await _terminal.RunAsync("key", "list", "--json"));
        var keys = JsonNode.Parse(_terminal.Out)!.AsArray();
        var old = (string)keys.Single(key => (string?)key!["id"] != newKey)!["id"]!;

        Assert.Equal(ExitCodes.Success, await _terminal.RunAsync("key", "revoke", old));

        var client = new ConversationClient(new ChatBotKitClientOptions { Secret = (string)session["token"]!, BaseUrl = _server.Address, Retries = 0 });
        var refused = await Assert.ThrowsAsync<ChatBotKitException>(async () => await client.Message.ListAsync(_conversation, cancellationToken: Token));
        Assert.Equal(System.Net.HttpStatusCode.Unauthorized, refused.StatusCode);
    }

    private ChatBotKitApi ApiOf() => new(new ChatBotKitClientOptions { Secret = ServerFactory.OwnerSecret, BaseUrl = _server.Address });

    private async Task<JsonNode> MintAsync(params string[] options)
    {
        Assert.Equal(ExitCodes.Success, await _terminal.RunAsync(["session", "mint", _conversation, "--json", .. options]));
        return JsonNode.Parse(_terminal.Out)!;
    }
}
