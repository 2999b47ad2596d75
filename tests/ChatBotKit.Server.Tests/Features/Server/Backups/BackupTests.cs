using System.Formats.Tar;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ChatBotKit.Server.Data;

namespace ChatBotKit.Server.Tests.Features;

public sealed class BackupTests
{
    public BackupTests() => Assert.SkipWhen(TestStore.IsPostgres, TestStore.OfFiles);

    private const string Address = "server/backup";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Backup_OfARunningServer_HoldsDatabaseKeysAndFilesAndSaysWhatTheyAre()
    {
        await using var server = await FeatureServer.StartAsync();
        var conversation = await server.CreateConversationAsync();
        await server.CreateMessageAsync(conversation, "Kept");
        using (await server.SessionAsync(conversation))
        {
            // A session creates the first signing key, and with it the keys that decrypt the database.
        }

        using var content = new StringContent("Hello");
        var file = await server.BlobOfAsync(ApiJson.Id(await server.Owner.UploadAsync(conversation, content, "text/plain")));

        var (entries, manifest) = await ReadArchiveAsync(server);

        Assert.Equal(["attachments", "chatbotkit.db", "keys"], entries.Keys.Select(name => name.Split('/')[0]).Distinct().Order(StringComparer.Ordinal));
        Assert.Equal("Hello", Encoding.UTF8.GetString(entries[$"attachments/{file}"]));
        Assert.Equal(
            entries.Select(entry => $"{entry.Key} {entry.Value.Length} {Convert.ToHexStringLower(SHA256.HashData(entry.Value))}"),
            manifest.GetProperty("entries").EnumerateArray().Select(entry => $"{entry.Text("name")} {entry.GetProperty("size")} {entry.Text("sha256")}"));
        Assert.Equal((1, 1), (manifest.GetProperty("format").GetInt32(), manifest.GetProperty("conversations").GetInt32()));
        Assert.Empty(manifest.GetProperty("missing").EnumerateArray());
        Assert.Equal(Directory.GetFiles(Path.Combine(DataDirectory(server), "keys")).Length, entries.Keys.Count(name => name.StartsWith("keys/", StringComparison.Ordinal)));
        Assert.False(Directory.Exists(Path.Combine(DataDirectory(server), "backup")));
    }

    [Fact]
    public async Task Backup_EndsWithTheHashOfAllBefore()
    {
        await using var server = await FeatureServer.StartAsync();

        var bytes = await server.Owner.ReadBytesAsync(Address);

        Assert.Equal($"sha256:{Convert.ToHexStringLower(SHA256.HashData(bytes[..^72]))}\n", Encoding.ASCII.GetString(bytes[^72..]));
    }

    [Fact]
    public async Task Backup_OfAFileThatIsGone_NamesItAndIsMade()
    {
        await using var server = await FeatureServer.StartAsync();
        using var content = new StringContent("Hello");
        var upload = await server.Owner.UploadAsync(await server.CreateConversationAsync(), content, "text/plain");
        var file = await server.BlobOfAsync(ApiJson.Id(upload));
        File.Delete(Path.Combine(DataDirectory(server), "attachments", file));

        var (entries, manifest) = await ReadArchiveAsync(server);

        Assert.Equal($"attachments/{file}", Assert.Single(manifest.GetProperty("missing").EnumerateArray()).GetString());
        Assert.DoesNotContain($"attachments/{file}", entries.Keys);
    }

    [Fact]
    public async Task Backup_WhileAnotherIsMade_IsAConflictAndPossibleAfterwards()
    {
        await using var server = await GatedServer.StartAsync();
        var first = server.Owner.SendAsync(HttpMethod.Get, Address);
        await server.Store.Arrived.WaitAsync(TimeSpan.FromSeconds(30), Token);

        await server.Owner.AssertRefusedAsync("409 CONFLICT: *Another backup*", HttpMethod.Get, Address);
        server.Store.Open();

        using var answer = await first;
        await answer.AssertOkAsync();
        await server.Owner.ReadBytesAsync(Address);
    }

    [Fact]
    public async Task Backup_WithoutRoomForACopy_SaysSoAndLeavesNothing()
    {
        await using var server = await GatedServer.StartAsync();
        server.Store.Fail("The disk has 5 bytes left");

        await server.Owner.AssertRefusedAsync("503 SERVICE_UNAVAILABLE: The disk has 5 bytes left", HttpMethod.Get, Address);
        Assert.False(Directory.Exists(server.Workspace));
    }

    [Fact]
    public async Task Backup_WhoseReaderLeaves_LeavesNothingBehind()
    {
        await using var server = await GatedServer.StartAsync();
        var call = server.Owner.SendAsync(HttpMethod.Get, Address);
        await server.Store.Arrived.WaitAsync(TimeSpan.FromSeconds(30), Token);
        Assert.True(Directory.Exists(server.Workspace));

        server.Owner.CancelPendingRequests();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        await server.Store.GivenUp.WaitAsync(TimeSpan.FromSeconds(120), Token);
        await server.StopAsync();

        Assert.False(Directory.Exists(server.Workspace));
    }

    [Fact]
    public async Task Start_AfterABackupThatWasKilled_DeletesItsCopy()
    {
        var directory = Directory.CreateTempSubdirectory("chatbotkit-test-");
        try
        {
            var left = directory.CreateSubdirectory("backup");
            await File.WriteAllTextAsync(Path.Combine(left.FullName, "snapshot.db"), "left", Token);

            await using (await ServerFactory.StartInAsync(directory.FullName))
                Assert.False(Directory.Exists(left.FullName));
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    private static string DataDirectory(FeatureServer server) => server.Service<StoreOptions>().DataDirectory;

    /// <summary>Returns the entries in their order without the manifest, and the manifest, which must be the last entry.</summary>
    private static async Task<(IReadOnlyDictionary<string, byte[]> Entries, JsonElement Manifest)> ReadArchiveAsync(FeatureServer server)
    {
        using var answer = await server.Owner.SendAsync(HttpMethod.Get, Address);
        Assert.Equal(("application/x-tar", "no-store"), (answer.Content.Headers.ContentType!.MediaType, answer.Headers.CacheControl!.ToString()));
        using var tar = new TarReader(new MemoryStream(await answer.Content.ReadAsByteArrayAsync(Token)));
        var entries = new OrderedDictionary<string, byte[]>();
        while (await tar.GetNextEntryAsync(copyData: true, Token) is { } entry)
        {
            using var bytes = new MemoryStream();
            await entry.DataStream!.CopyToAsync(bytes, Token);
            entries.Add(entry.Name, bytes.ToArray());
        }

        var (name, manifest) = entries.GetAt(entries.Count - 1);
        Assert.Equal("manifest.json", name);
        entries.Remove(name);
        return (entries, JsonElement.Parse(manifest));
    }
}
