using System.Security.Cryptography;
using System.Text;

namespace ChatBotKit;

/// <summary>
/// Maps the names of functions to names that the API and its models accept: a letter, then letters, digits and _, at most
/// 64 characters. A valid name is sent unchanged. Any other is replaced by a unique name, which depends only on the names
/// of the functions and not on their order.
/// </summary>
internal sealed class FunctionNames
{
    private const int MaxLength = 64;

    private readonly Dictionary<string, string> _sent = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _own = new(StringComparer.Ordinal);

    /// <param name="names">The names of all functions of a call.</param>
    public FunctionNames(IEnumerable<string> names)
    {
        var all = names.Distinct(StringComparer.Ordinal).ToList();
        foreach (var name in all.Where(name => Fit(name, "function_") == name))
            Add(name, name);
        // When several names map to the same one, all of them get a suffix, so that their order does not matter.
        var replaced = all.Where(name => !_sent.ContainsKey(name)).GroupBy(name => Fit(name, "function_"), StringComparer.Ordinal);
        foreach (var group in replaced)
        {
            foreach (var name in group)
                Add(name, group.Count() == 1 && !_own.ContainsKey(group.Key) ? group.Key : Marked(name));
        }
    }

    /// <summary>
    /// Returns the name on the wire for a caller's name, including functions of earlier calls that are no longer offered.
    /// </summary>
    public string ToSent(string own)
    {
        if (_sent.TryGetValue(own, out var sent))
            return sent;
        var plain = Fit(own, "function_");
        return plain == own || !_own.ContainsKey(plain) ? plain : Marked(own);
    }

    /// <summary>Returns the caller's name for a name on the wire.</summary>
    public string ToOwn(string sent) => _own.GetValueOrDefault(sent, sent);

    /// <summary>Replaces the characters that a name may not contain.</summary>
    /// <param name="name">The name.</param>
    /// <param name="prefix">The prefix of a name that does not start with a letter.</param>
    public static string Fit(string name, string prefix)
    {
        var fit = new StringBuilder(name.Length);
        foreach (var letter in name)
            fit.Append(char.IsAsciiLetterOrDigit(letter) || letter == '_' ? letter : '_');
        if (fit.Length == 0 || !char.IsAsciiLetter(fit[0]))
            fit.Insert(0, prefix);
        fit.Length = Math.Min(fit.Length, MaxLength);
        return fit.ToString();
    }

    /// <summary>Appends a suffix to a name, and shortens the name to the maximum length.</summary>
    public static string WithSuffix(string fit, string suffix) => string.Concat(fit.AsSpan(0, Math.Min(fit.Length, MaxLength - suffix.Length)), suffix);

    private void Add(string own, string sent)
    {
        _sent.Add(own, sent);
        _own.Add(sent, own);
    }

    private string Marked(string own)
    {
        var digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(own)));
        var plain = Fit(own, "function_");
        var length = 6;
        while (_own.ContainsKey(WithSuffix(plain, $"_{digest[..length]}")))
            length++;
        return WithSuffix(plain, $"_{digest[..length]}");
    }
}
