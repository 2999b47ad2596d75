using System.Net;
using System.Security.Cryptography;
using ChatBotKit.Server.Tests.Features;

namespace ChatBotKit.Server.Tests.Data;

/// <summary><c>--migrate-to</c>: the files of attachments are moved with their rows.</summary>
public sealed class MoveFilesTests : MovingTests
{
    private const int Chunk = 256 * 1024;

    private string Files => Path.Combine(Folder, "attachments");

    [Fact]
    public async Task FileOfEachLength_IsMovedAsItIs()
    {
        var lengths = new[] { 2, 1, Chunk - 1, Chunk, Chunk + 1, (3 * Chunk) + 7 };
        var (conversation, sent) = await UploadAsync(lengths);
        // An empty file, which the server does not accept any more.
        await File.WriteAllBytesAsync(Directory.GetFiles(Files).Single(file => new FileInfo(file).Length == 2), [], Cancellation);
        Execute("""UPDATE "Attachments" SET "Size" = 0 WHERE "Size" = 2""");
        (lengths[0], sent[0]) = (0, (sent[0].Name, []));
        // An upload that has not ended, and a file that belongs to no attachment.
        await File.WriteAllBytesAsync(Path.Combine(Files, "half.part"), [1], Cancellation);
        await File.WriteAllBytesAsync(Path.Combine(Files, "orphan"), [1], Cancellation);

        var (code, output) = await MoveAsync();

        Assert.True(code == 0, output);
        Assert.Contains($"Files: {lengths.Length} files, {lengths.Sum()} bytes", output, StringComparison.Ordinal);
        Assert.Equal((long)lengths.Length, await RunAsync("""SELECT count(*) FROM "Blobs" """));
        Assert.Equal(0L, await RunAsync("""
            SELECT count(*) FROM "Blobs" b WHERE "Sha256" IS DISTINCT FROM
                (SELECT sha256(coalesce(string_agg("Bytes", '' ORDER BY "No"), '')) FROM "BlobChunks" WHERE "BlobId" = b."Id")
            """));
        // The server on PostgreSQL does not need the directory.
        Directory.Delete(Files, recursive: true);
        await using var app = await StartAsync(isMoved: true);
        using var owner = ServerFactory.ClientOf(app);
        foreach (var (name, bytes) in sent)
        {
            using var answer = await owner.SendAsync(HttpMethod.Get, $"conversation/{conversation}/attachment/{name}/download");
            Assert.Equal(Convert.ToHexString(SHA256.HashData(bytes)), Convert.ToHexString(SHA256.HashData(await answer.Content.ReadAsByteArrayAsync(Cancellation))));
        }
    }

    [Fact]
    public async Task ContentOfAFile_IsMovedWithIt()
    {
        var bytes = RandomNumberGenerator.GetBytes(Chunk + 5);
        string id;
        await using (var app = await StartAsync())
        {
            using var owner = ServerFactory.ClientOf(app);
            id = ApiJson.Id(await owner.ReadAsync(HttpMethod.Post, "file/create", "{}"));
            await owner.ReadAsync(HttpMethod.Post, $"file/{id}/upload", new ByteArrayContent(bytes));
        }

        await MoveWholeAsync();
        Directory.Delete(Files, recursive: true);

        await using var moved = await StartAsync(isMoved: true);
        using var client = ServerFactory.ClientOf(moved);
        Assert.Equal(bytes, await client.ReadBytesAsync($"file/{id}/download"));
    }

    [Fact]
    public async Task FileOfASpace_IsMovedWithIt()
    {
        string space;
        await using (var app = await StartAsync())
        {
            using var owner = ServerFactory.ClientOf(app);
            space = ApiJson.Id(await owner.ReadAsync(HttpMethod.Post, "space/create", "{}"));
            await owner.ReadAsync(HttpMethod.Post, $"space/{space}/storage/upload/a/b.txt", new ByteArrayContent([1, 2]));
        }

        var before = ReadFiles();
        Directory.Move(Files, Files + "-away");
        await AssertRefusedAsync($"the space {space} at a/b.txt is missing");
        Directory.Move(Files + "-away", Files);
        await MoveWholeAsync();

        Assert.Single(before);
        await using var moved = await StartAsync(isMoved: true);
        using var client = ServerFactory.ClientOf(moved);
        Assert.Equal([1, 2], await client.ReadBytesAsync($"space/{space}/storage/download/a/b.txt"));
        Assert.Equal(2L, await RunAsync("""SELECT "ContentBytes" FROM "Accounts" """));
    }

