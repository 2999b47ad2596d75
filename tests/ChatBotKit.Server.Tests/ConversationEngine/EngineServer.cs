using System.Text.Json.Nodes;
using ChatBotKit.Server.ConversationEngine;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;
using ChatBotKit.TestModels;
using Microsoft.Extensions.DependencyInjection;

namespace ChatBotKit.Server.Tests.ConversationEngine;

/// <summary>A server with scripted models, and helpers for tests of runs.</summary>
internal sealed class EngineServer : IAsyncDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private EngineServer(ServerFactory server, ScriptedModelServer model)
    {
        Server = server;
        Model = model;
        Http = server.Client();
    }

    public ServerFactory Server { get; }

    public ScriptedModelServer Model { get; }

    /// <summary>A client with the owner's API token.</summary>
    public HttpClient Http { get; }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <param name="time">The server's clock; null for the real one.</param>
    /// <param name="patientWithModels">Whether a model may be silent for a day, for tests that move the clock.</param>
    /// <param name="services">Replaces services.</param>
    /// <param name="more">Settings besides those of the model.</param>
    public static async Task<EngineServer> StartAsync(
        TimeProvider? time = null, bool patientWithModels = false, Action<IServiceCollection>? services = null,
        params (string Name, string Value)[] more)
    {
        var model = await ScriptedModelServer.StartAsync(Token);
        var settings = Settings(model);
        if (patientWithModels)
            settings["OPENAI_FIRST_BYTE_SECONDS"] = settings["OPENAI_SILENCE_SECONDS"] = "86400";
        foreach (var (name, value) in more)
            settings[name] = value;
        return new EngineServer(await ServerFactory.StartAsync(time: time, settings: settings, services: services), model);
    }

    public static Dictionary<string, string?> Settings(ScriptedModelServer model) => new()
    {
        ["OPENAI_BASE_URL"] = model.BaseUrl.ToString(),
        ["OPENAI_MODELS"] = "scripted",
        ["CHATBOTKIT_MODEL_FALLBACK"] = "openai",
    };

    public async Task<string> AddConversationAsync(string? backstory = null, string? model = null, bool? moderation = null)
    {
        var conversation = new ConversationRow
        {
            Id = Ids.New(),
            AccountId = await Server.OwnerAccountIdAsync(),
            Backstory = backstory,
            Model = model,
            Moderation = moderation,
            CreatedAt = 1,
            UpdatedAt = 1,
        };
        await Server.Store.CommitAsync(new WriteSet { Conversation = conversation });
        return conversation.Id;
    }

    /// <summary>Stores a message, and gives its id.</summary>
    public Task<string> AddMessageAsync(string conversationId, string type, string text, JsonNode? meta = null) =>
        AppendAsync(conversationId, new NewMessage(type, text) { Meta = meta?.ToJsonString() });

    /// <summary>Sends a request and reads the events to the end, without heartbeats.</summary>
    public async Task<RunTranscript> RunAsync(string path, object body, string? key = null, HttpClient? http = null)
    {
        using var response = await (http ?? Http).OpenAsync(HttpMethod.Post, path, body, key: key);
        return await RunTranscript.ReadAsync(response);
    }

    public Task<RunTranscript> CompleteAsync(string conversationId, object body, string? key = null) =>
        RunAsync($"/v1/conversation/{conversationId}/complete", body, key);

    /// <summary>Executes a stateless run with one user message.</summary>
    public Task<RunTranscript> AskAsync(string text = "Hello", object? functions = null, object? extensions = null, object? limits = null, string? model = null, string? backstory = null) =>
        RunAsync("/v1/conversation/complete", new
        {
            messages = new[] { new { type = "user", text } },
            functions,
            extensions,
            limits,
            model,
            backstory,
        });

    public async Task<RunTranscript> FollowAsync(string conversationId, string runId, long? after = null)
    {
        var query = after is null ? "" : $"?after={after}";
        using var response = await Http.OpenAsync(HttpMethod.Get, $"conversation/{conversationId}/run/{runId}/stream{query}");
        return await RunTranscript.ReadAsync(response);
    }

    public Task<IReadOnlyList<MessageRow>> MessagesAsync(string conversationId) => MessagesAsync(Server.Store, conversationId);

    public static async Task<IReadOnlyList<MessageRow>> MessagesAsync(IStore store, string conversationId) =>
        await store.ListMessagesAsync(conversationId, cursor: null, descending: false, take: 1000, maxCharacters: int.MaxValue, Token);

    public async Task PublishAsync(string channel, object message, HttpClient? http = null) =>
        await (http ?? Http).ReadAsync(HttpMethod.Post, $"channel/{channel}/publish", new { message });

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await Server.DisposeAsync();
        await Model.DisposeAsync();
    }

    private async Task<string> AppendAsync(string conversationId, NewMessage message)
    {
        var holder = Server.App.Services.GetRequiredService<IConversationHolder>();
        (await holder.AppendAsync(await Server.OwnerAccountIdAsync(), conversationId, message, kept: null)).ThrowIfRefused();
        return message.Id;
    }
}
