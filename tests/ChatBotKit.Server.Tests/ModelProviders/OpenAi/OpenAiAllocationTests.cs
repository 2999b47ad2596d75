using System.Net.Http.Headers;
using System.Text;
using ChatBotKit.Server.ModelProviders;
using ChatBotKit.Server.ModelProviders.OpenAi;

namespace ChatBotKit.Server.Tests.ModelProviders;

/// <summary>Every token of every conversation passes here, so its allocations are limited.</summary>
public sealed class OpenAiAllocationTests
{
    private const int Tokens = 20_000;

    /// <summary>In a short answer, most of the cost per token is that of the call.</summary>
    private const int MostOfACall = 5_500;

    [Fact]
    public async Task Stream_Token_AllocatesItsStringAlone()
    {
        await MeasureAsync(Tokens);

        var bytes = await MeasureAsync(Tokens);

        // A string of five characters takes 32 bytes. The rest of the budget is for the call as a whole, and one byte per token.
        Assert.InRange(bytes, 32 * Tokens, 33 * Tokens + 10_000);
    }

    [Fact]
    public async Task Stream_ShortAnswer_AllocatesLittleForTheCall()
    {
        const int Calls = 50;
        for (var i = 0; i < Calls; i++)
            await MeasureAsync(tokens: 1);

        var bytes = 0L;
        for (var i = 0; i < Calls; i++)
            bytes += await MeasureAsync(tokens: 1);

        Assert.InRange(bytes / Calls, 1, MostOfACall);
    }

    private static async Task<long> MeasureAsync(int tokens)
    {
        const string Line = """data: {"choices":[{"index":0,"delta":{"content":" word"},"finish_reason":null}],"usage":null}""" + "\n\n";
        var body = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(Line, tokens)) + "data: [DONE]\n\n");
        using var http = new HttpClient(new BufferedAnswer(body));
        var provider = new OpenAiProvider(new OpenAiOptions(), http, TimeProvider.System);

        // The answer is in memory, so the whole call runs on this thread.
        var thread = Environment.CurrentManagedThreadId;
        var before = GC.GetAllocatedBytesForCurrentThread();
        var said = 0;
        await foreach (var modelEvent in provider.StreamAsync(ModelRequests.Hello(), CancellationToken.None))
            said += modelEvent.Kind == ModelEventKind.Text ? 1 : 0;
        var after = GC.GetAllocatedBytesForCurrentThread();

        Assert.Equal(thread, Environment.CurrentManagedThreadId);
        Assert.Equal(tokens, said);
        return after - before;
    }

    private sealed class BufferedAnswer(byte[] body) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var response = new HttpResponseMessage { Content = new ByteArrayContent(body) };
            response.Content.Headers.ContentType = new MediaTypeHeaderValue("text/event-stream");
            return Task.FromResult(response);
        }
    }
}
