using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;

namespace ChatBotKit;

/// <summary>A function call or its result, in the form of <c>meta.activity</c> of a message of type <c>activity</c>.</summary>
/// <param name="IsResponse">Whether it is the answer of a function.</param>
/// <param name="CallId">The id of the call.</param>
/// <param name="Name">The name of the function.</param>
/// <param name="Arguments">The arguments, a JSON object.</param>
/// <param name="Result">The answer.</param>
internal sealed record Activity(bool IsResponse, string CallId, string Name, JsonElement Arguments, JsonElement? Result)
{
    /// <summary>Reads a message; null when it is not a valid activity.</summary>
    /// <param name="meta">The metadata of the message.</param>
    /// <param name="messageId">The id of the call when the server sends none.</param>
    public static Activity? Read(JsonObject? meta, string? messageId)
    {
        if (meta?["activity"] is not JsonObject activity || activity["function"] is not JsonObject function
            || Text(function["name"]) is not { } name || Text(activity["type"]) is not { } type)
            return null;
        return new Activity(
            type == "response",
            Text(activity["callId"]) ?? messageId ?? Guid.NewGuid().ToString("N"),
            name,
            Parse(function["arguments"]) is { ValueKind: JsonValueKind.Object } arguments ? arguments : JsonElement.Parse("{}"),
            Parse(function["result"]));
    }

    /// <param name="call">The function call.</param>
    /// <param name="name">The name of the function on the wire.</param>
    public static JsonObject Request(FunctionCallContent call, string name) => Write("request", call, name, result: null);

    /// <summary>
    /// Creates the answer to a call. It repeats the name and the arguments, because servers may match answers to calls by
    /// them.
    /// </summary>
    public static JsonObject Response(FunctionCallContent call, string name, object? result) =>
        Write("response", call, name, FunctionJson.ToText(FunctionJson.ToNode(result)));

    public FunctionCallContent ToCall(bool informational) =>
        new(CallId, Name, FunctionJson.ReadArguments(Arguments)) { InformationalOnly = informational };

    private static JsonObject Write(string type, FunctionCallContent call, string name, string? result)
    {
        var function = new JsonObject { ["name"] = name, ["arguments"] = FunctionJson.WriteArguments(call.Arguments) };
        if (result is not null)
            function["result"] = result;
        return new JsonObject
        {
            ["activity"] = new JsonObject { ["type"] = type, ["callId"] = call.CallId, ["function"] = function },
        };
    }

    /// <summary>Reads a value that may be JSON inside a string, as results are, and the arguments of some servers.</summary>
    private static JsonElement? Parse(JsonNode? node)
    {
        if (node is null)
            return null;
        if (Text(node) is not { } text)
            return JsonElement.Parse(node.ToJsonString());
        try
        {
            return JsonElement.Parse(text);
        }
        catch (JsonException)
        {
            return JsonElement.Parse(node.ToJsonString());
        }
    }

    private static string? Text(JsonNode? node) =>
        node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
