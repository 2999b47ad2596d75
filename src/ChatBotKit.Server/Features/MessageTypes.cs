using ChatBotKit.Server.ConversationEngine;

namespace ChatBotKit.Server.Features;

/// <summary>The message types that can be stored.</summary>
internal static class MessageTypes
{
    public static IReadOnlyList<string> All { get; } =
    [
        TranscriptMessage.User, TranscriptMessage.Bot, TranscriptMessage.Reasoning, TranscriptMessage.Context,
        TranscriptMessage.Instruction, TranscriptMessage.Backstory, TranscriptMessage.ActivityType, TranscriptMessage.Checkpoint,
    ];

    public static bool IsKnown(string? type) => type is not null && All.Contains(type);
}
