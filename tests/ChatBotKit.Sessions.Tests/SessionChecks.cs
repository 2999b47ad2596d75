using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using ChatBotKit.Server.Tests;

[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace ChatBotKit.Sessions.Tests;

/// <summary>The shared parts of all checks: conversations, sessions and raw requests.</summary>
public abstract class SessionChecks(Deployment deployment)
{
    protected static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    /// <summary>Knows the server, and sends no credential of its own.</summary>
    protected HttpClient Http { get; } = new(Handler, disposeHandler: false) { BaseAddress = deployment.Address, Timeout = Patience };

    private static readonly SocketsHttpHandler Handler = new() { UseProxy = false };

    protected Deployment Deployment { get; } = deployment;

    protected static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    protected ChatBotKitApi Owner { get; } =
        new(new ChatBotKitClientOptions { Secret = deployment.Secret, BaseUrl = deployment.Address, Retries = 0 });

    protected async Task<string> ConversationAsync(string? model = null, string? contactId = null) =>
        (await Owner.Conversation.CreateAsync(
            new ConversationCreateRequest
            {
                Name = "Session check",
                Model = model,
                ContactId = contactId,
                Backstory = "The shop opens at nine. The shop closes at five.",
            },
            Token)).Id;

    protected async Task<SessionCreateResponse> MintAsync(SessionCreateRequest? request = null, string? conversationId = null) =>
        await Owner.Conversation.Session.CreateAsync(conversationId ?? await ConversationAsync(), request ?? new SessionCreateRequest(), Token);

    /// <summary>Sends a raw request.</summary>
    /// <param name="request">The verb and the path below <c>/api/v1</c>, for example <c>POST /conversation/create</c>.</param>
    /// <param name="body">The JSON body; an empty object for a POST without one.</param>
    /// <param name="credential">The bearer token; null for none.</param>
    /// <param name="origin">The origin that a browser would send.</param>
    /// <param name="headers">Further headers.</param>
    protected async Task<Answer> SendAsync(
        string request, string? body = null, string? credential = null, string? origin = null, params (string Name, string Value)[] headers)
    {
        var (method, path) = Split(request);
        if (origin is not null)
            headers = [.. headers, ("Origin", origin)];
        using var response = await Http.SendAsync(method, path, BodyOf(method, body), token: credential, headers: headers);
        var text = await response.TextAsync();
        var isJson = response.Content.Headers.ContentType?.MediaType == "application/json";
        return new Answer(response.StatusCode, isJson ? JsonNode.Parse(text) as JsonObject : null, text, response.Headers);
    }

    /// <summary>Opens a stream of JSON Lines. The response headers have arrived when the task completes.</summary>
    protected async Task<LineStream> OpenAsync(string request, string? body, string credential)
    {
        var (method, path) = Split(request);
        var response = await Http.OpenAsync(method, path, BodyOf(method, body), token: credential);
        return new LineStream(response, new StreamReader(await response.Content.ReadAsStreamAsync(Token), Encoding.UTF8));
    }

    protected Task<Answer> SayAsync(SessionCreateResponse session, string text = "When does the shop open?", string? token = null) =>
        SendAsync($"POST /conversation/{session.Id}/complete", Text(text), token ?? session.Token);

    protected static string Text(string text) => new JsonObject { ["text"] = text }.ToJsonString();

    /// <summary>Returns the header or the claims of a token.</summary>
    protected static JsonObject Part(string token, int index)
    {
        var part = token.Split('.')[index].Replace('-', '+').Replace('_', '/');
        return JsonNode.Parse(Convert.FromBase64String(part.PadRight((part.Length + 3) / 4 * 4, '=')))!.AsObject();
    }

    /// <param name="refusal">Status and code, such as <c>404 NOT_FOUND</c>.</param>
    /// <param name="answer">The answer.</param>
    protected static void AssertRefused(string refusal, Answer answer)
    {
        Assert.True(refusal == $"{(int)answer.Status} {answer.Code}", $"Expected: {refusal}\n{(int)answer.Status} {answer.Text}");
        Assert.False(string.IsNullOrWhiteSpace((string?)answer.Json!["message"]), "a refusal says why");
    }

    /// <summary>Method and path of a request such as <c>POST /conversation/create</c>.</summary>
    private static (HttpMethod Method, string Path) Split(string request)
    {
        var space = request.IndexOf(' ', StringComparison.Ordinal);
        var path = request[(space + 1)..];
        return (new HttpMethod(request[..space]), path.StartsWith("/.well-known", StringComparison.Ordinal) ? path : path[1..]);
    }

    private static string? BodyOf(HttpMethod method, string? body) => method == HttpMethod.Post ? body ?? "{}" : null;

    /// <summary>A response.</summary>
    protected sealed record Answer(HttpStatusCode Status, JsonObject? Json, string Text, HttpResponseHeaders Headers)
    {
        public string? Code => (string?)Json?["code"];

        public string? Header(string name) => Headers.TryGetValues(name, out var values) ? string.Join(", ", values) : null;
    }

    /// <summary>A response that is still being read.</summary>
    protected sealed class LineStream(HttpResponseMessage response, StreamReader reader) : IDisposable
    {
        public HttpStatusCode Status => response.StatusCode;

        public string RunId => response.Headers.GetValues("X-Run-Id").Single();

        /// <summary>Returns the next event that is not a heartbeat; null at the end.</summary>
        public async Task<JsonObject?> NextAsync()
        {
            while (await reader.ReadLineAsync(Token).AsTask().WaitAsync(Patience, Token) is { } line)
            {
                var item = JsonNode.Parse(line)!.AsObject();
                if ((string?)item["type"] is not ("ping" or "nop"))
                    return item;
            }

            return null;
        }

        /// <summary>Returns all events up to the end.</summary>
        public async Task<IReadOnlyList<JsonObject>> RestAsync()
        {
            var items = new List<JsonObject>();
            while (await NextAsync() is { } item)
                items.Add(item);
            return items;
        }

        /// <summary>Reads up to the next event of this type.</summary>
        public async Task<JsonObject> UntilAsync(string type)
        {
            while (await NextAsync() is { } item)
            {
                if ((string?)item["type"] == type)
                    return item;
            }

            throw new InvalidOperationException($"The stream ended without an event of type {type}.");
        }

        public void Dispose()
        {
            reader.Dispose();
            response.Dispose();
        }
    }
}