    [Fact]
    public async Task MissingContent_IsRefusedWithItsFile()
    {
        string id;
        await using (var app = await StartAsync())
        {
            using var owner = ServerFactory.ClientOf(app);
            id = ApiJson.Id(await owner.ReadAsync(HttpMethod.Post, "file/create", "{}"));
            await owner.ReadAsync(HttpMethod.Post, $"file/{id}/upload", new ByteArrayContent([1, 2]));
        }

        Directory.Delete(Files, recursive: true);

        await AssertRefusedAsync($"the file {id} is missing");
    }

    [Fact]
    public async Task Undo_LeavesTheFilesAsTheyAre()
    {
        var (conversation, sent) = await UploadAsync(5, Chunk + 1);
        var before = ReadFiles();
        await MoveWholeAsync();
        await (await StartAsync(isMoved: true)).DisposeAsync();

        await MoveWholeAsync("--undo");

        Assert.Equal(before, ReadFiles());
        await using (var app = await StartAsync())
        {
            using var owner = ServerFactory.ClientOf(app);
            using var answer = await owner.SendAsync(HttpMethod.Get, $"conversation/{conversation}/attachment/{sent[1].Name}/download");
            Assert.Equal(sent[1].Bytes.Length, (await answer.Content.ReadAsByteArrayAsync(Cancellation)).Length);
        }

        await MoveWholeAsync();
        Assert.Equal(2L, await RunAsync("""SELECT count(*) FROM "Blobs" """));
    }

    [Theory]
    [InlineData(false, "is missing")]
    [InlineData(true, "has 3 bytes, and 5 were stored")]
    public async Task MissingOrDamagedFile_IsRefusedWithItsAttachment(bool isCut, string expected)
    {
        var (conversation, sent) = await UploadAsync(5, 7);
        var path = Directory.GetFiles(Files).Single(file => new FileInfo(file).Length == 5);
        if (isCut)
            await File.WriteAllBytesAsync(path, new byte[3], Cancellation);
        else
            File.Delete(path);
        var attachment = Query($"""SELECT "Id" FROM "Attachments" WHERE "Size" = 5""").Single();

        await AssertRefusedAsync($"the attachment {attachment} {expected}");
        await AssertRefusedAsync($"the attachment {attachment} {expected}", "--dry-run");
        Assert.Equal(0L, await RunAsync("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"));
        await MoveWholeAsync("--accept-missing-files");

        await using var app = await StartAsync(isMoved: true);
        using var owner = ServerFactory.ClientOf(app);
        using var there = await owner.SendAsync(HttpMethod.Get, $"conversation/{conversation}/attachment/{sent[1].Name}/download");
        Assert.Equal(7, (await there.Content.ReadAsByteArrayAsync(Cancellation)).Length);
        using var gone = await owner.SendAsync(HttpMethod.Get, $"conversation/{conversation}/attachment/{sent[0].Name}/download");
        Assert.Equal(isCut ? HttpStatusCode.OK : HttpStatusCode.NotFound, gone.StatusCode);
    }

    private async Task<(string Conversation, List<(string Name, byte[] Bytes)> Sent)> UploadAsync(params int[] lengths)
    {
        await using var app = await StartAsync();
        using var owner = ServerFactory.ClientOf(app);
        var conversation = ApiJson.Id(await owner.ReadAsync(HttpMethod.Post, "conversation/create", "{}"));
        var sent = new List<(string, byte[])>();
        foreach (var length in lengths)
        {
            var bytes = RandomNumberGenerator.GetBytes(length);
            var uploaded = await owner.UploadAsync(conversation, new ByteArrayContent(bytes), "application/octet-stream");
            sent.Add((uploaded.Text("name")!, bytes));
        }

        return (conversation, sent);
    }

    private List<string> ReadFiles() =>
        [.. Directory.GetFiles(Files).Order(StringComparer.Ordinal).Select(path => $"{Path.GetFileName(path)} {Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(path)))} {File.GetLastWriteTimeUtc(path):O}")];
}
