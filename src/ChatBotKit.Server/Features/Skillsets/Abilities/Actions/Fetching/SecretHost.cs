using ChatBotKit.Server.Features.Skillsets.Abilities.Execution;
using ChatBotKit.Server.Features.Skillsets.Abilities.Instructions;

namespace ChatBotKit.Server.Features.Skillsets.Abilities.Actions.Fetching;

/// <summary>
/// Keeps a secret with the host for which its owner wrote it. A host that is a value of the caller is the decision of the owner; one that
/// is written in the instruction can't be changed by values behind it.
/// </summary>
internal static class SecretHost
{
    /// <exception cref="AbilityException">The request would send a secret to another host.</exception>
    public static void Check(AbilityCall call, TemplateMap plan, Uri url)
    {
        if (call.IsWrittenForCall && !call.Ability.Instruction.Contains(url.Authority, StringComparison.OrdinalIgnoreCase))
            throw Refused(url);
        if (plan.Find("url") is TemplateScalar { Text: var text } && WrittenHost(text) is { } host && !url.Host.Equals(host, StringComparison.OrdinalIgnoreCase))
            throw Refused(url);
    }

    /// <summary>Returns the host that the instruction names when a value follows it at once; null otherwise.</summary>
    private static string? WrittenHost(string text)
    {
        var start = text.IndexOf("://", StringComparison.Ordinal);
        if (start < 0)
            return null;
        var rest = text[(start + 3)..];
        var authority = rest[..(rest.AsSpan().IndexOfAny('/', '?', '#') is >= 0 and var end ? end : rest.Length)];
        var mark = authority.IndexOf(MarkedText.Open, StringComparison.Ordinal);
        if (mark <= 0 || authority[^1] != MarkedText.Close)
            return null;
        var host = authority[..mark].Split(':')[0];
        return host.Contains('.', StringComparison.Ordinal) && host[^1] != '.' ? host : null;
    }

    private static AbilityException Refused(Uri url) => new($"The secret can't be sent to {url.Host}: the instruction does not name this host.");
}
