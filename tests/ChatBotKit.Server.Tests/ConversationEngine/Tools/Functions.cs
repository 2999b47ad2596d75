using System.Text.Json.Nodes;

namespace ChatBotKit.Server.Tests.ConversationEngine;

/// <summary>Function definitions for requests.</summary>
internal static class Functions
{
    public static JsonArray WithData(string name, JsonNode? data) => [Of(name, new JsonObject { ["data"] = data })];

    public static JsonArray OnChannels(params string[] channels) =>
        [.. channels.Select((channel, i) => (JsonNode)Of($"f{i}", new JsonObject { ["channel"] = channel }))];

    public static JsonArray AnsweredByCaller(params string[] names) => [.. names.Select(name => (JsonNode)Of(name, null))];

    public static JsonObject Of(string name, JsonObject? result, JsonObject? call = null)
    {
        var function = new JsonObject
        {
            ["name"] = name,
            ["description"] = "For a test.",
            ["parameters"] = new JsonObject { ["type"] = "object", ["properties"] = new JsonObject() },
        };
        if (result is not null)
            function["result"] = result;
        if (call is not null)
            function["call"] = call;
        return function;
    }
}
