using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.Json;

namespace ChatBotKit.Server.Features.Conversations;

internal static class ConversationMapping
{
    public static ConversationRow ToRow(
        this ConversationCreateRequest request, string id, string accountId, ConversationLinks links, long now) => new()
        {
            Id = id,
            AccountId = accountId,
            Name = request.Name ?? "",
            Description = request.Description ?? "",
            ContactId = links.ContactId,
            TaskId = links.TaskId,
            SpaceId = links.SpaceId,
            BotId = links.BotId,
            DatasetId = links.DatasetId,
            SkillsetId = links.SkillsetId,
            Model = NullIfEmpty(request.Model),
            Backstory = request.Backstory,
            Privacy = request.Privacy,
            Moderation = request.Moderation,
            Meta = MetaJson.Apply(null, request.Meta),
            ExpiresAt = request.ExpiresAt?.ToUnixTimeMilliseconds(),
            CreatedAt = now,
            UpdatedAt = now,
        };

    /// <summary>Applies the fields of the request. A field that is null is cleared.</summary>
    public static void ApplyTo(this ConversationUpdateRequest request, ConversationLinks links, ConversationRow row)
    {
        row.Name = request.Name.Or(row.Name) ?? "";
        row.Description = request.Description.Or(row.Description) ?? "";
        row.Model = NullIfEmpty(request.Model.Or(row.Model));
        row.Backstory = request.Backstory.Or(row.Backstory);
        if (request.Privacy.IsSpecified)
            row.Privacy = request.Privacy.HasValue ? request.Privacy.Value : null;
        if (request.Moderation.IsSpecified)
            row.Moderation = request.Moderation.HasValue ? request.Moderation.Value : null;
        if (request.ExpiresAt.IsSpecified)
            row.ExpiresAt = request.ExpiresAt.HasValue ? request.ExpiresAt.Value.ToUnixTimeMilliseconds() : null;
        if (request.Meta.IsSpecified)
            row.Meta = MetaJson.Apply(row.Meta, request.Meta.Value);
        request.Link(links, row);
    }

    public static ConversationItem ToItem(this ConversationRow row) => new()
    {
        Id = row.Id,
        Name = row.Name,
        Description = row.Description,
        ContactId = row.ContactId,
        TaskId = row.TaskId,
        SpaceId = row.SpaceId,
        BotId = row.BotId,
        DatasetId = row.DatasetId,
        SkillsetId = row.SkillsetId,
        Backstory = row.Backstory,
        Model = row.Model,
        Privacy = row.Privacy,
        Moderation = row.Moderation,
        ExpiresAt = row.ExpiresAt is { } expiresAt ? DateTimeOffset.FromUnixTimeMilliseconds(expiresAt) : null,
        Meta = MetaJson.Parse(row.Meta),
        CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(row.CreatedAt),
        UpdatedAt = DateTimeOffset.FromUnixTimeMilliseconds(row.UpdatedAt),
    };

    public static ConversationExportItem ToExportItem(this ConversationRow row, IReadOnlyList<MessageItem> messages) => new()
    {
        Id = row.Id,
        Name = row.Name,
        Description = row.Description,
        ContactId = row.ContactId,
        TaskId = row.TaskId,
        SpaceId = row.SpaceId,
        BotId = row.BotId,
        DatasetId = row.DatasetId,
        SkillsetId = row.SkillsetId,
        Backstory = row.Backstory,
        Model = row.Model,
        Meta = MetaJson.Parse(row.Meta),
        Messages = messages,
        CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(row.CreatedAt),
        UpdatedAt = DateTimeOffset.FromUnixTimeMilliseconds(row.UpdatedAt),
    };

    private static void Link(this ConversationUpdateRequest request, ConversationLinks links, ConversationRow row)
    {
        if (request.ContactId.IsSpecified)
            row.ContactId = links.ContactId;
        if (request.TaskId.IsSpecified)
            row.TaskId = links.TaskId;
        if (request.SpaceId.IsSpecified)
            row.SpaceId = links.SpaceId;
        if (request.BotId.IsSpecified)
            row.BotId = links.BotId;
        if (request.DatasetId.IsSpecified)
            row.DatasetId = links.DatasetId;
        if (request.SkillsetId.IsSpecified)
            row.SkillsetId = links.SkillsetId;
    }

    private static string? NullIfEmpty(string? value) => string.IsNullOrEmpty(value) ? null : value;
}
