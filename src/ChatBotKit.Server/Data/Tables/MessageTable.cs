using ChatBotKit.Server.Data.Entities;

namespace ChatBotKit.Server.Data;

/// <summary>The table of messages.</summary>
internal static class MessageTable
{
    public static SqlTable<MessageEntity> Rows { get; } = new(
        "Messages",
        [
            "Id", "ConversationId", "Position", "Type", "Text", "Name", "Description", "Meta", "Entities", "AnswerFrom",
            "CreatedAt", "UpdatedAt",
        ],
        static row => new()
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
            AnswerFrom = row.GetStringOrNull(9),
            CreatedAt = row.GetInt64(10),
            UpdatedAt = row.GetInt64(11),
        },
        static (row, to) => to.Fill(
            row.Id, row.ConversationId, row.Position, row.Type, row.Text, row.Name, row.Description, row.Meta,
            row.Entities, row.AnswerFrom, row.CreatedAt, row.UpdatedAt));
}
