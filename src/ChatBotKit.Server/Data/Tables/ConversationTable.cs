using ChatBotKit.Server.Changes;
using ChatBotKit.Server.Data.Rows;

namespace ChatBotKit.Server.Data;

/// <summary>The table of conversations.</summary>
internal static class ConversationTable
{
    public static SqlTable<ConversationRow> Rows { get; } = new(
        "Conversations",
        [
            "Id", "AccountId", "Name", "Description", "ContactId", "TaskId", "SpaceId", "BotId", "Model", "Backstory",
            "DatasetId", "SkillsetId", "Privacy", "Moderation", "Meta", "ExpiresAt", "CreatedAt", "UpdatedAt",
        ],
        static row => new()
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
        },
        static (row, to) => to.Fill(
            row.Id, row.AccountId, row.Name, row.Description, row.ContactId, row.TaskId, row.SpaceId, row.BotId,
            row.Model, row.Backstory, row.DatasetId, row.SkillsetId, row.Privacy, row.Moderation, row.Meta,
            row.ExpiresAt, row.CreatedAt, row.UpdatedAt));

    /// <summary>Clears the reference to a bot. Values: bot.</summary>
    public const string ForgetBot = """UPDATE "Conversations" SET "BotId" = NULL WHERE "BotId" = $1""";

    /// <summary>Clears the reference to a dataset. Values: dataset.</summary>
    public const string ForgetDataset = """UPDATE "Conversations" SET "DatasetId" = NULL WHERE "DatasetId" = $1""";

    /// <summary>Clears the reference to a skillset. Values: skillset.</summary>
    public const string ForgetSkillset = """UPDATE "Conversations" SET "SkillsetId" = NULL WHERE "SkillsetId" = $1""";

    /// <summary>Clears the reference to a task. Values: task.</summary>
    public const string ForgetTask = """UPDATE "Conversations" SET "TaskId" = NULL WHERE "TaskId" = $1""";

    /// <summary>Clears the reference to a space. Values: space.</summary>
    public const string ForgetSpace = """UPDATE "Conversations" SET "SpaceId" = NULL WHERE "SpaceId" = $1""";

    /// <summary>Deletes some conversations that expired before a moment, and gives id and account of each. Values: moment, how many.</summary>
    public const string DeleteExpired = """
        DELETE FROM "Conversations" WHERE "Id" IN (
            SELECT "Id" FROM "Conversations" WHERE "ExpiresAt" < $1 ORDER BY "ExpiresAt" LIMIT $2)
        RETURNING "Id", "AccountId"
        """;

    /// <summary>What to announce of a row that <see cref="DeleteExpired"/> gives.</summary>
    public static Change Expired(SqlRow row) => RowChanges.OfConversation(row.GetString(0), row.GetString(1), ChangeKind.Deleted);

    public static ValueTask<ConversationRow?> FindConversationAsync(this ISqlSession db, string id, string accountId) =>
        db.FirstAsync(Rows, """WHERE "Id" = $1 AND "AccountId" = $2""", id, accountId);

    /// <summary>Stores the conversation as it is now.</summary>
    public static async ValueTask ChangeConversationAsync(this ISqlTransaction db, ConversationRow conversation)
    {
        await db.UpdateAsync(Rows, conversation);
        db.Announce(conversation.Changed(ChangeKind.Updated));
    }

    /// <summary>Says who the conversation is with.</summary>
    public static async ValueTask LinkContactAsync(this ISqlTransaction db, ConversationRow conversation, string contactId)
    {
        await db.ExecuteAsync("""UPDATE "Conversations" SET "ContactId" = $2 WHERE "Id" = $1""", conversation.Id, contactId);
        db.Announce(conversation.Changed(ChangeKind.Updated) with { ContactId = contactId });
    }

    /// <summary>Deletes the conversation with all that belongs to it.</summary>
    public static async ValueTask DeleteConversationAsync(this ISqlTransaction db, ConversationRow conversation)
    {
        await db.ExecuteAsync("""DELETE FROM "Conversations" WHERE "Id" = $1""", conversation.Id);
        db.Announce(conversation.Changed(ChangeKind.Deleted));
    }
}
