using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace ChatBotKit.Sessions.Tests;

/// <summary>The shared parts of all checks: conversations, sessions and raw requests.</summary>
public abstract class SessionChecks(Deployment deployment)
{
    protected static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private static readonly HttpClient Http = new(new SocketsHttpHandler { UseProxy = false }) { Timeout = Patience };

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
        using var message = Message(request, body, credential, origin, headers);
        using var response = await Http.SendAsync(message, Token);
        var text = await response.Content.ReadAsStringAsync(Token);
        var isJson = response.Content.Headers.ContentType?.MediaType == "application/json";
        return new Answer(response.StatusCode, isJson ? JsonNode.Parse(text) as JsonObject : null, text, response.Headers);
    }

    /// <summary>Opens a stream of JSON Lines. The response headers have arrived when the task completes.</summary>
    protected async Task<LineStream> OpenAsync(string request, string? body, string credential)
    {
        using var message = Message(request, body, credential, origin: null, [("Accept", "application/jsonl")]);
        var response = await Http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, Token);
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

    protected static void AssertRefused(HttpStatusCode status, string code, Answer answer)
    {
        Assert.Equal((status, code), (answer.Status, answer.Code));
        Assert.False(string.IsNullOrWhiteSpace((string?)answer.Json!["message"]), "a refusal says why");
    }

    private HttpRequestMessage Message(
        string request, string? body, string? credential, string? origin, params ReadOnlySpan<(string Name, string Value)> headers)
    {
        var (verb, path) = (request[..request.IndexOf(' ', StringComparison.Ordinal)], request[(request.IndexOf(' ', StringComparison.Ordinal) + 1)..]);
        var prefix = path.StartsWith("/.well-known", StringComparison.Ordinal) ? "" : "/api/v1";
        var message = new HttpRequestMessage(new HttpMethod(verb), new Uri(Deployment.Address, prefix + path));
        if (verb == "POST")
            message.Content = new StringContent(body ?? "{}", Encoding.UTF8, "application/json");
        if (credential is not null)
            message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", credential);
        if (origin is not null)
            message.Headers.Add("Origin", origin);
        foreach (var (name, value) in headers)
            message.Headers.Add(name, value);
        return message;
    }

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
