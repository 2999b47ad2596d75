using System.Text.Json;
using System.Text.Json.Nodes;
using ChatBotKit.Server.ConversationEngine;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Json;

namespace ChatBotKit.Server.Features;

/// <summary>Rules for fields that conversations and messages share.</summary>
internal static class MessageRules
{
    public static int MaxMetaBytesOf(MessageType type) => type == MessageType.Activity ? FieldRules.MaxResultBytes : FieldRules.MaxFreeBytes;

    public static void CheckType(this Faults faults, MessageType value, string field = "type")
    {
        if (!MessageTypes.IsKnown(value))
            faults.Add($"\"{field}\" must be one of {MessageTypes.Names}");
    }

    /// <summary>
    /// Returns the function call or result in a message of type <c>activity</c>. A message without either is stored, but not part
    /// of the prompt.
    /// </summary>
    public static ToolActivity? ActivityOf(JsonObject? meta) =>
        meta is null ? null : ToolActivity.Parse(JsonSerializer.SerializeToElement(meta));
}
