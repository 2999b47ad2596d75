using System.Text.Json;
using Microsoft.Extensions.AI;

namespace ChatBotKit.Server.ModelProviders.ChatClients;

/// <summary>Converts a <see cref="ModelRequest"/> to the types of <c>Microsoft.Extensions.AI</c>.</summary>
internal static class ChatClientRequest
{
    // The shared options indent the JSON for people, but these arguments are sent to programs.
    private static readonly JsonSerializerOptions Json = new(AIJsonUtilities.DefaultOptions) { WriteIndented = false };

    public static IReadOnlyList<ChatMessage> Messages(ModelRequest request, ToolNames names, bool withPictures) =>
        [.. request.Messages.Select(message => ToMessage(message, names, withPictures))];

    public static ChatOptions Options(ModelRequest request, ToolNames names)
    {
        var model = request.Model;
        return new ChatOptions
        {
            ModelId = model.Name,
            MaxOutputTokens = model.MaxTokens,
            Temperature = (float?)model.Temperature,
            FrequencyPenalty = (float?)model.FrequencyPenalty,
            PresencePenalty = (float?)model.PresencePenalty,
            Seed = model.Seed,
            Reasoning = ToReasoning(model.ReasoningEffort),
            TopP = (float?)request.Answer.TopP,
            StopSequences = request.Answer.Stop.Count == 0 ? null : [.. request.Answer.Stop],
            ResponseFormat = request.Answer.Format is { } format ? ToFormat(format) : null,
            AllowMultipleToolCalls = request.Tools.Count == 0 ? null : request.Answer.ParallelCalls,
            Tools = request.Tools.Count == 0 ? null : [.. request.Tools.Select(tool => ToDeclaration(tool, names))],
            ToolMode = request.Tools.Count == 0 ? null
                : request.ForcedTool is not null ? ChatToolMode.RequireSpecific(names.Sent(request.ForcedTool))
                : ToMode(request.Answer.ToolChoice),
        };
    }

    public static string WriteArguments(IDictionary<string, object?>? arguments) =>
        arguments is null or { Count: 0 } ? "{}" : JsonSerializer.Serialize(arguments, Json);

    private static ChatMessage ToMessage(ModelMessage message, ToolNames names, bool withPictures)
    {
        if (message.Role == ModelRole.Tool)
            return new ChatMessage(ChatRole.Tool, [new FunctionResultContent(message.ToolCallId ?? "", message.Text)]);
        var role = message.Role switch
        {
            ModelRole.System => ChatRole.System,
            ModelRole.User => ChatRole.User,
            _ => ChatRole.Assistant,
        };
        var contents = new List<AIContent>(1 + message.ToolCalls.Count);
        contents.AddRange(ChatClientFields.Thoughts(message.Fields));
        var text = withPictures ? message.Text : message.TextWithoutPictures;
        if (text.Length > 0)
            contents.Add(new TextContent(text));
        foreach (var picture in withPictures ? message.Pictures : [])
        {
            contents.Add(new TextContent(picture.Label));
            contents.Add(new DataContent(picture.Bytes, picture.MediaType));
        }

        foreach (var call in message.ToolCalls)
        {
            contents.Add(new FunctionCallContent(call.Id, names.Sent(call.Name), ReadArguments(call.Arguments))
            {
                AdditionalProperties = ChatClientFields.OfCall(call.Fields),
            });
        }

        return new ChatMessage(role, contents);
    }

    private static Dictionary<string, object?>? ReadArguments(string arguments)
    {
        try
        {
            return JsonSerializer.Deserialize<Dictionary<string, object?>>(arguments, Json);
        }
        catch (JsonException)
        {
            // The model did not write valid JSON. The tool's result, in the next message, tells it so.
            return null;
        }
    }

    private static AIFunctionDeclaration ToDeclaration(ModelTool tool, ToolNames names) =>
        AIFunctionFactory.CreateDeclaration(names.Sent(tool.Name), tool.Description, tool.Parameters);

    private static ChatToolMode? ToMode(ToolChoice choice) => choice switch
    {
        ToolChoice.None => ChatToolMode.None,
        ToolChoice.Required => ChatToolMode.RequireAny,
        _ => null,
    };

    private static ChatResponseFormatJson ToFormat(JsonElement format)
    {
        if (!format.TryGetProperty("json_schema", out var named) || !named.TryGetProperty("schema", out var schema))
            return ChatResponseFormat.Json;
        return ChatResponseFormat.ForJsonSchema(
            schema, TextOf(named, "name"), TextOf(named, "description"));
    }

    private static string? TextOf(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static ReasoningOptions? ToReasoning(string? effort) => effort switch
    {
        "low" => new ReasoningOptions { Effort = ReasoningEffort.Low },
        "medium" => new ReasoningOptions { Effort = ReasoningEffort.Medium },
        "high" => new ReasoningOptions { Effort = ReasoningEffort.High },
        _ => null,
    };
}
