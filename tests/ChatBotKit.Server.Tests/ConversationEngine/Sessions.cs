namespace ChatBotKit.Server.Tests.ConversationEngine;

internal static class Sessions
{
    /// <summary>Creates a client with a session token of the conversation.</summary>
    public static async Task<HttpClient> ClientAsync(EngineServer server, string conversationId)
    {
        var session = await server.Http.ReadAsync(HttpMethod.Post, $"conversation/{conversationId}/session/create", "{}");
        return server.Server.Client(session.Text("token"));
    }
}
