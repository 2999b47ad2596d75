using System.Net.Http.Headers;
using System.Text;
using ChatBotKit.Server.ModelProviders;
using ChatBotKit.Server.ModelProviders.OpenAi;

namespace ChatBotKit.Server.Tests.ModelProviders;

/// <summary>Every token of every conversation goes through here, so what one costs is a property to hold.</summary>
public sealed class OpenAiAllocationTests
{
    private const int Tokens = 20_000;

    [Fact]
    public async Task Stream_Token_AllocatesItsStringAlone()
    {
        await MeasureAsync();

        var bytes = await MeasureAsync();

        // A string of five characters takes 32 bytes; the rest of the budget is for the call as a whole.
        Assert.InRange(bytes, 32 * Tokens, 32 * Tokens + 100_000);
    }

    private static async Task<long> MeasureAsync()
    {
        const string Line = """data: {"choices":[{"index":0,"delta":{"content":" word"},"finish_reason":null}],"usage":null}""" + "\n\n";
        var body = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(Line, Tokens)) + "data: [DONE]\n\n");
        using var http = new HttpClient(new BufferedAnswer(body));
        var provider = new OpenAiProvider(new OpenAiOptions(), http, TimeProvider.System);

        // The answer is in memory, so the whole call runs on this thread.
        var thread = Environment.CurrentManagedThreadId;
        var before = GC.GetAllocatedBytesForCurrentThread();
        var tokens = 0;
        await foreach (var modelEvent in provider.StreamAsync(ModelRequests.Hello(), CancellationToken.None))
            tokens += modelEvent.Kind == ModelEventKind.Text ? 1 : 0;
        var after = GC.GetAllocatedBytesForCurrentThread();

        Assert.Equal(thread, Environment.CurrentManagedThreadId);
        Assert.Equal(Tokens, tokens);
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
