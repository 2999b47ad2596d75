using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using ChatBotKit.Server.Json;
using ChatBotKit.Server.ModelProviders.Answers;

namespace ChatBotKit.Server.ConversationEngine;

/// <summary>A function call or its result, as a message of type <c>activity</c> has it in <c>meta.activity</c>.</summary>
/// <param name="Kind"><c>request</c> or <c>response</c>.</param>
/// <param name="CallId">The server's id of the call; null when the message has none, because official clients do not send it back.</param>
/// <param name="Name">The name of the function.</param>
/// <param name="Arguments">The arguments as JSON text, exactly as they were received.</param>
/// <param name="Result">The result: a string that contains JSON.</param>
internal sealed record ToolActivity(string Kind, string? CallId, string Name, string Arguments, string? Result)
{
    public const string Request = "request";
    public const string Response = "response";

    /// <summary>The <c>source</c> of a function that the request defines.</summary>
    public const string RequestSource = "request";

    /// <summary>The kind of operation with which such a function is called.</summary>
    public const string RequestKind = "function";

    /// <summary>The name of the function whose calls stand for attached files.</summary>
    public const string UploadFunction = "uploadAttachment";

    /// <summary>The <c>source</c> of a file that an end user has attached.</summary>
    public const string UploadSource = "upload";

    private static readonly JsonWriterOptions WriterOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The provider's fields of the call; null when there are none.</summary>
    public GivenFields? Given { get; init; }

    /// <summary>Whether the request defines the function.</summary>
    public bool IsOfRequest { get; init; }

    /// <summary>Whether it is about a file that an end user has attached, which end users may see.</summary>
    public bool IsOfUpload { get; init; }

    /// <summary>Parses the activity in a message's meta; null when there is none, or an invalid one.</summary>
    public static ToolActivity? Parse(JsonElement meta)
    {
        if (meta.ValueKind != JsonValueKind.Object
            || !meta.TryGetProperty("activity", out var activity) || activity.ValueKind != JsonValueKind.Object
            || !activity.TryGetProperty("function", out var function) || function.ValueKind != JsonValueKind.Object
            || Text(activity, "type") is not { } kind || Text(function, "name") is not { } name)
            return null;

        var arguments = function.TryGetProperty("arguments", out var value) ? value.GetRawText() : "{}";
        var given = activity.TryGetProperty("provider", out var fields) ? GivenFields.Parse(fields) : null;
        return new ToolActivity(kind, Text(activity, "callId"), name, arguments, ResultOf(function))
        {
            Given = given,
            IsOfRequest = Text(activity, "source") == RequestSource,
        };
    }

    /// <summary>Returns the meta of the message, as JSON text.</summary>
    public string ToMeta()
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, WriterOptions))
        {
            json.WriteStartObject();
            json.WriteStartObject("activity"u8);
            json.WriteString("type"u8, Kind);
            if (CallId is not null)
                json.WriteString("callId"u8, CallId);
            if (IsOfRequest)
                json.WriteString("source"u8, RequestSource);
            else if (IsOfUpload)
                json.WriteString("source"u8, UploadSource);
            json.WriteStartObject("function"u8);
            json.WriteString("name"u8, Name);
            json.WritePropertyName("arguments"u8);
            json.WriteRawValue(Arguments);
            if (Result is not null)
                json.WriteString("result"u8, Result);
            json.WriteEndObject();
            if (Given is not null)
            {
                json.WritePropertyName("provider"u8);
                Given.WriteTo(json);
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>
    /// Whether <paramref name="response"/> answers this request. They are matched by the server's call id if the response has one,
    /// and otherwise, as in the official API, by the name and equal arguments.
    /// </summary>
    public bool IsAnsweredBy(ToolActivity response) =>
        response.Kind == Response && Kind == Request && Name == response.Name
        && (CallId is not null && response.CallId is not null ? CallId == response.CallId : SameArguments(response.Arguments));

    private bool SameArguments(string other)
    {
        if (Arguments == other)
            return true;
        using var mine = JsonDocument.Parse(Arguments, JsonRules.Stored);
        using var theirs = JsonDocument.Parse(other, JsonRules.Stored);
        return JsonElement.DeepEquals(mine.RootElement, theirs.RootElement);
    }

    private static string? ResultOf(JsonElement function)
    {
        if (!function.TryGetProperty("result", out var result))
            return null;
        return result.ValueKind == JsonValueKind.String ? result.GetString() : result.GetRawText();
    }

    private static string? Text(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
