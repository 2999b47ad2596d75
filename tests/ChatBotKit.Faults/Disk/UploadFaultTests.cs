using System.Diagnostics;
using System.IO.Pipelines;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using ChatBotKit.EndToEnd.Tests;
using ChatBotKit.Server.Hosting;
using ChatBotKit.Server.Tests;

namespace ChatBotKit.Faults.Disk;

/// <summary>Uploads that the disk or the end of the server cuts off. No file may become visible that is not complete.</summary>
[OfFiles]
public sealed class UploadFaultTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("chatbotkit-upload-").FullName;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public async Task Upload_OnAFullDisk_IsRefusedWithoutALeftover_AndSucceedsWhenThereIsRoom()
    {
        using var disk = SmallDisk.Mount(megabytes: 24);
        await using var server = await ChatBotKitServer.StartAsync(
            [.. Settings(disk.Path).Select(one => $"--{one.Key}={one.Value}"), "--urls=http://127.0.0.1:0", "--Logging:LogLevel:Default=None"],
            cancellationToken: Token);
        using var client = ServerFactory.ClientOf(new Uri(server.Urls.Single()), StorageScenario.Secret);
        var files = await NewConversationAsync(client);
        var bytes = RandomNumberGenerator.GetBytes(3_000_000);

        for (var round = 0; round < 3; round++)
        {
            disk.Fill();
            await client.AssertRefusedAsync("503 SERVICE_UNAVAILABLE", HttpMethod.Post, $"{files}/upload", Body(bytes));
            Assert.Empty(FilesOf(disk.Path));
            disk.MakeRoom();
        }

        Assert.Equal(bytes, await UploadAndDownloadAsync(client, files, bytes));
        Assert.Single(FilesOf(disk.Path));
    }

    [Fact]
    public async Task Upload_WhenTheServerIsKilledInTheMiddle_IsNotThereAfterTheStart()
    {
        var bytes = RandomNumberGenerator.GetBytes(2_000_000);
        string files;
        await using (var killed = await ServerRun.StartAsync(Settings(_directory), Token))
        {
            using var client = ServerFactory.ClientOf(killed.Address, StorageScenario.Secret);
            files = await NewConversationAsync(client);
            var pipe = new Pipe();
            var upload = client.SendAsync(HttpMethod.Post, $"{files}/upload", Body(pipe.Reader.AsStream()));
            await pipe.Writer.WriteAsync(bytes, Token);
            for (var watch = Stopwatch.StartNew(); FilesOf(_directory).All(file => file.Length == 0); await Task.Delay(10, Token))
                Assert.True(watch.Elapsed < TimeSpan.FromSeconds(60), "The upload does not reach the disk.");

            await killed.KillAsync();

            await pipe.Writer.CompleteAsync();
            await Assert.ThrowsAsync<HttpRequestException>(() => upload);
        }

        await using var server = await ServerRun.StartAsync(Settings(_directory), Token);
        using var again = ServerFactory.ClientOf(server.Address, StorageScenario.Secret);

        Assert.Empty((await again.ReadAsync(HttpMethod.Get, $"{files}/list")).GetProperty("items").EnumerateArray());
        Assert.Equal(bytes, await UploadAndDownloadAsync(again, files, bytes));
        await server.KillAsync();
    }

    private static Dictionary<string, string> Settings(string directory) => new()
    {
        ["CHATBOTKIT_DATA_DIR"] = directory,
        ["CHATBOTKIT_API_SECRET"] = StorageScenario.Secret,
    };

    /// <summary>Creates a conversation, and returns the path of its files.</summary>
    private static async Task<string> NewConversationAsync(HttpClient client) =>
        $"conversation/{ApiJson.Id(await client.ReadAsync(HttpMethod.Post, "conversation/create", "{}"))}/attachment";

    private static FileInfo[] FilesOf(string directory)
    {
        var files = new DirectoryInfo(Path.Combine(directory, "attachments"));
        return files.Exists ? files.GetFiles() : [];
    }

    private static StreamContent Body(byte[] bytes) => Body(new MemoryStream(bytes));

    private static StreamContent Body(Stream stream) =>
        new(stream) { Headers = { ContentType = new MediaTypeHeaderValue("application/octet-stream") } };

    private static async Task<byte[]> UploadAndDownloadAsync(HttpClient client, string files, byte[] bytes)
    {
        var answer = await client.ReadAsync(HttpMethod.Post, $"{files}/upload", Body(bytes));
        return await client.ReadBytesAsync(answer.GetProperty("downloadRequest").Text("url")!);
    }
}
