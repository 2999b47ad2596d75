using ChatBotKit.Server.Data;
using ChatBotKit.Server.Features.Uploads;
using Microsoft.Extensions.Time.Testing;

namespace ChatBotKit.Server.Tests.Features;

public sealed class AttachmentStorageTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Upload_WithTheSameIdempotencyKey_StoresOnceAndRefusesOtherBytes()
    {
        await using var server = await FeatureServer.StartAsync();
        var id = await server.CreateConversationAsync();
        var first = await server.Owner.UploadAsync(id, new StringContent("x"), "text/plain", "u1");
        var second = await server.Owner.UploadAsync(id, new StringContent("x"), "text/plain", "u1");
        Assert.Equal(ApiJson.Id(first), ApiJson.Id(second));
        Assert.Single(await server.FilesAsync());
        using var other = await server.Owner.SendFileAsync(id, new StringContent("y"), "text/plain", "u1");
        await other.AssertRefusedAsync("409 IDEMPOTENCY_KEY_REUSED");
        Assert.Single(await server.FilesAsync());
    }

    [Fact]
    public async Task Delete_OfTheConversation_RemovesTheFiles()
    {
        await using var server = await FeatureServer.StartAsync();
        var id = await server.CreateConversationAsync();
        await server.Owner.UploadAsync(id, new StringContent("x"), "text/plain");
        await server.Owner.UploadAsync(id, new StringContent("y"), "text/plain");
        await server.PostAsync($"conversation/{id}/delete", "{}");
        await server.WaitForFilesAsync(0);
    }

    [Fact]
    public async Task Sweep_DeletesWhatNobodyKnowsAfterADay()
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var server = await FeatureServer.StartAsync(time);
        var blobs = server.Service<IBlobStore>();
        var id = await server.CreateConversationAsync();
        var kept = await server.Owner.UploadAsync(id, new StringContent("x"), "text/plain");
        await server.PostAsync($"conversation/{id}/attachment/upload", """{"file":{"type":"text/plain","size":5}}""");
        await blobs.PutAsync("unknown", new BlobContent(new MemoryStream([1])), Token);
        var keptBlob = await server.BlobOfAsync(ApiJson.Id(kept));

        time.Advance(TimeSpan.FromHours(23));
        await server.Service<UploadSweep>().SweepAsync(Token);
        Assert.Equal(new HashSet<string> { keptBlob, "unknown" }, [.. await server.FilesAsync()]);

        time.Advance(TimeSpan.FromHours(2));
        await server.Service<UploadSweep>().SweepAsync(Token);
        Assert.Equal([keptBlob], await server.FilesAsync());
        var rows = await server.Server.Store.ListAsync(AttachmentTable.Rows);
        Assert.Equal([ApiJson.Id(kept)], rows.Select(row => row.Id));
    }

    [Fact]
    public async Task DataDirectory_HoldsFiles_OnlyBesideSqlite()
    {
        await using var server = await FeatureServer.StartAsync();
        var id = await server.CreateConversationAsync();
        await server.Owner.UploadAsync(id, new ByteArrayContent(new byte[300_000]), "image/png");

        var entries = Directory.GetFileSystemEntries(server.Server.DataDirectory).Select(Path.GetFileName).Order(StringComparer.Ordinal);
        if (TestStore.IsPostgres)
            Assert.Equal([".gitignore", "lock", "node"], entries);
        else
            Assert.Contains("attachments", entries);
    }
}
