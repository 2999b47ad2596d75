using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace ChatBotKit;

/// <summary>Turns a line into an item. A keep-alive line gives no item, and an error line throws.</summary>
internal abstract class LineParser<T>
{
    public abstract bool TryParse(in ReadOnlySequence<byte> line, FailureSource source, out T? item);

    protected static TValue? Deserialize<TValue>(in ReadOnlySequence<byte> line)
    {
        var reader = new Utf8JsonReader(line);
        var value = JsonSerializer.Deserialize(ref reader, TypeInfo<TValue>.Value);
        if (reader.Read())
            throw new JsonException("A line has text after its JSON object.");
        return value;
    }

    /// <summary>The type information, kept because a lookup would cost a dictionary access for every token.</summary>
    protected static class TypeInfo<TValue>
    {
        public static readonly JsonTypeInfo<TValue> Value = (JsonTypeInfo<TValue>)ChatBotKitJson.ClientOptions.GetTypeInfo(typeof(TValue));
    }
}

/// <summary>Chooses the parser by the type of the items.</summary>
internal static class LineParser
{
    public static LineParser<T> For<T>() =>
        typeof(T) == typeof(RunEvent) ? (LineParser<T>)(object)RunEventLines.Instance
        : typeof(T) == typeof(ChannelMessageEvent) ? (LineParser<T>)(object)new EnvelopedLines<ChannelMessageEvent>("message", wholeLine: true)
        : new EnvelopedLines<T>("item", wholeLine: false);
}
