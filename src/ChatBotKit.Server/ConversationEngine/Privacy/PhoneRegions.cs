using ChatBotKit.Server.Configuration;
using PhoneNumbers;

namespace ChatBotKit.Server.ConversationEngine.Privacy;

/// <summary>Reads the countries whose phone numbers are known without a country code.</summary>
internal static class PhoneRegions
{
    public const string Setting = "CHATBOTKIT_PRIVACY_PHONE_REGIONS";

    private const string Default = "US,GB,DE,FR,ES,IT,PT,PL,NL,BR,MX,IN";

    /// <summary>Each number that may be one is compared with the plans of all of them.</summary>
    private const int Most = 30;

    /// <exception cref="StartupException">A code is no country, or there are too many.</exception>
    public static IReadOnlyList<string> Read(IConfiguration configuration)
    {
        if (configuration[Setting]?.Trim() is not { Length: > 0 } given)
            return Default.Split(',');
        if (given == "none")
            return [];
        var regions = given.ToUpperInvariant().Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var known = PhoneNumberUtil.GetInstance().GetSupportedRegions();
        return regions.Length <= Most && Array.TrueForAll(regions, known.Contains)
            ? regions
            : throw new StartupException($"{Setting} is \"{given}\", but must be none, or at most {Most} ISO codes of countries, such as {Default}.");
    }
}
