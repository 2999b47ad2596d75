using ChatBotKit.Server.Data.Entities;

namespace ChatBotKit.Server.Data.Sqlite;

/// <summary>The column lists of the hot reads, each beside the code that reads a row of it.</summary>
internal static class SqliteRows
{
    public const string Conversation = """
        "Id", "AccountId", "Name", "Description", "ContactId", "TaskId", "SpaceId", "BotId", "Model", "Backstory",
        "DatasetId", "SkillsetId", "Privacy", "Moderation", "Meta", "ExpiresAt", "CreatedAt", "UpdatedAt"
        """;

    public const string Message = """
        "Id", "ConversationId", "Position", "Type", "Text", "Name", "Description", "Meta", "Entities", "CreatedAt", "UpdatedAt", "AnswerFrom"
        """;

    public const string LogBatch = """
        "LogId", "First", "Last", "Lines", "CreatedAt"
        """;

    public const string Run = """
        "Id", "AccountId", "ConversationId", "SessionId", "LogId", "Kind", "StartedAt", "EndedAt", "EndReason",
        "QuestionId", "QuestionText", "QuestionEntities"
        """;

    public const string Session = """
        "Id", "AccountId", "ConversationId", "ContactId", "Permissions", "Origins", "Refreshable", "CreatedAt", "ExpiresAt",
        "AbsoluteExpiresAt", "DurationInSeconds", "Generation", "PreviousUntil", "Limits", "Meta", "UsedMessages", "UsedTokens",
        "UsedAttachmentBytes", "FirstUsedAt", "RefreshedAt", "RevokedAt"
        """;

    public const string Contact = """
        "Id", "AccountId", "Fingerprint", "Verified", "Name", "Description", "Email", "Phone", "Nick", "Meta", "CreatedAt", "UpdatedAt"
        """;

    public const string ApiToken = """
        "Id", "AccountId", "Hash", "KeyId", "Name", "CreatedAt", "ExpiresAt", "LastUsedAt", "RevokedAt"
        """;

    public const string Idempotency = """
        "Scope", "Key", "RequestHash", "Response", "ResultId", "CreatedAt"
        """;

    public const string SigningKey = """
        "Id", "PublicJwk", "ProtectedPrivateKey", "CreatedAt", "ActiveFrom", "RetiredAt", "RevokedAt"
        """;

    public static ConversationEntity ReadConversation(SqliteRowReader row) => new()
    {
        Id = row.GetString(0),
        AccountId = row.GetString(1),
        Name = row.GetString(2),
        Description = row.GetString(3),
        ContactId = row.GetStringOrNull(4),
        TaskId = row.GetStringOrNull(5),
        SpaceId = row.GetStringOrNull(6),
        BotId = row.GetStringOrNull(7),
        Model = row.GetStringOrNull(8),
        Backstory = row.GetStringOrNull(9),
        DatasetId = row.GetStringOrNull(10),
        SkillsetId = row.GetStringOrNull(11),
        Privacy = row.GetBooleanOrNull(12),
        Moderation = row.GetBooleanOrNull(13),
        Meta = row.GetStringOrNull(14),
        ExpiresAt = row.GetInt64OrNull(15),
        CreatedAt = row.GetInt64(16),
        UpdatedAt = row.GetInt64(17),
    };

    public static MessageEntity ReadMessage(SqliteRowReader row) => new()
    {
        Id = row.GetString(0),
        ConversationId = row.GetString(1),
        Position = row.GetInt64(2),
        Type = row.GetString(3),
        Text = row.GetString(4),
        Name = row.GetString(5),
        Description = row.GetString(6),
        Meta = row.GetStringOrNull(7),
        Entities = row.GetStringOrNull(8),
        CreatedAt = row.GetInt64(9),
        UpdatedAt = row.GetInt64(10),
        AnswerFrom = row.GetStringOrNull(11),
    };

