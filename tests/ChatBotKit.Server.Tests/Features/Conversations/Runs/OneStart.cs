using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.Tests.ConversationEngine;
using ChatBotKit.TestModels;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace ChatBotKit.Server.Tests.Features;

/// <summary>One start of a server on a directory that is kept.</summary>
internal sealed class OneStart : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly HttpClient _http;

    private OneStart(WebApplication app)
    {
        _app = app;
        _http = ServerFactory.ClientOf(app);
    }

    public IStore Store => _app.Services.GetRequiredService<IStore>();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<OneStart> StartAsync(string directory, ScriptedModelServer model) =>
        new(await ServerFactory.StartInAsync(directory, settings: EngineServer.Settings(model)));

    public async Task<string> AddConversationAsync()
    {
        var accountId = (await Store.FindServerOwnerAsync(Token))!;
        var id = Ids.New();
        await Store.CommitAsync(new WriteSet
        {
            Conversation = new ConversationRow { Id = id, AccountId = accountId, CreatedAt = 1, UpdatedAt = 1 },
        });
        return id;
    }

    public async Task<RunLines> CompleteAsync(string conversationId) =>
        await RunLines.OpenAsync(await _http.OpenAsync(HttpMethod.Post, $"conversation/{conversationId}/complete", """{"text":"Hello"}"""));

    public async Task<RunTranscript> FollowAsync(string conversationId, string runId)
    {
        using var response = await _http.OpenAsync(HttpMethod.Get, $"conversation/{conversationId}/run/{runId}/stream", accept: null);
        return await RunTranscript.ReadAsync(response);
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _app.DisposeAsync();
    }
}
