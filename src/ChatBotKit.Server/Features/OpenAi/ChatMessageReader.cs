using System.Text.Json;
using ChatBotKit.Server.ConversationEngine;
using ChatBotKit.Server.Json;

namespace ChatBotKit.Server.Features.OpenAi;

/// <summary>
/// Converts the messages of a request. Each call of a tool must be answered before the next other message, as the protocol requires.
/// </summary>
internal sealed class ChatMessageReader
{
    private readonly List<string> _system = [];
    private readonly List<TranscriptMessage> _transcript = [];
    private readonly List<ChatPicture> _pictures = [];
    private readonly Dictionary<string, ToolActivity> _open = new(StringComparer.Ordinal);

    private ChatMessageReader()
    {
    }

    /// <exception cref="ChatFault">400: a message can't be used.</exception>
    public static ChatMessages Read(JsonElement body)
    {
        if (body.Field("messages") is not { } given)
            throw ChatFault.Bad("messages", "Missing required parameter: 'messages'.");
        var messages = given.RequireArray("messages");
        if (messages.Count == 0)
            throw ChatFault.Bad("messages", "Invalid 'messages': there must be at least one message.");
        var reader = new ChatMessageReader();
        for (var i = 0; i < messages.Count; i++)
            reader.Add(messages[i].RequireObject($"messages[{i}]"), $"messages[{i}]");
        reader.RequireAnswers($"messages[{messages.Count - 1}]");
        var system = string.Join("\n\n", reader._system);
        return new ChatMessages(system.Length > 0 ? system : null, reader._transcript, reader._pictures);
    }

    private void Add(JsonElement message, string param)
    {
        var role = message.Field("role")?.RequireText($"{param}.role");
        if (role is "tool" or "function")
        {
            AddResult(message, role, param);
            return;
        }

        RequireAnswers(param);
        switch (role)
        {
            case "system" or "developer":
                AddInstruction(TextOf(message, param, required: true));
                break;
            case "user":
                AddUser(message, param);
                break;
            case "assistant":
                AddAssistant(message, param);
                break;
            default:
                throw ChatFault.Bad($"{param}.role", $"'{param}.role' must be system, developer, user, assistant, tool or function.");
        }
    }

    private void AddInstruction(string text)
    {
        if (_transcript.Count == 0)
            _system.Add(text);
        else
            Add(TranscriptMessage.Instruction, text);
    }

    private void AddUser(JsonElement message, string param)
    {
        var pictures = ChatContent.PicturesIn(message, param);
        foreach (var (url, field) in pictures)
            _pictures.Add(new ChatPicture(_transcript.Count, url, field));
        _transcript.Add(new TranscriptMessage(TranscriptMessage.User, TextOf(message, param, required: true), null));
    }

    private void AddAssistant(JsonElement message, string param)
    {
        var calls = message.Field("tool_calls")?.RequireArray($"{param}.tool_calls") ?? [];
        var older = message.Field("function_call");
        Add(TranscriptMessage.Bot, TextOf(message, param, required: calls.Count == 0 && older is null));
        for (var i = 0; i < calls.Count; i++)
        {
            var field = $"{param}.tool_calls[{i}]";
            var call = calls[i].RequireObject(field);
            var function = call.Field("function") ?? throw ChatFault.Bad($"{field}.function", $"Missing '{field}.function'.");
            AddCall(function, call.Field("id")?.RequireText($"{field}.id"), field);
        }

        if (older is { } named)
            AddCall(named, id: null, $"{param}.function_call");
    }

    private void AddCall(JsonElement function, string? id, string param)
    {
        var name = function.RequireObject(param).Field("name")?.RequireText($"{param}.name")
            ?? throw ChatFault.Bad($"{param}.name", $"Missing '{param}.name'.");
        var arguments = function.Field("arguments")?.RequireText($"{param}.arguments") ?? "";
        var usable = JsonRules.IsUsableObject(arguments) ? arguments : "{}";
        var request = new ToolActivity(ToolActivity.Request, id ?? "call_" + name, name, usable, null) { IsOfRequest = true };
        // A message of the older form names the function in place of the call.
        if (!_open.TryAdd(id ?? name, request))
            throw ChatFault.Bad($"{param}.id", $"'{param}' has the id of another call.");
        _transcript.Add(new TranscriptMessage(TranscriptMessage.ActivityType, "", request));
    }

    private void AddResult(JsonElement message, string role, string param)
    {
        var field = role == "tool" ? "tool_call_id" : "name";
        var id = message.Field(field)?.RequireText($"{param}.{field}") ?? throw ChatFault.Bad($"{param}.{field}", $"Missing '{param}.{field}'.");
        if (!_open.Remove(id, out var request))
            throw ChatFault.Bad(param, "A message with the role 'tool' must answer a call in the message with 'tool_calls' before it.");
        var response = request with { Kind = ToolActivity.Response, Result = TextOf(message, param, required: true) };
        _transcript.Add(new TranscriptMessage(TranscriptMessage.ActivityType, "", response));
    }

    private void Add(string type, string text)
    {
        if (text.Length > 0)
            _transcript.Add(new TranscriptMessage(type, text, null));
    }

    private void RequireAnswers(string param)
    {
        if (_open.Count > 0)
        {
            throw ChatFault.Bad(
                param, "A message with 'tool_calls' must be followed by a message for each call. These calls have none: " + string.Join(", ", _open.Keys));
        }
    }

    private static string TextOf(JsonElement message, string param, bool required) =>
        ChatContent.TextIn(message, param) ?? (required ? throw ChatFault.Bad($"{param}.content", $"Missing '{param}.content'.") : "");
}
