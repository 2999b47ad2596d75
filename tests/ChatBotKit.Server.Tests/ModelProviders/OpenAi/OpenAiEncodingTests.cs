using System.IO.Compression;
using System.Text;
using ChatBotKit.Server.ModelProviders;
using ChatBotKit.Server.ModelProviders.OpenAi;
using ChatBotKit.TestModels;

namespace ChatBotKit.Server.Tests.ModelProviders;

/// <summary>Responses that were compressed although the request did not allow it.</summary>
public sealed class OpenAiEncodingTests : IAsyncLifetime
{
    private const string Hello = """data: {"choices":[{"index":0,"delta":{"content":"Hello"}}]}""" + "\n\n";
    private const string Stop = """data: {"choices":[{"index":0,"delta":{"content":"!"},"finish_reason":"stop"}]}""" + "\n\ndata: [DONE]\n\n";

    // Reached only by a failing test.
    private const int TestTimeout = 30_000;

    private readonly HttpClient _http = OpenAiConnection.Create();
    private ScriptedModelServer _upstream = null!;

    public async ValueTask InitializeAsync() =>
        _upstream = await ScriptedModelServer.StartAsync(TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _upstream.DisposeAsync();
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("GZIP")]
    [InlineData("x-gzip")]
    [InlineData("br")]
    [InlineData("deflate")]
    [InlineData("identity")]
    [InlineData("gzip, identity")]
    [InlineData("br, gzip")]
    public async Task Answer_Compressed_IsRead(string encoding)
    {
        _upstream.Answer(script => script.Encoded(encoding).RawBytes(Encode(Hello + Stop, encoding)).EndHere());

        Assert.Equal("Hello!", (await ModelAnswer.ReadAsync(Provider(), ModelRequests.Hello())).Text);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    public async Task Refusal_Compressed_IsTold(string encoding)
    {
        _upstream.Answer(script => script.Whole(400, "").Encoded(encoding).RawBytes(Encode("""{"error":{"message":"no such thing"}}""", encoding)));

        Assert.Contains("no such thing", (await FailAsync()).Message, StringComparison.Ordinal);
    }

    [Fact(Timeout = TestTimeout)]
    public async Task Answer_CompressedPieceByPiece_IsSaidAsItComes()
    {
        var gate = new TaskCompletionSource();
        using var body = new MemoryStream();
        await using var gzip = new GZipStream(body, CompressionLevel.Fastest);
        var first = Flushed(Hello);
        await gzip.WriteAsync(Encoding.UTF8.GetBytes(Stop), TestContext.Current.CancellationToken);
        await gzip.DisposeAsync();
        var rest = body.ToArray()[first.Length..];
        _upstream.Answer(script => script.Encoded("gzip").RawBytes(first).WaitFor(gate.Task).RawBytes(rest).EndHere());
        var said = new List<string>();

        await foreach (var happened in Provider().StreamAsync(ModelRequests.Hello(), TestContext.Current.CancellationToken))
        {
            if (happened.Kind == ModelEventKind.Text)
                said.Add(happened.Text);
            gate.TrySetResult();
        }

        Assert.Equal(["Hello", "!"], said);

        byte[] Flushed(string text)
        {
            gzip.Write(Encoding.UTF8.GetBytes(text));
            gzip.Flush();
            return body.ToArray();
        }
    }

    [Theory]
    [InlineData("zstd", 200)]
    [InlineData("compress", 200)]
    [InlineData("gzip, gzip, gzip, gzip", 200)]
    [InlineData("zstd", 400)]
    public async Task Encoding_ThatCanNotBeRead_IsNamed(string encoding, int status)
    {
        _upstream.Otherwise(_ => new ModelScript().Whole(status, "(compressed)").Encoded(encoding));

        var failure = await FailAsync();

        Assert.Equal(status == 200 ? ModelFailure.Broken : ModelFailure.Rejected, failure.Failure);
        if (status == 200)
            Assert.Contains($"Content-Encoding: {encoding}", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("(compressed)", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("deflate")]
    public async Task Answer_ThatIsNotWhatItsEncodingSays_IsToldByName(string encoding)
    {
        _upstream.Answer(script => script.Encoded(encoding).Raw(Hello + Stop).EndHere());

        var failure = await FailAsync();

        Assert.Equal(ModelFailure.Broken, failure.Failure);
        Assert.Contains($"Content-Encoding: {encoding}", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Answer_ThatGrowsWithoutEnd_IsTooLarge()
    {
        _upstream.Answer(script => script.Encoded("gzip").RawBytes(Encode(Hello + new string(' ', 4_000_000) + Stop, "gzip")).EndHere());

        Assert.Contains("more than an answer may hold", (await FailAsync(options => options with { MaxEventBytes = 1_000_000 })).Message, StringComparison.Ordinal);
    }

    private static byte[] Encode(string text, string encodings)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        foreach (var encoding in encodings.ToLowerInvariant().Split(", ").Where(encoding => encoding != "identity"))
        {
            using var target = new MemoryStream();
            using (Stream encoder = encoding switch
            {
                "br" => new BrotliStream(target, CompressionLevel.Fastest, leaveOpen: true),
                "deflate" => new ZLibStream(target, CompressionLevel.Fastest, leaveOpen: true),
                _ => new GZipStream(target, CompressionLevel.Fastest, leaveOpen: true),
            })
                encoder.Write(bytes);
            bytes = target.ToArray();
        }

        return bytes;
    }

    private OpenAiProvider Provider(Func<OpenAiOptions, OpenAiOptions>? change = null)
    {
        var options = new OpenAiOptions { BaseUrl = _upstream.BaseUrl };
        return new(change?.Invoke(options) ?? options, _http, TimeProvider.System);
    }

    private Task<ModelProviderException> FailAsync(Func<OpenAiOptions, OpenAiOptions>? change = null) =>
        Assert.ThrowsAsync<ModelProviderException>(() => ModelAnswer.ReadAsync(Provider(change), ModelRequests.Hello()));
}
