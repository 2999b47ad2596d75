using System.Net;
using System.Security.Cryptography;

namespace ChatBotKit.Server.Tests.Features;

/// <summary>Parts of files, and downloads that are resumed.</summary>
public sealed class AttachmentRangeTests : IAsyncLifetime
{
    private const int Chunk = 256 * 1024;
    private const int Length = (2 * Chunk) + 1000;

    private readonly byte[] _bytes = RandomNumberGenerator.GetBytes(Length);
    private FeatureServer _server = null!;
    private string _conversation = null!;
    private string _download = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = await FeatureServer.StartAsync();
        _conversation = await _server.CreateConversationAsync();
        _download = await UploadAsync(_bytes);
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [InlineData("0-0", 0, 1)]
    [InlineData("0-262142", 0, Chunk - 1)]
    [InlineData("262143-262143", Chunk - 1, 1)]
    [InlineData("262143-262144", Chunk - 1, 2)]
    [InlineData("262144-524287", Chunk, Chunk)]
    [InlineData("262144-", Chunk, Length - Chunk)]
    [InlineData("0-", 0, Length)]
    [InlineData("525287-525287", Length - 1, 1)]
    [InlineData("525287-", Length - 1, 1)]
    [InlineData("525000-999999", 525_000, Length - 525_000)]
    [InlineData("-1", Length - 1, 1)]
    [InlineData("-262144", Length - Chunk, Chunk)]
    [InlineData("-999999", 0, Length)]
    public async Task Range_GivesThosePartsOfTheBytes(string range, int from, int count)
    {
        using var answer = await GetAsync(("Range", $"bytes={range}"));

        Assert.Equal(HttpStatusCode.PartialContent, answer.StatusCode);
        Assert.Equal($"bytes {from}-{from + count - 1}/{Length}", answer.Content.Headers.ContentRange?.ToString());
        Assert.Equal(count, answer.Content.Headers.ContentLength);
        Assert.Equal(_bytes[from..(from + count)], await answer.Content.ReadAsByteArrayAsync(Token));
    }

    [Theory]
    [InlineData("525288-")]
    [InlineData("525288-525290")]
    [InlineData("-0")]
    public async Task Range_BehindTheEnd_IsRefusedWithTheLength(string range)
    {
        using var answer = await GetAsync(("Range", $"bytes={range}"));

        await answer.AssertRefusedAsync("416 BAD_REQUEST: The range begins after the end of the file; Content-Range has its length");
        Assert.Equal($"bytes */{Length}", answer.Content.Headers.ContentRange?.ToString());
    }

    [Theory]
    [InlineData("bytes=0-1,5-6")]
    [InlineData("lines=0-1")]
    [InlineData("bytes=5-1")]
    [InlineData("bytes=x")]
    public async Task Range_ThatIsNotSupported_GivesTheWholeFile(string range)
    {
        using var answer = await GetAsync(("Range", range));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(_bytes, await answer.Content.ReadAsByteArrayAsync(Token));
    }

    [Fact]
    public async Task Download_SaysThatItCanBeResumed()
    {
        using var answer = await GetAsync();
        using var again = await GetAsync();

        Assert.Equal(["bytes"], answer.Headers.AcceptRanges);
        Assert.False(answer.Headers.ETag!.IsWeak);
        Assert.Equal(answer.Headers.ETag, again.Headers.ETag);
        Assert.NotNull(answer.Content.Headers.LastModified);
    }

    [Fact]
    public async Task ResumedDownload_OfTheSameFile_GivesTheRest()
    {
        using var first = await GetAsync();

        foreach (var validator in (string[])[first.Headers.ETag!.ToString(), first.Content.Headers.LastModified!.Value.ToString("R")])
        {
            using var rest = await GetAsync(("Range", "bytes=300000-"), ("If-Range", validator));

            Assert.Equal(HttpStatusCode.PartialContent, rest.StatusCode);
            Assert.Equal(_bytes[300_000..], await rest.Content.ReadAsByteArrayAsync(Token));
        }
    }

    [Theory]
    [InlineData("\"another\"")]
    [InlineData("Mon, 01 Jan 2001 00:00:00 GMT")]
    public async Task ResumedDownload_OfAnotherFile_GivesTheWhole(string validator)
    {
        using var answer = await GetAsync(("Range", "bytes=300000-"), ("If-Range", validator));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(_bytes, await answer.Content.ReadAsByteArrayAsync(Token));
    }

    [Fact]
    public async Task Download_OfWhatTheCallerHas_Is304()
    {
        using var first = await GetAsync();

        using var answer = await GetAsync(("If-None-Match", first.Headers.ETag!.ToString()));

        Assert.Equal(HttpStatusCode.NotModified, answer.StatusCode);
    }

    [Fact]
    public async Task EmptyFile_IsDownloaded()
    {
        using var form = new MultipartFormDataContent { { new ByteArrayContent([]), "file", "a.png" } };
        var empty = (await _server.Owner.PostFormAsync(_conversation, form)).GetProperty("downloadRequest").Text("url")!;

        using var answer = await _server.Owner.SendAsync(HttpMethod.Get, empty);

        Assert.Equal((HttpStatusCode.OK, 0L), (answer.StatusCode, answer.Content.Headers.ContentLength));
    }

    /// <summary>The caller gets correct bytes, and either all of them or a connection that ends too early. Afterwards the file is gone.</summary>
    [Fact]
    public async Task Download_OfAFileThatIsDeletedMeanwhile_IsWholeOrBreaksOff()
    {
        var bytes = RandomNumberGenerator.GetBytes(20 * 1024 * 1024);
        var download = await UploadAsync(bytes);
        using var answer = await _server.Owner.OpenAsync(HttpMethod.Get, download, accept: null);
        await using var body = await answer.Content.ReadAsStreamAsync(Token);
        var read = new byte[bytes.Length];
        await body.ReadExactlyAsync(read.AsMemory(0, 1000), Token);

        await _server.PostAsync($"conversation/{_conversation}/delete", "{}");
        await _server.WaitForFilesAsync(0);

        var count = 1000;
        try
        {
            while (await body.ReadAsync(read.AsMemory(count), Token) is > 0 and var next)
                count += next;
            Assert.Equal(bytes.Length, count);
        }
        catch (IOException)
        {
            Assert.InRange(count, 1000, bytes.Length - 1);
        }

        Assert.True(bytes.AsSpan(0, count).SequenceEqual(read.AsSpan(0, count)));
        Assert.True(count == bytes.Length || TestStore.IsPostgres);
        await _server.Owner.AssertRefusedAsync("404 NOT_FOUND", HttpMethod.Get, download);
    }

    private async Task<string> UploadAsync(byte[] bytes)
    {
        var answer = await _server.Owner.UploadAsync(_conversation, new ByteArrayContent(bytes), "image/png");
        return answer.GetProperty("downloadRequest").Text("url")!;
    }

    private Task<HttpResponseMessage> GetAsync(params (string Name, string Value)[] headers) =>
        _server.Owner.SendAsync(HttpMethod.Get, _download, headers: headers);
}
