using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ChatBotKit.Server.ConversationEngine;
using ChatBotKit.Server.ModelProviders;

namespace ChatBotKit.Server.Features.OpenAi;

/// <summary>The tools of a request, and whether the model may or must call them.</summary>
/// <param name="Functions">The tools.</param>
/// <param name="Choice">Whether they may be called.</param>
/// <param name="Forced">The tool that must be called; null for none.</param>
internal sealed partial record ChatTools(IReadOnlyList<EngineFunction> Functions, ToolChoice Choice, string? Forced)
{
    /// <summary>Whether the tools are in the older form, <c>functions</c>.</summary>
    public bool AreFunctions { get; init; }

    /// <exception cref="ChatFault">400: the tools can't be used.</exception>
    public static ChatTools Read(JsonElement body)
    {
        var functions = new List<EngineFunction>();
        foreach (var (tool, i) in Listed(body, "tools").Select((tool, i) => (tool, i)))
            functions.Add(ReadTool(tool.RequireObject($"tools[{i}]"), $"tools[{i}]"));
        foreach (var (function, i) in Listed(body, "functions").Select((function, i) => (function, i)))
            functions.Add(ReadFunction(function.RequireObject($"functions[{i}]"), $"functions[{i}]"));

        if (functions.Count > ToolSet.MaxFunctions)
            throw ChatFault.Bad("tools", $"Invalid 'tools': at most {ToolSet.MaxFunctions} tools.");
        if (functions.CountBy(function => function.Name).FirstOrDefault(name => name.Value > 1).Key is { } twice)
            throw ChatFault.Bad("tools", $"Invalid 'tools': the name '{twice}' is there twice.");
        var choice = body.Field("tool_choice") ?? body.Field("function_call");
        var chosen = choice is { } given ? Chosen(functions, given) : new ChatTools(functions, ToolChoice.Auto, null);
        return chosen with { AreFunctions = body.Field("functions") is not null && body.Field("tools") is null };
    }

    private static IReadOnlyList<JsonElement> Listed(JsonElement body, string name) => body.Field(name)?.RequireArray(name) ?? [];

    private static EngineFunction ReadTool(JsonElement tool, string param)
    {
        if (tool.Field("type")?.RequireText($"{param}.type") != "function")
            throw ChatFault.Bad($"{param}.type", "This server supports tools of the type 'function' only.");
        return tool.Field("function") is { } function
            ? ReadFunction(function.RequireObject($"{param}.function"), $"{param}.function")
            : throw ChatFault.Bad($"{param}.function", $"Missing '{param}.function'.");
    }

    private static EngineFunction ReadFunction(JsonElement function, string param)
    {
        var name = function.Field("name")?.RequireText($"{param}.name") ?? "";
        if (!Name().IsMatch(name))
            throw ChatFault.Bad($"{param}.name", $"Invalid '{param}.name': expected 1 to 64 letters, digits, _ or -.");
        return new EngineFunction
        {
            Name = name,
            Description = function.Field("description")?.RequireText($"{param}.description") ?? "",
            Parameters = ParametersOf(function, $"{param}.parameters"),
            IsStrict = function.Flag("strict", $"{param}.strict"),
            IsOfRequest = true,
        };
    }

    private static JsonElement ParametersOf(JsonElement function, string param)
    {
        var schema = function.Field("parameters") is { } given
            ? JsonObject.Create(given.RequireObject(param))!
            : new JsonObject { ["type"] = "object", ["properties"] = new JsonObject() };
        var normal = ToolSchema.Normalize(schema, out var fault);
        return fault is null ? normal : throw ChatFault.Bad(param, $"Invalid schema: \"{fault}");
    }

    private static ChatTools Chosen(IReadOnlyList<EngineFunction> functions, JsonElement choice)
    {
        if (choice.ValueKind == JsonValueKind.String)
        {
            return choice.GetString() switch
            {
                "auto" => new ChatTools(functions, ToolChoice.Auto, null),
                "none" => new ChatTools(functions, ToolChoice.None, null),
                "required" => new ChatTools(functions, ToolChoice.Required, null),
                _ => throw ChatFault.Bad("tool_choice", "'tool_choice' must be none, auto, required, or name a function."),
            };
        }

        choice.RequireObject("tool_choice");
        if (choice.Field("type")?.RequireText("tool_choice.type") is not (null or "function"))
            throw ChatFault.Bad("tool_choice.type", "This server supports a 'tool_choice' of the type 'function' only.");
        var name = (choice.Field("function")?.RequireObject("tool_choice.function") ?? choice).Field("name")?.RequireText("tool_choice.function.name");
        return functions.Any(function => function.Name == name)
            ? new ChatTools(functions, ToolChoice.Auto, name)
            : throw ChatFault.Bad("tool_choice.function.name", "'tool_choice' names a function that is not in 'tools'.");
    }

    [GeneratedRegex(@"^[A-Za-z0-9_-]{1,64}\z")]
    private static partial Regex Name();
}
