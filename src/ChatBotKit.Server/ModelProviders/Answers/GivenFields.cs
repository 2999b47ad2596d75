using System.Text;
using System.Text.Json;
using ChatBotKit.Server.Json;

namespace ChatBotKit.Server.ModelProviders.Answers;

/// <summary>
/// Fields of a provider that must be sent back with a call: signatures of reasoning, the reasoning that led to the call, and
/// unknown fields. They are sent back only to the same provider and model, because others refuse them.
/// </summary>
/// <param name="Provider">The provider that sent them.</param>
/// <param name="Model">The name of the model that sent them.</param>
/// <param name="Message">
/// The fields of the message with the calls, as a JSON object; null when it has none, or when this call is not its first.
/// </param>
/// <param name="Call">The fields of the call, as a JSON object; null when there are none.</param>
internal sealed record GivenFields(string Provider, string Model, string? Message, string? Call)
{
    /// <summary>The memory that the fields take, in characters.</summary>
    public int Characters => (Message?.Length ?? 0) + (Call?.Length ?? 0);

    /// <summary>Parses the output of <see cref="WriteTo"/>; returns null for anything else.</summary>
    public static GivenFields? Parse(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Object
            || !value.TryGetProperty("name"u8, out var provider) || provider.ValueKind != JsonValueKind.String
            || !value.TryGetProperty("model"u8, out var model) || model.ValueKind != JsonValueKind.String)
            return null;
        var (message, call) = (Fields(value, "message"u8), Fields(value, "call"u8));
        return message is null && call is null ? null : new GivenFields(provider.GetString()!, model.GetString()!, message, call);
    }

    public void WriteTo(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("name"u8, Provider);
        json.WriteString("model"u8, Model);
        Write(json, "message"u8, Message);
        Write(json, "call"u8, Call);
        json.WriteEndObject();
    }

    /// <summary>Returns the fields of a message: its reasoning and all unknown fields. Null when there are none.</summary>
    public static string? OfMessage(ModelFields? fields, string reasoning)
    {
        var names = fields is null || reasoning.Length == 0 ? [] : fields.ReasoningNames;
        if (fields is null || (names.Count == 0 && fields.Json is null))
            return null;
        var buffer = new RentedBuffer();
        using (var json = new Utf8JsonWriter(buffer, FieldCollector.WriterOptions))
        {
            json.WriteStartObject();
            foreach (var name in names)
                json.WriteString(name, reasoning);
            if (fields.Json is not null)
            {
                using var others = JsonDocument.Parse(fields.Json);
                foreach (var other in others.RootElement.EnumerateObject())
                    other.WriteTo(json);
            }

            json.WriteEndObject();
        }

        var text = Encoding.UTF8.GetString(buffer.WrittenSpan);
        buffer.Clear();
        return text;
    }

    private static string? Fields(JsonElement value, ReadOnlySpan<byte> name) =>
        value.TryGetProperty(name, out var fields) && fields.ValueKind == JsonValueKind.Object ? fields.GetRawText() : null;

    private static void Write(Utf8JsonWriter json, ReadOnlySpan<byte> name, string? fields)
    {
        if (fields is null)
            return;
        json.WritePropertyName(name);
        json.WriteRawValue(fields);
    }
}

/// <summary>The fields of an answer with calls, other than its text and the calls.</summary>
/// <param name="ReasoningNames">The names of the fields with the reasoning.</param>
/// <param name="Json">All other fields, as a JSON object; null when there are none.</param>
internal sealed record ModelFields(IReadOnlyList<string> ReasoningNames, string? Json);
