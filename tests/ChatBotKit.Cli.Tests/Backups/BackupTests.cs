using System.Net.Http.Headers;
using System.Runtime.Versioning;
using System.Text.Json.Nodes;
using ChatBotKit.Cli.Backups;
using ChatBotKit.Server.Tests;

namespace ChatBotKit.Cli.Tests.Backups;

public sealed class BackupTests : IAsyncLifetime
{
    private ServerFactory _server = null!;
    private Terminal _terminal = null!;

    public BackupTests() => Assert.SkipWhen(TestStore.IsPostgres, TestStore.OfFiles);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string Backup => Path.Combine(_terminal.Home, "server.tar");

    private string Restored => Path.Combine(_terminal.Home, "restored");

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
    public async Task Restore_OfABackup_ServesTheSameConversations()
    {
        var api = ApiOf(_server.Address);
        var conversation = await api.Conversation.CreateAsync(new ConversationCreateRequest { Name = "Kept" }, Token);
        var session = await api.Conversation.Session.CreateAsync(conversation.Id, new SessionCreateRequest(), Token);
        var file = await UploadAsync(conversation.Id, "in the file");

        Assert.Equal(ExitCodes.Success, await _terminal.RunAsync("backup", Backup));
        Assert.Equal(ExitCodes.Success, await _terminal.RunAsync("restore", Backup, "--to", Restored));
        Assert.Contains($"CHATBOTKIT_DATA_DIR={Restored}", _terminal.Error, StringComparison.Ordinal);

        await using var restored = await ServerFactory.StartInAsync(Restored);
        var address = new Uri(restored.Urls.Single());
        Assert.Equal("Kept", (await ApiOf(address).Conversation.FetchAsync(conversation.Id, Token)).Name);
        var asSession = new MessageClient(new ChatBotKitClientOptions { Secret = session.Token, BaseUrl = address });
        Assert.NotEmpty((await asSession.ListAsync(conversation.Id, cancellationToken: Token)).Items);
        Assert.Equal("in the file", await DownloadAsync(address, conversation.Id, file));
    }

