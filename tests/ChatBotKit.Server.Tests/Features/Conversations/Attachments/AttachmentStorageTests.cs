using ChatBotKit.Server.Data;
using ChatBotKit.Server.Features.Conversations.Attachments;
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
        Assert.Single(server.Files());
        using var other = await server.Owner.SendFileAsync(id, new StringContent("y"), "text/plain", "u1");
        await other.AssertRefusedAsync("409 IDEMPOTENCY_KEY_REUSED");
        Assert.Single(server.Files());
    }

    [Fact]
    public async Task Delete_OfTheConversation_RemovesTheFiles()
    {
        await using var server = await FeatureServer.StartAsync();
        var id = await server.CreateConversationAsync();
        await server.Owner.UploadAsync(id, new StringContent("x"), "text/plain");
        Assert.Single(server.Files());
        await server.PostAsync($"conversation/{id}/delete", "{}");
        Assert.Empty(server.Files());
    }

    [Fact]
    public async Task Sweep_DeletesWhatNobodyKnowsAfterADay()
    {
        var time = new FakeTimeProvider(DateTimeOffset.FromUnixTimeMilliseconds(4_102_444_800_000));
        await using var server = await FeatureServer.StartAsync(time);
        var id = await server.CreateConversationAsync();
        var kept = await server.Owner.UploadAsync(id, new StringContent("x"), "text/plain");
        await server.PostAsync($"conversation/{id}/attachment/upload", """{"file":{"type":"text/plain","size":5}}""");
        var files = server.Service<AttachmentFiles>();
        await File.WriteAllTextAsync(files.PathOf("unknown"), "y", Token);
        await File.WriteAllTextAsync(files.PathOf("new"), "z", Token);
        File.SetLastWriteTimeUtc(files.PathOf("new"), time.GetUtcNow().UtcDateTime.AddHours(24));

        time.Advance(TimeSpan.FromHours(25));
        await server.Service<AttachmentSweep>().SweepAsync(Token);

        Assert.Equal(new HashSet<string?> { ApiJson.Id(kept), "new" }, [.. server.Files().Select(Path.GetFileName)]);
        var rows = await server.Server.Store.ListAsync(AttachmentTable.Rows);
        Assert.Equal([ApiJson.Id(kept)], rows.Select(row => row.Id));
    }
}
