using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using ChatBotKit.Server.ModelProviders;
using ChatBotKit.Server.ModelProviders.OpenAi;
using ChatBotKit.Server.ModelProviders.OpenAi.Answers;
using CsCheck;

namespace ChatBotKit.Server.Tests.ModelProviders;

/// <summary>
/// Streams of a model that are damaged by the network or by faulty servers. <c>CsCheck_Iter</c> sets how many are generated.
/// </summary>
public sealed class OpenAiFuzzTests
{
    private static readonly long Times = Math.Max(Check.Iter, 500);

    private static readonly string[] Pieces =
    [
        "data: ", "data:", "\n", "\r\n", "\n\n", ": comment\n\n", "event: x\n", "id: 1\n", "retry: 5\n", "[DONE]", "{}", "[", "]", "{", "}", "null", "\"", "\\ud800", "\\u00e9", "\uFEFF",
        """{"choices":[{"index":0,"delta":{"content":"Hi"}}]}""", """{"choices":[{"delta":{"content":"\ud83d"}}]}""", """{"choices":[{"delta":null,"finish_reason":"stop"}]}""",
        """{"choices":[{"delta":{"tool_calls":[{"index":-1,"id":"c","function":{"name":"f","arguments":"{"}}]}}]}""", """{"choices":[{"delta":{"tool_calls":[{"function":{"arguments":{"a":[1]}}}]}}]}""",
        """{"usage":{"prompt_tokens":1e400,"completion_tokens":-1}}""", """{"error":{"message":7,"code":[]}}""", """{"error":"\udc00"}""", """{"choices":{},"choices":[]}""", """{"choices":[[],7,null,{}]}""",
    ];

    private static readonly Gen<byte[]> Text = Gen.Select(Gen.OneOf(Pieces).Array[0, 12], Gen.Bool, (pieces, ends) =>
        Encoding.UTF8.GetBytes(string.Concat(pieces.Select(piece => ends && piece.StartsWith('{') ? $"data: {piece}\n\n" : piece))));

    private static readonly Gen<byte[]> Damaged = Gen.Select(Text, Gen.Int[0, 1000], Gen.Byte, (bytes, at, value) =>
    {
        if (bytes.Length > 0)
            bytes[at % bytes.Length] = value;
        return bytes;
    });

    private static readonly Gen<byte[]> AnyBytes = Gen.OneOf(Text, Damaged, Gen.Byte.Array[0, 200]);

    [Fact]
    public void AnyChunk_IsReadOrRefusedAsNoJson() => AnyBytes.Sample(
        bytes =>
        {
            try
            {
                new OpenAiChunkReader().Read(bytes);
            }
            catch (JsonException)
            {
                // The documented outcome of an invalid chunk.
            }
        },
        iter: 4 * Times);

    [Fact]
    public async Task AnyStream_SplitAnywhere_IsAnAnswerOrAProviderFailure_AndTheSameOne() =>
        await Gen.Select(AnyBytes, Gen.Int[1, 40].Array[1, 10]).SampleAsync(
            async (bytes, sizes) => Assert.Equal(await ReadAsync([bytes]), await ReadAsync(Split(bytes, sizes))),
            iter: Times,
            threads: 1);

    private static IEnumerable<ReadOnlyMemory<byte>> Split(byte[] bytes, int[] sizes)
    {
        for (int at = 0, turn = 0; at < bytes.Length; turn++)
        {
            var size = Math.Min(sizes[turn % sizes.Length], bytes.Length - at);
            yield return bytes.AsMemory(at, size);
            at += size;
        }
    }

    /// <summary>Returns the text and the reason of its end.</summary>
    private static async Task<string> ReadAsync(IEnumerable<ReadOnlyMemory<byte>> pieces)
    {
        using var http = new HttpClient(new StreamedAnswer(pieces));
        var provider = new OpenAiProvider(new OpenAiOptions(), http, TimeProvider.System);
        var said = new StringBuilder();
        try
        {
            await foreach (var happened in provider.StreamAsync(ModelRequests.Hello(), TestContext.Current.CancellationToken))
                said.Append(happened.Kind).Append(' ').Append(happened.Text).Append('|');
        }
        catch (ModelProviderException failure)
        {
            said.Append(failure.Failure);
        }

        return said.ToString();
    }

    private sealed class StreamedAnswer(IEnumerable<ReadOnlyMemory<byte>> pieces) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var response = new HttpResponseMessage { Content = new StreamContent(new PiecewiseStream(pieces)) };
            response.Content.Headers.ContentType = new MediaTypeHeaderValue("text/event-stream");
            return Task.FromResult(response);
        }
    }

    /// <summary>Returns one piece per read, as a network does.</summary>
    private sealed class PiecewiseStream(IEnumerable<ReadOnlyMemory<byte>> pieces) : Stream
    {
        private readonly Queue<ReadOnlyMemory<byte>> _left = new(pieces);
        private ReadOnlyMemory<byte> _piece;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            await Task.Yield();
            return Read(buffer.Span);
        }

        public override int Read(Span<byte> buffer)
        {
            while (_piece.IsEmpty && _left.TryDequeue(out var next))
                _piece = next;
            var taken = Math.Min(_piece.Length, buffer.Length);
            _piece.Span[..taken].CopyTo(buffer);
            _piece = _piece[taken..];
            return taken;
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