    [Fact]
    public async Task Backup_SaysWhatItHolds()
    {
        await _server.AddConversationAsync();

        Assert.Equal(ExitCodes.Success, await _terminal.RunAsync("backup", Backup));
        var made = JsonNode.Parse(_terminal.Out)!;
        Assert.Equal(ExitCodes.Success, await _terminal.RunAsync("restore", Backup, "--verify-only"));

        Assert.Equal((1, 0), ((int)made["conversations"]!, (int)made["missing"]!));
        Assert.Equal(new FileInfo(Backup).Length, (long)made["size"]!);
        var bytes = await File.ReadAllBytesAsync(Backup, Token);
        Assert.Equal(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes)), (string?)made["sha256"]);
        Assert.True(JsonNode.DeepEquals(made, JsonNode.Parse(_terminal.Out)));
    }

    [Fact]
    public async Task Backup_AtATerminal_IsATableWithTheTime()
    {
        Assert.Equal(ExitCodes.Success, await _terminal.RunAsync("backup", Backup, "--table"));

        Assert.Matches(@"createdAt .* \d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ", _terminal.Out);
    }

    [Fact]
    public async Task Backup_OntoAFileThatIsThere_ReplacesItOnlyWhenTold()
    {
        await File.WriteAllTextAsync(Backup, "mine", Token);

        Assert.Equal(ExitCodes.Usage, await _terminal.RunAsync("backup", Backup));
        Assert.Contains("--overwrite", _terminal.Error, StringComparison.Ordinal);
        Assert.Equal("mine", await File.ReadAllTextAsync(Backup, Token));
        Assert.Equal(ExitCodes.Success, await _terminal.RunAsync("backup", Backup, "--overwrite"));
        Assert.Equal(ExitCodes.Success, await _terminal.RunAsync("restore", Backup, "--verify-only"));
    }

    [Fact]
    public async Task Backup_OfAFileThatWasLost_WarnsAndIsMade()
    {
        var conversation = await _server.AddConversationAsync();
        await UploadAsync(conversation, "soon lost");
        File.Delete(Directory.GetFiles(Path.Combine(DataDirectory, "attachments")).Single());

        Assert.Equal(ExitCodes.Success, await _terminal.RunAsync("backup", Backup));
        Assert.Contains("warning: 1 files", _terminal.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCodes.Success, await _terminal.RunAsync("restore", Backup, "--to", Restored));
    }

    [Fact]
    public async Task Backup_AsAChildAccount_IsRefusedAndLeavesNothing()
    {
        var child = await _server.AddChildAccountAsync();
        _terminal.Variables["CHATBOTKIT_API_SECRET"] = await _server.CreateApiTokenAsync(child.Id);

        Assert.Equal(ExitCodes.Failure, await _terminal.RunAsync("backup", Backup));

        Assert.Contains("NOT_AUTHORIZED", _terminal.Error, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_terminal.Home));
    }

    [Fact]
    public async Task Backup_IntoAFolderThatIsNotThere_SaysSo()
    {
        Assert.Equal(ExitCodes.Failure, await _terminal.RunAsync("backup", Path.Combine(_terminal.Home, "nowhere", "server.tar")));

        Assert.Contains("can't be written", _terminal.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(100)]
    [InlineData(1024)]
    public async Task Backup_ThatIsCutOnTheWay_KeepsTheOldFile(int kept)
    {
        await File.WriteAllTextAsync(Backup, "the last good one", Token);
        var bytes = ForgedBackup.WithDatabase().ToArray();

        var failure = await Assert.ThrowsAsync<CliException>(
            () => new BackupDownload(new CuttingServer(bytes[..kept]), Backup, overwrite: true).RunAsync(Token));

        Assert.Contains($"{Backup} is cut off", failure.Message, StringComparison.Ordinal);
        Assert.Equal("the last good one", await File.ReadAllTextAsync(Assert.Single(Directory.GetFiles(_terminal.Home)), Token));
    }

    [Fact]
    public async Task Restore_IntoTheDirectoryOfARunningServer_IsRefused()
    {
        await _terminal.RunAsync("backup", Backup);

        Assert.Equal(ExitCodes.Usage, await _terminal.RunAsync("restore", Backup, "--to", DataDirectory));

        Assert.Contains("A server is running on", _terminal.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("restore", "x.tar")]
    [InlineData("restore", "x.tar", "--to", "y", "--verify-only")]
    public async Task Restore_ThatDoesNotSayWhat_IsAMistakeOfUsage(params string[] args) =>
        Assert.Equal(ExitCodes.Usage, await _terminal.RunAsync(args));

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task Everything_BelongsToItsOwnerAlone()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no file modes.");
        await UploadAsync(await _server.AddConversationAsync(), "secret");
        await _terminal.RunAsync("backup", Backup);
        await _terminal.RunAsync("restore", Backup, "--to", Restored);

        const UnixFileMode Mine = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        Assert.All([Backup, .. Directory.GetFiles(Restored, "*", SearchOption.AllDirectories)], file => Assert.Equal(Mine, File.GetUnixFileMode(file)));
        Assert.All([Restored, .. Directory.GetDirectories(Restored)], folder => Assert.Equal(Mine | UnixFileMode.UserExecute, File.GetUnixFileMode(folder)));
    }

    private string DataDirectory =>
        _server.App.Configuration["CHATBOTKIT_DATA_DIR"]!;

    private static ChatBotKitApi ApiOf(Uri address) => new(new ChatBotKitClientOptions { Secret = ServerFactory.OwnerSecret, BaseUrl = address });

    private async Task<string> UploadAsync(string conversation, string text)
    {
        using var client = _server.Client();
        using var content = new StringContent(text);
        content.Headers.ContentType = new MediaTypeHeaderValue("text/plain");
        return (await client.ReadAsync(HttpMethod.Post, $"conversation/{conversation}/attachment/upload", content)).Text("name")!;
    }

    private static async Task<string> DownloadAsync(Uri address, string conversation, string name)
    {
        using var client = ServerFactory.ClientOf(address);
        return await client.ReadTextAsync($"conversation/{conversation}/attachment/{name}/download");
    }

    /// <summary>Sends only these bytes of its backup, and ends the response normally.</summary>
    private sealed class CuttingServer(byte[] bytes) : ServerClient
    {
        public override Task BackupAsync(Stream destination, CancellationToken cancellationToken = default) =>
            destination.WriteAsync(bytes, cancellationToken).AsTask();
    }
}
