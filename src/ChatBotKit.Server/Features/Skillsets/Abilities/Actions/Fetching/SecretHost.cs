using ChatBotKit.Server.Features.Skillsets.Abilities.Execution;
using ChatBotKit.Server.Features.Skillsets.Abilities.Instructions;

namespace ChatBotKit.Server.Features.Skillsets.Abilities.Actions.Fetching;

/// <summary>
/// Keeps a secret with the host for which its owner wrote it. A host that is a value of the caller is the decision of the owner; the parts of
/// a host that are written in the instruction can't be changed by values around them.
/// </summary>
internal static class SecretHost
{
    /// <param name="call">The call.</param>
    /// <param name="address">The address in the instruction, with marks.</param>
    /// <param name="url">The address that is called.</param>
    /// <exception cref="AbilityException">The request would send a secret to another host.</exception>
    public static void Check(AbilityCall call, TemplateNode address, Uri url)
    {
        if ((call.IsWrittenForCall && !IsNamed(call.Ability.Instruction, url.Authority))
            || (address is TemplateScalar { Text: var text } && !Fits(text.AsSpan().Trim(), url.Host)))
            throw new AbilityException($"The secret can't be sent to {url.Host}: the instruction does not name this host.");
    }

    /// <summary>Whether a text has the host and port, and not only as a part of another host.</summary>
    private static bool IsNamed(string text, string authority)
    {
        for (var at = 0; (at = text.IndexOf(authority, at, StringComparison.OrdinalIgnoreCase)) >= 0; at++)
        {
            var after = text.AsSpan(at + authority.Length);
            var goesOn = after.Length > 0 && (IsOfName(after[0]) || (after[0] is '.' or ':' && after.Length > 1 && IsOfName(after[1])));
            if (!goesOn && (at == 0 || !(IsOfName(text[at - 1]) || text[at - 1] == '.')))
                return true;
        }

        return false;
    }

    private static bool IsOfName(char letter) => char.IsLetterOrDigit(letter) || letter is '-' or '_';

    /// <summary>Whether a host has all that an address with marks says about it.</summary>
    private static bool Fits(ReadOnlySpan<char> address, ReadOnlySpan<char> host)
    {
        var start = address.IndexOf("://");
        // Without a scheme, or when the first one is in the path or query of a value, the instruction names no host.
        if (start < 0 || address[..start].IndexOfAny('/', '?', '#') >= 0)
            return true;
        var authority = address[(start + 3)..];
        authority = authority[..(authority.IndexOfAny("/?#\\") is >= 0 and var end ? end : authority.Length)];
        var mark = authority.IndexOf(MarkedText.Open);
        if (mark < 0)
            return Uri.TryCreate($"http://{authority}", UriKind.Absolute, out var written) && host.Equals(written.Host, StringComparison.OrdinalIgnoreCase);
        var before = WithoutPort(authority[..mark]);
        var after = WithoutPort(authority[(authority.LastIndexOf(MarkedText.Close) + 1)..]);
        if (!host.StartsWith(before, StringComparison.OrdinalIgnoreCase) || !host.EndsWith(after, StringComparison.OrdinalIgnoreCase))
            return false;
        var isWhole = after.Length == 0 && before.Length > 0 && before[^1] is not ('.' or '-');
        return isWhole ? host.Length == before.Length : host.Length >= before.Length + after.Length;
    }

    private static ReadOnlySpan<char> WithoutPort(ReadOnlySpan<char> authority) =>
        authority.IndexOf(':') is >= 0 and var colon ? authority[..colon] : authority;
}
