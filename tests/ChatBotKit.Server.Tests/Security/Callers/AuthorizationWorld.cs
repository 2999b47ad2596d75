using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.Security;

namespace ChatBotKit.Server.Tests.Security;

/// <summary>The conversation of one row with everything that belongs to it. The ids are known before it is stored.</summary>
internal sealed class AuthorizationWorld
{
    private readonly IReadOnlyList<string> _permissions;

    /// <param name="accountId">The owner.</param>
    /// <param name="permissions">The permissions of the session.</param>
    public AuthorizationWorld(string accountId, IEnumerable<string> permissions)
    {
        AccountId = accountId;
        _permissions = [.. permissions];
    }

    /// <summary>All permissions of a session.</summary>
    public static IReadOnlyList<string> AllPermissions { get; } = SessionPermissionNames.Of(SessionPermissions.All);

    public string AccountId { get; }

    public string ConversationId { get; } = Ids.New();

    public string MessageId { get; } = Ids.New();

    public string RunId { get; } = Ids.New();

    /// <summary>The session in the paths, which also started the run.</summary>
    public SessionRow Session => field ??= NewSession(_permissions);

    public string? Limits { get; init; }

    public string? Origins { get; init; }

    public string? SessionContactId { get; init; }

    /// <summary>Further sessions of the conversation.</summary>
    public List<SessionRow> Others { get; } = [];

    /// <summary>Creates a refreshable session of the conversation in the middle of its lifetime, without storing it.</summary>
    public SessionRow NewSession(IEnumerable<string> permissions)
    {
        var now = TimeProvider.System.GetUtcNow();
        return new()
        {
            Id = Ids.New(),
            AccountId = AccountId,
            ConversationId = ConversationId,
            Permissions = $"[{string.Join(',', permissions.Select(name => $"\"{name}\""))}]",
            Limits = Limits,
            Origins = Origins,
            ContactId = SessionContactId,
            Refreshable = true,
            DurationInSeconds = 3600,
            CreatedAt = now.AddMinutes(-30).ToUnixTimeMilliseconds(),
            ExpiresAt = now.AddMinutes(30).ToUnixTimeMilliseconds(),
            AbsoluteExpiresAt = now.AddHours(9).ToUnixTimeMilliseconds(),
        };
    }

    public MessageRow NewMessage() => new()
    {
        Id = MessageId,
        ConversationId = ConversationId,
        Position = 1,
        Type = "bot",
        Text = "Hello",
        CreatedAt = 1,
        UpdatedAt = 1,
    };

    /// <summary>Creates a run of the session.</summary>
    public RunRow NewRun() => new()
    {
        Id = RunId,
        AccountId = AccountId,
        ConversationId = ConversationId,
        SessionId = Session.Id,
        LogId = RunId,
        Kind = "complete",
        StartedAt = 1,
        EndedAt = 2,
        EndReason = "stop",
    };

    /// <summary>Fills the path with the ids of this world.</summary>
    public string Fill(string path) => path
        .Replace("{conversationId}", ConversationId, StringComparison.Ordinal)
        .Replace("{sessionId}", Session.Id, StringComparison.Ordinal)
        .Replace("{messageId}", MessageId, StringComparison.Ordinal)
        .Replace("{runId}", RunId, StringComparison.Ordinal)
        .Replace("{channelId}", ConversationId, StringComparison.Ordinal);
}