    public static LogBatchEntity ReadLogBatch(SqliteRowReader row) => new()
    {
        LogId = row.GetString(0),
        First = row.GetInt64(1),
        Last = row.GetInt64(2),
        Lines = row.GetBytes(3),
        CreatedAt = row.GetInt64(4),
    };

    public static RunEntity ReadRun(SqliteRowReader row) => new()
    {
        Id = row.GetString(0),
        AccountId = row.GetString(1),
        ConversationId = row.GetStringOrNull(2),
        SessionId = row.GetStringOrNull(3),
        LogId = row.GetString(4),
        Kind = row.GetString(5),
        StartedAt = row.GetInt64(6),
        EndedAt = row.GetInt64OrNull(7),
        EndReason = row.GetStringOrNull(8),
        QuestionId = row.GetStringOrNull(9),
        QuestionText = row.GetStringOrNull(10),
        QuestionEntities = row.GetStringOrNull(11),
    };

    public static SessionEntity ReadSession(SqliteRowReader row) => new()
    {
        Id = row.GetString(0),
        AccountId = row.GetString(1),
        ConversationId = row.GetString(2),
        ContactId = row.GetStringOrNull(3),
        Permissions = row.GetStringOrNull(4),
        Origins = row.GetStringOrNull(5),
        Refreshable = row.GetBoolean(6),
        CreatedAt = row.GetInt64(7),
        ExpiresAt = row.GetInt64(8),
        AbsoluteExpiresAt = row.GetInt64OrNull(9),
        DurationInSeconds = row.GetInt32(10),
        Generation = row.GetInt32(11),
        PreviousUntil = row.GetInt64OrNull(12),
        Limits = row.GetStringOrNull(13),
        Meta = row.GetStringOrNull(14),
        UsedMessages = row.GetInt32(15),
        UsedTokens = row.GetInt64(16),
        UsedAttachmentBytes = row.GetInt64(17),
        FirstUsedAt = row.GetInt64OrNull(18),
        RefreshedAt = row.GetInt64OrNull(19),
        RevokedAt = row.GetInt64OrNull(20),
    };

    public static ContactEntity ReadContact(SqliteRowReader row) => new()
    {
        Id = row.GetString(0),
        AccountId = row.GetString(1),
        Fingerprint = row.GetString(2),
        Verified = row.GetBoolean(3),
        Name = row.GetString(4),
        Description = row.GetString(5),
        Email = row.GetStringOrNull(6),
        Phone = row.GetStringOrNull(7),
        Nick = row.GetStringOrNull(8),
        Meta = row.GetStringOrNull(9),
        CreatedAt = row.GetInt64(10),
        UpdatedAt = row.GetInt64(11),
    };

    public static ApiTokenEntity ReadApiToken(SqliteRowReader row) => new()
    {
        Id = row.GetString(0),
        AccountId = row.GetString(1),
        Hash = row.GetBytes(2),
        KeyId = row.GetStringOrNull(3),
        Name = row.GetString(4),
        CreatedAt = row.GetInt64(5),
        ExpiresAt = row.GetInt64OrNull(6),
        LastUsedAt = row.GetInt64OrNull(7),
        RevokedAt = row.GetInt64OrNull(8),
    };

    public static IdempotencyEntity ReadIdempotency(SqliteRowReader row) => new()
    {
        Scope = row.GetString(0),
        Key = row.GetString(1),
        RequestHash = row.GetBytes(2),
        Response = row.GetBytesOrNull(3),
        ResultId = row.GetStringOrNull(4),
        CreatedAt = row.GetInt64(5),
    };

    public static SigningKeyEntity ReadSigningKey(SqliteRowReader row) => new()
    {
        Id = row.GetString(0),
        PublicJwk = row.GetString(1),
        ProtectedPrivateKey = row.GetBytes(2),
        CreatedAt = row.GetInt64(3),
        ActiveFrom = row.GetInt64(4),
        RetiredAt = row.GetInt64OrNull(5),
        RevokedAt = row.GetInt64OrNull(6),
    };
}
