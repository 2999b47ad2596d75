using System.Text.Json;
using ChatBotKit.Server.Json;
using ChatBotKit.Server.ModelProviders;

namespace ChatBotKit.Server.ConversationEngine.Privacy;

/// <summary>
/// Replaces the personal data in requests to a model: in messages, function calls and their results, descriptions of functions and names
/// of files. Pictures go as they are.
/// </summary>
internal sealed class RequestRedactor(TextRedactor texts, Pseudonyms pseudonyms)
{
    private const string Note =
        "Words in brackets such as [EMAIL_1] or [NAME_2] stand for data that you are not shown. "
        + "Where you mean the data, write these words exactly as they are, also in function calls.";

    private readonly JsonRedactor _json = new(texts);

    public ModelRequest Redact(ModelRequest request)
    {
        // The conversation comes first, because the passages in a system message may be others in the next request.
        foreach (var message in request.Messages)
        {
            if (message.Role != ModelRole.System)
                Read(message);
        }

        foreach (var message in request.Messages)
        {
            if (message.Role == ModelRole.System)
                Read(message);
        }

        var tools = request.Tools.Select(Redact).ToList();
        var messages = request.Messages.Select(Redact).ToList();
        if (!pseudonyms.IsEmpty)
            Explain(messages);
        return request with { Messages = messages, Tools = tools };
    }

    private static void Explain(List<ModelMessage> messages)
    {
        if (messages.Count > 0 && messages[0].Role == ModelRole.System)
            messages[0] = messages[0] with { Text = $"{messages[0].Text}\n\n{Note}" };
        else
            messages.Insert(0, new ModelMessage(ModelRole.System, Note));
    }

    private void Read(ModelMessage message)
    {
        if (message.Role == ModelRole.Tool)
            _json.Read(message.Text);
        else
            texts.Read(message.Text);
        foreach (var call in message.ToolCalls)
            _json.Read(call.Arguments);
    }

    private ModelMessage Redact(ModelMessage message) => message with
    {
        Text = message.Role == ModelRole.Tool ? _json.Redact(message.Text, withNumbers: true) : texts.Redact(message.Text),
        ToolCalls = message.ToolCalls.Count == 0 ? message.ToolCalls : [.. message.ToolCalls.Select(Redact)],
        Fields = RedactFields(message.Fields),
        Pictures = message.Pictures.Count == 0
            ? message.Pictures
            : [.. message.Pictures.Select(picture => picture with { Label = texts.Redact(picture.Label) })],
    };

    private ModelToolCall Redact(ModelToolCall call) =>
        call with { Arguments = _json.Redact(call.Arguments, withNumbers: true), Fields = RedactFields(call.Fields) };

    private string? RedactFields(string? fields) => fields is null ? null : _json.Redact(fields, withNumbers: false);

    private ModelTool Redact(ModelTool tool)
    {
        var schema = tool.Parameters.GetRawText();
        var redacted = _json.Redact(schema, withNumbers: false);
        return new ModelTool(tool.Name, texts.Redact(tool.Description), redacted == schema ? tool.Parameters : Parsed(redacted));
    }

    private static JsonElement Parsed(string json)
    {
        using var document = JsonDocument.Parse(json, JsonRules.Stored);
        return document.RootElement.Clone();
    }
}
