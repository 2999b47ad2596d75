using System.Text.Json;
using System.Text.Json.Nodes;
using ChatBotKit.Server.ConversationEngine;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Json;

namespace ChatBotKit.Server.Features;

/// <summary>The rules of fields that conversations and messages have.</summary>
internal static class MessageRules
{
    public static int MaxMetaBytesOf(MessageType type) => type == MessageType.Activity ? FieldRules.MaxResultBytes : FieldRules.MaxFreeBytes;

    public static void CheckType(this Faults faults, MessageType value, string field = "type")
    {
        if (!MessageTypes.IsKnown(value))
            faults.Add($"\"{field}\" must be one of {MessageTypes.Names}");
    }

    /// <summary>The call or answer that a message of type <c>activity</c> stands for; one that says neither is kept, and left out of the prompt.</summary>
    public static ToolActivity? ActivityOf(JsonObject? meta) =>
        meta is null ? null : ToolActivity.Parse(JsonSerializer.SerializeToElement(meta));
}
