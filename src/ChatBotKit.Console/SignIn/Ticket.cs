using System.Globalization;

namespace ChatBotKit.AdminConsole.SignIn;

/// <summary>A sign-in: the API token that was made for it, and its times.</summary>
/// <param name="Id">The id of the API token.</param>
/// <param name="Secret">The API token.</param>
/// <param name="Since">When the sign-in was.</param>
/// <param name="Seen">When the cookie was last renewed.</param>
internal sealed record Ticket(string Id, string Secret, DateTimeOffset Since, DateTimeOffset Seen)
{
    /// <summary>The longest that a sign-in lasts. Its API token expires then.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromHours(24);

    /// <summary>How long a sign-in lasts without a request.</summary>
    public static readonly TimeSpan Idle = TimeSpan.FromHours(8);

    /// <summary>The time after which a request renews the cookie.</summary>
    private static readonly TimeSpan Renewal = TimeSpan.FromMinutes(10);

    public bool IsGood(DateTimeOffset now) => now - Since < Longest && now - Seen < Idle && Seen <= now + Renewal;

    public bool IsToBeRenewed(DateTimeOffset now) => now - Seen >= Renewal;

    public string Write() => string.Create(
        CultureInfo.InvariantCulture, $"{Id}\n{Secret}\n{Since.ToUnixTimeMilliseconds()}\n{Seen.ToUnixTimeMilliseconds()}");

    public static Ticket? Parse(string text) => text.Split('\n') is [var id, var secret, var since, var seen]
        && long.TryParse(since, CultureInfo.InvariantCulture, out var from) && long.TryParse(seen, CultureInfo.InvariantCulture, out var last)
        ? new Ticket(id, secret, DateTimeOffset.FromUnixTimeMilliseconds(from), DateTimeOffset.FromUnixTimeMilliseconds(last))
        : null;

    public override string ToString() => Id;
}
