using System.Security.Cryptography;
using System.Text;

namespace ChatBotKit;

/// <summary>
/// The names of functions as the API and the models behind it take them: a letter, then letters, digits and _, at most 64.
/// A caller's name that fits is sent as it is. Another one is replaced by a name that depends on the caller's names alone,
/// not on their order, and no two of them are the same.
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
        // Of names that become the same, none gets the plain one, so that the order does not matter.
        var replaced = all.Where(name => !_sent.ContainsKey(name)).GroupBy(name => Fit(name, "function_"), StringComparer.Ordinal);
        foreach (var group in replaced)
        {
            foreach (var name in group)
                Add(name, group.Count() == 1 && !_own.ContainsKey(group.Key) ? group.Key : Marked(name));
        }
    }

    /// <summary>The name to send for a caller's name; also for functions of earlier calls that are not offered any more.</summary>
    public string ToSent(string own)
    {
        if (_sent.TryGetValue(own, out var sent))
            return sent;
        var plain = Fit(own, "function_");
        return plain == own || !_own.ContainsKey(plain) ? plain : Marked(own);
    }

    /// <summary>The caller's name for a name that came back.</summary>
    public string ToOwn(string sent) => _own.GetValueOrDefault(sent, sent);

    /// <summary>Replaces what a name may not hold.</summary>
    /// <param name="name">The name.</param>
    /// <param name="prefix">What a name begins with that does not begin with a letter.</param>
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

    /// <summary>Puts a suffix behind a name, which stays as short as it must be.</summary>
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
