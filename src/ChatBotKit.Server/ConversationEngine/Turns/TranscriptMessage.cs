using System.Text.Json;
using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.Json;
using ChatBotKit.Server.ModelProviders;

namespace ChatBotKit.Server.ConversationEngine;

/// <summary>A message as the engine reads it, from the store or from a request.</summary>
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

    /// <summary>The type of an activity about an attached file within a prompt. It is never stored.</summary>
    public const string File = "file";

    /// <summary>Who may answer the function call in the message: see <see cref="MessageRow.AnswerFrom"/>.</summary>
    public string? AnswerFrom { get; init; }

    /// <summary>The pictures of a user's message in a request. They are never stored.</summary>
    public IReadOnlyList<ModelPicture> Pictures { get; init; } = [];

    /// <summary>The personal data in the text: see <see cref="MessageRow.Entities"/>.</summary>
    public string? Entities { get; init; }

    /// <summary>
    /// Whether end users may see messages of this type. All other types, including unknown ones of later versions, may contain the
    /// bot's instructions: its backstory and summaries of it.
    /// </summary>
    public static bool IsForEndUsers(string type) => type is User or Bot or Reasoning or ActivityType;

    public static TranscriptMessage From(MessageRow message) =>
        From(message.Type, message.Text, message.Meta) with { AnswerFrom = message.AnswerFrom, Entities = message.Entities };

    /// <param name="type">The message type.</param>
    /// <param name="text">The text.</param>
    /// <param name="meta">The meta as JSON text, which is parsed only for activities.</param>
    public static TranscriptMessage From(string type, string text, string? meta)
    {
        if (type != ActivityType || meta is null)
            return new TranscriptMessage(type, text, null);
        using var document = JsonDocument.Parse(meta, JsonRules.Stored);
        return new TranscriptMessage(type, text, ToolActivity.Parse(document.RootElement));
    }
}
