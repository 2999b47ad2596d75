using System.Text;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;

namespace ChatBotKit.Server.Tests.Data;

/// <summary>Rows with a value in every column, so that a lost or swapped column is noticed.</summary>
internal static class Rows
{
    public static ConversationRow Conversation(string id = "c1", long? expiresAt = null) => new()
    {
        Id = id,
        AccountId = "account",
        Name = "name",
        Description = "description",
        ContactId = "contact",
        TaskId = "task",
        SpaceId = "space",
        BotId = "bot",
        Model = "model",
        Backstory = "backstory",
        DatasetId = "dataset",
        SkillsetId = "skillset",
        Privacy = true,
        Moderation = false,
        Meta = """{"a":1}""",
        ExpiresAt = expiresAt,
        CreatedAt = 10,
        UpdatedAt = 11,
    };

    /// <summary>What <see cref="Conversation"/> names.</summary>
    public static IReadOnlyList<ResourceRow> NamedByConversations =>
    [
        .. new[] { "contact", "task", "space", "bot", "dataset", "skillset" }.Select(kind =>
            new ResourceRow { Id = kind, Kind = kind, AccountId = "account", CreatedAt = 1, UpdatedAt = 1, Data = "{}"u8.ToArray() }),
    ];

    public static MessageRow Message(long position, string conversationId = "c1", string? id = null) => new()
    {
        Id = id ?? $"{conversationId}-m{position}",
        ConversationId = conversationId,
        Position = position,
        Type = "user",
        Text = $"text {position} ąż🙂",
        Name = "name",
        Description = "description",
        Meta = """{"b":2}""",
        Entities = "[]",
        CreatedAt = 100 + position,
        UpdatedAt = 200 + position,
    };

    public static RunRow Run(string id = "r1", string? conversationId = null, long startedAt = 50, long? endedAt = null) => new()
    {
        Id = id,
        AccountId = "account",
        ConversationId = conversationId,
        SessionId = "s1",
        LogId = id,
        Kind = "complete",
        StartedAt = startedAt,
        EndedAt = endedAt,
        EndReason = endedAt is null ? null : "stop",
    };

    public static SessionRow Session(string id = "s1", string conversationId = "c1") => new()
    {
        Id = id,
        AccountId = "account",
        ConversationId = conversationId,
        ContactId = "contact",
        Permissions = """["messages:read"]""",
        Origins = """["https://example.com"]""",
        Refreshable = true,
        CreatedAt = 20,
        ExpiresAt = 21,
        AbsoluteExpiresAt = 22,
        DurationInSeconds = 24,
        Generation = 25,
        PreviousUntil = 26,
        Limits = """{"messages":1}""",
        Meta = """{"c":3}""",
        UsedMessages = 27,
        UsedTokens = 28,
        UsedAttachmentBytes = 29,
        FirstUsedAt = 30,
        RefreshedAt = 31,
        RevokedAt = 23,
    };

    public static UsageRow Usage(string id = "u1") => new()
    {
        Id = id,
        AccountId = "account",
        ConversationId = "c1",
        SessionId = "s1",
        Model = "model",
        InputTokens = 3,
        OutputTokens = 4,
        Messages = 2,
        CreatedAt = 30,
    };

    public static IdempotencyRow Idempotency(string key = "key", long createdAt = 40) => new()
    {
        Scope = "scope",
        Key = key,
        RequestHash = [1, 2, 3],
        Response = [4, 5],
        ResultId = "r1",
        CreatedAt = createdAt,
    };

    public static LogAppend Log(long first, long last, string logId = "l1", long createdAt = 60) => new(
        logId, first, last, Encoding.UTF8.GetBytes($"{first}-{last}\n"), createdAt);

    public static WriteSet Set(params MessageRow[] messages) => new() { Messages = messages };
}
