using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Json;

namespace ChatBotKit.Server.Features.Contacts;

internal static class ContactMapping
{
    public static ContactRow ToRow(this ContactDetails details, string id, string accountId, long now) => new()
    {
        Id = id,
        AccountId = accountId,
        Fingerprint = details.Fingerprint,
        Verified = details.IsVerified,
        Name = details.Name ?? "",
        Description = details.Description ?? "",
        Email = details.Email,
        Phone = details.Phone,
        Nick = details.Nick,
        Meta = MetaJson.Apply(null, details.Meta),
        CreatedAt = now,
        UpdatedAt = now,
    };

    /// <summary>Adds what is now known; nothing that was known before is cleared.</summary>
    /// <exception cref="ApiException">400: the free data has become too large.</exception>
    public static void ApplyTo(this ContactDetails details, ContactRow row, long now)
    {
        row.Verified |= details.IsVerified;
        row.Name = Given(details.Name) ?? row.Name;
        row.Description = Given(details.Description) ?? row.Description;
        row.Email = Given(details.Email) ?? row.Email;
        row.Phone = details.Phone ?? row.Phone;
        row.Nick = Given(details.Nick) ?? row.Nick;
        row.Meta = MetaJson.Apply(row.Meta, details.Meta) ?? row.Meta;
        row.UpdatedAt = now;
    }

    /// <summary>Adds what was not known; nothing that was known before is changed.</summary>
    public static void FillIn(this ContactDetails details, ContactRow row, long now)
    {
        row.Name = Given(row.Name) ?? details.Name ?? "";
        row.Description = Given(row.Description) ?? details.Description ?? "";
        row.Email = Given(row.Email) ?? Given(details.Email);
        row.Phone = Given(row.Phone) ?? details.Phone;
        row.Nick = Given(row.Nick) ?? Given(details.Nick);
        row.Meta ??= MetaJson.Apply(null, details.Meta);
        row.UpdatedAt = now;
    }

    private static string? Given(string? value) => string.IsNullOrEmpty(value) ? null : value;
}
