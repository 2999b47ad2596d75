using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ChatBotKit.AdminConsole;

/// <summary>The settings and services that the host provides for the console.</summary>
public sealed record ConsoleSettings
{
    /// <summary>Gets the function that returns the address of the API as this machine reaches it.</summary>
    public required Func<Uri> ApiAddress { get; init; }

    /// <summary>Gets the function that returns the address at which the caller of a request reaches the server, without a trailing slash.</summary>
    public required Func<HttpRequest, string> PublicAddress { get; init; }

    /// <summary>
    /// Gets the function that exchanges a one-time code for a new API token, which expires at the given time. It returns null for a
    /// code that is wrong, used or too old.
    /// </summary>
    public required Func<string, DateTimeOffset, CancellationToken, Task<ConsoleToken?>> RedeemCode { get; init; }

    /// <summary>Gets the keys that encrypt the cookie and the form tokens.</summary>
    public required IDataProtectionProvider Protection { get; init; }

    /// <summary>Gets the environment of the host.</summary>
    public required IWebHostEnvironment Environment { get; init; }

    /// <summary>Gets the loggers of the host.</summary>
    public required ILoggerFactory Loggers { get; init; }

    /// <summary>Gets the clock.</summary>
    public required TimeProvider Time { get; init; }

    /// <summary>
    /// Gets the function that returns the next time of a schedule in a time zone, after a time at which it was due; null when there is
    /// none, or when the schedule or the zone is unknown. It is the rule with which the server itself plans work.
    /// </summary>
    public required Func<string, string?, DateTimeOffset, DateTimeOffset?> NextTime { get; init; }

    /// <summary>Gets the maximum size of an uploaded file, in bytes.</summary>
    public required long MaxFileBytes { get; init; }
}

/// <summary>An API token that was made for a sign-in.</summary>
/// <param name="Id">The id, with which it is revoked.</param>
/// <param name="Secret">The token itself.</param>
public sealed record ConsoleToken(string Id, string Secret)
{
    /// <summary>Returns the id, without the token itself.</summary>
    public override string ToString() => Id;
}
