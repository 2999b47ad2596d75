using System.Text;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.Security;

namespace ChatBotKit.Server.ConversationEngine;

/// <summary>A message without a position.</summary>
/// <param name="Type">The message type.</param>
/// <param name="Text">The text.</param>
internal sealed record NewMessage(string Type, string Text)
{
    /// <summary>The id. It is created with the message, so that a response can contain it before the message is stored.</summary>
    public string Id { get; init; } = Ids.New();

    public string Name { get; init; } = "";

    public string Description { get; init; } = "";

    public string? Meta { get; init; }

    public string? Entities { get; init; }

    /// <summary>The session that sent the message and whose limits it counts for; null for none.</summary>
    public string? SessionId { get; init; }

    /// <summary>Who may answer the function call in the message: see <see cref="MessageRow.AnswerFrom"/>.</summary>
    public string? AnswerFrom { get; init; }

    /// <summary>The function call that the message answers, and for whom; null for any other message.</summary>
    public CallAnswer? Answer { get; init; }

    /// <summary>
    /// The number of bytes that an answer to a function call counts for. It is not a message of the user, but it is stored like
    /// one.
    /// </summary>
    public long AnswerBytes => Encoding.UTF8.GetByteCount(Text) + Encoding.UTF8.GetByteCount(Meta ?? "");

    /// <summary>The use that the message adds to its session.</summary>
    public SessionUse? Use => Answer?.SessionId is { } answering ? new SessionUse(answering, AttachmentBytes: SessionBudget.ChargeOf(AnswerBytes))
        : SessionId is not null ? new SessionUse(SessionId, Messages: 1)
        : null;
}
