using System.Text.Json;

namespace ChatBotKit;

/// <summary>An event of a type that this version does not know, or without the data that its type requires.</summary>
/// <param name="Type">The type as it is on the wire.</param>
public sealed record UnknownEvent(string Type) : RunEvent
{
    /// <summary>Gets the type as it is on the wire.</summary>
    public override string Type { get; } = Type;

    /// <summary>Gets the data as it was received; null when there was none.</summary>
    public JsonElement? Data { get; init; }

    internal override void WriteData(Utf8JsonWriter writer, JsonSerializerOptions options)
    {
        if (Data is { } data)
            data.WriteTo(writer);
        else
            writer.WriteNullValue();
    }
}
