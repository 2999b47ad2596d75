using ChatBotKit.Server.Data.Entities;

namespace ChatBotKit.Server.Data;

/// <summary>The table of runs.</summary>
internal static class RunTable
{
    public static SqlTable<RunEntity> Rows { get; } = new(
        "Runs",
        [
            "Id", "AccountId", "ConversationId", "SessionId", "LogId", "Kind", "StartedAt", "QuestionId",
            "QuestionText", "QuestionEntities", "EndedAt", "EndReason",
        ],
        static row => new()
        {
            Id = row.GetString(0),
            AccountId = row.GetString(1),
            ConversationId = row.GetStringOrNull(2),
            SessionId = row.GetStringOrNull(3),
            LogId = row.GetString(4),
            Kind = row.GetString(5),
            StartedAt = row.GetInt64(6),
            QuestionId = row.GetStringOrNull(7),
            QuestionText = row.GetStringOrNull(8),
            QuestionEntities = row.GetStringOrNull(9),
            EndedAt = row.GetInt64OrNull(10),
            EndReason = row.GetStringOrNull(11),
        },
        static (row, to) => to.Fill(
            row.Id, row.AccountId, row.ConversationId, row.SessionId, row.LogId, row.Kind, row.StartedAt,
            row.QuestionId, row.QuestionText, row.QuestionEntities, row.EndedAt, row.EndReason));
}
