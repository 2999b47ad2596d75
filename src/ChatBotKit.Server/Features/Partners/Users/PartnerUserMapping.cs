using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.Json;

namespace ChatBotKit.Server.Features.Partners.Users;

/// <summary>Converts users between rows and the types of the API.</summary>
internal static class PartnerUserMapping
{
    public static AccountRow ToRow(this PartnerUserCreateRequest request, string id, string parentId, long now) => new()
    {
        Id = id,
        ParentId = parentId,
        Alias = PartnerUserRules.Trimmed(request.Alias),
        Name = request.Name ?? "",
        Description = request.Description,
        Meta = MetaJson.Apply(stored: null, request.Meta),
        Image = request.Image,
        Email = EmailOf(request.Email),
        CreatedAt = now,
        UpdatedAt = now,
    };

    public static void ApplyTo(this PartnerUserUpdateRequest request, AccountRow row)
    {
        if (request.Alias.IsSpecified)
            row.Alias = PartnerUserRules.Trimmed(request.Alias.Value);
        if (request.Name.IsSpecified)
            row.Name = request.Name.Value ?? "";
        if (request.Description.IsSpecified)
            row.Description = request.Description.Value;
        if (request.Meta.IsSpecified)
            row.Meta = MetaJson.Apply(row.Meta, request.Meta.Value);
        if (request.Image.IsSpecified)
            row.Image = request.Image.Value;
        if (request.Email.IsSpecified)
            row.Email = EmailOf(request.Email.Value);
    }

    public static PartnerUserItem ToItem(this AccountRow row) => new()
    {
        Id = row.Id,
        Name = row.Name,
        Description = row.Description ?? "",
        Email = row.Email,
        Image = row.Image,
        Meta = MetaJson.Parse(row.Meta),
        CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(row.CreatedAt),
        UpdatedAt = DateTimeOffset.FromUnixTimeMilliseconds(row.UpdatedAt ?? row.CreatedAt),
    };

    private static string? EmailOf(string? given) => PartnerUserRules.Trimmed(given)?.ToLowerInvariant();
}
