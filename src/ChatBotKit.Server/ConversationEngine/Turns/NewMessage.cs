using System.Text;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.Security;

namespace ChatBotKit.Server.ConversationEngine;

/// <summary>A message that has no place yet.</summary>
/// <param name="Type">The message type.</param>
/// <param name="Text">The text.</param>
internal sealed record NewMessage(string Type, string Text)
{
    /// <summary>Chosen by the caller, so that an answer can name it before it is stored.</summary>
    public string Id { get; init; } = Ids.New();

    public string Name { get; init; } = "";

    public string Description { get; init; } = "";

    public string? Meta { get; init; }

    public string? Entities { get; init; }

    /// <summary>The session whose message it is, which has sent one more with it; null for what nobody counts.</summary>
    public string? SessionId { get; init; }

    /// <summary>Who may answer the function call that it is: see <see cref="MessageRow.AnswerFrom"/>.</summary>
    public string? AnswerFrom { get; init; }

    /// <summary>What it answers, and for whom; null for a message that is no answer to a function call.</summary>
    public CallAnswer? Answer { get; init; }

    /// <summary>How many bytes an answer counts for: no message of the user, but stored like one.</summary>
    public long AnswerBytes => Encoding.UTF8.GetByteCount(Text) + Encoding.UTF8.GetByteCount(Meta ?? "");

    /// <summary>What it counts for.</summary>
    public SessionUse? Use => Answer?.SessionId is { } answering ? new SessionUse(answering, AttachmentBytes: SessionBudget.ChargeOf(AnswerBytes))
        : SessionId is not null ? new SessionUse(SessionId, Messages: 1)
        : null;
}
