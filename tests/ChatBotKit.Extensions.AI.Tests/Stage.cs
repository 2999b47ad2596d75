using ChatBotKit.Server.Tests;
using ChatBotKit.TestModels;
using Microsoft.Extensions.AI;

namespace ChatBotKit.Extensions.AI.Tests;

/// <summary>The server with a scripted model, and the SDK.</summary>
internal sealed class Stage : IAsyncDisposable
{
    private readonly ServerFactory _server;

    private Stage(ServerFactory server, ScriptedModelServer model)
    {
        _server = server;
        Model = model;
        Api = new ChatBotKitApi(Options);
    }

    public static CancellationToken Token => TestContext.Current.CancellationToken;

    public ScriptedModelServer Model { get; }

    public ChatBotKitApi Api { get; }

    public ChatBotKitClientOptions Options => new() { Secret = ServerFactory.OwnerSecret, BaseUrl = _server.Address };

    public static async Task<Stage> StartAsync()
    {
        var model = await ScriptedModelServer.StartAsync(Token);
        var server = await ServerFactory.StartAsync(settings: new Dictionary<string, string?>
        {
            ["OPENAI_BASE_URL"] = model.BaseUrl.AbsoluteUri,
            ["OPENAI_MODELS"] = "scripted,qwen/qwen3:free",
        });
        return new Stage(server, model);
    }

    /// <summary>Creates a client of a new stored conversation.</summary>
    public async Task<ChatBotKitChatClient> StoredAsync(ChatBotKitChatClientOptions? options = null) =>
        Api.AsChatClient((options ?? new ChatBotKitChatClientOptions()) with { ConversationId = await ConversationAsync() });

    public async Task<string> ConversationAsync(string? backstory = null) =>
        (await Api.Conversation.CreateAsync(new ConversationCreateRequest { Backstory = backstory }, Token)).Id;

    public async Task<IReadOnlyList<string>> StoredMessagesAsync(string conversationId)
    {
        var messages = await Api.Conversation.Message.ListAsync(conversationId, cancellationToken: Token);
        return [.. messages.Items.Select(message => $"{message.Type}: {message.Text}")];
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await Model.DisposeAsync();
    }
}

/// <summary>Functions of tests for the model.</summary>
internal static class Tools
{
    public static AIFunction Weather(Func<string, object?> answer) =>
        AIFunctionFactory.Create((string city) => answer(city), "getWeather", "Tells the weather of a city.");

    public static AIFunction Weather(Func<string, CancellationToken, Task<string>> answer) =>
        AIFunctionFactory.Create((string city, CancellationToken token) => answer(city, token), "getWeather", "Tells the weather of a city.");

    public static ChatOptions Of(params AITool[] tools) => new() { Tools = [.. tools] };
}
