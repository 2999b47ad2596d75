using System.Text.Json.Nodes;
using ChatBotKit.Server.ConversationEngine;
using ChatBotKit.Server.ConversationEngine.Privacy;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Json;

namespace ChatBotKit.Server.Features.Conversations.Messages;

internal static class MessageMapping
{
    public static NewMessage ToNewMessage(this MessageCreateRequest request) => new(request.Type.Value, request.Text)
    {
        Name = request.Name ?? "",
        Description = request.Description ?? "",
        Meta = MetaJson.Apply(null, request.Meta, MessageRules.MaxMetaBytesOf(request.Type)),
        Entities = ToJson(request.Entities),
    };

    public static MessageRow ToRow(this ConversationMessage message, string conversationId, int position, long createdAt) => new()
    {
        Id = Ids.New(),
        ConversationId = conversationId,
        Position = position,
        Type = message.Type.Value,
        Text = message.Text,
        Name = message.Name ?? "",
        Description = message.Description ?? "",
        Meta = MetaJson.Apply(null, message.Meta, MessageRules.MaxMetaBytesOf(message.Type)),
        AnswerFrom = message.Type == MessageType.Activity && MessageRules.ActivityOf(message.Meta) is { Kind: ToolActivity.Request }
            ? CallAnswerer.Owner
            : null,
        CreatedAt = createdAt,
        UpdatedAt = createdAt,
    };

    public static void ApplyTo(this MessageUpdateRequest request, MessageRow row)
    {
        if (request.Type.HasValue)
            row.Type = request.Type.Value.Value;
        row.Text = request.Text.Or(row.Text) ?? "";
        row.Name = request.Name.Or(row.Name) ?? "";
        row.Description = request.Description.Or(row.Description) ?? "";
        if (request.Meta.IsSpecified)
            row.Meta = MetaOf(request.Meta.Value, row);
        if (request.Entities is not null)
            row.Entities = ToJson(request.Entities);
    }

    /// <exception cref="ApiException">400: the meta is too large for a message of this type.</exception>
    private static string? MetaOf(JsonObject? given, MessageRow row)
    {
        var maxBytes = MessageRules.MaxMetaBytesOf(new MessageType(row.Type));
        var faults = new Faults();
        faults.CheckMeta(given, maxBytes: maxBytes);
        faults.ThrowIfAny();
        return MetaJson.Apply(row.Meta, given, maxBytes);
    }

    /// <summary>Converts a message to an item of a list.</summary>
    public static MessageItem ToItem(this MessageRow row) => new()
    {
        Id = row.Id,
        Type = new MessageType(row.Type),
        Text = row.Text,
        Meta = MetaJson.Parse(row.Meta),
        CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(row.CreatedAt),
        UpdatedAt = DateTimeOffset.FromUnixTimeMilliseconds(row.UpdatedAt),
    };

    /// <summary>Converts a message to the response of fetch, which also has its name and description.</summary>
    public static MessageItem ToFullItem(this MessageRow row) => row.ToItem() with { Name = row.Name, Description = row.Description };

    /// <summary>Converts a message to its form in the response to the creation of a conversation.</summary>
    public static ConversationMessage ToConversationMessage(this MessageRow row) => new()
    {
        Id = row.Id,
        Type = new MessageType(row.Type),
        Text = row.Text,
        Name = NullIfEmpty(row.Name),
        Description = NullIfEmpty(row.Description),
        Meta = MetaJson.Parse(row.Meta),
        CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(row.CreatedAt),
    };

    /// <summary>Serializes entities for the store; null for none.</summary>
    public static string? ToJson(IReadOnlyList<Entity>? entities) => MessageEntities.ToJson(entities);

    private static string? NullIfEmpty(string value) => value.Length == 0 ? null : value;
}
