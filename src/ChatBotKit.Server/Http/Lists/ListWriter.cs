using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace ChatBotKit.Server.Http;

/// <summary>Writes the pages of a list in one format.</summary>
internal abstract class ListWriter<T>
{
    public abstract Task WritePageAsync(IReadOnlyList<T> items, string? cursor, CancellationToken cancellationToken);
}

internal static class ListWriter
{
    public static ListWriter<T> For<T>(ResponseFormat format, HttpResponse response, JsonTypeInfo<T> type) => format switch
    {
        ResponseFormat.Json => new JsonPageWriter<T>(response, type),
        ResponseFormat.Csv => new CsvListWriter<T>(response, type),
        _ => new FramedListWriter<T>(response, type, format),
    };
}

/// <summary>The page as <c>{"items", "cursor"}</c>; an empty page has no cursor.</summary>
internal sealed class JsonPageWriter<T>(HttpResponse response, JsonTypeInfo<T> type) : ListWriter<T>
{
    public override async Task WritePageAsync(IReadOnlyList<T> items, string? cursor, CancellationToken cancellationToken)
    {
        response.ContentType = ResponseFormat.Json.ContentType();
        await using var writer = new Utf8JsonWriter(response.BodyWriter, new JsonWriterOptions { Encoder = type.Options.Encoder });
        writer.WriteStartObject();
        writer.WriteStartArray("items"u8);
        foreach (var item in items)
            JsonSerializer.Serialize(writer, item, type);
        writer.WriteEndArray();
        if (cursor is not null)
            writer.WriteString("cursor"u8, cursor);
        writer.WriteEndObject();
    }
}

/// <summary>One <c>item</c> line or event per item: a fixed frame around the item's JSON.</summary>
internal sealed class FramedListWriter<T> : ListWriter<T>
{
    private readonly HttpResponse _response;
    private readonly JsonTypeInfo<T> _type;
    private readonly byte[] _before;
    private readonly byte[] _behind;

    public FramedListWriter(HttpResponse response, JsonTypeInfo<T> type, ResponseFormat format)
    {
        _response = response;
        _type = type;
        (_before, _behind) = format == ResponseFormat.ServerSentEvents
            ? ("event: item\ndata: "u8.ToArray(), "\n\n"u8.ToArray())
            : ("{\"type\":\"item\",\"data\":"u8.ToArray(), "}\n"u8.ToArray());
        StreamHeaders.Apply(response, format);
    }

    public override async Task WritePageAsync(IReadOnlyList<T> items, string? cursor, CancellationToken cancellationToken)
    {
        var body = _response.BodyWriter;
        using var json = new Utf8JsonWriter(body, new JsonWriterOptions { Encoder = _type.Options.Encoder });
        foreach (var item in items)
        {
            body.Write(_before);
            JsonSerializer.Serialize(json, item, _type);
            json.Reset();
            body.Write(_behind);
        }

        await body.FlushAsync(cancellationToken);
    }
}
