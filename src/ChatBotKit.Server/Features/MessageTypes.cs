namespace ChatBotKit.Server.Features;

/// <summary>The possible types of a message.</summary>
internal static class MessageTypes
{
    private static readonly MessageType[] All =
    [
        MessageType.User, MessageType.Bot, MessageType.Reasoning, MessageType.Context,
        MessageType.Instruction, MessageType.Backstory, MessageType.Activity, MessageType.Checkpoint,
    ];

    public static string Names { get; } = string.Join(", ", All.Select(type => type.Value));

    public static bool IsKnown(MessageType type) => Array.IndexOf(All, type) >= 0;
}
