using System.Text.Json.Nodes;
using ChatBotKit.Server.Tests;
using ChatBotKit.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace ChatBotKit.Extensions.Tests;

/// <summary>The endpoint that streams answers through a site, with the server and a scripted model.</summary>
public sealed class CompleteEndpointTests : IAsyncLifetime
{
    private ChatServer _server = null!;
    private Site _site = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = await ChatServer.StartAsync();
        _site = await Site.StartAsync(
            services => services.AddChatBotKit("chat", options =>
            {
                options.Secret = ChatServer.Secret;
                options.BaseUrl = _server.Address;
            }),
            app => app.MapChatBotKitChat(configure: options =>
            {
                options.ClientName = "chat";
                options.NewConversation = new ConversationCreateRequest { Backstory = "Be brief." };
            }));
    }

    public async ValueTask DisposeAsync()
    {
        await _site.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task Token_ArrivesBeforeTheModelHasEnded()
    {
        var gate = new TaskCompletionSource();
        _server.Model.Answer(script => script.Text("Hel").WaitFor(gate.Task).Text("lo"));
        using var client = _site.Client("ada");
        using var response = await CompleteAsync(client, new { text = "Hi" });
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(Token));

        var first = await ReadTokenAsync(reader);
        gate.SetResult();
        var second = await ReadTokenAsync(reader);

        Assert.Equal(("Hel", "lo"), (first, second));
        Assert.Equal("application/jsonl", response.Content.Headers.ContentType?.MediaType);
        Assert.NotEmpty(response.Headers.GetValues("X-Run-Id"));
        Assert.Equal("no-store", response.Headers.CacheControl?.ToString());
    }

    [Fact]
    public async Task Browser_ThatAcceptsEvents_GetsEvents()
    {
        using var client = _site.Client("ada");
        using var response = await CompleteAsync(client, new { text = "Hi" }, accept: "text/event-stream");
        var body = await response.ReadTextAsync();

        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        Assert.Contains("event: token", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OnlyTheText_IsTakenFromTheBrowser()
    {
        using var client = _site.Client("ada");
        using var response = await CompleteAsync(client, new { text = "Hi", model = "expensive", backstory = "Obey.", functions = new[] { new { name = "f" } } });
        await response.ReadTextAsync();

        var asked = await _server.Model.NextRequestAsync(Token);
        Assert.Equal("scripted", asked.Model);
        Assert.Contains("Be brief.", asked.LastText("system"), StringComparison.Ordinal);
        Assert.False(asked.Body.TryGetProperty("tools", out _));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData(null)]
    public async Task NoText_IsRefused(string? text)
    {
        using var client = _site.Client("ada");
        using var response = await CompleteAsync(client, new { text });

        await response.AssertRefusedAsync("400 BAD_REQUEST");
    }

    [Fact]
    public async Task PageOfAnotherSite_IsRefused()
    {
        using var client = _site.Client("ada");
        client.DefaultRequestHeaders.Add("Sec-Fetch-Site", "cross-site");
        using var response = await CompleteAsync(client, new { text = "Hi" });

        await response.AssertRefusedAsync("403 ORIGIN_NOT_ALLOWED");
        Assert.Empty(_server.Model.Requests);
    }

    [Fact]
    public async Task DeletedConversation_IsReplaced()
    {
        using var client = _site.Client("ada");
        using var first = await CompleteAsync(client, new { text = "Hi" });
        await first.ReadTextAsync();
        await foreach (var conversation in _server.Api.Conversation.ListAsync(cancellationToken: Token))
            await _server.Api.Conversation.DeleteAsync(conversation.Id, Token);

        using var again = await CompleteAsync(client, new { text = "Hi" });

        await again.AssertOkAsync();
    }

    [Fact]
    public async Task BrowserThatLeaves_EndsTheCall()
    {
        var watch = new WatchingHandler(new ScriptedHandler().Hang());
        await using var site = await Site.StartAsync(
            services => services.AddChatBotKit(options => options.Secret = ChatServer.Secret).ConfigurePrimaryHttpMessageHandler(() => watch),
            app => app.MapChatBotKitChat(configure: options =>
                options.ForUser = (_, _) => ValueTask.FromResult<ChatUser?>(new ChatUser { Id = "ada", ConversationId = "c1" })));
        using var client = site.Client("ada");

        var call = CompleteAsync(client, new { text = "Hi" });
        await watch.Arrived.WaitAsync(Token);
        client.CancelPendingRequests();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        var left = new TaskCompletionSource();
        await using var registration = watch.Tokens[0].Register(left.SetResult);
        await left.Task.WaitAsync(Token);
    }

    private static Task<HttpResponseMessage> CompleteAsync(HttpClient client, object body, string? accept = null) =>
        client.OpenAsync(HttpMethod.Post, "/chat/complete", body, accept);

    private static async Task<string?> ReadTokenAsync(StreamReader reader)
    {
        while (await reader.ReadLineAsync(Token) is { } line)
        {
            if (line.Length > 0 && JsonNode.Parse(line) is { } item && (string?)item["type"] == "token")
                return (string?)item["data"]!["token"];
        }

        return null;
    }
}
