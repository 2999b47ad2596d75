using System.Text.Json.Nodes;
using ChatBotKit.Server.Data.Rows;

namespace ChatBotKit.Server.Features.Conversations.Attachments;

internal static class AttachmentMapping
{
    public static AttachmentItem ToItem(this AttachmentRow row) => new()
    {
        Id = row.Id,
        Name = row.Name,
        Type = row.ContentType,
        Size = row.Size,
        Meta = row.OriginalName is null ? null : new JsonObject { ["originalName"] = row.OriginalName },
        CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(row.CreatedAt),
        UpdatedAt = DateTimeOffset.FromUnixTimeMilliseconds(row.UpdatedAt),
    };
}
