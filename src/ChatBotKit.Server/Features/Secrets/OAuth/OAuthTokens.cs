using System.Globalization;
using System.Text.Json.Nodes;

namespace ChatBotKit.Server.Features.Secrets;

/// <summary>The tokens of an OAuth provider, as they are stored.</summary>
internal sealed record OAuthTokens
{
    private static readonly TimeSpan MaxHeadStart = TimeSpan.FromMinutes(1);

    public required string Access { get; init; }

    /// <summary>The token that gets the next access token; null when the provider gives none.</summary>
    public string? Refresh { get; init; }

    /// <summary>When the access token is no longer valid, in Unix milliseconds; null when the provider does not say.</summary>
    public long? ExpiresAt { get; init; }

    /// <summary>When the access token is refreshed, a little before it expires; null for never.</summary>
    public long? StaleAt { get; init; }

    /// <summary>The client and the provider of the tokens; null when the owner has set them.</summary>
    public string? Issuer { get; init; }

    public bool IsStale(DateTimeOffset now) => StaleAt <= now.ToUnixTimeMilliseconds();

    public bool IsExpired(DateTimeOffset now) => ExpiresAt <= now.ToUnixTimeMilliseconds();

    /// <summary>Reads the answer of a provider.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="before">The tokens that it replaces, whose refresh token stays valid when the answer has none; null for none.</param>
    /// <param name="issuer">The client and the provider.</param>
    /// <param name="now">The time of the answer.</param>
    /// <returns>The tokens; null when the answer has none that can be used.</returns>
    public static OAuthTokens? FromAnswer(JsonObject answer, OAuthTokens? before, string issuer, DateTimeOffset now)
    {
        if (SecretJson.Text(answer, "access_token") is not { Length: > 0 } access)
            return null;
        TimeSpan? life = SecondsOf(answer) is { } seconds ? TimeSpan.FromSeconds(seconds) : null;
        return new OAuthTokens
        {
            Access = access,
            Refresh = SecretJson.Text(answer, "refresh_token") is { Length: > 0 } refresh ? refresh : before?.Refresh,
            ExpiresAt = life is { } whole ? (now + whole).ToUnixTimeMilliseconds() : null,
            // A token that lives for seconds only would otherwise be stale from the start.
            StaleAt = life is { } left ? (now + left - TimeSpan.FromTicks(Math.Min(left.Ticks / 4, MaxHeadStart.Ticks))).ToUnixTimeMilliseconds() : null,
            Issuer = issuer,
        };
    }

    /// <summary>Reads stored tokens, or the JSON of an answer that the owner has set as the value.</summary>
    public static OAuthTokens? Parse(string? text)
    {
        if (text is null || SecretJson.ObjectOf(text) is not { } stored || SecretJson.Text(stored, "access_token") is not { Length: > 0 } access)
            return null;
        return new OAuthTokens
        {
            Access = access,
            Refresh = SecretJson.Text(stored, "refresh_token"),
            ExpiresAt = Number(stored, "expiresAt"),
            StaleAt = Number(stored, "staleAt"),
            Issuer = SecretJson.Text(stored, "issuer"),
        };
    }

    public string ToJson() => new JsonObject
    {
        ["access_token"] = Access,
        ["refresh_token"] = Refresh,
        ["expiresAt"] = ExpiresAt,
        ["staleAt"] = StaleAt,
        ["issuer"] = Issuer,
    }.ToJsonString();

    /// <summary>Describes the tokens without themselves, because logs print records.</summary>
    public override string ToString() => $"OAuthTokens {{ ExpiresAt = {ExpiresAt?.ToString(CultureInfo.InvariantCulture)} }}";

    /// <summary>Some providers write the number as a text.</summary>
    private static double? SecondsOf(JsonObject answer)
    {
        var seconds = answer["expires_in"] is JsonValue value && value.TryGetValue<double>(out var number)
            ? number
            : double.TryParse(SecretJson.Text(answer, "expires_in"), NumberStyles.Float, CultureInfo.InvariantCulture, out var written) ? written : double.NaN;
        return seconds is > 0 and < 1e9 ? seconds : null;
    }

    private static long? Number(JsonObject stored, string name) =>
        stored[name] is JsonValue value && value.TryGetValue<long>(out var number) ? number : null;
}
