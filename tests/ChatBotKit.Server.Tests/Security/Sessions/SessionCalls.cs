using System.Text.Json;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.JsonWebTokens;

namespace ChatBotKit.Server.Tests.Security;

/// <summary>A created session: the response to its creation, and a client with its token.</summary>
internal sealed class MintedSession(ServerFactory server, string conversationId, JsonElement answer)
{
    public ServerFactory Server { get; } = server;

    public string ConversationId { get; } = conversationId;

    public JsonElement Answer { get; } = answer;

    public string Id => Answer.GetProperty("sessionId").GetString()!;

    public string Token => Answer.GetProperty("token").GetString()!;

    public long ExpiresAt => Answer.GetProperty("expiresAt").GetInt64();

    public int Generation => new JsonWebToken(Token).GetPayloadValue<int>("gen");

    public HttpClient Holder => field ??= Server.Client(Token);

    public string Path(string operation) => $"conversation/{ConversationId}/session/{Id}/{operation}";

    /// <summary>Reads the conversation with this token, and returns 200 or the status with the error code.</summary>
    public async Task<string> LookAsync()
    {
        using var response = await Holder.SendAsync(HttpMethod.Get, $"conversation/{ConversationId}/message/list");
        return await response.CodeAsync();
    }

    /// <summary>Refreshes the session, and returns it with the new token.</summary>
    public async Task<MintedSession> RefreshAsync(string body = "{}", HttpClient? by = null, string? key = null) =>
        new(Server, ConversationId, await (by ?? Holder).ReadAsync(HttpMethod.Post, Path("refresh"), body, key));
}

internal static class SessionCalls
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<MintedSession> MintAsync(
        this ServerFactory server, string? conversationId = null, string body = "{}", string? key = null)
    {
        conversationId ??= await server.AddConversationAsync();
        using var owner = server.Client();
        return new(server, conversationId, await owner.ReadAsync(
            HttpMethod.Post, $"conversation/{conversationId}/session/create", body, key));
    }

    /// <summary>Returns the session with its newest token.</summary>
    public static async Task<MintedSession> NewestAsync(this MintedSession session)
    {
        var row = await session.RowAsync();
        var token = await session.Server.App.Services.GetRequiredService<Server.Security.SessionTokens>().MintAsync(row, Token);
        return new(session.Server, session.ConversationId, JsonElement.Parse($$"""{"sessionId":"{{row.Id}}","token":"{{token}}","expiresAt":{{row.ExpiresAt}}}"""));
    }

    public static async Task<SessionRow> RowAsync(this MintedSession session) =>
        (await session.Server.Store.FindSessionAsync(session.Id, Token))!;

    /// <summary>Returns the types of the session's audit records in their order.</summary>
    public static async Task<IReadOnlyList<string>> AuditAsync(this MintedSession session) =>
        (await session.Server.Store.ListAsync(AuditTable.Rows, "WHERE \"SessionId\" = $1 ORDER BY \"Number\"", session.Id))
            .ConvertAll(row => row.Type).FindAll(type => type is not ("use" or "refuse"));
}
