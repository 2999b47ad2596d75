using ChatBotKit.Server.Data.Entities;
using Microsoft.Data.Sqlite;

namespace ChatBotKit.Server.Data.Sqlite;

/// <summary>The column lists of the hot reads, each beside the code that reads a row of it.</summary>
internal static class SqliteRows
{
    public const string Conversation = """
        "Id", "AccountId", "Name", "Description", "ContactId", "TaskId", "SpaceId", "BotId", "Model", "Backstory",
        "DatasetId", "SkillsetId", "Privacy", "Moderation", "Meta", "ExpiresAt", "CreatedAt", "UpdatedAt"
        """;

    public const string Message = """
        "Id", "ConversationId", "Position", "Type", "Text", "Name", "Description", "Meta", "Entities", "CreatedAt", "UpdatedAt"
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
        "Id", "AccountId", "Hash", "Name", "CreatedAt", "RevokedAt"
        """;

    public const string Idempotency = """
        "Scope", "Key", "RequestHash", "Response", "ResultId", "CreatedAt"
        """;

    public const string SigningKey = """
        "Id", "PublicJwk", "ProtectedPrivateKey", "CreatedAt", "ActiveFrom", "RetiredAt", "RevokedAt"
        """;

    public static ConversationEntity ReadConversation(SqliteDataReader row) => new()
    {
        Id = row.GetString(0),
        AccountId = row.GetString(1),
        Name = row.GetString(2),
        Description = row.GetString(3),
        ContactId = Text(row, 4),
        TaskId = Text(row, 5),
        SpaceId = Text(row, 6),
        BotId = Text(row, 7),
        Model = Text(row, 8),
        Backstory = Text(row, 9),
        DatasetId = Text(row, 10),
        SkillsetId = Text(row, 11),
        Privacy = Flag(row, 12),
        Moderation = Flag(row, 13),
        Meta = Text(row, 14),
        ExpiresAt = Number(row, 15),
        CreatedAt = row.GetInt64(16),
        UpdatedAt = row.GetInt64(17),
    };

    public static MessageEntity ReadMessage(SqliteDataReader row) => new()
    {
        Id = row.GetString(0),
        ConversationId = row.GetString(1),
        Position = row.GetInt64(2),
        Type = row.GetString(3),
        Text = row.GetString(4),
        Name = row.GetString(5),
        Description = row.GetString(6),
        Meta = Text(row, 7),
        Entities = Text(row, 8),
        CreatedAt = row.GetInt64(9),
        UpdatedAt = row.GetInt64(10),
    };

    public static LogBatchEntity ReadLogBatch(SqliteDataReader row) => new()
    {
        LogId = row.GetString(0),
        First = row.GetInt64(1),
        Last = row.GetInt64(2),
        Lines = row.GetFieldValue<byte[]>(3),
        CreatedAt = row.GetInt64(4),
    };

    public static RunEntity ReadRun(SqliteDataReader row) => new()
    {
        Id = row.GetString(0),
        AccountId = row.GetString(1),
        ConversationId = Text(row, 2),
        SessionId = Text(row, 3),
        LogId = row.GetString(4),
        Kind = row.GetString(5),
        StartedAt = row.GetInt64(6),
        EndedAt = Number(row, 7),
        EndReason = Text(row, 8),
        QuestionId = Text(row, 9),
        QuestionText = Text(row, 10),
        QuestionEntities = Text(row, 11),
    };

    public static SessionEntity ReadSession(SqliteDataReader row) => new()
    {
        Id = row.GetString(0),
        AccountId = row.GetString(1),
        ConversationId = row.GetString(2),
        ContactId = Text(row, 3),
        Permissions = Text(row, 4),
        Origins = Text(row, 5),
        Refreshable = row.GetBoolean(6),
        CreatedAt = row.GetInt64(7),
        ExpiresAt = row.GetInt64(8),
        AbsoluteExpiresAt = Number(row, 9),
        DurationInSeconds = row.GetInt32(10),
        Generation = row.GetInt32(11),
        PreviousUntil = Number(row, 12),
        Limits = Text(row, 13),
        Meta = Text(row, 14),
        UsedMessages = row.GetInt32(15),
        UsedTokens = row.GetInt64(16),
        UsedAttachmentBytes = row.GetInt64(17),
        FirstUsedAt = Number(row, 18),
        RefreshedAt = Number(row, 19),
        RevokedAt = Number(row, 20),
    };

    public static ContactEntity ReadContact(SqliteDataReader row) => new()
    {
        Id = row.GetString(0),
        AccountId = row.GetString(1),
        Fingerprint = row.GetString(2),
        Verified = row.GetBoolean(3),
        Name = row.GetString(4),
        Description = row.GetString(5),
        Email = Text(row, 6),
        Phone = Text(row, 7),
        Nick = Text(row, 8),
        Meta = Text(row, 9),
        CreatedAt = row.GetInt64(10),
        UpdatedAt = row.GetInt64(11),
    };

    public static ApiTokenEntity ReadApiToken(SqliteDataReader row) => new()
    {
        Id = row.GetString(0),
        AccountId = row.GetString(1),
        Hash = row.GetFieldValue<byte[]>(2),
        Name = row.GetString(3),
        CreatedAt = row.GetInt64(4),
        RevokedAt = Number(row, 5),
    };

    public static IdempotencyEntity ReadIdempotency(SqliteDataReader row) => new()
    {
        Scope = row.GetString(0),
        Key = row.GetString(1),
        RequestHash = row.GetFieldValue<byte[]>(2),
        Response = row.IsDBNull(3) ? null : row.GetFieldValue<byte[]>(3),
        ResultId = Text(row, 4),
        CreatedAt = row.GetInt64(5),
    };

    public static SigningKeyEntity ReadSigningKey(SqliteDataReader row) => new()
    {
        Id = row.GetString(0),
        PublicJwk = row.GetString(1),
        ProtectedPrivateKey = row.GetFieldValue<byte[]>(2),
        CreatedAt = row.GetInt64(3),
        ActiveFrom = row.GetInt64(4),
        RetiredAt = Number(row, 5),
        RevokedAt = Number(row, 6),
    };

    private static string? Text(SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private static long? Number(SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetInt64(column);

    private static bool? Flag(SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetBoolean(column);
}
