using System.Text.Json;

namespace ChatBotKit.Server.Tests.ConversationEngine;

internal static class Sessions
{
    /// <summary>Creates a client with a session token of the conversation.</summary>
    public static async Task<HttpClient> ClientAsync(EngineServer server, string conversationId)
    {
        using var response = await server.PostAsync($"/v1/conversation/{conversationId}/session/create", new { }, accept: null);
        response.EnsureSuccessStatusCode();
        using var body = JsonDocument.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        return server.Server.Client(body.RootElement.GetProperty("token").GetString());
    }
}
