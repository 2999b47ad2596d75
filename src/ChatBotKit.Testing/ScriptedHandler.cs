using System.Net;
using System.Net.Http.Headers;

namespace ChatBotKit.Testing.Sdk;

/// <summary>Gives scripted answers, one for each request, and keeps the requests. A request too many is an error.</summary>
public sealed class ScriptedHandler : HttpMessageHandler
{
    private readonly Queue<Func<CancellationToken, Task<HttpResponseMessage>>> _script = new();

    public List<SentRequest> Requests { get; } = [];

    public ScriptedHandler Answer(string body, int status = 200, string type = "application/json", params (string Name, string Value)[] headers) =>
        Stream(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(body)), status, type, headers);

    public ScriptedHandler Lines(string lines, params (string Name, string Value)[] headers) =>
        Answer(lines, 200, "application/jsonl", headers);

    public ScriptedHandler Stream(Stream body, int status = 200, string type = "application/jsonl", params (string Name, string Value)[] headers)
    {
        _script.Enqueue(_ =>
        {
            var response = new HttpResponseMessage((HttpStatusCode)status) { Content = new StreamContent(body) };
            response.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
            foreach (var (name, value) in headers)
                response.Headers.TryAddWithoutValidation(name, value);
            return Task.FromResult(response);
        });
        return this;
    }

    public ScriptedHandler Fail(Exception exception)
    {
        _script.Enqueue(_ => Task.FromException<HttpResponseMessage>(exception));
        return this;
    }

    public ScriptedHandler Hang()
    {
        _script.Enqueue(async token =>
        {
            await Task.Delay(Timeout.Infinite, token);
            throw new InvalidOperationException("An endless wait has ended.");
        });
        return this;
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Requests.Add(await SentRequest.OfAsync(request, cancellationToken));
        return _script.TryDequeue(out var answer)
            ? await answer(cancellationToken)
            : throw new InvalidOperationException($"Nobody expected the request {Requests[^1].Verbatim}");
    }
}
