using System.Text.Json.Nodes;
using ChatBotKit.Server.Data.Entities;

namespace ChatBotKit.Server.Features.Attachments;

internal static class AttachmentMapping
{
    public static AttachmentItem ToItem(this AttachmentEntity row) => new()
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
