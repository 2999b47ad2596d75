using System.Text;
using BenchmarkDotNet.Attributes;
using ChatBotKit.Server.ModelProviders.OpenAi.Answers;
using ChatBotKit.Server.RunLog;

namespace ChatBotKit.Bench.Pieces;

/// <summary>The steps of a token through the server. Each number is per token.</summary>
public class TokenBenchmarks
{
    private const int Tokens = 200;

    private static readonly byte[] Chunk = Encoding.UTF8.GetBytes(
        """{"id":"c","object":"chat.completion.chunk","created":1,"model":"m","choices":[{"index":0,"delta":{"content":" word"},"finish_reason":null}]}""");

    private readonly OpenAiChunkReader _reader = new();
    private readonly EventEncoder _encoder = new(numbered: true);

    [Benchmark(Description = "Read a chunk of the model", OperationsPerInvoke = Tokens)]
    public int ReadChunks()
    {
        var length = 0;
        for (var i = 0; i < Tokens; i++)
            length += _reader.Read(Chunk).Text!.Length;
        return length;
    }

    [Benchmark(Description = "Encode an event", OperationsPerInvoke = Tokens)]
    public int EncodeEvents()
    {
        for (var i = 0; i < Tokens; i++)
            _encoder.WriteToken("token"u8, " word", 1_800_000_000_000, i);
        return _encoder.Take().Length;
    }

    [Benchmark(Description = "Through a log in memory, taken 20 at a time", OperationsPerInvoke = Tokens)]
    public async Task<int> AppendAndRead()
    {
        var log = new AppendLog("log", store: null, last: 0, TimeProvider.System);
        using var reader = log.CreateReader(after: 0, TimeProvider.System, heartbeat: null);
        var length = 0;
        for (var i = 0; i < Tokens; i++)
        {
            log.AppendToken("token"u8, " word");
            if (i % 20 != 19)
                continue;
            log.Flush();
            if (await reader.ReadAsync(CancellationToken.None) == LogRead.Lines)
                length += reader.Current.Lines.Length;
        }

        log.Complete();
        return length;
    }
}
