using System.Globalization;
using ChatBotKit.Server.Configuration;

namespace ChatBotKit.Server.Features.Digests.Idle;

/// <summary>When a conversation is idle.</summary>
/// <param name="After">How long it has had no new message; zero when no conversation ever counts as idle.</param>
internal sealed record IdleOptions(TimeSpan After)
{
    private const string Name = "CHATBOTKIT_IDLE_MINUTES";
    private const int DefaultMinutes = 60;
    private const int MaxMinutes = 10_080;

    /// <exception cref="StartupException">The setting is not a number in the allowed range.</exception>
    public static IdleOptions From(IConfiguration configuration)
    {
        if (configuration[Name] is not { Length: > 0 } text)
            return new IdleOptions(TimeSpan.FromMinutes(DefaultMinutes));
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var minutes) && minutes <= MaxMinutes
            ? new IdleOptions(TimeSpan.FromMinutes(minutes))
            : throw new StartupException($"{Name} is '{text}'; it must be a whole number of minutes from 0 (conversations are never idle) to {MaxMinutes}.");
    }
}
