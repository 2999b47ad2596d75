using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using ChatBotKit.EndToEnd.Tests.Foreign;
using ChatBotKit.Server.Tests;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ChatBotKit.Widget.Tests.Browser;

/// <summary>A page on an origin of its own with the widget, and the backend of that page, which mints sessions.</summary>
internal sealed class HostSite(RestartedServer server) : IAsyncDisposable
{
    private WebApplication _app = null!;
    private int _mints;

    public string Address { get; private set; } = "";

    /// <summary>The page that tabs open; null for that of this site.</summary>
    public string? Page { get; set; }

    /// <summary>The attributes that say where sessions come from.</summary>
    public string Source { get; set; } = "session-url=\"/session\"";

    /// <summary>The other attributes of the element.</summary>
    public string Attributes { get; set; } = "heading=\"Flower shop\"";

    /// <summary>The element; null for one with the attributes and the content.</summary>
    public string? Chat { get; set; }

    /// <summary>What is inside the element.</summary>
    public string Content { get; set; } = "";

    public string Head { get; set; } = "";

    public string Body { get; set; } = "<main><h1>Flowers</h1><p>Text of the page.</p></main>";

    public string HtmlAttributes { get; set; } = "lang=\"en\"";

    /// <summary>The content security policy of the page; null for none. <c>{server}</c> is the address of the chat server.</summary>
    public string? Policy { get; set; }

    /// <summary>The pictures of the page by the end of their path, <c>/pictures/…</c>.</summary>
    public ConcurrentDictionary<string, byte[]> Pictures { get; } = new(StringComparer.Ordinal);

    /// <summary>What the backend waits for before it mints.</summary>
    public Task Gate { get; set; } = Task.CompletedTask;

    /// <summary>The status with which the backend refuses; null when it mints.</summary>
    public int? Refusal { get; set; }

    /// <summary>Settings of new sessions, such as <c>limits</c>.</summary>
    public JsonObject Session { get; set; } = [];

    public string ConversationId { get; private set; } = "";

    public string SessionId { get; private set; } = "";

    /// <summary>The number of tokens that were given to the page.</summary>
    public int Mints => _mints;

    private string Server => server.Address.GetLeftPart(UriPartial.Authority);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async Task StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.MapGet("/", GetPage);
        _app.MapPost("/session", MintAsync);
        _app.MapGet("/pictures/{name}", (string name) => Pictures.TryGetValue(name, out var picture) ? Results.Bytes(picture, "image/png") : Results.NotFound());
        await _app.StartAsync(Token);
        Address = _app.Urls.Single();
        await NewConversationAsync();
    }

    public async Task NewConversationAsync()
    {
        using var owner = ServerFactory.ClientOf(server.Address);
        var created = await owner.ReadAsync(HttpMethod.Post, "conversation/create", new { model = "scripted", backstory = "Be short." });
        ConversationId = created.GetProperty("id").GetString()!;
    }

    /// <summary>Calls a route of the conversation as its owner.</summary>
    public async Task<JsonElement> OwnerAsync(HttpMethod method, string path, object? body = null)
    {
        using var owner = ServerFactory.ClientOf(server.Address);
        return await owner.ReadAsync(method, $"conversation/{ConversationId}/{path}", body);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private IResult GetPage(HttpContext context)
    {
        if (Policy is { } policy)
            context.Response.Headers.ContentSecurityPolicy = policy.Replace("{server}", Server, StringComparison.Ordinal);
        return Results.Content($"""
            <!doctype html>
            <html {HtmlAttributes}>
            <head>
              <meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
              <title>Flowers</title><link rel="icon" href="data:,">{Head}
              <script type="module" src="{Server}/widget/v1/chat.js"></script>
            </head>
            <body>{Body}{Chat ?? $"<chatbotkit-chat {Source} {Attributes}>{Content}</chatbotkit-chat>"}</body>
            </html>
            """, "text/html; charset=utf-8");
    }

    private async Task<IResult> MintAsync(HttpRequest request)
    {
        if (Refusal is { } status)
            return Results.Json(new { message = "No", code = "NOT_AUTHENTICATED" }, statusCode: status);
        await Gate.WaitAsync(request.HttpContext.RequestAborted);
        Interlocked.Increment(ref _mints);
        var asked = await request.ReadFromJsonAsync<JsonObject>(Token);
        if (asked?["restart"] is not null)
            await NewConversationAsync();
        var known = asked?["sessionId"]?.GetValue<string>();
        var settings = (JsonObject)Session.DeepClone();
        settings["refreshable"] = true;
        var grant = known is null
            ? await OwnerAsync(HttpMethod.Post, "session/create", settings)
            : await OwnerAsync(HttpMethod.Post, $"session/{known}/refresh", new { });
        SessionId = grant.GetProperty("sessionId").GetString()!;
        var answer = JsonObject.Create(grant)!;
        answer["conversationId"] = ConversationId;
        answer["apiUrl"] = Server;
        return Results.Content(answer.ToJsonString(), "application/json");
    }
}
