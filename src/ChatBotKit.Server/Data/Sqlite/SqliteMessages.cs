using ChatBotKit.Server.Data.Rows;
using Microsoft.Data.Sqlite;

namespace ChatBotKit.Server.Data.Sqlite;

/// <summary>The prepared reads of messages on one connection. Not thread-safe.</summary>
internal sealed class SqliteMessages(SqliteConnection connection) : IDisposable
{
    private readonly SqliteStatement _oldest = Select(connection, MessageTable.Oldest);
    private readonly SqliteStatement _newest = Select(connection, MessageTable.Newest);
    private readonly SqliteStatement _after = Select(connection, MessageTable.After);
    private readonly SqliteStatement _before = Select(connection, MessageTable.Before);
    private readonly SqliteStatement _byId = Select(connection, MessageTable.InConversation);

    /// <summary>Returns the newest messages, newest first; at least one if there is one, because it has the last position.</summary>
    public List<MessageRow> Newest(string conversationId, int maxMessages)
    {
        using var rows = _newest.Query(conversationId, maxMessages);
        var messages = new List<MessageRow>();
        var characters = 0L;
        while (rows.Read())
        {
            var message = MessageTable.Rows.Read(rows);
            characters += message.Text.Length + (message.Meta?.Length ?? 0);
            if (characters > ConversationSnapshot.MaxCharacters && messages.Count > 0)
                break;
            messages.Add(message);
        }

        return messages;
    }

    public IReadOnlyList<MessageRow> List(string conversationId, string? cursor, bool descending, int take, int maxCharacters)
    {
        var rows = cursor is null
            ? (descending ? _newest : _oldest).Query(conversationId, take)
            : (descending ? _before : _after).Query(conversationId, take, cursor);
        using (rows)
        {
            var messages = new List<MessageRow>();
            for (var held = 0L; held < maxCharacters && rows.Read(); held += messages[^1].Characters)
                messages.Add(MessageTable.Rows.Read(rows));
            return messages;
        }
    }

    public MessageRow? Find(string conversationId, string messageId) =>
        SqliteRows.Single(_byId.Query(messageId, conversationId), MessageTable.Rows.Read);

    public void Dispose()
    {
        foreach (var statement in new[] { _oldest, _newest, _after, _before, _byId })
            statement.Dispose();
    }

    private static SqliteStatement Select(SqliteConnection connection, string condition) =>
        new(connection, MessageTable.Rows.Select(condition));
}
