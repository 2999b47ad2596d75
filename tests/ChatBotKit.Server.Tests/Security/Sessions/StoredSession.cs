using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.Security;
using Microsoft.Extensions.DependencyInjection;

namespace ChatBotKit.Server.Tests.Security;

/// <summary>Sessions with custom terms that are stored directly instead of being created over HTTP.</summary>
internal static class StoredSession
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <returns>A session with a duration of an hour.</returns>
    public static async Task<SessionRow> AddSessionAsync(
        this ServerFactory server, string conversationId, string? origins = null, string? limits = null,
        string? permissions = null, string? contactId = null, int usedMessages = 0)
    {
        var now = server.App.Services.GetRequiredService<TimeProvider>().GetUtcNow();
        var session = new SessionRow
        {
            Id = Ids.New(),
            AccountId = await server.OwnerAccountIdAsync(),
            ConversationId = conversationId,
            Origins = origins,
            Limits = limits,
            Permissions = permissions,
            ContactId = contactId,
            UsedMessages = usedMessages,
            CreatedAt = now.ToUnixTimeMilliseconds(),
            ExpiresAt = now.AddHours(1).ToUnixTimeMilliseconds(),
            DurationInSeconds = 3600,
        };
        await server.Store.CommitAsync(new() { Session = session });
        return session;
    }

    /// <summary>Creates a client with the session's token, and with this origin if there is one.</summary>
    public static async Task<HttpClient> ClientAsync(this ServerFactory server, SessionRow session, string? origin = null)
    {
        var client = server.Client(await server.App.Services.GetRequiredService<SessionTokens>().MintAsync(session, Token));
        if (origin is not null)
            client.DefaultRequestHeaders.Add("Origin", origin);
        return client;
    }

    /// <summary>Returns the row as it is stored now.</summary>
    public static async Task<SessionRow> StoredAsync(this ServerFactory server, SessionRow session) =>
        (await server.Store.FindSessionAsync(session.Id, Token))!;
}
