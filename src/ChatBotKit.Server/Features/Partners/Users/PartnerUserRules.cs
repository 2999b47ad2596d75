using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Json;

namespace ChatBotKit.Server.Features.Partners.Users;

/// <summary>What the fields of users must be.</summary>
internal static class PartnerUserRules
{
    public static void Check(this PartnerUserCreateRequest request)
    {
        var faults = new Faults();
        faults.CheckAlias(Trimmed(request.Alias));
        faults.CheckUserEmail(request.Email);
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
        faults.CheckUserEmail(request.Email.Value);
        faults.CheckName(request.Name.Value);
        faults.CheckDescription(request.Description.Value);
        faults.CheckText(request.Image.Value, "image");
        faults.CheckMeta(request.Meta.Value);
        faults.CheckLimits(request.Limits.Value);
        faults.ThrowIfAny();
    }

    /// <summary>The text without white space around it; null for an empty one.</summary>
    public static string? Trimmed(string? value) => string.IsNullOrWhiteSpace(value) ? null : value.Trim();

    /// <summary>A partner may name the user by the address in a header.</summary>
    private static void CheckUserEmail(this Faults faults, string? value) => faults.CheckEmail(Trimmed(value), isAscii: true);

    /// <summary>Limits are refused: this server does not count what they limit, and the partner would rely on them.</summary>
    private static void CheckLimits(this Faults faults, PartnerUserLimits? limits)
    {
        if (limits is { Tokens: null, Conversations: null, Messages: null, Database: null or { Datasets: null, Records: null, Skillsets: null, Abilities: null, Files: null } })
            return;
        if (limits is not null)
            faults.Add("\"limits\" can't be set: this server does not limit what an account uses");
    }
}
