using System.Text.Json;
using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.Json;

namespace ChatBotKit.Server.ConversationEngine;

/// <summary>A message as the engine reads it, whether it was stored or came with the request.</summary>
internal sealed record TranscriptMessage(string Type, string Text, ToolActivity? Activity)
{
    public const string User = "user";
    public const string Bot = "bot";
    public const string Reasoning = "reasoning";
    public const string Context = "context";
    public const string Instruction = "instruction";
    public const string Backstory = "backstory";
    public const string ActivityType = "activity";
    public const string Checkpoint = "checkpoint";

    /// <summary>An activity that tells of an attached file, in a prompt; it is never stored under this type.</summary>
    public const string File = "file";

    /// <summary>Who may answer the call that it is: see <see cref="MessageRow.AnswerFrom"/>.</summary>
    public string? AnswerFrom { get; init; }

    /// <summary>
    /// Whether end users may see a message of this type. All others, also those that come with a later version, hold what the
    /// bot was told: its backstory, and sums of it.
    /// </summary>
    public static bool IsForEndUsers(string type) => type is User or Bot or Reasoning or ActivityType;

    public static TranscriptMessage From(MessageRow message) =>
        From(message.Type, message.Text, message.Meta) with { AnswerFrom = message.AnswerFrom };

    /// <param name="type">The message type.</param>
    /// <param name="text">The text.</param>
    /// <param name="meta">The meta as JSON text; looked at for activities only.</param>
    public static TranscriptMessage From(string type, string text, string? meta)
    {
        if (type != ActivityType || meta is null)
            return new TranscriptMessage(type, text, null);
        using var document = JsonDocument.Parse(meta, JsonRules.Stored);
        return new TranscriptMessage(type, text, ToolActivity.Parse(document.RootElement));
    }
}
