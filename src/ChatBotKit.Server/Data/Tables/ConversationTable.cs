using ChatBotKit.Server.Changes;
using ChatBotKit.Server.Data.Rows;

namespace ChatBotKit.Server.Data;

/// <summary>The table of conversations.</summary>
internal static class ConversationTable
{
    public static ResourceColumn Contact { get; } = Column("ContactId");

    public static ResourceColumn Task { get; } = Column("TaskId");

    public static ResourceColumn Space { get; } = Column("SpaceId");

    public static ResourceColumn Bot { get; } = Column("BotId");

    public static ResourceColumn Dataset { get; } = Column("DatasetId");

    public static ResourceColumn Skillset { get; } = Column("SkillsetId");

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
            row.ExpiresAt, row.CreatedAt, row.UpdatedAt),
        references: [Contact, Task, Space, Bot, Dataset, Skillset]);

    private const string DeleteExpired = """
        DELETE FROM "Conversations" WHERE "Id" IN (
            SELECT "Id" FROM "Conversations" WHERE "ExpiresAt" < $1 ORDER BY "ExpiresAt" LIMIT $2)
        RETURNING "Id", "AccountId", "ContactId", "BotId", "TaskId"
        """;

    /// <summary>The query for the newest conversations of a bot in which people took part. Values: bot, account, number.</summary>
    public const string NewestOfBot = """
        SELECT "Id" FROM "Conversations" WHERE "BotId" = $1 AND "AccountId" = $2 AND "TaskId" IS NULL
            AND ("Meta" IS NULL OR "Meta" NOT LIKE '%"triggerIntegrationId":%')
        ORDER BY "CreatedAt" DESC, "Id" DESC LIMIT $3
        """;

    /// <summary>Sets a member of <c>meta</c> on SQLite. Values: conversation, name, value as JSON.</summary>
    public const string SetMetaOnSqlite =
        """UPDATE "Conversations" SET "Meta" = json_set(coalesce("Meta", '{}'), '$.' || $2, json($3)) WHERE "Id" = $1""";

    /// <summary>
    /// Sets a member of <c>meta</c> on PostgreSQL. Values: conversation, name, value as JSON. The other members keep their texts and their order,
    /// which jsonb would change.
    /// </summary>
    public const string SetMetaOnPostgres = """
        UPDATE "Conversations" SET "Meta" = (
            SELECT '{' || coalesce(string_agg(to_json(member.key)::text || ':' || member.value::text || ',', '' ORDER BY member.place)
                FILTER (WHERE member.key <> $2), '') || to_json($2)::text || ':' || $3 || '}'
            FROM json_each(CAST(coalesce("Meta", '{}') AS json)) WITH ORDINALITY AS member (key, value, place))
        WHERE "Id" = $1
        """;

    public static ValueTask<ConversationRow?> FindConversationAsync(this ISqlSession db, string id, string accountId) =>
        db.FirstAsync(Rows, """WHERE "Id" = $1 AND "AccountId" = $2""", id, accountId);

    /// <summary>Lists the newest conversations of a bot in which people took part, newest first: those of tasks and triggers are skipped.</summary>
    public static ValueTask<List<string>> ListNewestOfBotAsync(this ISqlSession db, string accountId, string botId, int take) => db.ListAsync(
        NewestOfBot, static row => row.GetString(0), botId, accountId, take);

    /// <summary>Stores a new conversation with its first messages.</summary>
    public static async ValueTask AddConversationAsync(
        this ISqlTransaction db, ConversationRow conversation, IReadOnlyList<MessageRow> messages)
    {
        await db.InsertAsync(Rows, conversation);
        await db.AddMessagesAsync(messages);
        foreach (var entry in conversation.EventsOfCreation(messages))
            await db.LogAsync(entry);
    }

    /// <summary>Updates the stored conversation.</summary>
    public static async ValueTask ChangeConversationAsync(this ISqlTransaction db, ConversationRow conversation)
    {
        await db.UpdateAsync(Rows, conversation);
        await db.LogAsync(conversation.Event(EventTypes.ConversationUpdate, conversation.UpdatedAt));
        db.Announce(conversation.Changed(ChangeKind.Updated));
    }

    /// <summary>Sets the contact of the conversation.</summary>
    public static async ValueTask LinkContactAsync(this ISqlTransaction db, ConversationRow conversation, string contactId, DateTimeOffset now)
    {
        await db.ExecuteAsync("""UPDATE "Conversations" SET "ContactId" = $2 WHERE "Id" = $1""", conversation.Id, contactId);
        conversation.ContactId = contactId;
        await db.LogAsync(conversation.Event(EventTypes.ConversationUpdate, now.ToUnixTimeMilliseconds()));
        db.Announce(conversation.Changed(ChangeKind.Updated));
    }

    /// <summary>Deletes the conversation and everything that belongs to it. The bytes of its files are deleted by due work.</summary>
    public static async ValueTask DeleteConversationAsync(this ISqlTransaction db, ConversationRow conversation, DateTimeOffset now)
    {
        await db.RemoveBlobsAsync(await db.ListBlobsAsync(conversation.Id), now);
        await db.ExecuteAsync("""DELETE FROM "Conversations" WHERE "Id" = $1""", conversation.Id);
        await db.LogAsync(conversation.Event(EventTypes.ConversationDelete, now.ToUnixTimeMilliseconds()));
        db.Announce(conversation.Changed(ChangeKind.Deleted));
    }

    /// <summary>Deletes one batch of expired conversations with everything that belongs to them.</summary>
    /// <param name="db">The transaction.</param>
    /// <param name="now">The time in Unix milliseconds.</param>
    /// <param name="take">The maximum number of conversations.</param>
    /// <returns>The number of deleted conversations.</returns>
    public static async ValueTask<int> DeleteExpiredConversationsAsync(this ISqlTransaction db, long now, int take)
    {
        var deleted = await db.ListAsync(
            DeleteExpired,
            row => new EventEntry(row.GetString(1), EventTypes.ConversationDelete, EventNumbers.Next(now))
            {
                ConversationId = row.GetString(0),
                ContactId = row.GetStringOrNull(2),
                BotId = row.GetStringOrNull(3),
                TaskId = row.GetStringOrNull(4),
            },
            now, take);
        foreach (var entry in deleted)
        {
            await db.LogAsync(entry);
            db.Announce(RowChanges.OfConversation(entry.ConversationId!, entry.AccountId, ChangeKind.Deleted));
        }

        return deleted.Count;
    }

    private static ResourceColumn Column(string name) => new("Conversations", name)
    {
        Changed = static (id, accountId) => RowChanges.OfConversation(id, accountId, ChangeKind.Updated),
    };
}
