using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Json;

namespace ChatBotKit.Server.Features.Partners.Users;

/// <summary>Validates the fields of users.</summary>
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

    /// <summary>Returns the text without leading and trailing white space; null when nothing is left.</summary>
    public static string? Trimmed(string? value) => string.IsNullOrWhiteSpace(value) ? null : value.Trim();

    /// <summary>Checks that the address is ASCII, because partners can identify a user by its address in a header.</summary>
    private static void CheckUserEmail(this Faults faults, string? value) => faults.CheckEmail(Trimmed(value), isAscii: true);

    /// <summary>Refuses limits. This server does not enforce them, and the partner would rely on them.</summary>
    private static void CheckLimits(this Faults faults, PartnerUserLimits? limits)
    {
        if (limits is { Tokens: null, Conversations: null, Messages: null, Database: null or { Datasets: null, Records: null, Skillsets: null, Abilities: null, Files: null } })
            return;
        if (limits is not null)
            faults.Add("\"limits\" can't be set: this server does not limit what an account uses");
    }
}
