using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Json;

namespace ChatBotKit.Server.Features.Partners.Users;

/// <summary>What the fields of users must be.</summary>
internal static class PartnerUserRules
{
    /// <summary>No longer address can be delivered to.</summary>
    private const int MaxEmailLength = 254;

    public static void Check(this PartnerUserCreateRequest request)
    {
        var faults = new Faults();
        faults.CheckAlias(Trimmed(request.Alias));
        faults.CheckEmail(Trimmed(request.Email));
        faults.CheckName(request.Name);
        faults.CheckDescription(request.Description);
        faults.CheckText(request.Image, "image");
        faults.CheckMeta(request.Meta);
        faults.CheckLimits(request.Limits);
        faults.ThrowIfAny();
    }

    public static void Check(this PartnerUserUpdateRequest request)
    {
        var faults = new Faults();
        faults.CheckAlias(Trimmed(request.Alias.Value));
        faults.CheckEmail(Trimmed(request.Email.Value));
        faults.CheckName(request.Name.Value);
        faults.CheckDescription(request.Description.Value);
        faults.CheckText(request.Image.Value, "image");
        faults.CheckMeta(request.Meta.Value);
        faults.CheckLimits(request.Limits.Value);
        faults.ThrowIfAny();
    }

    /// <summary>The text without white space around it; null for an empty one.</summary>
    public static string? Trimmed(string? value) => string.IsNullOrWhiteSpace(value) ? null : value.Trim();

    private static void CheckEmail(this Faults faults, string? value)
    {
        if (value is null)
            return;
        var at = value.IndexOf('@', StringComparison.Ordinal);
        if (value.Length > MaxEmailLength || at <= 0 || at == value.Length - 1 || value.AsSpan().ContainsAnyExceptInRange('!', '~'))
            faults.Add($"\"email\" must be an address such as ada@example.com, of at most {MaxEmailLength} visible ASCII characters");
    }

    /// <summary>Limits are refused: this server does not count what they limit, and the partner would rely on them.</summary>
    private static void CheckLimits(this Faults faults, PartnerUserLimits? limits)
    {
        if (limits is { Tokens: null, Conversations: null, Messages: null, Database: null or { Datasets: null, Records: null, Skillsets: null, Abilities: null, Files: null } })
            return;
        if (limits is not null)
            faults.Add("\"limits\" can't be set: this server does not limit what an account uses");
    }
}
