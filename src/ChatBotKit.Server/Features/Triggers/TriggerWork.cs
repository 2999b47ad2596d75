using System.Text.Json.Nodes;
using ChatBotKit.Server.Json;

namespace ChatBotKit.Server.Features.Triggers;

/// <summary>The payload of the work of an event.</summary>
/// <param name="TriggerId">The trigger.</param>
/// <param name="ConversationId">The conversation in which the event is handled.</param>
/// <param name="Body">The text of the event.</param>
/// <param name="Turn">The number of the turn that was started last, or is to be started.</param>
/// <param name="IsLogged">Whether the start is in the event log.</param>
internal sealed record TriggerWork(string TriggerId, string ConversationId, string Body, int Turn, bool IsLogged)
{
    /// <summary>Reads a payload. Those that an earlier version stored have no turn.</summary>
    public static TriggerWork Read(string payload)
    {
        var fields = JsonNode.Parse(payload, documentOptions: JsonRules.Stored)!;
        return new TriggerWork(
            (string)fields["trigger"]!, (string)fields["conversation"]!, (string)fields["body"]!, (int?)fields["turn"] ?? 1, (bool?)fields["logged"] ?? false);
    }

    public string ToPayload() => new JsonObject
    {
        ["trigger"] = TriggerId,
        ["conversation"] = ConversationId,
        ["body"] = Body,
        ["turn"] = Turn,
        ["logged"] = IsLogged,
    }.ToJsonString();
}
