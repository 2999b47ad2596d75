using System.Text.Json;
using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.Http;
using ChatBotKit.Server.Security;

namespace ChatBotKit.Server.Features.Conversations.Messages;

/// <summary>
/// Writes a page of messages as JSON. Every opened chat requests one, so the rows are written directly; the stored meta is already
/// JSON.
/// </summary>
internal static class MessageListing
{
    public static ListResult<MessageRow> Of(string conversationId, ListQuery query, Caller caller, MessageReading messages) =>
        new(query, (page, token) => messages.ListAsync(conversationId, page, caller, token), row => row.Id, Write);

    private static void Write(Utf8JsonWriter json, MessageRow row)
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
