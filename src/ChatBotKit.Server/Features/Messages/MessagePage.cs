using System.Text.Json;
using ChatBotKit.Server.Data.Entities;
using ChatBotKit.Server.Http;

namespace ChatBotKit.Server.Features.Messages;

/// <summary>
/// A page of messages as JSON. Every chat that is opened asks for one, so the rows are written as they are: the stored
/// meta is JSON already.
/// </summary>
internal sealed class MessagePage(IReadOnlyList<MessageEntity> rows) : IResult
{
    private static readonly JsonWriterOptions WriterOptions = new()
    {
        Encoder = ChatBotKitJson.ServerOptions.Encoder,
        SkipValidation = true,
    };

    public static ListPage Of(ListQuery query) =>
        new(query.Cursor, query.Descending, query.PageSize);

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.ContentType = ResponseFormat.Json.ContentType();
        await using var json = new Utf8JsonWriter(httpContext.Response.BodyWriter, WriterOptions);
        json.WriteStartObject();
        json.WriteStartArray("items"u8);
        foreach (var row in rows)
            Write(json, row);
        json.WriteEndArray();
        if (rows.Count > 0)
            json.WriteString("cursor"u8, rows[^1].Id);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, MessageEntity row)
    {
        json.WriteStartObject();
        json.WriteString("id"u8, row.Id);
        json.WriteString("type"u8, row.Type);
        json.WriteString("text"u8, row.Text);
        json.WritePropertyName("meta"u8);
        json.WriteRawValue(row.Meta ?? "null", skipInputValidation: true);
        json.WriteNumber("createdAt"u8, row.CreatedAt);
        json.WriteNumber("updatedAt"u8, row.UpdatedAt);
        json.WriteEndObject();
    }
}
